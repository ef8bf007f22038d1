"""How a drawing is magnified and moved inside its widget."""

from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QTransform

from nnviz.picture.parts import Point

LARGEST = 8.0


class Lens:
    """From places in the drawing to places in the widget: 1 to 8 times as large, never past the drawing's edges."""

    def __init__(self) -> None:
        self.transform = QTransform()

    @property
    def zoom(self) -> float:
        """How many times as large."""
        return self.transform.m11()

    def reset(self) -> None:
        """The whole drawing."""
        self.transform = QTransform()

    def magnify(self, factor: float, centre: QPointF, area: QSizeF) -> None:
        """Make it *factor* times as large; what is at *centre* of the widget stays there."""
        zoom = min(max(self.zoom * factor, 1.0), LARGEST)
        share = zoom / self.zoom
        x = centre.x() - share * (centre.x() - self.transform.dx())
        y = centre.y() - share * (centre.y() - self.transform.dy())
        self._place(zoom, x, y, area)

    def move(self, way: QPointF, area: QSizeF) -> None:
        """Move it by *way*."""
        self._place(self.zoom, self.transform.dx() + way.x(), self.transform.dy() + way.y(), area)

    def into(self, position: QPointF) -> Point:
        """A place in the widget as a place in the drawing."""
        inside = self.transform.inverted()[0].map(position)
        return Point(inside.x(), inside.y())

    def out(self, point: Point) -> QPointF:
        """A place in the drawing as a place in the widget."""
        return self.transform.map(QPointF(*point))

    def _place(self, zoom: float, x: float, y: float, area: QSizeF) -> None:
        x = min(0.0, max(x, area.width() * (1.0 - zoom)))
        y = min(0.0, max(y, area.height() * (1.0 - zoom)))
        self.transform = QTransform(zoom, 0.0, 0.0, zoom, x, y)
