"""Every method of training through the same checks; each against oracles of its own in the files beside this one."""

import threading
from itertools import islice, pairwise

import numpy as np
import pytest
from hypothesis import given, settings

from nnviz.engine import METHODS, Network, accuracy, cost, gradient, predict, train
from nnviz.engine.epoch import descended, epoch
from nnviz.files import datasets
from tests.engine.problems import NAMES, assert_same, assert_same_progress, finished, problem, problems

TASK = problem((3, 5, 4), m=20, lambda_=0.3)
EVERY = pytest.mark.parametrize("method", [row.name for row in METHODS])
WITH_RATE = [row.name for row in METHODS if row.learning_rate is not None]
SEARCHING = [row.name for row in METHODS if row.learning_rate is None]


def run(method="gradient-descent", task=TASK, **more):
    return train(task.network, task.X, task.Y, method=method, lambda_=task.lambda_, **more)


# --- Every method ---


@EVERY
def test_iteration_0_is_the_start(method):
    first = next(run(method))
    assert (first.iteration, first.evaluations) == (0, 1)
    assert_same(first.network.thetas, TASK.network.thetas)


@EVERY
def test_each_item_tells_of_its_own_network(method):
    items = list(run(method, iterations=8))
    assert [item.iteration for item in items] == list(range(9))
    for item in items:
        expected = cost(item.network, TASK.X, TASK.Y, TASK.lambda_)
        np.testing.assert_allclose(item.cost, expected, rtol=1e-14)
        D = gradient(item.network, TASK.X, TASK.Y, TASK.lambda_)
        assert item.norm == pytest.approx(np.sqrt(sum((matrix**2).sum() for matrix in D)), rel=1e-13)
    assert all(before.evaluations < after.evaluations for before, after in pairwise(items))


@EVERY
def test_it_learns(method):
    items = list(run(method, iterations=30))
    assert items[-1].cost.total < items[0].cost.total


@EVERY
def test_the_same_run_again_is_the_same(method):
    for one, other in zip(run(method, iterations=10), run(method, iterations=10), strict=True):
        assert_same_progress(one, other)


@EVERY
def test_going_on_from_any_iteration_is_the_same_run(method):
    items = list(run(method, iterations=12))
    for start in items:
        for one, other in zip(run(method, iterations=12, start=start), items[start.iteration :], strict=True):
            assert_same_progress(one, other)


@EVERY
def test_what_was_handed_over_does_not_change_and_cannot_be(method):
    items = run(method)
    early = list(islice(items, 3))
    kept = [item.network.unroll() for item in early]
    list(islice(items, 5))
    items.close()
    for item, vector in zip(early, kept, strict=True):
        np.testing.assert_array_equal(item.network.unroll(), vector)
        assert not any(array.flags.writeable for array in (*item.network.thetas, *item.memory))


@EVERY
def test_the_ending_says_that_the_iterations_are_done(method):
    items, ending = finished(run(method, iterations=3))
    assert len(items) == 4
    assert ending == ("iterations", "3 iterations are done.")


@EVERY
@pytest.mark.parametrize("taken", [0, 1, 4])
def test_closed_or_dropped_at_any_point_no_thread_is_left(method, taken):
    before = threading.active_count()
    for leave in (lambda items: items.close(), lambda items: None):
        items = run(method)
        list(islice(items, taken))
        leave(items)
        del items
        assert threading.active_count() == before


@EVERY
def test_one_example_one_layer_one_unit(method):
    task = problem((1, 1), m=1)
    assert len(list(run(method, task, iterations=3))) >= 2


# --- Stepping equals running ---


@pytest.mark.parametrize("sizes", [(2, 2, 1), (3, 5, 5, 4), (7, 9, 3), (64, 25, 10), (4, 3), (2, 3, 3, 3, 3, 2)])
@pytest.mark.parametrize("activation", NAMES)
@pytest.mark.parametrize("lambda_", [0.0, 0.7])
@pytest.mark.parametrize("m", [9, 500])
def test_gradient_descent_is_the_update_of_the_pass_bit_for_bit(sizes, activation, lambda_, m):
    task = problem(sizes, m=m, activation=activation, lambda_=lambda_)
    before = task.network
    for item in islice(run(task=task, learning_rate=0.05), 1, 6):
        expected = epoch(before, task.X, task.Y, lambda_, 0.05).updated
        assert_same(item.network.thetas, expected.thetas)
        before = item.network


@given(problems())
@settings(max_examples=50)
def test_gradient_descent_is_the_update_of_the_pass_for_any_problem(task):
    for before, after in pairwise(islice(run(task=task, learning_rate=0.01), 4)):
        expected = descended(before.network, gradient(before.network, *task.arguments[1:]), 0.01)
        assert_same(after.network.thetas, expected.thetas)


# --- What is learned ---


@pytest.mark.parametrize(("method", "iterations"), [("gradient-descent", 500), ("l-bfgs", 60), ("trust-region", 30)])
def test_iris_is_learned(method, iterations):
    data = datasets.load("iris")
    X = data.fitted_scaling("standard").scaled(data.X)
    *_, last = train(Network.random((4, 5, 3), seed=1), X, data.Y, method=method, lambda_=0.1, iterations=iterations)
    assert accuracy(last.network, X, data.Y) >= 0.97


@pytest.mark.parametrize("method", ["gradient-descent", "momentum", "nesterov", "rmsprop", "adam"])
def test_vehicles_are_learned_with_the_defaults_in_mini_batches(method):
    data = datasets.load("vehicles")
    X = data.fitted_scaling().scaled(data.X)
    *_, last = train(Network.random((3, 5, 5, 4), seed=1), X, data.Y, method=method, batch=10, iterations=4000)
    assert (predict(last.network, X) - 1 == data.labels).mean() > 0.8


