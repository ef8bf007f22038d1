"""Painted numbers that can yet be pointed at, chosen, walked over with the keys, turned with the wheel and edited."""

from functools import lru_cache
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QPixmap, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnviz.engine.quantities import Address, Symbol
from nnviz.picture.captions import provenance, spoken
from nnviz.session.commands import Command, GoToSource, PointAt, SetInput, SetTheta, editable
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.fields import is_tip, takes_key
from nnviz.ui.guard import guarded
from nnviz.ui.nudge import NOTCH
from nnviz.ui.number_field import NumberField, nudged
from nnviz.ui.theme import Theme, theme_of

Spot = TypeVar("Spot")
"""Where a number stands in a widget: a row and a column, say."""


class Cells(QWidget, Generic[Spot]):
    """Numbers with addresses. A subclass paints them and says which spot lies where.

    Pointing lights the number everywhere; a click goes to where it is computed; Θ and inputs are edited with a double
    click, the wheel, Return or F2. The wheel turns a number only after the pointer has moved onto it: when a panel
    scrolls, whatever comes to lie below the pointer must not change.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._theme = theme_of(session.state.view)
        self._cursor: Spot | None = None
        self._marked: Address | None = None
        self._sent: Address | None = None
        self._scrolled_at: QPoint | None = None
        self._editor = _Editor(self)
        self._editor.entered.connect(self._enter)
        self._editor.left.connect(self._close)
        self.setMouseTracking(True)
        # A click leaves the focus where it is: the arrows go on telling the story.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        self._theme = theme
        self._editor.dress(theme)
        self._editor.setFont(theme.font(12))
        self.updateGeometry()
        self.update()

    # What a subclass says

    def spot_at(self, position: QPointF) -> Spot | None:
        """What lies there."""
        raise NotImplementedError

    def address(self, spot: Spot) -> Address | None:
        """The number that stands at *spot*."""
        raise NotImplementedError

    def area(self, spot: Spot) -> QRectF | None:
        """Where *spot* is painted, None while it is scrolled away or folded."""
        raise NotImplementedError

    def neighbour(self, spot: Spot | None, down: int, right: int) -> Spot | None:
        """The next spot in a direction, the first one from None."""
        raise NotImplementedError

    def holds(self, spot: Spot) -> bool:
        """Whether there is such a spot in what is shown now."""
        raise NotImplementedError

    def reveal(self, spot: Spot) -> None:
        """Scroll until *spot* can be seen."""

    # What is done with it

    @property
    def _state(self) -> State:
        return self._session.state

    @property
    def cursor_spot(self) -> Spot | None:
        """Where the keyboard's mark stands, None without the focus."""
        return self._cursor if self.hasFocus() else None

    def _shown_anew(self) -> None:
        """Other numbers may stand here now: the mark and the editor stay only where the same one does."""
        spot = self._cursor
        if spot is not None and not (self.holds(spot) and self.address(spot) == self._marked):
            self._mark(None)
            self._close()

    def _mark(self, spot: Spot | None) -> None:
        self._cursor, self._marked = spot, None if spot is None else self.address(spot)

    def edit(self, spot: Spot) -> None:
        """Open the editor over *spot*, if its number is the user's to set."""
        address, area = self.address(spot), self.area(spot)
        if address is None or area is None or not editable(self._state.story, address):
            return
        self._mark(spot)
        place = area.toAlignedRect()
        place.setSize(place.size().expandedTo(self._editor.minimumSize()))
        place.moveCenter(area.center().toPoint())
        place.moveLeft(max(0, min(place.left(), self.width() - place.width())))
        place.moveTop(max(0, min(place.top(), self.height() - place.height())))
        self._editor.setGeometry(place)
        self._editor.open(self._state.story.trace.quantity(address).value)

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.globalPosition().toPoint() != self._scrolled_at:
            self._scrolled_at = None
        spot = self.spot_at(event.position())
        self._point(None if spot is None else self.address(spot))

    @guarded
    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self.spot_at(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or spot is None:
            super().mousePressEvent(event)
            return
        self._mark(spot)
        self.update()
        address = self.address(spot)
        if address is not None:
            self._session.attempt(GoToSource(address))

    @guarded
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @guarded
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        spot = self.spot_at(event.position())
        if spot is not None:
            self.edit(spot)

    @guarded
    def wheelEvent(self, event: QWheelEvent) -> None:
        spot = self.spot_at(event.position())
        address = None if spot is None or self._scrolled_at is not None else self.address(spot)
        if address is None or not editable(self._state.story, address) or not event.angleDelta().y():
            self._scrolled_at = event.globalPosition().toPoint()
            self.scroll_by(event)
            return
        value = self._state.story.trace.quantity(address).value
        self._session.attempt(self._setting(address, nudged(value, event.angleDelta().y() / NOTCH)))
        self._point(address)
        event.accept()

    def note(self, spot: Spot) -> str:
        """What the tooltip says of a number at *spot* that is not the story's own; "" where it is."""
        return ""

    def scroll_by(self, event: QWheelEvent) -> None:
        """The wheel turns over nothing that it could change: leave it to the panel."""
        event.ignore()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._wants(event):
            super().keyPressEvent(event)
            return
        if event.key() in _MOVES:
            self._move(*_MOVES[event.key()])
        elif event.key() == Qt.Key.Key_Escape:
            self._move_to(None)
        elif self._cursor is not None:
            self._choose(self._cursor)

    @guarded
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self._editor.isVisible():
            self._point(None)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and is_tip(event):
            spot = self.spot_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if spot is None else self.hint(spot), self)
            return True
        # Arrows step through the story elsewhere; here they walk over the numbers.
        return takes_key(event, self._wants) or super().event(event)

    def hint(self, spot: Spot) -> str:
        """What the tooltip says: the index read aloud, where the number comes from, what can be done."""
        address = self.address(spot)
        if address is None:
            return ""
        state = self._state
        lines = [spoken(address, state.model.dataset, state.story.trace.network.sizes)]
        if not state.story.known(address, state.moment.place):
            lines.append("Not computed yet.")
        else:
            lines.append(self.note(spot) or provenance(state.story, address, state.view.digits))
        if editable(state.story, address):
            lines.append("Double-click, F2 or the wheel changes it.")
        return "\n".join(lines)

    def _wants(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.key() in (*_CHOOSE, Qt.Key.Key_Escape):
            return self._cursor is not None
        return event.key() in _MOVES

    def _choose(self, spot: Spot) -> None:
        address = self.address(spot)
        if address is None:
            return
        if editable(self._state.story, address):
            self.edit(spot)
        else:
            self._session.attempt(GoToSource(address))

    def _move(self, down: int, right: int) -> None:
        self._move_to(self.neighbour(self._cursor, down, right) or self._cursor)

    def _move_to(self, spot: Spot | None) -> None:
        self._mark(spot)
        if spot is not None:
            self.reveal(spot)
            self.setAccessibleDescription(self.hint(spot))
        self._point(None if spot is None else self.address(spot))
        self.update()

    def _point(self, address: Address | None) -> None:
        if address is None and self._sent is None:
            return
        self._sent = address
        self._session.do(PointAt(address))

    def _enter(self, value: float) -> None:
        address = None if self._cursor is None else self.address(self._cursor)
        if address is None or self._session.attempt(self._setting(address, value)):
            self._close()
        else:
            self._editor.refuse("Expected a number that is not as large.")

    def _setting(self, address: Address, value: float) -> Command:
        if address.symbol is Symbol.THETA:
            return SetTheta(address.layer, address.row, address.column or 0, value)
        fitted = self._state.model.fitted
        feature = address.row - 1
        return SetInput(address.row, float(value * fitted.scale[feature] + fitted.offset[feature]))

    def _close(self) -> None:
        if self._editor.isVisible():
            focused = self._editor.hasFocus()
            self._editor.hide()
            if focused:
                self.setFocus(Qt.FocusReason.OtherFocusReason)


class _Editor(NumberField):
    """The field that lies over a number while it is edited; Escape, or going elsewhere, leaves it."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("New value", "a number, such as −0.5")
        self.setParent(parent)
        self.hide()

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self.setMinimumSize(theme.px(64), theme.px(24))

    def open(self, value: float) -> None:
        """Show *value*, selected."""
        self.setModified(False)
        self.show_value(value)
        self.refuse("")
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (entered and not self.problem):
            self.left.emit()
        event.accept()  # or the numbers below would take Return as a wish to edit

    @guarded
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


_MOVES = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)


@lru_cache(maxsize=64)
def dashed(size: QSize, colour: str, ratio: float) -> QPixmap:
    """A number that is not known yet: an empty box; dashed lines are slow to paint, so it is painted once."""
    image = QPixmap(size * ratio)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    pen = QPen(QColor(colour), 1)
    pen.setDashPattern([2.0, 2.0])
    painter.setPen(pen)
    painter.drawRect(QRect(0, 0, size.width() - 1, size.height() - 1))
    painter.end()
    return image
