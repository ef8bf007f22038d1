"""The slope of J along every single Θ, from J alone: it knows nothing of δ, and so can judge backpropagation.

Moving one Θ⁽ˡ⁾ moves one z of layer l + 1 and what follows from it; only that is computed anew, for many Θ at a time.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.activations import LARGEST_EXPONENT
from nnviz.engine.arrays import Array, sealed
from nnviz.engine.blocks import with_bias_unit
from nnviz.engine.cost import weight_decay
from nnviz.engine.network import Network
from nnviz.engine.propagation import cost

Moved = NDArray[Any]  # of real or of complex numbers
Found = TypeVar("Found")
Outputs = tuple[slice | None, ...]

EPSILON = 1e-4
"""The course's ε."""
TINY = 1e-20
"""The h of the complex step: its square is lost beside 1, so nothing is left to cancel (W. Squire and G. Trapp, SIAM
Review 40(1), 1998, p. 110)."""
_AT_ONCE = 2**14  # numbers of the widest layer, so that they stay near the processor
_FEWEST = 8  # inputs at once, whatever that takes: each portion has some calls to make


class Way(NamedTuple):
    """A way to come from values of J to its slope.

    ``steps`` are the h, in units of ε, at which J is evaluated for each Θ, and ``weights`` their factors in the sum
    that is divided by ε; J at Θ itself has the factor ``at_rest``. ``order`` is the power of ε that its error follows.
    The complex step has none of these: it needs one J of complex numbers.
    """

    name: str
    title: str
    formula: str
    steps: tuple[float, ...]
    weights: tuple[float, ...]
    at_rest: float
    order: int

    @property
    def evaluations(self) -> int:
        """How many J go into the slope along one Θ; J at Θ itself, the same for all of them, is counted too."""
        return max(1, len(self.steps)) + bool(self.at_rest)

    def all_evaluations(self, entries: int) -> int:
        """How many J go into the slopes along so many Θ."""
        return max(1, len(self.steps)) * entries + bool(self.at_rest)


WAYS: tuple[Way, ...] = (
    Way("one-sided", "One-sided", "(J(θ + ε) − J(θ)) / ε", (1.0,), (1.0,), -1.0, 1),
    Way("two-sided", "Two-sided", "(J(θ + ε) − J(θ − ε)) / 2ε", (1.0, -1.0), (0.5, -0.5), 0.0, 2),
    Way(
        "richardson",
        "Richardson",
        "(8 J(θ + ε) − 8 J(θ − ε) − J(θ + 2ε) + J(θ − 2ε)) / 12ε",
        (1.0, -1.0, 2.0, -2.0),
        (8 / 12, -8 / 12, -1 / 12, 1 / 12),
        0.0,
        4,
    ),
    Way("complex-step", "Complex step", "Im J(θ + ih) / h", (), (), 0.0, 2),
)
"""Richardson's is two-sided at ε and 2ε, combined so that the ε² of their errors cancels."""


def way(name: str) -> Way:
    """The row called *name*. Raises ValueError naming those there are."""
    for row in WAYS:
        if row.name == name:
            return row
    raise ValueError(f"method is {name!r}; expected one of {', '.join(row.name for row in WAYS)}.")


