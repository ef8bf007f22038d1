"""What is measured on the test part while the process beside the window trains."""

import numpy as np
import pytest

from nnviz.engine.network import Network
from nnviz.engine.training import train
from nnviz.ui import apprentice
from nnviz.ui.apprentice import FIRST, GRACE, SPREAD, Examiner

ITERATIONS = 400


@pytest.fixture
def passed():
    """The iterations of a small training."""
    X = np.linspace(-1, 1, 20).reshape(10, 2)
    Y = (X[:, :1] > 0).astype(float)
    training = train(Network.random((2, 3, 1), seed=1), X, Y, method="gradient-descent", learning_rate=1.0, seed=1)
    return (X, Y), [next(training) for _ in range(ITERATIONS)]


def measured(passed, monkeypatch, *, look, iteration):
    """The iterations that are measured if a look at the test part and an iteration take so many seconds."""
    test, progress = passed
    now = [0.0]

    def clock():
        now[0] += look / 2
        return now[0]

    monkeypatch.setattr(apprentice.time, "perf_counter", clock)
    examiner = Examiner(test)
    for one in progress:
        examiner.look(one, iteration)
    return [row[0] for row in examiner.collect(done=True)]


def test_a_slow_first_look_leaves_no_gap(passed, monkeypatch):
    found = measured(passed, monkeypatch, look=GRACE / 100, iteration=1e-5)
    assert found[: FIRST + 1] == list(range(FIRST + 1))
    assert all(later <= SPREAD * earlier + 1 for earlier, later in zip(found[FIRST:], found[FIRST + 1 :]))


def test_looks_that_take_long_do_not_hold_training_up(passed, monkeypatch):
    found = measured(passed, monkeypatch, look=GRACE, iteration=1e-5)
    assert found == [*range(FIRST + 1), ITERATIONS - 1]
