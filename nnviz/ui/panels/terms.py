"""The terms of a step as a table: what is multiplied and what comes of it, row for row, and the sum."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent, QWheelEvent

from nnviz.engine.quantities import Address
from nnviz.picture.captions import Cell, Row, Table
from nnviz.picture.markup import Formula, plain
from nnviz.picture.palette import blend
from nnviz.picture.parts import text_width
from nnviz.session.session import Session
from nnviz.ui.guard import guarded
from nnviz.ui.panels.cells import Cells, dashed
from nnviz.ui.panels.pictures import Job, Pictures
from nnviz.ui.panels.rows import CENTRED, FEW, LEFT, RIGHT, SIGNS, Spot, fitted, right_edges, same_step
from nnviz.ui.panels.rows_bar import MOST_ROWS, RowsBar
from nnviz.ui.theme import Theme

LABEL = 0
TEXT, HEADING = 12.0, 12.0
CLOSING, CLOSING_LINE = 16.0, 34
"""The size of the formula that closes a step, and the height of its line, in pixels at zoom 1."""
SIGN, GAP = 16, 13
"""The widths of the sign before a number, and of the gap where there is none, in pixels at zoom 1."""
NARROWEST = 2.0
"""The width of a column of short numbers, in em."""
HEADED = 3.5
"""The same where words stand over it: your D."""


class TermTable(Cells[Spot]):
    """Paints only the rows to be seen, of as many as there are."""

    def __init__(self, session: Session, pictures: Pictures) -> None:
        super().__init__(session)
        self.setAccessibleName("The terms of the step")
        self._pictures = pictures
        self._lacks = False
        pictures.made.connect(self._made)
        self._table: Table | None = None
        self._headings: tuple[Formula, ...] = ()
        self._rows: dict[int, Row] = {}
        self._role = "accent"
        self._present: int | None = None
        self._pointed: Address | None = None
        self._edges: list[float] = []
        self._longest: dict[int, float] = {}
        self._labels, self._count, self._results = 0.0, 0, 1
        self._measure()
        self._bar = RowsBar(self)
        self._bar.valueChanged.connect(lambda: self.update())

    def show_table(self, table: Table | None, role: str) -> None:
        """Show *table*, the row being told in the colour of *role*; None: nothing to show."""
        height, fresh = self._height(), not same_step(self._table, table)
        self._table, self._role = table, role
        self._count, self._headings = (0, ()) if table is None else (table.count, table.headings)
        self._results = 1 if table is None else table.results
        self._rows.clear()
        self._longest.clear()
        self._present = None
        if table is not None and not table.telling.complete:
            self._present = table.told - 1
        self._arrange()
        if self._height() != height:
            self.updateGeometry()
        if self._present is not None:
            self.reveal(Spot(self._present, LABEL))
        elif fresh:
            self._bar.setValue(0)
        self._shown_anew()
        self.update()

    def light(self, address: Address | None) -> None:
        """Light the number at *address*."""
        if address != self._pointed:
            self._pointed = address
            self.update()

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self._measure()
        self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # Where things stand

    def _measure(self) -> None:
        """Fonts and heights, which are asked for many times in each painting."""
        theme = self._theme
        self._font, self._bold = theme.font(TEXT), theme.font(TEXT, bold=True)
        self._metrics = QFontMetricsF(self._font)
        self._line, self._head = theme.px(21), theme.px(24)

    @property
    def _has_sum(self) -> bool:
        return self._table is not None and not self._table.telling.step.fills_row

    @property
    def _gap(self) -> int:
        """What stands before each number: a sign, where the row reads as an equation."""
        return SIGN if self._table is not None and type(self._table.telling.step) in SIGNS else GAP

    def _height(self) -> int:
        if self._table is None:
            return 0
        lines = min(self._count, MOST_ROWS) + self._has_sum
        closing = self._theme.px(CLOSING_LINE) if self._table.telling.step.closes else 0
        return self._head + lines * self._line + self._theme.px(4) + closing

    @property
    def _body(self) -> QRectF:
        """Where the rows scroll."""
        return QRectF(0, self._head, self._right, min(self._count, MOST_ROWS) * self._line)

    @property
    def _right(self) -> float:
        return self.width() - (self._bar.width() + 4 if self._bar.needed else 0)

    def _arrange(self) -> None:
        self._bar.arrange(self._count, self._line, self._head, self._theme.px(9))
        self._edges = self._columns()

    def _columns(self) -> list[float]:
        """The right edge of each column of numbers, as wide as its longest number asks for; labels get what is left."""
        if self._table is None:
            return []
        for index in self._to_be_seen():
            for column, cell in enumerate(self._row(index).cells):
                self._longest[column] = max(self._longest.get(column, NARROWEST), text_width(cell.text, 1.0))
        widths = [self._longest.get(column, NARROWEST) for column in range(len(self._headings) - 1)]
        if self._results > 1:
            widths[-1] = max(widths[-1], HEADED)
        em, right = self._font.pixelSize(), self._right - self._theme.px(2)
        self._labels, *edges = right_edges(widths, right, em, self._theme.px(self._gap), self._results)
        return edges

    def _to_be_seen(self) -> range:
        first = self._bar.offset // self._line
        return range(first, min(self._count, first + MOST_ROWS + 1))

    def _top(self, row: int) -> float:
        """The upper edge of a row, as it is scrolled now; of the sum, which stays below."""
        if row == self._count:
            return self._body.bottom() + self._theme.px(2)
        return self._head + row * self._line - self._bar.offset

    def _row(self, index: int) -> Row:
        assert self._table is not None
        if index not in self._rows:
            self._rows[index] = self._table.row(index)
        return self._rows[index]

    def _cell(self, spot: Spot) -> Cell | None:
        """The number at *spot*; None for a label, or where there is none."""
        if self._table is None:
            return None
        columns = len(self._headings) - 1
        if spot.row == self._count:
            return self._table.total if spot.column == columns else None
        if spot.column == LABEL:
            return None
        cells = self._row(spot.row).cells
        return cells[spot.column - 1] if spot.column <= len(cells) else None

    # Cells

    def spot_at(self, position: QPointF) -> Spot | None:
        if self._table is None or not self._edges or not 0 <= position.x() <= self._right:
            return None
        edges = [self._labels, *self._edges]
        column = next((i for i, edge in enumerate(edges) if position.x() <= edge + self._theme.px(3)), len(self._edges))
        if self._body.contains(position):
            row = int((position.y() - self._top(0)) / self._line)
            return Spot(row, column) if row < self._count else None
        if self._has_sum and self._body.bottom() < position.y() <= self._top(self._count) + self._line:
            return Spot(self._count, len(self._edges))
        return None

    def address(self, spot: Spot) -> Address | None:
        if self._table is None or spot.row > self._count:
            return None
        cell = self._cell(spot)
        if cell is not None and cell.address is not None:
            return cell.address
        return self._row(spot.row).address if spot.row < self._count else None

    def note(self, spot: Spot) -> str:
        cell = self._cell(spot)
        return "" if cell is None else cell.note

    def area(self, spot: Spot) -> QRectF | None:
        if self._table is None:
            return None
        top = self._top(spot.row)
        if spot.row < self._count and not (self._body.top() - 1 <= top <= self._body.bottom() - self._line + 1):
            return None
        left = 0.0 if spot.column == LABEL else self._left(spot.column)
        right = self._left(1) if spot.column == LABEL else self._edges[spot.column - 1]
        return QRectF(left, top, right - left + self._theme.px(3), self._line)

    def _left(self, column: int) -> float:
        """Where the numbers of a column (from 1) may begin."""
        return (self._edges[column - 2] if column > 1 else self._labels) + self._theme.px(self._gap)

    def holds(self, spot: Spot) -> bool:
        columns = (len(self._edges),) if spot.row == self._count else range(len(self._edges) + 1)
        return 0 <= spot.row < self._count + self._has_sum and spot.column in columns

    def neighbour(self, spot: Spot | None, down: int, right: int) -> Spot | None:
        if self._table is None:
            return None
        if spot is None:
            return Spot(0, 1)
        row, column = spot.row + down, spot.column + right
        last = self._count if self._has_sum else self._count - 1
        if not (0 <= row <= last and LABEL <= column <= len(self._edges)):
            return None
        return Spot(row, len(self._edges) if row == self._count else column)

    def reveal(self, spot: Spot) -> None:
        if spot.row < self._count:
            self._bar.reveal(spot.row)

    def scroll_by(self, event: QWheelEvent) -> None:
        self._bar.turn(event)

    # Painting

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._table is None:
            return
        painter = QPainter(self)
        self._lacks = False
        self._paint_headings(painter)
        body = self._body
        painter.save()
        painter.setClipRect(body)
        self._paint_rows(painter)
        painter.restore()
        line = QColor(self._theme.palette.line)
        painter.fillRect(QRectF(0, self._head - 1, self._right, 1), line)
        if self._has_sum:
            painter.fillRect(QRectF(0, body.bottom(), self._right, 1), line)
            self._paint_sum(painter)
        self._paint_closing(painter)
        self._paint_marks(painter)

    def _paint_headings(self, painter: QPainter) -> None:
        assert self._table is not None
        label, *others = self._headings
        picture = self._heading(label)
        if picture is not None:
            painter.drawPixmap(QPointF(self._theme.px(4), self._heading_top(picture)), picture)
        for formula, edge in zip(others, self._edges, strict=True):
            picture = self._heading(formula)
            if picture is not None:
                left = edge - picture.deviceIndependentSize().width()
                painter.drawPixmap(QPointF(left, self._heading_top(picture)), picture)

    def _heading_top(self, picture: QPixmap) -> float:
        return (self._head - self._theme.px(2) - picture.deviceIndependentSize().height()) / 2

    def _heading(self, formula: Formula) -> QPixmap | None:
        return self._picture(Job(formula, self._theme, HEADING, "muted")) if plain(formula) else None

    def _picture(self, job: Job) -> QPixmap | None:
        """None: it is still to be made; then the table is painted again."""
        ratio = self.devicePixelRatioF()
        page = self._pictures.ready(job, ratio)
        self._lacks = self._lacks or page is None
        return None if page is None else self._pictures.pixmap(page, ratio)

    def _made(self) -> None:
        if self._lacks:
            self.update()

    def pictures_of(self, table: Table | None) -> Iterator[Job]:
        """The pictures that showing *table* will take."""
        if table is None:
            return
        yield from (Job(heading, self._theme, HEADING, "muted") for heading in table.headings if plain(heading))
        if table.closing is not None:
            yield Job(table.closing, self._theme, CLOSING)

    def _paint_rows(self, painter: QPainter) -> None:
        """All rows to be seen, one font after the other: changing fonts is what takes time."""
        told = range(min(self._count, self._table.told))
        seen = self._to_be_seen()
        for index in seen:
            self._paint_ground(painter, index)
        painter.setFont(self._font)
        for index in seen:
            self._paint_label(painter, index, index in told)
            for column, cell in enumerate(self._row(index).cells[: -self._results] if index in told else ()):
                self._paint_number(painter, index, column, cell)
            if index in told:
                self._paint_signs(painter, index)
        painter.setFont(self._bold)
        for index in seen:
            cells = self._row(index).cells
            if index in told:
                for column in range(len(cells) - self._results, len(cells)):
                    self._paint_number(painter, index, column, cells[column])
                continue
            for edge, cell in zip(self._edges, cells, strict=False):
                if cell.text:
                    self._paint_empty(painter, edge, self._top(index))

    def _paint_ground(self, painter: QPainter, index: int) -> None:
        if index == self._present:
            theme, top = self._theme, self._top(index)
            tint = QColor(blend(theme.roles[self._role], theme.palette.panel, 0.14))
            painter.fillRect(QRectF(0, top, self._right, self._line), tint)
            painter.fillRect(QRectF(0, top, theme.px(3), self._line), theme.colour(self._role))

    def _paint_label(self, painter: QPainter, index: int, told: bool) -> None:
        room = self._labels - self._theme.px(2)
        text = fitted(self._row(index).label, self._metrics, room, self._theme.px(FEW))
        painter.setPen(self._theme.colour("text" if told else "muted"))
        painter.drawText(QRectF(self._theme.px(6), self._top(index), room, self._line), LEFT, text)

    def _paint_number(self, painter: QPainter, index: int, column: int, cell: Cell) -> None:
        painter.setPen(self._theme.colour(cell.role))
        painter.drawText(QRectF(0, self._top(index), self._edges[column], self._line), RIGHT, cell.text)

    def _paint_signs(self, painter: QPainter, index: int) -> None:
        signs = SIGNS.get(type(self._table.telling.step), ())
        painter.setPen(self._theme.colour("muted"))
        top, width = self._top(index), self._theme.px(SIGN)
        for edge, sign in zip(self._edges, signs, strict=False):
            painter.drawText(QRectF(edge, top, width, self._line), CENTRED, sign)

    def _paint_sum(self, painter: QPainter) -> None:
        top = self._top(self._count)
        painter.setFont(self._font)
        painter.setPen(self._theme.colour("text"))
        painter.drawText(QRectF(self._theme.px(6), top, self._right, self._line), LEFT, "sum")
        total = self._table.total
        if total is None:
            self._paint_empty(painter, self._edges[-1], top)
            return
        painter.setFont(self._bold)
        painter.drawText(QRectF(0, top, self._edges[-1], self._line), RIGHT, total.text)

    def _paint_closing(self, painter: QPainter) -> None:
        """What g or × g′ makes of the sum, larger, below it; room is kept for it until it is told."""
        formula = None if self._table is None else self._table.closing
        picture = None if formula is None else self._picture(Job(formula, self._theme, CLOSING))
        if picture is None:
            return
        size, room = picture.deviceIndependentSize(), self._right - self._theme.px(4)
        top = self._top(self._count) + self._line
        shrunk = min(1.0, room / size.width())
        place = QRectF(0, 0, size.width() * shrunk, size.height() * shrunk)
        place.moveTo(self._theme.px(4), top + (self._theme.px(CLOSING_LINE) - place.height()) / 2)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(place, picture, QRectF(picture.rect()))

    def _paint_empty(self, painter: QPainter, edge: float, top: float) -> None:
        """A number that is not known yet."""
        size = QSize(self._theme.px(34), self._theme.px(14))
        picture = dashed(size, self._theme.palette.muted, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(edge - size.width(), top + (self._line - size.height()) / 2), picture)

    def _paint_marks(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        theme = self._theme
        if self._pointed is not None:
            painter.setPen(QPen(theme.colour("accent"), 2 * theme.zoom))
            for spot in self._lit():
                area = self.area(spot)
                if area is not None:
                    painter.drawRoundedRect(area.adjusted(1, 1.5, 1, -1.5), 4, 4)
        cursor = self.cursor_spot
        area = None if cursor is None else self.area(cursor)
        if area is not None:
            painter.setPen(QPen(QColor(theme.palette.text), 1, Qt.PenStyle.DotLine))
            painter.drawRect(area.adjusted(0, 0.5, 2, -0.5))

    def _lit(self) -> list[Spot]:
        """The numbers to be seen that are the one pointed at."""
        rows = [*self._to_be_seen(), *([self._count] if self._has_sum else [])]
        spots = (Spot(row, column + 1) for row in rows for column in range(len(self._edges)))
        return [spot for spot in spots if (cell := self._cell(spot)) is not None and cell.address == self._pointed]
