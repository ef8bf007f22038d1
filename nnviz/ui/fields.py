"""Small widgets that panels are made of: labels in the colour of a role, choices, icon buttons."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nnviz.picture.palette import blend
from nnviz.ui.guard import guarded
from nnviz.ui.icons import icon
from nnviz.ui.quiet import quiet
from nnviz.ui.theme import Theme


class Label(QLabel):
    """Plain text in the colour of a role: what comes from data is never taken for markup."""

    def __init__(
        self, text: str = "", role: str = "text", size: float = 13, *, bold: bool = False, mono: bool = False
    ) -> None:
        super().__init__(text)
        self._role, self._size, self._bold, self._mono = role, size, bold, mono
        self.setTextFormat(Qt.TextFormat.PlainText)

    def dress(self, theme: Theme) -> None:
        """Take colours and size from the theme."""
        self.setFont(theme.font(self._size, bold=self._bold, mono=self._mono))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour(self._role))
        self.setPalette(palette)


class Heading(Label):
    """A section's name in small spaced capitals."""

    def __init__(self, text: str) -> None:
        super().__init__(text.upper(), "muted", 10.5, bold=True)
        self.setAccessibleName(text)

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        font = self.font()
        font.setLetterSpacing(font.SpacingType.AbsoluteSpacing, 0.7 * theme.zoom)
        self.setFont(font)


class Line(QFrame):
    """A thin line between sections."""

    def __init__(self) -> None:
        super().__init__()
        self._colour = QColor()
        self.setFixedHeight(1)

    def dress(self, theme: Theme) -> None:
        """Take the theme's colour."""
        self._colour = theme.colour("line")

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._colour)


class IconButton(QToolButton):
    """A flat button with one of our icons; its tooltip is its name."""

    def __init__(self, picture: str, name: str, tip: str = "") -> None:
        super().__init__()
        self._icon = picture
        self.setAutoRaise(True)
        self.setAccessibleName(name)
        self.setToolTip(tip or name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def dress(self, theme: Theme) -> None:
        """Take colours and size from the theme."""
        side = theme.px(16)
        self.setIcon(icon(self._icon, theme.palette.text, blend(theme.palette.muted, theme.palette.panel, 0.6), side))
        self.setIconSize(QSize(side, side))
        self.setFixedSize(theme.px(26), theme.px(26))
        self.setStyleSheet("padding: 0px")  # the window's sheet leaves room for words


class SpinField(QSpinBox):
    """A whole number with arrows; the wheel turns it only when it has the focus, otherwise the panel scrolls."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._ink = QColor()
        self.lineEdit().setAcceptDrops(False)  # a file is for the window to open, not to be typed here
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        self._ink = QColor(theme.palette.muted)
        self.setFont(theme.font())
        self.setMinimumSize(theme.px(60), theme.px(26))
        self.setStyleSheet(_bare("QSpinBox", ("up-button", "down-button"), theme))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionSpinBox()
        self.initStyleOption(option)
        for part, up in (
            (QStyle.SubControl.SC_SpinBoxUp, True),
            (QStyle.SubControl.SC_SpinBoxDown, False),
        ):
            area = self.style().subControlRect(QStyle.ComplexControl.CC_SpinBox, option, part, self)
            _arrow(self, area, up, self._ink)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Choice(QComboBox):
    """One of a few rows, each with the value it stands for; the wheel turns it only when it has the focus.

    ``closed`` tells that the list of rows is put away, before the row that was chosen in it is told of.
    """

    closed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._ink = QColor()
        self._open = False
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        self._ink = QColor(theme.palette.muted)
        self.setFont(theme.font())
        self.setMinimumSize(theme.px(60), theme.px(26))
        self.setStyleSheet(_bare("QComboBox", ("drop-down",), theme))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxArrow
        area = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        _arrow(self, area, False, self._ink)

    def offer(self, rows: dict[str, object]) -> None:
        """Offer these rows: what is shown and what it stands for."""
        with quiet(self):
            self.clear()
            for text, value in rows.items():
                self.addItem(text, value)

    def choose(self, value: object) -> None:
        """Show the row that stands for *value*."""
        index = next((i for i in range(self.count()) if self.itemData(i) == value), -1)
        with quiet(self):
            self.setCurrentIndex(index)

    def showPopup(self) -> None:
        self._open = True
        super().showPopup()

    def hidePopup(self) -> None:
        super().hidePopup()
        if self._open:  # Qt asks for it whenever the field itself is hidden, too
            self._open = False
            self.closed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def _bare(kind: str, parts: tuple[str, ...], theme: Theme) -> str:
    """A style sheet that leaves room for arrows of our own: those of a style sheet would have to be files."""
    return "".join(f"{kind}::{part} {{ border: none; width: {theme.px(18)}px; }}" for part in parts)


def _arrow(widget: QWidget, area: QRect, up: bool, colour: QColor) -> None:
    """A small arrow in the middle of *area*."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.4))
    centre, half = QRectF(area).center(), min(area.width() / 5, 3.5)
    tip = -half / 2 if up else half / 2
    left, middle, right = (centre + QPointF(x, y) for x, y in ((-half, -tip), (0.0, tip), (half, -tip)))
    painter.drawPolyline([left, middle, right])


def beside(*widgets: QWidget, stretch: int | None = None, spacing: int = 6) -> QHBoxLayout:
    """Widgets in one line; the one at index *stretch* takes the room that is left."""
    line = QHBoxLayout()
    line.setSpacing(spacing)
    for index, widget in enumerate(widgets):
        line.addWidget(widget, 1 if index == stretch else 0)
    if stretch is None:
        line.addStretch(1)
    return line


class Section(QWidget):
    """A part of a panel below its heading, if it has one. Children that have ``dress`` take the theme with it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.heading = Heading(title)
        self.column.addWidget(self.heading)
        self.heading.setVisible(bool(title))  # after it has a parent: without one it would be a window of its own
        self.setAccessibleName(title)

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        self.column.setSpacing(theme.px(5))
        dress_children(self, theme)


def dress_children(parent: QWidget, theme: Theme) -> None:
    """Dress every widget below *parent* that can be; once for each change of theme."""
    for child in parent.findChildren(QWidget):
        if not isinstance(child, Section) and hasattr(child, "dress"):
            child.dress(theme)


def steady(panel: QScrollArea) -> None:
    """Keep the room of the scroll bar while there is nothing to scroll, so that nothing is set anew when it comes."""
    panel.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    panel.verticalScrollBar().setStyleSheet("QScrollBar::handle:disabled { background: transparent; }")


def takes_key(event: QEvent, wants: Callable[[QKeyEvent], bool]) -> bool:
    """Keep a key that is a shortcut elsewhere for the widget that `wants` it: whether the event was answered."""
    if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and wants(event):
        event.accept()
        return True
    return False


def is_tip(event: QEvent) -> bool:
    """Whether Qt asks for a tooltip."""
    return event.type() == QEvent.Type.ToolTip
