"""How a text file separates its cells, writes its decimals and names its columns, found from its first lines."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from nnviz.files.numerals import is_missing, number

DELIMITERS = {"\t": "tab", ";": "semicolon", ",": "comma", "|": "bar", " ": "space"}  # of equally good ones the first
_NONE = "\x1f"  # splits nothing: no text file contains it
_EXCEL_LINE = re.compile(r"sep=(.)[\r\n]*\Z", re.IGNORECASE)

Rows = Sequence[Sequence[str]]


class Reader(Protocol):
    """What ``csv.reader`` returns: rows, and how many lines they took so far."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]:
        """The rows."""


@dataclass(frozen=True)
class Dialect:
    """How rows are written: ``skipped`` lines before them; a ``delimiter`` of None means one cell a line."""

    delimiter: str | None
    decimal: str
    header: bool
    skipped: int


def found(lines: Sequence[str], header: bool | None = None) -> Dialect:
    """The dialect that the first *lines* of a file show; *header* is what the user says of the first row."""
    declared = declared_delimiter(lines[0]) if lines else None
    skipped = 0 if declared is None else 1
    delimiter = declared or delimiter_of(lines[skipped:])
    rows = list(sample_rows(lines[skipped:], delimiter))
    decimal = decimal_of(rows)
    return Dialect(delimiter, decimal, has_header(rows, decimal) if header is None else header, skipped)


def declared_delimiter(line: str) -> str | None:
    """The delimiter in Excel's own first line ``sep=;``; None for any other line."""
    found = _EXCEL_LINE.match(line)
    return found[1] if found else None


def reader(lines: Iterable[str], delimiter: str | None, strict: bool) -> Reader:
    """A reader of rows; a broken quotation raises csv.Error if *strict*. None: one cell a line."""
    return csv.reader(lines, delimiter=delimiter or _NONE, skipinitialspace=delimiter != " ", strict=strict)


def cells(row: list[str], delimiter: str | None) -> list[str]:
    """The cells of a row: where spaces separate, several do it like one, and nothing is between them."""
    return [cell for cell in row if cell] if delimiter == " " else row


def sample_rows(lines: Iterable[str], delimiter: str | None) -> Iterator[list[str]]:
    """The rows of *lines* that are not blank, up to a cell that is too long to be one."""
    with suppress(csv.Error):
        for row in reader(lines, delimiter, strict=False):
            if any(cell.strip() for cell in row):
                yield cells(row, delimiter)


def delimiter_of(lines: Sequence[str]) -> str | None:
    """The delimiter that splits most rows alike and leaves most numbers; None if there is one column."""
    scores = {delimiter: _score(list(sample_rows(lines, delimiter)), delimiter) for delimiter in DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best if scores[best] else None


def _score(rows: Rows, delimiter: str) -> float:
    """The share of rows that are equally long, times one more than the numbers in a row; 0 if nothing is split.

    Numbers are counted and not their share among the cells: commas split 1,5;u;b as evenly as semicolons do, into
    fewer cells. Between words alone a space separates nothing: they are names like "Iris setosa".
    """
    if not rows:
        return 0.0
    width, often = Counter(map(len, rows)).most_common(1)[0]
    numbers = sum(number(text) is not None or number(text, ",") is not None for row in rows for text in row)
    if width < 2 or (delimiter == " " and not numbers):
        return 0.0
    return often / len(rows) * (1 + numbers / len(rows))


def decimal_of(rows: Rows) -> str:
    """The decimal mark that more cells have, "." or ","; "." if none has any."""
    commas = sum("," in text and number(text, ",") is not None for row in rows for text in row)
    points = sum("." in text and number(text) is not None for row in rows for text in row)
    return "," if commas > points else "."


def has_header(rows: Rows, decimal: str) -> bool:
    """Whether the first row names the columns.

    It does if it holds words only, none of which stands again below itself, where it would be a class.
    """
    if not rows:
        return False
    first, below = rows[0], rows[1:]
    if any(number(text, decimal) is not None or (text and is_missing(text)) for text in first):
        return False
    return not any(text and text == row[place] for row in below for place, text in enumerate(first[: len(row)]))
