"""A trace holds every number of one example, each where its address says, and never changes."""

from dataclasses import FrozenInstanceError, fields

import numpy as np
import pytest
from hypothesis import given

from nnviz.engine import Network, gradient, trace
from nnviz.engine.epoch import epoch
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.trace import trace_in
from tests.engine.problems import NAMES, assert_close, assert_same, problem, problems

TASK = problem((3, 5, 5, 4), m=6, lambda_=0.3)


def last(task=TASK, rate=0.5):
    """The last example of a pass, the one whose story holds every kind of number."""
    return trace_in(epoch(*task.arguments, rate), len(task.X) - 1)


def arrays_of(told):
    for field in fields(told):
        value = getattr(told, field.name)
        if isinstance(value, np.ndarray):
            yield value
        elif isinstance(value, tuple):
            yield from value
    yield from (told.y, told.h, told.with_bias(1))
    yield from (*told.contribution, *told.accumulator_before, *told.accumulator)
    yield from (told.epoch.X, told.epoch.Y, *told.epoch.D, *told.epoch.updated.thetas, *told.network.thetas)


# What it holds.


@given(problems())
def test_shapes_layer_by_layer(task):
    told, sizes = last(task), task.network.sizes
    L = len(sizes)
    hidden = [1 < layer < L for layer in range(1, L + 1)]
    lengths = [
        (told.a, list(sizes)),
        (told.z, [0, *sizes[1:]]),
        (told.delta, [0, *sizes[1:]]),
        (told.slope, [size * inner for size, inner in zip(sizes, hidden, strict=True)]),
        (told.weighted, [(size + 1) * inner for size, inner in zip(sizes, hidden, strict=True)]),
    ]
    for tuples, expected in lengths:
        assert [array.shape for array in tuples] == [(length,) for length in expected]
    assert told.costs.shape == told.h.shape == told.y.shape == (sizes[-1],)
    for matrices in (told.contribution, told.accumulator_before, told.accumulator):
        assert [matrix.shape for matrix in matrices] == [theta.shape for theta in task.network.thetas]


@given(problems())
def test_numbers_layer_by_layer(task):
    """The formulas of the course, one after another."""
    told = trace(task.network, task.X[0], task.Y[0])
    np.testing.assert_array_equal(told.a[0], task.X[0])
    np.testing.assert_array_equal(told.y, task.Y[0])
    g = task.network.activation.function
    for i, theta in enumerate(task.network.thetas):
        terms = np.abs(theta) @ np.abs(told.with_bias(i + 1))
        assert_close(told.z[i + 1], theta @ told.with_bias(i + 1), 10, float(terms.max()))
        if i + 2 < task.network.layers:
            assert_close(told.a[i + 1], g(told.z[i + 1]), 2)
            np.testing.assert_array_equal(told.delta[i + 1], told.weighted[i + 1][1:] * told.slope[i + 1])
            following = task.network.thetas[i + 1]
            terms = np.abs(following).T @ np.abs(told.delta[i + 2])
            assert_close(told.weighted[i + 1], following.T @ told.delta[i + 2], 10, float(terms.max()))
    assert_close(told.delta[-1], told.h - told.y, 2, 1.0)
    assert told.cost == told.costs.sum()
    for i, matrix in enumerate(told.contribution):
        np.testing.assert_array_equal(matrix, np.outer(told.delta[i + 1], told.with_bias(i + 1)))


def test_xnor_by_hand():
    """x = (0, 0): a₁ = g(−30) ≈ 0 (AND), a₂ = g(10) ≈ 1 (NOR), h = g(−10 + 20·a₁ + 20·a₂) ≈ g(10)."""
    network = Network.from_thetas([[[-30, 20, 20], [10, -20, -20]], [[-10, 20, 20]]])
    told = trace(network, [0, 0], 1)
    assert told.z[1].tolist() == [-30, 10]
    assert told.z[2][0] == pytest.approx(10, abs=1e-2)
    assert told.h[0] == pytest.approx(0.99995, abs=1e-5)


@pytest.mark.parametrize(("y", "row"), [(2, [0, 1, 0]), ([0, 1, 0], [0, 1, 0]), ([0.1, 0.2, 0.7], [0.1, 0.2, 0.7])])
def test_y_may_be_a_label_or_a_row(y, row):
    assert trace(Network.zeros((2, 3)), [1, 2], y).y.tolist() == row


