"""The networks and examples on which the student's code is judged: from fixed seeds, the smallest first."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from nnviz.engine.arrays import Array, sealed
from nnviz.engine.cost import Cost
from nnviz.engine.network import Network
from nnviz.engine.propagation import cost


@dataclass(frozen=True, eq=False)
class Case:
    """A network with sigmoid units, X (m, s_1), Y (m, K) of 0 and 1, and λ; the seed gives back all but λ."""

    network: Network
    X: Array
    Y: Array
    lambda_: float
    seed: int

    @property
    def arguments(self) -> tuple[Network, Array, Array, float]:
        """As ``cost``, ``check_gradient`` and others take them."""
        return self.network, self.X, self.Y, self.lambda_

    @property
    def cost(self) -> Cost:
        """What J should be."""
        return cost(*self.arguments)

    @property
    def deep(self) -> bool:
        """Whether it has another number of hidden layers than the one of the course's exercise."""
        return self.network.layers != 3

    def __str__(self) -> str:
        sizes = "-".join(map(str, self.network.sizes))
        return f"{sizes} (seed {self.seed}, m = {len(self.X)}, λ = {self.lambda_:g})"


# Square hidden layers show what goes through Θ instead of its transpose; m = 1 is easy to follow, but shows nothing
# that has to do with m; where m differs from all sizes a product the wrong way round fails.
_TASKS = (
    ((2, 1), 1, 0.0),
    ((2, 1), 3, 0.5),
    ((2, 2, 1), 1, 0.0),
    ((2, 2, 1), 4, 1.5),
    ((2, 2, 2), 1, 0.0),
    ((2, 2, 2), 5, 0.7),
    ((2, 2, 3), 4, 0.0),
    ((2, 2, 3), 4, 2.0),
    ((3, 3, 3), 5, 0.0),
    ((3, 3, 3), 5, 1.3),
    ((3, 3, 3, 3), 1, 0.9),
    ((3, 3, 3, 3), 6, 0.6),
    ((3, 5, 4), 7, 0.4),
    ((3, 5, 5, 4), 7, 0.0),
    ((3, 5, 5, 4), 8, 0.3),
)


@cache
def cases(function: str) -> tuple[Case, ...]:
    """Those that fit the function of that name; the course's has one hidden layer and labels 1 … K."""
    made = [_case(sizes, m, lambda_, seed) for seed, (sizes, m, lambda_) in enumerate(_TASKS, 1)]
    if function == "nnCostFunction":
        return tuple(case for case in made if not case.deep and case.network.outputs > 1)
    return tuple(made)


def _case(sizes: tuple[int, ...], m: int, lambda_: float, seed: int) -> Case:
    generator = np.random.default_rng(seed)
    network = Network.random(sizes, seed=seed, epsilon=1.5)
    X = generator.uniform(-1.0, 1.0, (m, sizes[0]))
    if sizes[-1] == 1:
        Y = generator.integers(0, 2, (m, 1)).astype(np.float64)
    else:
        Y = np.eye(sizes[-1])[generator.integers(0, sizes[-1], m)]
    return Case(network, sealed(X), sealed(Y), lambda_, seed)
