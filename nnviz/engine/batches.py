"""Mini-batches: which examples an iteration uses, as a function of its number and the seed alone."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.arrays import Array
from nnviz.engine.blocks import SMALL, Block, blocks, equal_blocks

Rows = NDArray[np.intp]


class Batch(NamedTuple):
    """The examples of one update: how many, and they as products want them."""

    m: int
    blocks: tuple[Block, ...]


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


def batches(X: Array, Y: Array, batch: int, sizes: Sequence[int], seed: int) -> Callable[[int], Batch]:
    """A function from an iteration to its ``batch_rows``, fewer than m; it puts a pass in order once, not each time."""
    number_of_batches = -(-len(X) // batch)
    ready: tuple[int | None, list[Batch]] = None, []

    def batch_of(iteration: int) -> Batch:
        nonlocal ready
        pass_, number = divmod(iteration, number_of_batches)
        if ready[0] != pass_:
            rows = order(pass_, len(X), batch, seed)
            ready = pass_, _cut(X[rows], Y[rows], batch, sizes)
        return ready[1][number]

    return batch_of


def _cut(X: Array, Y: Array, batch: int, sizes: Sequence[int]) -> list[Batch]:
    """The rows in batches; what is left over is a smaller one."""
    whole = len(X) // batch * batch
    if batch <= SMALL:
        found = [Batch(batch, (one,)) for one in equal_blocks(X[:whole], Y[:whole], batch)]
    else:
        parts = [slice(start, start + batch) for start in range(0, whole, batch)]
        found = [Batch(batch, tuple(blocks(sizes, X[part], Y[part], batch))) for part in parts]
    rest = len(X) - whole
    if rest:
        found.append(Batch(rest, tuple(blocks(sizes, X[whole:], Y[whole:], rest))))
    return found
