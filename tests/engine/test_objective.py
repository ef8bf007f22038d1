"""J and D in one vector are those of ``cost`` and ``gradient``."""

import numpy as np
import pytest
from hypothesis import given

from nnviz.engine import Network, cost, gradient
from nnviz.engine.batches import Batch
from nnviz.engine.blocks import block
from nnviz.engine.objective import LARGEST_COST, MOST_GROWTH, Objective
from tests.engine.problems import assert_close, assert_same, flat, problem, problems


@given(problems())
def test_it_is_cost_and_gradient(task):
    now = Objective(*task.arguments).at(task.network.unroll("C"))
    D = gradient(*task.arguments)
    np.testing.assert_array_equal(now.D, flat(D))
    assert_close(now.cost, cost(*task.arguments), 8)
    assert_close(now.norm, np.linalg.norm(flat(D)), 20)


@given(problems())
def test_over_a_batch_weight_decay_is_that_over_all(task):
    """(λ·b/m)/(2b) = λ/(2m)."""
    objective = Objective(*task.arguments)
    whole = objective.at(task.network.unroll("C"))
    one = Batch(1, (block(task.X[:1], task.Y[:1], 1),))
    half = objective.at(task.network.unroll("C"), one)
    assert_close(half.cost.decay, whole.cost.decay, 4)
    expected = gradient(task.network, task.X[:1], task.Y[:1], task.lambda_ * (1 / len(task.X)))
    np.testing.assert_array_equal(half.D, flat(expected))


def test_the_network_is_the_vector():
    task = problem((3, 5, 4))
    theta = task.network.unroll("C")
    now = Objective(*task.arguments).at(theta)
    assert all(np.shares_memory(matrix, theta) for matrix in now.network.thetas)
    assert_same(now.network.thetas, task.network.thetas)
    assert not theta.flags.writeable


def test_what_is_not_finite_is_seen():
    task = problem((3, 4), activation="linear")
    objective = Objective(*task.arguments)
    with np.errstate(all="ignore"):
        now = objective.at(np.full(16, 1e308))
    assert not now.finite
    assert now.beyond(LARGEST_COST)
    assert objective.at(task.network.unroll("C")).finite


def test_where_powers_overflow_it_is_worked_out_with_care():
    """h of 1 at z = 800 and y = 0 costs 800; the quick way meets e^800 there."""
    network = Network.from_thetas([[[800.0, 0.0]]])
    with np.errstate(all="ignore"):
        now = Objective(network, [[1.0]], [[0.0]], 0.0).at(network.unroll("C"))
    assert now.cost.total == 800.0
    np.testing.assert_array_equal(now.D, [1.0, 1.0])


def test_examples_that_change_later_do_not_change_what_was_begun():
    task = problem((3, 4))
    objective = Objective(*task.arguments)
    before = objective.at(task.network.unroll("C"))
    task.X[:] = 0.0
    task.Y[:] = 0.0
    np.testing.assert_array_equal(objective.at(task.network.unroll("C")).D, before.D)


def test_a_run_may_grow_a_thousandfold():
    """From Θ = 0 each of 4 outputs costs log 2; where the start costs more, its own J counts."""
    objective = Objective(*problem((3, 4)).arguments)
    assert objective.least_divergent == MOST_GROWTH * 4 * np.log(2)
    assert objective.divergent(Network.zeros((3, 4))) == pytest.approx(objective.least_divergent, rel=1e-14)
    large = problem((3, 4), epsilon=50.0).network
    assert objective.divergent(large) == MOST_GROWTH * objective.at(large.unroll("C")).cost.total
