"""What runs in the process beside the window: it trains, and sends what it has learnt in chunks. It knows no Qt."""

import time
from collections.abc import Generator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from nnviz.engine.arrays import Array
from nnviz.engine.history import Chunk, packed
from nnviz.engine.live import IterationCheck, Verdict
from nnviz.engine.network import Network
from nnviz.engine.progress import Ending, Progress
from nnviz.engine.propagation import accuracy, cost
from nnviz.engine.training import train
from nnviz.session.run import Run
from nnviz.ui.live import Companion, Judge, Watch

SLICE = 0.02
"""Seconds of training between two looks at what the window wants."""
SHARE = 0.02
"""The share of the time that may go into measuring on the test part."""
FIRST = 10
"""The iterations that are all measured: on a logarithmic axis they are as wide as the next hundred."""
SPREAD, GRACE = 1.1, 0.1
"""From there on each is measured that is so many times the one before, while no more than so many seconds beyond the
share have gone into it: the first look at anything takes long, and a gap in the curve would be drawn as a line."""


@dataclass(frozen=True)
class Job:
    """What is to be trained: ``number`` names the job, ``settings`` are arguments of ``train``.

    ``start`` is where to go on; None: at the network, iteration 0.
    """

    number: int
    thetas: tuple[Array, ...]
    activation: str
    training: tuple[Array, Array]
    test: tuple[Array, Array]
    settings: dict[str, Any]
    start: Progress | None = None


@dataclass(frozen=True)
class Goal:
    """Train up to this iteration; one that has been reached means: pause."""

    iteration: int


@dataclass(frozen=True)
class Learnt:
    """Iterations of job ``number``, (iteration, J, accuracy) on the test part after some, and whether D is right."""

    number: int
    chunk: Chunk
    tests: tuple[tuple[int, float, float], ...]
    checks: tuple[Verdict, ...] = ()

    def told_to(self, run: Run) -> str:
        """Record it; "", for the run goes on."""
        run.history.append(self.chunk)
        run.tests.add(self.tests)
        run.checks.add(self.checks)
        return ""


@dataclass(frozen=True)
class Ended:
    """Job ``number`` can't go on; ``words`` say why."""

    number: int
    words: str

    def told_to(self, run: Run) -> str:
        """Why it has ended."""
        return self.words


def serve(connection: Connection) -> None:
    """Do what comes through *connection*, one Job at a time, until None comes or the window is gone."""
    apprentice = Apprentice(connection)
    try:
        while apprentice.listen():
            apprentice.work()
    except (EOFError, OSError):
        return  # the window has closed its end
    except KeyboardInterrupt:
        return  # Ctrl-C in a terminal goes to both; the window says what there is to say


class Apprentice:
    """Trains the latest Job up to the latest Goal, and checks its gradient as the latest Watch says."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._number = 0
        self._training: Generator[Progress, None, Ending] | None = None
        self._reached = -1
        self._goal = -1
        self._known = -1
        self._examiner = Examiner()
        self._watch = Watch()
        self._companion: Companion | None = None

    @property
    def busy(self) -> bool:
        """Whether there is something to train."""
        return self._training is not None and self._reached < self._goal

    def listen(self) -> bool:
        """Take all that has come, waiting if there is nothing to do; False when it is time to leave."""
        while not self.busy or self._connection.poll():
            message = self._connection.recv()
            if message is None:
                return False
            if isinstance(message, Job):
                self._begin(message)
            elif isinstance(message, Watch):
                self._watch_by(message)
            else:
                self._goal = message.iteration
        return True

    def _watch_by(self, watch: Watch) -> None:
        self._watch = watch
        if self._companion is not None:
            self._companion.watch(watch)

    def _begin(self, job: Job) -> None:
        if self._training is not None:
            self._training.close()
        network = Network.from_thetas(job.thetas, activation=job.activation)
        self._number, self._reached, self._goal = job.number, -1, -1
        self._examiner, self._companion = Examiner(job.test), Companion(_judge(job), self._watch)
        self._known = -1 if job.start is None else job.start.iteration
        try:
            self._training = train(network, *job.training, start=job.start, **job.settings)
        except ValueError as error:  # it is told, as whatever goes wrong later
            self._training = None
            self._connection.send(Ended(job.number, str(error)))

    def work(self) -> None:
        """Train for a moment and send what came of it."""
        made: list[Progress] = []
        try:
            ending = self._train_into(made)
        except Exception as error:  # whatever a method raises is told, and the next Job begins afresh
            ending = Ending("failed", f"The method gave up: {error}")
        if made:
            self._send(made, ending is not None or not self.busy)
        if ending is not None:
            self._training = None
            self._connection.send(Ended(self._number, ending.words))

    def _send(self, made: list[Progress], done: bool) -> None:
        assert self._companion is not None
        found = self._examiner.collect(done), self._companion.collect(done)
        self._connection.send(Learnt(self._number, packed(made), *found))

    def _train_into(self, made: list[Progress]) -> Ending | None:
        assert self._training is not None
        assert self._companion is not None
        end = time.perf_counter() + SLICE
        while self._reached < self._goal and (now := time.perf_counter()) < end:
            try:
                progress = next(self._training)
            except StopIteration as stop:
                ending: Ending = stop.value
                return ending
            self._reached = progress.iteration
            if progress.iteration > self._known:  # a training that goes on begins with where it starts
                made.append(progress)
                seconds = time.perf_counter() - now
                self._examiner.look(progress, seconds)
                self._companion.look(progress, seconds)
            else:
                self._companion.begin(progress)
        return None


def _judge(job: Job) -> Judge:
    """How the iterations of a job are checked."""
    asked = {name: value for name, value in job.settings.items() if name != "stops"}
    return IterationCheck(*job.training, **asked).verdict


class Examiner:
    """Measures J and the accuracy on the test part as often as a small share of the time allows."""

    def __init__(self, test: tuple[Array, Array] | None = None) -> None:
        self._test = test if test is not None and len(test[0]) else None
        self._rows: list[tuple[int, float, float]] = []
        self._trained = self._measured = 0.0
        self._latest: Progress | None = None
        self._last = 0

    def look(self, progress: Progress, seconds: float) -> None:
        """Measure after this iteration, which took so many seconds, if it is time to."""
        self._trained += seconds
        if self._due(progress.iteration):
            self._measure(progress)
        else:
            self._latest = progress

    def _due(self, iteration: int) -> bool:
        beyond = self._measured - SHARE * self._trained
        return iteration <= FIRST or beyond <= 0 or (beyond <= GRACE and iteration >= SPREAD * self._last)

    def _measure(self, progress: Progress) -> None:
        self._latest, self._last = None, progress.iteration
        if self._test is None:
            return
        start = time.perf_counter()
        X, Y = self._test
        row = (progress.iteration, cost(progress.network, X, Y).data, accuracy(progress.network, X, Y))
        self._rows.append(row)
        self._measured += time.perf_counter() - start

    def collect(self, done: bool) -> tuple[tuple[int, float, float], ...]:
        """What has been measured since the last time; *done*, the latest iteration is among it."""
        if done and self._latest is not None:
            self._measure(self._latest)
        rows, self._rows = tuple(self._rows), []
        return rows
