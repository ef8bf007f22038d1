"""Examples as the products of a pass want them: in blocks, a column each."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from nnviz.engine.activations import ONE
from nnviz.engine.arrays import Array

# Examples at a time: so few that z, a and δ stay in the processor's cache and that each product of layer 1 stays below
# the 10⁶ multiplications that OpenBLAS does in a quicker way; where it cannot, as many as suit its other way.
SMALL, _LARGE, _SMALL_PRODUCT = 450, 1500, 10**6
_WIDE = 32  # inputs from which on copying X, to put a row of ones on top, takes longer than the bias by itself


class Block(NamedTuple):
    """Some examples, a column each: a⁽¹⁾ with its bias unit, shape (s_1 + 1, b), and y and 1 − y, each (K, b).

    ``share`` is 1/m, each example's share of the mean that is taken. A wide layer 1 goes without its bias unit, see
    ``inputs``.
    """

    a: Array
    Y: Array
    rest: Array
    share: float


def block(X: Array, Y: Array, m: int) -> Block:
    """The rows of checked X (b, s_1) and Y (b, K) as columns."""
    columns = Y.T.copy()  # in the memory order of z, with which it is combined
    return Block(inputs(X), columns, ONE - columns, 1.0 / m)


def blocks(sizes: Sequence[int], X: Array, Y: Array, m: int) -> list[Block]:
    """All rows, in blocks that suit products of layers of these sizes."""
    return list(each_block(sizes, X, Y, m))


def each_block(sizes: Sequence[int], X: Array, Y: Array, m: int) -> Iterator[Block]:
    """The same one by one: for a single use, in which the next takes the memory of the last."""
    if len(X) <= SMALL:
        yield block(X, Y, m)
        return
    size = SMALL if sizes[1] * (sizes[0] + 1) * SMALL < _SMALL_PRODUCT else _LARGE
    for start in range(0, len(X), size):
        yield block(X[start : start + size], Y[start : start + size], m)


def equal_blocks(X: Array, Y: Array, size: int) -> list[Block]:
    """Blocks of *size* rows, each with a mean of its own: all at once, which is quicker than one by one."""
    stack = X.reshape(-1, size, X.shape[1]).mT
    a = stack
    if X.shape[1] < _WIDE:
        a = np.empty((len(stack), X.shape[1] + 1, size))
        a[:, 0] = ONE
        a[:, 1:] = stack
    columns = np.ascontiguousarray(Y.reshape(-1, size, Y.shape[1]).mT)
    return [Block(*parts, 1.0 / size) for parts in zip(a, columns, ONE - columns)]


def columns(parts: Sequence[Block]) -> tuple[Array, Array]:
    """a⁽¹⁾ and y of all blocks side by side; of one block, its own."""
    if len(parts) == 1:
        return parts[0].a, parts[0].Y
    return np.concatenate([part.a for part in parts], axis=1), np.concatenate([part.Y for part in parts], axis=1)


def inputs(X: Array) -> Array:
    """a⁽¹⁾: X with its bias unit, but a wide X as it is, shape (s_1, m); see ``_WIDE``."""
    if X.shape[1] >= _WIDE:
        return np.ascontiguousarray(X).T  # a copy only of one with gaps in memory, which BLAS does not take
    return with_bias_unit(X.T)


def with_bias_unit(columns: Array) -> Array:
    """The columns, shape (s, m), under a row of ones: a new array."""
    s, m = columns.shape
    a = np.empty((s + 1, m))
    a[0] = ONE
    a[1:] = columns
    return a
