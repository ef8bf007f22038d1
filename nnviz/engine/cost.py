"""Cross-entropy at sigmoid outputs: J from logits, and the δ that goes with it.

The pair matters: only a sigmoid with cross-entropy has ∂cost/∂z = a − y. This module is the one home of that pair,
so every network's output layer goes through it.
"""

from typing import NamedTuple

import numpy as np

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
    """Everything at the output, from e = exp(−|z|): right when units saturate, never inf or nan.

    The cost is max(z, 0) − y z + log(1 + e), for log(1 − h) is −inf once h rounds to 1. δ is (1 − y) g(z) − y g(−z),
    for g(z) − 1 has no digits left by then.
    """
    e = np.exp(-np.abs(z))
    cost = np.maximum(z, 0.0) - Y * z + np.log1p(e)
    h, delta = _error(z, Y, e)
    return Output(h, delta, cost)


def output_error(z: Array, Y: Array) -> Array:
    """δ at the output alone, as ``output`` has it."""
    return _error(z, Y, np.exp(-np.abs(z)))[1]


def _error(z: Array, Y: Array, e: Array) -> tuple[Array, Array]:
    denominator = e + 1.0
    negative = z < 0.0
    h = np.where(negative, e, 1.0) / denominator
    complement = np.where(negative, 1.0, e) / denominator
    return h, (1.0 - Y) * h - Y * complement


def weight_decay(thetas: tuple[Array, ...], lambda_: float, m: int) -> float:
    """λ/(2m) Σ Θ², over every Θ but the bias column."""
    if lambda_ == 0.0:
        return 0.0
    return lambda_ / (2 * m) * float(sum(np.square(theta[:, 1:]).sum() for theta in thetas))
