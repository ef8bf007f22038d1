"""Where Θ starts: random values, small and symmetric about 0."""

import math
from collections.abc import Sequence

import numpy as np

from nnviz.engine.arrays import Array, sealed


def epsilon(inputs: int, outputs: int) -> float:
    """√6 / √(s_l + s_{l+1}), the bound that keeps signals and gradients of one size from layer to layer.

    Source: X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks",
    AISTATS 2010, equation 16; the course's fourth exercise takes the same rule.
    """
    return math.sqrt(6.0) / math.sqrt(inputs + outputs)


def uniform(sizes: Sequence[int], seed: int, bound: float | None = None) -> tuple[Array, ...]:
    """Θ⁽¹⁾, Θ⁽²⁾, … drawn uniformly from [−ε, ε), bias column included; ε is *bound*, or follows each layer's sizes."""
    generator = np.random.default_rng(seed)
    return tuple(
        sealed(_layer(generator, inputs, outputs, epsilon(inputs, outputs) if bound is None else bound))
        for inputs, outputs in zip(sizes, sizes[1:])
    )


def _layer(generator: np.random.Generator, inputs: int, outputs: int, bound: float) -> Array:
    return generator.random((outputs, inputs + 1)) * 2.0 * bound - bound
