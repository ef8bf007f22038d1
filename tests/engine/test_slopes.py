"""Slopes of J: the quick way against the loop of the course, and both against 50 digits."""

from dataclasses import replace

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings

from nnviz.engine import Network, cost, gradient
from nnviz.engine.slopes import TINY, WAYS, Surroundings, looped, slopes, way
from tests.engine.problems import EPS, NAMES, assert_close, drained, flat, problem, problems


def around(task):
    return Surroundings(*task.arguments)


@settings(max_examples=60, deadline=None)
@given(problems(widest=4, most_examples=4))
def test_it_gives_the_numbers_of_the_loop(task):
    """To the rounding of J, of which some values are subtracted and divided by ε."""
    J = cost(*task.arguments).total
    for row in WAYS[:3]:
        found, expected = drained(slopes(around(task), row, 1e-4)), looped(around(task), row, 1e-4)
        np.testing.assert_allclose(flat(found), flat(expected), rtol=0, atol=60 * EPS * max(J, 1e-3) / 1e-4)


@settings(max_examples=60, deadline=None)
@given(problems(widest=5, most_examples=5))
def test_the_complex_step_is_the_gradient(task):
    found, D = drained(slopes(around(task), way("complex-step"), 1e-4)), gradient(*task.arguments)
    assert_close(flat(found), flat(D), 500, max(float(np.abs(flat(D)).max()), 1e-3))


def exact(task):
    """∂J/∂Θ with 50 digits, by differences that are far below what is compared."""
    sizes, theta = task.network.sizes, [mpmath.mpf(float(x)) for x in task.network.unroll("C")]

    def J(vector):
        start, thetas = 0, []
        for inputs, outputs in zip(sizes, sizes[1:]):
            rows = [vector[start + r * (inputs + 1) : start + (r + 1) * (inputs + 1)] for r in range(outputs)]
            thetas.append(rows)
            start += outputs * (inputs + 1)
        total = mpmath.mpf(0)
        for x, y in zip(task.X, task.Y, strict=True):
            a = [mpmath.mpf(float(v)) for v in x]
            for rows in thetas:
                z = [row[0] + sum(w * v for w, v in zip(row[1:], a, strict=True)) for row in rows]
                a = [1 / (1 + mpmath.exp(-v)) for v in z] if rows is not thetas[-1] else z
            for v, target in zip(a, y, strict=True):
                target = mpmath.mpf(float(target))
                total += target * mpmath.log1p(mpmath.exp(-v)) + (1 - target) * mpmath.log1p(mpmath.exp(v))
        decay = sum(w * w for rows in thetas for row in rows for w in row[1:])
        m = len(task.X)
        return total / m + mpmath.mpf(float(task.lambda_)) / (2 * m) * decay

    slope = []
    with mpmath.workdps(50):
        h = mpmath.mpf(10) ** -20
        for index in range(len(theta)):
            ends = []
            for sign in (1, -1):
                moved = list(theta)
                moved[index] += sign * h
                ends.append(J(moved))
            slope.append(float((ends[0] - ends[1]) / (2 * h)))
    return np.array(slope)


BOUNDS = {"one-sided": 1e-4, "two-sided": 2e-8, "richardson": 1e-10, "complex-step": 1e-14}


@pytest.mark.parametrize("scale", [0.1, 1.0, 10.0])
@pytest.mark.parametrize("lambda_", [0.0, 1.5])
@pytest.mark.parametrize("sizes", [(2, 1), (3, 2, 3), (2, 2, 2, 1)])
def test_all_ways_against_50_digits(sizes, lambda_, scale):
    task = problem(sizes, m=3, lambda_=lambda_)
    task = replace(task, network=Network.from_thetas([scale * theta for theta in task.network.thetas]))
    expected = exact(task)
    for row in WAYS:
        found = flat(drained(slopes(around(task), row, 1e-4)))
        assert np.abs(found - expected).max() <= BOUNDS[row.name] * max(1.0, scale, float(np.abs(expected).max()))


@pytest.mark.parametrize("row", WAYS[:3], ids=lambda row: row.name)
def test_the_error_goes_with_its_power_of_epsilon(row):
    task = problem((3, 5, 4), m=6)
    D = flat(gradient(*task.arguments))
    large, small = (np.abs(flat(drained(slopes(around(task), row, e))) - D).max() for e in (0.2, 0.1))
    assert large / small == pytest.approx(2**row.order, rel=0.25)


@pytest.mark.parametrize("activation", NAMES)
def test_many_portions_are_one(monkeypatch, activation):
    task = problem((4, 6, 3, 2), m=9, activation=activation, lambda_=0.3)
    whole = drained(slopes(around(task), WAYS[1], 1e-4))
    monkeypatch.setattr("nnviz.engine.slopes._AT_ONCE", 40)
    monkeypatch.setattr("nnviz.engine.slopes._FEWEST", 1)
    assert_close(flat(drained(slopes(around(task), WAYS[1], 1e-4))), flat(whole), 1e6)


def test_saturated_units_neither_overflow_nor_lose_the_slope():
    """J at z = ±800 is 800 where it is wrong; its slope is 1."""
    network = Network.from_thetas([[[800.0, 0.0]]])
    for row in WAYS:
        (found,) = drained(slopes(Surroundings(network, np.array([[1.0]]), np.array([[0.0]]), 0.0), row, 1e-4))
        np.testing.assert_allclose(found, 1.0, rtol=1e-8)


def test_the_step_is_lost_beside_1():
    assert 1.0 + TINY**2 == 1.0


def test_an_unknown_way_is_named():
    with pytest.raises(ValueError, match="method is 'forward'; expected one of one-sided, two-sided, richardson"):
        way("forward")


@settings(max_examples=40, deadline=None)
@given(problems(widest=4, most_examples=4))
def test_along_one_theta_it_is_the_cost_of_the_moved_network(task):
    steps = np.array([-0.7, 0.0, 1e-3, 2.0])
    layer = len(task.network.thetas)
    theta = task.network.theta(layer)
    for row, column in ((1, 0), (theta.shape[0], theta.shape[1] - 1)):
        found = around(task).along(layer, row, column, steps)
        value = theta[row - 1, column]
        moved = [task.network.with_theta(layer, row, column, value + step) for step in steps]
        expected = [cost(network, *task.arguments[1:]).total for network in moved]
        assert_close(found, expected, 60, max(1e-3, *expected))


def test_the_loop_over_some_entries_gives_those():
    task = problem((3, 4, 2), m=5, lambda_=0.5)
    for row in WAYS[:3]:
        whole, some = flat(looped(around(task), row, 1e-4)), flat(looped(around(task), row, 1e-4, 7))
        np.testing.assert_array_equal(some[:7], whole[:7])
        assert np.isnan(some[7:]).all()


def test_evaluations_are_counted():
    assert {row.name: row.evaluations for row in WAYS} == {
        "one-sided": 2,
        "two-sided": 2,
        "richardson": 4,
        "complex-step": 1,
    }
    assert [row.all_evaluations(74) for row in WAYS] == [75, 148, 296, 74]
