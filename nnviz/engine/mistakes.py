"""Steps of the story as a mistake in backpropagation has them: other operands, another sum, or only another formula."""

from functools import cached_property

import numpy as np

from nnviz.engine.arrays import Array
from nnviz.engine.computed import Computed
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import Accumulate, Gradient, HiddenError, MistakenStep, OutputError, Update


class FlippedError(MistakenStep, OutputError):
    """δ_k = y_k − a_k."""

    def operands(self, index: int) -> tuple[Address, ...]:
        """y_k, then a_k."""
        return (Address((Symbol.Y, Symbol.A)[index], self.layer, self.unit),)

    @cached_property
    def products(self) -> Array:
        """y_k and −a_k."""
        return np.array([self.computed.y[self.unit - 1], -self.computed.h[self.unit - 1]])


class SlopedError(MistakenStep, OutputError):
    """δ_k = (a_k − y_k) a_k (1 − a_k)."""

    closes = True

    @property
    def total(self) -> float:
        """a_k − y_k."""
        return float(self.totals[-1])


class ShiftedError(MistakenStep, OutputError):
    """δ_k = a_k − y of the class before, and for the first class that of the last."""

    @classmethod
    def strikes(cls, computed: Computed, layer: int) -> bool:
        """With more than one class."""
        return len(computed.h) > 1

    def operands(self, index: int) -> tuple[Address, ...]:
        """a_k, then y_(k − 1)."""
        unit = self._before if index else self.unit
        return (Address((Symbol.A, Symbol.Y)[index], self.layer, unit),)

    @property
    def _before(self) -> int:
        return self.unit - 1 or len(self.computed.h)

    @cached_property
    def products(self) -> Array:
        """a_k and −y_(k − 1)."""
        return np.array([self.computed.h[self.unit - 1], -self.computed.y[self._before - 1]])


class FlatError(MistakenStep, HiddenError):
    """δ_j = Σ_k Θ_kj δ_k, without g′."""

    closes = False

    @classmethod
    def strikes(cls, computed: Computed, layer: int) -> bool:
        """Where g′ is not 1 anyway."""
        return computed.network.activation_name != "linear"


class SlopeOfAError(MistakenStep, HiddenError):
    """δ_j = (Σ_k Θ_kj δ_k) g′(a_j)."""

    @classmethod
    def strikes(cls, computed: Computed, layer: int) -> bool:
        """Where g′ of a and of z differ, as those of the sigmoid do."""
        right = computed.network.activation.slope(computed.z[layer - 1])
        return not np.array_equal(computed.slope[layer - 1], right)


class NeighbourError(MistakenStep, HiddenError):
    """δ_j = (Σ_k Θ_k,j−1 δ_k) g′(z_j): the blame of the unit before, or of the bias unit."""

    def operands(self, index: int) -> tuple[Address, ...]:
        """Θ⁽ˡ⁾_k,j−1 and δ⁽ˡ⁺¹⁾_k; k = *index* + 1."""
        weight, error = super().operands(index)
        return weight._replace(column=self.unit - 1), error

    @cached_property
    def products(self) -> Array:
        """Θ_k,j−1 δ_k."""
        column: Array = self.computed.network.theta(self.layer)[:, self.unit - 1]
        return column * self.computed.delta[self.layer]


class UntransposedError(MistakenStep, HiddenError):
    """δ_j = (Σ_k Θ_jk δ_k) g′(z_j)."""

    @classmethod
    def strikes(cls, computed: Computed, layer: int) -> bool:
        """Between layers of one size, of more than one unit."""
        sizes = computed.network.sizes
        return sizes[layer - 1] == sizes[layer] > 1

    def operands(self, index: int) -> tuple[Address, ...]:
        """Θ⁽ˡ⁾_jk and δ⁽ˡ⁺¹⁾_k; k = *index* + 1."""
        weight, error = super().operands(index)
        return weight._replace(row=self.unit, column=index + 1), error

    @cached_property
    def products(self) -> Array:
        """Θ_jk δ_k."""
        row: Array = self.computed.network.theta(self.layer)[self.unit - 1, 1:]
        return row * self.computed.delta[self.layer]


