"""The slopes of J along all Θ against the course's loop over our own cost, and against ``approx_fprime`` of SciPy; and
training that is checked along the way against the same training that is not."""

import pickle
import statistics
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import approx_fprime

from benchmarks.gradient import Problem
from benchmarks.measure import Benchmark, Comparison, Row, Run
from nnviz.engine import Network, check_gradient, cost, gradient
from nnviz.engine.propagation import examples
from nnviz.engine.slopes import EPSILON, Surroundings, looped, slopes, way
from nnviz.ui.apprentice import Apprentice, Goal, Job
from nnviz.ui.live import Watch

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


class Window:
    """Stands for the window at the other end of the line: asks for training, and counts what comes of it."""

    def __init__(self, problem: Problem, watch: Watch) -> None:
        settings = {"method": "gradient-descent", "learning_rate": 0.1, "lambda_": LAMBDA}
        nothing = np.empty((0, problem.sizes[0])), np.empty((0, problem.sizes[-1]))
        network = problem.network
        job = Job(
            1, network.thetas, network.activation_name, examples(problem.sizes, *problem.examples), nothing, settings
        )
        self._asked: list[object] = [watch, job, Goal(10**9)]
        self.made = self.checked = 0
        self.apprentice = Apprentice(self)  # type: ignore[arg-type]
        self.apprentice.listen()

    def poll(self) -> bool:
        """Whether something is asked."""
        return bool(self._asked)

    def recv(self) -> object:
        """What is asked."""
        return self._asked.pop(0)

    def send(self, learnt: Any) -> None:
        """Pickle it, as a connection does."""
        pickle.dumps(learnt)
        self.made += learnt.chunk.curves.shape[1]
        self.checked += len(learnt.checks)

    def spent(self, seconds: float) -> float:
        """Train for so long; returns the seconds of one iteration."""
        before, start = self.made, time.perf_counter()
        while (now := time.perf_counter()) < start + seconds or self.made == before:
            self.apprentice.work()
        return (now - start) / (self.made - before)


@dataclass(frozen=True)
class Along:
    """Seconds of an iteration in the process beside the window, with the check along with it and without; a benchmark.

    The goal is the speed that is kept, a quarter.
    """

    problem: Problem
    rounds: int = 9

    @property
    def name(self) -> str:
        """Layers and examples."""
        return f"train {self.problem} checked along : not".replace("gradient ", "")

    def measure(self, quick: bool) -> Row:
        """Medians of a quarter of a second each by turns, at full speed, once both are under way."""
        seconds = 0.001 if quick else 0.25
        windows = [Window(self.problem, Watch(on)) for on in (True, False)]
        times: list[list[float]] = [[], []]
        for turn in range(2 if quick else self.rounds + 1):
            for window, found in zip(windows, times, strict=True):
                spent = window.spent(seconds)
                if turn:
                    found.append(spent)
        ours, other = map(statistics.median, times)
        return Row(self.name, ours, other, 4.0)


SMALL, DIGITS = Problem((3, 5, 5, 4), 150), Problem((64, 25, 10), 200)


def _named(problem: Problem, other: str) -> str:
    return f"{str(problem).replace('gradient', 'slopes')} : {other}"


ALONG = Along(SMALL)
BENCHMARKS: tuple[Benchmark, ...] = (
    Comparison(_named(SMALL, "loop"), of(with_loop, SMALL), 1 / 5, rounds=30),
    Comparison(_named(SMALL, "approx_fprime"), of(with_scipy, SMALL), 1 / 5, rounds=30),
    Comparison(_named(DIGITS, "loop"), of(with_loop, DIGITS), 1 / 5, rounds=9),
    Comparison(_named(DIGITS, "approx_fprime"), of(with_scipy, DIGITS), 1 / 5, rounds=9),
    Comparison(f"check {SMALL} : one gradient".replace("gradient 3", "3"), of(with_backprop, SMALL), None, rounds=30),
    ALONG,
)
