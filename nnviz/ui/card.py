"""The surface that every panel lies on: a frame with round corners."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.ui.guard import guarded
from nnviz.ui.theme import Theme

RADIUS = 8
EDGE = 4
"""Between the frame and what is in it, so that round corners stay round."""


class Card(QWidget):
    """Holds *content* if there is any. ``surface`` and ``border`` are roles of the palette."""

    def __init__(
        self,
        content: QWidget | None = None,
        surface: str = "panel",
        border: str = "line",
        edge: int = EDGE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._surface, self._border, self._edge = surface, border, edge
        self._theme: Theme | None = None
        self.column = QVBoxLayout(self)
        if content is not None:
            self.column.addWidget(content)

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        edge = theme.px(self._edge) if self._edge else 0
        self.column.setContentsMargins(edge, edge, edge, edge)
        self.update()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self._theme.px(1)
        painter.setPen(QPen(self._theme.colour(self._border), line))
        painter.setBrush(self._theme.colour(self._surface))
        radius = self._theme.px(RADIUS)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2), radius, radius)
