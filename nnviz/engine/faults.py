"""The classic mistakes in backpropagation, to be planted and to be recognised: one row of a table each."""

from typing import Any, NamedTuple

import numpy as np

from nnviz.engine import mistakes
from nnviz.engine.activations import Activation
from nnviz.engine.arrays import Array
from nnviz.engine.lines import RIGHT, Lines, transposed
from nnviz.engine.steps import MistakenStep, Phase


class Fault(NamedTuple):
    """One mistake.

    ``sentence`` says what is wrong, ``step`` tells it in the story where it strikes. ``wrong`` and ``right`` are the
    line of NumPy in question, one example at a time, as the program's own code has it. ``changes`` are the fields of
    ``Lines`` that it replaces.
    """

    name: str
    title: str
    sentence: str
    step: type[MistakenStep]
    wrong: str
    right: str
    changes: dict[str, Any]

    @property
    def phase(self) -> Phase:
        """The chapter of the story in which it strikes."""
        return self.step.phase

    @property
    def lines(self) -> Lines:
        """Backpropagation with this mistake in it."""
        return RIGHT._replace(**self.changes)


def _square_untransposed(theta: Array) -> Array:
    """Θ itself where its shape allows, else its transpose."""
    weights = theta[:, 1:]
    return weights if weights.shape[0] == weights.shape[1] else transposed(theta)


def _slope_of_a(activation: Activation, z: Array, a: Array) -> Array:
    return activation.slope(a)


def _no_slope(activation: Activation, z: Array, a: Array) -> Array:
    return np.ones_like(z)


