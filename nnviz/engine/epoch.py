"""One pass over the m examples with Θ held fixed: Δ after any number of them, D, and Θ after the update."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from nnviz.engine.arrays import Array, frozen, sealed
from nnviz.engine.network import Network
from nnviz.engine.propagation import accumulated, checked_rate, examples, gradient


@dataclass(frozen=True, eq=False)
class Epoch:
    """The pass over X (m, s_1) and Y (m, K), checked by ``epoch``; λ and α ≥ 0.

    Any example can be entered at once. Δ after *count* examples is a function of *count* alone: whole blocks of √m
    examples are summed once and kept, the rest is one product, so it does not matter how one got there. D and the
    new Θ come from ``gradient``, the very function that training calls, so that stepping and running agree bit for bit.
    """

    network: Network
    X: Array
    Y: Array
    lambda_: float = 0.0
    learning_rate: float = 1.0

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
        sums = self._checkpoints[blocks]
        if rest:
            added = accumulated(self.network, self.X[count - rest : count], self.Y[count - rest : count])
            sums = tuple(sealed(before + more) for before, more in zip(sums, added))
        return sums

    @property
    def _block(self) -> int:
        return math.isqrt(self.m - 1) + 1

    @cached_property
    def _checkpoints(self) -> tuple[tuple[Array, ...], ...]:
        """Δ after 0, 1, 2, … whole blocks."""
        sums = tuple(sealed(np.zeros_like(theta)) for theta in self.network.thetas)
        marks = [sums]
        for start in range(0, self.m - self._block + 1, self._block):
            added = accumulated(self.network, self.X[start : start + self._block], self.Y[start : start + self._block])
            sums = tuple(sealed(before + more) for before, more in zip(sums, added))
            marks.append(sums)
        return tuple(marks)


def epoch(network: Network, X: ArrayLike, Y: ArrayLike, lambda_: float = 0.0, learning_rate: float = 1.0) -> Epoch:
    """An ``Epoch`` over checked copies of the examples; arguments and errors as ``cost``."""
    X, Y = examples(network.sizes, X, Y)
    rates = checked_rate("lambda_", lambda_), checked_rate("learning_rate", learning_rate)
    return Epoch(network, frozen(X), frozen(Y), *rates)


def descended(network: Network, D: tuple[Array, ...], learning_rate: float) -> Network:
    """Θ := Θ − αD, the one home of the step of gradient descent."""
    thetas = tuple(sealed(theta - learning_rate * matrix) for theta, matrix in zip(network.thetas, D))
    return Network(thetas, network.activation_name)
