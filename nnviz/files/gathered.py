"""Columns as they grow, a block of rows at a time."""

import sys
from collections.abc import Sequence

import numpy as np

from nnviz.engine.arrays import Array, sealed
from nnviz.files.numerals import numbers
from nnviz.files.table import Column


class Gathered:
    """The cells of *width* columns so far; ``length`` rows, and ``words`` cells that are no finite numbers."""

    def __init__(self, width: int, decimal: str) -> None:
        self.length = 0
        self.words = 0
        self._decimal = decimal
        self._pieces: list[list[Array]] = [[] for _ in range(width)]
        self._others: list[dict[int, str]] = [{} for _ in range(width)]

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        """Append a block of rows, each with as many cells as there are columns."""
        for place, texts in enumerate(zip(*rows, strict=True)):
            values, others = numbers(texts, self._decimal)
            self._pieces[place].append(values)
            # The same few words stand in a column again and again: each is kept once.
            self._others[place].update((self.length + row, sys.intern(text)) for row, text in others.items())
            self.words += len(others)
        self.length += len(rows)

    def is_empty(self, place: int) -> bool:
        """Whether no cell of the column at index *place* holds anything."""
        others = self._others[place]
        return len(others) == self.length and not any(others.values())

    def column(self, place: int, name: str) -> Column:
        """The column at index *place*; its pieces are given up, for both together would take twice the memory."""
        values = np.concatenate(self._pieces[place])
        self._pieces[place] = []
        return Column(name, sealed(values), self._others[place])
