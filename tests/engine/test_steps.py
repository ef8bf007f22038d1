"""Every step's terms are made of numbers that stand somewhere, and add up to what the step says."""

from itertools import groupby
from math import isnan, prod

import numpy as np
import pytest
from hypothesis import given, settings

from nnviz.engine import Network, trace
from nnviz.engine.epoch import epoch
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import (
    Accumulate,
    Activate,
    BiasError,
    ExampleCost,
    Gradient,
    HiddenError,
    OutputCost,
    OutputError,
    Phase,
    Update,
)
from nnviz.engine.trace import trace_in
from tests.engine.problems import EPS, problem, problems

RATE = 0.7
TASK = problem((3, 5, 5, 4), m=3, lambda_=0.3)


def last(task=TASK):
    return trace_in(epoch(*task.arguments, RATE), len(task.X) - 1)


def of(told, *kinds):
    return [step for step in told.steps if type(step) in kinds]


def values(term):
    return [operand.value for operand in term.operands]


def within(found, expected, scale, units=20):
    assert abs(found - expected) <= units * EPS * scale, f"{found!r} is not {expected!r}"


# For every step.


@settings(max_examples=60)
@given(problems(most_hidden=3))
def test_every_operand_stands_at_its_address(task):
    told = last(task)
    for step in told.steps:
        assert len(step.terms) == step.count == len(step.products) == len(step.totals) > 0
        for index, term in enumerate(step.terms):
            assert tuple(operand.address for operand in term.operands) == step.operands(index)
            for operand in term.operands:
                assert operand == told.quantity(operand.address)
            assert (term.value, term.total) == (step.products[index], step.totals[index])
            assert step.term(index) == term


@settings(max_examples=60)
@given(problems(most_hidden=3))
def test_terms_add_up_to_the_total(task):
    for step in last(task).steps:
        if step.fills_row:
            assert isnan(step.value)
            continue
        scale = sum(abs(term.value) for term in step.terms)
        sofar = 0.0
        for term in step.terms:
            sofar += term.value
            within(term.total, sofar, scale)
        within(step.totals[-1], step.total, scale)


@settings(max_examples=60)
@given(problems(most_hidden=3))
def test_a_step_tells_the_number_at_its_target(task):
    told = last(task)
    for step in told.steps:
        assert (step.target.symbol, step.target.layer, step.target.row) == (step.symbol, step.layer, step.unit)
        if step.fills_row:
            for column in range(step.count):
                whole = told.quantity(Address(step.symbol, step.layer, step.unit, column)).value
                assert step.terms[column].total == whole
        else:
            assert step.value == told.quantity(step.target).value
            if not step.closes:
                assert step.total == step.value


def test_ticks():
    for step in last().steps:
        assert step.ticks == step.count + (type(step) in (Activate, HiddenError))


# Kind by kind.


@settings(max_examples=40)
@given(problems(most_hidden=3))
def test_activate(task):
    told = last(task)
    for step in of(told, Activate):
        for index, term in enumerate(step.terms):
            theta, a = term.operands
            assert theta.address == Address(Symbol.THETA, step.layer - 1, step.unit, index)
            assert a.address == Address(Symbol.A, step.layer - 1, index)
            assert term.value == theta.value * a.value
        assert step.terms[0].operands[1].value == 1.0  # the bias unit
        assert step.total == told.quantity(Address(Symbol.Z, step.layer, step.unit)).value
        g = "sigmoid" if step.layer == task.network.layers else task.network.activation_name
        function = Network.zeros((1, 1), activation=g).activation.function
        within(step.value, float(function(np.array([step.total]))[0]), abs(step.value))


@settings(max_examples=40)
@given(problems(most_hidden=3))
def test_hidden_error(task):
    told = last(task)
    for step in of(told, HiddenError):
        for index, term in enumerate(step.terms):
            theta, delta = term.operands
            assert theta.address == Address(Symbol.THETA, step.layer, index + 1, step.unit)
            assert delta.address == Address(Symbol.DELTA, step.layer + 1, index + 1)
            assert term.value == theta.value * delta.value
        assert step.value == step.total * told.quantity(Address(Symbol.SLOPE, step.layer, step.unit)).value
        assert step.total == told.quantity(Address(Symbol.WEIGHTED, step.layer, step.unit)).value


@settings(max_examples=40)
@given(problems(most_hidden=3))
def test_bias_error_is_told_and_goes_nowhere(task):
    told = last(task)
    used = {operand.address for step in told.steps for term in step.terms for operand in term.operands}
    assert len(of(told, BiasError)) == task.network.layers - 2
    for step in of(told, BiasError):
        assert step.unit == 0
        assert not step.closes
        for term in step.terms:
            assert term.value == prod(values(term))
        assert step.value == step.total == told.bias_delta[step.layer - 1]
        assert step.target not in used


