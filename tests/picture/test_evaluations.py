"""The loop at one Θ: its lines are run, its numbers compared with the check, its points found on the curve."""

import re

import numpy as np
import pytest

from nnviz.engine import Network, check_gradient, cost
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.slopes import WAYS, Surroundings
from nnviz.engine.unrolling import Unrolling
from nnviz.picture.evaluations import QUOTIENTS, alike, walk_of, written
from tests.engine.problems import problem

SIZES = (3, 4, 2)
PLACE = 6
EPSILON = 1e-4
BY_WAY = pytest.mark.parametrize("row", WAYS, ids=lambda row: row.name)


@pytest.fixture
def task():
    return problem(SIZES, m=7, lambda_=0.5)


@pytest.fixture
def check(task):
    return lambda row: check_gradient(*task.arguments, epsilon=EPSILON, method=row.name)


@pytest.fixture
def walk(task, check):
    def made(row, epsilon=EPSILON, place=PLACE):
        at = Unrolling(SIZES).address(place, Symbol.D)
        D = float(check(row).D[at.layer - 1][at.row - 1, at.column])
        return walk_of(Surroundings(*task.arguments), at, D, True, row, epsilon, place)

    return made


def straightforward(task):
    """J of an unrolled vector, real or complex, as a student writes it."""

    def J(theta):
        a, start, decay = task.X.T, 0, 0.0
        for inputs, units in zip(SIZES, SIZES[1:]):
            stop = start + units * (inputs + 1)
            matrix = theta[start:stop].reshape(units, inputs + 1, order="F")
            a = 1.0 / (1.0 + np.exp(-(matrix @ np.vstack([np.ones(a.shape[1]), a]))))
            start, decay = stop, decay + (matrix[:, 1:] ** 2).sum()
        Y, m = task.Y.T, len(task.X)
        return -(Y * np.log(a) + (1 - Y) * np.log(1 - a)).sum() / m + task.lambda_ / (2 * m) * decay

    return J


def test_every_way_says_how_its_slope_is_made():
    assert set(QUOTIENTS) == {row.name for row in WAYS}


@BY_WAY
def test_the_numpy_lines_give_what_is_shown(row, task, walk):
    one = walk(row)
    theta = task.network.unroll()
    names = {"theta": theta, "J": straightforward(task), "gradApprox": np.zeros_like(theta)}
    for stage, value in enumerate(one.values, 1):
        *before, last = one.code(stage, "numpy").splitlines()
        exec("\n".join(before), names)
        assert eval(last, names) == pytest.approx(value, rel=1e-13)
    exec(one.code(len(one.values) + 1, "numpy"), names)
    assert names["gradApprox"][PLACE - 1] == pytest.approx(one.estimate, abs=1e-10)
    assert np.count_nonzero(names["gradApprox"]) == 1


@BY_WAY
def test_the_slope_is_that_of_the_check(row, walk, check):
    one = walk(row)
    at = one.plot.address
    assert one.estimate == pytest.approx(float(check(row).estimate[at.layer - 1][at.row - 1, at.column]), abs=1e-10)
    assert len(one.values) == row.evaluations


def test_octave_has_the_courses_lines(walk):
    one = walk(WAYS[1])
    assert [one.code(stage, "octave") for stage in (1, 2, 3)] == [
        "thetaPlus = theta;  thetaPlus(6) += 1e-4;\nJ(thetaPlus)",
        "thetaMinus = theta;  thetaMinus(6) -= 1e-4;\nJ(thetaMinus)",
        "gradApprox(6) = (J(thetaPlus) - J(thetaMinus)) / (2 * 1e-4);",
    ]
    assert walk(WAYS[0]).code(2, "octave") == "J(theta)"
    assert walk(WAYS[3]).code(1, "octave") == "thetaI = theta;  thetaI(6) += 1e-20i;\nimag(J(thetaI))"


@BY_WAY
def test_only_what_has_been_worked_out_is_said(row, walk):
    one = walk(row)
    for stage in range(1, row.evaluations + 1):
        assert len(one.results(stage, "octave")) == len(one.points(stage)) == stage
        assert not one.is_slope(stage)
    last = one.results(row.evaluations + 1, "octave")
    assert [result.name for result in last[-3:]] == ["gradApprox(6)", "DVec(6)", "difference"]
    assert one.is_slope(row.evaluations + 1)


