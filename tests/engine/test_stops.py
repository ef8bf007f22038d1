"""Runs end when a condition holds, at the first iteration at which it does, and say so."""

import math

import numpy as np
import pytest

from nnviz.engine import METHODS, Stops, predict, right, train
from nnviz.engine.cost import Cost
from nnviz.engine.progress import Progress
from nnviz.engine.stops import checks
from tests.engine.problems import finished, problem

TASK = problem((3, 5, 4), m=20, lambda_=0.1)
EVERY = pytest.mark.parametrize("method", [row.name for row in METHODS])


def run(method="gradient-descent", iterations=4000, **conditions):
    X, Y = TASK.X, TASK.Y
    stops = Stops(**conditions)
    return finished(train(TASK.network, X, Y, method=method, lambda_=TASK.lambda_, iterations=iterations, stops=stops))


@EVERY
def test_cost_below(method):
    items, ending = run(method, cost_below=2.5)
    assert ending.kind == "cost"
    assert ending.words == f"J = {items[-1].cost.total:.4g} is below 2.5 after iteration {len(items) - 1}."
    assert [item.cost.total < 2.5 for item in items] == [False] * (len(items) - 1) + [True]


@EVERY
def test_gradient_below(method):
    items, ending = run(method, gradient_below=0.2)
    assert ending.kind == "gradient"
    assert ending.words == f"‖D‖ = {items[-1].norm:.4g} is below 0.2 after iteration {len(items) - 1}."
    assert [item.norm < 0.2 for item in items] == [False] * (len(items) - 1) + [True]


def test_an_example_becomes_right():
    labels = np.argmax(TASK.Y, axis=1) + 1
    example = int(np.flatnonzero(predict(TASK.network, TASK.X) != labels)[0])
    items, ending = run("l-bfgs", example=example)
    assert ending.kind == "right"
    assert ending.words == f"The example is right after iteration {items[-1].iteration}."
    found = [right(item.network, TASK.X[example], TASK.Y[example]) for item in items]
    assert found == [False] * (len(items) - 1) + [True]


@pytest.mark.parametrize("outputs", [1, 2, 4])
def test_right_is_what_predict_says(outputs):
    task = problem((3, outputs), m=30)
    truth = task.Y[:, 0] if outputs == 1 else np.argmax(task.Y, axis=1) + 1
    expected = predict(task.network, task.X) == truth
    assert [right(task.network, x, y) for x, y in zip(task.X, task.Y, strict=True)] == expected.tolist()


def ended_at(costs, **conditions):
    """The index at which a run of such J ends, or None."""
    (check,) = checks(Stops(**conditions), None, TASK.X, TASK.Y)
    for k, J in enumerate(costs):
        if check(Progress(k, TASK.network, Cost(J, J, 0.0), 1.0, k)):
            return k
    return None


def test_patience_counts_iterations_without_improvement():
    assert ended_at([5, 4, 3, 3, 3, 3, 3], patience=3) == 5
    assert ended_at([5, 4, 3, 3, 3, 2, 2, 2, 2], patience=4) is None
    assert ended_at([5, 6, 7, 8], patience=3) == 3
    assert ended_at([5, 4, 3, 2, 1], patience=3) is None


def test_less_than_a_share_is_no_improvement():
    assert ended_at([100, 99.5, 99.2, 99.1], patience=3, improvement=0.01) == 3
    assert ended_at([100, 98.5, 98.2, 98.1], patience=3, improvement=0.01) is None


def test_a_stalled_run_says_so():
    items, ending = run(patience=20, improvement=1e-2)
    assert ending.kind == "stalled"
    assert "has not improved" in ending.words
    assert "in 20 iterations." in ending.words
    assert 20 < len(items) < 4000


@pytest.mark.parametrize("words", ["0 iterations are", "1 iteration is", "2 iterations are"])
def test_what_is_done_is_counted(words):
    assert run(iterations=int(words[0]))[1].words == f"{words} done."


def test_without_conditions_it_goes_on():
    items, ending = run(iterations=30)
    assert (len(items), ending.kind) == (31, "iterations")


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ({"cost_below": math.nan}, "cost_below is nan; expected a finite number"),
        ({"gradient_below": math.inf}, "gradient_below is inf"),
        ({"patience": 0}, "patience is 0; expected 1 or more iterations"),
        ({"example": 20}, "example is 20; expected 0 to 19"),
        ({"example": -1}, "example is -1; expected 0 to 19"),
    ],
)
def test_conditions_that_cannot_be_are_refused_at_once(conditions, words):
    with pytest.raises(ValueError, match=words):
        train(TASK.network, TASK.X, TASK.Y, stops=Stops(**conditions))
