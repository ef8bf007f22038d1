"""J against the iteration."""

from PySide6.QtWidgets import QWidget

from nnviz.session.session import Session


class CurvesPanel(QWidget):
    """To come."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setMinimumHeight(150)
