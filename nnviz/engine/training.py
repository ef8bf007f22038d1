"""Training as a generator: one item for each iteration; who wants no more stops asking."""

import operator
from collections.abc import Generator
from contextlib import closing

from numpy.typing import ArrayLike

from nnviz.engine import methods
from nnviz.engine.faults import lines_with
from nnviz.engine.network import Network, checked_seed
from nnviz.engine.objective import Objective
from nnviz.engine.progress import Ending, Progress
from nnviz.engine.propagation import checked_rate
from nnviz.engine.run import Run
from nnviz.engine.stops import Check, Stops, checks


def train(
    network: Network,
    X: ArrayLike,
    Y: ArrayLike,
    *,
    method: str = "gradient-descent",
    learning_rate: float | None = None,
    lambda_: float = 0.0,
    batch: int | None = None,
    iterations: int | None = None,
    seed: int = 0,
    stops: Stops = Stops(),  # noqa: B008 (frozen)
    start: Progress | None = None,
    fault: str | None = None,
) -> Generator[Progress, None, Ending]:
    """Progress at iteration 0, which is *network* itself, then after each update; returns how it ended.

    *method* names a row of METHODS; *learning_rate* None is its own default. *batch* examples at a time are used, in an
    order that follows from *seed* (see ``batch_rows``); None: all. *iterations* is the number of the last iteration;
    None: for ever. *start*, a Progress of this very run, goes on from there, exactly. With *fault*, the name of a row
    of FAULTS, D and the updates have that mistake in them, while J is right. Before J or Θ is no longer
    finite the run ends as diverged; what was handed over never holds inf or nan.
    X, Y and *lambda_* as for ``cost``. Raises ValueError at once for arguments that do not fit.
    """
    row = methods.method(method)
    if start is not None and start.network.sizes != network.sizes:
        raise ValueError(f"start has layers {start.network.sizes}; expected {network.sizes}, as the network.")
    rate = _learning_rate(row, learning_rate)
    objective = Objective(network, X, Y, lambda_, lines_with(fault), rate)
    run = Run(network, objective, rate, _batch(row, batch), checked_seed(seed), start)
    return _until(row.how(run), checks(stops, iterations, objective.X, objective.Y))


def _until(items: Generator[Progress, None, Ending], asked: tuple[Check, ...]) -> Generator[Progress, None, Ending]:
    with closing(items):
        while True:
            try:
                progress = next(items)
            except StopIteration as end:
                ending: Ending = end.value
                return ending
            yield progress
            for check in asked:
                if (reached := check(progress)) is not None:
                    return reached


def _learning_rate(row: methods.Method, learning_rate: float | None) -> float:
    if learning_rate is None:
        return row.learning_rate or 0.0
    if row.learning_rate is None:
        raise ValueError(f"learning_rate is {learning_rate}; {row.name} has none, it searches along each direction.")
    return checked_rate("learning_rate", learning_rate)


def _batch(row: methods.Method, batch: int | None) -> int | None:
    if batch is None:
        return None
    if not row.batches:
        raise ValueError(f"batch is {batch}; {row.name} needs all examples at each iteration.")
    try:
        whole = operator.index(batch)
    except TypeError:
        raise ValueError(f"batch is {batch!r}; expected a whole number, 1 or larger.") from None
    if whole < 1:
        raise ValueError(f"batch is {whole}; expected a whole number, 1 or larger.")
    return whole
