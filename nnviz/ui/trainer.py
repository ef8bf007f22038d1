"""Trains what the state says is to be trained: the state goes out to the process beside the window, and chunks of
iterations come back into the run's history, to be shown at the pace of the screen."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from nnviz.engine.stops import Stops
from nnviz.session.commands import ShowProgress
from nnviz.session.run import Run, settings, stops
from nnviz.session.session import Session
from nnviz.session.state import State, Training

if TYPE_CHECKING:  # multiprocessing takes a twentieth of the start, which needs none of it
    from nnviz.ui.child import Child

FRAME = 33
"""Milliseconds between two looks at what has been learnt."""
AHEAD = 1.0
"""Seconds of the pace that the process may be ahead of the screen."""
GONE = "The training stopped unexpectedly; press Train to go on from the last iteration that is recorded."


class Trainer(QObject):
    """No timer runs and nothing is asked of the process unless the state says that training is active."""

    _came = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._child: Child | None = None
        self._run: Run | None = None
        self._stops = Stops()
        self._job = 0
        self._asked = -1
        self._ending: str | None = None
        self._lost = False
        self._shown_from = 0
        self._clock = QElapsedTimer()
        self._frames = QTimer(self, interval=FRAME)
        self._frames.timeout.connect(self._show)
        # A bound method of an object of this thread: Qt brings the call here from the child's.
        self._came.connect(self._receive)
        self._forget = session.listen(self._changed)

    def warm_up(self) -> None:
        """Start the process, so that it is ready when it is needed."""
        from nnviz.ui.apprentice import serve
        from nnviz.ui.child import Child

        if self._child is None:
            self._child = Child(serve, self._came.emit)

    def close(self) -> None:
        """Stop for good; the process and its threads end."""
        self._forget()
        self._forget = lambda: None
        self._frames.stop()
        self._let_go()

    def _let_go(self) -> None:
        child, self._child, self._run, self._asked = self._child, None, None, -1
        self._lost = False
        if child is not None:
            child.close()

    def _changed(self, old: State | None, new: State) -> None:
        training = new.training
        if old is not None and (old.live, old.view.pace) != (new.live, new.view.pace):
            self._watch(new)
        if old is not None and old.training is training:
            return
        if self._run is not None and self._run is not training.run and self._run not in training.runs:
            self._run = None  # undo may bring it back, and then it is handed over anew; its model may be a large one
        if training.active and not (old is not None and old.training.active and old.training.run is training.run):
            self._begin(training)
        elif not training.active and self._frames.isActive():
            self._frames.stop()
            self._ask(-1)

    def _begin(self, training: Training) -> None:
        assert training.run is not None
        if self._lost:
            self._let_go()
        self.warm_up()
        self._watch(self._session.state)
        self._clock.start()
        self._shown_from = training.reached
        wanted = stops(self._session.state.model)
        if training.run is not self._run or self._ending is not None or wanted != self._stops:
            self._hand_over(training.run, wanted)
        self._frames.start()
        self._ask_ahead(training)

    def _hand_over(self, run: Run, stops: Stops) -> None:
        """Give the run to the process, from the end of its history."""
        from nnviz.ui.apprentice import Job

        assert self._child is not None
        model, history = run.model, run.history
        training, test = model.examples.training, model.examples.test
        start = history.progress(history.length - 1) if history.length else None
        self._job += 1
        network, arguments = model.network, settings(model) | {"stops": stops}
        job = Job(self._job, network.thetas, network.activation_name, training, test, arguments, start)
        self._run, self._stops, self._asked, self._ending = run, stops, -1, None
        self._child.send(job)

    def _watch(self, state: State) -> None:
        """Say what is to be checked along the way."""
        from nnviz.ui.live import Watch

        if self._child is not None:
            self._child.send(Watch(state.checks_along, state.view.pace))

    def _ask_ahead(self, training: Training) -> None:
        """Let the process train as far as may soon be shown."""
        pace = self._session.state.view.pace
        ahead = min(training.goal, self._due(pace) + max(1, round(pace * AHEAD))) if pace else training.goal
        if ahead > self._asked:
            self._ask(ahead)

    def _ask(self, iteration: int) -> None:
        from nnviz.ui.apprentice import Goal

        if self._child is not None:
            self._child.send(Goal(iteration))
        self._asked = iteration

    def _due(self, pace: int) -> int:
        return self._shown_from + int(pace * self._clock.elapsed() / 1000)

    def _show(self) -> None:
        """Show what has been learnt since the last look, as far as the pace allows."""
        state = self._session.state
        run, pace = self._run, state.view.pace
        if run is None or state.training.run is not run:
            return
        ending, newest = self._ending, run.history.length - 1
        reached = min(newest, self._due(pace)) if pace else newest
        at_end = reached == newest and ending is not None
        if reached > state.training.reached or at_end:
            self._session.do(ShowProgress(run, reached, ending if at_end and ending else ""))
        if self._session.state.training.active:
            self._ask_ahead(self._session.state.training)

    def _receive(self, message: Any) -> None:
        """The history takes what has been learnt, unless it comes from a job before this one."""
        if message is None:
            self._lost, self._ending = True, GONE
        elif self._run is not None and message.number == self._job:
            self._ending = message.told_to(self._run) or self._ending
