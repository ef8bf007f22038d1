"""Works out beside the window the Θ of a past iteration that is no longer recorded."""

from PySide6.QtCore import QObject

from nnviz.session.commands import ShowRecalled
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.worker import Background


class Recaller(QObject):
    """Does what ``training.wanted`` asks for; of several asked for in a row only the newest is heard of."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._background = Background(self)
        self._forget = session.listen(self._changed)

    def close(self) -> None:
        """Stop for good."""
        self._forget()
        self._forget = lambda: None
        self._background.close()

    def _changed(self, old: State | None, new: State) -> None:
        run, wanted = new.training.run, new.training.wanted
        if run is None or wanted is None or (old is not None and old.training.wanted == wanted):
            return
        self._background.run(
            lambda: run.history.progress(wanted),
            lambda progress: self._session.do(ShowRecalled(run, progress)),
            self._give_up,
        )

    def _give_up(self, error: Exception) -> None:
        raise error
