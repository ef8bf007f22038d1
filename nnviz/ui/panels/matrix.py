"""The layer as matrices of coloured cells: by sign and size, with the number where it fits, the row in use framed."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent

from nnviz.engine.quantities import Address
from nnviz.picture.beside import explained
from nnviz.picture.markup import plain
from nnviz.picture.matrix import MOST_COLUMNS, Matrix, Operator, Part, Scale
from nnviz.picture.numbers import shown
from nnviz.session.session import Session
from nnviz.ui.guard import guarded
from nnviz.ui.panels.cells import Cells, dashed
from nnviz.ui.panels.shades import SHADES, shades
from nnviz.ui.theme import Theme

NARROWEST = 6.5
"""Cells narrower than this, in pixels at zoom 1, go on a second line instead."""
WIDEST = 40.0
"""So wide at the most, or as the longest number asks for."""
SIGN = 13
FEWEST_COLUMNS = 9
CENTRED = int(Qt.AlignmentFlag.AlignCenter)


class Spot(NamedTuple):
    """Entry (*row*, *column*) of the matrix at index *part*."""

    part: int
    row: int
    column: int


@dataclass(frozen=True, eq=False)
class Placed:
    """A matrix and where its cells stand: the left edge of each column and the top of each row that is drawn."""

    part: int
    matrix: Matrix
    rows: tuple[int | None, ...]
    columns: tuple[int | None, ...]
    x: float
    y: float
    width: float
    height: float
    left: float
    """Of the title's middle, and of the matrix: it stands in the middle below a wider title."""

    def rect(self, row: int, column: int) -> QRect | None:
        """Where an entry is drawn, if it is."""
        if row not in self.rows or column not in self.columns:
            return None
        return self._cell(self.rows.index(row), self.columns.index(column))

    def _cell(self, down: int, right: int) -> QRect:
        left, top = self._lefts[right], self._tops[down]
        return QRect(left, top, self._lefts[right + 1] - left - 1, self._tops[down + 1] - top - 1)

    @cached_property
    def _lefts(self) -> tuple[int, ...]:
        """The left edge of each column, and of what follows the last, on whole pixels so that no seams show."""
        return tuple(round(self.x + right * self.width) for right in range(len(self.columns) + 1))

    @cached_property
    def _tops(self) -> tuple[int, ...]:
        return tuple(round(self.y + down * self.height) for down in range(len(self.rows) + 1))

    @cached_property
    def cells(self) -> tuple[tuple[int, int, QRect], ...]:
        """Every drawn entry; the gaps between them are left out."""
        return tuple(
            (row, column, self._cell(down, right))
            for down, row in enumerate(self.rows)
            for right, column in enumerate(self.columns)
            if row is not None and column is not None
        )

    @property
    def bounds(self) -> QRectF:
        """Around all cells."""
        return QRectF(self.x, self.y, len(self.columns) * self.width - 1, len(self.rows) * self.height - 1)


class Sign(NamedTuple):
    """An operator and where it stands."""

    text: str
    area: QRectF


