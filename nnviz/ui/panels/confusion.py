"""What is taken for what: the confusion matrix as a grid of shades, and the examples of a cell."""

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent

from nnviz.picture.confusion import accuracy, cell_hint, summary, taken
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.fields import Label, Section
from nnviz.ui.guard import guarded
from nnviz.ui.panels.grid import Grid
from nnviz.ui.panels.part import Part, PartSwitch, is_stale, parts
from nnviz.ui.panels.ranking import STALE, Ranking
from nnviz.ui.panels.shades import SHADES, ramp
from nnviz.ui.theme import Theme

NOT_YET = "Not computed yet"
LARGEST_CELL = 46.0
NAMES = 84.0
"""The most room, in pixels at zoom 1, for the names on a side; longer ones are cut."""
COUNTS = 12.0
NAME_SIZE = 11.0
AXIS = 17.0
PLAIN = 9.0
"""Cells narrower than this have neither gaps nor frames."""


class Cell(NamedTuple):
    """What is true and what the network says, as classes from 0."""

    true: int
    said: int


class Arranged(NamedTuple):
    """Where the matrix stands: its corner, the side of a cell, and how the names above are written.

    Every ``step``-th name is written: more than one where they would overlap.
    """

    left: float = 0.0
    top: float = 0.0
    side: float = 1.0
    upright: bool = False
    step: int = 1


