"""The network drawing as a widget: paints what ``picture`` makes of the state, and turns gestures into commands."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnviz.engine.quantities import Address, Symbol
from nnviz.picture.layout import Layout, layout
from nnviz.picture.motion import moving
from nnviz.picture.parts import Picture, Point
from nnviz.picture.pointing import REACH, address_at
from nnviz.picture.wiring import Wiring
from nnviz.session.commands import PointAt, editable
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.alike import looks_alike, same, shape, wires
from nnviz.ui.drawn import followed, picture_of, wiring_of
from nnviz.ui.guard import guarded
from nnviz.ui.lens import Lens
from nnviz.ui.nudge import choose, notches, nudge, present, set_to
from nnviz.ui.paint import Brush, Stamps
from nnviz.ui.theme import Theme, theme_of

# Words, formulas and the editor are imported when they are first wanted: the first picture need not wait for them.
if TYPE_CHECKING:
    from nnviz.picture.typeset import Typesetter
    from nnviz.ui.editor import Editor

COARSE, FINE = 0.05, 0.01
"""What a notch adds to Θ, and to a scaled input; with Shift the fine one."""
STILL = 4.0
"""A press that moves less than this, in pixels, is a click."""
CORNER = 6.0
SILENCE = 120
"""Milliseconds without a change after which the sentence is told to screen readers."""


class BoardView(QWidget):
    """The drawing of the present moment. It holds no numbers: everything is painted from the session's state.

    ``set_progress`` (0 … 1) shows the latest step on its way. Ctrl and the wheel magnify the drawing round the
    pointer, dragging moves it, a double-click on the ground shows all of it again. Without a *typesetter* the formulas
    above and below the columns are plain text.
    """

    def __init__(self, session: Session, typesetter: "Typesetter | None" = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._typesetter = typesetter
        self._state = session.state
        self._theme = theme_of(self._state.view)
        self._plan: Layout | None = None
        self._weights: Wiring | None = None
        self._seen: Picture | None = None
        self._stamps = Stamps()
        self._ground = QPixmap()
        self._ground_of: tuple[object, ...] = ()
        self._progress = 1.0
        self._lens = Lens()
        self._pressed: QPointF | None = None
        self._dragged = False
        self._by_keyboard = False
        self._turned = 0.0
        self._editor: Editor | None = None
        self.setObjectName("board")
        self.setAccessibleName("Network drawing")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._silence = QTimer(self, singleShot=True, interval=SILENCE)
        self._silence.timeout.connect(self._describe)
        self._forget = session.listen(self._changed)

    def sizeHint(self) -> QSize:
        return QSize(765, 760)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 300)

    def close(self) -> bool:
        """Stop listening; the widget may live on."""
        self._silence.stop()
        self._forget()
        self._forget = lambda: None
        return super().close()

    def set_progress(self, progress: float) -> None:
        """How far the movement of the latest step has come, 0 … 1; 1 is at rest."""
        if progress != self._progress:
            self._progress = progress
            self.update()

    def typeset_with(self, typesetter: "Typesetter") -> None:
        """Set the formulas of the drawing with *typesetter* from now on."""
        self._typesetter = typesetter
        self._ground_of = ()
        self.update()

    # What is shown

    @property
    def seen(self) -> Picture:
        """The picture at rest."""
        if self._seen is None:
            self._seen = picture_of(self._state, self.plan, self.weights)
        return self._seen

    @property
    def plan(self) -> Layout:
        """The layout for the present size."""
        if self._plan is None:
            model, size = self._state.model, self.size()
            self._plan = layout(model.network.sizes, model.dataset, size.width(), size.height(), self._theme.zoom)
        return self._plan

    @property
    def weights(self) -> Wiring:
        """The links at rest."""
        if self._weights is None:
            self._weights = wiring_of(self._state, self.plan)
        return self._weights

    def _changed(self, old: State | None, new: State) -> None:
        self._state = new
        theme = theme_of(new.view)
        if old is None or theme is not self._theme or wires(old) != wires(new):
            self._forget_parts(old, new, theme)
        self._theme = theme
        if old is None or not looks_alike(old, new):
            self._seen = None
            self.update()
            self._silence.start()

    def _forget_parts(self, old: State | None, new: State, theme: Theme) -> None:
        """Drop what was made for another network or another theme."""
        self._close_editor()
        if old is None or theme is not self._theme or shape(old) != shape(new):
            self._plan = self._weights = None
            self._lens.reset()
        else:
            self._weights = None

    def _describe(self) -> None:
        """Give screen readers the sentence of the step; a moment later, for it takes as long as half a picture."""
        from nnviz.picture.captions import caption

        state = self._state
        place, data, digits = state.moment.place, state.model.dataset, state.view.digits
        self.setAccessibleDescription(caption(state.story, place, data, digits, state.level, state.theirs).sentence)

    @guarded
    def resizeEvent(self, event: QEvent) -> None:
        self._plan = self._weights = self._seen = None
        self._lens.reset()
        self._close_editor()

    @guarded
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ThemeChange or event.type() is QEvent.Type.ApplicationPaletteChange:
            self._changed(None, self._state)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        # All that can fail comes first: an exception while a painter is open would end in a crash of Qt's.
        ground, seen = self._resting(), moving(self.seen, self._progress)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, ground)
        painter.setTransform(self._lens.transform, True)
        Brush(painter, self._theme, stamps=self._stamps).paint(seen, self.plan)
        if self._by_keyboard:
            painter.resetTransform()
            painter.setPen(QPen(self._theme.colour("accent"), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.0, 1.0, -1.0, -1.0), CORNER, CORNER)

    def _resting(self) -> QPixmap:
        """The ground with all that stays, drawn once for each network, size, theme and magnification."""
        ratio = self.devicePixelRatioF()
        wanted = (self.plan, self.weights, self._theme, ratio, self._lens.transform)
        if not same(wanted, self._ground_of):
            self._ground = QPixmap(self.size() * ratio)
            self._ground.setDevicePixelRatio(ratio)
            self._ground.fill(self._theme.colour("board"))
            painter = QPainter(self._ground)
            lively = self._state.training.active  # the next ground comes with the next iteration
            brush = Brush(painter, self._theme, stamps=self._stamps if lively else None)
            painter.setTransform(self._lens.transform, True)
            brush.rest(self.plan, self.weights, self._typesetter)
            painter.end()
            self._ground_of = (self.plan, self.weights, self._theme, ratio, QTransform(self._lens.transform))
        return self._ground

    @guarded
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus is shown when it came by key: a frame after each click would only distract."""
        super().focusInEvent(event)
        self._by_keyboard = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.update()

    @guarded
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._by_keyboard = False
        self.update()

    # Pointing

    def address_at(self, position: QPointF) -> Address | None:
        """The number at a place in the widget."""
        reach = REACH / self._lens.zoom
        return address_at(self.seen, self.weights, self._lens.into(position), reach)

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event.position())
            return
        address = self.address_at(event.position())
        self._session.do(PointAt(address))
        goes = address is not None and self._state.story.first_place(address) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if goes else Qt.CursorShape.ArrowCursor)

    @guarded
    def leaveEvent(self, event: QEvent) -> None:
        self._session.do(PointAt(None))

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._close_editor()
            self._pressed, self._dragged = event.position(), False

    @guarded
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pressed = None
        address = None if self._dragged else self.address_at(event.position())
        if address is not None:
            self._session.attempt(followed(self._state, address))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.hint(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def hint(self, position: QPointF) -> str:
        """The tooltip at a place in the widget, as HTML: what stands there, where it comes from, what can be done."""
        from nnviz.ui.explain import as_html, explained

        point = self._lens.into(position)
        notes = [tag.note for tag in self.seen.tags if tag.text and tag.note and tag.box.contains(point)]
        address = self.address_at(position)
        if address is None:
            cut = [label.text.words for label in self.plan.labels if label.box.contains(point)]
            return as_html(cut[:1]) if cut else ""
        return as_html([*explained(self._state, address), *notes])

    # Magnifying

    def _drag(self, position: QPointF) -> None:
        assert self._pressed is not None
        way = position - self._pressed
        if self._dragged or way.manhattanLength() >= STILL:
            self._dragged, self._pressed = True, position
            self._lens.move(way, QSizeF(self.size()))
            self._looked()

    def magnify(self, factor: float, centre: QPointF) -> None:
        """Make the drawing *factor* times as large; the point *centre* of the widget stays where it is."""
        self._lens.magnify(factor, centre, QSizeF(self.size()))
        self._looked()

    def show_all(self) -> None:
        """The whole drawing again."""
        self._lens.reset()
        self._looked()

    def _looked(self) -> None:
        self._close_editor()
        self.update()

    # Editing

    @guarded
    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        turn = delta.y() or delta.x()  # some systems turn the wheel's direction while Shift is held
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.magnify(1.0015**turn, event.position())
            return
        address = self.address_at(event.position())
        if address is None or not editable(self._state.story, address):
            event.ignore()
            return
        count, self._turned = notches(self._turned + turn)
        size = FINE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else COARSE
        if count:
            self._session.attempt(nudge(self._state, address, count * size))

    @guarded
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        address = self.address_at(event.position())
        if address is None:
            self.show_all()
        elif editable(self._state.story, address):
            self.edit(address, event.position())
        elif address.symbol is Symbol.Y:
            self._session.attempt(choose(self._state, address.row))

    def edit(self, address: Address, position: QPointF) -> None:
        """Open a field at *position* to set the number at *address*."""
        from nnviz.picture.captions import spoken
        from nnviz.ui.editor import Editor

        self._close_editor()
        name = spoken(address, self._state.model.dataset, self._state.model.network.sizes)
        self._editor = Editor(present(self._state, address), name, self._theme, self)
        self._editor.accepted.connect(partial(self._take, address))
        self._editor.dismissed.connect(self._close_editor)
        self._editor.open_at(position.toPoint())

    def _take(self, address: Address, value: float) -> None:
        if self._session.attempt(set_to(address, value)):
            self._close_editor()

    def _close_editor(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            had_focus = editor.hasFocus()
            editor.hide()
            editor.deleteLater()
            if had_focus:
                self.setFocus()

    # The keyboard

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down walk over what is drawn, Return edits it or goes where it is computed, Escape lets go."""
        pointed = self._state.pointed
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._walk(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and pointed is not None:
            if editable(self._state.story, pointed) and self._state.tool != "check":
                self.edit(pointed, self._lens.out(self._place_of(pointed)))
            else:
                self._session.attempt(followed(self._state, pointed))
        elif event.key() == Qt.Key.Key_Escape:
            self._session.do(PointAt(None))
            self.show_all()
            event.ignore()  # the window puts its message away
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        from nnviz.ui.explain import as_html, explained

        stops = list(self._stops())
        pointed = self._state.pointed
        index = stops.index(pointed) + step if pointed in stops else 0 if step > 0 else len(stops) - 1
        address = stops[min(max(index, 0), len(stops) - 1)]
        self._session.do(PointAt(address))
        lines = explained(self._state, address)
        self.setAccessibleDescription(" ".join(lines))
        QToolTip.showText(self.mapToGlobal(self._lens.out(self._place_of(address)).toPoint()), as_html(lines), self)

    def _stops(self) -> dict[Address, Point]:
        """What the keyboard walks over: units, tags, links of the present step, then all links; with their places."""
        seen = self.seen
        stops = {unit.address: unit.centre for unit in seen.units}
        stops |= {tag.address: tag.box.centre for tag in seen.tags if tag.text and tag.address not in stops}
        for link in sorted((*seen.links, *self.weights.links), key=lambda link: -link.share):
            stops.setdefault(link.address, link.start.towards(link.end, 0.5))
        return stops

    def _place_of(self, address: Address) -> Point:
        return self._stops().get(address, Point(self.width() / 2, self.height() / 2))
