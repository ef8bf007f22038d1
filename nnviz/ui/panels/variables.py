"""The variables of a program and their values in as few lines as hold them."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnviz.picture.programs.execution import Variable
from nnviz.ui.guard import guarded
from nnviz.ui.panels.rows import LEFT
from nnviz.ui.theme import Theme

SIZE, NOTE = 10.5, 10
LINE = 15
"""Pixels of a line, at zoom 1."""
LINES = 8
"""The most that a step takes; there is always as much room, so that nothing below it jumps."""
COLUMNS = 2


class Placed(NamedTuple):
    """Where a variable stands: its line, its column (None: it takes the whole width), and how many lines it takes."""

    variable: Variable
    line: int
    column: int | None
    lines: int = 1


class VariableList(QWidget):
    """name = value, and in paler letters what it is; two beside each other where both find room."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("variables")
        self.setAccessibleName("Variables")
        self._theme: Theme | None = None
        self.variables: tuple[Variable, ...] = ()

    def show_variables(self, variables: tuple[Variable, ...]) -> None:
        """Show these."""
        self.variables = variables
        words = "; ".join(f"{one.name} = {one.text}{f', {one.note}' if one.note else ''}" for one in variables)
        self.setAccessibleDescription(words)
        self.update()

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        self._theme = theme
        self.setFixedHeight(LINES * theme.px(LINE))
        self.update()

    def placed(self) -> list[Placed]:
        """Where each variable stands in the present width."""
        made: list[Placed] = []
        line, column = 0, 0
        for variable in self.variables:
            wide = self._width(variable) > self.width() / COLUMNS - self._theme.px(8)
            if wide and column:
                line, column = line + 1, 0
            if wide:
                lines = 2 if self._width(variable) > self.width() else 1
                made.append(Placed(variable, line, None, lines))
                line += lines
                continue
            made.append(Placed(variable, line, column))
            line, column = (line, 1) if column == 0 else (line + 1, 0)
        return made

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter, height = QPainter(self), self._theme.px(LINE)
        for one in self.placed():
            left = (one.column or 0) * self.width() / COLUMNS
            self._paint(painter, one.variable, QRectF(left, one.line * height, self.width() - left, one.lines * height))

    def _paint(self, painter: QPainter, variable: Variable, area: QRectF) -> None:
        theme = self._theme
        name, value, note = self._parts(variable)
        painter.setFont(theme.font(SIZE, mono=True))
        painter.setPen(theme.colour("muted"))
        first = QRectF(area.left(), area.top(), area.width(), theme.px(LINE))
        painter.drawText(first, LEFT, name)
        painter.setPen(theme.colour("text"))
        metrics = self._metrics
        x = area.left() + metrics.horizontalAdvance(name)
        if first.height() < area.height():
            second = area.adjusted(theme.px(12), theme.px(LINE), 0, 0)
            painter.drawText(second, LEFT, metrics.elidedText(value, Qt.TextElideMode.ElideRight, second.width()))
            return
        painter.drawText(first.adjusted(x - area.left(), 0, 0, 0), LEFT, value)
        x += metrics.horizontalAdvance(value)
        painter.setFont(theme.font(NOTE))
        painter.setPen(theme.colour("muted"))
        painter.drawText(first.adjusted(x - area.left(), 0, 0, 0), LEFT, note)

    @staticmethod
    def _parts(variable: Variable) -> tuple[str, str, str]:
        return f"{variable.name} = ", variable.text, f"  {variable.note}" if variable.note else ""

    def _width(self, variable: Variable) -> float:
        name, value, note = self._parts(variable)
        notes = QFontMetricsF(self._theme.font(NOTE)).horizontalAdvance(note)
        return self._metrics.horizontalAdvance(name + value) + notes

    @property
    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self._theme.font(SIZE, mono=True))
