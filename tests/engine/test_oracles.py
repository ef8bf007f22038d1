"""Programs that others wrote, and arithmetic at 50 digits, give the same J and D."""

import importlib.util

import autograd
import autograd.numpy as anp
import mpmath
import numpy as np
import pytest
from hypothesis import given, settings

from nnviz.engine import cost, gradient, predict, trace
from nnviz.engine.propagation import hypothesis
from tests.engine.problems import EPS, NAMES, Problem, assert_close, flat, problem, problems

SHAPES = [(3, 1), (4, 3), (2, 3, 1), (3, 5, 2), (3, 5, 5, 4), (4, 3, 3, 3, 3, 2)]
without_torch = pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="PyTorch is not installed")
each_shape = pytest.mark.parametrize("sizes", SHAPES, ids=lambda sizes: "-".join(map(str, sizes)))
each_name = pytest.mark.parametrize("name", NAMES)


def assert_gradient_close(D, expected, units=500):
    """To rounding of the largest component, or of 1e-3 where what is summed cancels."""
    assert [matrix.shape for matrix in D] == [np.shape(matrix) for matrix in expected]
    assert_close(flat(D), flat(expected), units, max(1e-3, float(np.abs(flat(expected)).max())))


# autograd: J in NumPy, differentiated by a program.

AUTOGRAD = {
    "sigmoid": lambda z: 0.5 * (anp.tanh(0.5 * z) + 1),
    "tanh": anp.tanh,
    "relu": lambda z: z * (z > 0),
    "linear": lambda z: z,
}


def autograd_cost(thetas, task):
    a, m = task.X, len(task.X)
    for theta in thetas[:-1]:
        a = AUTOGRAD[task.network.activation_name](anp.dot(a, theta[:, 1:].T) + theta[:, 0])
    z = anp.dot(a, thetas[-1][:, 1:].T) + thetas[-1][:, 0]
    data = anp.sum(anp.logaddexp(0.0, z) - task.Y * z) / m
    return data + task.lambda_ / (2 * m) * sum(anp.sum(theta[:, 1:] ** 2) for theta in thetas)


@settings(max_examples=60)
@given(problems())
def test_autograd(task):
    J, D = autograd.value_and_grad(autograd_cost)(list(map(np.array, task.network.thetas)), task)
    assert cost(*task.arguments).total == pytest.approx(float(J), rel=1e-13)
    assert_gradient_close(gradient(*task.arguments), D)


# PyTorch.


@without_torch
@each_shape
@each_name
def test_pytorch(sizes, name):
    import torch

    task = problem(sizes, m=7, seed=3, activation=name, lambda_=0.6, soft=True)
    hidden = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu, "linear": lambda z: z}[name]
    thetas = [torch.tensor(np.array(theta), requires_grad=True) for theta in task.network.thetas]
    a, Y = torch.tensor(task.X), torch.tensor(task.Y)
    for theta in thetas[:-1]:
        a = hidden(a @ theta[:, 1:].T + theta[:, 0])
    z = a @ thetas[-1][:, 1:].T + thetas[-1][:, 0]
    J = torch.nn.functional.binary_cross_entropy_with_logits(z, Y, reduction="sum") / 7
    J = J + 0.6 / 14 * sum((theta[:, 1:] ** 2).sum() for theta in thetas)
    J.backward()
    assert cost(*task.arguments).total == pytest.approx(J.item(), rel=1e-13)
    assert_gradient_close(gradient(*task.arguments), [theta.grad.numpy() for theta in thetas])


# scikit-learn, by its public face: one step of plain gradient descent with rate 1 moves Θ by D.


@pytest.mark.parametrize("sizes", [shape for shape in SHAPES if len(shape) > 2], ids=str)
@each_name
def test_scikit_learn(sizes, name):
    """Its alpha is our λ: the penalty is α/(2m) Σ W², biases left out. K ≥ 2 as "multilabel": a sigmoid per unit."""
    from sklearn.neural_network import MLPClassifier

    lambda_, m = 0.8, 9
    task = problem(sizes, m=m, seed=8, activation=name, lambda_=lambda_)
    Y = task.Y if sizes[-1] > 1 else task.Y.ravel()
    classifier = MLPClassifier(
        sizes[1:-1],
        activation={"sigmoid": "logistic", "linear": "identity"}.get(name, name),
        solver="sgd",
        alpha=lambda_,
        batch_size=m,
        learning_rate_init=1.0,
        momentum=0.0,
        nesterovs_momentum=False,
        random_state=0,
    )
    classifier.partial_fit(task.X, Y, classes=np.arange(max(2, sizes[-1])))
    for coefficients, intercepts, theta in zip(
        classifier.coefs_, classifier.intercepts_, task.network.thetas, strict=True
    ):
        coefficients[:] = theta[:, 1:].T
        intercepts[:] = theta[:, 0]
    assert_close(classifier.predict_proba(task.X).reshape(m, -1)[:, -1], hypothesis(task.network, task.X)[:, -1], 20)
    classifier.partial_fit(task.X, Y)
    D = [
        theta - np.column_stack([intercepts, coefficients.T])
        for coefficients, intercepts, theta in zip(
            classifier.coefs_, classifier.intercepts_, task.network.thetas, strict=True
        )
    ]
    assert cost(*task.arguments).total == pytest.approx(classifier.loss_, rel=1e-13)
    assert_gradient_close(gradient(*task.arguments), D)


# mpmath, where units saturate.

