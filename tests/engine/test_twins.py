"""Hidden units that start equal stay equal, to the last bit and for ever: the course's symmetry problem."""

from itertools import islice

import numpy as np
import pytest

from nnviz.engine import Network, train
from nnviz.files import datasets

STEPS = 20_000


@pytest.mark.parametrize("start", ["zeros", "equal"])
def test_twins_stay_exactly_equal(start):
    """Rows of Θ⁽¹⁾ and Θ⁽²⁾ lead to twins, columns 1 … of Θ⁽²⁾ and Θ⁽³⁾ lead from them."""
    data = datasets.load("vehicles")
    X = data.fitted_scaling().scaled(data.X)
    network = Network.start(start, (3, 5, 5, 4))
    for item in islice(train(network, X, data.Y, learning_rate=2.0), 0, STEPS + 1, 100):
        first, second, third = item.network.thetas
        for rows in (first, second, second[:, 1:].T, third[:, 1:].T):
            assert np.array_equal(rows, np.tile(rows[0], (len(rows), 1))), f"in iteration {item.iteration}"
