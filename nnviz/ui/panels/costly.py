"""The examples that cost most: where the network is most surely wrong."""

import numpy as np

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.fields import Label, Section
from nnviz.ui.panels.confusion import NOT_YET
from nnviz.ui.panels.part import PartSwitch, is_stale, parts
from nnviz.ui.panels.ranking import Ranking

MOST = 60


class CostlySection(Section):
    """The first of them, of the part that is looked at."""

    def __init__(self, session: Session, switch: PartSwitch) -> None:
        super().__init__("Most costly examples")
        self._switch = switch
        self.none = Label(NOT_YET, "muted", 12)
        self.examples = Ranking("Most costly examples")
        self.column.addWidget(self.none)
        self.column.addWidget(self.examples)
        switch.changed.connect(lambda: self._show(session.state))

    def follow(self, old: State | None, new: State) -> None:
        """Show what has changed."""
        if old is None or old.scores is not new.scores:
            self._show(new)
        self.examples.show_stale(is_stale(new))

    def _show(self, state: State) -> None:
        part = parts(state.scores).get(self._switch.name)
        self.none.setVisible(part is None)
        self.examples.setVisible(part is not None)
        self.examples.show_examples(part, np.empty(0, np.intp) if part is None else part.score.worst[:MOST])
