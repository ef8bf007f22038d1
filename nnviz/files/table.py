"""What a user's file holds, before anybody has said which column is the class."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.arrays import Array
from nnviz.files.errors import FileProblem
from nnviz.files.numerals import is_missing, is_word, written

Kind = Literal["numbers", "words", "nothing"]


@dataclass(frozen=True, eq=False)
class Column:
    """One column of m cells.

    ``numbers`` has shape (m,), nan where a cell is not a finite number; ``others`` has what stands in such cells,
    by row index from 0; an empty cell is "".
    """

    name: str
    numbers: Array
    others: Mapping[int, str] = field(default_factory=dict)

    @cached_property
    def kind(self) -> Kind:
        """Which there are more of, numbers or words; "nothing" when every cell is missing or not finite."""
        numbers = len(self.numbers) - len(self.others)
        words = sum(count for text, count in Counter(self.others.values()).items() if is_word(text))
        if not numbers and not words:
            return "nothing"
        return "numbers" if numbers >= words else "words"

    def text(self, row: int) -> str:
        """The cell at row index *row* in words."""
        return self.others[row] if row in self.others else written(float(self.numbers[row]))

    def is_usable(self, row: int) -> bool:
        """Whether the cell at row index *row* is what the column holds: a number, or a word."""
        return row not in self.others or (self.kind == "words" and not is_missing(self.others[row]))

    def gaps(self) -> list[int]:
        """Row indices, in order, of the cells that cannot be used: missing ones, and in numbers all others too."""
        return [row for row in self.others if not self.is_usable(row)]


@dataclass(frozen=True)
class Format:
    """How the file is written; None where the question does not arise (arrays have no delimiter)."""

    kind: str
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    header: bool | None = None


@dataclass(frozen=True, eq=False)
class Table:
    """The columns of a file called ``name``, all of the same length m ≥ 1, with different names.

    ``rows`` has shape (m,): where each stands in the file, counted as an editor does, from 1 with the header.
    ``label`` is the column that the file itself says is the class (its array y), ``image_shape`` (rows, columns)
    when all other columns are pixels, row by row, and ``thetas`` are Θ⁽¹⁾, Θ⁽²⁾, … found beside the data, their
    columns in the order of ``columns``. ``notes`` are sentences about what was changed or left aside.
    """

    name: str
    columns: tuple[Column, ...]
    rows: NDArray[np.intp]
    format: Format
    label: str | None = None
    image_shape: tuple[int, int] | None = None
    thetas: tuple[Array, ...] | None = None
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the file."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    def column(self, text: str) -> Column:
        """The column called *text*, or the one at that place counted from 1; FileProblem when there is none."""
        if text in self._by_name:
            return self._by_name[text]
        if text.isdecimal() and 1 <= int(text) <= len(self.columns):
            return self.columns[int(text) - 1]
        known = ", ".join(self.names[:10]) + (", …" if len(self.columns) > 10 else "")
        raise FileProblem(f"There is no column “{text}”.", self.name, f"Choose one of {known}.")
