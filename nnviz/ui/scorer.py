"""Works out the scores of the present Θ beside the window, while training is looked at."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from nnviz.session.commands import ShowScores
from nnviz.session.model import Model
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.worker import Background

if TYPE_CHECKING:  # imported with the first model that is scored: the window's start does without
    from nnviz.session.scores import Scores

RESTS = 3
"""While training runs it rests so many times as long as the last scores took: large data take half a processor."""


class Scorer(QObject):
    """One model at a time; while it is busy, only the newest is waited for."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._background = Background(self)
        self._scored: Model | None = None
        self._took = QElapsedTimer()
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(lambda: self._changed(None, session.state))
        self._forget = session.listen(self._changed)

    @property
    def busy(self) -> bool:
        """Whether scores are being worked out."""
        return self._background.busy

    def close(self) -> None:
        """Stop for good."""
        self._forget()
        self._forget = lambda: None
        self._rest.stop()
        self._background.close()

    def _changed(self, old: State | None, new: State) -> None:
        waits = self._background.busy or (self._rest.isActive() and new.training.active)
        if new.tool == "train" and not waits and new.model is not self._scored:
            self._score(new.model)

    def _score(self, model: Model) -> None:
        from nnviz.session.scores import scores

        self._scored = model
        self._took.start()
        self._background.run(lambda: scores(model), self._take, self._give_up)

    def _take(self, found: "Scores") -> None:
        self._rest.start(RESTS * self._took.elapsed())
        self._session.do(ShowScores(found))  # and if the model is another one by now, that is scored next

    def _give_up(self, error: Exception) -> None:
        raise error
