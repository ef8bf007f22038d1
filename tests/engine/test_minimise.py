"""SciPy's methods, pulled: iteration by iteration what ``scipy.optimize.minimize`` does when called directly."""

import re

import numpy as np
import pytest
from scipy.optimize import minimize

from nnviz.engine import METHODS, cost_function, train
from nnviz.engine.cost import Cost
from nnviz.engine.objective import Objective
from tests.engine.problems import finished, problem

SCIPY = {
    "cg": "CG",
    "bfgs": "BFGS",
    "l-bfgs": "L-BFGS-B",
    "tnc": "TNC",
    "newton-cg": "Newton-CG",
    "trust-region": "trust-ncg",
}
TASK = problem((3, 4, 2), m=30, lambda_=1.0)


def function(vector):
    return cost_function(vector, TASK.network.sizes, TASK.X, TASK.Y, TASK.lambda_)


def directly(method, count):
    """Θ of the first iterations, unrolled, and the number of evaluations at each."""
    found, calls = [], [0]

    def counted(vector):
        calls[0] += 1
        return function(vector)

    def product(vector, p):
        """(∂²J/∂Θ²) p by a central difference, as short as it can be written."""
        h = np.cbrt(np.finfo(float).eps) * (1 + np.linalg.norm(vector)) / np.linalg.norm(p)
        return (function(vector + h * p)[1] - function(vector - h * p)[1]) / (2 * h)

    def callback(vector):
        found.append((vector.copy(), calls[0]))

    limits = {"maxfun": 1000} if method == "tnc" else {"maxiter": count}
    extra = {"hessp": product} if method in ("newton-cg", "trust-region") else {}
    result = minimize(
        counted, TASK.network.unroll(), jac=True, method=SCIPY[method], callback=callback, options=limits, **extra
    )
    return found, result


def test_every_method_of_scipy_is_in_this_file():
    assert set(SCIPY) == {row.name for row in METHODS if row.learning_rate is None}


@pytest.mark.parametrize("method", SCIPY)
def test_the_first_iterations_are_those_of_minimize(method):
    expected, _ = directly(method, 8)
    items = list(train(*TASK.arguments[:3], method=method, lambda_=TASK.lambda_, iterations=8))
    assert len(items) == 9
    for item, (vector, _) in zip(items[1:], expected, strict=False):
        np.testing.assert_allclose(item.network.unroll(), vector, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("method", ["cg", "bfgs", "l-bfgs", "tnc"])
def test_not_one_evaluation_more_than_minimize_itself(method):
    expected, _ = directly(method, 8)
    items = list(train(*TASK.arguments[:3], method=method, lambda_=TASK.lambda_, iterations=8))
    assert [item.evaluations for item in items[1:]] == [calls for _, calls in expected[:8]]


@pytest.mark.parametrize("method", SCIPY)
def test_it_ends_where_minimize_ends_and_says_so(method):
    (*_, last), ending = finished(train(*TASK.arguments[:3], method=method, lambda_=TASK.lambda_))
    assert ending.kind == "converged"
    assert f"‖D‖ = {last.norm:.3g}" in ending.words
    _, result = directly(method, 1000)
    assert last.cost.total == pytest.approx(result.fun, abs=1e-6)


@pytest.mark.parametrize("method", SCIPY)
def test_a_trial_that_is_not_finite_ends_the_run_with_words(method, monkeypatch):
    real, calls = Objective.at, [0]

    def overflowing(self, theta):
        calls[0] += 1
        now = real(self, theta)
        return now if calls[0] < 30 else now._replace(cost=Cost(np.inf, np.inf, 0.0))

    monkeypatch.setattr(Objective, "at", overflowing)
    items, ending = finished(train(*TASK.arguments[:3], method=method))
    assert ending == ("diverged", f"J is not finite at what {SCIPY[method]} tried in iteration {len(items)}.")
    assert all(np.isfinite([*item.cost, item.norm]).all() for item in items)


@pytest.mark.parametrize("method", ["cg", "bfgs", "l-bfgs"])
def test_a_method_that_cannot_go_on_says_that_it_failed(method, monkeypatch):
    """With a gradient that points the wrong way no line search finds anything lower."""
    real = Objective.at
    monkeypatch.setattr(Objective, "at", lambda self, theta: real(self, theta)._replace(D=-real(self, theta).D))
    items, ending = finished(train(*TASK.arguments[:3], method=method))
    assert ending.kind == "failed"
    assert ending.words.startswith(f"The method cannot go on; ‖D‖ = {items[-1].norm:.3g} here. SciPy says: ")
    assert re.search(r"\w\.$", ending.words)


def test_a_planted_mistake_is_named_where_a_method_cannot_go_on():
    _, ending = finished(train(*TASK.arguments[:3], method="l-bfgs", fault="sign-flipped"))
    assert "here. With the planted mistake D is not the slope of J. SciPy says: " in ending.words
