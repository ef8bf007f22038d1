"""Mini-batches: which examples an iteration uses, as a function of its number and the seed alone."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.arrays import Array

Rows = NDArray[np.intp]


def batch_rows(iteration: int, m: int, batch: int | None, seed: int) -> Rows:
    """The rows of the examples from which Θ of *iteration* is updated, ascending, as a story walks over them.

    Every pass over the m examples has batches of its own; its last one may be smaller. None, or a batch of m or more,
    is all examples as they stand.
    """
    if batch is None or batch >= m:
        return np.arange(m)
    pass_, number = divmod(iteration, -(-m // batch))
    return order(pass_, m, batch, seed)[number * batch : (number + 1) * batch]


def order(pass_: int, m: int, batch: int, seed: int) -> Rows:
    """The m examples in the order of pass *pass_*, counted from 0: shuffled, then ascending within each batch."""
    rows = np.random.default_rng([seed, pass_]).permutation(m)
    whole = m // batch * batch
    rows[:whole].reshape(-1, batch).sort(axis=1)
    rows[whole:].sort()
    return rows


def batches(X: Array, Y: Array, batch: int | None, seed: int) -> Callable[[int], tuple[Array, Array]]:
    """A function from an iteration to X and Y of its ``batch_rows``; it puts a pass in order once, not at each call."""
    m = len(X)
    if batch is None or batch >= m:
        return lambda iteration: (X, Y)
    number_of_batches = -(-m // batch)
    ordered: tuple[Any, Array, Array] = (None, X, Y)

    def rows_of(iteration: int) -> tuple[Array, Array]:
        nonlocal ordered
        pass_, number = divmod(iteration, number_of_batches)
        if ordered[0] != pass_:
            rows = order(pass_, m, batch, seed)
            ordered = pass_, X[rows], Y[rows]
        part = slice(number * batch, (number + 1) * batch)
        return ordered[1][part], ordered[2][part]

    return rows_of