@dataclass(frozen=True, eq=False)
class Surroundings:
    """J around Θ, over checked X (m, s_1) and Y (m, K)."""

    network: Network
    X: Array
    Y: Array
    lambda_: float

    @property
    def m(self) -> int:
        """The number of examples."""
        return len(self.X)

    @cached_property
    def _z(self) -> list[Array]:
        """z of layers 2 … L at Θ itself, a column per example."""
        return [theta.dot(a) for theta, a in zip(self.network.thetas, self._a)]

    @cached_property
    def _a(self) -> list[Array]:
        """a of layers 1 … L − 1 at Θ itself, bias unit first."""
        a = [with_bias_unit(self.X.T)]
        for theta in self.network.thetas[:-1]:
            a.append(with_bias_unit(self.network.activation.value(theta.dot(a[-1]))))
        return a

    @cached_property
    def _terms(self) -> tuple[tuple[Array, Array | None], ...]:
        """The cost as a sum of weight · log(1 + e^(sign · z)): each sign and weight (K, m); None: a weight of 1.

        (1 − y) log(1 + e^z) + y log(1 + e^(−z)) has one term where every y is 0 or 1, else two.
        """
        Y = np.ascontiguousarray(self.Y.T)
        if ((Y == 0.0) | (Y == 1.0)).all():
            return ((1.0 - 2.0 * Y, None),)
        ones = np.ones_like(Y)
        return (ones, 1.0 - Y), (-ones, Y)

    def costs(self, steps: Moved) -> Generator[float, None, tuple[Moved, ...]]:
        """J with each Θ by itself moved by each of S *steps*: shapes (S, *shape of Θ*).

        Yields what share of the work is done.
        """
        found = [np.empty((len(steps), *theta.shape), steps.dtype) for theta in self.network.thetas]
        h = steps[:, None, None, None]
        done = 0
        for layer, (matrix, theta) in enumerate(zip(found, self.network.thetas)):
            for units, inputs in self._portions(layer, len(steps)):
                z = self._z[layer][units, None, :] + h * self._a[layer][inputs, :]
                part = matrix[:, units, inputs]
                part[:] = self._cost(layer, units, z)
                done += part[0].size
                yield done / self.network.entries
            matrix += self._decay(theta, steps[:, None, None])
        return tuple(found)

    def along(self, layer: int, unit: int, index: int, steps: Moved) -> Moved:
        """J with Θ⁽ˡ⁾ of *unit* (from 1) and *index* (0: bias) moved by each of S *steps*, shape (S,)."""
        units, inputs = slice(unit - 1, unit), slice(index, index + 1)
        z = self._z[layer - 1][units, None, :] + steps[:, None, None, None] * self._a[layer - 1][inputs, :]
        decay = self._decay(self.network.theta(layer)[units], steps[:, None, None])[:, 0, index]
        J: Moved = self._cost(layer - 1, units, z)[:, 0, 0] + decay
        return J

    def _cost(self, layer: int, units: slice, z: Moved) -> Moved:
        """The data part of J, shape (S, units, inputs), where *z*, with a column per example, is of those units."""
        if layer == len(self._z) - 1:
            moved_costs = self._summed(z, (units, None))
            moved_costs += (self._resting.sum() - self._resting[units])[:, None]
            moved_costs /= self.m
            return moved_costs
        weights, *others = self.network.thetas[layer + 1 :]
        value = self.network.activation.value
        moved = value(z)
        moved -= self._a[layer + 1][1:][units, None, :]
        following = weights[:, 1:][:, None, units, None, None] * moved
        following += self._z[layer + 1][:, None, None, None, :]
        for theta in others:
            activations = value(following).reshape(len(following), -1)
            following = (theta[:, 1:].dot(activations) + theta[:, :1]).reshape(len(theta), *z.shape)
        costs: Moved = self._summed(following, (slice(None), None, None, None)).sum(axis=0)
        costs /= self.m
        return costs

    def _summed(self, z: Moved, outputs: Outputs) -> Moved:
        """The cost over all examples, the last axis of *z*, whose place it takes; *outputs* fit those (K, m) to it."""
        *others, (sign, weight) = self._terms
        costs = [_summed(a_sign[outputs] * z, a_weight, outputs) for a_sign, a_weight in others]
        z *= sign[outputs]
        total = _summed(z, weight, outputs)
        for one in costs:
            total += one
        return total

    @cached_property
    def _resting(self) -> Array:
        """The cost of each output at Θ itself, shape (K,)."""
        return self._summed(self._z[-1].copy(), (slice(None),))

    def _portions(self, layer: int, steps: int) -> Iterator[tuple[slice, slice]]:
        """Units and inputs to move in one go."""
        units, inputs = self.network.thetas[layer].shape
        width = max((len(theta) for theta in self.network.thetas[layer + 1 :]), default=1) * self.m * steps
        some = max(_FEWEST, _AT_ONCE // width)
        rows = max(1, some // inputs)
        for first in range(0, units, rows):
            for start in range(0, inputs, some):
                yield slice(first, min(first + rows, units)), slice(start, min(start + some, inputs))

    def _decay(self, theta: Array, h: Moved) -> Moved:
        """What weight decay adds to J: that of all, and 2Θh + h² of the one that is moved, bias column left out."""
        moved: Moved = (2.0 * h) * theta
        moved += h * h
        moved *= self.lambda_ / (2 * self.m)
        moved[..., 0] = 0.0
        moved += self._decay_at_rest
        return moved

    @cached_property
    def _decay_at_rest(self) -> float:
        return weight_decay(self.network.thetas, self.lambda_, self.m)


def _summed(s: Moved, weight: Array | None, outputs: Outputs) -> Moved:
    """Σ weight · log(1 + e^s) over the last axis, for which it takes the place of *s*."""
    soft = _softplus(s)
    if weight is not None:
        soft *= weight[outputs]
    total: Moved = soft.sum(axis=-1)
    return total


def _softplus(s: Moved) -> Moved:
    """log(1 + e^s), in its place: no power overflows, and no digits are lost where the result is small."""
    if np.iscomplexobj(s):
        large = s.real > 0.0
        soft: Moved = np.log1p(np.exp(np.where(large, -s, s)))
        soft[large] += s[large]
        return soft
    if s.item(s.argmax()) > LARGEST_EXPONENT:
        return np.logaddexp(0.0, s)
    np.exp(s, s)
    return np.log1p(s, s)


def slopes(surroundings: Surroundings, method: Way, epsilon: float) -> Generator[float, None, tuple[Array, ...]]:
    """The slope of J along every Θ, shaped like Θ, read-only; yields what share of the work is done."""
    if not method.steps:
        found = yield from surroundings.costs(np.array([TINY * 1j]))
        return tuple(sealed(J[0].imag / TINY) for J in found)
    found = yield from surroundings.costs(epsilon * np.array(method.steps))
    weights = np.array(method.weights)[:, None, None]
    sums = [(weights * J).sum(axis=0) for J in found]
    if method.at_rest:
        here = cost(surroundings.network, surroundings.X, surroundings.Y, surroundings.lambda_).total
        sums = [total + method.at_rest * here for total in sums]
    return tuple(sealed(total / epsilon) for total in sums)


def part(work: Generator[float, None, Found], start: float, stop: float) -> Generator[float, None, Found]:
    """The same work as a part of more, which begins and ends at these shares."""
    while True:
        try:
            done = next(work)
        except StopIteration as end:
            found: Found = end.value
            return found
        yield start + (stop - start) * done


def looped(surroundings: Surroundings, method: Way, epsilon: float, entries: int | None = None) -> tuple[Array, ...]:
    """The same as the course has it: a loop over thetaPlus and thetaMinus, with all of J for each.

    Not for the complex step, which needs a J of complex numbers. Of so many *entries* only, row by row, the others
    are nan: for large networks the loop takes minutes.
    """
    network, arguments = surroundings.network, (surroundings.X, surroundings.Y, surroundings.lambda_)
    theta = network.unroll("C")
    count = len(theta) if entries is None else min(entries, len(theta))
    slope = np.full(len(theta), np.nan)
    slope[:count] = method.at_rest * cost(network, *arguments).total if method.at_rest else 0.0
    for index in range(count):
        for step, weight in zip(method.steps, method.weights):
            moved = theta.copy()
            moved[index] += step * epsilon
            at = Network(tuple(network.cut(moved)), network.activation_name)
            slope[index] += weight * cost(at, *arguments).total
    return tuple(sealed(matrix) for matrix in network.cut(slope / epsilon))
