"""The runs that are kept to compare: each with its colour, its name and where J has come to."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nnviz.files.words import counted
from nnviz.picture.numbers import shown
from nnviz.picture.runs import title
from nnviz.session.commands import ForgetRun, ShowRun
from nnviz.session.run import Run, differences
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.click_label import ClickLabel
from nnviz.ui.fields import IconButton, Label, Section
from nnviz.ui.guard import guarded
from nnviz.ui.theme import Theme

TIE = "\N{NO-BREAK SPACE}"


class RunsSection(Section):
    """Click one to look at it."""

    def __init__(self, session: Session) -> None:
        super().__init__("Runs")
        self._session = session
        self._theme: Theme | None = None
        self.rows: list[RunRow] = []
        self._none = Label("None yet. Press Train.", "muted", 12)
        self._rows = QVBoxLayout()
        self.column.addWidget(self._none)
        self.column.addLayout(self._rows)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        runs = new.training.runs
        if old is None or old.training.runs != runs:
            self._offer(runs)
        if old is None or old.training is not new.training:
            self._none.setVisible(not runs)
            for row in self.rows:
                row.show_state(new)

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        super().dress(theme)
        for row in self.rows:
            row.dress(theme)

    def _offer(self, runs: tuple[Run, ...]) -> None:
        for row in self.rows:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [self._row(run, title(settings)) for run, settings in zip(runs, differences(runs), strict=True)]

    def _row(self, run: Run, name: str) -> "RunRow":
        row = RunRow(run, name)
        row.chosen.connect(lambda: self._session.attempt(ShowRun(run)))
        row.forgotten.connect(lambda: self._session.attempt(ForgetRun(run)))
        self._rows.addWidget(row)
        if self._theme is not None:
            row.dress(self._theme)
        return row


class RunRow(QWidget):
    """One run: a swatch, its name, J; and a button that forgets it."""

    chosen = Signal()
    forgotten = Signal()

    def __init__(self, run: Run, name: str) -> None:
        super().__init__()
        self.run = run
        self._swatch = Swatch(run.number)
        self.name = ClickLabel(name.replace(" = ", f"{TIE}={TIE}"), size=12)
        self.name.setAccessibleName(f"Run {run.number}: {name}")
        self.name.setToolTip(f"Run {run.number}. Click to look at it.")
        self.name.chosen.connect(self.chosen)
        self.cost = Label("", "muted", 12)
        self.forget = IconButton("x", f"Forget run {run.number}")
        self.forget.clicked.connect(self.forgotten)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self._swatch)
        line.addWidget(self.name, 1)
        line.addWidget(self.cost)
        line.addWidget(self.forget)

    def show_state(self, state: State) -> None:
        """Show where the run has come to, and whether it is the present one."""
        present = state.training.run is self.run
        reached = state.training.reached_of(self.run)
        known = 0 <= reached < self.run.history.length
        self.cost.setText(shown(self.run.history.cost_at(reached).total, 3) if known else "–")
        self.cost.setToolTip(f"J after {counted(max(reached, 0), 'iteration')}")
        self._embolden(present)

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        bold = self.name.font().bold()
        for part in (self._swatch, self.name, self.cost, self.forget):
            part.dress(theme)
        self._embolden(bold)

    def _embolden(self, bold: bool) -> None:
        font = self.name.font()
        font.setBold(bold)
        self.name.setFont(font)


class Swatch(QWidget):
    """A short line in the colour of a run."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._colour = QColor()

    def dress(self, theme: Theme) -> None:
        """Take the colour from the theme."""
        self._colour = theme.run_colour(self._number)
        self.setFixedSize(theme.px(16), theme.px(16))
        self.update()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        height = max(3.0, self.height() / 5)
        painter.drawRoundedRect(QRectF(0, (self.height() - height) / 2, self.width(), height), height / 2, height / 2)
