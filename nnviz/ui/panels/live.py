"""The switch of the check along with training, what it costs, and what it has found in the present run."""

from PySide6.QtWidgets import QCheckBox

from nnviz.picture.live import RIGHT, offer, summary
from nnviz.session.commands import CheckAlong
from nnviz.session.live import evaluations, refusal
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.fields import Label, Section
from nnviz.ui.theme import Theme

SWITCH, NAME = "Check D along the way", "Check the gradient along with training"
TIP = (
    "At each iteration every entry of D is compared with the slope of J, and the update with −αD.\n"
    "At full speed as many iterations are checked as leave training more than a quarter of its speed."
)


class LiveSection(Section):
    """Off until it is asked for: it is slow."""

    def __init__(self, session: Session) -> None:
        super().__init__("")
        self._session = session
        self.switch = QCheckBox(SWITCH)
        self.switch.setAccessibleName(NAME)
        self.switch.clicked.connect(lambda on: session.attempt(CheckAlong(on)))
        self.words = Label("", "muted", 11)
        self.right, self.wrong = Label("", "agree", 12), Label("", "differ", 12)
        self.column.addWidget(self.switch)
        for label in (self.words, self.right, self.wrong):
            label.setWordWrap(True)
            self.column.addWidget(label)

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        same = old is not None and old.model.recipe == new.model.recipe and old.origin is new.origin
        if old is None or old.live != new.live or not same:
            self._offer(new)
        if old is None or old.training is not new.training:
            self._tell(new)

    def _offer(self, state: State) -> None:
        reason = refusal(state.model)
        self.switch.setEnabled(reason is None)
        self.switch.setChecked(state.checks_along)
        self.switch.setToolTip(TIP if reason is None else reason)
        self.words.setText(offer(evaluations(state.model), state.model.recipe.descends))
        self.words.setVisible(reason is None)

    def _tell(self, state: State) -> None:
        run, reached = state.training.run, state.training.reached
        words = ""
        if run is not None:
            words = summary(run.checks.up_to(reached), reached, run.model.network.entries)
        right = words.startswith(RIGHT)
        for label, shown in ((self.right, right), (self.wrong, not right)):
            label.setText(words if shown else "")
            label.setVisible(shown and bool(words))

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self.switch.setFont(theme.font())
