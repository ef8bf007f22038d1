"""A matrix as it is to be drawn: which entries are known, which are in use, and which are left out of a large one."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from nnviz.engine.arrays import Array
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.theirs import Theirs
from nnviz.picture.markup import Formula

MOST_ROWS = 10
MOST_COLUMNS = 12

Scale = Literal["signed", "activation", "cost"]
SCALES: dict[Symbol, Scale] = {Symbol.A: "activation", Symbol.Y: "activation", Symbol.COST: "cost"}


@dataclass(frozen=True)
class Frame:
    """The part of a matrix that the step uses: rows and columns from 0."""

    rows: range
    columns: range


@dataclass(frozen=True, eq=False)
class Matrix:
    """A matrix as it is to be drawn: ``values`` is read-only, of shape (rows, columns); indices count from 0.

    ``address(i, j)`` is None for an entry that is only there to fit (a 0 in the bias column). ``known(i, j)`` says
    whether it has been told; the others are drawn empty. ``cell`` is the entry of the term being told.
    ``scale`` says how values become colours: by sign, or from 0 as activations or costs, which have none.
    A D that is not ours has ``theirs``, which knows what differs; its values need not be finite.
    """

    title: Formula
    values: Array
    address: Callable[[int, int], Address | None]
    known: Callable[[int, int], bool]
    scale: Scale
    frame: Frame | None = None
    cell: tuple[int, int] | None = None
    theirs: Theirs | None = None

    @property
    def rows(self) -> int:
        """How many rows it has, hidden ones included."""
        return int(self.values.shape[0])

    @property
    def columns(self) -> int:
        """How many columns it has, hidden ones included."""
        return int(self.values.shape[1])

    @property
    def largest(self) -> float:
        """The largest finite |value|, told or not, so that colours stay as they are while the story goes on."""
        return float(np.abs(self.values[np.isfinite(self.values)]).max(initial=0.0))

    def shown_rows(self, most: int = MOST_ROWS) -> tuple[int | None, ...]:
        """The rows to draw, at most so many; None stands for those that are left out."""
        return folded(self.rows, most, self._kept(0))

    def shown_columns(self, most: int = MOST_COLUMNS) -> tuple[int | None, ...]:
        """The columns to draw, at most so many; None stands for those that are left out."""
        return folded(self.columns, most, self._kept(1))

    def _kept(self, axis: int) -> int | None:
        if self.cell is not None:
            return self.cell[axis]
        if self.frame is None:
            return None
        used = (self.frame.rows, self.frame.columns)[axis]
        return used[0] if len(used) == 1 else None


@dataclass(frozen=True)
class Operator:
    """What stands between two matrices."""

    text: str


Part = Matrix | Operator


def folded(count: int, most: int, kept: int | None = None) -> tuple[int | None, ...]:
    """At most *most* (≥ 9) of 0 … *count* − 1, with None for a gap: the first, the last two, those near *kept*."""
    if count <= most:
        return tuple(range(count))
    head, tail = range(most - 3), range(count - 2, count)
    chosen = {*head, *tail}
    if kept is not None and kept not in chosen:
        near = range(kept - 1, kept + 2)
        chosen = {*range(most - 7), *near, *tail}
    shown: list[int | None] = []
    for before, index in pairwise((-1, *sorted(chosen))):
        shown += [index] if index == before + 1 else [None, index]
    return tuple(shown)
