"""Painted cells that can be pointed at, walked over with the arrows and chosen; what they mean, a subclass says."""

from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnviz.ui.fields import is_tip, takes_key
from nnviz.ui.guard import guarded
from nnviz.ui.theme import Theme

Spot = TypeVar("Spot")
"""Which cell: a row and a column, say."""


class Grid(QWidget, Generic[Spot]):
    """A widget as high as its cells ask for at its width.

    A click, or Return at the keyboard's mark, chooses a cell; Escape takes the mark away.
    """

    chosen = Signal(object)
    """The cell that was clicked."""
    pointed = Signal(object)
    """The cell below the pointer or the mark; None once it has gone."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._theme: Theme | None = None
        self._mark: Spot | None = None
        self._under: Spot | None = None
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        # A click leaves the focus where it is: the keys go on doing what they did.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.heightForWidth(self.width()))

    # What a subclass says

    def spot_at(self, position: QPointF) -> Spot | None:
        """Which cell lies there."""
        raise NotImplementedError

    def area(self, spot: Spot) -> QRectF | None:
        """Where a cell is painted, None if it is not."""
        raise NotImplementedError

    def neighbour(self, spot: Spot | None, down: int, right: int) -> Spot | None:
        """The next cell in a direction; from None the first one."""
        raise NotImplementedError

    def hint(self, spot: Spot) -> str:
        """What the tooltip of a cell says."""
        raise NotImplementedError

    # What is done with it

    @property
    def _stands(self) -> Spot | None:
        """Where the keyboard's mark is."""
        return self._mark if self._mark is not None else self.neighbour(None, 0, 0)

    def _paint_mark(self, painter: QPainter) -> None:
        """A dotted frame where the keyboard is; at the first cell before it has moved."""
        spot = self._stands
        area = None if spot is None or not self.hasFocus() else self.area(spot)
        if area is not None and self._theme is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("panel"), 3))
            painter.drawRect(area.adjusted(-1.5, -1.5, 1.5, 1.5))
            painter.setPen(QPen(self._theme.colour("text"), 1.5, Qt.PenStyle.DotLine))
            painter.drawRect(area.adjusted(-1.5, -1.5, 1.5, 1.5))

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self.spot_at(event.position()))

    @guarded
    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self.spot_at(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or spot is None:
            super().mousePressEvent(event)
            return
        self._mark = spot
        self.update()
        self.chosen.emit(spot)

    @guarded
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._wants(event):
            super().keyPressEvent(event)
        elif event.key() in MOVES:
            self._move_to(self.neighbour(self._stands, *MOVES[event.key()]) or self._stands)
        elif event.key() == Qt.Key.Key_Escape:
            self._move_to(None)
        else:
            self._move_to(self._stands)
            if self._mark is not None:
                self.chosen.emit(self._mark)

    @guarded
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point(None)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and is_tip(event):
            spot = self.spot_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if spot is None else self.hint(spot), self)
            return True
        # Arrows step elsewhere; here they walk over the cells.
        return takes_key(event, self._wants) or super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.key() == Qt.Key.Key_Escape:
            return self._mark is not None
        return event.key() in MOVES or event.key() in CHOOSE

    def _move_to(self, spot: Spot | None) -> None:
        self._mark = spot
        if spot is not None:
            self.setAccessibleDescription(self.hint(spot))
        self._point(spot)
        self.update()

    def _point(self, spot: Spot | None) -> None:
        if spot != self._under:
            self._under = spot
            self.pointed.emit(spot)


MOVES = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
