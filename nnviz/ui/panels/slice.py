"""J as one Θ moves, with the secant of the check and the line that backprop's D promises; ε can be dragged."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen

from nnviz.picture.numbers import shown
from nnviz.picture.slice import FIRST, REACH, SMALLEST, Slice, slice_of
from nnviz.session.checking import chosen, present
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.fields import Label, Section, takes_key
from nnviz.ui.panels.chart import CENTRE, LEFT, RIGHT, Chart, at

HEIGHT, MARGIN, BELOW = 150, 46, 20
KEYS = {Qt.Key.Key_Right: 1.25, Qt.Key.Key_Left: 0.8}
"""The factor by which a key makes ε larger or smaller."""
INVITATION = "Click a link or a cell: J as that one Θ moves."


class SliceView(Chart):
    """The plot. Dragging sideways, or ← and →, changes ε."""

    epsilon_changed = Signal(float)

    def __init__(self) -> None:
        super().__init__("J along one Θ", HEIGHT + BELOW)
        self._slice: Slice | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)

    def show_slice(self, one: Slice) -> None:
        """Show this."""
        self._slice = one
        self.setToolTip(one.tip())
        self.setAccessibleDescription(one.words())
        self.update()

    @property
    def area(self) -> QRectF:
        """Where the curve is."""
        px = self._theme.px if self._theme else round
        return QRectF(px(MARGIN), px(6), self.width() - px(MARGIN + 8), px(HEIGHT - 6))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._drag(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event.position().x())

    def event(self, event: QEvent) -> bool:
        # Arrows step elsewhere; here they change ε.
        return takes_key(event, _changes) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._slice is None or not _changes(event):
            super().keyPressEvent(event)
        else:
            self._ask(self._slice.epsilon * KEYS[event.key()])

    def _drag(self, x: float) -> None:
        """ε is how far the pointer is from the middle."""
        area = self.area
        self._ask(abs(2.0 * (x - area.left()) / area.width() - 1.0) * REACH)

    def _ask(self, epsilon: float) -> None:
        self.epsilon_changed.emit(max(SMALLEST, min(epsilon, REACH)))

    def paintEvent(self, event: QPaintEvent) -> None:
        one, theme = self._slice, self._theme
        if one is None or theme is None:
            return
        px, area = theme.px, self.area
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter, one, area)
        painter.setClipRect(area.adjusted(-1, -1, 1, 1))
        painter.setPen(QPen(theme.colour("agree" if one.right else "differ"), px(1.6), Qt.PenStyle.DashLine))
        painter.drawLine(*(at(area, point) for point in one.line(one.D)))
        painter.setPen(QPen(theme.colour("backward"), px(1.4)))
        painter.drawLine(*(at(area, point) for point in one.secant))
        painter.setPen(QPen(theme.colour("forward"), px(2.2)))
        painter.drawPolyline([at(area, point) for point in one.curve])
        painter.setBrush(theme.colour("backward"))
        painter.setPen(QPen(theme.colour("panel"), 1))
        for point in one.ends:
            painter.drawEllipse(at(area, point), px(4.5), px(4.5))
        if self.hasFocus():
            painter.setClipping(False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_frame(self, painter: QPainter, one: Slice, area: QRectF) -> None:
        theme, px = self._theme, self._theme.px
        painter.setFont(theme.font(10.5))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawRect(area)
        middle = at(area, one.at(0.0, one.here)).x()
        painter.drawLine(QPointF(middle, area.top()), QPointF(middle, area.bottom()))
        painter.setPen(theme.colour("muted"))
        low, high = one.bounds
        for J, y in ((high, area.top()), (low, area.bottom() - px(16))):
            painter.drawText(QRectF(0, y, area.left() - px(5), px(16)), RIGHT, shown(J, 3))
        for words, side in ((f"θ − {REACH:g}", LEFT), (one.title, CENTRE), (f"θ + {REACH:g}", RIGHT)):
            painter.drawText(QRectF(area.left(), area.bottom() + px(3), area.width(), px(16)), side, words)


class SliceSection(Section):
    """The plot of the chosen entry, its numbers, and how one is chosen."""

    def __init__(self, session: Session) -> None:
        super().__init__("One Θ alone")
        self._epsilon = FIRST
        self._session = session
        self.view = SliceView()
        self.view.epsilon_changed.connect(self._change)
        self.words = Label("", "muted", 11)
        self.words.setWordWrap(True)
        self.column.addWidget(self.view)
        self.column.addWidget(self.words)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        if old is None or present(new) is not present(old) or chosen(new) != chosen(old):
            self._show(new)

    def _change(self, epsilon: float) -> None:
        self._epsilon = epsilon
        self._show(self._session.state)

    def _show(self, state: State) -> None:
        found, address = present(state), chosen(state)
        self.setVisible(found is not None)
        self.view.setVisible(address is not None)
        if found is None or address is None:
            self.words.setText(INVITATION)
            return
        at = address.row - 1, address.column
        D, right = (part[address.layer - 1][at] for part in (found.check.D, found.check.agrees))
        one = slice_of(found.around, address, float(D), bool(right), self._epsilon)
        self.view.show_slice(one)
        self.words.setText(one.words())


def _changes(event: QKeyEvent) -> bool:
    return event.key() in KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