EXACT = {
    "sigmoid": (lambda z: 1 / (1 + mpmath.exp(-z)), lambda z: 1 / (2 + mpmath.exp(z) + mpmath.exp(-z))),
    "tanh": (mpmath.tanh, lambda z: mpmath.sech(z) ** 2),
    "relu": (lambda z: max(z, mpmath.mpf(0)), lambda z: mpmath.mpf(z > 0)),
    "linear": (lambda z: z, lambda z: mpmath.mpf(1)),
}


def exact(task):
    """J, D, every δ of layers 2 … L by example, and max|z|, from 50 digits and no difference that cancels."""
    g, slope = EXACT[task.network.activation_name]
    thetas = [[[mpmath.mpf(float(t)) for t in row] for row in theta] for theta in task.network.thetas]
    m, J, largest, deltas = len(task.X), mpmath.mpf(0), mpmath.mpf(0), []
    D = [[[mpmath.mpf(0)] * len(row) for row in theta] for theta in thetas]
    for x, y in zip(task.X.tolist(), task.Y.tolist(), strict=True):
        a, z = [[mpmath.mpf(1), *map(mpmath.mpf, x)]], []
        for theta in thetas:
            z.append([mpmath.fdot(row, a[-1]) for row in theta])
            a.append([mpmath.mpf(1), *map(g, z[-1])])
        largest = max(largest, *(abs(number) for layer in z for number in layer))
        J += sum(exact_cost(*pair) for pair in zip(z[-1], y, strict=True))
        delta = [[exact_error(*pair) for pair in zip(z[-1], y, strict=True)]]
        for layer in range(len(thetas) - 1, 0, -1):
            sums = [mpmath.fdot(column, delta[0]) for column in columns(thetas[layer])[1:]]
            delta.insert(0, [total * slope(s) for total, s in zip(sums, z[layer - 1], strict=True)])
        for matrix, errors, inputs in zip(D, delta, a[:-1], strict=True):
            for row, error in zip(matrix, errors, strict=True):
                row[:] = [sofar + error * value for sofar, value in zip(row, inputs, strict=True)]
        deltas.append(delta)
    for matrix, theta in zip(D, thetas, strict=True):
        for row, (_, *weights) in zip(matrix, theta, strict=True):
            row[:] = [(d + task.lambda_ * w) / m for d, w in zip(row, (0, *weights), strict=True)]
    J = J / m + mpmath.mpf(task.lambda_) / (2 * m) * sum(w * w for theta in thetas for row in theta for w in row[1:])
    return J, D, deltas, float(largest)


def exact_cost(z, y):
    return y * mpmath.log1p(mpmath.exp(-z)) + (1 - y) * mpmath.log1p(mpmath.exp(z))


def exact_error(z, y):
    """(1 − y) g(z) − y g(−z)."""
    return (1 - y) / (1 + mpmath.exp(-z)) - y / (1 + mpmath.exp(z))


def columns(matrix):
    return list(map(list, zip(*matrix, strict=True)))


def saturated(sizes, name, size, seed=2, lambda_=0.0):
    """Θ and x in eighths, so that the first z is exact; *size* is the bound of Θ."""
    task = problem(sizes, m=3, seed=seed, activation=name, lambda_=lambda_, epsilon=size)
    thetas = [np.round(theta * 8) / 8 for theta in task.network.thetas]
    return Problem(type(task.network).from_thetas(thetas, activation=name), np.round(task.X * 8) / 8, task.Y, lambda_)


@pytest.mark.parametrize("size", [4, 60, 400, 2000])
@pytest.mark.parametrize("sizes", [(2, 1), (3, 4), (2, 3, 1), (3, 5, 4), (2, 3, 3, 2)], ids=str)
@each_name
def test_saturated_networks_against_50_digits(sizes, name, size):
    """Rounding of z alone moves e^z by |z| eps; deeper layers pass that on, each times its own z."""
    task = saturated(sizes, name, size, lambda_=0.5)
    found, D = cost(*task.arguments), gradient(*task.arguments)
    with mpmath.workdps(50):
        J, expected, deltas, largest = exact(task)
        units = (4 + 2 * largest) * (len(sizes) - 1)
        expected = [[[float(number) for number in row] for row in matrix] for matrix in expected]
        assert np.isfinite(found).all()
        assert abs(found.total - float(J)) <= units * EPS * float(J)
        for i, (x, y) in enumerate(zip(task.X, task.Y, strict=True)):
            told = trace(task.network, x, y)
            for delta, right in zip(told.delta[1:], deltas[i], strict=True):
                right = np.array([float(number) for number in right])
                assert np.isfinite(delta).all()
                assert_close(delta, right, units, max(float(np.abs(right).max()), 1e-300))
    assert_close(flat(D), flat(expected), units)


@pytest.mark.parametrize("z", [0.0, 1e-9, 20.0, 37.0, 300.0, 700.0, 745.0, 1e4, 1e8])
@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("y", [0.0, 1.0])
def test_one_unit_at_an_exact_logit(z, sign, y):
    """Every component to 4 eps, also the tiny ones: no |z| eps is lost where z itself is exact."""
    base = problem((1, 1))
    task = Problem(type(base.network).from_thetas([[[0.0, sign * z]]]), np.ones((1, 1)), np.full((1, 1), y), 0.0)
    with mpmath.workdps(50):
        J, D, _, _ = exact(task)
        J, D = float(J), float(D[0][0][0])
    assert cost(*task.arguments).total == pytest.approx(J, rel=4 * EPS, abs=1e-323)
    assert gradient(*task.arguments)[0].tolist() == [[pytest.approx(D, rel=4 * EPS, abs=1e-323)] * 2]
    assert predict(task.network, task.X)[0] == (sign * z >= 0)
