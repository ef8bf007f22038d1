"""The unrolled vectors as a list that is painted only as far as it is seen: place, name, thetaVec(n), DVec(n)."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QStandardItemModel,
)
from PySide6.QtWidgets import QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from nnviz.engine.arrays import Array
from nnviz.engine.check import Mask
from nnviz.engine.quantities import Address
from nnviz.engine.unrolling import Unrolling
from nnviz.picture.numbers import full, shown
from nnviz.picture.palette import blend
from nnviz.picture.unrolled import both_names, gradient_name, name, short_name
from nnviz.session.check import Answer
from nnviz.ui.fields import takes_key
from nnviz.ui.guard import guarded
from nnviz.ui.theme import Theme

LINE, SHOWN, SIZE = 20, 8, 11
TINT, LIT = 0.07, 0.26
"""How strongly every other column, and the entry that is pointed at, are tinted."""
NUMBERS_FROM = 2
"""The columns before that are bold in the row of the entry that is looked at alone."""


class Form(NamedTuple):
    """How a row is written: its names, the digits of its numbers, and the longest number that there is room for."""

    named: Callable[[Address], str]
    digits: int
    longest: str


FORMS = (
    Form(both_names, 3, "−1.23e−10"),
    Form(name, 3, "−1.23e−10"),
    Form(name, 2, "−1.2e−4"),
    Form(short_name, 2, "−1.2e−4"),
)
"""The first that there is room for is taken."""


class Entries(QStandardItemModel):
    """Entry n of the vectors in row n − 1; nothing is made before it is looked at.

    Qt asks its own model how many rows there are once for each of them, and a model in Python takes a tenth of a
    second to answer that for 79,510.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.order: Unrolling | None = None
        self.widest: Address | None = None
        self._theta: Sequence[Array] = ()
        self._D: Sequence[Array] = ()
        self._agrees: Sequence[Mask] = ()

    def show(self, found: Answer) -> None:
        """Show these vectors."""
        network = found.question.model.network
        order = Unrolling(network.sizes)
        anew = order != self.order
        ends = (order.address(order.span(layer)[1]) for layer in order.layers)
        self.widest = max(ends, key=lambda address: len(name(address)))
        self.order, self._theta, self._D, self._agrees = order, network.thetas, found.check.D, found.check.agrees
        if anew:
            self.clear()
            self.setColumnCount(1)
            self.setRowCount(order.count)
        else:
            self.dataChanged.emit(self.index(0, 0), self.index(order.count - 1, 0))

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            address, theta, D, right = self.entry(index.row())
            n, verdict = index.row() + 1, "right" if right else "wrong"
            return (
                f"thetaVec({n}) = {name(address)} = {full(theta)}\n"
                f"DVec({n}) = {gradient_name(address)} = {full(D)}: {verdict}"
            )
        return None

    def entry(self, row: int) -> tuple[Address, float, float, bool]:
        """Where row *row*, from 0, stands in its matrix; Θ, D, and whether D is right."""
        address = self.order.address(row + 1)
        at = address.row - 1, address.column
        theta, D, right = (part[address.layer - 1][at] for part in (self._theta, self._D, self._agrees))
        return address, float(theta), float(D), bool(right)


class EntryList(QListView):
    """Pointing at a row, or walking there with ↑ and ↓, lights its entry; a click, or Return, chooses it."""

    pointed = Signal(object)
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(uniformItemSizes=True, accessibleName="thetaVec and DVec, entry by entry")
        self.entries = Entries(self)
        self.lines = EntryLines(self)
        self._theme: Theme | None = None
        self._under: Address | None = None
        self.setModel(self.entries)
        self.setItemDelegate(self.lines)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus where it is: → walks on
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.clicked.connect(lambda index: self.chosen.emit(self._address(index)))

    def show_answer(self, found: Answer) -> None:
        """Show the vectors of this check."""
        self.entries.show(found)
        self._fit()

    def light(self, lit: Address | None, chosen: Address | None) -> None:
        """Mark the entry that is pointed at and the one that is looked at alone; scroll to what has been lit."""
        rows = tuple(self._row(address) for address in (lit, chosen))
        if rows == (self.lines.lit, self.lines.chosen):
            return
        before = self.lines.lit, self.lines.chosen
        self.lines.lit, self.lines.chosen = rows
        for row, old in zip(rows, before, strict=True):
            if row is not None and row != old:
                self.scrollTo(self.entries.index(row, 0))
                break
        self.viewport().update()

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        self._theme = self.lines.theme = theme
        self.setFont(theme.font(SIZE))
        self.scheduleDelayedItemsLayout()
        self._fit()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        if self.hasFocus():
            self._point(self._address(current))

    @guarded
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        start = self.lines.chosen or 0
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.entries.index(start, 0))  # so that the focus is seen
        self._point(self._address(self.currentIndex()))

    @guarded
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point(None)

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._point(self._address(self.indexAt(event.position().toPoint())))

    @guarded
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(None)

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self._address(self.currentIndex()))
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Elsewhere some of these are shortcuts; ← and → stay what they are.
        return takes_key(event, lambda key: key.key() in _KEYS) or super().event(event)

    def _address(self, index: QModelIndex) -> Address | None:
        return self.entries.order.address(index.row() + 1) if index.isValid() else None

    def _row(self, address: Address | None) -> int | None:
        place = None if address is None or self.entries.order is None else self.entries.order.place(address)
        return None if place is None else place - 1

    def _point(self, address: Address | None) -> None:
        if address != self._under:
            self._under = address
            self.pointed.emit(address)

    def _fit(self) -> None:
        if self._theme is not None:
            lines = max(1, min(SHOWN, self.entries.rowCount()))
            self.setFixedHeight(lines * self.lines.height + 2 * self.frameWidth() + 2)


