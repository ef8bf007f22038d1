"""In the process that trains: checks iterations as they are made, as many as leave training its speed. No Qt."""

import time
from collections.abc import Callable
from typing import NamedTuple

from nnviz.engine.live import Verdict
from nnviz.engine.progress import Progress

SHARE = 2.0
"""Seconds of checks that may go with a second of training. Three would leave it a quarter of its speed, but a check
also makes the next iteration slower."""
PACED = 0.9
"""The share of the time between two iterations that are shown, where that is more, which may be used up."""
SAVED = 0.1
"""Seconds that may be saved up for checks, and that there are to begin with: most mistakes show at once."""

Judge = Callable[[Progress, Progress | None], Verdict]


class Watch(NamedTuple):
    """Whether the iterations from now on are to be checked, and how many a second are shown; 0: as they come."""

    on: bool = False
    pace: int = 0


class Companion:
    """Goes along with one training; *judge* gives the verdict on an iteration, from it and the one before."""

    def __init__(self, judge: Judge, watch: Watch = Watch()) -> None:  # noqa: B008 (frozen)
        self._judge = judge
        self._watch = watch
        self._left = SAVED
        self._before: Progress | None = None
        self._passed: tuple[Progress, Progress | None] | None = None
        self._verdicts: list[Verdict] = []

    def watch(self, watch: Watch) -> None:
        """Take what is wanted from the next iteration on."""
        self._watch, self._left, self._passed = watch, SAVED, None

    def begin(self, start: Progress) -> None:
        """The training goes on from an iteration that was looked at before."""
        self._before = start

    def look(self, progress: Progress, seconds: float) -> None:
        """Check this iteration, which took so many seconds, if it is time to."""
        before, self._before = self._before, progress
        if not self._watch.on:
            return
        self._left = min(self._left + self._allowed(seconds), SAVED)
        self._passed = progress, before
        if self._left >= 0.0:
            self._check()

    def _allowed(self, seconds: float) -> float:
        """How long a check may take after an iteration of so many seconds."""
        shown = PACED / self._watch.pace if self._watch.pace else 0.0
        return max(SHARE * seconds, shown - seconds)

    def _check(self) -> None:
        assert self._passed is not None
        start = time.perf_counter()
        self._verdicts.append(self._judge(*self._passed))
        self._passed = None
        self._left -= time.perf_counter() - start

    def collect(self, done: bool) -> tuple[Verdict, ...]:
        """What has been found since the last time; *done*, the latest iteration is among it."""
        if done and self._passed is not None:
            self._check()
        found, self._verdicts = tuple(self._verdicts), []
        return found
