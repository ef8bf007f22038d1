"""J along one Θ: where the curve, the points and the lines stand, and the numbers said of them."""

import pytest

from nnviz.engine import cost, gradient
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.slopes import Surroundings
from nnviz.picture.numbers import shown
from nnviz.picture.slice import REACH, STEPS, slice_of
from tests.engine.problems import problem

AT = Address(Symbol.D, 2, 1, 0)


@pytest.fixture
def task():
    return problem((3, 5, 4), m=10, lambda_=0.5)


@pytest.fixture
def one(task):
    D = float(gradient(*task.arguments)[1][0, 0])
    return slice_of(Surroundings(*task.arguments), AT, D, True, 0.25)


def test_the_curve_goes_through_J_of_the_present_theta(one, task):
    J = cost(*task.arguments).total
    assert one.here == pytest.approx(J, rel=1e-14)
    assert one.costs[STEPS // 2] == pytest.approx(J, rel=1e-14)
    assert one.curve[STEPS // 2] == pytest.approx(one.at(0.0, one.here))
    assert (one.curve[0].x, one.curve[-1].x) == (0.0, 1.0)
    assert all(0.0 < point.y < 1.0 for point in one.curve)


def test_the_points_are_on_the_curve_at_plus_and_minus_epsilon(one, task):
    value = task.network.theta(2)[0, 0]
    ends = (cost(task.network.with_theta(2, 1, 0, value + t), *task.arguments[1:]).total for t in (-0.25, 0.25))
    assert (one.before, one.after) == pytest.approx(tuple(ends), rel=1e-13)
    assert [point.x for point in one.ends] == [(REACH - 0.25) / (2 * REACH), (REACH + 0.25) / (2 * REACH)]


def test_the_secant_goes_through_both_points(one):
    (left, right), ends = one.secant, one.ends
    for point in ends:
        assert left.y + (right.y - left.y) * point.x == pytest.approx(point.y)


def test_the_line_has_the_slope_that_is_asked_for(one):
    left, right = one.line(one.D)
    low, high = one.bounds
    assert (left.y - right.y) * (high - low) / (2 * REACH) == pytest.approx(one.D)
    assert one.line(0.0)[0].y == one.line(0.0)[1].y


def test_a_small_epsilon_comes_to_the_slope(task):
    D = float(gradient(*task.arguments)[1][0, 0])
    near = slice_of(Surroundings(*task.arguments), AT, D, True, 1e-4)
    assert near.estimate == pytest.approx(D, abs=1e-8)


def test_the_words_have_the_numbers(one):
    assert shown(one.estimate, 4) in one.words()
    assert shown(one.D, 4) in one.words()
    assert "ε = 0.250" in one.words()
    assert one.title.startswith("Θ")


def test_a_flat_J_can_be_drawn(task):
    """A unit that no input reaches: its Θ does nothing."""
    X = task.X.copy()
    X[:, 0] = 0.0
    flat = slice_of(Surroundings(task.network, X, task.Y, 0.0), Address(Symbol.D, 1, 1, 1), 0.0, True, 0.5)
    assert flat.estimate == 0.0
    assert all(point.y == pytest.approx(0.5) for point in flat.curve)
    large = flat._replace(costs=(1e15,) * STEPS, here=1e15, before=1e15, after=1e15)
    assert all(point.y == pytest.approx(0.5) for point in (*large.curve, *large.ends, *large.secant))
