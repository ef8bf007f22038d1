"""What code that is not ours gave for J and D, and where that is right: to be told beside our own numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.arrays import Array
from nnviz.engine.quantities import Address, Symbol


@dataclass(frozen=True, eq=False)
class Theirs:
    """``D``, matrices shaped like Θ whose entries need not be finite; ``agrees``, shaped alike, as the check judged it.

    ``J`` is None if the code gave none; ``cost`` is the right one, and ``cost_agrees`` whether they are the same.
    """

    D: tuple[Array, ...]
    agrees: tuple[NDArray[np.bool_], ...]
    J: float | None = None
    cost: float | None = None
    cost_agrees: bool = True

    def entry(self, address: Address) -> tuple[float, bool]:
        """The number at one entry of D, and whether it agrees."""
        at = address.row - 1, address.column or 0
        return float(self.D[address.layer - 1][at]), bool(self.agrees[address.layer - 1][at])

    def differing(self, layer: int | None = None, row: int | None = None) -> tuple[Address, ...]:
        """The entries that do not agree, in the order of the story: all, those of a layer, or those of one row."""
        layers = range(1, len(self.D) + 1) if layer is None else (layer,)
        return tuple(
            Address(Symbol.D, number, int(i) + 1, int(j))
            for number in layers
            for i, j in np.argwhere(~self.agrees[number - 1])
            if row is None or i == row - 1
        )
