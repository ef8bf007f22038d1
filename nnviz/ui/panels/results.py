"""What the network gets right and wrong."""

from nnviz.session.session import Session
from nnviz.ui.panels.column import ColumnPanel


class ResultsPanel(ColumnPanel):
    """To come."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "results", "Results", ())