def test_y_of_one_output():
    network = Network.zeros((2, 1))
    assert trace(network, [1, 2], 0).y.tolist() == [0]
    assert trace(network, [1, 2], [1]).y.tolist() == [1]


def test_the_bias_units_delta_is_known_and_never_used():
    told = trace(TASK.network, TASK.X[0], TASK.Y[0])
    for layer in (2, 3):
        expected = TASK.network.theta(layer)[:, 0] @ told.delta[layer]
        assert told.bias_delta[layer - 1] == pytest.approx(expected)
        assert told.quantity(Address(Symbol.DELTA, layer, 0)).value == told.bias_delta[layer - 1]
    assert told.bias_delta[0] is told.bias_delta[3] is None
    other = TASK.network
    for unit in range(1, 6):  # Θ at the bias unit of layer 2 changes its δ, and the δ below only through what follows
        other = other.with_theta(2, unit, 0, 0.0)
    silent = trace(other, TASK.X[0], TASK.Y[0])
    assert [matrix.shape for matrix in silent.contribution] == [theta.shape for theta in other.thetas]
    assert len(told.delta[1]) == 5  # layer 2's five units; a bias δ would be a sixth, and a sixth row of Δ⁽¹⁾
    assert told.contribution[0].shape == (5, 4)


def test_without_hidden_layers_there_is_no_bias_delta():
    told = trace(Network.zeros((3, 1)), [1, 2, 3], 1)
    assert told.bias_delta == (None, None)


# One example and the pass it belongs to.


@given(problems(most_examples=12))
def test_in_a_pass_or_by_itself_the_example_is_the_same_bit_for_bit(task):
    passes = epoch(*task.arguments)
    for i in range(len(task.X)):
        inside, alone = trace_in(passes, i), trace(task.network, task.X[i], task.Y[i])
        for name in ("z", "a", "slope", "weighted", "delta", "contribution"):
            assert_same(getattr(inside, name), getattr(alone, name))
        np.testing.assert_array_equal(inside.costs, alone.costs)
        assert_same(inside.contribution, gradient(task.network, task.X[i : i + 1], task.Y[i : i + 1]))


def test_delta_before_and_after_join_up():
    passes = epoch(*TASK.arguments)
    for i in range(5):
        assert_same(trace_in(passes, i).accumulator, trace_in(passes, i + 1).accumulator_before)


def test_by_itself_an_example_starts_from_zero():
    told = trace(TASK.network, TASK.X[0], TASK.Y[0])
    assert not any(matrix.any() for matrix in told.accumulator_before)
    assert_same(told.accumulator, told.contribution)
    assert not told.final


def test_only_the_last_example_is_final_unless_told_otherwise():
    passes = epoch(*TASK.arguments)
    assert [trace_in(passes, i).final for i in range(6)] == [False] * 5 + [True]
    assert trace_in(passes, 0, final=True).final
    assert not trace_in(passes, 5, final=False).final


# It never changes.


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sizes", [(3, 1), (3, 5, 4)])
def test_every_array_is_read_only(sizes, name):
    told = last(problem(sizes, activation=name))
    for array in arrays_of(told):
        assert not array.flags.writeable
        assert array.base is None or not array.base.flags.writeable


def test_what_the_caller_keeps_is_not_shared():
    x, y = TASK.X[0].copy(), TASK.Y[0].copy()
    told = trace(TASK.network, x, y)
    before = [array.copy() for array in arrays_of(told)]
    x[:], y[:] = 9, 0.5
    assert_same(list(arrays_of(told)), before)


def test_frozen():
    told = last()
    for name in ("z", "example", "final", "epoch"):
        with pytest.raises(FrozenInstanceError):
            setattr(told, name, None)
    with pytest.raises(FrozenInstanceError):
        told.steps[0].unit = 2


def test_steps_are_made_once():
    told = last()
    assert told.steps is told.steps


# Addresses.


