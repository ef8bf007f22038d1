"""Training with a learning rate: one rule applied again and again, from a start or from any recorded iteration."""

from collections.abc import Callable, Generator

import numpy as np

from nnviz.engine.arrays import Array, sealed
from nnviz.engine.batches import Batch, batches
from nnviz.engine.lines import RIGHT
from nnviz.engine.objective import Evaluation
from nnviz.engine.progress import Ending, Progress
from nnviz.engine.rules import Rule
from nnviz.engine.run import Run


def descend(rule: Rule, run: Run) -> Generator[Progress, None, Ending]:
    """Iterations without end, unless the run diverges: then the last good one was the last item."""
    batch_of = _batches(run)
    at, update, alpha = run.objective.at, rule.update, run.learning_rate
    k, theta, memory, evaluations = _beginning(rule, run)
    most, wrongly = run.objective.least_divergent, run.objective.lines is not RIGHT
    with np.errstate(all="ignore"):
        now = at(theta, batch_of(k)).checked_start()
    while True:
        yield Progress(k, now.network, now.cost, now.norm, evaluations, memory)
        k += 1
        evaluations += 1
        with np.errstate(all="ignore"):
            theta, memory = update(now.theta, now.D, memory, k, alpha)
            if wrongly:
                run.objective.move_on(now.theta, theta)
            new = at(theta, batch_of(k))
            if new.beyond(most):  # rarely, so only now is it worth asking where the run began
                most = run.objective.divergent(run.network)
                if new.beyond(most):
                    return Ending("diverged", _why(rule, run, k, now, new))
        now = new


def _batches(run: Run) -> Callable[[int], Batch]:
    """From an iteration to its examples."""
    objective = run.objective
    if run.batch is None or run.batch >= objective.m:
        return lambda iteration: objective.whole
    return batches(objective.X, objective.Y, run.batch, run.network.sizes, run.seed)


def _beginning(rule: Rule, run: Run) -> tuple[int, Array, tuple[Array, ...], int]:
    """k, Θ, memory and evaluations to begin with."""
    if run.start is not None:
        start = run.start
        if len(start.memory) != rule.memories:
            raise ValueError(
                f"start carries {len(start.memory)} arrays; expected {rule.memories}, as this method does."
            )
        return start.iteration, start.network.unroll("C"), start.memory, start.evaluations
    theta = run.network.unroll("C")
    return 0, theta, tuple(sealed(np.zeros_like(theta)) for _ in range(rule.memories)), 1


def _why(rule: Rule, run: Run, k: int, last: Evaluation, new: Evaluation) -> str:
    alpha, lambda_, m = run.learning_rate, run.objective.lambda_, run.objective.m
    seen = f"J went from {last.cost.total:.4g} to {new.cost.total:.4g} in iteration {k}"
    if rule.most_decay is not None and alpha * lambda_ / m > rule.most_decay:
        return (
            f"{seen}: α·λ/m = {alpha:g} · {lambda_:g} / {m} = {alpha * lambda_ / m:.3g} is more than "
            f"{rule.most_decay:.3g}, so weight decay itself makes Θ grow with every update. "
            f"Take an α below {rule.most_decay * m / lambda_:.3g}, or a smaller λ."
        )
    if run.objective.lines is not RIGHT:
        return f"{seen}: with the planted mistake an update need not go downhill. Take it away, or try a smaller α."
    return f"{seen}: the updates overshoot. Take a learning rate smaller than α = {alpha:g}."