@pytest.mark.parametrize("row", WAYS[:3], ids=lambda row: row.name)
def test_the_costs_that_are_shown_differ(row, walk):
    """With ε = 1e−4 they differ in the fifth digit or later."""
    results = walk(row).results(row.evaluations, "octave")
    assert len({result.value for result in results}) == len(results)
    assert len({result.value[:5] for result in results}) == 1


def test_the_numbers_shown_give_the_slope_shown(walk):
    one = walk(WAYS[1])
    plus, minus, slope, D, _ = (result.value.replace("−", "-") for result in one.results(3, "octave"))
    assert (float(plus) - float(minus)) / (2 * EPSILON) == pytest.approx(float(slope), rel=1e-4)
    assert float(slope) == pytest.approx(float(D), rel=1e-6)
    assert slope != D
    said = one.numbers(3, "octave")
    assert re.fullmatch(r"= \([\d.]+ − [\d.]+\) / \(2 × 1e−4\)", said)


def test_the_one_number_of_the_complex_step_gives_its_slope(walk):
    imaginary, slope, D, _ = (float(result.value.replace("−", "-")) for result in walk(WAYS[3]).results(2, "octave"))
    assert imaginary / 1e-20 == pytest.approx(slope, rel=1e-10) == pytest.approx(D, rel=1e-10)


def test_the_moved_theta_is_said(walk, task):
    one = walk(WAYS[1])
    theta = task.network.unroll()[PLACE - 1]
    before, after = re.fullmatch(r"Θ₂₁⁽¹⁾ = (\S+) − 1e−4 = (\S+)", one.numbers(2, "octave")).groups()
    assert float(before.replace("−", "-")) == pytest.approx(theta, abs=1e-6)
    assert float(after.replace("−", "-")) == pytest.approx(theta - 1e-4, abs=1e-6)
    assert "2 × 1e−4" in walk(WAYS[2]).numbers(3, "numpy")


def test_the_points_are_on_the_curve_and_the_secant_goes_through_them(walk, task):
    one = walk(WAYS[1])
    (left, right), points = one.secant, one.points(2)
    assert [point.x for point in points] == pytest.approx([(4 + 1) / 8, (4 - 1) / 8])
    for point in points:
        assert left.y + (right.y - left.y) * point.x == pytest.approx(point.y)
    at = one.plot.address
    value = float(task.network.theta(at.layer)[at.row - 1, at.column])
    moved = task.network.with_theta(at.layer, at.row, at.column, value + EPSILON)
    assert one.values[0] == pytest.approx(cost(moved, *task.arguments[1:]).total, rel=1e-14)


def test_the_one_sided_secant_starts_at_theta_itself(walk):
    one = walk(WAYS[0])
    (left, right), (plus, here) = one.secant, one.points(2)
    assert here.x == 0.5
    for point in (plus, here):
        assert left.y + (right.y - left.y) * point.x == pytest.approx(point.y)


def test_an_epsilon_that_is_lost_in_rounding_shows_equal_costs(walk):
    one = walk(WAYS[1], 1e-16)
    plus, minus, slope, *_ = one.results(3, "numpy")
    assert (plus.value == minus.value) is (one.values[0] == one.values[1])
    assert float(slope.value.replace("−", "-")) == pytest.approx(one.estimate, rel=0.01)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((0.0, 0.0), ["0", "0"]),
        ((0.25, 0.25), ["0.250000000000", "0.250000000000"]),
        ((2.24615, 2.24612), ["2.2461500", "2.2461200"]),
        ((0.5, -0.25), ["0.5000", "−0.2500"]),
        ((-1.5e-9, -1.25e-9), ["−1.500e−9", "−1.250e−9"]),
        ((float("nan"), 1.0), ["–", "1.0000"]),
    ],
)
def test_numbers_are_written_until_they_differ(values, expected):
    assert alike(values) == expected


@pytest.mark.parametrize(("epsilon", "expected"), [(1e-4, "1e-4"), (1e-15, "1e-15"), (0.25, "2.5e-1"), (1.0, "1e0")])
def test_epsilon_is_written_as_code_has_it(epsilon, expected):
    assert written(epsilon) == expected
    assert float(written(epsilon)) == epsilon


def test_an_entry_of_an_output_layer_is_walked_too(walk):
    order = Unrolling(SIZES)
    one = walk(WAYS[1], place=order.count)
    assert one.plot.address == Address(Symbol.D, 2, 2, 4)
    assert f"gradApprox({order.count})" in one.code(3, "octave")
    assert Network.random(SIZES, seed=0).entries == order.count