class ConfusionView(Grid[Cell]):
    """Rows are what is true, columns what the network says; a cell's shade is its share of the row."""

    def __init__(self) -> None:
        super().__init__("Confusion matrix")
        self._part: Part | None = None
        self._chosen: Cell | None = None
        self._stale = False
        self._at = Arranged()

    def show_part(self, part: Part | None, words: str) -> None:
        """Show how the classes of *part* are taken for each other; *words* say the same."""
        other = self._part is None or part is None or self._part.names != part.names
        self._part = part
        if other:
            self._mark = None
            self.updateGeometry()
            self._arrange()
        self.setAccessibleDescription(words)
        self.update()

    def show_chosen(self, cell: Cell | None) -> None:
        """Frame the cell whose examples are listed."""
        self._chosen = cell
        self.update()

    def show_stale(self, stale: bool) -> None:
        """Whether these are numbers of another moment."""
        if self._stale != stale:
            self._stale = stale
            self.update()

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self._arrange()

    # Where things stand

    def heightForWidth(self, width: int) -> int:
        at = self._arranged(width)
        return round(at.top + self._classes * at.side) + 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @property
    def _classes(self) -> int:
        return 0 if self._part is None else len(self._part.counts)

    def _arrange(self) -> None:
        self._at = self._arranged(self.width())

    def _arranged(self, width: int) -> Arranged:
        theme, count = self._theme, self._classes
        if theme is None or self._part is None:
            return Arranged()
        metrics = QFontMetricsF(self._font(NAME_SIZE))
        longest = min(max(metrics.horizontalAdvance(name) for name in self._part.names), theme.px(NAMES))
        left = round(longest) + theme.px(8)
        side = min((width - left - 2) / count, theme.px(LARGEST_CELL))
        side = float(int(side)) if side >= PLAIN else side
        upright = longest + theme.px(4) > side
        head = longest + theme.px(6) if upright else metrics.height() + theme.px(3)
        step = max(1, int(-(-metrics.height() // side)))
        return Arranged(left, theme.px(AXIS) + round(head), side, upright, step)

    def _font(self, size: float, *, bold: bool = False) -> QFont:
        return QFont() if self._theme is None else self._theme.font(size, bold=bold)

    def spot_at(self, position: QPointF) -> Cell | None:
        at = self._at
        row, column = (position.y() - at.top) // at.side, (position.x() - at.left) // at.side
        inside = 0 <= row < self._classes and 0 <= column < self._classes
        return Cell(int(row), int(column)) if inside else None

    def area(self, spot: Cell) -> QRectF | None:
        at = self._at
        left, top = round(at.left + spot.said * at.side), round(at.top + spot.true * at.side)
        right, bottom = round(at.left + (spot.said + 1) * at.side), round(at.top + (spot.true + 1) * at.side)
        gap = 2 if at.side >= PLAIN else 0
        return QRectF(left, top, right - left - gap, bottom - top - gap)

    def neighbour(self, spot: Cell | None, down: int, right: int) -> Cell | None:
        if spot is None:
            return Cell(0, 0) if self._classes else None
        last = self._classes - 1
        return Cell(min(max(spot.true + down, 0), last), min(max(spot.said + right, 0), last))

    def hint(self, spot: Cell) -> str:
        if self._part is None:
            return ""
        words = cell_hint(self._part.counts, self._part.names, *spot)
        return f"{words}\nA click lists them." if self._part.counts[spot] else words

    # Painting

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None or self._part is None:
            return
        painter = QPainter(self)
        if self._stale:
            painter.setOpacity(STALE)
        painter.setPen(self._theme.colour("muted"))
        self._paint_axes(painter)
        self._paint_names(painter)
        self._paint_cells(painter)
        if self._chosen is not None and max(self._chosen) < self._classes:
            painter.setPen(QPen(self._theme.colour("text"), self._theme.zoom * 2))
            painter.drawRect(self.area(self._chosen))
        self._paint_mark(painter)

    def _paint_axes(self, painter: QPainter) -> None:
        at, px = self._at, self._theme.px
        painter.setFont(self._font(10, bold=True))
        metrics, rows, columns = QFontMetricsF(painter.font()), "true ↓", "the network says →"
        corner = QRectF(0, at.top - metrics.height() - px(3), at.left - px(6), metrics.height())
        if metrics.horizontalAdvance(rows) > corner.width():
            painter.drawText(QRectF(0, 0, self.width(), px(AXIS)), _LEFT, f"{rows}   {columns}")
        else:
            painter.drawText(corner, _RIGHT, rows)
            painter.drawText(QRectF(at.left, 0, self.width() - at.left, px(AXIS)), _LEFT, columns)

    def _paint_names(self, painter: QPainter) -> None:
        at, px = self._at, self._theme.px
        painter.setFont(self._font(NAME_SIZE))
        metrics = QFontMetricsF(painter.font())
        names = [
            metrics.elidedText(name, Qt.TextElideMode.ElideRight, at.left - px(6) if at.upright else px(NAMES) + 2)
            for name in self._part.names
        ]
        tall = max(at.side, metrics.height())
        for index in range(0, len(names), at.step):
            middle = (index + 0.5) * at.side - 1
            painter.drawText(QRectF(0, at.top + middle - tall / 2, at.left - px(6), tall), _RIGHT, names[index])
            if at.upright:
                painter.save()
                painter.translate(at.left + middle, at.top - px(4))
                painter.rotate(-90)
                painter.drawText(QRectF(0, -tall / 2, at.top, tall), _LEFT, names[index])
                painter.restore()
            else:
                above = QRectF(at.left + middle - at.side / 2, at.top - metrics.height() - px(2), at.side, tall)
                painter.drawText(above, _ABOVE, names[index])

    def _paint_cells(self, painter: QPainter) -> None:
        """Right ones have a frame and bold counts, so that they differ from mistakes not by colour alone."""
        theme, counts, at = self._theme, self._part.counts, self._at
        whole = counts.sum(axis=1).tolist()
        right, wrong = ramp(theme.palette, theme.palette.agree), ramp(theme.palette, theme.palette.differ)
        sunken, text = theme.colour("sunken"), theme.colour("text")
        frame = QPen(theme.colour("agree"), theme.zoom * 1.5)
        bold, usual = self._font(COUNTS, bold=True), self._font(COUNTS)
        written = at.side >= QFontMetricsF(bold).horizontalAdvance(f"{counts.max():,}") + theme.px(5)
        if at.side < PLAIN:
            painter.fillRect(QRectF(at.left, at.top, at.side * len(counts), at.side * len(counts)), sunken)
        for true, said in self._to_paint():
            area, count = self.area(Cell(true, said)), int(counts[true, said])
            shades = right if true == said else wrong
            painter.fillRect(area, shades[round(count / whole[true] * SHADES)] if count else sunken)
            if true == said and at.side >= PLAIN:
                painter.setPen(frame)
                painter.drawRect(area.adjusted(0.75, 0.75, -0.75, -0.75))
            if count and written:
                painter.setPen(text)
                painter.setFont(bold if true == said else usual)
                painter.drawText(area, _MIDDLE, f"{count:,}")

    def _to_paint(self) -> list[list[int]]:
        """All cells; where they are too small for gaps only those that are not empty."""
        counts = self._part.counts
        return np.argwhere(counts > 0 if self._at.side < PLAIN else np.ones_like(counts)).tolist()


class ConfusionSection(Section):
    """The part that is looked at, how much of it is right, the matrix, and the examples of the cell that is chosen."""

    def __init__(self, session: Session, switch: PartSwitch) -> None:
        super().__init__("Confusion")
        self._session, self._switch = session, switch
        self._cell: Cell | None = None
        self._part: Part | None = None
        self.right = Label(NOT_YET, bold=True)
        self.matrix = ConfusionView()
        self.words = Label("", "text", 12)
        self.words.setWordWrap(True)
        self.examples = Ranking("The examples of the cell")
        for widget in (switch, self.right, self.matrix, self.words, self.examples):
            self.column.addWidget(widget)
        self.matrix.chosen.connect(self._choose)
        switch.changed.connect(lambda: self._show(session.state))

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        if old is None or old.model.examples is not new.model.examples:
            examples = new.model.examples
            self._switch.offer(len(examples.training_rows), len(examples.test_rows))
            self._cell = None
        if old is None or old.scores is not new.scores:
            self._show(new)
        stale = is_stale(new)
        self.matrix.show_stale(stale)
        self.examples.show_stale(stale)
        role = QPalette.ColorRole.PlaceholderText if stale or new.scores is None else QPalette.ColorRole.WindowText
        self.right.setForegroundRole(role)

    def _show(self, state: State) -> None:
        part = self._part = parts(state.scores).get(self._switch.name)
        words = NOT_YET if part is None else summary(part.name, part.counts, part.names)
        self.matrix.setVisible(part is not None)
        self.matrix.show_part(part, words)
        self.right.setText(NOT_YET if part is None else accuracy(part.score.right, len(part.score.rows)))
        self.setAccessibleDescription(words)
        self._list(shrinks=False)

    def _choose(self, cell: Cell) -> None:
        """A second click on the same cell puts its examples away."""
        self._cell = None if cell == self._cell else cell
        self._list(shrinks=True)

    def _list(self, *, shrinks: bool) -> None:
        part, cell = self._part, self._cell
        chosen = part is not None and cell is not None
        rows = part.taken(*cell) if chosen else np.empty(0, np.intp)
        self.matrix.show_chosen(cell if chosen else None)
        self.words.setVisible(chosen)
        self.words.setText(f"{taken(part.counts, part.names, *cell)}{':' if len(rows) else '.'}" if chosen else "")
        empty = not len(rows) and (shrinks or self.examples.isHidden())
        self.examples.setVisible(chosen and not empty)
        self.examples.show_examples(part, rows, shrinks=shrinks)


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)
_ABOVE = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextSingleLine)
