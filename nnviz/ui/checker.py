"""Checks the gradient beside the window, while the Check tool is looked at."""

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.worker import Background

if TYPE_CHECKING:  # imported with the first check: the window's start does without
    from nnviz.session.check import Answer, Question

PATIENCE = 100
"""Milliseconds between two looks at how far a check has come; a short one never shows it."""


class Checker(QObject):
    """One check at a time: a newer question ends an older one."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._background = Background(self)
        self._work: Work | None = None
        self._clock = QTimer(self, interval=PATIENCE)
        self._clock.timeout.connect(self._look)
        self._forget = session.listen(self._changed)

    @property
    def busy(self) -> bool:
        """Whether something is being checked."""
        return self._background.busy

    def stop(self) -> None:
        """Give up what is being checked; nothing is checked until something changes, or ``again`` is asked for."""
        if self._work is not None:
            self._work.stopped = True

    def again(self) -> None:
        """Check after all."""
        self._work = None
        self._changed(None, self._session.state)

    def close(self) -> None:
        """Stop for good."""
        self._forget()
        self._forget = lambda: None
        self._clock.stop()
        self.stop()
        self._background.close()

    def _changed(self, old: State | None, new: State) -> None:
        if new.tool != "check":
            self.stop()
            self._work = None
            return
        from nnviz.session.checking import asked, present

        question = asked(new)
        if self._work is not None and self._work.question.same(question):
            return  # under way, done, or given up by the user
        if self._work is None or present(new) is None:
            self._begin(question)

    def _begin(self, question: "Question") -> None:
        self.stop()
        from nnviz.session.checking import ShowShare

        self._work = work = Work(question)
        self._session.do(ShowShare(0.0))
        self._clock.start()
        self._background.run(work.done, self._take, self._give_up)

    def _look(self) -> None:
        from nnviz.session.checking import ShowShare

        if self._work is not None and self.busy:
            self._session.do(ShowShare(self._work.share))
        else:
            self._clock.stop()

    def _take(self, found: "Answer | None") -> None:
        from nnviz.session.checking import ShowAnswer, ShowShare

        self._clock.stop()
        self._session.do(ShowShare(None) if found is None else ShowAnswer(found))

    def _give_up(self, error: Exception) -> None:
        raise error


class Work:
    """A check in its thread: ``share`` tells how far it has come, ``stopped`` ends it."""

    def __init__(self, question: "Question") -> None:
        self.question = question
        self.share = 0.0
        self.stopped = False

    def done(self) -> "Answer | None":
        """Check; None if it was stopped."""
        from nnviz.session.check import answer

        work = answer(self.question, perf_counter)
        while not self.stopped:
            try:
                self.share = next(work)
            except StopIteration as end:
                found: Answer = end.value
                return found
        return None
