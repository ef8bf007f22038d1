"""The gradient check: whether D agrees with the slope of J, for every single Θ."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.arrays import Array, numeric, sealed, shaped
from nnviz.engine.network import Network
from nnviz.engine.propagation import checked_rate, examples
from nnviz.engine.propagation import gradient as right_gradient
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.rounding import SAFETY, UNIT, gradient_rounding
from nnviz.engine.slopes import EPSILON, Surroundings, Way, part, slopes, way

DECIMALS = 4
"""What "to a few decimals" means where the course's rule is applied."""
SMALLEST_EPSILON, LARGEST_EPSILON = 1e-16, 1.0

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """What was found, everything shaped like Θ unless it says otherwise.

    ``D`` is what was checked, ``estimate`` the slope by ``method`` with ``epsilon``, as the student sees it. The
    verdict rests on ``slope``, by the complex step, and on ``tolerance``, how far right code may be off by rounding.
    """

    method: Way
    epsilon: float
    D: tuple[Array, ...]
    estimate: tuple[Array, ...]
    slope: tuple[Array, ...]
    tolerance: tuple[Array, ...]

    @cached_property
    def difference(self) -> tuple[Array, ...]:
        """D − estimate."""
        return tuple(sealed(d - e) for d, e in zip(self.D, self.estimate))

    @cached_property
    def relative(self) -> tuple[Array, ...]:
        """|D − estimate| / |D + estimate|; where both are 0 they agree: 0."""
        return tuple(sealed(_ratio(np.abs(d - e), np.abs(d + e))) for d, e in zip(self.D, self.estimate))

    @cached_property
    def agrees(self) -> tuple[Mask, ...]:
        """Where D is the slope, but for rounding."""
        return tuple(np.abs(d - s) <= t for d, s, t in zip(self.D, self.slope, self.tolerance))

    @property
    def passed(self) -> bool:
        """Whether D agrees with the slope everywhere."""
        return self.wrong == 0

    @cached_property
    def wrong(self) -> int:
        """How many entries do not agree."""
        return sum(int(np.count_nonzero(~right)) for right in self.agrees)

    @property
    def entries(self) -> int:
        """How many there are."""
        return sum(d.size for d in self.D)

    @cached_property
    def layers(self) -> tuple[float, ...]:
        """‖D⁽ˡ⁾ − estimate‖ / ‖D⁽ˡ⁾ + estimate‖ for each l."""
        return tuple(_relative_difference([d], [e]) for d, e in zip(self.D, self.estimate))

    @cached_property
    def relative_difference(self) -> float:
        """The same over all entries."""
        return _relative_difference(self.D, self.estimate)

    @cached_property
    def course_agrees(self) -> bool:
        """What the course's rule says: D and estimate are the same to DECIMALS decimals."""
        return all(bool((np.abs(d) < 0.5 * 10.0**-DECIMALS).all()) for d in self.difference)

    def worst(self, count: int) -> tuple[Address, ...]:
        """The *count* entries of D that are farthest from the slope; of equals the first first."""
        off = np.concatenate([np.abs(d - s).ravel() for d, s in zip(self.D, self.slope)])
        order = np.argsort(-np.nan_to_num(off, nan=np.inf), kind="stable")[:count]
        starts = np.cumsum([0, *[d.size for d in self.D]])
        layers = np.searchsorted(starts, order, side="right")
        return tuple(
            Address(Symbol.D, int(layer), int(row) + 1, int(column))
            for layer, index in zip(layers, order)
            for row, column in [divmod(int(index - starts[layer - 1]), self.D[layer - 1].shape[1])]
        )


def check_gradient(
    network: Network,
    X: ArrayLike,
    Y: ArrayLike,
    lambda_: float = 0.0,
    epsilon: float = EPSILON,
    method: str = "two-sided",
    gradient: Sequence[ArrayLike] | None = None,
) -> GradientCheck:
    """Compares *gradient*, matrices shaped like Θ (None: the program's own D), with the slope of J.

    X, Y, *lambda_* as for ``cost``; *method* names a row of WAYS, which *epsilon* is for. A gradient that is not finite
    is not refused: there it does not agree. Raises ValueError for arguments that do not fit.
    """
    work = checking(network, X, Y, lambda_, epsilon, method, gradient)
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: GradientCheck = end.value
            return found


def checking(
    network: Network,
    X: ArrayLike,
    Y: ArrayLike,
    lambda_: float = 0.0,
    epsilon: float = EPSILON,
    method: str = "two-sided",
    gradient: Sequence[ArrayLike] | None = None,
) -> Generator[float, None, GradientCheck]:
    """``check_gradient`` bit by bit: yields what share of the work is done, from 0 to 1, and returns what was found."""
    X, Y = examples(network.sizes, X, Y)
    lambda_ = checked_rate("lambda_", lambda_)
    if not SMALLEST_EPSILON <= epsilon <= LARGEST_EPSILON:
        raise ValueError(f"epsilon is {epsilon}; expected {SMALLEST_EPSILON:g} to {LARGEST_EPSILON:g}.")
    row = way(method)
    D = right_gradient(network, X, Y, lambda_) if gradient is None else checked_gradient(network, gradient)
    around = Surroundings(network, X, Y, lambda_)
    estimate = yield from part(slopes(around, row, epsilon), 0.0, 0.5)
    judge = way("complex-step")
    slope = estimate if row is judge else (yield from part(slopes(around, judge, epsilon), 0.5, 1.0))
    return GradientCheck(row, epsilon, D, estimate, slope, gradient_rounding(network, X, Y, lambda_))


def check_update(before: Network, after: Network, D: Sequence[Array], learning_rate: float) -> tuple[Mask, ...]:
    """Where Θ_new − Θ = −αD but for rounding: a fault in the update passes every check of the gradient."""
    found = []
    for old, new, matrix in zip(before.thetas, after.thetas, D, strict=True):
        step = learning_rate * matrix
        found.append(np.abs((new - old) + step) <= SAFETY * UNIT * (np.abs(old) + np.abs(step)))
    return tuple(found)


def checked_gradient(network: Network, gradient: Sequence[ArrayLike]) -> tuple[Array, ...]:
    """Copies of matrices shaped like Θ, whose entries need not be finite. Raises ValueError for other shapes."""
    if len(gradient) != len(network.thetas):
        raise ValueError(f"gradient has {len(gradient)} matrices; expected {len(network.thetas)}, one for each Θ.")
    return tuple(
        sealed(shaped(f"D{layer}", np.array(numeric(f"D{layer}", matrix)), theta.shape))
        for layer, (matrix, theta) in enumerate(zip(gradient, network.thetas), 1)
    )


def _relative_difference(D: Sequence[Array], estimate: Sequence[Array]) -> float:
    minus = np.concatenate([(d - e).ravel() for d, e in zip(D, estimate)])
    plus = np.concatenate([(d + e).ravel() for d, e in zip(D, estimate)])
    with np.errstate(over="ignore"):
        return float(_ratio(np.linalg.norm(minus), np.linalg.norm(plus)))


def _ratio(above: ArrayLike, below: ArrayLike) -> Array:
    """0/0 means agreement."""
    top, bottom = np.asarray(above), np.asarray(below)
    with np.errstate(all="ignore"):
        found: Array = np.where(top == 0.0, 0.0, top / bottom)
    return found
