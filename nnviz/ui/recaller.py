"""Works out beside the window the Θ of a past iteration that is no longer recorded."""

from PySide6.QtCore import QObject

from nnviz.session.commands import ShowRecalled
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.worker import Background, Watch


class Recaller(QObject):
    """Does what ``training.wanted`` asks for; what is wanted no longer, for another is, is done no further."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._background = Background(self)
        self._watch = Watch()
        self._forget = session.listen(self._changed)

    def close(self) -> None:
        """Stop for good."""
        self._forget()
        self._forget = lambda: None
        self._watch.wanted = False
        self._background.close()

    def _changed(self, old: State | None, new: State) -> None:
        run, wanted = new.training.run, new.training.wanted
        if old is not None and (old.training.run, old.training.wanted) == (run, wanted):
            return
        self._watch.wanted = False
        if run is None or wanted is None:
            self._background.forget()
            return
        self._watch = watch = Watch()
        self._background.run(
            lambda: run.history.progress(wanted, watch),
            lambda progress: self._session.do(ShowRecalled(run, progress)),
            self._give_up,
        )

    def _give_up(self, error: Exception) -> None:
        raise error