@settings(max_examples=40)
@given(problems(most_hidden=2))
def test_costs(task):
    told = last(task)
    for step in of(told, OutputCost):
        y, h = values(step.terms[0])
        assert values(step.terms[1]) == [y, h]
        if 1e-6 < h < 1 - 1e-6:
            assert step.terms[0].value == pytest.approx(-y * np.log(h), rel=1e-9, abs=1e-15)
            assert step.terms[1].value == pytest.approx(-(1 - y) * np.log(1 - h), rel=1e-9, abs=1e-15)
    (step,) = of(told, ExampleCost)
    assert [term.value for term in step.terms] == told.costs.tolist()
    assert all(values(term) == [term.value] for term in step.terms)
    assert step.value == told.cost


def test_saturated_costs_stay_finite():
    told = trace(Network.from_thetas([[[700.0, 0], [-700.0, 0]]]), [0], [0, 1])
    for step in of(told, OutputCost):
        assert [term.value for term in step.terms if term.value] == [700.0]
        assert step.value == 700.0


@settings(max_examples=40)
@given(problems(most_hidden=2))
def test_output_error(task):
    for step in of(last(task), OutputError):
        (a,), (y,) = map(values, step.terms)
        assert [term.value for term in step.terms] == [a, -y]
        within(step.value, a - y, 1.0, 2)


@settings(max_examples=40)
@given(problems(most_hidden=2))
def test_accumulate(task):
    for step in of(last(task), Accumulate):
        for term in step.terms:
            before, delta, a = values(term)
            assert term.value == delta * a
            within(term.total, before + term.value, abs(before) + abs(term.value) + 1, 50)


@settings(max_examples=40)
@given(problems(most_hidden=2))
def test_gradient(task):
    told, m = last(task), len(task.X)
    for step in of(told, Gradient):
        for column, term in enumerate(step.terms):
            sums, *theta = values(term)
            assert len(theta) == (column > 0)
            decay = task.lambda_ * sum(theta)
            within(term.total, (sums + decay) / m, abs(sums) + abs(decay) + 1, 50)
            assert term.value == term.total


@settings(max_examples=40)
@given(problems(most_hidden=2))
def test_update_is_theta_less_alpha_d_bit_for_bit(task):
    for step in of(last(task), Update):
        for term in step.terms:
            theta, D = values(term)
            assert term.value == -RATE * D
            assert term.total == theta + term.value == theta - RATE * D


# The order.


def expected_order(sizes, final):
    """The story as product.md has it: forward, cost, backward to layer 2, accumulate; then D and the update."""
    L = len(sizes)
    forward = [(Activate, layer, j) for layer in range(2, L + 1) for j in range(1, sizes[layer - 1] + 1)]
    costs = [(OutputCost, L, k) for k in range(1, sizes[-1] + 1)] + [(ExampleCost, L, 0)]
    backward = [(OutputError, L, k) for k in range(1, sizes[-1] + 1)]
    for layer in range(L - 1, 1, -1):
        backward += [(HiddenError, layer, j) for j in range(1, sizes[layer - 1] + 1)] + [(BiasError, layer, 0)]
    rows = [(layer, j) for layer in range(1, L) for j in range(1, sizes[layer] + 1)]
    ends = [(kind, *row) for kind in ((Accumulate, Gradient, Update) if final else (Accumulate,)) for row in rows]
    return forward + costs + backward + ends


@given(problems(most_hidden=3))
def test_order(task):
    passes = epoch(*task.arguments)
    for final in (False, True):
        told = trace_in(passes, 0, final=final)
        assert [(type(s), s.layer, s.unit) for s in told.steps] == expected_order(task.network.sizes, final)
        phases = [phase for phase, _ in groupby(step.phase for step in told.steps)]
        assert phases == list(Phase)[: 6 if final else 4]


@given(problems(most_hidden=3))
def test_nothing_is_used_before_it_is_told(task):
    told = last(task)
    ready = {Symbol.Y, Symbol.THETA, Symbol.ACCUMULATOR_BEFORE}
    seen = set()
    for step in told.steps:
        for index in range(step.count):
            for at in step.operands(index):
                given_ = at.symbol in ready or (at.symbol is Symbol.A and (at.layer == 1 or at.row == 0))
                assert given_ or at in seen, f"{at} before it is told, in {step}"
        seen.add(step.target)
        seen |= {Address(step.symbol, step.layer, step.unit, column) for column in range(step.count * step.fills_row)}


def test_a_row_has_no_single_value():
    assert all(isnan(step.value) for step in of(last(), Accumulate, Gradient, Update))


def test_a_wide_unit_is_cheap_until_it_is_looked_at():
    """784-100-10 has 80,000 terms and more; its steps are made without any."""
    task = problem((784, 100, 10), m=1)
    told = last(task)
    assert len(told.steps) == 110 + 11 + 10 + 101 + 3 * 110
    step = told.steps[0]
    assert "terms" not in vars(step)
    assert step.ticks == 786
    assert step.term(784).total == pytest.approx(step.total)
