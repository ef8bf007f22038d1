"""Points that are drawn: clicked, dragged, taken away, with the mouse or with the keys."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen

from nnviz.ui.data.cloud import Cloud, Points, described
from nnviz.ui.data.marks import SIDE, mark
from nnviz.ui.guard import guarded

NEAR = 9
"""Pixels at zoom 1 within which a point is meant."""
STEP, LEAP = 0.01, 0.1
"""Shares of the square by which an arrow key moves the cross; the longer one with Shift."""
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ADD = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_TAKE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class Drawing(Cloud):
    """Tells what is done to the points, and shows what it is told to show."""

    added = Signal(float, float)
    moved = Signal(int, float, float)
    """A point, by its index, was dragged and let go."""
    removed = Signal(int)
    class_asked = Signal(int)
    """A key from 1 to 9 asks for the class of that index, from 0."""

    def __init__(self) -> None:
        super().__init__("Points")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setToolTip(
            "Click: add a point. Drag: move it. Right-click: take it away.\n"
            "Keys: arrows move the cross, Enter adds, Delete takes away, 1 to 9 choose the class."
        )
        self.label = 0
        self.cross = (0.5, 0.5)
        """Where the keys act, as shares of the square from the left and from the top."""
        self._dragged: int | None = None
        self._place = QPointF()
        self._hovered: int | None = None
        self._marked: int | None = None

    def mark_point(self, point: int | None) -> None:
        """Put a ring round the point of that index, which is spoken of elsewhere; None: round none."""
        if point != self._marked:
            self._marked = point
            self.update()

    def show_points(self, points: Points, *, keep: bool = False) -> None:
        self._dragged = self._hovered = self._marked = None
        super().show_points(points, keep=keep)
        self._tell_cross()

    def hidden_point(self) -> int | None:
        return self._dragged

    def nearest(self, place: QPointF) -> int | None:
        """The index of the point that is meant at a place of the widget; None if there is none near."""
        if not len(self.points.X):
            return None
        distances = np.hypot(*(self.places(self.points.X) - (place.x(), place.y())).T)
        found = int(distances.argmin())
        return found if distances[found] <= self.theme.px(NEAR) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        found = self.nearest(place)
        if event.button() == Qt.MouseButton.RightButton and found is not None:
            self.removed.emit(found)
        elif event.button() == Qt.MouseButton.LeftButton and found is not None:
            self._dragged, self._place = found, place
            self.refresh()
        elif event.button() == Qt.MouseButton.LeftButton and self.area.contains(place):
            self._aim(place)
            self.added.emit(*self.point_at(place))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            self._place = event.position()
            self.update()
        elif (found := self.nearest(event.position())) != self._hovered:
            self._hovered = found
            self.setCursor(Qt.CursorShape.CrossCursor if found is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged is None or event.button() != Qt.MouseButton.LeftButton:
            return
        dragged, self._dragged = self._dragged, None
        self._aim(event.position())
        if self.nearest(event.position()) == dragged:  # no further than where it stood
            self.refresh()
        else:
            self.moved.emit(dragged, *self.point_at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _ARROWS:
            self._move_cross(*_ARROWS[key], LEAP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP)
        elif key in _ADD:
            self.added.emit(*self.point_at(self.cross_place))
        elif key in _TAKE:
            if (found := self.nearest(self.cross_place)) is not None:
                self.removed.emit(found)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and not event.modifiers():
            self.class_asked.emit(key - Qt.Key.Key_1)
        else:
            super().keyPressEvent(event)

    @property
    def cross_place(self) -> QPointF:
        """Where the cross is on the widget."""
        area = self.area
        return QPointF(area.x() + self.cross[0] * area.width(), area.y() + self.cross[1] * area.height())

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for point, role in ((self._marked, "accent"), (self._hovered, "text")):
            if point is not None and self._dragged is None:
                self._ring(painter, QPointF(*self.places(self.points.X)[point].tolist()), role)
        if self._dragged is not None:
            area, half = self.area, self.theme.px(SIDE) / 2
            x = min(max(self._place.x(), area.left()), area.right())
            y = min(max(self._place.y(), area.top()), area.bottom())
            label = int(self.points.labels[self._dragged])
            painter.drawPixmap(QPointF(x - half, y - half), mark(self.theme, label, self.devicePixelRatioF()))
            self._ring(painter, QPointF(x, y), "text")
        if self.hasFocus():
            self._paint_focus(painter)

    def _paint_focus(self, painter: QPainter) -> None:
        """The frame, and the cross, open in the middle."""
        theme, place = self.theme, self.cross_place
        painter.setPen(QPen(theme.colour("accent"), theme.px(2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.area)
        inner, outer = theme.px(6), theme.px(14)
        for x, y in _ARROWS.values():
            painter.drawLine(place + QPointF(x, y) * inner, place + QPointF(x, y) * outer)

    def _ring(self, painter: QPainter, place: QPointF, role: str) -> None:
        painter.setPen(QPen(self.theme.colour(role), self.theme.px(2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = self.theme.px(NEAR)
        painter.drawEllipse(QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius))

    def _move_cross(self, across: int, down: int, step: float) -> None:
        x, y = self.cross
        self.cross = (min(max(x + across * step, 0.0), 1.0), min(max(y + down * step, 0.0), 1.0))
        self._tell_cross()

    def _aim(self, place: QPointF) -> None:
        area = self.area
        across, down = (place.x() - area.x()) / area.width(), (place.y() - area.y()) / area.height()
        self.cross = (min(max(across, 0.0), 1.0), min(max(down, 0.0), 1.0))
        self._tell_cross()

    def _tell_cross(self) -> None:
        x, y = self.point_at(self.cross_place)
        across, up = self.points.axes
        self.setAccessibleDescription(f"{described(self.points)}; cross at {across} = {x:g}, {up} = {y:g}")
        self.update()
