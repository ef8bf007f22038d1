"""A matrix as it is unrolled: the place of each entry in the vector, and the way down one column after the other."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent

from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.unrolling import Unrolling
from nnviz.picture.palette import blend
from nnviz.picture.unrolled import around, gradient_name, name, title
from nnviz.ui.guard import guarded
from nnviz.ui.panels.chart import CENTRE, LEFT, RIGHT
from nnviz.ui.panels.grid import Grid
from nnviz.ui.theme import Theme

CELL, TITLE, HEAD = 18, 20, 15
GAP, DOTS = 9, 14
"""Between columns, with an arrow in it; and for those that are left out."""
SIZE = 10.5
WIDEST = 36
MOST_ROWS = 8
FEWEST = 5
"""As few rows or columns as a folded matrix may have."""
TINT = 0.14
"""How strongly every other column is tinted."""


class UnrolledView(Grid[Address]):
    """The matrix in which the entry is that is looked at; of a large one what is near it."""

    def __init__(self) -> None:
        super().__init__("How a matrix becomes the vector")
        self._order: Unrolling | None = None
        self._at = Address(Symbol.THETA, 1, 1, 0)
        self._rows: tuple[int | None, ...] = ()
        self._columns: tuple[int | None, ...] = ()

    def show_order(self, order: Unrolling) -> None:
        """Show matrices of these sizes, from the first entry on."""
        if order != self._order:
            self._order, self._mark = order, None
            self.updateGeometry()
            self._fold(order.address(1))

    def light(self, address: Address) -> None:
        """Light this entry; what is drawn stays as it is if the entry is there already."""
        if address != self._at:
            seen = address.layer == self._at.layer and self.area(address) is not None
            self._at = address
            if not seen:
                self._fold(address)
            self.update()

    @property
    def lit(self) -> Address:
        """The entry that is lit."""
        return self._at

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self._fold(self._at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold(self._at)

    def heightForWidth(self, width: int) -> int:
        """The same for all layers, so that nothing below jumps."""
        if self._order is None or self._theme is None:
            return 1
        rows = max(min(self._order.shape(layer)[0], MOST_ROWS) for layer in self._order.layers)
        return self._theme.px(TITLE + HEAD) + rows * self._theme.px(CELL) + 2

    def _fold(self, address: Address) -> None:
        if self._order is None or self._theme is None:
            return
        self._at = address
        rows, columns = self._order.shape(address.layer)
        px, room = self._theme.px, self.width() - self._left
        each, gaps = self._narrowest + px(GAP), 2 * px(DOTS + GAP)
        most = columns if columns * each <= room else max(FEWEST, int((room - gaps) / each) + 2)
        self._rows = around(rows, MOST_ROWS, address.row - 1)
        self._columns = around(columns, most, address.column or 0)
        self.update()

    # Where things stand

    @property
    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self._theme.font(SIZE))

    @property
    def _left(self) -> float:
        """Room for the numbers of the rows."""
        rows = self._order.shape(self._at.layer)[0]
        return self._metrics.horizontalAdvance(f"{rows:,}") + self._theme.px(5)

    @property
    def _narrowest(self) -> float:
        """Of a cell, which holds the largest place of its matrix."""
        return self._metrics.horizontalAdvance(f"{self._order.span(self._at.layer)[1]:,}") + self._theme.px(5)

    @property
    def _width(self) -> float:
        """Of a cell, which takes the room there is."""
        gaps = self._columns.count(None)
        room = self.width() - self._left - gaps * self._theme.px(DOTS + GAP)
        each = room / max(1, len(self._columns) - gaps) - self._theme.px(GAP)
        return max(self._narrowest, min(each, self._theme.px(WIDEST)))

    def _cell(self, down: int, across: int) -> QRectF:
        px, gaps = self._theme.px, self._columns[:across].count(None)
        x = self._left + (across + 1) * px(GAP) + (across - gaps) * self._width + gaps * px(DOTS)
        width = px(DOTS) if self._columns[across] is None else self._width
        return QRectF(x, px(TITLE + HEAD) + down * px(CELL), width, px(CELL) - 1)

    def area(self, spot: Address) -> QRectF | None:
        inside = spot.layer == self._at.layer and spot.row - 1 in self._rows and spot.column in self._columns
        return self._cell(self._rows.index(spot.row - 1), self._columns.index(spot.column)) if inside else None

    def spot_at(self, position: QPointF) -> Address | None:
        for down, row in enumerate(self._rows):
            for across, column in enumerate(self._columns):
                if None not in (row, column) and self._cell(down, across).contains(position):
                    return Address(Symbol.THETA, self._at.layer, row + 1, column)
        return None

    def neighbour(self, spot: Address | None, down: int, right: int) -> Address | None:
        """↑ and ↓ walk along the vector, from column to column and from matrix to matrix."""
        if self._order is None:
            return None
        spot = spot or self._at
        place = self._order.place(spot) + down + right * self._order.shape(spot.layer)[0]
        return self._order.address(place) if 1 <= place <= self._order.count else None

    def hint(self, spot: Address) -> str:
        place = self._order.place(spot)
        return f"{name(spot)} is thetaVec({place})\n{gradient_name(spot)} is DVec({place})"

    # Painting

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._order is None or self._theme is None:
            return
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(11.5))
        painter.setPen(theme.colour("text"))
        painter.drawText(QRectF(0, 0, self.width(), px(TITLE)), LEFT, title(self._order, self._at.layer))
        painter.setFont(theme.font(SIZE))
        self._paint_heads(painter)
        for across, column in enumerate(self._columns):
            if column is not None:
                self._paint_column(painter, across, column)
        self._paint_mark(painter)

    def _paint_heads(self, painter: QPainter) -> None:
        """The indices of Θⱼᵢ: j on the left, i above; … for what is left out."""
        theme, px = self._theme, self._theme.px
        painter.setPen(theme.colour("muted"))
        for down, row in enumerate(self._rows):
            cell = self._cell(down, 0)
            words = "⋮" if row is None else f"{row + 1:,}"
            painter.drawText(QRectF(0, cell.top(), self._left, cell.height()), RIGHT, words)
        for across, column in enumerate(self._columns):
            cell = self._cell(0, across)
            line = QRectF(cell.left(), px(TITLE), cell.width(), px(HEAD))
            painter.drawText(line, CENTRE, "…" if column is None else f"{column:,}")

    def _paint_column(self, painter: QPainter, across: int, column: int) -> None:
        theme, here = self._theme, column == self._at.column
        ground = blend(theme.roles["accent"], theme.palette.panel, TINT) if column % 2 else theme.palette.sunken
        for down, row in enumerate(self._rows):
            cell = self._cell(down, across)
            if row is None:
                painter.setPen(theme.colour("muted"))
                painter.drawText(cell, CENTRE, "⋮")
                continue
            spot = Address(Symbol.THETA, self._at.layer, row + 1, column)
            lit = here and spot.row == self._at.row
            painter.fillRect(cell, theme.colour("accent") if lit else QColor(ground))
            painter.setPen(theme.colour("on_colour" if lit else "text"))
            painter.drawText(cell, CENTRE, f"{self._order.place(spot):,}")
        self._paint_arrow(painter, across, here)

    def _paint_arrow(self, painter: QPainter, across: int, here: bool) -> None:
        """Down the column; strong where the lit entry is."""
        theme, px = self._theme, self._theme.px
        top, bottom = self._cell(0, across), self._cell(len(self._rows) - 1, across)
        x, y, half = top.left() - px(GAP) / 2, bottom.bottom(), px(2.5)
        colour = theme.colour("accent" if here else "muted")
        painter.setPen(QPen(colour, theme.zoom * (2.0 if here else 1.0)))
        painter.drawLine(QPointF(x, top.top() + 1), QPointF(x, y - px(4)))
        painter.setPen(QPen(colour, 1))
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([QPointF(x - half, y - px(5)), QPointF(x + half, y - px(5)), QPointF(x, y)]))
