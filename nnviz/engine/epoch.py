"""One pass over the m examples with Θ held fixed: Δ after any number of them, D, and Θ after the update."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.arrays import Array, frozen, sealed
from nnviz.engine.blocks import each_block
from nnviz.engine.network import Network
from nnviz.engine.propagation import accumulated, checked_rate, examples, gradient

MOST_KEPT = 64 * 2**20  # bytes of sums that a pass may keep


@dataclass(frozen=True, eq=False)
class Epoch:
    """The pass over X (m, s_1) and Y (m, K), checked by ``epoch``; λ and α ≥ 0.

    ``rows``, of shape (m,), says which rows of a larger set the examples are; None: they are the whole set.
    ``descends`` says whether Θ := Θ − αD follows; other methods of training make a step of their own out of D.

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

    @property
    def m(self) -> int:
        """The number of examples."""
        return len(self.X)

    @cached_property
    def D(self) -> tuple[Array, ...]:
        """∂J/∂Θ over all examples."""
        return gradient(self.network, self.X, self.Y, self.lambda_)

    @cached_property
    def updated(self) -> Network:
        """Θ := Θ − αD."""
        return descended(self.network, self.D, self.learning_rate)

    def accumulator(self, count: int) -> tuple[Array, ...]:
        """Δ after the first *count* examples (0 … m), one matrix per Θ, read-only. Raises IndexError outside."""
        if not 0 <= count <= self.m:
            raise IndexError(f"count is {count}; expected 0 to {self.m}.")
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
        return {0: tuple(sealed(np.zeros_like(theta)) for theta in self.network.thetas)}

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
        added = accumulated(self.network, each_block(self.network.sizes, self.X[start:stop], self.Y[start:stop], 1))
        return tuple(sealed(before + more) for before, more in zip(sums, added))


def epoch(network: Network, X: ArrayLike, Y: ArrayLike, lambda_: float = 0.0, learning_rate: float = 1.0) -> Epoch:
    """An ``Epoch`` over checked copies of the examples; arguments and errors as ``cost``."""
    X, Y = examples(network.sizes, X, Y)
    rates = checked_rate("lambda_", lambda_), checked_rate("learning_rate", learning_rate)
    return Epoch(network, frozen(X), frozen(Y), *rates)


def descended(network: Network, D: tuple[Array, ...], learning_rate: float) -> Network:
    """Θ := Θ − αD, the one home of the step of gradient descent."""
    thetas = tuple(sealed(theta - learning_rate * matrix) for theta, matrix in zip(network.thetas, D))
    return Network(thetas, network.activation_name)
