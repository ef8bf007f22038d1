"""Cross-entropy at sigmoid outputs: J from logits, and the δ that goes with it.

The pair matters: only a sigmoid with cross-entropy has ∂cost/∂z = a − y. This module is the one home of that pair,
so every network's output layer goes through it.
"""

from typing import NamedTuple

import numpy as np

from nnviz.engine.activations import ONE, logistic, overflows
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
    rest = ONE - Y
    return Output(logistic(z)[0], output_error(z, Y, rest)[0], output_cost(z, Y, rest))


def output_error(z: Array, Y: Array, rest: Array, with_cost: bool = False) -> tuple[Array, float]:
    """δ = h − y as (1 − y) g(z) − y g(−z), for g(z) − 1 has no digits left when a unit saturates; *rest* is 1 − y.

    With it, if asked for, the cost of all outputs of all examples together; else 0.
    """
    if not overflows(z):
        delta, _ = quick_error(z, Y, rest, False)
    else:
        h, complement = logistic(z)
        delta = rest * h - Y * complement
    return delta, summed_cost(z, Y, rest) if with_cost else 0.0


def quick_error(z: Array, Y: Array, rest: Array, with_cost: bool) -> tuple[Array, float]:
    """The same, with ((1 − y) e^z − y) / (1 + e^z): nan or inf where e^z overflows."""
    power = np.exp(z)
    delta = rest * power
    delta -= Y
    cost = _cost(power, Y, rest) if with_cost else 0.0
    power += ONE
    delta /= power
    return delta, cost


def summed_cost(z: Array, Y: Array, rest: Array) -> float:
    """The cost of all outputs of all examples together; *rest* is 1 − y."""
    if overflows(np.abs(z)):
        return float(np.add.reduce(output_cost(z, Y, rest), axis=None))
    return _cost(np.exp(z), Y, rest)


def _cost(power: Array, Y: Array, rest: Array) -> float:
    """Σ (1 − y) log(1 + e^z) + y log(1 + e^(−z)), given *power* = e^z."""
    inverse = ONE / power
    return float(np.vdot(rest, np.log1p(power)) + np.vdot(Y, np.log1p(inverse, inverse)))


def output_cost(z: Array, Y: Array, rest: Array) -> Array:
    """Each cost, from log(1 + e^z) = max(z, 0) + log(1 + e^(−|z|)), for log(1 − h) is −inf once h rounds to 1."""
    return rest * np.logaddexp(0.0, z) + Y * np.logaddexp(0.0, -z)


def weight_decay(thetas: tuple[Array, ...], lambda_: float, m: int) -> float:
    """λ/(2m) Σ Θ², over every Θ but the bias column."""
    if lambda_ == 0.0:
        return 0.0
    return lambda_ / (2 * m) * float(sum(np.square(theta[:, 1:]).sum() for theta in thetas))
