"""The addresses of numbers: which symbol, in which layer, at which unit."""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple


class Symbol(Enum):
    """A kind of number, by the letter it has on the screen.

    All but J belong to the story of one example: J is the mean of ``EXAMPLE_COST`` over all, and weight decay.
    """

    A = "a"
    Z = "z"
    Y = "y"
    SLOPE = "g′(z)"
    WEIGHTED = "Σ Θδ"
    DELTA = "δ"
    COST = "cost"
    EXAMPLE_COST = "cost(i)"
    J = "J"
    THETA = "Θ"
    ACCUMULATOR_BEFORE = "Δ before"
    ACCUMULATOR = "Δ"
    D = "D"
    THETA_NEW = "new Θ"


MATRICES = frozenset((Symbol.THETA, Symbol.ACCUMULATOR_BEFORE, Symbol.ACCUMULATOR, Symbol.D, Symbol.THETA_NEW))
"""The symbols of matrices that have Θ's shape: their entries belong to links."""


class Address(NamedTuple):
    """Where a number stands. Layers and units count from 1; unit or column 0 is the bias.

    For a, z, y, g′, δ and cost ``row`` is the unit and ``column`` is None. For Θ⁽ˡ⁾, Δ⁽ˡ⁾ and D⁽ˡ⁾ ``layer`` is l,
    ``row`` the unit of layer l + 1 and ``column`` the unit of layer l; a column of None means the whole row.
    """

    symbol: Symbol
    layer: int
    row: int = 0
    column: int | None = None

    @property
    def whole(self) -> bool:
        """Whether the number is written without decimals where it has none: y, and the 1 of a bias unit."""
        return self.symbol is Symbol.Y or (self.symbol is Symbol.A and self.row == 0)

    def is_in(self, sizes: Sequence[int]) -> bool:
        """Whether a network of layers s_1 … s_L has such a unit, such an entry, or such a row of a matrix."""
        if self.column is None and self.symbol not in MATRICES:
            return 1 <= self.layer <= len(sizes) and 0 <= self.row <= sizes[self.layer - 1]
        inside = 1 <= self.layer < len(sizes) and 1 <= self.row <= sizes[self.layer]
        return inside and (self.column is None or 0 <= self.column <= sizes[self.layer - 1])


class Quantity(NamedTuple):
    """A number and where it stands."""

    address: Address
    value: float


class Term(NamedTuple):
    """One tick of a step: what goes in, what comes out.

    ``value`` is what this term adds (a product, mostly); ``total`` the sum so far, this term included, or, where a step
    fills a row of a matrix, the new entry. ``operands`` are the numbers used, in the order of the formula.
    """

    operands: tuple[Quantity, ...]
    value: float
    total: float
