"""The error of every way to the slope against ε, as a small plot."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen

from nnviz.engine.slopes import EPSILON
from nnviz.engine.sweep import Sweep
from nnviz.picture.parts import Point
from nnviz.picture.sweep import BOTTOM, FROM, TO, TOP, across, curves, down, power, sentence
from nnviz.session.checking import present
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.fields import Label, Section
from nnviz.ui.guard import guarded
from nnviz.ui.panels.chart import LEFT, RIGHT, Chart, at

HEIGHT, MARGIN, BELOW, LEGEND = 150, 40, 20, 34
MARKS_DOWN = range(TOP, BOTTOM - 1, -4)
MARKS_ACROSS = (FROM, -4, -8, -12, TO)


class SweepView(Chart):
    """The plot; the course's ε is marked."""

    def __init__(self) -> None:
        super().__init__("Error against ε", HEIGHT + BELOW + LEGEND)
        self._found: Sweep | None = None

    def show_sweep(self, found: Sweep) -> None:
        """Show these errors."""
        self._found = found
        self.setAccessibleDescription(sentence(found))
        self.update()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None or self._found is None:
            return
        px = self._theme.px
        area = QRectF(px(MARGIN), px(6), self.width() - px(MARGIN + 10), px(HEIGHT - 6))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(10.5))
        self._paint_axes(painter, area)
        for curve in curves(self._found):
            painter.setPen(QPen(self._theme.colour(curve.role), px(2)))
            painter.drawPolyline([at(area, point) for point in curve.points])
        self._paint_legend(painter, area)

    def _paint_axes(self, painter: QPainter, area: QRectF) -> None:
        theme, px = self._theme, self._theme.px
        for exponent in MARKS_DOWN:
            y = at(area, Point(0.0, down(10.0**exponent))).y()
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(theme.colour("muted"))
            painter.drawText(QRectF(0, y - px(8), area.left() - px(5), px(16)), RIGHT, power(exponent))
        for exponent in MARKS_ACROSS:
            x = at(area, Point(across(10.0**exponent), 0.0)).x()
            left = min(x - px(30), self.width() - px(60))
            side = _TOP if left == x - px(30) else _TOP_RIGHT
            painter.drawText(QRectF(left, area.bottom() + px(3), px(60), px(16)), side, power(exponent))
        x = at(area, Point(across(EPSILON), 0.0)).x()
        painter.setPen(QPen(theme.colour("text"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    def _paint_legend(self, painter: QPainter, area: QRectF) -> None:
        """Two lines of names, and what the dashed line is."""
        theme, px = self._theme, self._theme.px
        x, y = 0.0, area.bottom() + px(BELOW + 4)
        names = [(curve.title, curve.role, False) for curve in curves(self._found)]
        for name, role, dashed in (*names, ("course's ε", "text", True)):
            width = painter.fontMetrics().horizontalAdvance(name) + px(22)
            if x + width > self.width():
                x, y = 0.0, y + px(15)
            style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
            painter.setPen(QPen(theme.colour(role), px(2) if not dashed else 1, style))
            painter.drawLine(QPointF(x, y + px(7)), QPointF(x + px(14), y + px(7)))
            painter.setPen(theme.colour("muted"))
            painter.drawText(QRectF(x + px(18), y, width, px(15)), LEFT, name)
            x += width + px(10)


class SweepSection(Section):
    """The plot and what it says."""

    def __init__(self, session: Session) -> None:
        super().__init__("Truncation and rounding")
        self.view = SweepView()
        self.words = Label("", "muted", 11)
        self.words.setWordWrap(True)
        self.column.addWidget(self.view)
        self.column.addWidget(self.words)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        found = present(new)
        self.setVisible(found is not None)
        if found is not None and (old is None or found is not present(old)):
            self.view.show_sweep(found.sweep)
            self.words.setText(sentence(found.sweep))


_TOP = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
_TOP_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
