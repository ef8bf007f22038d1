"""The check of one iteration of a training: its D by the slopes of J, and the step of Θ that led to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from nnviz.engine.arrays import Array
from nnviz.engine.batches import batch_rows
from nnviz.engine.check import check_gradient, check_update
from nnviz.engine.faults import lines_with
from nnviz.engine.lines import RIGHT, Lines, gradient_by
from nnviz.engine.methods import DESCENT
from nnviz.engine.network import Network
from nnviz.engine.progress import Progress
from nnviz.engine.propagation import gradient

JUDGE = "complex-step"
"""The way by which the verdict is reached: one value of J for each Θ, and no other way is shown beside it."""


class Verdict(NamedTuple):
    """In how many entries ``gradient``, the D of an iteration, is wrong, and in how many ``update``, the step to it.

    The step is Θ := Θ − αD with the D of the iteration before, which may itself be wrong.
    """

    iteration: int
    gradient: int
    update: int


@dataclass(frozen=True, eq=False)
class IterationCheck:
    """How the iterations of a training by ``train`` are checked; the fields are its arguments, X and Y checked."""

    X: Array
    Y: Array
    method: str = DESCENT
    learning_rate: float | None = None
    lambda_: float = 0.0
    batch: int | None = None
    seed: int = 0
    fault: str | None = None

    def verdict(self, now: Progress, before: Progress | None) -> Verdict:
        """Check D of *now*, and the step from *before*, the iteration before it; without that no step.

        Over a batch J is that of the batch, with λ·b/m. Only gradient descent has a step that is −αD.
        """
        X, Y, lambda_ = self._examples(now.iteration)
        with np.errstate(all="ignore"):  # of a run that blows up
            D = self._gradient(now)
            wrong = check_gradient(now.network, X, Y, lambda_, method=JUDGE, gradient=D).wrong
            update = 0 if before is None or self.method != DESCENT else self._wrong_step(before, now.network)
        return Verdict(now.iteration, wrong, update)

    @property
    def _lines(self) -> Lines:
        return lines_with(self.fault)

    def _examples(self, iteration: int) -> tuple[Array, Array, float]:
        """X, Y and λ of J at an iteration."""
        m = len(self.X)
        if self.batch is None or self.batch >= m:
            return self.X, self.Y, self.lambda_
        rows = batch_rows(iteration, m, self.batch, self.seed)
        return self.X[rows], self.Y[rows], self.lambda_ * (len(rows) / m)

    def _gradient(self, at: Progress) -> Sequence[Array]:
        """D as the training has worked it out there: the same lines with the same numbers."""
        X, Y, lambda_ = self._examples(at.iteration)
        lines = self._lines
        if lines is RIGHT:
            return gradient(at.network, X, Y, lambda_)
        return gradient_by(lines, at.network, X, Y, lambda_, self.learning_rate or 0.0)

    def _wrong_step(self, before: Progress, after: Network) -> int:
        assert self.learning_rate is not None
        right = check_update(before.network, after, tuple(self._gradient(before)), self.learning_rate)
        return sum(int(np.count_nonzero(~mask)) for mask in right)
