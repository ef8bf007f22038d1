"""Δ after any number of examples, reached in any way; D and the update are those of running."""

import random
from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine import Network, gradient, trace
from nnviz.engine.epoch import descended, epoch
from nnviz.engine.trace import trace_in
from tests.engine.problems import assert_close, assert_same, assert_thetas_close, flat, problem, problems

MANY = problem((3, 5, 4), m=23, lambda_=0.4)


def fresh(task=MANY, rate=0.5):
    return epoch(*task.arguments, rate)


def scale(task):
    """The size of what is summed, for a sum may cancel."""
    singles = [gradient(task.network, task.X[i : i + 1], task.Y[i : i + 1]) for i in range(len(task.X))]
    return max(1e-3, sum(np.abs(flat(single)).max() for single in singles))


@given(problems(most_examples=12), st.data())
def test_accumulator_is_the_sum_of_contributions(task, data):
    count = data.draw(st.integers(0, len(task.X)))
    expected = [np.zeros(theta.shape) for theta in task.network.thetas]
    for i in range(count):
        told = trace(task.network, task.X[i], task.Y[i])
        expected = [sofar + more for sofar, more in zip(expected, told.contribution, strict=True)]
    assert_close(flat(fresh(task).accumulator(count)), flat(expected), 100, scale(task))


@pytest.mark.parametrize("m", [1, 2, 3, 4, 5, 9, 16, 17, 23])
def test_accumulator_is_the_same_bit_for_bit_however_reached(m):
    """Straight there, one after another, backwards, at random, in another epoch of the same examples."""
    task = problem((3, 5, 4), m=m, lambda_=0.4)
    straight = [fresh(task).accumulator(count) for count in range(m + 1)]
    for order in (range(m + 1), range(m, -1, -1), random.Random(1).sample(range(m + 1), m + 1)):
        walked = fresh(task)
        for count in order:
            assert_same(walked.accumulator(count), straight[count])
            assert_same(walked.accumulator(count), walked.accumulator(count))


def test_accumulator_of_all_is_m_times_the_gradient():
    passes = fresh(problem((3, 5, 4), m=23))
    assert_thetas_close(passes.accumulator(23), [23 * matrix for matrix in passes.D], 50)


def test_accumulator_starts_at_zero_and_after_one_is_that_example():
    passes = fresh()
    assert not flat(passes.accumulator(0)).any()
    assert_thetas_close(passes.accumulator(1), gradient(MANY.network, MANY.X[:1], MANY.Y[:1]), 4)


@pytest.mark.parametrize("count", [-1, 24])
def test_there_is_no_accumulator_outside(count):
    with pytest.raises(IndexError, match=f"count is {count}; expected 0 to 23"):
        fresh().accumulator(count)


@pytest.mark.parametrize("example", [-1, 23, 100])
def test_there_is_no_trace_outside(example):
    with pytest.raises(IndexError, match=f"example is {example}; expected 0 to 22"):
        trace_in(fresh(), example)


@given(problems(), st.sampled_from([0.0, 0.1, 1.0, 3.0]))
def test_d_and_update_are_those_of_running_bit_for_bit(task, rate):
    passes = fresh(task, rate)
    D = gradient(*task.arguments)
    assert_same(passes.D, D)
    expected = [theta - rate * matrix for theta, matrix in zip(task.network.thetas, D, strict=True)]
    assert_same(passes.updated.thetas, expected)
    assert_same(descended(task.network, D, rate).thetas, expected)
    assert passes.updated.activation_name == task.network.activation_name
    assert passes.updated.sizes == task.network.sizes


def test_many_passes_of_stepping_are_many_passes_of_running_bit_for_bit():
    stepped = run = MANY.network
    for _ in range(20):
        passes = epoch(stepped, MANY.X, MANY.Y, 0.4, 0.9)
        for i in (0, 5, 22):
            assert trace_in(passes, i).steps
        stepped = passes.updated
        D = gradient(run, MANY.X, MANY.Y, 0.4)
        run = Network.from_thetas([theta - 0.9 * matrix for theta, matrix in zip(run.thetas, D, strict=True)])
    assert_same(stepped.thetas, run.thetas)


def test_everything_is_read_only_and_nothing_is_shared():
    X, Y = MANY.X.copy(), MANY.Y.copy()
    passes = epoch(MANY.network, X, Y, 0.4, 0.5)
    X[:], Y[:] = 0, 0
    np.testing.assert_array_equal(passes.X, MANY.X)
    np.testing.assert_array_equal(passes.Y, MANY.Y)
    every = (passes.X, passes.Y, *passes.D, *passes.updated.thetas)
    for array in (*every, *passes.accumulator(0), *passes.accumulator(5), *passes.accumulator(7)):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 1
    with pytest.raises(FrozenInstanceError):
        passes.lambda_ = 1.0


def test_labels_become_rows():
    passes = epoch(Network.zeros((1, 3)), [[1], [2]], [3, 1])
    assert passes.Y.tolist() == [[0, 0, 1], [1, 0, 0]]
    assert passes.m == 2


@pytest.mark.parametrize(
    ("rate", "message"),
    [
        (-1, "learning_rate is -1; expected a finite number, 0 or larger."),
        (np.nan, "learning_rate is nan; expected a finite number, 0 or larger."),
        ("1", "learning_rate is '1'; expected a number, 0 or larger."),
    ],
)
def test_wrong_rate(rate, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 — the whole message is compared
        epoch(*MANY.arguments, rate)
    assert str(caught.value) == message


def test_what_a_pass_keeps_is_bounded(monkeypatch):
    network, X, Y = Network.random((3, 4, 2), seed=1), np.random.default_rng(1).random((50, 3)), np.ones((50, 2))
    whole = epoch(network, X, Y).accumulator(49)
    one = sum(theta.nbytes for theta in network.thetas)
    monkeypatch.setattr("nnviz.engine.epoch.MOST_KEPT", 3 * one)
    bounded = epoch(network, X, Y)
    assert_thetas_close(bounded.accumulator(49), whole, 50)
    assert len(bounded._marks) <= 1 + 3
