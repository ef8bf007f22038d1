"""Cross-entropy at sigmoid outputs: J from logits, and the δ that goes with it.

The pair matters: only a sigmoid with cross-entropy has ∂cost/∂z = a − y. This module is the one home of that pair,
so every network's output layer goes through it.
"""

from typing import NamedTuple

import numpy as np

from nnviz.engine.activations import ONE, ZERO, logistic, overflows
from nnviz.engine.arrays import Array


class Cost(NamedTuple):
    """J(Θ) and its two parts: ``total`` = ``data`` + ``decay``."""

    total: float
    data: float
    decay: float


class Output(NamedTuple):
    """What an output layer gives for logits z and targets Y, each of z's shape.

    ``h`` = g(z); ``delta`` = h − y; ``cost`` = −y log h − (1 − y) log(1 − h).
    """

    h: Array
    delta: Array
    cost: Array


def output(z: Array, Y: Array) -> Output:
    """Everything at the output: right when units saturate, never inf or nan."""
    return Output(logistic(z)[0], output_error(z, Y), output_cost(z, Y))


def output_error(z: Array, Y: Array) -> Array:
    """δ = h − y as (1 − y) g(z) − y g(−z), for g(z) − 1 has no digits left when a unit saturates.

    That is ((1 − y) e^z − y) / (1 + e^z), unless e^z overflows.
    """
    delta = ONE - Y
    if overflows(z):
        h, complement = logistic(z)
        return delta * h - Y * complement
    power = np.exp(z)
    delta *= power
    delta -= Y
    power += ONE
    delta /= power
    return delta


def output_cost(z: Array, Y: Array) -> Array:
    """The cost as max(z, 0) − y z + log(1 + e^(−|z|)), for log(1 − h) is −inf once h rounds to 1."""
    cost = np.maximum(z, ZERO)
    cost -= Y * z
    power = np.abs(z)
    np.negative(power, power)
    np.exp(power, power)
    np.log1p(power, power)
    cost += power
    return cost


def summed_cost(z: Array, Y: Array) -> float:
    """The cost of all outputs of all examples together."""
    return float(np.add.reduce(output_cost(z, Y), axis=None))


def weight_decay(thetas: tuple[Array, ...], lambda_: float, m: int) -> float:
    """λ/(2m) Σ Θ², over every Θ but the bias column."""
    if lambda_ == 0.0:
        return 0.0
    return lambda_ / (2 * m) * float(sum(np.square(theta[:, 1:]).sum() for theta in thetas))