class EntryLines(QStyledItemDelegate):
    """Paints a row, on the tint of its column: every other one, as in the drawing of the matrix."""

    def __init__(self, view: EntryList) -> None:
        super().__init__(view)
        self._entries = view.entries
        self.theme: Theme | None = None
        self.lit: int | None = None
        self.chosen: int | None = None

    @property
    def height(self) -> int:
        """Of a row."""
        return LINE if self.theme is None else self.theme.px(LINE)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(100, self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        if self.theme is None or self._entries.order is None:
            return
        painter.save()
        theme, row, area = self.theme, index.row(), option.rect
        address, theta, D, right = self._entries.entry(row)
        share = LIT if row == self.lit else TINT if address.column % 2 else 0.0
        painter.fillRect(area, QColor(blend(theme.palette.accent, theme.palette.panel, share)))
        if row == self.chosen:
            painter.fillRect(QRect(area.left(), area.top(), theme.px(3), area.height()), theme.colour("accent"))
        form, places = columns(theme, self._entries, area)
        numbers = shown(theta, form.digits), shown(D, form.digits) + ("" if right else " ✕")
        texts = f"{row + 1:,}", form.named(address), *numbers
        for column, (place, text, role, side) in enumerate(zip(places, texts, _roles(right), _SIDES, strict=True)):
            painter.setFont(theme.font(SIZE, bold=row == self.chosen and column < NUMBERS_FROM))
            painter.setPen(theme.colour(role))
            painter.drawText(place, side, text)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.colour("accent"))
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        painter.restore()


class EntryHeads(QWidget):
    """What stands in the columns of the list."""

    def __init__(self, view: EntryList) -> None:
        super().__init__()
        self._view = view
        self._theme: Theme | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        self._theme = theme
        self.setFixedHeight(theme.px(LINE))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None or self._view.entries.order is None:
            return
        painter = QPainter(self)
        painter.setFont(self._theme.font(SIZE))
        painter.setPen(self._theme.colour("muted"))
        left = self._view.viewport().mapTo(self._view, QPoint(0, 0)).x()
        line = QRect(left, 0, self._view.viewport().width(), self.height())
        for place, text, side in zip(columns(self._theme, self._view.entries, line)[-1], _HEADS, _SIDES, strict=True):
            painter.drawText(place, side, text)


def columns(theme: Theme, entries: Entries, area: QRect) -> tuple[Form, tuple[QRectF, ...]]:
    """How rows are written in *area*, and where place, name, thetaVec(n) and DVec(n) stand in it."""
    bold, count = QFontMetrics(theme.font(SIZE, bold=True)), entries.order.count
    for form in FORMS[:-1]:
        places = _places(theme, count, form.longest, area)
        if bold.horizontalAdvance(form.named(entries.widest)) <= places[1].width():
            return form, places
    return FORMS[-1], _places(theme, count, FORMS[-1].longest, area)


def _places(theme: Theme, count: int, widest: str, area: QRect) -> tuple[QRectF, ...]:
    metrics, gap = QFontMetrics(theme.font(SIZE)), theme.px(6)
    first = QFontMetrics(theme.font(SIZE, bold=True)).horizontalAdvance(f"{count:,}") + gap
    number = metrics.horizontalAdvance(widest)
    last = number + metrics.horizontalAdvance(" ✕")
    top, height, right = area.top(), area.height(), area.right() - gap // 2
    name_from = area.left() + first + gap
    return (
        QRectF(area.left(), top, first, height),
        QRectF(name_from, top, max(0, right - last - number - gap - name_from), height),
        QRectF(right - last - gap - number, top, number, height),
        QRectF(right - last, top, last, height),
    )


def _roles(right: bool) -> tuple[str, ...]:
    return "muted", "text", "text", "text" if right else "differ"


_HEADS = ("n", "entry", "thetaVec", "DVec")
_RIGHT = int(
    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_SIDES = (_RIGHT, _LEFT, _RIGHT, _RIGHT)
_KEYS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
)
