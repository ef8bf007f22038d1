"""The order of the unrolled vector: Θ⁽¹⁾ first, each matrix column by column, as ``Theta1(:)`` goes through it."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from nnviz.engine.quantities import Address, Symbol


@dataclass(frozen=True)
class Unrolling:
    """Where each entry of Θ⁽¹⁾, Θ⁽²⁾, … stands in the vector; ``sizes`` are s_1 … s_L.

    Places count from 1, as n does in ``thetaVec(n)``; ``Network.unroll()`` has entry n at index n − 1.
    """

    sizes: tuple[int, ...]

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        """How many entries stand before each layer, and at last how many there are."""
        shapes = (self.shape(layer) for layer in range(1, len(self.sizes)))
        return tuple(accumulate((rows * columns for rows, columns in shapes), initial=0))

    @property
    def count(self) -> int:
        """How many entries there are."""
        return self._starts[-1]

    @property
    def layers(self) -> range:
        """The l of the matrices, from 1."""
        return range(1, len(self.sizes))

    def shape(self, layer: int) -> tuple[int, int]:
        """Rows and columns of Θ⁽ˡ⁾."""
        return self.sizes[layer], self.sizes[layer - 1] + 1

    def span(self, layer: int) -> tuple[int, int]:
        """The first and the last place of Θ⁽ˡ⁾."""
        return self._starts[layer - 1] + 1, self._starts[layer]

    def address(self, place: int, symbol: Symbol = Symbol.THETA) -> Address:
        """The entry at *place*, 1 … count. Raises IndexError where there is none."""
        if not 1 <= place <= self.count:
            raise IndexError(f"place is {place}; expected 1 to {self.count}.")
        layer = bisect_right(self._starts, place - 1)
        column, row = divmod(place - 1 - self._starts[layer - 1], self.sizes[layer])
        return Address(symbol, layer, row + 1, column)

    def place(self, address: Address) -> int | None:
        """Where an entry of Θ, Δ or D stands; None for a whole row, and where there is no such entry."""
        layer, row, column = address.layer, address.row, address.column
        if column is None or layer not in self.layers:
            return None
        rows, columns = self.shape(layer)
        if not (1 <= row <= rows and 0 <= column < columns):
            return None
        return self._starts[layer - 1] + column * rows + row