FAULTS: tuple[Fault, ...] = (
    Fault(
        "lambda-not-over-m",
        "λΘ instead of (λ/m)Θ",
        "Weight decay is not divided by m, so it pulls m times too hard.",
        mistakes.UndividedDecay,
        "D[:, 1:] += lambda_ * Theta[:, 1:]",
        "D[:, 1:] += lambda_ / m * Theta[:, 1:]",
        {"rate": lambda lambda_, m: lambda_},
    ),
    Fault(
        "bias-regularised",
        "bias column regularised",
        "Weight decay pulls at the bias, too, which J leaves out.",
        mistakes.DecayedBias,
        "D += lambda_ / m * Theta",
        "D[:, 1:] += lambda_ / m * Theta[:, 1:]",
        {"decayed": lambda theta: theta},
    ),
    Fault(
        "no-regularisation",
        "weight decay left out of D",
        "J has a weight decay, D has none.",
        mistakes.NoDecay,
        "# no weight decay is added to D",
        "D[:, 1:] += lambda_ / m * Theta[:, 1:]",
        {"rate": lambda lambda_, m: 0.0},
    ),
    Fault(
        "no-slope",
        "g′ left out",
        "The blame of a hidden unit is not multiplied by how steep its g is.",
        mistakes.FlatError,
        "delta = Theta[:, 1:].T @ delta",
        "delta = (Theta[:, 1:].T @ delta) * a * (1 - a)",
        {"slope": _no_slope},
    ),
    Fault(
        "slope-of-a",
        "g′(a) instead of g′(z)",
        "The slope is taken at a, where g has been applied already.",
        mistakes.SlopeOfAError,
        "delta = (Theta[:, 1:].T @ delta) * g(a) * (1 - g(a))",
        "delta = (Theta[:, 1:].T @ delta) * a * (1 - a)",
        {"slope": _slope_of_a},
    ),
    Fault(
        "output-slope",
        "δ of the output times g′",
        "The slope of the output cancels against the cross-entropy; here it is multiplied in once more.",
        mistakes.SlopedError,
        "delta = (h - y) * h * (1 - h)",
        "delta = h - y",
        {"factor": lambda h: h * (1.0 - h)},
    ),
    Fault(
        "sign-flipped",
        "sign of δ flipped at the output",
        "y − h instead of h − y: every step goes uphill, but for weight decay.",
        mistakes.FlippedError,
        "delta = y - h",
        "delta = h - y",
        {"error": lambda h, y: y - h},
    ),
    Fault(
        "bias-row-kept",
        "bias row kept: off by one",
        "The last column of Θ is left out instead of the bias's, so every unit gets its neighbour's blame.",
        mistakes.NeighbourError,
        "delta = (Theta[:, :-1].T @ delta) * a * (1 - a)",
        "delta = (Theta[:, 1:].T @ delta) * a * (1 - a)",
        {"weights": lambda theta: theta[:, :-1].T},
    ),
    Fault(
        "theta-not-transposed",
        "Θ not transposed",
        "δ goes back through Θ instead of Θᵀ; between layers of one size nothing complains.",
        mistakes.UntransposedError,
        "delta = (Theta[:, 1:] @ delta) * a * (1 - a)",
        "delta = (Theta[:, 1:].T @ delta) * a * (1 - a)",
        {"weights": _square_untransposed},
    ),
    Fault(
        "not-over-m",
        "1/m left out",
        "Δ is not divided by m, so its part of D is m times too large.",
        mistakes.UndividedSum,
        "D = Delta",
        "D = Delta / m",
        {"divisor": lambda m: 1.0},
    ),
    Fault(
        "last-example-left-out",
        "last example left out",
        "The loop ends one example early.",
        mistakes.LeftOutAccumulate,
        "for i in range(m - 1):",
        "for i in range(m):",
        {"counted": lambda m: m - 1},
    ),
    Fault(
        "accumulator-not-reset",
        "Δ not reset between passes",
        "Δ still holds the sum of the pass before when the next one begins.",
        mistakes.CarriedAccumulate,
        "# Delta keeps what it held",
        "Delta = np.zeros_like(Theta)",
        {"carried": 1},
    ),
    Fault(
        "theta-changed-early",
        "Θ changed too early",
        "Each Θ is updated before the δ of the layer below has been worked out from it.",
        mistakes.EarlyError,
        "Theta -= alpha * D;  delta = (Theta[:, 1:].T @ delta) * a * (1 - a)",
        "delta = (Theta[:, 1:].T @ delta) * a * (1 - a)",
        {"early": True},
    ),
    Fault(
        "bias-in-the-loop",
        "bias moved once per weight",
        "The update of the bias stands inside the loop over the weights, so it is done as often as there are inputs.",
        mistakes.BiasManyTimes,
        "for i in range(1, n + 1): Theta[j, i] -= alpha * D[j, i];  Theta[j, 0] -= alpha * D[j, 0]",
        "Theta -= alpha * D",
        {"moves": lambda inputs: inputs},
    ),
    Fault(
        "labels-shifted",
        "labels shifted by one class",
        "Class k is taken for class k + 1: labels 1 … K where the code counts from 0.",
        mistakes.ShiftedError,
        "y = np.roll(np.eye(K)[label - 1], 1)",
        "y = np.eye(K)[label - 1]",
        {"targets": lambda y: np.roll(y, 1, axis=0)},
    ),
    Fault(
        "no-bias-gradient",
        "no gradient for the bias",
        "The bias column of D stays 0, so no bias is ever learnt.",
        mistakes.NoBiasGradient,
        "D = Delta / m;  D[:, 0] = 0",
        "D = Delta / m",
        {"bias": 0.0},
    ),
)


def fault(name: str) -> Fault:
    """The row called *name*. Raises ValueError naming those there are."""
    for row in FAULTS:
        if row.name == name:
            return row
    raise ValueError(f"fault is {name!r}; expected one of {', '.join(row.name for row in FAULTS)}.")


def lines_with(name: str | None) -> Lines:
    """Backpropagation with the mistake of that name; None: with none. Raises ValueError as ``fault``."""
    return RIGHT if name is None else fault(name).lines
