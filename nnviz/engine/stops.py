"""When to end a run: conditions a student may set, and the words with which each ends it."""

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from nnviz.engine.arrays import Array
from nnviz.engine.network import Network
from nnviz.engine.progress import Ending, Progress
from nnviz.engine.propagation import predict

Check = Callable[[Progress], Ending | None]


class Stops(NamedTuple):
    """Each condition is off while it is None.

    ``cost_below`` and ``gradient_below`` are bounds on J and ‖D‖. ``patience`` is a number of iterations in which J
    has not fallen by more than the share ``improvement`` of its lowest so far, counted from where ``train`` began.
    ``example`` is the index of an example that is to become right.
    """

    cost_below: float | None = None
    gradient_below: float | None = None
    patience: int | None = None
    improvement: float = 1e-6
    example: int | None = None


def right(network: Network, x: ArrayLike, y: ArrayLike) -> bool:
    """Whether the class predicted for x (s_1,) is that of the targets y (K,): the largest; for K = 1, y ≥ 0.5."""
    from nnviz.engine.scores import classes  # the window's start, which knows of stops, does without

    truth = classes(network, np.asarray(y, dtype=np.float64)[None, :])[0] + (0 if network.outputs == 1 else 1)
    return bool(predict(network, np.asarray(x, dtype=np.float64)[None, :])[0] == truth)


def checks(stops: Stops, iterations: int | None, X: Array, Y: Array) -> tuple[Check, ...]:
    """What to ask after every iteration; *iterations* is the number of the last one. Raises ValueError for bad ones."""
    return tuple(_checks(stops, iterations, X, Y))


def _checks(stops: Stops, iterations: int | None, X: Array, Y: Array) -> Iterator[Check]:
    for name, value in (("cost_below", stops.cost_below), ("gradient_below", stops.gradient_below)):
        if value is not None and not math.isfinite(value):
            raise ValueError(f"{name} is {value}; expected a finite number.")
    if stops.example is not None:
        if not 0 <= stops.example < len(X):
            raise ValueError(f"example is {stops.example}; expected 0 to {len(X) - 1}.")
        yield _example(X[stops.example], Y[stops.example])
    if stops.cost_below is not None:
        yield _cost(stops.cost_below)
    if stops.gradient_below is not None:
        yield _gradient(stops.gradient_below)
    if stops.patience is not None:
        if stops.patience < 1:
            raise ValueError(f"patience is {stops.patience}; expected 1 or more iterations.")
        yield _stalled(stops.patience, stops.improvement)
    if iterations is not None:
        if iterations < 0:
            raise ValueError(f"iterations is {iterations}; expected 0 or more.")
        yield _iterations(iterations)


def _example(x: Array, y: Array) -> Check:
    def check(progress: Progress) -> Ending | None:
        if not right(progress.network, x, y):
            return None
        return Ending("right", f"The example is right after iteration {progress.iteration}.")

    return check


def _cost(bound: float) -> Check:
    def check(progress: Progress) -> Ending | None:
        if not progress.cost.total < bound:
            return None
        return Ending("cost", f"J = {progress.cost.total:.4g} is below {bound:g} after iteration {progress.iteration}.")

    return check


def _gradient(bound: float) -> Check:
    def check(progress: Progress) -> Ending | None:
        if not progress.norm < bound:
            return None
        return Ending("gradient", f"‖D‖ = {progress.norm:.4g} is below {bound:g} after iteration {progress.iteration}.")

    return check


def _stalled(patience: int, improvement: float) -> Check:
    lowest, since = math.inf, 0

    def check(progress: Progress) -> Ending | None:
        nonlocal lowest, since
        J = progress.cost.total
        if math.isinf(lowest) or lowest - J > improvement * lowest:
            lowest, since = J, progress.iteration
        if progress.iteration - since < patience:
            return None
        return Ending("stalled", f"J = {J:.6g} has not improved on {lowest:.6g} in {_counted(patience)}.")

    return check


def _iterations(last: int) -> Check:
    def check(progress: Progress) -> Ending | None:
        words = f"{_counted(last)} {'is' if last == 1 else 'are'} done."
        return Ending("iterations", words) if progress.iteration >= last else None

    return check


def _counted(iterations: int) -> str:
    return f"{iterations} iteration{'' if iterations == 1 else 's'}"