class EarlyError(MistakenStep, HiddenError):
    """δ_j = (Σ_k new Θ_kj δ_k) g′(z_j)."""

    def operands(self, index: int) -> tuple[Address, ...]:
        """Θ⁽ˡ⁾_kj after the update, and δ⁽ˡ⁺¹⁾_k; k = *index* + 1."""
        weight, error = super().operands(index)
        return weight._replace(symbol=Symbol.THETA_NEW), error

    @cached_property
    def products(self) -> Array:
        """Θ_kj δ_k."""
        column: Array = self.computed.epoch.back_through[self.layer - 1][:, self.unit]
        return column * self.computed.delta[self.layer]


class LeftOutAccumulate(MistakenStep, Accumulate):
    """Δ_ji as it was: the example is not counted."""

    @classmethod
    def strikes(cls, computed: Computed, layer: int) -> bool:
        """In the last example of the pass."""
        return computed.example == computed.epoch.m - 1

    def operands(self, index: int) -> tuple[Address, ...]:
        """Δ_ji before."""
        return super().operands(index)[:1]

    @property
    def products(self) -> Array:
        """Nothing is added."""
        return np.zeros(self.count)


class CarriedAccumulate(MistakenStep, Accumulate):
    """Δ_ji := Δ_ji + δ_j a_i, where Δ still holds the pass before."""

    @classmethod
    def strikes(cls, computed: Computed, layer: int) -> bool:
        """In the first example of the pass."""
        return computed.example == 0


class _DecayMistake(MistakenStep, Gradient):
    """D with a mistake in its weight decay."""

    @classmethod
    def strikes(cls, computed: Computed, layer: int) -> bool:
        """If there is any decay."""
        return computed.epoch.lambda_ > 0.0


class UndividedDecay(_DecayMistake):
    """D_ji = Δ_ji/m + λΘ_ji; D_j0 = Δ_j0/m."""

    @classmethod
    def strikes(cls, computed: Computed, layer: int) -> bool:
        """If m is not 1 anyway."""
        return super().strikes(computed, layer) and computed.epoch.m > 1


class DecayedBias(_DecayMistake):
    """D_ji = (Δ_ji + λΘ_ji)/m, the bias column, too."""

    def operands(self, index: int) -> tuple[Address, ...]:
        """Δ_ji and Θ_ji."""
        return self.entry(Symbol.ACCUMULATOR, index), self.entry(Symbol.THETA, index)


class NoDecay(_DecayMistake):
    """D_ji = Δ_ji/m."""

    def operands(self, index: int) -> tuple[Address, ...]:
        """Δ_ji."""
        return (self.entry(Symbol.ACCUMULATOR, index),)


class UndividedSum(MistakenStep, Gradient):
    """D_ji = Δ_ji + (λ/m)Θ_ji; D_j0 = Δ_j0."""

    @classmethod
    def strikes(cls, computed: Computed, layer: int) -> bool:
        """If m is not 1 anyway."""
        return computed.epoch.m > 1


class NoBiasGradient(MistakenStep, Gradient):
    """D_ji = (Δ_ji + λΘ_ji)/m; D_j0 = 0."""


class BiasManyTimes(MistakenStep, Update):
    """Θ_ji := Θ_ji − αD_ji; Θ_j0 := Θ_j0 − nαD_j0, n inputs."""

    @classmethod
    def strikes(cls, computed: Computed, layer: int) -> bool:
        """Where some layer has more than one input; those with one are told with it, as they run the same line."""
        return max(computed.network.sizes[:-1]) > 1

    @cached_property
    def products(self) -> Array:
        """−αD_ji, and −nαD_j0."""
        epoch = self.computed.epoch
        moved = -epoch.learning_rate * self.row(epoch.D)
        moved[0] *= self.count - 1
        return moved
