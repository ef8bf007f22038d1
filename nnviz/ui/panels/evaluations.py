"""The controls and the lines with which the evaluations of J at one Θ are walked through."""

from itertools import zip_longest

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from nnviz.picture.evaluations import Walk
from nnviz.session.checking import chosen, present
from nnviz.session.commands import Command
from nnviz.session.evaluations import LeaveEvaluations, StepEvaluation, beside, place, stage, stages
from nnviz.session.session import Session
from nnviz.session.state import Language, State
from nnviz.ui.fields import IconButton, Label
from nnviz.ui.fields import beside as in_a_line
from nnviz.ui.panels.inspector import SMALL, CodeBox
from nnviz.ui.theme import Theme

MOST_RESULTS = 7
"""Richardson's four J, the slope, D, and their difference."""


class EvaluationControls(QWidget):
    """One evaluation back or forward, where one stands in the loop, and the way out of it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.back = IconButton("chevron-left", "Evaluation of J before", "The evaluation of J before (←)")
        self.forward = IconButton("chevron-right", "Next evaluation of J", "The next evaluation of J (→)")
        self.where = Label("", "text", 11.5)
        self.where.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.leave = IconButton("zoom-out", "Whole curve", "Look at the whole curve again, with an ε to drag")
        for button, command in (
            (self.back, StepEvaluation(-1)),
            (self.forward, StepEvaluation(1)),
            (self.leave, LeaveEvaluations()),
        ):
            button.clicked.connect(lambda _=False, command=command: self._do(command))
        line = in_a_line(self.back, self.forward, self.where, self.leave, stretch=2)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)

    def show_state(self, state: State) -> None:
        """Where the loop is, and where it can go."""
        for button, direction in ((self.back, -1), (self.forward, 1)):
            button.setEnabled(present(state) is not None and beside(state, direction) is not None)
        entries = f"{state.model.network.entries:,}"
        walking = stage(state) > 0
        self.leave.setVisible(walking)
        if walking:
            self.where.setText(f"n = {place(state):,} of {entries} · {stage(state)}/{stages(state)}")
        elif chosen(state) is not None:
            self.where.setText(f"n = {place(state):,} of {entries}")
        else:
            self.where.setText(f"for n = 1 … {entries}: J one by one")

    def _do(self, command: Command) -> None:
        self._session.attempt(command)


class EvaluationLines(QWidget):
    """What has been worked out, the line of code under way, and its numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.code = CodeBox(SMALL)
        self.code.setAccessibleName("The evaluation as code")
        self.numbers = Label("", "muted", 11)
        self.numbers.setWordWrap(True)
        self.results = [
            (Label("", "muted", SMALL, mono=True), Label("", "text", SMALL, mono=True)) for _ in range(MOST_RESULTS)
        ]
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        for row, labels in enumerate(self.results):
            for column, label in enumerate(labels):
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self._grid.addWidget(label, row, column)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.code)
        column.addWidget(self.numbers)
        column.addLayout(self._grid)

    def show_walk(self, walk: Walk, step: int, language: Language) -> None:
        """Show the stage that has been come to."""
        self.code.setText(walk.code(step, language))
        self.numbers.setText(walk.numbers(step, language))
        found = walk.results(step, language)
        for labels, result in zip_longest(self.results, found):
            for label in labels:
                label.setVisible(result is not None)
            if result is not None:
                labels[0].setText(result.name)
                labels[1].setText(f"= {result.value}")
                labels[1].setToolTip(result.full)

    def dress(self, theme: Theme) -> None:
        """Take sizes from the theme."""
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(1))
        self.layout().setSpacing(theme.px(5))
