"""J as one Θ moves, with the secant of the check and the line that backprop's D promises; ε can be dragged."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen

from nnviz.engine.quantities import Address
from nnviz.engine.slopes import way
from nnviz.picture.evaluations import SEEN, Walk, walk_of
from nnviz.picture.numbers import measured, shown
from nnviz.picture.parts import Point
from nnviz.picture.slice import FIRST, REACH, SMALLEST, Slice, slice_of
from nnviz.session.check import Answer
from nnviz.session.checking import chosen, present
from nnviz.session.evaluations import place, stage
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.fields import Label, Section, takes_key
from nnviz.ui.guard import guarded
from nnviz.ui.panels.chart import CENTRE, LEFT, RIGHT, Chart, at
from nnviz.ui.panels.evaluations import EvaluationControls, EvaluationLines

HEIGHT, MARGIN, BELOW = 150, 46, 20
NEARBY = 56
"""The margin where it says how far J is from J(θ)."""
DOT, NEWEST = 4.5, 6.0
SPARSE = (3.0, 7.0)
KEYS = {Qt.Key.Key_Right: 1.25, Qt.Key.Key_Left: 0.8}
"""The factor by which a key makes ε larger or smaller."""
INVITATION = "Click a link or a cell: J as that one Θ moves."


class SliceView(Chart):
    """The plot. Dragging sideways, or ← and →, changes ε, unless the evaluations of the check are walked through."""

    epsilon_changed = Signal(float)

    def __init__(self) -> None:
        super().__init__("J along one Θ", HEIGHT + BELOW)
        self._slice: Slice | None = None
        self._walk: Walk | None = None
        self._stage = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_slice(self, one: Slice) -> None:
        """Show the whole curve, with an ε to drag."""
        self._slice, self._walk, self._stage = one, None, 0
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setToolTip(one.tip())
        self.setAccessibleDescription(one.words())
        self.update()

    def show_walk(self, walk: Walk, step: int) -> None:
        """Show the curve nearby, the points of the evaluations up to this one, and at last the secant."""
        self._slice, self._walk, self._stage = walk.plot, walk, step
        self.setCursor(Qt.CursorShape.ArrowCursor)
        said = walk.results(step, "octave")
        self.setToolTip("J as this Θ moves by a few ε: up to the right it grows")
        self.setAccessibleDescription(", ".join(f"{result.name} = {result.value}" for result in said))
        self.update()

    @property
    def area(self) -> QRectF:
        """Where the curve is."""
        px = self._theme.px if self._theme else round
        margin = MARGIN if self._walk is None else NEARBY
        return QRectF(px(margin), px(6), self.width() - px(margin + 8), px(HEIGHT - 6))

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._drag(event.position().x())

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event.position().x())

    def event(self, event: QEvent) -> bool:
        # Arrows step elsewhere; here they change ε.
        return takes_key(event, self._wants) or super().event(event)

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._slice is None or not self._wants(event):
            super().keyPressEvent(event)
        else:
            self._ask(self._slice.epsilon * KEYS[event.key()])

    def _wants(self, event: QKeyEvent) -> bool:
        return self._walk is None and _changes(event)

    def _drag(self, x: float) -> None:
        """ε is how far the pointer is from the middle."""
        if self._walk is not None:
            return
        area = self.area
        self._ask(abs(2.0 * (x - area.left()) / area.width() - 1.0) * REACH)

    def _ask(self, epsilon: float) -> None:
        self.epsilon_changed.emit(max(SMALLEST, min(epsilon, REACH)))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        one, theme = self._slice, self._theme
        if one is None or theme is None:
            return
        px, area = theme.px, self.area
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter, one, area)
        painter.setClipRect(area.adjusted(-1, -1, 1, 1))
        if self._walk is None:
            self._paint_slope(painter, one, area, 1.6)
            self._paint_secant(painter, one.secant, area, 1.4)
            self._paint_curve(painter, one, area, 2.2)
        else:
            # Nearby the curve is straight: the lines, which come last, lie upon it.
            self._paint_curve(painter, one, area, 6 if self._walk.way.steps else 2.2)
            if self._walk.is_slope(self._stage):
                self._paint_secant(painter, self._walk.secant, area, 3)
                self._paint_slope(painter, one, area, 1.6)
        painter.setBrush(theme.colour("backward"))
        painter.setPen(QPen(theme.colour("panel"), 1))
        points = one.ends if self._walk is None else self._walk.points(self._stage)
        for number, point in enumerate(points, 1):
            radius = px(NEWEST if number == self._stage else DOT)
            painter.drawEllipse(at(area, point), radius, radius)
        if self.hasFocus():
            painter.setClipping(False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_curve(self, painter: QPainter, one: Slice, area: QRectF, width: float) -> None:
        painter.setPen(QPen(self._theme.colour("forward"), self._theme.px(width)))
        painter.drawPolyline([at(area, point) for point in one.curve])

    def _paint_secant(self, painter: QPainter, ends: tuple[Point, Point], area: QRectF, width: float) -> None:
        painter.setPen(QPen(self._theme.colour("backward"), self._theme.px(width)))
        painter.drawLine(*(at(area, point) for point in ends))

    def _paint_slope(self, painter: QPainter, one: Slice, area: QRectF, width: float) -> None:
        """The line that D promises."""
        colour = self._theme.colour("agree" if one.right else "differ")
        pen = QPen(colour, self._theme.px(width), Qt.PenStyle.DashLine)
        if self._walk is not None:
            pen.setDashPattern(SPARSE)  # the secant is seen between them
        painter.setPen(pen)
        painter.drawLine(*(at(area, point) for point in one.line(one.D)))

    def _paint_frame(self, painter: QPainter, one: Slice, area: QRectF) -> None:
        theme, px = self._theme, self._theme.px
        painter.setFont(theme.font(10.5))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawRect(area)
        middle = at(area, one.at(0.0, one.here)).x()
        painter.drawLine(QPointF(middle, area.top()), QPointF(middle, area.bottom()))
        painter.setPen(theme.colour("muted"))
        for words, y in self._heights(one, area):
            painter.drawText(QRectF(0, y, area.left() - px(5), px(16)), RIGHT, words)
        reach = f"{SEEN:g}ε" if self._walk is not None and self._walk.way.steps else measured(one.reach)
        for words, side in ((f"θ − {reach}", LEFT), (one.title, CENTRE), (f"θ + {reach}", RIGHT)):
            painter.drawText(QRectF(area.left(), area.bottom() + px(3), area.width(), px(16)), side, words)

    def _heights(self, one: Slice, area: QRectF) -> tuple[tuple[str, float], ...]:
        """What stands on the left: J; nearby, where that would be the same number twice, how far it is from J(θ)."""
        (low, high), bottom = one.bounds, area.bottom() - self._theme.px(16)
        if self._walk is None:
            return (shown(high, 3), area.top()), (shown(low, 3), bottom)
        middle = at(area, one.at(0.0, one.here)).y() - self._theme.px(8)
        up, down = (shown(J - one.here, 1, signed=True) for J in (high, low))
        free = area.top() + self._theme.px(16) < middle < bottom - self._theme.px(16)
        return (up, area.top()), ("J(θ)" if free else "", middle), (down, bottom)


class SliceSection(Section):
    """The plot of the chosen entry, its numbers, and how one is chosen; and the evaluations of J one by one."""

    walked = Signal()
    """Another evaluation has been come to."""

    def __init__(self, session: Session) -> None:
        super().__init__("One Θ alone")
        self._epsilon = FIRST
        self._session = session
        self._walk: Walk | None = None
        self._walk_of: tuple[Answer, Address] | None = None
        self.controls, self.lines = EvaluationControls(session), EvaluationLines()
        self.view = SliceView()
        self.view.epsilon_changed.connect(self._change)
        self.words = Label("", "muted", 11)
        self.words.setWordWrap(True)
        for part in (self.controls, self.view, self.lines, self.words):
            self.column.addWidget(part)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        if old is None or present(new) is not present(old) or _looked_at(new) != _looked_at(old):
            self._show(new)
            if old is not None and stage(new) and _looked_at(new) != _looked_at(old):
                self.walked.emit()

    def _change(self, epsilon: float) -> None:
        self._epsilon = epsilon
        self._show(self._session.state)

    def _show(self, state: State) -> None:
        found, address = present(state), chosen(state)
        self.setVisible(found is not None)
        step = stage(state)
        self.controls.show_state(state)
        self.view.setVisible(address is not None)
        self.lines.setVisible(step > 0)
        self.words.setVisible(step == 0)
        if found is None or address is None:
            self.words.setText(INVITATION)
        elif step:
            walk = self._walked(state, found, address)
            self.view.show_walk(walk, step)
            self.lines.show_walk(walk, step, state.view.language)
        else:
            one = slice_of(found.around, address, *_said_of(found, address), self._epsilon)
            self.view.show_slice(one)
            self.words.setText(one.words())

    def _walked(self, state: State, found: Answer, address: Address) -> Walk:
        """The same for all evaluations of an entry."""
        if self._walk is None or self._walk_of != (found, address):
            row, epsilon = way(state.estimate.way), state.estimate.epsilon
            self._walk = walk_of(found.around, address, *_said_of(found, address), row, epsilon, place(state))
            self._walk_of = found, address
        return self._walk


def _looked_at(state: State) -> tuple[Address | None, int, str]:
    return chosen(state), stage(state), state.view.language


def _said_of(found: Answer, address: Address) -> tuple[float, bool]:
    """D of an entry, and whether it is right."""
    at = address.row - 1, address.column
    D, right = (part[address.layer - 1][at] for part in (found.check.D, found.check.agrees))
    return float(D), bool(right)


def _changes(event: QKeyEvent) -> bool:
    return event.key() in KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
