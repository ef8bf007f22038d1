"""What a network is worth on the examples it learns from, and on those it does not."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.arrays import Array
from nnviz.engine.cost import Cost, weight_decay
from nnviz.engine.network import Network
from nnviz.engine.scores import confusion, example_costs
from nnviz.session.examples import Rows
from nnviz.session.model import Model


@dataclass(frozen=True, eq=False)
class Score:
    """The score on some examples: ``rows`` of the data, shape (m,), with the ``costs`` of each, shape (m,).

    ``confusion`` counts them by class, a row for what is true and a column for what the network says.
    """

    rows: Rows
    costs: Array
    confusion: NDArray[np.int64]

    @cached_property
    def J(self) -> float:
        """The mean cost, without weight decay."""
        return float(self.costs.mean())

    @cached_property
    def right(self) -> int:
        """How many are classified as they should be."""
        return int(np.trace(self.confusion))

    @property
    def accuracy(self) -> float:
        """The share that is, 0 … 1."""
        return self.right / len(self.rows)

    @cached_property
    def worst(self) -> Rows:
        """The rows of the data, the most costly example first."""
        return self.rows[np.argsort(-self.costs, kind="stable")]


@dataclass(frozen=True, eq=False)
class Scores:
    """The scores of ``model`` as it was when they were worked out; ``test`` is None where no part is kept for it."""

    model: Model
    training: Score
    test: Score | None

    @cached_property
    def cost(self) -> Cost:
        """J(Θ) of the training part, with its parts."""
        decay = weight_decay(self.model.network.thetas, self.model.lambda_, len(self.training.rows))
        return Cost(self.training.J + decay, self.training.J, decay)


def scores(model: Model) -> Scores:
    """The scores of a model; some milliseconds for many examples, so it is worked out beside the window."""
    examples, network = model.examples, model.network
    training = _score(network, *examples.training, examples.training_rows)
    test = _score(network, *examples.test, examples.test_rows) if len(examples.test_rows) else None
    return Scores(model, training, test)


def _score(network: Network, X: Array, Y: Array, rows: Rows) -> Score:
    return Score(rows, example_costs(network, X, Y), confusion(network, X, Y))
