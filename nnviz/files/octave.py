"""Matrices from the text format that Octave's ``save`` writes unless it is told otherwise."""

import io
import math
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from nnviz.files.errors import FileProblem
from nnviz.files.limits import MOST_CELLS, too_many
from nnviz.files.numpy_files import Arrays

_AGAIN = "In Octave save it anew, with: save -v7 data.mat X y"
_LONGEST_LINE = 2_000_000


def from_octave(file: BinaryIO, where: str) -> Arrays:
    """The matrices and numbers of real values in an open file by name; other variables are left aside."""
    text = io.TextIOWrapper(file, "latin-1")
    try:
        return {variable.name: variable.value(where) for variable in _variables(text, where) if variable.is_numeric}
    finally:
        text.detach()


@dataclass
class _Variable:
    """A variable as it is read: ``# key: value`` lines, then numbers, a row of the matrix on each line."""

    name: str
    line: int
    header: dict[str, str] = field(default_factory=dict)
    numbers: "array[float]" = field(default_factory=lambda: array("d"))

    @property
    def is_numeric(self) -> bool:
        kind = self.header.get("type", "")
        return kind in ("matrix", "scalar") or (kind.endswith((" matrix", " scalar")) and "complex" not in kind)

    def value(self, where: str) -> NDArray[Any]:
        """The matrix. With ``ndims`` the first numbers are its shape, and the rest goes column by column."""
        numbers = np.array(self.numbers)
        try:
            if self.header.get("type", "").endswith("scalar"):
                return numbers.reshape(1, 1)
            if "ndims" in self.header:
                count = int(self.header["ndims"])
                shape = tuple(int(length) for length in numbers[:count])
                return _shaped(numbers[count:], shape, "F")
            return _shaped(numbers, (int(self.header["rows"]), int(self.header["columns"])), "C")
        except (KeyError, ValueError, OverflowError):
            raise FileProblem(
                f"The variable {self.name} does not have as many numbers as it says.",
                f"{where}, row {self.line}",
                _AGAIN,
            ) from None


def _shaped(numbers: NDArray[Any], shape: tuple[int, ...], order: Any) -> NDArray[Any]:
    if math.prod(shape) != len(numbers) or min(shape) < 0:
        raise ValueError
    return numbers.reshape(shape, order=order)


def _variables(text: io.TextIOWrapper, where: str) -> Iterator[_Variable]:
    variable, number, cells = None, 0, 0
    while line := text.readline(_LONGEST_LINE):
        number += 1
        if line.startswith("#"):
            key, _, value = line[1:].partition(":")
            if key.strip() == "name":
                if variable is not None:
                    cells += len(variable.numbers)
                    yield variable
                variable = _Variable(value.strip(), number)
            elif variable is not None:
                variable.header[key.strip()] = value.strip()
        elif variable is not None and variable.is_numeric:
            variable.numbers.extend(_numbers(line, f"{where}, row {number}"))
            if cells + len(variable.numbers) > MOST_CELLS:
                raise too_many("numbers", None, MOST_CELLS, where)
    if variable is not None:
        yield variable


def _numbers(line: str, where: str) -> list[float]:
    try:
        return [math.nan if word == "NA" else float(word) for word in line.split()]
    except ValueError:
        raise FileProblem("Here a row of numbers was expected.", where, _AGAIN) from None
