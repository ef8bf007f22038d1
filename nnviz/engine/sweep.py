"""How far off each way to the slope of J is, by ε: truncation on one side, rounding on the other."""

from collections.abc import Generator, Sequence
from typing import NamedTuple

import numpy as np

from nnviz.engine.arrays import Array
from nnviz.engine.propagation import gradient
from nnviz.engine.slopes import WAYS, Surroundings, part, slopes

EPSILONS = tuple(float(f"1e-{power}") for power in range(1, 16))


class Sweep(NamedTuple):
    """For each way by name ‖estimate − slope‖ / ‖slope‖ at each of EPSILONS; to the complex step ε is nothing."""

    errors: dict[str, tuple[float, ...]]

    def best(self, name: str) -> float:
        """The ε at which that way errs least."""
        return EPSILONS[int(np.argmin(self.errors[name]))]


def sweep(around: Surroundings) -> Generator[float, None, Sweep]:
    """Measure all ways against backpropagation; yields what share of the work is done."""
    D = gradient(around.network, around.X, around.Y, around.lambda_)
    errors: dict[str, tuple[float, ...]] = {row.name: () for row in WAYS}
    rows = [(row, epsilon) for row in WAYS for epsilon in (EPSILONS if row.steps else EPSILONS[:1])]
    for number, (row, epsilon) in enumerate(rows):
        estimate = yield from part(slopes(around, row, epsilon), number / len(rows), (number + 1) / len(rows))
        errors[row.name] += (_error(estimate, D),) * (1 if row.steps else len(EPSILONS))
    return Sweep(errors)


def _error(estimate: Sequence[Array], D: Sequence[Array]) -> float:
    off = np.concatenate([(e - d).ravel() for e, d in zip(estimate, D)])
    size = float(np.linalg.norm(np.concatenate([d.ravel() for d in D])))
    return float(np.linalg.norm(off)) / size if size else float(np.linalg.norm(off))
