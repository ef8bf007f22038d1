"""Words that can be clicked, or pressed with Return or Space."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette

from nnviz.ui.fields import Label
from nnviz.ui.guard import guarded
from nnviz.ui.theme import Theme


class ClickLabel(Label):
    """It takes as many lines as it needs, and has a frame while it has the focus."""

    chosen = Signal()
    pointed = Signal(bool)
    """Whether the pointer is on it; the focus counts as one."""

    def __init__(self, text: str, role: str = "text", *, size: float, bold: bool = False, mono: bool = False) -> None:
        super().__init__(text, role, size, bold=bold, mono=mono)
        self.setWordWrap(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._mark = QColor()

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self._mark = theme.colour("accent")
        palette = self.palette()
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, theme.colour("muted"))
        self.setPalette(palette)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.pointed.emit(True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.pointed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.pointed.emit(False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(self._mark)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