class MatrixView(Cells[Spot]):
    """Draws the parts of a formula from the left, cells as wide as they fit."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.setAccessibleName("The layer as matrices")
        self._parts: tuple[Part, ...] = ()
        self._digits = 2
        self._role = "accent"
        self._placed: list[Placed] = []
        self._signs: list[Sign] = []
        self._numbers, self._tight = False, False
        self._height = 1
        self._pointed: Address | None = None

    def show_parts(self, parts: tuple[Part, ...], digits: int, role: str) -> None:
        """Show *parts*, numbers with *digits* decimals, frames in the colour of *role*."""
        self._parts, self._digits, self._role = parts, digits, role
        self._arrange()
        self._shown_anew()
        self.update()

    def light(self, address: Address | None) -> None:
        """Light the cells that hold the number at *address*."""
        if address != self._pointed:
            self._pointed = address
            self.update()

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # Where things stand

    @property
    def _inset(self) -> float:
        """Room at both sides for a frame around the outermost cells."""
        return self._theme.px(4)

    def _arrange(self) -> None:
        theme = self._theme
        matrices = [part for part in self._parts if isinstance(part, Matrix)]
        most = MOST_COLUMNS if sum(min(m.columns, MOST_COLUMNS) for m in matrices) <= 24 else FEWEST_COLUMNS
        columns = {id(m): m.shown_columns(most) for m in matrices}
        small, signs = QFontMetricsF(theme.font(10)), QFontMetricsF(theme.font(SIGN))
        gap = theme.px(5)
        fixed = 2.0 * self._inset
        for part in self._parts:
            if isinstance(part, Operator):
                fixed += signs.horizontalAdvance(part.text) + gap
        fixed += (len(self._parts) - 1) * gap
        total = sum(len(c) for c in columns.values())
        titles = {id(m): small.horizontalAdvance(plain(m.title)) for m in matrices}
        room = self._cell_width(matrices, columns, titles, self.width() - fixed)
        usual = small.horizontalAdvance(shown(-0.5, self._digits, signed=True)) + 4
        self._numbers = room >= usual
        longest = self._longest_number(matrices, columns, small) + 6 if self._numbers else 0.0
        width = min(room, max(theme.zoom * WIDEST, longest))
        self._tight = longest > width
        if width < theme.zoom * NARROWEST and total:
            width = theme.zoom * 2 * NARROWEST
        height = theme.px(19) if self._numbers else min(max(width, theme.px(13)), theme.px(18))
        self._place(columns, titles, width, height, signs, gap)

    def _cell_width(
        self,
        matrices: list[Matrix],
        columns: dict[int, tuple[int | None, ...]],
        titles: dict[int, float],
        room: float,
    ) -> float:
        """The width at which all fits on one line, if each matrix is at least as wide as its title."""
        open_ = list(matrices)
        while open_:
            width = room / sum(len(columns[id(m)]) for m in open_)
            narrow = [m for m in open_ if len(columns[id(m)]) * width < titles[id(m)]]
            if not narrow:
                return width
            room -= sum(titles[id(m)] for m in narrow)
            open_ = [m for m in open_ if m not in narrow]
        return self._theme.zoom * NARROWEST

    def _longest_number(
        self, matrices: list[Matrix], columns: dict[int, tuple[int | None, ...]], metrics: QFontMetricsF
    ) -> float:
        """How wide the longest number is, of those to be drawn; told or not, so that nothing moves when it is."""
        numbers = {
            _written(float(m.values[row, column]), self._digits, m.scale)
            for m in matrices
            for row in m.shown_rows()
            for column in columns[id(m)]
            if row is not None and column is not None
        }
        most = max(map(len, numbers), default=0)
        return max((metrics.horizontalAdvance(text) for text in numbers if len(text) == most), default=0.0)

    def _place(
        self,
        columns: dict[int, tuple[int | None, ...]],
        titles: dict[int, float],
        width: float,
        height: float,
        signs: QFontMetricsF,
        gap: float,
    ) -> None:
        """Set the parts from the left, and on another line where they do not fit; the lines' tallest decides."""
        head = self._theme.px(17)
        lines: list[list[tuple[int, Part, float]]] = [[]]
        x = self._inset
        for index, part in enumerate(self._parts):
            if isinstance(part, Matrix):
                needed = max(len(columns[id(part)]) * width, titles[id(part)])
            else:
                needed = signs.horizontalAdvance(part.text) + gap
            if x + needed > self.width() - self._inset + 1 and isinstance(part, Matrix) and len(lines[-1]) > 1:
                before = [lines[-1].pop()] if isinstance(lines[-1][-1][1], Operator) else []
                lines.append(before)
                x = self._inset + sum(w + gap for _, _, w in before)
            lines[-1].append((index, part, needed))
            x += needed + gap
        self._placed, self._signs, y = [], [], 0.0
        for line in lines:
            tallest = max((len(p.shown_rows()) for _, p, _ in line if isinstance(p, Matrix)), default=1) * height
            x = self._inset
            for index, part, needed in line:
                if isinstance(part, Matrix):
                    rows, shown_columns = part.shown_rows(), columns[id(part)]
                    left = x + (needed - len(shown_columns) * width) / 2
                    top = y + head + (tallest - len(rows) * height) / 2
                    self._placed.append(
                        Placed(index, part, rows, shown_columns, left, top, width, height, x + needed / 2)
                    )
                else:
                    self._signs.append(Sign(part.text, QRectF(x, y + head, needed, tallest)))
                x += needed + gap
            y += head + tallest + self._theme.px(6)
        if round(y) != self._height:
            self._height = round(y)
            self.updateGeometry()

    # Cells

    def spot_at(self, position: QPointF) -> Spot | None:
        for placed in self._placed:
            if placed.bounds.contains(position):
                down = int((position.y() - placed.y) / placed.height)
                right = int((position.x() - placed.x) / placed.width)
                row = placed.rows[min(down, len(placed.rows) - 1)]
                column = placed.columns[min(right, len(placed.columns) - 1)]
                return None if row is None or column is None else Spot(placed.part, row, column)
        return None

    def address(self, spot: Spot) -> Address | None:
        placed = self._of(spot)
        return None if placed is None else placed.matrix.address(spot.row, spot.column)

    def note(self, spot: Spot) -> str:
        placed, address = self._of(spot), self.address(spot)
        if placed is None or address is None or placed.matrix.theirs is None:
            return ""
        return explained(placed.matrix.theirs, address, self._state.story.trace.quantity(address).value)

    def area(self, spot: Spot) -> QRectF | None:
        placed = self._of(spot)
        rect = None if placed is None else placed.rect(spot.row, spot.column)
        return None if rect is None else QRectF(rect)

    def holds(self, spot: Spot) -> bool:
        return self.area(spot) is not None

    def neighbour(self, spot: Spot | None, down: int, right: int) -> Spot | None:
        """Left and right go on into the next matrix."""
        if spot is None or self._of(spot) is None:
            return self._corner(self._placed[0], 0, 0) if self._placed else None
        placed = self._of(spot)
        rows = [row for row in placed.rows if row is not None]
        columns = [column for column in placed.columns if column is not None]
        if spot.row not in rows or spot.column not in columns:
            return self._corner(placed, 0, 0)
        y, x = rows.index(spot.row) + down, columns.index(spot.column) + right
        if 0 <= y < len(rows) and 0 <= x < len(columns):
            return Spot(spot.part, rows[y], columns[x])
        order = self._placed.index(placed) + right
        if right and 0 <= order < len(self._placed):
            return self._corner(self._placed[order], y, -1 if right < 0 else 0)
        return None

    def _corner(self, placed: Placed, row: int, column: int) -> Spot:
        rows = [index for index in placed.rows if index is not None]
        columns = [index for index in placed.columns if index is not None]
        return Spot(placed.part, rows[min(row, len(rows) - 1)], columns[column])

    def _of(self, spot: Spot) -> Placed | None:
        return next((placed for placed in self._placed if placed.part == spot.part), None)

    # Painting

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        muted = QColor(theme.palette.muted)
        painter.setPen(muted)
        painter.setFont(theme.font(SIGN))
        for sign in self._signs:
            painter.drawText(sign.area, Qt.AlignmentFlag.AlignCenter, sign.text)
        painter.setFont(theme.font(10))
        metrics = QFontMetricsF(theme.font(10))
        for placed in self._placed:
            painter.setPen(muted)
            title, top = plain(placed.matrix.title), placed.y - theme.px(5) - 10
            half = metrics.horizontalAdvance(title) / 2
            painter.drawText(QPointF(placed.left - half, top + metrics.ascent()), title)
            self._paint_cells(painter, placed)
            self._paint_wrong(painter, placed)
            self._paint_dots(painter, placed)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for placed in self._placed:
            self._paint_frames(painter, placed)
        if (spot := self.cursor_spot) is not None and (area := self.area(spot)) is not None:
            painter.setPen(QPen(QColor(theme.palette.text), 1, Qt.PenStyle.DotLine))
            painter.drawRect(area.adjusted(-1.5, -1.5, 1.5, 1.5))

    def _paint_cells(self, painter: QPainter, placed: Placed) -> None:
        matrix, palette = placed.matrix, self._theme.palette
        largest, scale = matrix.largest or 1.0, matrix.scale
        colours, ink, metrics = shades(palette, scale), QColor(palette.text), QFontMetricsF(painter.font())
        painter.setPen(ink)
        size = QSize(round(placed.width) - 1, round(placed.height) - 1)
        empty = dashed(size, palette.muted, self.devicePixelRatioF())
        for row, column, rect in placed.cells:
            if not matrix.known(row, column):
                painter.drawPixmap(rect.topLeft(), empty)
                continue
            value = float(matrix.values[row, column])
            if not math.isnan(value):
                painter.fillRect(rect, colours[value < 0][round(min(abs(value) / largest, 1.0) * SHADES)])
            text = _written(value, self._digits, scale) if self._numbers else ""
            if text and (not self._tight or metrics.horizontalAdvance(text) <= rect.width()):
                painter.drawText(rect, CENTRED, text)
            elif value < 0:
                middle, half = rect.center(), max(2, rect.width() // 5)
                painter.fillRect(middle.x() - half, middle.y(), 2 * half + 1, 1, ink)

    def _paint_wrong(self, painter: QPainter, placed: Placed) -> None:
        """A red edge, and a corner cut off, around what differs: seen without colours, too."""
        matrix, theirs = placed.matrix, placed.matrix.theirs
        painter.setPen(QPen(self._theme.colour("differ"), self._theme.zoom * 1.5))
        for row, column, rect in placed.cells if theirs is not None else ():
            if matrix.known(row, column) and not theirs.entry(matrix.address(row, column))[1]:
                corner = min(rect.width(), rect.height()) // 3
                painter.drawRect(rect.adjusted(0, 0, -1, -1))
                painter.drawLine(rect.right() - corner, rect.top(), rect.right(), rect.top() + corner)

    def _paint_dots(self, painter: QPainter, placed: Placed) -> None:
        """Dots in the gaps that stand for the rows and columns left out."""
        painter.setPen(QColor(self._theme.palette.muted))
        middle = placed.bounds.center()
        for down, row in enumerate(placed.rows):
            if row is None:
                top = placed.y + (down + 0.5) * placed.height
                painter.drawText(_around(QPointF(middle.x(), top)), Qt.AlignmentFlag.AlignCenter, "⋮")
        for right, column in enumerate(placed.columns):
            if column is None:
                left = placed.x + (right + 0.5) * placed.width
                painter.drawText(_around(QPointF(left, middle.y())), Qt.AlignmentFlag.AlignCenter, "⋯")

    def _paint_frames(self, painter: QPainter, placed: Placed) -> None:
        matrix, theme = placed.matrix, self._theme
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frame = matrix.frame
        if frame is not None:
            row = placed.rect(frame.rows[0], frame.columns[0])
            last = placed.rect(frame.rows[-1], frame.columns[-1])
            if row is not None and last is not None:
                painter.setPen(QPen(theme.colour(self._role), theme.zoom * 2))
                painter.drawRoundedRect(QRectF(row.united(last)).adjusted(-1.5, -1.5, 1.5, 1.5), 3, 3)
        if matrix.cell is not None:
            cell = placed.rect(*matrix.cell)
            if cell is not None:
                painter.setPen(QPen(QColor(theme.palette.text), theme.zoom * 2))
                painter.drawRect(QRectF(cell).adjusted(0, 0, 0, 0))
        if self._pointed is not None:
            painter.setPen(QPen(theme.colour("accent"), theme.zoom * 2.5))
            for row, column, rect in placed.cells:
                if matrix.address(row, column) == self._pointed:
                    painter.drawRoundedRect(QRectF(rect).adjusted(-1, -1, 1, 1), 2, 2)


def _written(value: float, digits: int, scale: Scale) -> str:
    """An activation of exactly 1, such as the bias unit's, is 1: there is nothing behind the point."""
    return "1" if scale == "activation" and value == 1.0 else shown(value, digits, signed=scale == "signed")


def _around(middle: QPointF) -> QRectF:
    return QRectF(middle.x() - 20, middle.y() - 20, 40, 40)
