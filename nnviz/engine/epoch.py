"""One pass over the m examples with Θ held fixed: Δ after any number of them, D, and Θ after the update."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.arrays import Array, frozen, sealed
from nnviz.engine.blocks import each_block
from nnviz.engine.lines import RIGHT, Lines, accumulated_by, gradient_by, move_on
from nnviz.engine.network import Network
from nnviz.engine.propagation import accumulated, checked_rate, examples, gradient

MOST_KEPT = 64 * 2**20  # bytes of sums that a pass may keep


@dataclass(frozen=True, eq=False)
class Epoch:
    """The pass over X (m, s_1) and Y (m, K), checked by ``epoch``; λ and α ≥ 0.

    ``rows``, of shape (m,), says which rows of a larger set the examples are; None: they are the whole set.
    ``descends`` says whether Θ := Θ − αD follows; other methods of training make a step of their own out of D.
    ``lines`` are those of backpropagation, which may hold a mistake.

    Any example can be entered at once. Δ after *count* examples is a function of *count* alone: whole blocks of some
    √m examples are summed when first needed and kept, the rest is one product, so it does not matter how one got there.
    D and the new Θ come from ``gradient``, the very function that training calls, so that stepping and running agree
    bit for bit.
    """

    network: Network
    X: Array
    Y: Array
    lambda_: float = 0.0
    learning_rate: float = 1.0
    rows: NDArray[np.intp] | None = None
    descends: bool = True
    lines: Lines = RIGHT

    @property
    def m(self) -> int:
        """The number of examples."""
        return len(self.X)

    @cached_property
    def D(self) -> tuple[Array, ...]:
        """∂J/∂Θ over all examples."""
        if self.lines is RIGHT:
            return gradient(self.network, self.X, self.Y, self.lambda_)
        return gradient_by(self.lines, self.network, self.X, self.Y, self.lambda_, self.learning_rate)

    @cached_property
    def updated(self) -> Network:
        """Θ := Θ − αD."""
        return descended(self.network, self.D, self.learning_rate, self.lines)

    @property
    def back_through(self) -> tuple[Array, ...]:
        """The Θ that δ goes back through: those of the network, unless they are changed too early."""
        return self.updated.thetas if self.lines.early else self.network.thetas

    @cached_property
    def right(self) -> "Epoch":
        """The same pass without a mistake."""
        return self if self.lines is RIGHT else replace(self, lines=RIGHT)

    def accumulator(self, count: int) -> tuple[Array, ...]:
        """Δ after the first *count* examples (0 … m), one matrix per Θ, read-only. Raises IndexError outside."""
        if not 0 <= count <= self.m:
            raise IndexError(f"count is {count}; expected 0 to {self.m}.")
        count = min(count, self.lines.counted(self.m))
        blocks, rest = divmod(count, self._block)
        sums = self._mark(blocks)
        return self._added(sums, count - rest, count) if rest else sums

    @property
    def _block(self) -> int:
        """√m examples, or more where the sums kept would take more than MOST_KEPT bytes."""
        sums = sum(theta.nbytes for theta in self.network.thetas)
        return max(math.isqrt(self.m - 1) + 1, math.ceil(self.m * sums / MOST_KEPT))

    @cached_property
    def _marks(self) -> dict[int, tuple[Array, ...]]:
        return {0: tuple(sealed(sums) for sums in self._at_first)}

    @property
    def _at_first(self) -> Iterable[Array]:
        """Δ before the first example: 0, unless it still holds the pass before."""
        if not self.lines.carried:
            return (np.zeros_like(theta) for theta in self.network.thetas)
        counted = self.lines.counted(self.m)
        passes = self._sums(self.X[:counted], self.Y[:counted])
        return (self.lines.carried * sums for sums in passes)

    def _mark(self, blocks: int) -> tuple[Array, ...]:
        """Δ after so many whole blocks, from the nearest one known before it; those on the way are kept, too."""
        known = max(block for block in tuple(self._marks) if block <= blocks)
        sums = self._marks[known]
        for block in range(known, blocks):
            sums = self._added(sums, block * self._block, (block + 1) * self._block)
            self._marks[block + 1] = sums
        return sums

    def _added(self, sums: tuple[Array, ...], start: int, stop: int) -> tuple[Array, ...]:
        """*sums* and what the examples *start* … *stop* − 1 add."""
        added = self._sums(self.X[start:stop], self.Y[start:stop])
        return tuple(sealed(before + more) for before, more in zip(sums, added))

    def _sums(self, X: Array, Y: Array) -> Sequence[Array]:
        """Δ of these examples alone."""
        if self.lines is RIGHT:
            return accumulated(self.network, each_block(self.network.sizes, X, Y, 1))
        return accumulated_by(self.lines, self.network, self.back_through, X, Y)


def epoch(network: Network, X: ArrayLike, Y: ArrayLike, lambda_: float = 0.0, learning_rate: float = 1.0) -> Epoch:
    """An ``Epoch`` over checked copies of the examples; arguments and errors as ``cost``."""
    X, Y = examples(network.sizes, X, Y)
    rates = checked_rate("lambda_", lambda_), checked_rate("learning_rate", learning_rate)
    return Epoch(network, frozen(X), frozen(Y), *rates)


def descended(network: Network, D: tuple[Array, ...], learning_rate: float, lines: Lines = RIGHT) -> Network:
    """Θ := Θ − αD, the one home of the step of gradient descent, as these lines do it."""
    thetas = tuple(theta - learning_rate * matrix for theta, matrix in zip(network.thetas, D))
    move_on(lines, network.thetas, thetas)
    return Network(tuple(map(sealed, thetas)), network.activation_name)
