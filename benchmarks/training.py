"""Training against scikit-learn, against bare ``minimize``, and against an engine of objects in JavaScript."""

import json
import shutil
import statistics
import subprocess
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.gradient import Problem
from benchmarks.measure import Comparison, Missing, Row, Run
from nnviz.engine import Network, cost_function, train
from nnviz.engine.arrays import Array
from nnviz.files import datasets

SIZES = (64, 25, 10)
LAMBDA = 1.0
BATCH = 200  # scikit-learn's own default
ITERATIONS, EPOCHS = 50, 5


def digits() -> tuple[Array, Array]:
    """X (1797, 64), scaled, and Y (1797, 10)."""
    data = datasets.load("digits")
    return data.fitted_scaling().scaled(data.X), data.Y


def exhausted(**arguments: Any) -> Run:
    """Training of the digits from one start to the last iteration."""
    X, Y = digits()
    network = Network.random(SIZES, seed=1)

    def run() -> None:
        for _ in train(network, X, Y, lambda_=LAMBDA, **arguments):
            pass

    return run


def classifier(**arguments: Any) -> Run:
    """scikit-learn's fit of the same layers on the same examples, from a start of its own.

    Its outputs are a softmax, ours sigmoids; its alpha is our λ, which it divides by the examples, too.
    """
    try:
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.neural_network import MLPClassifier
    except ImportError:
        raise Missing("scikit-learn is not installed") from None
    X, Y = digits()
    labels = Y.argmax(axis=1)
    shared = {"activation": "logistic", "alpha": LAMBDA, "random_state": 1, "tol": 0.0}
    model = MLPClassifier(SIZES[1:-1], **shared, **arguments)

    def run() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # that is what so few iterations are for
            model.fit(X, labels)

    return run


def l_bfgs() -> tuple[Run, Run]:
    """ITERATIONS of L-BFGS each."""
    return exhausted(method="l-bfgs", iterations=ITERATIONS), classifier(solver="lbfgs", max_iter=ITERATIONS)


def momentum() -> tuple[Run, Run]:
    """EPOCHS passes each in batches of BATCH, with momentum 0.9, shuffled."""
    updates = EPOCHS * -(-len(digits()[0]) // BATCH)
    return (
        exhausted(method="momentum", learning_rate=0.1, batch=BATCH, iterations=updates),
        classifier(
            solver="sgd",
            learning_rate_init=0.1,
            nesterovs_momentum=False,
            batch_size=BATCH,
            max_iter=EPOCHS,
            n_iter_no_change=EPOCHS + 1,
        ),
    )


def bare(sizes: tuple[int, ...], X: Array, Y: Array) -> tuple[Run, Run]:
    """ITERATIONS of L-BFGS, pulled one by one, and the same in one call of ``minimize`` on ``cost_function``."""
    from scipy.optimize import minimize

    network = Network.random(sizes, seed=1)
    start = network.unroll()

    def pulled() -> None:
        for _ in train(network, X, Y, method="l-bfgs", lambda_=LAMBDA, iterations=ITERATIONS):
            pass

    def directly() -> object:
        arguments = (sizes, X, Y, LAMBDA)
        return minimize(cost_function, start, arguments, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS})

    return pulled, directly


@dataclass(frozen=True)
class Objects:
    """Epochs of gradient descent against the same by ``objects.js``, run by node; a benchmark.

    Both start at the same Θ; Θ after some epochs is compared first. In batches theirs keep the order of the examples,
    ours are shuffled. An epoch of ours also gives J, theirs does not.
    """

    sizes: tuple[int, ...]
    m: int
    batch: int | None
    limit: float
    rounds: int = 9

    @property
    def name(self) -> str:
        """Layers, examples and batch."""
        batch = f", batches of {self.batch}" if self.batch else ""
        return f"epoch of {'-'.join(map(str, self.sizes))}, m = {self.m}{batch} : objects in JS"

    @cached_property
    def problem(self) -> Problem:
        """Random, seeded."""
        return Problem(self.sizes, self.m)

    def measure(self, quick: bool) -> Row:
        """Medians of single epochs, in rounds of a tenth of a second by turns."""
        node = shutil.which("node")
        if node is None:
            raise Missing("node is not installed")
        self._check(node)
        seconds = 0.001 if quick else 0.1
        ours: list[float] = []
        other: list[float] = []
        for _ in range(1 if quick else self.rounds):
            ours.append(statistics.median(self._epochs(seconds)))
            other.append(statistics.median(self._node(node, seconds=seconds, warmup=0 if quick else 2000)["times"]))
        return Row(self.name, statistics.median(ours), statistics.median(other), self.limit)

    def _epochs(self, seconds: float) -> list[float]:
        """Seconds of epochs, one after another for that long."""
        updates = -(-self.m // (self.batch or self.m))
        items = train(self.problem.network, *self.problem.examples, batch=self.batch)
        next(items)
        marks = [time.perf_counter()]
        while len(marks) < 2 or marks[-1] < marks[0] + seconds:
            for _ in islice(items, updates):
                pass
            marks.append(time.perf_counter())
        return [after - before for before, after in pairwise(marks)]

    def _node(self, node: str, **more: Any) -> Any:
        """What the script answers."""
        X, Y = self.problem.examples
        task = {
            "sizes": self.sizes,
            "thetas": [theta.tolist() for theta in self.problem.network.thetas],
            "X": X.tolist(),
            "Y": Y.tolist(),
            "batch": self.batch or self.m,
            "alpha": 1.0,
            "epochs": 3,
            "warmup": 0,
            "seconds": 0,
            **more,
        }
        script = Path(__file__).with_name("objects.js")
        done = subprocess.run([node, script], input=json.dumps(task), capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    def _check(self, node: str) -> None:
        """Three epochs over all examples end at the same Θ."""
        *_, last = train(self.problem.network, *self.problem.examples, iterations=3)
        for theta, found in zip(last.network.thetas, self._node(node, batch=self.m)["thetas"], strict=True):
            np.testing.assert_allclose(theta, found, rtol=0, atol=1e-9)


def on_digits() -> tuple[Run, Run]:
    """``bare`` on the digits."""
    return bare(SIZES, *digits())


def on(problem: Problem) -> Callable[[], tuple[Run, Run]]:
    """Sets ``bare`` up on a random problem."""
    return lambda: bare(problem.sizes, *problem.examples)


SMALL = Problem((3, 5, 5, 4), 150)

BENCHMARKS = (
    Comparison("L-BFGS, digits 64-25-10 : scikit-learn", l_bfgs, 1.0, rounds=9),
    Comparison(f"batches of {BATCH}, digits 64-25-10 : scikit-learn", momentum, 1.0, rounds=25),
    Comparison("L-BFGS, digits 64-25-10 : bare minimize", on_digits, 1.3, rounds=9),
    Comparison("L-BFGS, 3-5-5-4, m = 150 : bare minimize", on(SMALL), 1.3, rounds=50),
    Objects((2, 4, 2, 1), 250, None, 1.0),
    Objects((3, 5, 5, 4), 150, None, 1.0),
    Objects((2, 4, 2, 1), 250, 10, 4.0),
    Objects((3, 5, 5, 4), 150, 10, 4.0),
)
