"""The network: layer sizes, activation and Θ, immutable."""

import operator
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Self

import numpy as np
from numpy.typing import ArrayLike

from nnviz.engine import initialise
from nnviz.engine.activations import Activation, activation
from nnviz.engine.arrays import Array, checked, frozen, sealed
from nnviz.engine.twins import Rows, twins

Order = Literal["F", "C"]
LARGEST_LAYER = 10_000
MOST_LAYERS = 12


@dataclass(frozen=True, eq=False)
class Network:
    """Θ⁽ˡ⁾ for l = 1 … L−1 and the activation of the hidden layers; the output units are sigmoids.

    ``thetas[l − 1]`` is Θ⁽ˡ⁾, of shape (s_{l+1}, s_l + 1); column 0 multiplies the bias unit. Arrays are read-only.
    Make one with ``random``, ``start``, ``zeros``, ``from_thetas`` or ``from_unrolled``, which check what they get.
    """

    thetas: tuple[Array, ...]
    activation_name: str = "sigmoid"

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """s_1 … s_L: units in each layer, bias units not counted."""
        return (self.thetas[0].shape[1] - 1, *[theta.shape[0] for theta in self.thetas])

    @property
    def entries(self) -> int:
        """How many numbers Θ has."""
        return sum([theta.size for theta in self.thetas])

    def cut(self, vector: Array) -> list[Array]:
        """The matrices, shaped like Θ, of which *vector* is made: each row by row, Θ⁽¹⁾ first. They are views of it."""
        matrices, stop = [], 0
        for theta in self.thetas:
            start, stop = stop, stop + theta.size
            matrices.append(vector[start:stop].reshape(theta.shape))
        return matrices

    @property
    def activation(self) -> Activation:
        """The row of the table of activations that the hidden layers use."""
        return activation(self.activation_name)

    @cached_property
    def backward_weights(self) -> tuple[Array, ...]:
        """(Θ⁽ˡ⁾)ᵀ without the row of the bias unit for l = L−1 … 2, the way δ goes; contiguous, as products want it."""
        return tuple([theta[:, 1:].T.copy() for theta in self.thetas[:0:-1]])

    @cached_property
    def twins(self) -> tuple[Rows | None, ...]:
        """For layers 2 … L−1 the first twin of each unit, None where no two are alike; nearly always empty."""
        return twins(self.thetas)

    @property
    def layers(self) -> int:
        """L, input and output layers included."""
        return len(self.thetas) + 1

    @property
    def outputs(self) -> int:
        """K, the number of output units."""
        return self.sizes[-1]

    def theta(self, layer: int) -> Array:
        """Θ⁽ˡ⁾, which leads from layer l = *layer* to layer l + 1."""
        return self.thetas[layer - 1]

    @classmethod
    def random(
        cls, sizes: Sequence[int], *, seed: int, epsilon: float | None = None, activation: str = "sigmoid"
    ) -> Self:
        """Uniform in ±ε from the seed; ε = √6/√(s_l + s_{l+1}) unless given (see ``initialise.epsilon``)."""
        if epsilon is not None and checked("epsilon", epsilon, ()) < 0.0:
            raise ValueError(f"epsilon is {epsilon}; expected a finite number, 0 or larger.")
        thetas = initialise.uniform(checked_sizes(sizes), checked_seed(seed), epsilon)
        return cls(thetas, _checked_activation(activation))

    @classmethod
    def start(cls, name: str, sizes: Sequence[int], *, seed: int = 0, activation: str = "sigmoid") -> Self:
        """As the row *name* of ``initialise.INITIALISERS`` has it; "uniform" is ``random`` without an ε given."""
        thetas = initialise.initialiser(name).thetas(checked_sizes(sizes), checked_seed(seed))
        return cls(thetas, _checked_activation(activation))

    @classmethod
    def zeros(cls, sizes: Sequence[int], *, activation: str = "sigmoid") -> Self:
        """Every Θ is 0."""
        return cls.start("zeros", sizes, activation=activation)

    @classmethod
    def from_thetas(cls, thetas: Iterable[ArrayLike], *, activation: str = "sigmoid") -> Self:
        """From Θ⁽¹⁾, Θ⁽²⁾, …, copied. Raises ValueError when neighbours do not fit or an entry is not finite."""
        matrices = tuple(frozen(checked(f"Theta{layer}", theta, (None, None))) for layer, theta in enumerate(thetas, 1))
        if not matrices:
            raise ValueError("thetas is empty; expected at least one matrix, Theta1.")
        checked_sizes((matrices[0].shape[1] - 1, *(theta.shape[0] for theta in matrices)))
        for layer, (theta, following) in enumerate(zip(matrices, matrices[1:]), 1):
            checked(f"Theta{layer + 1}", following, (None, theta.shape[0] + 1))
        return cls(matrices, _checked_activation(activation))

    @classmethod
    def from_unrolled(
        cls, vector: ArrayLike, sizes: Sequence[int], *, order: Order = "F", activation: str = "sigmoid"
    ) -> Self:
        """The reverse of ``unroll``: shape (Σ s_{l+1}(s_l + 1),) to Θ⁽¹⁾, Θ⁽²⁾, …"""
        sizes = checked_sizes(sizes)
        return cls(rolled(vector, sizes, order), _checked_activation(activation))

    def unroll(self, order: Order = "F") -> Array:
        """All of Θ in one vector, Θ⁽¹⁾ first; order "F" goes column by column, as the course's ``Theta1(:)``."""
        return np.concatenate([theta.ravel(order=order) for theta in self.thetas])

    def with_theta(self, layer: int, row: int, column: int, value: float) -> Self:
        """The network in which Θ⁽ˡ⁾ has *value* at unit *row* (from 1), input *column* (0 is the bias).

        Raises ValueError for a value that is not finite, IndexError where there is no such entry.
        """
        if layer < 1 or row < 1 or column < 0:
            raise IndexError(f"Theta{layer}[{row}, {column}] counts from below the first entry, Theta1[1, 0].")
        theta = np.array(self.theta(layer))
        theta[row - 1, column] = checked(f"Theta{layer}[{row}, {column}]", value, ())
        return type(self)((*self.thetas[: layer - 1], sealed(theta), *self.thetas[layer:]), self.activation_name)

    def with_activation(self, name: str) -> Self:
        """The same Θ with another activation in the hidden layers."""
        return type(self)(self.thetas, _checked_activation(name))

    def remark(self) -> str | None:
        """What a teacher would say of this choice of sizes, or None."""
        if self.outputs != 2:
            return None
        return "Two output units work, but for two classes one would do: h for one class, 1 − h for the other."


