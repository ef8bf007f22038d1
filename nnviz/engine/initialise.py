"""Where Θ starts: one row of a table for each way to choose it."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from nnviz.engine.arrays import Array, sealed

EQUAL = 0.5  # the value of every entry of an all-equal start


class Initialiser(NamedTuple):
    """``thetas(sizes, seed)`` gives Θ⁽¹⁾, Θ⁽²⁾, …, read-only; ``words`` say it in a sentence, ``source`` whence."""

    name: str
    title: str
    words: str
    source: str
    thetas: Callable[[Sequence[int], int], tuple[Array, ...]]


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


def _xavier(sizes: Sequence[int], seed: int) -> tuple[Array, ...]:
    return _normal(sizes, seed, lambda inputs, outputs: math.sqrt(2.0 / (inputs + outputs)))


def _he(sizes: Sequence[int], seed: int) -> tuple[Array, ...]:
    return _normal(sizes, seed, lambda inputs, outputs: math.sqrt(2.0 / inputs))


def _normal(sizes: Sequence[int], seed: int, deviation: Callable[[int, int], float]) -> tuple[Array, ...]:
    """Weights from a normal distribution about 0; biases are 0."""
    generator = np.random.default_rng(seed)
    thetas = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        theta = np.zeros((outputs, inputs + 1))
        theta[:, 1:] = generator.standard_normal((outputs, inputs)) * deviation(inputs, outputs)
        thetas.append(sealed(theta))
    return tuple(thetas)


def _positive(sizes: Sequence[int], seed: int) -> tuple[Array, ...]:
    generator = np.random.default_rng(seed)
    return tuple(
        sealed(generator.random((outputs, inputs + 1)) * epsilon(inputs, outputs))
        for inputs, outputs in zip(sizes, sizes[1:])
    )


def constant(sizes: Sequence[int], value: float) -> tuple[Array, ...]:
    """Every entry is *value*, biases included."""
    return tuple(sealed(np.full((outputs, inputs + 1), value)) for inputs, outputs in zip(sizes, sizes[1:]))


INITIALISERS: tuple[Initialiser, ...] = (
    Initialiser(
        "uniform",
        "Uniform",
        "Every entry is drawn from −ε to ε, with ε = √6/√(s_l + s_{l+1}).",
        "X. Glorot and Y. Bengio, AISTATS 2010, equation 16; biases are drawn, too, as in the course",
        uniform,
    ),
    Initialiser(
        "xavier",
        "Xavier (Glorot)",
        "Weights are normal with variance 2/(s_l + s_{l+1}), biases 0: made for sigmoid and tanh.",
        "X. Glorot and Y. Bengio, AISTATS 2010, equation 12",
        _xavier,
    ),
    Initialiser(
        "he",
        "He",
        "Weights are normal with variance 2/s_l, biases 0: made for ReLU.",
        "K. He, X. Zhang, S. Ren and J. Sun, ICCV 2015, equation 10",
        _he,
    ),
    Initialiser(
        "positive",
        "All positive",
        "Every entry is drawn from 0 to ε: random, but not about 0, so units begin alike and learn more slowly.",
        "the course's notes where they are read by the letter: between 0 and 1, scaled by ε",
        _positive,
    ),
    Initialiser(
        "zeros",
        "All zero",
        "Every entry is 0, so all hidden units of a layer stay equal for ever.",
        "the course's symmetry problem",
        lambda sizes, seed: constant(sizes, 0.0),
    ),
    Initialiser(
        "equal",
        "All equal",
        f"Every entry is {EQUAL}, so all hidden units of a layer stay equal for ever.",
        "the course's symmetry problem",
        lambda sizes, seed: constant(sizes, EQUAL),
    ),
)


def initialiser(name: str) -> Initialiser:
    """The row called *name*. Raises ValueError naming those there are."""
    for row in INITIALISERS:
        if row.name == name:
            return row
    known = ", ".join(row.name for row in INITIALISERS)
    raise ValueError(f"initialiser is {name!r}; expected one of {known}.")
