"""The gradient check: right code passes, a fault of 1e-9 does not, and what is wrong is named by its place."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.engine import Network, gradient
from nnviz.engine.check import check_gradient, check_update, checking
from nnviz.engine.epoch import descended
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.slopes import WAYS
from tests.engine.problems import assert_same, drained, flat, problem, problems


def with_fault(D, layer, row, column, fault):
    wrong = [np.array(matrix) for matrix in D]
    wrong[layer - 1][row - 1, column] += fault
    return wrong


@settings(max_examples=60, deadline=None)
@given(problems())
def test_right_code_passes(task):
    found = check_gradient(*task.arguments, method="complex-step")
    assert found.passed
    assert found.wrong == 0


def random_problem(seed):
    """From nearly linear to saturated, with X of any scale."""
    generator = np.random.default_rng(seed)
    sizes = generator.integers(1, 7, generator.integers(2, 5))
    activation = ("sigmoid", "tanh", "relu", "linear")[seed % 4]
    scale, spread = 10.0 ** generator.uniform(-3, 2.5), 10.0 ** generator.uniform(-2, 2)
    thetas = [scale * generator.normal(size=(rows, columns + 1)) for columns, rows in zip(sizes, sizes[1:])]
    m = int(generator.integers(1, 20))
    X, Y = spread * generator.normal(size=(m, sizes[0])), generator.random((m, sizes[-1]))
    lambda_ = 0.0 if seed % 3 == 0 else 10.0 ** generator.uniform(-3, 2)
    return Network.from_thetas(thetas, activation=activation), X, np.round(Y) if seed % 5 else Y, lambda_


def students_gradient(network, X, Y, lambda_):
    """As the course writes it for sigmoid units, with h − y and a .* (1 − a), one example after the other."""
    m, sums = len(X), [np.zeros_like(theta) for theta in network.thetas]
    for x, y in zip(X, Y, strict=True):
        a = [np.append(1.0, x)]
        for theta in network.thetas:
            with np.errstate(over="ignore"):
                a.append(np.append(1.0, 1 / (1 + np.exp(-(theta @ a[-1])))))
        delta = a[-1][1:] - y
        for layer in range(len(sums) - 1, -1, -1):
            sums[layer] += np.outer(delta, a[layer])
            delta = (network.thetas[layer].T @ delta * a[layer] * (1 - a[layer]))[1:]
    D = [matrix / m for matrix in sums]
    for matrix, theta in zip(D, network.thetas, strict=True):
        matrix[:, 1:] += lambda_ / m * theta[:, 1:]
    return D


@pytest.mark.parametrize("block", range(10))
def test_right_code_is_never_rejected_up_to_saturated_networks(block):
    """1,000 networks in all: our D, and that of a student whose differences cancel."""
    for seed in range(100 * block, 100 * block + 100):
        network, X, Y, lambda_ = random_problem(seed)
        assert check_gradient(network, X, Y, lambda_, method="complex-step").passed, seed
        if network.activation_name == "sigmoid":
            D = students_gradient(network, X, Y, lambda_)
            assert check_gradient(network, X, Y, lambda_, method="complex-step", gradient=D).passed, seed


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([1e-9, -1e-9]))
def test_an_error_of_1e_9_in_one_entry_is_found(seed, fault):
    task = problem((3, 5, 5, 4), m=30, seed=seed, lambda_=0.5)
    wrong = with_fault(gradient(*task.arguments), 2, 4, 0, fault)
    found = check_gradient(*task.arguments, gradient=wrong)
    assert found.wrong == 1
    assert not found.agrees[1][3, 0]
    assert found.worst(1) == (Address(Symbol.D, 2, 4, 0),)
    assert found.course_agrees  # to four decimals it is right


@pytest.mark.parametrize("row", WAYS, ids=lambda row: row.name)
def test_all_ways_come_to_the_same_verdict(row):
    task = problem((3, 5, 4), m=8, lambda_=1.0)
    D = gradient(*task.arguments)
    right, wrong = (
        check_gradient(*task.arguments, method=row.name, gradient=one) for one in (D, with_fault(D, 1, 1, 1, 1e-3))
    )
    assert (right.passed, wrong.passed) == (True, False)
    assert (right.course_agrees, wrong.course_agrees) == (True, False)
    assert right.relative_difference < 1e-4 < wrong.relative_difference


def test_the_relative_difference_is_that_of_the_course():
    """‖a − b‖ / ‖a + b‖."""
    task = problem((2, 3, 2), m=4)
    D = [2.0 * matrix for matrix in gradient(*task.arguments)]
    found = check_gradient(*task.arguments, gradient=D)
    assert found.relative_difference == pytest.approx(1 / 3, rel=1e-6)
    assert found.layers == pytest.approx([1 / 3, 1 / 3], rel=1e-6)
    np.testing.assert_allclose(flat(found.relative), 1 / 3, rtol=1e-4)


def test_nothing_beside_nothing_agrees():
    """With Θ = 0 no δ goes back, and D⁽¹⁾ is 0 as is its slope."""
    network = Network.zeros((2, 2, 1))
    found = check_gradient(network, [[1.0, 2.0]], [[1.0]], method="complex-step")
    assert found.passed
    assert found.layers[0] == 0.0
    assert not np.isnan(flat(found.relative)).any()


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_not_finite_does_not_agree(bad):
    task = problem((3, 4), m=4)
    found = check_gradient(*task.arguments, gradient=with_fault(gradient(*task.arguments), 1, 2, 3, bad))
    assert found.wrong == 1
    assert found.worst(1) == (Address(Symbol.D, 1, 2, 3),)
    assert not found.course_agrees


def test_the_worst_come_first():
    task = problem((3, 5, 4), m=4)
    wrong = with_fault(with_fault(gradient(*task.arguments), 1, 2, 3, 0.1), 2, 4, 5, -0.2)
    found = check_gradient(*task.arguments, gradient=wrong)
    assert found.worst(2) == (Address(Symbol.D, 2, 4, 5), Address(Symbol.D, 1, 2, 3))


def test_bit_by_bit_it_tells_how_far_it_is():
    task = problem((3, 5, 4), m=4)
    found = drained(checking(*task.arguments))
    assert_same(found.estimate, check_gradient(*task.arguments).estimate)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"epsilon": 0.0}, "epsilon is 0.0; expected 1e-16 to 1"),
        ({"epsilon": np.nan}, "epsilon is nan"),
        ({"method": "central"}, "method is 'central'; expected one of"),
        ({"gradient": [np.zeros((4, 4))]}, r"gradient has 1 matrices; expected 2"),
        ({"gradient": [np.zeros((5, 3)), np.zeros((4, 6))]}, r"D1 has shape \(5, 3\); expected \(5, 4\)"),
        ({"gradient": ["a", "b"]}, "D1 is not an array of real numbers"),
    ],
)
def test_bad_arguments_are_named(arguments, message):
    task = problem((3, 5, 4), m=4)
    with pytest.raises(ValueError, match=message):
        check_gradient(*task.arguments, **arguments)


@given(problems())
def test_a_right_update_passes(task):
    D = gradient(*task.arguments)
    after = descended(task.network, D, 0.3)
    assert all(mask.all() for mask in check_update(task.network, after, D, 0.3))


def test_a_wrong_update_is_found_where_it_is():
    task = problem((3, 5, 4), m=4)
    D = gradient(*task.arguments)
    after = descended(task.network, D, 0.3).with_theta(2, 1, 0, 0.123)
    masks = check_update(task.network, after, D, 0.3)
    assert [np.argwhere(~mask).tolist() for mask in masks] == [[], [[0, 0]]]


def test_a_gradient_that_is_far_too_large_is_wrong_without_a_warning():
    task = problem((2, 3, 1), m=4)
    wrong = [1e300 * matrix for matrix in gradient(*task.arguments)]
    found = check_gradient(*task.arguments, gradient=wrong)
    assert found.wrong == found.entries
    assert not found.relative_difference < 0.99  # nan, where even the norm is too large
