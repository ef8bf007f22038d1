"""The only home of pyqtgraph: a plot in the theme's dress, curves that are made once, and what the mouse does to it.

Importing this takes some tenths of a second; whoever wants a plot lets that happen beside the window.
"""

from collections.abc import Callable, Collection

import pyqtgraph
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QGraphicsGridLayout, QWidget

from nnviz.engine.arrays import Array
from nnviz.picture.curves import Scale
from nnviz.picture.palette import blend
from nnviz.ui.nudge import NOTCH
from nnviz.ui.theme import Theme

# At exit pyqtgraph would search all objects of the program for its own.
pyqtgraph.setConfigOptions(exitCleanup=False, antialias=True)

ZOOM = 1.2
"""How much one notch of the wheel enlarges."""
WIDEST = 3.0
"""So many times as wide as at first the view may become."""
GRIP = 6
"""Pixels on either side of the line at which it can be taken."""
MOVED = 4
"""Pixels after which a press is a drag and no click."""
FONT = 11
END = 30
"""Room for half of the last number, right of the axis."""
GRID = 0.2
"""How much of the colour of letters is in the grid."""

Range = tuple[float, float]


class Axis(pyqtgraph.AxisItem):
    """An axis whose ticks are those of a scale, at least *gap* pixels apart."""

    def __init__(self, orientation: str) -> None:
        self.gap = 40.0
        super().__init__(orientation, maxTickLength=0)
        self.scale_shown: Scale | None = None
        self._texts: dict[float, str] = {}
        self.setStyle(autoExpandTextSpace=False, autoReduceTextSpace=False, hideOverlappingLabels=False)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        if self.scale_shown is None or size <= 0 or maxVal <= minVal:
            return []
        ticks = self.scale_shown.ticks(minVal, maxVal, self.gap * (maxVal - minVal) / size)
        self._texts = {tick.place: tick.text for tick in ticks}
        return [(1.0, list(self._texts))]

    def boundingRect(self) -> QRectF:
        # Where there is a grid pyqtgraph leaves out what stands at the very ends, for want of room.
        return super().boundingRect().adjusted(-self.gap, -self.gap, self.gap, self.gap)

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [self._texts[value] for value in values]

    def dress(self, theme: Theme, gap: float) -> None:
        """Take the theme's colours and font."""
        self.gap = theme.px(gap)
        self.setTickFont(theme.font(FONT))
        self.setTextPen(theme.colour("muted"))
        faint = blend(theme.palette.muted, theme.palette.panel, GRID)
        self.setPen(faint)
        self.setTickPen(faint)


