"""Planted bugs: each is found by a check, named from its numbers alone, and the right code never is."""

import numpy as np
import pytest

from nnviz.engine import Network, gradient
from nnviz.engine.check import check_gradient, check_update
from nnviz.engine.diagnosis import diagnose, explains
from nnviz.engine.epoch import descended
from nnviz.engine.faults import FAULTS, fault
from nnviz.engine.lines import RIGHT, gradient_by
from nnviz.engine.steps import Phase
from tests.engine.problems import assert_close, flat, problem

NETWORKS = 20
RATE = 0.7
IN_THE_UPDATE = [row for row in FAULTS if row.phase is Phase.UPDATE]
IN_D = [row for row in FAULTS if row.phase is not Phase.UPDATE]


def task_of(seed):
    """A random network with two hidden layers of one size, so that every mistake can be made in it; λ > 0."""
    generator = np.random.default_rng(seed)
    hidden = int(generator.integers(2, 6))
    sizes = (int(generator.integers(2, 6)), hidden, hidden, int(generator.integers(3, 6)))
    return problem(
        sizes,
        int(generator.integers(3, 30)),
        seed=seed,
        activation=("sigmoid", "tanh")[seed % 2],
        lambda_=float(10.0 ** generator.uniform(-1, 1)),
        epsilon=1.5,
    )


def wrong_gradient(row, task):
    return gradient_by(row.lines, *task.arguments, RATE)


def test_the_ids_are_those_that_are_promised():
    assert [row.name for row in FAULTS] == [
        "lambda-not-over-m", "bias-regularised", "no-regularisation", "no-slope", "slope-of-a", "output-slope",
        "sign-flipped", "bias-row-kept", "theta-not-transposed", "not-over-m", "last-example-left-out",
        "accumulator-not-reset", "theta-changed-early", "bias-in-the-loop", "labels-shifted", "no-bias-gradient",
    ]  # fmt: skip
    assert len({row.title for row in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize("seed", range(10))
def test_the_right_lines_are_the_gradient(seed):
    task = task_of(seed)
    assert_close(flat(gradient_by(RIGHT, *task.arguments, RATE)), flat(gradient(*task.arguments)), 200)


@pytest.mark.parametrize("row", IN_D, ids=lambda row: row.name)
def test_a_fault_in_the_gradient_is_found_and_named(row):
    for seed in range(NETWORKS):
        task = task_of(seed)
        wrong = wrong_gradient(row, task)
        assert not check_gradient(*task.arguments, method="complex-step", gradient=wrong).passed, seed
        found = diagnose(wrong, *task.arguments, RATE)
        assert [one.name for one in found.faults] == [row.name], (seed, found)
        assert row.title in found.words


@pytest.mark.parametrize("row", IN_THE_UPDATE, ids=lambda row: row.name)
def test_a_fault_in_the_update_is_found_by_the_update_check_alone(row):
    for seed in range(NETWORKS):
        task = task_of(seed)
        D = gradient(*task.arguments)
        assert check_gradient(*task.arguments, method="complex-step", gradient=wrong_gradient(row, task)).passed
        masks = check_update(task.network, descended(task.network, D, RATE, row.lines), D, RATE)
        assert not all(mask.all() for mask in masks)
        assert all(mask[:, 1:].all() for mask in masks)


@pytest.mark.parametrize("row", IN_D, ids=lambda row: row.name)
def test_where_a_fault_strikes_and_where_not(row):
    """Faults of the decay spare the bias column or strike only there; those on the way back spare the last D."""
    task = task_of(3)
    agrees = check_gradient(*task.arguments, method="complex-step", gradient=wrong_gradient(row, task)).agrees
    columns_right = all(mask[:, 0].all() for mask in agrees)
    only_columns = all(mask[:, 1:].all() for mask in agrees)
    assert columns_right == (row.name in ("lambda-not-over-m", "no-regularisation"))
    assert only_columns == (row.name in ("bias-regularised", "no-bias-gradient"))
    on_the_way_back = ("no-slope", "slope-of-a", "bias-row-kept", "theta-not-transposed", "theta-changed-early")
    assert agrees[-1].all() == (row.name in on_the_way_back)


def doubled_first(matrix):
    found = matrix.copy()
    found[0, 0] *= 2.0
    return found


def test_the_right_code_is_never_named():
    for seed in range(1000):
        generator = np.random.default_rng(seed)
        sizes = tuple(int(size) for size in generator.integers(1, 6, generator.integers(2, 5)))
        scale = 10.0 ** generator.uniform(-2, 2)
        task = problem(sizes, int(generator.integers(1, 9)), seed=seed, lambda_=float(seed % 3))
        network = Network.from_thetas([scale * theta for theta in task.network.thetas])
        arguments = network, task.X, task.Y, task.lambda_
        found = diagnose(gradient(*arguments), *arguments)
        assert found.right, seed
        assert not found.faults


@pytest.mark.parametrize("names", [("lambda-not-over-m", "no-slope"), ("output-slope", "sign-flipped")])
def test_two_mistakes_at_once_are_both_named(names):
    task = task_of(5)
    pair = tuple(map(fault, names))
    lines = RIGHT._replace(**pair[0].changes, **pair[1].changes)
    found = diagnose(gradient_by(lines, *task.arguments, RATE), *task.arguments, RATE)
    assert found.faults == pair


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda D: [3.0 * matrix for matrix in D], "Each of them is 3 times what it should be."),
        (lambda D: [-3.0 * matrix for matrix in D], "Each of them is −3 times what it should be."),
        (lambda D: [-1.0 * matrix for matrix in D], "entries are wrong. Only their sign is wrong."),
        (lambda D: [0.0 * D[0], *D[1:]], "all of them in D1. They are all 0."),
        (lambda D: [doubled_first(D[0]), *D[1:]], "1 of 51 entries is wrong, in D1: only the bias columns."),
        (lambda D: [D[0] + 0.1, *D[1:]], "all of them in D1"),
        (lambda D: [matrix * np.array([1.7, *[1.0] * (matrix.shape[1] - 1)]) for matrix in D], "only the bias columns"),
        (lambda D: [D[0], np.hstack([D[1][:, :1], D[1][:, 1:].T]), D[2]], "D2 without its bias column is transposed."),
        (lambda D: [D[0] * np.nan, *D[1:]], "Some are not finite."),
    ],
)
def test_what_is_no_classic_is_told_by_its_pattern(change, words):
    task = problem((3, 4, 4, 3), m=7, lambda_=0.3, epsilon=1.0)
    found = diagnose(change(gradient(*task.arguments)), *task.arguments)
    assert not found.right
    assert not found.faults
    assert words in found.words


