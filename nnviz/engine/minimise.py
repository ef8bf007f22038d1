"""Training through ``scipy.optimize.minimize``, the course's "advanced optimisation"."""

from collections.abc import Generator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from nnviz.engine.arrays import Array
from nnviz.engine.lines import RIGHT
from nnviz.engine.objective import Evaluation, Objective
from nnviz.engine.progress import Ending, Progress
from nnviz.engine.pulled import Hand, pulled
from nnviz.engine.run import Run

ENDLESS = 2**31 - 1  # iterations or evaluations; the largest number that all methods take
_REMEMBERED = 8  # evaluations: a line search may settle on one before its last


@dataclass(frozen=True)
class Minimiser:
    """A method of ``minimize`` as SciPy calls it; ``limits`` are its options that count iterations or evaluations."""

    name: str
    limits: tuple[str, ...] = ("maxiter",)
    hessian_product: bool = False


class _Diverged(Exception):
    """J or D at a Θ that was tried is not finite."""


class _Evaluations:
    """J and D as SciPy asks for them, counted; the latest are remembered, for it accepts one of those."""

    def __init__(self, objective: Objective, hand: Hand[Progress]) -> None:
        self.objective, self.hand = objective, hand
        self.count = 0
        self.accepted: Evaluation | None = None
        self.latest: dict[bytes, Evaluation] = {}

    def new(self, theta: Array) -> Evaluation:
        """J and D at a copy of *theta*."""
        self.hand.check()
        self.count += 1
        now = self.objective.at(np.array(theta, dtype=np.float64))
        if len(self.latest) == _REMEMBERED:
            del self.latest[next(iter(self.latest))]
        self.latest[now.theta.tobytes()] = now
        return now

    def at(self, theta: Array) -> Evaluation:
        """J and D at *theta*, remembered or new."""
        if self.accepted is not None and np.array_equal(self.accepted.theta, theta):
            return self.accepted
        return self.latest.get(theta.tobytes()) or self.new(theta)

    def tried(self, theta: Array) -> Evaluation:
        """J and D where a method looks, perhaps far away. Raises _Diverged if they are not finite."""
        now = self.at(theta) if self.count == 1 else self.new(theta)  # SciPy begins with the start, known already
        if not now.finite:
            raise _Diverged
        return now

    def function(self, theta: Array) -> tuple[float, Array]:
        """(J, D), as ``minimize(..., jac=True)`` takes them."""
        now = self.tried(theta)
        return now.cost.total, now.D

    def hessian_product(self, theta: Array, p: Array) -> Array:
        """(∂²J/∂Θ²) p by the central difference of D, at a distance where rounding and curvature err alike: ∛eps."""
        h = np.cbrt(np.finfo(np.float64).eps) * (1.0 + np.linalg.norm(theta)) / max(np.linalg.norm(p), 1e-300)
        product: Array = (self.tried(theta + h * p).D - self.tried(theta - h * p).D) / (2.0 * h)
        return product


def minimise(minimiser: Minimiser, run: Run) -> Generator[Progress, None, Ending]:
    """Iterations until the method is content.

    To go on from a later Progress it is run again from its beginning, for SciPy's methods keep to themselves what they
    remember; they are deterministic, so it is the same run.
    """
    return pulled(partial(_push, minimiser, run, 0 if run.start is None else run.start.iteration))


def _push(minimiser: Minimiser, run: Run, first: int, hand: Hand[Progress]) -> Ending:
    """Runs SciPy; gives iterations *first*, *first* + 1, …"""
    from scipy.optimize import minimize  # here, for it takes longer to load than all the rest

    evaluations = _Evaluations(run.objective, hand)
    iteration = -1

    def accept(theta: Array) -> None:
        nonlocal iteration
        iteration += 1
        now = evaluations.accepted = evaluations.at(theta)
        if iteration >= first:
            hand.give(Progress(iteration, now.network, now.cost, now.norm, evaluations.count))

    extra: dict[str, Any] = {"hessp": evaluations.hessian_product} if minimiser.hessian_product else {}
    options = dict.fromkeys(minimiser.limits, ENDLESS)
    start = run.network.unroll("C")
    with np.errstate(all="ignore"):
        evaluations.new(start).checked_start()
        accept(start)
        try:
            found = minimize(
                evaluations.function, start, jac=True, method=minimiser.name, callback=accept, options=options, **extra
            )
        except _Diverged:
            return Ending("diverged", f"J is not finite at what {minimiser.name} tried in iteration {iteration + 1}.")
    return _ending(bool(found.success), str(found.message), evaluations)


def _ending(success: bool, message: str, evaluations: _Evaluations) -> Ending:
    norm = evaluations.accepted.norm if evaluations.accepted else float("nan")
    if success:
        return Ending("converged", f"Nothing lower is near: the method is content. ‖D‖ = {norm:.3g} here.")
    why = "" if evaluations.objective.lines is RIGHT else " With the planted mistake D is not the slope of J."
    said = message.strip(" :.")  # one of them is "ABNORMAL: "
    return Ending("failed", f"The method cannot go on; ‖D‖ = {norm:.3g} here.{why} SciPy says: {said}.")