class Plot(pyqtgraph.GraphicsView):
    """Curves in places of two scales. The wheel zooms about the pointer, a drag pans, a click or the line's drag moves
    what the line stands for. *paint_over* paints in pixels what lies above the curves.
    """

    zoomed = Signal()  # another part is seen, by hand
    moved = Signal(float)  # the line is wanted at this place
    pointed = Signal(object)  # the place under the pointer, or None
    resized = Signal()

    def __init__(self, paint_over: Callable[[QPainter], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lay_out()
        self._paint_over = paint_over
        self._curves: dict[object, pyqtgraph.PlotCurveItem] = {}
        self._home: tuple[Range, Range] = ((0.0, 1.0), (0.0, 1.0))
        self._pressed: QPointF | None = None
        self._panning = self._holding = False
        self.line: float | None = None
        self._box.sigResized.connect(self.resized)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys where they were
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)

    def _lay_out(self) -> None:
        """Axes and the box of the curves; pyqtgraph's own arrangement would bring menus along."""
        self.bottom, self.left = Axis("bottom"), Axis("left")
        self._box = pyqtgraph.ViewBox(enableMenu=False, enableMouse=False)
        self._box.disableAutoRange()
        self._layout = QGraphicsGridLayout()
        self._layout.setSpacing(0)
        self._layout.addItem(self.left, 0, 0)
        self._layout.addItem(self._box, 0, 1)
        self._layout.addItem(self.bottom, 1, 1)
        for axis in (self.bottom, self.left):
            axis.linkToView(self._box)
            axis.setZValue(self._box.zValue() - 1)  # the grid lies below the curves
        whole = pyqtgraph.GraphicsWidget()
        whole.setLayout(self._layout)
        self.setCentralItem(whole)

    # What is shown

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours and sizes."""
        self.setBackground(theme.colour("panel"))
        self.bottom.dress(theme, 64)
        self.left.dress(theme, 34)
        self.left.setGrid(255)
        self.left.setWidth(theme.px(52))
        self.bottom.setHeight(theme.px(22))
        self._layout.setContentsMargins(0, theme.px(8), theme.px(END), 0)

    def measure_by(self, bottom: Scale, left: Scale) -> None:
        """Write these scales beside the axes."""
        for axis, scale in ((self.bottom, bottom), (self.left, left)):
            if axis.scale_shown != scale:
                axis.scale_shown = scale
                axis.picture = None
                axis.update()

    def draw(self, name: object, x: Array, y: Array, pen: QPen, above: float, *, smooth: bool) -> None:
        """Show the curve *name* with these places; what has a higher *above* is drawn later; not *smooth*: quicker."""
        curve = self._curves.get(name)
        if curve is None:
            curve = self._curves[name] = pyqtgraph.PlotCurveItem(skipFiniteCheck=True)
            self._box.addItem(curve, ignoreBounds=True)
        curve.setData(x, y, antialias=smooth)
        _take_anew(curve)
        if curve.opts["pen"] != pen:
            curve.setPen(pen)
            # Piece by piece a curve that trembles is painted in 2 ms, as one line in 150; but dashes need one line.
            curve.setSegmentedLineMode("on" if pen.style() is Qt.PenStyle.SolidLine else "off")
        curve.setZValue(above)

    def keep(self, names: Collection[object]) -> None:
        """Take away all curves but these."""
        for name in [name for name in self._curves if name not in names]:
            self._box.removeItem(self._curves.pop(name))

    @property
    def names(self) -> Collection[object]:
        """The curves that are drawn."""
        return self._curves.keys()

    def frame(self, x: Range, y: Range, *, show: bool) -> None:
        """All there is lies in this part; *show* it, or leave what is seen."""
        if show and (self._home, self.seen) != ((x, y), (x, y)):
            self._show(x, y)
        self._home = (x, y)

    @property
    def seen(self) -> tuple[Range, Range]:
        """The places at the edges: (left, right), (bottom, top)."""
        (left, right), (bottom, top) = self._box.state["viewRange"]
        return (left, right), (bottom, top)

    @property
    def room(self) -> QRectF:
        """Where the curves are, in pixels of the viewport."""
        return self._box.sceneBoundingRect()

    def pixel(self, x: float, y: float) -> QPointF:
        """Where a place is on the viewport."""
        ((left, right), (bottom, top)), room = self.seen, self.room
        return QPointF(
            room.left() + (x - left) / (right - left) * room.width(),
            room.bottom() - (y - bottom) / (top - bottom) * room.height(),
        )

    def place(self, at: QPointF) -> tuple[float, float]:
        """The place at a pixel of the viewport."""
        ((left, right), (bottom, top)), room = self.seen, self.room
        return (
            left + (at.x() - room.left()) / room.width() * (right - left),
            bottom + (room.bottom() - at.y()) / room.height() * (top - bottom),
        )

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_over(painter)
        painter.restore()

    # What the user does

    def zoom(self, factor: float, at: QPointF | None = None, *, along: str = "xy") -> None:
        """Show 1/*factor* as much, around a pixel, the middle if None."""
        x, y = self.place(at or self.room.center())
        (left, right), (bottom, top) = self.seen
        across = (x - (x - left) / factor, x + (right - x) / factor) if "x" in along else (left, right)
        up = (y - (y - bottom) / factor, y + (top - y) / factor) if "y" in along else (bottom, top)
        self._show_by_hand(across, up)

    @property
    def dragging(self) -> bool:
        """Whether the line is held."""
        return self._holding

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            self._holding = self._on_line(event.position())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(at)
        else:
            grip = self._on_line(at)
            self.viewport().setCursor(Qt.CursorShape.SplitHCursor if grip else Qt.CursorShape.CrossCursor)
        self.pointed.emit(self.place(at)[0] if self.room.contains(at) else None)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        clicked = self._pressed is not None and not self._panning and self.room.contains(event.position())
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._panning, self._holding = None, False, False
            if clicked:
                self.moved.emit(self.place(event.position())[0])
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        at, room = event.position(), self.room
        notches = (event.angleDelta().y() or event.angleDelta().x()) / NOTCH
        along = "y" if at.x() < room.left() else "x" if at.y() > room.bottom() else "xy"
        self.zoom(ZOOM**notches, at, along=along)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Up:
                self.zoom(ZOOM)
            case Qt.Key.Key_Down:
                self.zoom(1 / ZOOM)
            case _:
                event.ignore()  # the window's actions have the others

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _on_line(self, at: QPointF) -> bool:
        return self.line is not None and abs(self.pixel(self.line, 0.0).x() - at.x()) <= GRIP and self._inside(at)

    def _inside(self, at: QPointF) -> bool:
        return self.room.adjusted(-GRIP, -GRIP, GRIP, GRIP).contains(at)

    def _drag(self, at: QPointF) -> None:
        assert self._pressed is not None
        if self._holding:
            self.moved.emit(self.place(at)[0])
            return
        if not self._panning and (at - self._pressed).manhattanLength() < MOVED:
            return
        self._panning = True
        (left, right), (bottom, top) = self.seen
        before, now = self.place(self._pressed), self.place(at)
        x, y = before[0] - now[0], before[1] - now[1]
        self._pressed = at
        self._show_by_hand((left + x, right + x), (bottom + y, top + y))

    def _show_by_hand(self, x: Range, y: Range) -> None:
        self._show(*(_kept_near(new, home) for new, home in zip((x, y), self._home, strict=True)))
        self.zoomed.emit()

    def _show(self, x: Range, y: Range) -> None:
        self._box.setRange(xRange=x, yRange=y, padding=0, disableAutoRange=False)
        for curve in self._curves.values():
            _take_anew(curve)


def _take_anew(curve: pyqtgraph.PlotCurveItem) -> None:
    """Keep a picture of the curve as it is now, for the line to move over.

    Qt itself does not see that the old picture is wrong where a curve has grown out of what is seen: both would show.
    """
    curve.setCacheMode(curve.CacheMode.NoCache)
    curve.setCacheMode(curve.CacheMode.DeviceCoordinateCache)


def _kept_near(seen: Range, home: Range) -> Range:
    """A part that is not much wider than *home*, nor beside it, nor too narrow for arithmetic."""
    whole = home[1] - home[0]
    width = min(max(seen[1] - seen[0], whole * 1e-7), whole * WIDEST)
    middle = min(max((seen[0] + seen[1]) / 2, home[0]), home[1])
    return middle - width / 2, middle + width / 2
