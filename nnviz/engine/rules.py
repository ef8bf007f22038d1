"""The rules by which Θ follows the gradient: gradient descent and those that remember earlier gradients."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnviz.engine.arrays import Array, sealed

Memory = tuple[Array, ...]
Update = Callable[[Array, Array, Memory, int, float], tuple[Array, Memory]]

MOMENTUM = 0.9
KEPT = 0.9  # RMSprop's share of the old mean square
BETA_1, BETA_2 = 0.9, 0.999
EPSILON = 1e-8


@dataclass(frozen=True)
class Rule:
    """``update(Θ, D, memory, t, α)`` gives the Θ and memory of iteration t from those of t − 1; t is 1 or larger.

    What it gives is new; all arrays are vectors of one length. ``memories`` says how many of them the memory holds,
    zeros at the start. ``most_decay`` is the α·λ/m beyond which weight decay alone makes Θ grow for ever, None where
    the rule has no such bound.
    """

    update: Update
    memories: int = 0
    most_decay: float | None = None


def _gradient_descent(theta: Array, D: Array, memory: Memory, t: int, alpha: float) -> tuple[Array, Memory]:
    """Θ := Θ − αD, as ``epoch.descended``."""
    return theta - alpha * D, ()


def _momentum(theta: Array, D: Array, memory: Memory, t: int, alpha: float) -> tuple[Array, Memory]:
    """v := 0.9 v + D; Θ := Θ − αv."""
    v = MOMENTUM * memory[0] + D
    return theta - alpha * v, (sealed(v),)


def _nesterov(theta: Array, D: Array, memory: Memory, t: int, alpha: float) -> tuple[Array, Memory]:
    """v := 0.9 v + D; Θ := Θ − α(D + 0.9 v): written for the point at which D is taken."""
    v = MOMENTUM * memory[0] + D
    return theta - alpha * (D + MOMENTUM * v), (sealed(v),)


def _rmsprop(theta: Array, D: Array, memory: Memory, t: int, alpha: float) -> tuple[Array, Memory]:
    """s := 0.9 s + 0.1 D²; Θ := Θ − αD/(√s + 10⁻⁸)."""
    s = KEPT * memory[0] + (1.0 - KEPT) * (D * D)
    return theta - alpha * D / (np.sqrt(s) + EPSILON), (sealed(s),)


def _adam(theta: Array, D: Array, memory: Memory, t: int, alpha: float) -> tuple[Array, Memory]:
    """v := β₁v + (1 − β₁)D; s := β₂s + (1 − β₂)D²; Θ := Θ − α v̂/(√ŝ + 10⁻⁸), v̂ = v/(1 − β₁ᵗ), ŝ = s/(1 − β₂ᵗ)."""
    v = BETA_1 * memory[0] + (1.0 - BETA_1) * D
    s = BETA_2 * memory[1] + (1.0 - BETA_2) * (D * D)
    size = np.sqrt(s) / math.sqrt(1.0 - BETA_2**t) + EPSILON
    return theta - alpha / (1.0 - BETA_1**t) * v / size, (sealed(v), sealed(s))


# Bounds on α·λ/m: where the roots of the rule, applied to J = (λ/m)Θ²/2 alone, leave the unit circle.
GRADIENT_DESCENT = Rule(_gradient_descent, most_decay=2.0)
HEAVY_BALL = Rule(_momentum, memories=1, most_decay=2.0 * (1.0 + MOMENTUM))
NESTEROV = Rule(_nesterov, memories=1, most_decay=2.0 * (1.0 + MOMENTUM) / (1.0 + 2.0 * MOMENTUM))
RMSPROP = Rule(_rmsprop, memories=1)
ADAM = Rule(_adam, memories=2)
