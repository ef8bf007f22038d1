"""The activation functions a hidden layer may have: one row of a table each."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnviz.engine.arrays import Array


@dataclass(frozen=True)
class Activation:
    """A function g and its derivative g′.

    ``formula`` and ``slope_formula`` are what the course would write, in terms of z and a.
    ``evaluate(z)`` gives (g(z), g′(z)) of z's shape, both right to a few units in the last place for every finite z.
    """

    name: str
    title: str
    formula: str
    slope_formula: str
    evaluate: Callable[[Array], tuple[Array, Array]]

    def function(self, z: Array) -> Array:
        """g(z), of z's shape."""
        return self.evaluate(z)[0]

    def slope(self, z: Array) -> Array:
        """g′(z), of z's shape."""
        return self.evaluate(z)[1]


def _sigmoid(z: Array) -> tuple[Array, Array]:
    """From e = exp(−|z|), which never overflows. 1 − g loses every digit near g = 1; e / (1 + e)² loses none."""
    e = np.exp(-np.abs(z))
    denominator = e + 1.0
    slope = e / (denominator * denominator)
    return np.where(z < 0.0, e, 1.0) / denominator, slope


def _tanh(z: Array) -> tuple[Array, Array]:
    """tanh′(z) = 4 g′(2z) with the sigmoid's g′, for 1 − tanh² cancels when the unit saturates."""
    return np.tanh(z), 4.0 * _sigmoid(2.0 * z)[1]


def _relu(z: Array) -> tuple[Array, Array]:
    """The derivative at 0, where there is none, is taken as 0, as PyTorch and TensorFlow do."""
    return np.maximum(z, 0.0), np.where(z > 0.0, 1.0, 0.0)


def _linear(z: Array) -> tuple[Array, Array]:
    return z, np.ones_like(z)


ACTIVATIONS: tuple[Activation, ...] = (
    Activation("sigmoid", "Sigmoid", "1 / (1 + e^(−z))", "a (1 − a)", _sigmoid),
    Activation("tanh", "Tanh", "tanh z", "1 − a²", _tanh),
    Activation("relu", "ReLU", "max(0, z)", "1 if z > 0, else 0", _relu),
    Activation("linear", "Linear", "z", "1", _linear),
)


def activation(name: str) -> Activation:
    """The row called *name*. Raises ValueError naming those there are."""
    for row in ACTIVATIONS:
        if row.name == name:
            return row
    known = ", ".join(row.name for row in ACTIVATIONS)
    raise ValueError(f"activation is {name!r}; expected one of {known}.")
