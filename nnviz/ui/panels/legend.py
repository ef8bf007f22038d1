"""The legend of the plot: the runs by colour and name, and what each kind of line means; pointing lights a run."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnviz.session.run import Run
from nnviz.ui.guard import guarded
from nnviz.ui.panels.marks import paint_cross
from nnviz.ui.theme import Theme

LETTERS = 12
SWATCH, GAP, BETWEEN = 18, 6, 16


class Entry(NamedTuple):
    """A run by its name, or, without a *run*, a kind of line by what it shows; *failed*: the bars of a failed check."""

    name: str
    tip: str
    run: Run | None = None
    style: Qt.PenStyle = Qt.PenStyle.SolidLine
    failed: bool = False


FAILED = Entry("check failed", "Iterations in which D is not the slope of J, or the update not −αD", failed=True)


class Legend(QWidget):
    """Entries in a row that ends at the right; in more rows when they must. A click chooses a run."""

    pointed = Signal(object)  # a run, or None
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[Entry, ...] = ()
        self._present: Run | None = None
        self._theme: Theme | None = None
        self._lit: Run | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        self.setAccessibleName("Legend")

    def show_entries(self, entries: tuple[Entry, ...], present: Run | None) -> None:
        """Show these; the *present* run stands out."""
        if (entries, present) == (self.entries, self._present):
            return
        self.entries, self._present = entries, present
        self.setAccessibleDescription("; ".join(entry.tip for entry in entries))
        self.updateGeometry()
        self.update()

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours and font."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def area(self, entry: Entry) -> QRectF:
        """Where an entry stands."""
        return dict(self._laid_out(self.width()))[entry]

    def heightForWidth(self, width: int) -> int:
        bottoms = [area.bottom() for _, area in self._laid_out(width)]
        return round(max(bottoms, default=self._row_height()))

    def sizeHint(self) -> QSize:
        return QSize(120, round(self._row_height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, round(self._row_height()))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            entry = self._entry_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), entry.tip if entry else "", self)
            return True
        return super().event(event)

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        entry = self._entry_at(event.position())
        self._light(entry.run if entry else None)

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        entry = self._entry_at(event.position())
        if entry is not None and entry.run is not None and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(entry.run)

    @guarded
    def leaveEvent(self, event: QEvent) -> None:
        self._light(None)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for entry, area in self._laid_out(self.width()):
            swatch = theme.px(SWATCH)
            colour = self._paint_swatch(painter, entry, QPointF(area.left(), area.center().y()), theme)
            painter.setFont(theme.font(LETTERS, bold=entry.run is not None and entry.run is self._present))
            painter.setPen(theme.colour("muted" if entry.run is None else "text"))
            text = area.adjusted(swatch + theme.px(GAP), 0, 2, 0)
            metrics = QFontMetricsF(painter.font())
            name = metrics.elidedText(entry.name, Qt.TextElideMode.ElideRight, text.width())
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, name)
            if entry.run is not None and entry.run is self._lit:
                painter.setPen(QPen(colour, 1))
                painter.drawLine(text.bottomLeft(), text.bottomRight())

    def _paint_swatch(self, painter: QPainter, entry: Entry, left: QPointF, theme: Theme) -> QColor:
        """A piece of the line, or a cross and a bar; returns the colour."""
        right, bar = left + QPointF(theme.px(SWATCH), 0), theme.px(7)
        if entry.failed:
            colour = theme.colour("differ")
            paint_cross(painter, left + QPointF(bar / 2, 0), colour, theme)
            painter.fillRect(QRectF(right.x() - bar, left.y() - bar / 2, bar, bar), colour)
            return colour
        colour = theme.colour("muted") if entry.run is None else theme.run_colour(entry.run.number)
        pen = QPen(colour, theme.px(1.5) if entry.run is None else theme.px(3), entry.style, Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(left, right)
        return colour

    def _light(self, run: Run | None) -> None:
        if run is not self._lit:
            self._lit = run
            self.setCursor(Qt.CursorShape.ArrowCursor if run is None else Qt.CursorShape.PointingHandCursor)
            self.pointed.emit(run)
            self.update()

    def _entry_at(self, at: QPointF) -> Entry | None:
        return next((entry for entry, area in self._laid_out(self.width()) if area.contains(at)), None)

    def _row_height(self) -> float:
        return self._theme.px(LETTERS + 12) if self._theme is not None else 20

    def _laid_out(self, width: float) -> Iterator[tuple[Entry, QRectF]]:
        """Row by row, each ending at the right."""
        if self._theme is None:
            return
        between, height = self._theme.px(BETWEEN), self._row_height()
        row: list[tuple[Entry, float]] = []
        top = 0.0
        for entry in (*self.entries, None):
            wide = 0.0 if entry is None else min(self._width(entry), width)
            used = sum(other + between for _, other in row)
            if row and (entry is None or used + wide > width):
                left = width - used + between
                for placed, room in row:
                    yield placed, QRectF(left, top, room, height)
                    left += room + between
                row, top = [], top + height
            if entry is not None:
                row.append((entry, wide))

    def _width(self, entry: Entry) -> float:
        assert self._theme is not None
        metrics = QFontMetricsF(self._theme.font(LETTERS, bold=entry.run is not None and entry.run is self._present))
        return self._theme.px(SWATCH) + self._theme.px(GAP) + metrics.horizontalAdvance(entry.name) + 1
