"""The numbers of the moment: the iteration, J and its parts, J and the accuracy on the test part."""

from PySide6.QtWidgets import QGridLayout, QPushButton

from nnviz.picture.numbers import full, shown
from nnviz.session.commands import ContinueFromHere, GoToIteration
from nnviz.session.scores import Score
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.fields import Label, Section
from nnviz.ui.theme import Theme

DIGITS = 4
ROWS = {
    "iteration": "How many times Θ has been updated",
    "J(Θ)": "The cost over what the update learns from: data part + weight decay",
    "data part": "The mean of the examples' costs",
    "weight decay": "λ/(2m) ΣΘ², without the bias columns",
    "‖D‖": "How steep J is: the length of the gradient",
    "J test": "The mean cost of the examples that training never sees",
    "accuracy": "The share of examples that are classified as they should be: learnt from · test part",
}


class NowSection(Section):
    """What the network is worth at the moment; a badge says when that is the past."""

    def __init__(self, session: Session) -> None:
        super().__init__("Now")
        self.past = Label("", "accent", 12, bold=True)
        self.past.setWordWrap(True)
        self.latest = QPushButton("To the latest")
        self.latest.setToolTip("Θ after all updates so far (Ctrl+End)")
        self.latest.clicked.connect(lambda: session.attempt(GoToIteration(session.state.training.reached)))
        self.go_on = QPushButton("Continue from here")
        self.go_on.setToolTip("Begin a new run from the Θ of this iteration")
        self.go_on.clicked.connect(lambda: session.attempt(ContinueFromHere()))
        self.numbers = {name: Label("–", bold=True) for name in ROWS}
        self.column.addWidget(self.past)
        self.column.addWidget(self.latest)  # below each other: side by side they are wider than the panel
        self.column.addWidget(self.go_on)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        for row, (name, words) in enumerate(ROWS.items()):
            label = Label(name, "muted")
            label.setToolTip(words)
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(self.numbers[name], row, 1)
        self.column.addLayout(self._grid)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        scored = old is None or old.scores is not new.scores
        if scored or old.moment.iteration != new.moment.iteration or old.training is not new.training:
            self._show_moment(new)
        if scored:
            self._show_scores(new)

    def _show_moment(self, state: State) -> None:
        run, iteration, reached = state.training.run, state.moment.iteration, state.training.reached
        past = iteration < reached
        wanted = state.training.wanted
        words = f"The past: iteration {iteration:,} of {reached:,}" if past else ""
        self.past.setText(words if wanted is None else f"Working out iteration {wanted:,} …")
        self.past.setVisible(past or wanted is not None)
        for button in (self.latest, self.go_on):
            button.setVisible(past)
        self._write("iteration", f"{iteration:,}")
        known = run is not None and iteration < run.history.length
        cost = run.history.cost_at(iteration) if run is not None and known else None
        if cost is None and state.scores is not None and state.scores.model is state.model:
            cost = state.scores.cost
        self._number("J(Θ)", cost and cost.total)
        self._number("data part", cost and cost.data)
        self._number("weight decay", cost and cost.decay)
        self._number("‖D‖", float(run.history.norms[iteration]) if run is not None and known else None)

    def _show_scores(self, state: State) -> None:
        found = state.scores
        test = found.test if found is not None else None
        self._number("J test", test and test.J)
        shares = [_share(part) for part in (found.training, found.test) if part is not None] if found else []
        self._write("accuracy", " · ".join(shares) or "–")

    def _number(self, name: str, value: float | None) -> None:
        self._write(name, "–" if value is None else shown(value, DIGITS), "" if value is None else full(value))

    def _write(self, name: str, text: str, tip: str = "") -> None:
        self.numbers[name].setText(text)
        self.numbers[name].setToolTip(tip)

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self._grid.setVerticalSpacing(theme.px(4))


def _share(score: Score) -> str:
    return f"{score.accuracy:.1%}"
