"""Confusion and costs by class and example, against counting one by one."""

import numpy as np
import pytest

from nnviz.engine import accuracy, class_costs, confusion, cost, example_costs, predict, worst
from tests.engine.problems import problem

TASKS = [problem((3, 5, outputs), m=40, seed=outputs) for outputs in (1, 2, 4)]


def one_class_each(task):
    if task.network.outputs == 1:
        return task.Y
    return np.eye(task.network.outputs)[np.arange(len(task.X)) % task.network.outputs]


@pytest.fixture(params=TASKS, ids=repr)
def case(request):
    return request.param.network, request.param.X, one_class_each(request.param)


def truth(network, Y):
    return Y[:, 0].astype(int) if network.outputs == 1 else Y.argmax(axis=1)


def test_confusion_counts_every_example_once(case):
    network, X, Y = case
    count = max(2, network.outputs)
    expected = np.zeros((count, count), int)
    for true, predicted in zip(truth(network, Y), predict(network, X), strict=True):
        expected[true, predicted - (network.outputs > 1)] += 1
    found = confusion(network, X, Y)
    np.testing.assert_array_equal(found, expected)
    assert found.trace() / len(X) == accuracy(network, X, Y)
    assert not found.flags.writeable


def test_costs_of_examples_are_those_of_each_alone(case):
    network, X, Y = case
    alone = [cost(network, X[i : i + 1], Y[i : i + 1]).total for i in range(len(X))]
    np.testing.assert_allclose(example_costs(network, X, Y), alone, rtol=1e-13)
    assert example_costs(network, X, Y).mean() == pytest.approx(cost(network, X, Y).total, rel=1e-13)


def test_costs_of_classes_are_means(case):
    network, X, Y = case
    singles, classes = example_costs(network, X, Y), truth(network, Y)
    expected = [singles[classes == one].mean() for one in range(max(2, network.outputs))]
    np.testing.assert_allclose(class_costs(network, X, Y), expected, rtol=1e-13)


def test_a_class_without_examples_has_no_cost():
    task = TASKS[2]
    found = class_costs(task.network, task.X, np.tile([1.0, 0, 0, 0], (40, 1)))
    assert np.isnan(found).tolist() == [False, True, True, True]


def test_worst_come_first(case):
    network, X, Y = case
    order = worst(network, X, Y)
    assert sorted(order) == list(range(len(X)))
    assert (np.diff(example_costs(network, X, Y)[order]) <= 0).all()


def test_of_equals_the_first_comes_first():
    task = TASKS[0]
    assert worst(task.network, np.ones((5, 3)), [1, 1, 1, 1, 1]).tolist() == [0, 1, 2, 3, 4]


def test_bad_examples_are_refused():
    for function in (confusion, example_costs, class_costs, worst):
        with pytest.raises(ValueError, match="X has shape"):
            function(TASKS[0].network, np.ones((2, 7)), [1, 0])
