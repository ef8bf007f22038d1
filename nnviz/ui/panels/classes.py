"""Cost and accuracy of each class, of what is learnt from and of the test part side by side; worked out on demand."""

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from nnviz.picture.confusion import NO_BREAK, ByClass, by_class
from nnviz.picture.numbers import shown
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.fields import Label, Line, Section
from nnviz.ui.guard import guarded
from nnviz.ui.icons import icon
from nnviz.ui.panels.confusion import NOT_YET
from nnviz.ui.panels.part import LEARNT, is_stale, parts
from nnviz.ui.panels.ranking import STALE
from nnviz.ui.theme import Theme

BAR, LINE = 6, 13
NUMBERS = 40
"""Room for a number beside its bar."""
COLUMNS = ("mean cost", "accuracy")


class ClassBars(QWidget):
    """A line for each class, in it a bar for each part: solid for what is learnt from, an outline for the test part."""

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._found: dict[str, ByClass] = {}
        self._stale = False
        self._theme: Theme | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Cost and accuracy by class")

    def show_classes(self, names: tuple[str, ...], found: dict[str, ByClass], stale: bool) -> None:
        """Show what was *found* of each part."""
        shape = len(self._names), len(self._found)
        self._names, self._found, self._stale = names, found, stale
        if shape != (len(names), len(found)):
            self.updateGeometry()
        self.setAccessibleDescription(_told(names, found))
        self.update()

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if self._theme is None:
            return QSize(100, 1)
        px = self._theme.px
        return QSize(px(200), px(2 * LINE + 10) + len(self._names) * self._line)

    @property
    def _line(self) -> int:
        """The height of a class."""
        return self._theme.px(max(2, len(self._found)) * LINE + 5)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None or not self._found:
            return
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        if self._stale:
            painter.setOpacity(STALE)
        painter.setFont(theme.font(10.5))
        metrics = QFontMetricsF(painter.font())
        left = min(max(metrics.horizontalAdvance(name) for name in self._names), px(84)) + px(8)
        width = (self.width() - left) / 2
        painter.setPen(theme.colour("muted"))
        self._legend(painter, left, width)
        largest = max((cost for one in self._found.values() for cost in one.costs if cost > 0), default=1.0)
        top = px(2 * LINE + 8)
        for index, name in enumerate(self._names):
            y = top + index * self._line
            painter.setPen(theme.colour("text"))
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, left - px(8))
            painter.drawText(QRectF(0, y, left, self._line - px(5)), _LEFT, text)
            for order, (part, found) in enumerate(self._found.items()):
                line = y + order * px(LINE)
                cost, right = float(found.costs[index]), float(found.right[index])
                self._bar(painter, part, QRectF(left, line, width - px(8), px(LINE)), cost / largest, shown(cost))
                told = "–" if math.isnan(right) else f"{100 * right:.0f}{NO_BREAK}%"
                self._bar(painter, part, QRectF(left + width, line, width, px(LINE)), right, told)

    def _legend(self, painter: QPainter, left: float, width: float) -> None:
        px = self._theme.px
        for index, title in enumerate(COLUMNS):
            painter.drawText(QRectF(left + index * width, px(LINE + 4), width, px(LINE)), _LEFT, title)
        at = 0.0
        for part in self._found:
            self._swatch(painter, part, QRectF(at, px(LINE) / 2 - px(BAR) / 2, px(14), px(BAR)))
            painter.setPen(self._theme.colour("muted"))
            painter.drawText(QRectF(at + px(18), 0, self.width(), px(LINE)), _LEFT, part.lower())
            at += px(34) + QFontMetricsF(painter.font()).horizontalAdvance(part.lower())

    def _bar(self, painter: QPainter, part: str, area: QRectF, share: float, number: str) -> None:
        px = self._theme.px
        room = area.width() - px(NUMBERS)
        length = max(1.0, share * room) if share > 0.0 else 0.0
        if length:
            self._swatch(painter, part, QRectF(area.left(), area.center().y() - px(BAR) / 2, length, px(BAR)))
        painter.setPen(self._theme.colour("text"))
        painter.drawText(area.adjusted(length + px(4), 0, 0, 0), _LEFT, number)

    def _swatch(self, painter: QPainter, part: str, area: QRectF) -> None:
        if part == LEARNT:
            painter.fillRect(area, self._theme.colour("cost"))
        else:
            painter.setPen(QPen(self._theme.colour("cost"), 1))
            painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))


class ClassesSection(Section):
    """Folded until it is wanted; nothing is worked out before."""

    def __init__(self, session: Session) -> None:
        super().__init__("")
        self._session = session
        self.setAccessibleName("Cost by class")
        self.button = QPushButton("COST BY CLASS", checkable=True, accessibleName="Cost by class")
        self.button.setToolTip("The mean cost and the accuracy of each class")
        self.button.toggled.connect(lambda: self._show(session.state))
        self.none = Label(NOT_YET, "muted", 12)
        self.bars = ClassBars()
        for widget in (Line(), self.button, self.none, self.bars):
            self.column.addWidget(widget)
        self._theme: Theme | None = None

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        if old is None or old.scores is not new.scores or is_stale(old) != is_stale(new):
            self._show(new)

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self._theme = theme
        font = theme.font(10.5, bold=True)
        font.setLetterSpacing(font.SpacingType.AbsoluteSpacing, 0.7 * theme.zoom)
        self.button.setFont(font)
        line = f"{theme.px(1)}px solid"
        self.button.setStyleSheet(
            "QPushButton { text-align: left; padding: 1px 0px; margin-left: -5px; }"
            f"QPushButton {{ color: {theme.palette.muted}; background: none; border: {line} transparent; }}"
            f"QPushButton:focus {{ border: {line} {theme.palette.accent}; }}"
        )
        self._turn()

    def _turn(self) -> None:
        """The arrow points down while it is open."""
        if self._theme is not None:
            name = "chevron-down" if self.button.isChecked() else "chevron-right"
            self.button.setIcon(icon(name, self._theme.palette.muted, size=self._theme.px(14)))

    def _show(self, state: State) -> None:
        opened, found = self.button.isChecked(), parts(state.scores)
        self._turn()
        self.none.setVisible(opened and not found)
        self.bars.setVisible(opened and bool(found))
        if opened and found:
            tables = {name: by_class(part.labels, part.score.costs, part.counts) for name, part in found.items()}
            self.bars.show_classes(state.scores.model.dataset.class_names, tables, is_stale(state))


def _told(names: tuple[str, ...], found: dict[str, ByClass]) -> str:
    """The bars in words."""
    lines = []
    for part, one in found.items():
        each = [
            f"{name} costs {shown(float(cost))}, {right:.0%} right"
            for name, cost, right in zip(names, one.costs, one.right)
            if not math.isnan(cost)
        ]
        lines.append(f"{part}: {'; '.join(each)}.")
    return "\n".join(lines)


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
