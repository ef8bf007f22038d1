"""A run of training from its start to its end: timed, told to who watches, and whole when Ctrl-C ends it."""

import signal
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain, pairwise
from types import FrameType
from typing import NamedTuple, Protocol

from nnviz.engine.progress import Ending, Progress
from nnviz.engine.training import train
from nnviz.session.model import Model
from nnviz.session.run import settings, stops
from nnviz.session.scores import Scores, scores


class Watcher(Protocol):
    """Who is told of every iteration once, in order; of some with the scores of its network."""

    def __call__(self, progress: Progress, known: Scores | None) -> None:
        """Iteration ``progress.iteration`` is done."""


class Outcome(NamedTuple):
    """What was reached: the last iteration, its scores, why it is the last, and the seconds spent training.

    What watching, measuring and saving take is not counted.
    """

    progress: Progress
    scores: Scores
    ending: Ending
    seconds: float


def learn(model: Model, watchers: Sequence[Watcher]) -> Outcome:
    """Train *model* by its recipe until it ends or Ctrl-C comes, which is answered in the middle of an iteration.

    Scores are worked out for iterations 0, 1, 2, 5, 10, 20, 50, … and for the last. Raises KeyboardInterrupt if
    Ctrl-C comes before iteration 0 is known.
    """
    training = _Training(model)
    with _handling(training.interrupt), closing(training.iterations()) as iterations:
        for progress, following in pairwise(chain(iterations, (None,))):  # so that the last is known to be the last
            assert progress is not None
            known = None
            if following is None or is_milestone(progress.iteration):
                known = scores(model.at(progress.network, progress.iteration, model.recipe))
            for watcher in watchers:
                watcher(progress, known)
    assert progress is not None
    assert known is not None
    return Outcome(progress, known, training.ending, training.seconds)


def is_milestone(iteration: int) -> bool:
    """Whether it is 0, or 1, 2 or 5 with zeros behind."""
    return str(iteration).rstrip("0") in ("", "1", "2", "5")


class _Training:
    """Gives the iterations of a run; afterwards ``ending`` says why they ended, ``seconds`` how long they took."""

    ending: Ending

    def __init__(self, model: Model) -> None:
        limits = {**settings(model), "stops": stops(model), "iterations": model.recipe.iterations}
        self._run = train(model.network, *model.examples.training, **limits)
        self._pulling = self._interrupted = False
        self.seconds = 0.0

    def iterations(self) -> Generator[Progress, None, None]:
        """One after the other, up to the end or to an ``interrupt``."""
        latest: Progress | None = None
        with closing(self._run):
            while not self._interrupted:
                try:
                    latest = self._next()
                except StopIteration as end:
                    self.ending = end.value
                    return
                except KeyboardInterrupt:
                    break
                yield latest
        if latest is None:
            raise KeyboardInterrupt
        self.ending = Ending("interrupted", f"Interrupted after iteration {latest.iteration}.")

    def interrupt(self, number: int, frame: FrameType | None) -> None:
        """Give up an iteration that is under way, but not what is done with a whole one, such as writing a row."""
        self._interrupted = True
        if self._pulling:
            raise KeyboardInterrupt

    def _next(self) -> Progress:
        start = time.perf_counter()
        self._pulling = True
        try:
            return next(self._run)
        finally:
            self._pulling = False
            self.seconds += time.perf_counter() - start


@contextmanager
def _handling(interrupt: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """While it lasts, *interrupt* is what Ctrl-C does."""
    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