def test_every_number_stands_at_its_address():
    told = last()
    network, passes = told.network, told.epoch
    expected = {
        Address(Symbol.A, 1, 2): told.a[0][1],
        Address(Symbol.A, 2, 0): 1.0,
        Address(Symbol.A, 4, 4): told.h[3],
        Address(Symbol.Z, 2, 5): told.z[1][4],
        Address(Symbol.Y, 4, 1): told.y[0],
        Address(Symbol.SLOPE, 3, 2): told.slope[2][1],
        Address(Symbol.DELTA, 4, 3): told.delta[3][2],
        Address(Symbol.DELTA, 3, 0): told.weighted[2][0],
        Address(Symbol.WEIGHTED, 2, 0): told.weighted[1][0],
        Address(Symbol.WEIGHTED, 2, 4): told.weighted[1][4],
        Address(Symbol.COST, 4, 2): told.costs[1],
        Address(Symbol.EXAMPLE_COST, 4): told.cost,
        Address(Symbol.THETA, 2, 3, 0): network.theta(2)[2, 0],
        Address(Symbol.ACCUMULATOR_BEFORE, 1, 5, 3): told.accumulator_before[0][4, 3],
        Address(Symbol.ACCUMULATOR, 3, 4, 5): told.accumulator[2][3, 5],
        Address(Symbol.D, 1, 1, 1): passes.D[0][0, 1],
        Address(Symbol.THETA_NEW, 3, 2, 0): passes.updated.theta(3)[1, 0],
    }
    assert {address.symbol for address in expected} == set(Symbol) - {Symbol.J}
    for address, value in expected.items():
        assert told.quantity(address).value == value, address
        assert told.quantity(address).address == address


NOWHERE = [
    Address(Symbol.Z, 2, 0),
    Address(Symbol.Z, 1, 1),
    Address(Symbol.Z, 2, 6),
    Address(Symbol.Z, 0, 1),
    Address(Symbol.Z, 5, 1),
    Address(Symbol.A, 2, 6),
    Address(Symbol.A, 2, -1),
    Address(Symbol.A, 0, 1),
    Address(Symbol.Y, 4, 0),
    Address(Symbol.Y, 4, 5),
    Address(Symbol.SLOPE, 4, 1),
    Address(Symbol.SLOPE, 2, 0),
    Address(Symbol.DELTA, 1, 1),
    Address(Symbol.DELTA, 4, 0),
    Address(Symbol.WEIGHTED, 4, 1),
    Address(Symbol.COST, 4, 0),
    Address(Symbol.THETA, 1, 0, 1),
    Address(Symbol.THETA, 4, 1, 1),
    Address(Symbol.THETA, 0, 1, 1),
    Address(Symbol.THETA, 1, 1, 4),
    Address(Symbol.THETA, 1, 1, -1),
    Address(Symbol.THETA, 1, 1),
    Address(Symbol.ACCUMULATOR, 1, 1),
    Address(Symbol.D, 1, 6, 0),
]


@pytest.mark.parametrize("address", NOWHERE, ids=lambda at: f"{at.symbol.value} {at.layer} {at.row} {at.column}")
def test_where_there_is_no_number_none_is_found(address):
    with pytest.raises(LookupError):
        last().quantity(address)


# What is refused.


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([1], 1, "x has shape (1,); expected (2,)."),
        ([[1, 2]], 1, "x has shape (1, 2); expected (2,)."),
        ([1, np.nan], 1, "x holds nan at index (1,); expected finite numbers."),
        ([1, 2j], 1, "x is not an array of real numbers (complex128 found; expected real numbers)."),
        (["1", "2"], 1, "x is not an array of real numbers (<U1 found; expected real numbers)."),
        ([[1], [1, 2]], 1, "x is not an array of real numbers ("),
        ([1, 2], 4, "y holds the label 4 at index (0,); expected 1 to 3."),
        ([1, 2], 0, "y holds the label 0 at index (0,); expected 1 to 3."),
        ([1, 2], 1.5, "y holds the label 1.5 at index (0,); expected 1 to 3."),
        ([1, 2], [1, 0], "y has shape (2,); expected (3,)."),
        ([1, 2], [[1, 0, 0]], "y has shape (1, 3); expected (3,)."),
        ([1, 2], [0, 2, 0], "y holds 2; expected entries from 0 to 1"),
        ([1, 2], [0, np.inf, 0], "y holds inf at index (1,); expected finite numbers."),
        ([1, 2], np.nan, "y holds nan at index (0,); expected finite numbers."),
        ([1, 2], [[1], [0, 1]], "y is not an array of real numbers ("),
        ([1, 2], "car", "y is not an array of real numbers (<U3 found; expected real numbers)."),
        ([1, 2], None, "y is not an array of real numbers (NoneType found; expected real numbers)."),
    ],
)
def test_wrong_x_and_y(x, y, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 — the message is compared
        trace(Network.zeros((2, 3)), x, y)
    assert str(caught.value).startswith(message)