def test_a_mistake_that_changes_nothing_here_is_not_named():
    """With K = 1 there is no class to shift to, so a wrong D cannot be that."""
    task = problem((2, 3, 1), m=4)
    assert_close(
        flat(gradient_by(fault("labels-shifted").lines, *task.arguments, 1.0)), flat(gradient(*task.arguments)), 50
    )
    found = diagnose([1.1 * matrix for matrix in gradient(*task.arguments)], *task.arguments)
    assert not found.faults


def test_an_unknown_fault_is_refused_by_name():
    with pytest.raises(ValueError, match="fault is 'typo'; expected one of lambda-not-over-m, bias-regularised"):
        fault("typo")


@pytest.mark.parametrize("row", IN_D, ids=lambda row: row.name)
def test_a_mistake_explains_its_own_numbers_and_no_others(row):
    task = task_of(7)
    wrong = wrong_gradient(row, task)
    assert [one.name for one in FAULTS if explains([one], wrong, *task.arguments, RATE)] == [row.name]
    assert not explains([row], gradient(*task.arguments), *task.arguments, RATE)


def test_the_right_gradient_is_explained_by_a_mistake_that_does_not_show():
    task = task_of(7)
    assert explains([fault("no-regularisation")], gradient(task.network, task.X, task.Y), task.network, task.X, task.Y)
    assert explains([], gradient(*task.arguments), *task.arguments)


def test_two_mistakes_explain_what_neither_does_alone():
    task = task_of(5)
    pair = fault("lambda-not-over-m"), fault("no-slope")
    wrong = gradient_by(RIGHT._replace(**pair[0].changes, **pair[1].changes), *task.arguments, RATE)
    assert explains(pair, wrong, *task.arguments, RATE)
    assert not any(explains([row], wrong, *task.arguments, RATE) for row in pair)
