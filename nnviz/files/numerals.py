"""What a cell of text says: a number, a missing value, or a word."""

import math
from collections.abc import Sequence

import numpy as np

from nnviz.engine.arrays import Array

# As spreadsheets, R, pandas and the UCI repository write that a value is missing; compared without case.
_MISSING = {"", "?", "na", "n/a", "#n/a", "nan", "null"}


def number(text: str, decimal: str = ".") -> float | None:
    """The number that *text* writes with the decimal mark *decimal*, inf when it is too large; None if none.

    A file has one decimal mark: 1.234 beside 5,6 may be a thousand, so it is no number there.
    """
    if "_" in text:  # Python's own way of writing thousands, and nobody else's
        return None
    if decimal == ",":
        if "." in text:
            return None
        text = text.replace(",", ".")
    try:
        return float(text)
    except ValueError:
        return None


def is_missing(text: str) -> bool:
    """Whether the cell says that there is no value."""
    return text.strip().lower() in _MISSING


def is_word(text: str) -> bool:
    """Whether a cell that is no finite number says anything else than that: neither missing, nor too large."""
    return not is_missing(text) and number(text) is None


def written(value: float) -> str:
    """A number as one writes it: whole ones without a point."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def numbers(cells: Sequence[str], decimal: str) -> tuple[Array, dict[int, str]]:
    """The numbers in *cells*, nan where there is none, and by index the cells that are not finite numbers."""
    found = _at_once(cells, decimal)
    if found is not None:
        return found, {}
    values = np.full(len(cells), np.nan)
    others: dict[int, str] = {}
    known = {cell: number(cell, decimal) for cell in set(cells)}  # the same few words stand there again and again
    for index, cell in enumerate(cells):
        value = known[cell]
        if value is None or not math.isfinite(value):
            others[index] = cell.strip()
        else:
            values[index] = value
    return values, others


def _at_once(cells: Sequence[str], decimal: str) -> Array | None:
    """All of them, if all are finite numbers: nearly every block of a file is, and this is four times as fast."""
    together = "".join(cells)
    if "_" in together:
        return None
    if decimal == ",":
        if "." in together:
            return None
        cells = [cell.replace(",", ".") for cell in cells]
    try:
        values = np.fromiter(map(float, cells), np.float64, len(cells))
    except ValueError:
        return None
    return values if np.isfinite(values).all() else None
