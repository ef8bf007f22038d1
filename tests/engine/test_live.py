"""The check of single iterations: right code passes whole runs of every method, and each mistake is found at once."""

from itertools import islice

import numpy as np
import pytest

from nnviz.engine.faults import FAULTS
from nnviz.engine.live import IterationCheck
from nnviz.engine.methods import METHODS
from nnviz.engine.steps import Phase
from nnviz.engine.training import train
from tests.engine.problems import problem

TASK = problem((3, 4, 4, 3), 14, seed=5, epsilon=1.5)
SETTINGS = {"learning_rate": 0.7, "lambda_": 1.0}


def verdicts(count, task=TASK, **settings):
    X, Y = task.X, task.Y
    made = list(islice(train(task.network, X, Y, **settings), count))
    check = IterationCheck(X, Y, **settings)
    return [check.verdict(now, before) for before, now in zip([None, *made], made)]


def wrong(found):
    return [one for one in found if one.gradient or one.update]


@pytest.mark.parametrize("row", METHODS, ids=lambda row: row.name)
def test_right_code_passes_a_whole_run(row):
    found = verdicts(60, method=row.name, learning_rate=row.learning_rate, lambda_=1.0)
    assert [one.iteration for one in found] == list(range(len(found)))
    assert len(found) > 5
    assert not wrong(found)


@pytest.mark.parametrize("batch", [1, 4, 13, 14])
@pytest.mark.parametrize("rate", [0.7, 20.0])
def test_right_code_passes_in_batches_too(batch, rate):
    assert not wrong(verdicts(60, batch=batch, learning_rate=rate, lambda_=0.5, seed=3))


def test_right_code_passes_while_it_blows_up():
    found = verdicts(400, learning_rate=30.0, lambda_=1.0)
    assert 3 < len(found) < 400, "the run was to diverge"
    assert not wrong(found)


@pytest.mark.parametrize("batch", [None, 5])
@pytest.mark.parametrize("row", [row for row in FAULTS if row.phase is not Phase.UPDATE], ids=lambda row: row.name)
def test_a_mistake_in_d_is_found_in_the_first_iteration(row, batch):
    first, *others = verdicts(6, fault=row.name, batch=batch, **SETTINGS)
    assert first.gradient > 0
    assert all(one.gradient > 0 for one in others)
    assert not any(one.update for one in (first, *others)), "the step is −α times the D that there is"


@pytest.mark.parametrize("row", [row for row in FAULTS if row.phase is Phase.UPDATE], ids=lambda row: row.name)
def test_a_mistake_in_the_update_is_found_with_the_first_update(row):
    first, *others = verdicts(6, fault=row.name, **SETTINGS)
    assert wrong([first]) == []
    biases = sum(len(theta) for theta in TASK.network.thetas)
    assert {(one.gradient, one.update) for one in others} == {(0, biases)}


def test_the_step_of_another_method_is_not_judged():
    assert not wrong(verdicts(6, method="momentum", fault="bias-in-the-loop", **SETTINGS))


def test_a_mistake_that_changes_nothing_is_no_failure():
    assert not wrong(verdicts(6, fault="no-regularisation", learning_rate=0.7, lambda_=0.0))


def test_what_is_checked_is_d_of_the_training_itself():
    """Its length is the one that the training tells, with a mistake and in batches."""
    settings = SETTINGS | {"fault": "no-slope", "batch": 5, "seed": 2}
    check = IterationCheck(TASK.X, TASK.Y, **settings)
    for progress in islice(train(TASK.network, TASK.X, TASK.Y, **settings), 8):
        flat = np.concatenate([matrix.ravel() for matrix in check._gradient(progress)])
        assert np.linalg.norm(flat) == pytest.approx(progress.norm, rel=1e-12)
