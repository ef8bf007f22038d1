"""What a benchmark is, the row it gives, and how two programs are timed fairly against each other."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

Run = Callable[[], object]


@dataclass(frozen=True)
class Row:
    """A line of the table, in seconds. The goal: ours at most *limit* times the other; None: shown for comparison."""

    name: str
    ours: float
    other: float
    limit: float | None

    @property
    def ratio(self) -> float:
        """Ours by the other: below 1, ours is faster."""
        return self.ours / self.other

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        return None if self.limit is None else self.ratio <= self.limit


class Missing(Exception):
    """Something optional that a benchmark needs is not installed; says what."""


class Benchmark(Protocol):
    """One row of the table. A file of benchmarks has a tuple of them, ``BENCHMARKS``."""

    @property
    def name(self) -> str:
        """What is measured, and against what."""

    def measure(self, quick: bool) -> Row:
        """Measures it; *quick* runs everything once, to see that it runs. Raises Missing."""


@dataclass(frozen=True)
class Comparison:
    """Two runs, as *prepare* makes them (ours, other), timed in turn; a benchmark."""

    name: str
    prepare: Callable[[], tuple[Run, Run]]
    limit: float | None
    rounds: int = 200

    def measure(self, quick: bool) -> Row:
        """Medians of alternating rounds in this process: whatever slows the machine down slows both.

        A round is as many calls as take about a millisecond, so that what runs is not slowed by what ran before it.
        """
        runs = self.prepare()
        calls = [1 if quick else _calls(run) for run in runs]
        times: list[list[float]] = [[], []]
        for _ in range(1 if quick else self.rounds):
            for run, count, found in zip(runs, calls, times, strict=True):
                found.append(_time(run, count))
        ours, other = map(statistics.median, times)
        return Row(self.name, ours, other, self.limit)


def _calls(run: Run) -> int:
    once = min(_time(run, 1) for _ in range(5))
    return max(1, round(1e-3 / once))


def _time(run: Run, calls: int) -> float:
    start = time.perf_counter()
    for _ in range(calls):
        run()
    return (time.perf_counter() - start) / calls
