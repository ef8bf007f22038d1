"""Points of two features in a square with axes, painted once and kept until something changes."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.engine.arrays import Array
from nnviz.files.words import counted
from nnviz.picture.plane import UNIT, Plane, around, ticks
from nnviz.ui.data.marks import SIDE, mark
from nnviz.ui.guard import guarded
from nnviz.ui.theme import Theme

MOST_DRAWN = 4000
LEFT, BOTTOM, EDGE = 52, 42, 10
"""Room for numbers and names at the left and below, and beside the square elsewhere, in pixels at zoom 1."""


class Points(NamedTuple):
    """``X`` has shape (m, 2), ``labels`` shape (m,): indices from 0 into ``classes``."""

    X: Array
    labels: NDArray[np.intp]
    classes: tuple[str, ...]
    axes: tuple[str, str]


NOTHING = Points(np.empty((0, 2)), np.empty(0, dtype=np.intp), (), ("", ""))


class Cloud(QWidget):
    """Shows points; of more than 4,000 the first ones, which are as good as any."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.points = NOTHING
        self.plane: Plane = UNIT
        self.theme: Theme | None = None
        self._layer: QPixmap | None = None

    def show_points(self, points: Points, *, keep: bool = False) -> None:
        """Show *points*; the axes stay as they are if that is to be kept and all points are inside."""
        self.points = points
        if not (keep and self.plane.holds(points.X)):
            self.plane = around(points.X)
        self.setAccessibleDescription(described(points))
        self.refresh()

    def refresh(self) -> None:
        """Paint everything anew."""
        self._layer = None
        self.update()

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        self.theme = theme
        self.setMinimumSize(theme.px(160), theme.px(160))
        self.refresh()

    def sizeHint(self) -> QSize:
        side = self.theme.px(460) if self.theme else 460
        return QSize(side, side)

    @property
    def area(self) -> QRectF:
        """The square."""
        left, bottom, edge = (self.theme.px(length) for length in (LEFT, BOTTOM, EDGE))
        side = max(1, min(self.width() - left - edge, self.height() - bottom - edge))
        free = (self.width() - left - edge - side) / 2
        return QRectF(left + round(free), edge, side, side)

    def places(self, X: Array) -> Array:
        """Where points are on the widget, shape (m, 2)."""
        area = self.area
        return self.plane.shares(X) * (area.width(), area.height()) + (area.x(), area.y())

    def point_at(self, place: QPointF) -> tuple[float, float]:
        """The point of the plane at a place of the widget."""
        area = self.area
        return self.plane.point((place.x() - area.x()) / area.width(), (place.y() - area.y()) / area.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.theme is None:
            return
        if self._layer is None or self._layer.devicePixelRatio() != self.devicePixelRatioF():
            self._layer = self._painted(self.devicePixelRatioF())
        QPainter(self).drawPixmap(0, 0, self._layer)

    def hidden_point(self) -> int | None:
        """The index of a point that is not painted with the others; None here."""
        return None

    def _painted(self, ratio: float) -> QPixmap:
        layer = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        layer.setDevicePixelRatio(ratio)
        layer.fill(Qt.GlobalColor.transparent)
        painter = QPainter(layer)
        painter.fillRect(self.area, self.theme.colour("panel"))
        self._paint_axes(painter, self.theme)
        self._paint_points(painter, self.theme, ratio)
        painter.end()
        return layer

    def _paint_axes(self, painter: QPainter, theme: Theme) -> None:
        area, line, numbers = self.area, QPen(theme.colour("line"), 1), QPen(theme.colour("muted"))
        painter.setFont(theme.font(11))
        height, width, gap = painter.fontMetrics().height(), theme.px(LEFT), theme.px(5)
        for tick in ticks(self.plane.left, self.plane.right):
            x = round(area.x() + (tick.value - self.plane.left) / self.plane.spans[0] * area.width())
            painter.setPen(line)
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.setPen(numbers)
            painter.drawText(QRectF(x - width, area.bottom() + gap, 2 * width, height), _MIDDLE, tick.text)
        for tick in ticks(self.plane.bottom, self.plane.top):
            y = round(area.y() + (self.plane.top - tick.value) / self.plane.spans[1] * area.height())
            painter.setPen(line)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(numbers)
            painter.drawText(QRectF(area.left() - width, y - height / 2, width - gap, height), _RIGHT, tick.text)
        painter.setPen(QPen(theme.colour("muted"), 1))
        painter.drawRect(area)
        self._paint_names(painter, theme, height)

    def _paint_names(self, painter: QPainter, theme: Theme, height: int) -> None:
        """The name of the second feature stands upright at the left."""
        area = self.area
        painter.setPen(theme.colour("text"))
        across, up = (
            painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(area.width()))
            for name in self.points.axes
        )
        below = area.bottom() + theme.px(7) + height
        painter.drawText(QRectF(area.x(), below, area.width(), height), _MIDDLE, across)
        painter.save()
        painter.translate(area.x() - theme.px(LEFT - 1), area.bottom())
        painter.rotate(-90)
        painter.drawText(QRectF(0, 0, area.height(), height), _MIDDLE, up)
        painter.restore()

    def _paint_points(self, painter: QPainter, theme: Theme, ratio: float) -> None:
        marks = [mark(theme, label, ratio) for label in range(len(self.points.classes))]
        half, hidden = theme.px(SIDE) / 2, self.hidden_point()
        places = (self.places(self.points.X[:MOST_DRAWN]) - half).tolist()
        painter.setClipRect(self.area)
        for index, ((x, y), label) in enumerate(zip(places, self.points.labels.tolist())):
            if index != hidden:
                painter.drawPixmap(QPointF(x, y), marks[label])


_MIDDLE = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


def described(points: Points) -> str:
    """How many points each class has, in words."""
    counts: Sequence[int] = np.bincount(points.labels, minlength=len(points.classes)).tolist()
    told = ", ".join(f"{count} of class {name}" for name, count in zip(points.classes, counts))
    return f"{counted(len(points.X), 'point')}: {told}" if told else "No points"
