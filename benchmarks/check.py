"""The slopes of J along all Θ against the course's loop over our own cost, and against ``approx_fprime`` of SciPy."""

from collections.abc import Callable, Generator
from typing import Any

import numpy as np
from scipy.optimize import approx_fprime

from benchmarks.gradient import Problem
from benchmarks.measure import Comparison, Run
from nnviz.engine import Network, check_gradient, cost, gradient
from nnviz.engine.propagation import examples
from nnviz.engine.slopes import EPSILON, Surroundings, looped, slopes, way

LAMBDA = 1.0
TWO_SIDED = way("two-sided")


def surroundings(problem: Problem) -> Surroundings:
    """J around the problem's Θ."""
    return Surroundings(problem.network, *examples(problem.sizes, *problem.examples), LAMBDA)


def drained(work: Generator[float, None, Any]) -> Any:
    """What the work returns."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def at_once(problem: Problem) -> Run:
    """The two-sided slopes along all Θ, from nothing."""
    return lambda: drained(slopes(surroundings(problem), TWO_SIDED, EPSILON))


def with_loop(problem: Problem) -> tuple[Run, Run]:
    """The same by a loop, with the whole of J twice for each Θ; checked to give the same."""
    around = surroundings(problem)
    for found, expected in zip(at_once(problem)(), looped(around, TWO_SIDED, EPSILON), strict=True):
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-9)
    return at_once(problem), lambda: looped(around, TWO_SIDED, EPSILON)


def with_scipy(problem: Problem) -> tuple[Run, Run]:
    """One-sided differences by SciPy, which needs J only half as often."""
    theta, network = problem.network.unroll("C"), problem.network

    def J(vector: np.ndarray) -> float:
        return cost(Network(tuple(network.cut(vector))), *problem.examples, LAMBDA).total

    return at_once(problem), lambda: approx_fprime(theta, J, EPSILON)


def with_backprop(problem: Problem) -> tuple[Run, Run]:
    """All that a check does, against one gradient by backpropagation."""
    arguments = (problem.network, *problem.examples, LAMBDA)
    return lambda: check_gradient(*arguments), lambda: gradient(*arguments)


def of(other: Callable[[Problem], tuple[Run, Run]], problem: Problem) -> Callable[[], tuple[Run, Run]]:
    """Sets it up."""
    return lambda: other(problem)


SMALL, DIGITS = Problem((3, 5, 5, 4), 150), Problem((64, 25, 10), 200)


def _named(problem: Problem, other: str) -> str:
    return f"{str(problem).replace('gradient', 'slopes')} : {other}"


BENCHMARKS = (
    Comparison(_named(SMALL, "loop"), of(with_loop, SMALL), 1 / 5, rounds=30),
    Comparison(_named(SMALL, "approx_fprime"), of(with_scipy, SMALL), 1 / 5, rounds=30),
    Comparison(_named(DIGITS, "loop"), of(with_loop, DIGITS), 1 / 5, rounds=9),
    Comparison(_named(DIGITS, "approx_fprime"), of(with_scipy, DIGITS), 1 / 5, rounds=9),
    Comparison(f"check {SMALL} : one gradient".replace("gradient 3", "3"), of(with_backprop, SMALL), None, rounds=30),
)
