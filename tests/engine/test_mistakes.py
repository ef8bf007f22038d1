"""A planted mistake in the story and in training: its numbers belong together, and stepping equals running."""

from itertools import islice

import numpy as np
import pytest

from nnviz.engine.epoch import Epoch
from nnviz.engine.faults import FAULTS, fault
from nnviz.engine.quantities import Symbol
from nnviz.engine.steps import Gradient, MistakenStep, Phase
from nnviz.engine.story import Story
from nnviz.engine.trace import trace_in
from nnviz.engine.training import train
from tests.engine.problems import assert_close, assert_same, problem

RATE = 0.3
ROWS = pytest.mark.parametrize("row", FAULTS, ids=lambda row: row.name)


def task_of(sizes=(3, 4, 4, 3), m=6):
    return problem(sizes, m, seed=5, lambda_=1.5, epsilon=1.5)


def pass_of(row, task):
    network, X, Y, lambda_ = task.arguments
    return Epoch(network, X, Y, lambda_, RATE, lines=row.lines)


def traces(row, task):
    epoch = pass_of(row, task)
    return [trace_in(epoch, example, mistake=row.step) for example in range(epoch.m)]


def struck(told):
    return [step for step in told.steps if isinstance(step, MistakenStep)]


@ROWS
def test_it_is_told_where_it_strikes_and_nowhere_else(row):
    everywhere = [struck(told) for told in traces(row, task_of())]
    kinds = {type(step) for steps in everywhere for step in steps}
    assert kinds == {row.step}
    assert {step.phase for steps in everywhere for step in steps} == {row.phase}
    first, last = bool(everywhere[0]), bool(everywhere[-1])
    if row.phase in (Phase.GRADIENT, Phase.UPDATE) or row.name == "last-example-left-out":
        assert (first, last) == (False, True)
    elif row.name == "accumulator-not-reset":
        assert (first, last) == (True, False)
    else:
        assert all(everywhere)


@ROWS
def test_the_steps_are_the_same_but_for_those(row):
    for told in traces(row, task_of()):
        right = trace_in(told.epoch.right, told.example)
        assert len(told.steps) == len(right.steps)
        for step, other in zip(told.steps, right.steps):
            assert step.target == other.target
            assert isinstance(step, type(other))


@ROWS
def test_terms_add_up_and_every_operand_can_be_read(row):
    for told in traces(row, task_of()):
        for step in told.steps:
            terms = step.terms
            assert all(np.isfinite(quantity.value) for term in terms for quantity in term.operands)
            if step.fills_row:
                continue
            scale = max(abs(term.value) for term in terms)
            assert_close([sum(term.value for term in terms)], [step.total], 50, scale)
            if not step.closes:
                assert_close([step.total], [step.value], 50, scale)


@ROWS
def test_operands_make_the_products(row):
    for told in traces(row, task_of()):
        for step in struck(told):
            if step.phase is Phase.BACKWARD and step.layer < 4:
                for term in step.terms:
                    assert term.value == term.operands[0].value * term.operands[1].value


@ROWS
def test_delta_goes_into_the_accumulator_and_that_into_D(row):
    told = traces(row, task_of())
    epoch = told[0].epoch
    counted, m = row.lines.counted(epoch.m), epoch.m
    sums = [np.zeros_like(theta) for theta in epoch.network.thetas]
    for one in told[:counted]:
        sums = [total + more for total, more in zip(sums, one.contribution)]
    sums = [(1 + row.lines.carried) * total for total in sums]
    for total, known in zip(sums, told[-1].accumulator):
        assert_close(known, total, 500)
    for total, theta, D in zip(sums, epoch.network.thetas, epoch.D):
        expected = total / row.lines.divisor(m) + row.lines.rate(epoch.lambda_, m) * row.lines.decayed(theta)
        expected[:, 0] *= row.lines.bias
        assert_close(D, expected, 500)


@ROWS
def test_the_row_of_the_update_is_the_new_theta(row):
    last = traces(row, task_of())[-1]
    for step in last.steps:
        if step.phase is Phase.UPDATE:
            old = last.network.theta(step.layer)[step.unit - 1]
            assert_close(step.totals, old + step.products, 50)


@ROWS
@pytest.mark.parametrize("batch", [None, 2, 5])
def test_stepping_equals_running(row, batch):
    from nnviz.engine.batches import batch_rows

    network, X, Y, lambda_ = task_of(m=11).arguments
    ran = train(network, X, Y, learning_rate=RATE, lambda_=lambda_, batch=batch, seed=3, fault=row.name)
    there = list(islice(ran, 8))
    for before, after in zip(there, there[1:]):
        rows = batch_rows(before.iteration, len(X), batch, 3)
        decay = lambda_ * (len(rows) / len(X))
        step = Epoch(before.network, X[rows], Y[rows], decay, RATE, lines=row.lines)
        assert_same(after.network.thetas, step.updated.thetas)