# --- Divergence ---


@pytest.mark.parametrize("method", WITH_RATE)
@pytest.mark.parametrize("alpha", [1e5, 1e160, 1e300])
@pytest.mark.parametrize("activation", NAMES)
def test_divergence_ends_the_run_before_anything_is_not_finite(method, alpha, activation):
    task = problem((3, 5, 5, 4), m=20, activation=activation, lambda_=0.5)
    items, ending = finished(run(method, task, learning_rate=alpha, iterations=2000))
    assert ending.kind == "diverged"
    assert f"in iteration {len(items)}" in ending.words
    for item in items:
        assert np.isfinite([*item.cost, item.norm, *item.network.unroll()]).all()


def test_weight_decay_is_named_when_it_is_the_cause():
    """α·λ/m = 1.2 · 50 / 20 = 3 > 2."""
    task = problem((3, 5, 4), m=20, lambda_=50.0)
    _, ending = finished(run(task=task, learning_rate=1.2))
    assert "α·λ/m = 1.2 · 50 / 20 = 3 is more than 2," in ending.words
    assert "Take an α below 0.8, or a smaller λ." in ending.words


@pytest.mark.parametrize(("method", "bound"), [("gradient-descent", 2.0), ("momentum", 3.8), ("nesterov", 3.8 / 2.8)])
def test_weight_decay_makes_it_diverge_just_above_its_bound_and_not_below(method, bound):
    task = problem((3, 5, 4), m=20, lambda_=1000.0)
    above, below = (share * bound * 20 / 1000.0 for share in (1.02, 0.98))
    assert finished(run(method, task, learning_rate=above, iterations=3000))[1].kind == "diverged"
    assert finished(run(method, task, learning_rate=below, iterations=3000))[1].kind == "iterations"


def test_otherwise_a_smaller_learning_rate_is_suggested():
    _, ending = finished(run(task=problem((3, 5, 4), m=20), learning_rate=1e5))
    assert ending.words.endswith("Take a learning rate smaller than α = 100000.")


def test_a_start_with_a_large_J_may_be_learned_from():
    """Features in thousands: J is far above what knowing nothing costs, and yet it falls."""
    task = problem((3, 4), m=20)
    X = task.X * 1e6
    items = list(train(task.network, X, task.Y, learning_rate=1e-9, iterations=20))
    assert len(items) == 21
    assert all(before.cost.total > after.cost.total > 1e6 for before, after in pairwise(items))


def test_a_start_too_large_to_learn_from_is_refused():
    with pytest.raises(ValueError, match=r"at the start; expected .* scale X"):
        next(train(Network.random((3, 4), seed=1), TASK.X * 1e200, TASK.Y))


def test_a_decay_too_large_to_learn_with_is_refused_for_itself():
    with pytest.raises(ValueError, match=r"at the start; expected .* smaller λ"):
        next(train(Network.random((3, 4), seed=1), TASK.X, TASK.Y, lambda_=1e20))


# --- Arguments ---


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"method": "magic"}, r"method is 'magic'; expected one of gradient-descent, momentum, .*trust-region\."),
        ({"learning_rate": -1.0}, "learning_rate is -1; expected a finite number, 0 or larger"),
        ({"learning_rate": float("nan")}, "learning_rate is nan"),
        ({"method": "l-bfgs", "learning_rate": 0.1}, "learning_rate is 0.1; l-bfgs has none"),
        ({"method": "cg", "batch": 5}, "batch is 5; cg needs all examples"),
        ({"batch": 0}, "batch is 0; expected a whole number, 1 or larger"),
        ({"batch": 2.5}, "batch is 2.5; expected a whole number"),
        ({"iterations": -1}, "iterations is -1; expected 0 or more"),
        ({"seed": -1}, "seed is -1"),
    ],
)
def test_bad_arguments_are_refused_at_once_and_not_at_the_first_item(more, words):
    with pytest.raises(ValueError, match=words):
        train(TASK.network, TASK.X, TASK.Y, **more)


def test_examples_are_checked_at_once():
    with pytest.raises(ValueError, match="X holds inf"):
        train(TASK.network, np.full((2, 3), np.inf), [1, 2])
    with pytest.raises(ValueError, match="lambda_ is -1"):
        train(TASK.network, TASK.X, TASK.Y, lambda_=-1.0)


def test_a_start_of_another_method_is_refused():
    with pytest.raises(ValueError, match="start carries 0 arrays; expected 2"):
        next(run("adam", start=next(run())))


def test_a_start_of_another_network_is_refused():
    with pytest.raises(ValueError, match=r"start has layers \(3, 4\); expected \(3, 5, 4\)"):
        run(start=next(run(task=problem((3, 4)))))


def test_labels_do_as_rows_do():
    network, X = Network.random((3, 4), seed=1), TASK.X
    labels = np.arange(20) % 4 + 1
    for one, other in zip(
        train(network, X, labels, iterations=3), train(network, X, np.eye(4)[labels - 1], iterations=3), strict=True
    ):
        assert_same_progress(one, other)


def test_a_planted_mistake_is_named_where_it_is_the_cause():
    """J rises at any learning rate, so a smaller one is no remedy."""
    _, ending = finished(run(task=problem((3, 5, 4), m=20), learning_rate=1.0, fault="sign-flipped", iterations=5000))
    assert ending.kind == "diverged"
    assert ending.words.endswith(
        "with the planted mistake an update need not go downhill. Take it away, or try a smaller α."
    )
