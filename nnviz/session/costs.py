"""What a gradient check costs beside one backpropagation, measured where the check is done."""

from collections.abc import Callable, Generator
from typing import NamedTuple, TypeVar

from nnviz.engine.propagation import gradient
from nnviz.engine.slopes import Surroundings, Way, looped, slopes

Clock = Callable[[], float]
"""Seconds, from whenever: it is passed in, for here nobody has one."""
Found = TypeVar("Found")
LONG_ENOUGH, MOST_RUNS = 0.02, 50
"""Seconds over which something short is repeated, as often as that at the most; the shortest run counts."""
AGAIN, LOOP = 0.1, 0.05
"""A check that took no longer is done again, for the window is painted meanwhile; seconds given to the loop."""


class Costs(NamedTuple):
    """Seconds, over the examples of the check: one backprop, the vectorised check, and the course's loop.

    ``whole`` says whether all of the loop was run; else some entries were, and the time is multiplied. There is no loop
    of the complex step, for our J takes no complex Θ.
    """

    backprop: float
    vectorised: float
    loop: float | None
    whole: bool = True


def timed(
    work: Generator[float, None, Found], clock: Clock, stop: float
) -> Generator[float, None, tuple[Found, float]]:
    """The same work, with the seconds that it took until the share *stop* was done."""
    start, seconds = clock(), None
    while True:
        try:
            done = next(work)
        except StopIteration as end:
            return end.value, clock() - start if seconds is None else seconds
        if seconds is None and done >= stop:
            seconds = clock() - start
        yield done


def costs(around: Surroundings, method: Way, epsilon: float, first: float, clock: Clock) -> Costs:
    """Measure them; *first* is how many seconds the vectorised check has taken: a short one is done again."""
    arguments = around.network, around.X, around.Y, around.lambda_
    backprop = _shortest(lambda: gradient(*arguments), clock)
    vectorised = first
    if first < AGAIN:
        vectorised = min(first, _shortest(lambda: _slopes(Surroundings(*arguments), method, epsilon), clock))
    if not method.steps:
        return Costs(backprop, vectorised, None)
    one = _seconds(lambda: looped(around, method, epsilon, 1), clock)
    every = around.network.entries
    entries = max(1, min(every, round(LOOP / max(one, 1e-9))))
    loop = _shortest(lambda: looped(around, method, epsilon, entries), clock, LOOP)
    return Costs(backprop, vectorised, loop * every / entries, entries == every)


def _slopes(around: Surroundings, method: Way, epsilon: float) -> None:
    for _ in slopes(around, method, epsilon):
        pass


def _seconds(work: Callable[[], object], clock: Clock) -> float:
    start = clock()
    work()
    return clock() - start


def _shortest(work: Callable[[], object], clock: Clock, enough: float = LONG_ENOUGH) -> float:
    """Other programs and the window take time away, and never give any."""
    runs = [_seconds(work, clock)]
    while sum(runs) < enough and len(runs) < MOST_RUNS:
        runs.append(_seconds(work, clock))
    return min(runs)
