"""The activation functions a hidden layer may have: one row of a table each."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.arrays import Array, sealed

LARGEST_EXPONENT = 708.0  # e^708 is 3e307, and its inverse still has all its digits
ONE = sealed(np.array(1.0))  # as an operand a third quicker than the number, which NumPy would make an array each time


class Activation(NamedTuple):
    """A function g and its derivative g′.

    ``formula`` and ``slope_formula`` are what the course would write, in terms of z and a.
    ``evaluate(z)`` gives (g(z), g′(z)) of z's shape, both right to a few units in the last place for every finite z;
    ``evaluate(z, a)`` puts g(z) into the array a. ``quick`` does the same sooner, but gives nan where e^z overflows,
    and it may put g′(z) into the array z.
    ``value(z)`` is g(z) alone, for complex z, too: a new array.
    """

    name: str
    title: str
    formula: str
    slope_formula: str
    evaluate: Callable[..., tuple[Array, Array]]
    quick: Callable[..., tuple[Array, Array]]
    value: Callable[[NDArray[Any]], NDArray[Any]]

    def function(self, z: Array) -> Array:
        """g(z), of z's shape."""
        return self.evaluate(z)[0]

    def slope(self, z: Array) -> Array:
        """g′(z), of z's shape."""
        return self.evaluate(z)[1]


def logistic(z: Array) -> tuple[Array, Array]:
    """g(z) = 1 / (1 + e^(−z)) and g(−z) = 1 − g(z).

    Neither cancels, as 1 − g does near g = 1: both follow from e^z alone, or, where that would overflow, from powers
    that cannot.
    """
    if overflows(z):
        denominator = np.exp(-np.abs(z)) + ONE
        return np.exp(np.minimum(z, 0.0)) / denominator, np.exp(-np.maximum(z, 0.0)) / denominator
    power = np.exp(z)
    denominator = power + ONE
    return power / denominator, ONE / denominator


def overflows(z: Array) -> bool:
    """Whether e^z may. Where the largest z is, NumPy tells in half the time it takes to tell the largest z."""
    return z.item(z.argmax()) > LARGEST_EXPONENT


def _sigmoid(z: Array, a: Array | None = None) -> tuple[Array, Array]:
    if not overflows(z):
        return _quick_sigmoid(np.array(z), a)
    g, complement = logistic(z)
    return np.positive(g, out=a), g * complement


def _quick_sigmoid(z: Array, a: Array | None = None) -> tuple[Array, Array]:
    """g′(z) = g(z) g(−z), for g(z) (1 − g(z)) cancels near g = 1."""
    a = np.exp(z, a)
    complement = np.divide(ONE, np.add(a, ONE, z), z)  # np.reciprocal takes twice as long
    a *= complement
    return a, np.multiply(a, complement, z)


def _tanh(z: Array, a: Array | None = None) -> tuple[Array, Array]:
    """tanh′(z) = 1 / cosh² z, for 1 − tanh² cancels when the unit saturates. It is 0 past 710, where cosh overflows."""
    return np.tanh(z, out=a), np.square(1.0 / np.cosh(np.minimum(np.abs(z), 710.0)))


def _relu(z: Array, a: Array | None = None) -> tuple[Array, Array]:
    """The derivative at 0, where there is none, is taken as 0, as PyTorch and TensorFlow do."""
    return np.maximum(z, 0.0, out=a), np.heaviside(z, 0.0)


def _linear(z: Array, a: Array | None = None) -> tuple[Array, Array]:
    return np.positive(z, out=a), np.ones_like(z)


def _sigmoid_value(z: NDArray[Any]) -> NDArray[Any]:
    """From e^(−|z|), so that nothing overflows; of complex numbers the real part decides."""
    power: NDArray[Any]
    if not np.iscomplexobj(z) and not overflows(z):
        power = np.exp(z)
        power /= power + ONE
        return power
    negative = z.real < 0.0
    power = np.exp(np.where(negative, z, -z))
    return np.where(negative, power, 1.0) / (1.0 + power)


def _relu_value(z: NDArray[Any]) -> NDArray[Any]:
    return np.where(z.real > 0.0, z, 0.0)


ACTIVATIONS: tuple[Activation, ...] = (
    Activation("sigmoid", "Sigmoid", "1 / (1 + e^(−z))", "a (1 − a)", _sigmoid, _quick_sigmoid, _sigmoid_value),
    Activation("tanh", "Tanh", "tanh z", "1 − a²", _tanh, _tanh, np.tanh),
    Activation("relu", "ReLU", "max(0, z)", "1 if z > 0, else 0", _relu, _relu, _relu_value),
    Activation("linear", "Linear", "z", "1", _linear, _linear, np.positive),
)


def activation(name: str) -> Activation:
    """The row called *name*. Raises ValueError naming those there are."""
    for row in ACTIVATIONS:
        if row.name == name:
            return row
    known = ", ".join(row.name for row in ACTIVATIONS)
    raise ValueError(f"activation is {name!r}; expected one of {known}.")
