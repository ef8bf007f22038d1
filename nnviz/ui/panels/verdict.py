"""A verdict in a word or two, on the colour of what it says."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from nnviz.ui.guard import guarded
from nnviz.ui.theme import Theme


class Verdict(QLabel):
    """The verdict on its colour."""

    def __init__(self) -> None:
        super().__init__()
        self._role = "muted"
        self._theme: Theme | None = None
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_verdict(self, words: str, role: str) -> None:
        """Show *words* on the colour of *role*."""
        self._role = role
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        self._theme = theme
        self.setFont(theme.font(12.5, bold=True))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        px = self._theme.px if self._theme else round
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + px(22), px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width() // 4, self.sizeHint().height())

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(self._role))
        painter.drawRoundedRect(QRectF(self.rect()), self._theme.px(6), self._theme.px(6))
        painter.setPen(self._theme.colour("on_colour"))
        room = self.width() - self._theme.px(12)
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
