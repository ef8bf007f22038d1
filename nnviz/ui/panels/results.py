"""What the network gets right and wrong, on what it learns from and on the test part; and what its Θ look like."""

from nnviz.session.commands import GoToExample, ShowTool
from nnviz.session.session import Session
from nnviz.ui.panels.classes import ClassesSection
from nnviz.ui.panels.column import ColumnPanel
from nnviz.ui.panels.confusion import ConfusionSection
from nnviz.ui.panels.costly import CostlySection
from nnviz.ui.panels.part import PartSwitch
from nnviz.ui.panels.weights import WeightsSection


class ResultsPanel(ColumnPanel):
    """The right panel of training. An example that is chosen in it is stepped through."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.switch = PartSwitch()
        self.confusion = ConfusionSection(session, self.switch)
        self.costly = CostlySection(session, self.switch)
        self.classes = ClassesSection(session)
        self.weights = WeightsSection(session)
        super().__init__(
            session, "train", "results", "Results", (self.confusion, self.weights, self.costly, self.classes)
        )
        for examples in (self.confusion.examples, self.costly.examples):
            examples.chosen.connect(self._step_through)

    def _step_through(self, example: int) -> None:
        self._session.attempt(GoToExample(example))
        self._session.attempt(ShowTool("step"))
