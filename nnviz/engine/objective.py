"""J and D as functions of all of Θ in one vector, over examples that were checked once."""

import math
from functools import cached_property
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike

from nnviz.engine.arrays import Array, frozen, sealed
from nnviz.engine.batches import Batch
from nnviz.engine.blocks import blocks, columns
from nnviz.engine.cost import Cost
from nnviz.engine.lines import RIGHT, Lines, gradient_of_columns, move_on
from nnviz.engine.network import Network
from nnviz.engine.propagation import accumulated, checked_rate, examples

LARGEST_COST = 1e12  # a J that no network comes back from, far from where squares overflow
MOST_GROWTH = 1e3  # times the J of the start, or of a network that knows nothing, that a run may reach


def _unchanging(array: Array) -> Array:
    """The array itself if it is read-only, as those of a data set are; else a copy."""
    return frozen(array) if array.flags.writeable else array


class Evaluation(NamedTuple):
    """J and D at one Θ. ``theta`` and ``D`` are vectors, each matrix row by row, Θ⁽¹⁾ first; ``norm`` is ‖D‖₂.

    The matrices of ``network`` are views of ``theta``.
    """

    theta: Array
    network: Network
    cost: Cost
    D: Array
    norm: float

    @property
    def finite(self) -> bool:
        """Whether J and D hold neither inf nor nan."""
        return math.isfinite(self.cost.total) and math.isfinite(self.norm)

    def beyond(self, bound: float) -> bool:
        """Whether J is larger than *bound*, or J or D is not finite."""
        return not (self.cost.total <= bound and math.isfinite(self.norm))

    def checked_start(self) -> Self:
        """The same, if a run can start from here. Raises ValueError if J is beyond LARGEST_COST."""
        if self.beyond(LARGEST_COST):
            remedy = "take a smaller λ" if self.cost.decay > self.cost.data else "scale X down"
            raise ValueError(f"J is {self.cost.total:.3g} at the start; expected at most {LARGEST_COST:g}: {remedy}.")
        return self


class Objective:
    """J(Θ) over X (m, s_1) and Y (m, K), for networks with the sizes and the activation of *network*.

    One vector for all of Θ makes an update one operation, however many layers there are. With other *lines* than right
    ones D has their mistake, and J is right; *learning_rate* is for those that are ``early``. Raises ValueError as
    ``cost`` does.
    """

    def __init__(
        self,
        network: Network,
        X: ArrayLike,
        Y: ArrayLike,
        lambda_: float,
        lines: Lines = RIGHT,
        learning_rate: float = 0.0,
    ) -> None:
        self.X, self.Y = map(_unchanging, examples(network.sizes, X, Y))
        self.lambda_ = checked_rate("lambda_", lambda_)
        self.lines = lines
        self._learning_rate = learning_rate
        self._like = network
        self._pulls: dict[int, Array] = {}

    @property
    def m(self) -> int:
        """The number of examples."""
        return len(self.X)

    @cached_property
    def whole(self) -> Batch:
        """All examples."""
        return Batch(self.m, tuple(blocks(self._like.sizes, self.X, self.Y, self.m)))

    def at(self, theta: Array, batch: Batch | None = None) -> Evaluation:
        """J and D at *theta*, which is sealed, over all examples or over a batch of them.

        A batch of b has the J and D that ``cost`` and ``gradient`` give its rows with λ·b/m: the same weight decay as
        over all examples. To be called where NumPy's warnings are off: inf and nan are seen in ``finite``.
        """
        if batch is None:
            batch = self.whole
        network = self.network(theta)
        now = self._evaluated(theta, network, batch, quick=True)
        if not now.finite:
            now = self._evaluated(theta, network, batch, quick=False)
        return now if self.lines is RIGHT else self._mistaken(now, batch)

    def _mistaken(self, right: Evaluation, batch: Batch) -> Evaluation:
        """The same J with D as the lines have it."""
        decay = self.lambda_ * (batch.m / self.m)
        a, Y = columns(batch.blocks)
        found = gradient_of_columns(self.lines, right.network, a, Y, decay, self._learning_rate)
        D = np.concatenate([matrix.ravel() for matrix in found])
        return right._replace(D=D, norm=math.sqrt(D.dot(D)))

    def _evaluated(self, theta: Array, network: Network, batch: Batch, *, quick: bool) -> Evaluation:
        costs: list[float] = []
        D = np.concatenate([sums.ravel() for sums in accumulated(network, batch.blocks, costs, quick=quick)])
        data, decay = sum(costs), 0.0
        if self.lambda_ != 0.0:
            pull = self._pull(batch.m) * theta
            decay = 0.5 * float(pull.dot(theta))
            D += pull
        return Evaluation(theta, network, Cost(data + decay, data, decay), D, math.sqrt(D.dot(D)))

    def move_on(self, old: Array, new: Array) -> None:
        """Make the update from *old* to *new*, a vector that nobody else has, one with the mistake of the lines."""
        move_on(self.lines, self._like.cut(old), self._like.cut(new))

    @property
    def least_divergent(self) -> float:
        """No J below this has diverged: MOST_GROWTH times K log 2, what knowing nothing costs."""
        return MOST_GROWTH * int(self.Y.shape[1]) * math.log(2.0)

    def divergent(self, start: Network) -> float:
        """The J beyond which a run from *start* has diverged: MOST_GROWTH times J there, if that is more."""
        J = self.at(start.unroll("C")).cost.total
        return min(max(MOST_GROWTH * J, self.least_divergent), LARGEST_COST)

    def network(self, theta: Array) -> Network:
        """The network whose matrices are views of *theta*, which is sealed."""
        return Network(tuple(self._like.cut(sealed(theta))), self._like.activation_name)

    def _pull(self, count: int) -> Array:
        """λ/m for every weight and 0 for every bias, rounded as in ``gradient`` over *count* examples."""
        if count not in self._pulls:
            pull = np.full(self._like.entries, self.lambda_ * (count / self.m) / count)
            for matrix in self._like.cut(pull):
                matrix[:, 0] = 0.0
            self._pulls[count] = pull
        return self._pulls[count]