def rolled(vector: ArrayLike, sizes: Sequence[int], order: Order = "F") -> tuple[Array, ...]:
    """Read-only matrices, copies, cut out of an unrolled vector. Raises ValueError if it does not fit checked sizes."""
    shapes = [(outputs, inputs + 1) for inputs, outputs in zip(sizes, sizes[1:])]
    theta = checked("theta", vector, (sum([rows * columns for rows, columns in shapes]),))
    thetas, start = [], 0
    for rows, columns in shapes:
        stop = start + rows * columns
        part = theta[start:stop]
        matrix = part.reshape(rows, columns) if order == "C" else part.reshape(columns, rows).T
        thetas.append(sealed(matrix.copy()))
        start = stop
    return tuple(thetas)


def parse_sizes(text: str) -> tuple[int, ...]:
    """``"3-5-5-4"`` to (3, 5, 5, 4). Raises ValueError that shows how to write it."""
    try:
        sizes = tuple(int(part) for part in text.strip().replace("–", "-").split("-"))
    except ValueError:
        raise ValueError(f"network is {text!r}; expected layer sizes such as 3-5-5-4.") from None
    return checked_sizes(sizes)


def checked_sizes(sizes: Sequence[int]) -> tuple[int, ...]:
    """*sizes* as a tuple of whole numbers. Raises ValueError for fewer than two layers or a layer without units."""
    try:
        whole = tuple([operator.index(size) for size in sizes])
    except TypeError:
        raise ValueError(f"sizes is {sizes!r}; expected whole numbers such as (3, 5, 5, 4).") from None
    if not 2 <= len(whole) <= MOST_LAYERS:
        raise ValueError(
            f"sizes has {len(whole)} layer{'' if len(whole) == 1 else 's'}; "
            f"expected 2 to {MOST_LAYERS}, input and output included."
        )
    for layer, size in enumerate(whole, 1):
        if not 1 <= size <= LARGEST_LAYER:
            raise ValueError(f"layer {layer} has {size} units; expected 1 to {LARGEST_LAYER}.")
    return whole


def checked_seed(seed: int) -> int:
    """A seed is a whole number from 0 to 2³² − 1, short enough to be read aloud."""
    try:
        whole = operator.index(seed)
    except TypeError:
        raise ValueError(f"seed is {seed!r}; expected a whole number.") from None
    if not 0 <= whole < 2**32:
        raise ValueError(f"seed is {whole}; expected 0 to {2**32 - 1}.")
    return whole


def _checked_activation(name: str) -> str:
    return activation(name).name
