"""Examples with what they cost, the most costly first: a list that is made only as far as it is seen."""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QImage, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from nnviz.engine.data import Dataset
from nnviz.picture.numbers import full, shown
from nnviz.picture.palette import blend
from nnviz.ui.fields import takes_key
from nnviz.ui.guard import guarded
from nnviz.ui.panels.part import CHUNK, Part
from nnviz.ui.theme import Theme

ROW = Qt.ItemDataRole.UserRole
"""The example, from 0."""
SHOWN = 6
"""So many rows are seen without scrolling."""
LINE, LINE_WITH_IMAGE = 23, 29
STALE = 0.5
"""How much is left of numbers of another moment."""


class Entry(NamedTuple):
    """A line of the list; ``said`` is what the network says."""

    row: int
    true: str
    said: str
    cost: float

    @property
    def words(self) -> str:
        """All of it read aloud."""
        verdict = "right" if self.true == self.said else f"taken for {self.said}"
        return f"example {self.row + 1:,}, {self.true}, {verdict}, cost {shown(self.cost, 3)}"


class Ranked(QAbstractListModel):
    """Some examples of a part, in the order given; the network is asked about those that are looked at."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.part: Part | None = None
        self._rows: NDArray[np.intp] = np.empty(0, np.intp)
        self._said: dict[int, NDArray[np.intp]] = {}

    def show(self, part: Part | None, rows: NDArray[np.intp]) -> None:
        """Show these examples; the place one has scrolled to stays if there are as many as before."""
        anew = len(rows) != len(self._rows)
        if anew:
            self.beginResetModel()
        self.part, self._rows, self._said = part, rows, {}
        if anew:
            self.endResetModel()
        elif len(rows):
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.part is None:
            return None
        if role == ROW:
            return int(self._rows[index.row()])
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.entry(index.row()).words
        if role == Qt.ItemDataRole.ToolTipRole:
            entry = self.entry(index.row())
            return f"{entry.words[0].upper()}{entry.words[1:]}\n{full(entry.cost)}\nClick to step through it."
        return None

    def entry(self, place: int) -> Entry:
        """The line at *place*, from 0."""
        assert self.part is not None
        row, names = int(self._rows[place]), self.part.names
        chunk, inside = divmod(place, CHUNK)
        if chunk not in self._said:
            self._said[chunk] = self.part.said(self._rows[chunk * CHUNK : (chunk + 1) * CHUNK])
        said = int(self._said[chunk][inside])
        return Entry(row, names[self.part.label(row)], names[said], self.part.cost(row))

    @property
    def largest(self) -> float:
        """The cost of the first, for the length of the bars."""
        return self.entry(0).cost if len(self._rows) else 0.0


class Ranking(QListView):
    """A click on a line, or Return, chooses its example."""

    chosen = Signal(int)
    """The example, from 0."""

    def __init__(self, name: str) -> None:
        super().__init__(uniformItemSizes=True, accessibleName=name)
        self.examples = Ranked(self)
        self._lines = _Lines(self)
        self._theme: Theme | None = None
        self._seen = 1
        self.setModel(self.examples)
        self.setItemDelegate(self._lines)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus where it is
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.chosen.emit(index.data(ROW)))

    def show_examples(self, part: Part | None, rows: NDArray[np.intp], *, shrinks: bool = True) -> None:
        """Show examples of *part*, the most costly first.

        Unless it *shrinks* the list stays as high as it was: while the network learns, nothing below it jumps.
        """
        self.examples.show(part, rows)
        lines = max(1, min(SHOWN, len(rows)))
        self._fit(lines if shrinks else max(lines, self._seen))

    def show_stale(self, stale: bool) -> None:
        """Whether these are numbers of another moment."""
        if self._lines.stale != stale:
            self._lines.stale = stale
            self.viewport().update()

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        self._theme = self._lines.theme = theme
        self.setFont(theme.font(11.5))
        self.scheduleDelayedItemsLayout()
        self._fit(self._seen)

    @guarded
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.examples.index(0))  # so that the focus is seen

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().data(ROW))
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Elsewhere these walk through the run.
        return takes_key(event, lambda key: key.key() in _KEYS) or super().event(event)

    def _fit(self, lines: int) -> None:
        """Make room for so many lines."""
        self._seen = lines
        if self._theme is not None:
            self.setFixedHeight(lines * self._lines.height + 2 * self.frameWidth() + 2)


class _Lines(QStyledItemDelegate):
    """Paints an entry: the image if it is one, the number, what it is and is taken for, the cost as a bar."""

    def __init__(self, view: Ranking) -> None:
        super().__init__(view)
        self._examples = view.examples
        self.theme: Theme | None = None
        self.stale = False

    @property
    def height(self) -> int:
        """Of a line."""
        part = self._examples.part
        pictured = part is not None and part.model.dataset.image_shape is not None
        length = LINE_WITH_IMAGE if pictured else LINE
        return length if self.theme is None else self.theme.px(length)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(100, self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        part = self._examples.part
        if self.theme is None or part is None:
            return
        painter.save()
        self._ground(painter, option)
        if self.stale:
            painter.setOpacity(STALE)
        px, entry = self.theme.px, self._examples.entry(index.row())
        area = option.rect.adjusted(px(6), 0, -px(6), 0)
        if part.model.dataset.image_shape is not None:
            side = area.height() - px(4)
            image = _thumbnail(part, entry.row, self.theme)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawImage(QRect(area.left(), area.top() + px(2), side, side), image)
            area.setLeft(area.left() + side + px(6))
        painter.setFont(self.theme.font(11.5))
        number = QRect(area.left(), area.top(), px(36), area.height())
        painter.setPen(self.theme.colour("muted"))
        painter.drawText(number, _RIGHT, f"{entry.row + 1:,}")
        cost = QRect(area.right() - px(44), area.top(), px(44), area.height())
        painter.setPen(self.theme.colour("text"))
        painter.drawText(cost, _RIGHT, shown(entry.cost))
        bar = QRect(cost.left() - px(52), area.center().y() - px(3), px(48), px(7))
        self._bar(painter, bar, entry.cost / (self._examples.largest or 1.0))
        self._verdict(painter, entry, QRect(number.right() + px(8), area.top(), 1, area.height()), bar.left() - px(6))
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        palette = self.theme.palette
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        if current or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(blend(palette.accent, palette.panel, 0.16 if current else 0.07)))
        if focused:
            painter.setPen(QPen(QColor(palette.accent), 1.5))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))

    def _bar(self, painter: QPainter, area: QRect, share: float) -> None:
        painter.fillRect(area, self.theme.colour("sunken"))
        area.setWidth(max(1, round(area.width() * share)))
        painter.fillRect(area, self.theme.colour("cost"))

    def _verdict(self, painter: QPainter, entry: Entry, area: QRect, right: int) -> None:
        """``car → truck``, or ``car ✓`` where the network is right."""
        area.setRight(right)
        metrics = QFontMetrics(painter.font())
        right_too = entry.true == entry.said
        tail = "✓" if right_too else f"→ {entry.said}"
        gap = self.theme.px(5)
        half = max(area.width() - metrics.horizontalAdvance(tail) - gap, area.width() // 2 - gap)
        true = metrics.elidedText(entry.true, Qt.TextElideMode.ElideRight, half)
        painter.setPen(self.theme.colour("text"))
        painter.drawText(area, _LEFT, true)
        area.setLeft(area.left() + metrics.horizontalAdvance(true) + gap)
        painter.setPen(self.theme.colour("agree" if right_too else "differ"))
        painter.drawText(area, _LEFT, metrics.elidedText(tail, Qt.TextElideMode.ElideRight, area.width()))


def _thumbnail(part: Part, row: int, theme: Theme) -> QImage:
    """An example as the image it is, in the shades in which the set-up panel shows it."""
    dataset = part.model.dataset
    low, high = _range(dataset)
    shares = np.clip((part.model.raw(row) - low) / ((high - low) or 1.0), 0.0, 1.0)
    rows, columns = dataset.image_shape
    pixels = np.rint(shares * 255).astype(np.uint8).tobytes()
    image = QImage(pixels, columns, rows, columns, QImage.Format.Format_Indexed8)
    image.setColorTable(_greys(theme))
    return image.copy()  # one that owns its bytes


@lru_cache(maxsize=2)
def _range(dataset: Dataset) -> tuple[float, float]:
    return float(dataset.X.min()), float(dataset.X.max())


@lru_cache(maxsize=8)
def _greys(theme: Theme) -> tuple[int, ...]:
    palette = theme.palette
    return tuple(QColor(blend(palette.forward, palette.sunken, level / 255)).rgb() for level in range(256))


_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
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
