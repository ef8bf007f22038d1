"""Cross-entropy from logits is right where units saturate, and belongs with δ = a − y."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine import Network, cost
from nnviz.engine.cost import output, output_error, quick_error, summed_cost, weight_decay
from tests.engine.problems import EPS, problems

SMALLEST = 5e-324
LOGITS = st.floats(-800, 800) | st.floats(-2, 2) | st.sampled_from([0.0, 36.8, -36.8, 709.9, -745.2])
TARGETS = st.sampled_from([0.0, 1.0]) | st.floats(0, 1, allow_subnormal=False)


def exact_output(z, y):
    """h, δ, cost at the working precision; no difference that cancels."""
    z, y = mpmath.mpf(z), mpmath.mpf(y)
    h, complement = 1 / (1 + mpmath.exp(-z)), 1 / (1 + mpmath.exp(z))
    cost = y * mpmath.log1p(mpmath.exp(-z)) + (1 - y) * mpmath.log1p(mpmath.exp(z))
    return h, (1 - y) * h - y * complement, cost


@given(LOGITS, TARGETS)
def test_against_50_digits(z, y):
    """δ and the cost to the size of their parts: with a soft y they may cancel in any arithmetic, with 0 or 1 not."""
    found = output(np.array([[z]]), np.array([[y]]))
    with mpmath.workdps(50):
        h, delta, J = exact_output(z, y)
        hard = y in (0.0, 1.0)
        scales = h, abs(delta) if hard else h + (1 - h), J if hard else max(abs(mpmath.mpf(z)), J)
        for name, expected, scale in zip(found._fields, (h, delta, J), scales, strict=True):
            error = abs(mpmath.mpf(float(getattr(found, name)[0, 0])) - expected)
            assert error <= 4 * EPS * scale + 3 * SMALLEST, name


@given(LOGITS, TARGETS)
def test_never_inf_nor_nan_nor_negative(z, y):
    found = output(np.array([z]), np.array([y]))
    assert all(np.isfinite(part).all() for part in found)
    assert found.cost[0] >= -EPS * abs(z)
    assert 0 <= found.h[0] <= 1


@given(LOGITS, TARGETS)
def test_the_error_alone_is_the_same_bit_for_bit(z, y):
    z, y = np.array([[z]]), np.array([[y]])
    delta, none = output_error(z, y, 1 - y)
    np.testing.assert_array_equal(delta, output(z, y).delta)
    assert none == 0.0


@given(st.lists(st.tuples(LOGITS, TARGETS), min_size=1, max_size=6))
def test_the_sum_is_that_of_the_costs(pairs):
    z, y = np.array(pairs).T[:, None, :]
    costs = output(z, y).cost
    _, found = output_error(z, y, 1 - y, with_cost=True)
    assert found == summed_cost(z, y, 1 - y)
    assert found == pytest.approx(costs.sum(), rel=20 * EPS, abs=20 * EPS * float(np.abs(z * (y % 1 > 0)).max()))


@given(st.lists(st.tuples(LOGITS, TARGETS), min_size=1, max_size=6))
def test_the_quick_way_is_the_same_or_not_finite(pairs):
    z, y = np.array(pairs).T[:, None, :]
    with np.errstate(all="ignore"):
        quick, cost = quick_error(z, y, 1 - y, True)
    delta, expected = output_error(z, y, 1 - y, with_cost=True)
    if np.isfinite(quick).all():
        np.testing.assert_allclose(quick, delta, rtol=8 * EPS, atol=SMALLEST)
    else:
        assert z.max() > 708
    if np.isfinite(cost):
        assert cost == pytest.approx(expected, rel=20 * EPS)
    else:
        assert np.abs(z).max() > 708


@pytest.mark.parametrize("z", [40.0, 700.0, -700.0])
def test_where_the_formula_of_the_course_fails(z):
    """−log(1 − h) at z = 40 is inf once h rounds to 1; from the logit it is 40."""
    wrong = float(z > 0)
    found = output(np.array([z]), np.array([1.0 - wrong]))
    assert found.cost[0] == pytest.approx(abs(z), rel=EPS)
    assert found.delta[0] == pytest.approx(math.copysign(1.0, z), rel=EPS)
    right = output(np.array([z]), np.array([wrong]))
    assert right.cost[0] == pytest.approx(math.exp(-abs(z)), rel=4 * EPS)
    assert right.delta[0] == pytest.approx(-math.copysign(math.exp(-abs(z)), z), rel=4 * EPS)


@given(st.floats(-30, 30), st.sampled_from([0.0, 0.3, 1.0]))
def test_delta_is_the_derivative_of_the_cost(z, y):
    step = 1e-5
    after, before = (output(np.array([z + move]), np.array([y])).cost[0] for move in (step, -step))
    assert (after - before) / (2 * step) == pytest.approx(output(np.array([z]), np.array([y])).delta[0], abs=1e-9)


def test_decay_by_hand():
    """λ/(2m) Σ Θ² = 3/(2·2) · (2² + 3² + 4²); the bias column, 9 and 9, is left out."""
    thetas = (np.array([[9.0, 2.0, 3.0]]), np.array([[9.0, 4.0]]))
    assert weight_decay(thetas, 3.0, 2) == 0.75 * 29
    assert weight_decay(thetas, 0.0, 2) == 0.0


@given(problems())
def test_total_is_data_plus_decay(problem):
    total, data, decay = cost(*problem.arguments)
    assert total == data + decay
    assert data >= 0
    assert decay >= 0
    assert (decay == 0) == (problem.lambda_ == 0)
    assert data == cost(problem.network, problem.X, problem.Y).total


def test_nothing_learned_costs_log_2_per_output():
    J = cost(Network.zeros((3, 5, 4)), np.ones((6, 3)), [1, 2, 3, 4, 1, 2])
    assert J.total == pytest.approx(4 * math.log(2), rel=2 * EPS)
