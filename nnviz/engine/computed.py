"""Every number of one example's way through the network, forward and back, and where to find each."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnviz.engine.arrays import Array, sealed
from nnviz.engine.epoch import Epoch
from nnviz.engine.network import Network
from nnviz.engine.quantities import Address, Quantity, Symbol


@dataclass(frozen=True, eq=False)
class Computed:
    """Everything of one example. Tuples go by layer: index 0 is layer 1, and bias units are left out.

    ``z[l]`` and ``delta[l]`` have shape (s_l,); layer 1 has neither: there they are empty. ``a[l]`` has shape (s_l,).
    ``slope[l]`` is g′(z), empty in layer 1 and in the output layer, whose δ needs none.
    ``weighted[l]`` is (Θ⁽ˡ⁾)ᵀδ⁽ˡ⁺¹⁾ before × g′, bias unit at index 0: shape (s_l + 1,); empty in layers 1 and L.
    ``costs[k − 1]`` is output k's part of J, shape (K,).
    ``final`` says whether D and the update belong to this story, as they do after the last example of a pass.
    ``learnt`` says whether Θ learns from the example; a test example's story ends with its cost.
    """

    epoch: Epoch
    example: int
    final: bool
    z: tuple[Array, ...]
    a: tuple[Array, ...]
    slope: tuple[Array, ...]
    weighted: tuple[Array, ...]
    delta: tuple[Array, ...]
    costs: Array
    learnt: bool = True

    @property
    def row(self) -> int:
        """Which row of the data the example is, from 0; ``example`` is its place in the pass."""
        return self.example if self.epoch.rows is None else int(self.epoch.rows[self.example])

    @property
    def network(self) -> Network:
        """The network the example went through."""
        return self.epoch.network

    @property
    def y(self) -> Array:
        """The targets, shape (K,)."""
        row: Array = self.epoch.Y[self.example]
        return row

    @property
    def h(self) -> Array:
        """h_Θ(x) = a⁽ᴸ⁾, shape (K,)."""
        return self.a[-1]

    @cached_property
    def cost(self) -> float:
        """What this example adds to m·J: the sum of ``costs``. Weight decay belongs to no single example."""
        return float(self.costs.sum())

    @property
    def bias_delta(self) -> tuple[float | None, ...]:
        """Σ_k Θ_k0 δ_k at each hidden layer's bias unit. Never used: no link leads into a bias unit."""
        return tuple(float(sums[0]) if len(sums) else None for sums in self.weighted)

    @cached_property
    def contribution(self) -> tuple[Array, ...]:
        """δ⁽ˡ⁺¹⁾(a⁽ˡ⁾)ᵀ, what this example adds to Δ⁽ˡ⁾, bias column first."""
        return tuple(
            sealed(np.outer(self.delta[layer], self.with_bias(layer))) for layer in range(1, self.network.layers)
        )

    @cached_property
    def accumulator_before(self) -> tuple[Array, ...]:
        """Δ as it stands after the examples before this one."""
        return self.epoch.accumulator(self.example)

    @cached_property
    def accumulator(self) -> tuple[Array, ...]:
        """Δ with this example."""
        return self.epoch.accumulator(self.example + 1)

    def with_bias(self, layer: int) -> Array:
        """(1, a_1, …, a_s) of layer *layer*, shape (s_l + 1,)."""
        return self._with_bias[layer - 1]

    @cached_property
    def _with_bias(self) -> tuple[Array, ...]:
        return tuple(sealed(np.concatenate(([1.0], a))) for a in self.a)

    def quantity(self, address: Address) -> Quantity:
        """The number that stands at *address*. Raises LookupError where there is none."""
        if address.layer < 1 or address.row < 0 or (address.column or 0) < 0:
            raise LookupError(f"{address} counts from below the first.")
        return Quantity(address, float(_READERS[address.symbol](self, address)))


def _theta(computed: Computed, at: Address) -> float:
    return _entry(computed.network.theta(at.layer), at)


def _entry(matrix: Array, at: Address) -> float:
    if at.column is None:
        raise LookupError(f"{at} is a row, not a number.")
    return float(matrix[_unit(at), at.column])


def _unit(at: Address) -> int:
    """The index of a unit that is not a bias unit, which would otherwise find the last."""
    if at.row == 0:
        raise LookupError(f"{at} is a bias unit, which has no such number.")
    return at.row - 1


_READERS: dict[Symbol, Callable[[Computed, Address], float]] = {
    Symbol.A: lambda computed, at: computed.with_bias(at.layer)[at.row],
    Symbol.Z: lambda computed, at: computed.z[at.layer - 1][_unit(at)],
    Symbol.Y: lambda computed, at: computed.y[_unit(at)],
    Symbol.SLOPE: lambda computed, at: computed.slope[at.layer - 1][_unit(at)],
    Symbol.DELTA: lambda computed, at: (
        computed.delta[at.layer - 1][at.row - 1] if at.row else computed.weighted[at.layer - 1][0]
    ),
    Symbol.WEIGHTED: lambda computed, at: computed.weighted[at.layer - 1][at.row],
    Symbol.COST: lambda computed, at: computed.costs[_unit(at)],
    Symbol.EXAMPLE_COST: lambda computed, at: computed.cost,
    Symbol.THETA: _theta,
    Symbol.ACCUMULATOR_BEFORE: lambda computed, at: _entry(computed.accumulator_before[at.layer - 1], at),
    Symbol.ACCUMULATOR: lambda computed, at: _entry(computed.accumulator[at.layer - 1], at),
    Symbol.D: lambda computed, at: _entry(computed.epoch.D[at.layer - 1], at),
    Symbol.THETA_NEW: lambda computed, at: _entry(computed.epoch.updated.theta(at.layer), at),
}