def test_blocks_of_many_examples_make_the_same_updates():
    network, X, Y, lambda_ = task_of(m=1000).arguments
    first, second = islice(train(network, X, Y, learning_rate=RATE, lambda_=lambda_, fault="no-slope"), 2)
    step = Epoch(first.network, X, Y, lambda_, RATE, lines=fault("no-slope").lines)
    for theta, expected in zip(second.network.thetas, step.updated.thetas):
        assert_close(theta, expected, 50)


@ROWS
@pytest.mark.parametrize("method", ["momentum", "adam", "l-bfgs"])
def test_other_methods_train_with_it_too(row, method):
    network, X, Y, lambda_ = task_of().arguments
    arguments = {"method": method, "lambda_": lambda_, "iterations": 3}
    wrong = list(train(network, X, Y, fault=row.name, **arguments))
    right = list(train(network, X, Y, **arguments))
    assert wrong[0].cost == right[0].cost
    own_steps = method == "l-bfgs"
    same = row.phase is Phase.UPDATE or row.name == "theta-changed-early"  # there is no α, and no such update
    if own_steps and same:
        for theta, expected in zip(wrong[-1].network.thetas, right[-1].network.thetas):
            assert_close(theta, expected, 1e4)
    else:
        assert (
            len(wrong) < 2
            or any((a != b).any() for a, b in zip(wrong[1].network.thetas, right[1].network.thetas))
            or wrong[0].norm != right[0].norm
        )


def test_J_stays_right():
    network, X, Y, lambda_ = task_of().arguments
    wrong = next(train(network, X, Y, lambda_=lambda_, fault="sign-flipped"))
    right = next(train(network, X, Y, lambda_=lambda_))
    assert wrong.cost == right.cost
    assert wrong.norm != right.norm


def test_an_unknown_mistake_is_refused():
    network, X, Y, _ = task_of().arguments
    with pytest.raises(ValueError, match="fault is 'typo'"):
        train(network, X, Y, fault="typo")


def test_hidden_it_is_told_like_right_steps_with_wrong_numbers():
    row = fault("sign-flipped")
    epoch = pass_of(row, task_of())
    hidden, right = trace_in(epoch, 0), trace_in(epoch.right, 0)
    assert not struck(hidden)
    assert_close(hidden.delta[-1], -right.delta[-1], 4)


def test_the_right_numbers_are_at_hand():
    row = fault("no-slope")
    told = traces(row, task_of())[0]
    right = trace_in(told.epoch.right, 0)
    assert_same(told.right.delta, right.delta)
    assert right.right is right


def test_another_number_of_ticks_is_told_in_full():
    row = fault("no-slope")
    story = Story(traces(row, task_of())[0])
    assert story.length == sum(step.ticks for step in story.steps)
    address = next(step.target for step in story.steps if isinstance(step, row.step))
    assert story.first_place(address) is not None


@pytest.mark.parametrize(
    ("name", "sizes", "m", "lambda_"),
    [
        ("theta-not-transposed", (3, 4, 5, 3), 4, 1.0),
        ("theta-not-transposed", (3, 1, 1), 4, 1.0),
        ("labels-shifted", (3, 4, 1), 4, 1.0),
        ("lambda-not-over-m", (3, 4, 3), 4, 0.0),
        ("lambda-not-over-m", (3, 4, 3), 1, 1.0),
        ("bias-regularised", (3, 4, 3), 4, 0.0),
        ("no-regularisation", (3, 4, 3), 4, 0.0),
        ("not-over-m", (3, 4, 3), 1, 1.0),
        ("bias-in-the-loop", (1, 1, 3), 4, 1.0),
    ],
)
def test_where_it_changes_nothing_nothing_is_marked(name, sizes, m, lambda_):
    row = fault(name)
    network, X, Y, _ = problem(sizes, m, seed=1).arguments
    epoch = Epoch(network, X, Y, lambda_, RATE, lines=row.lines)
    assert not any(struck(trace_in(epoch, example, mistake=row.step)) for example in range(m))


def test_without_a_bias_gradient_the_bias_column_is_0():
    last = traces(fault("no-bias-gradient"), task_of())[-1]
    entries = [step.totals[0] for step in last.steps if isinstance(step, Gradient)]
    assert entries == [0.0] * len(entries)
    assert last.quantity(last.steps[-1].entry(Symbol.D, 0)).value == 0.0
