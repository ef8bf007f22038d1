"""Cross-entropy at sigmoid outputs: J from logits, and the δ that goes with it.

The pair matters: only a sigmoid with cross-entropy has ∂cost/∂z = a − y. This module is the one home of that pair,
so every network's output layer goes through it.
"""

from typing import NamedTuple

import numpy as np

from nnviz.engine.activations import ONE, logistic
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
    """Everything at the output: right when units saturate, never inf or nan.

    The cost is max(z, 0) − y z + log(1 + e^(−|z|)), for log(1 − h) is −inf once h rounds to 1.
    """
    h, complement = logistic(z)
    cost = np.maximum(z, 0.0) - Y * z + np.log1p(np.exp(-np.abs(z)))
    return Output(h, _error(h, complement, Y), cost)


def output_error(z: Array, Y: Array) -> Array:
    """δ at the output alone, as ``output`` has it."""
    return _error(*logistic(z), Y)


def _error(h: Array, complement: Array, Y: Array) -> Array:
    """h − y as (1 − y) g(z) − y g(−z), for g(z) − 1 has no digits left when a unit saturates. Uses up *complement*."""
    delta = ONE - Y
    delta *= h
    complement *= Y
    delta -= complement
    return delta


def weight_decay(thetas: tuple[Array, ...], lambda_: float, m: int) -> float:
    """λ/(2m) Σ Θ², over every Θ but the bias column."""
    if lambda_ == 0.0:
        return 0.0
    return lambda_ / (2 * m) * float(sum(np.square(theta[:, 1:]).sum() for theta in thetas))
