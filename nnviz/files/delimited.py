"""Text files of rows and cells (CSV, TSV and their like), read block by block."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np

from nnviz.files.dialect import Dialect, cells, found, reader
from nnviz.files.encodings import encoding_of
from nnviz.files.errors import FileProblem
from nnviz.files.gathered import Gathered
from nnviz.files.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_WORDS, too_many
from nnviz.files.lines import checked_lines, sampled
from nnviz.files.names import different, tidy
from nnviz.files.table import Format, Table
from nnviz.files.words import counted

_BLOCK_CELLS = 2**17
_FIRST_RAGGED = 3  # rows that a message names


class _Row(NamedTuple):
    """A row that is not blank, and the line where it begins, from 1."""

    line: int
    cells: list[str]


def read(file: BinaryIO, path: Path, header: bool | None) -> Table:
    """The table in *file*; *header* says whether the first row has names (None: found by itself)."""
    name, encoding = path.name, encoding_of(file)
    text = io.TextIOWrapper(file, encoding.codec, newline="")
    try:
        lines = checked_lines(text, name)
        sample = sampled(lines, name)
        dialect = found(sample, header)
        form = Format("text", encoding.title, dialect.delimiter, dialect.decimal, dialect.header)
        return _table(name, form, _rows(chain(sample, lines), dialect, name))
    except UnicodeError:
        raise FileProblem(
            f"It looks like {encoding.title}, but some of its bytes are no letters.", name, "Save it as UTF-8."
        ) from None
    finally:
        text.detach()


def _table(name: str, form: Format, rows: Iterator[_Row]) -> Table:
    first = next(rows, None)
    if first is None:
        raise FileProblem("The file has no rows.", name, "Choose a file with data.")
    width = len(first.cells)
    if width > MOST_COLUMNS:
        raise too_many("columns", width, MOST_COLUMNS, name)
    gathered, lines = Gathered(width, form.decimal or "."), list[int]()
    even = _even(rows if form.header else chain([first], rows), first, name)
    while block := list(islice(even, max(1, _BLOCK_CELLS // width))):
        gathered.add([row.cells for row in block])
        lines.extend(row.line for row in block)
        _check_size(gathered, width, name)
    if not lines:
        raise FileProblem("The file has a row of names and no examples below it.", name, "Add a row for each example.")
    header = first.cells if form.header else [""] * width
    # A delimiter at the end of each line leaves a last column without a name and without a single value.
    if width > 1 and not header[-1].strip() and gathered.is_empty(width - 1):
        header = header[:-1]
    names, notes = different(tidy(text) or f"column {place}" for place, text in enumerate(header, 1))
    columns = tuple(gathered.column(place, name) for place, name in enumerate(names))
    return Table(name, columns, np.array(lines, dtype=np.intp), form, notes=notes)


def _check_size(gathered: Gathered, width: int, name: str) -> None:
    for things, count, most in (
        ("rows", gathered.length, MOST_ROWS),
        ("cells", gathered.length * width, MOST_CELLS),
        ("cells that are no numbers", gathered.words, MOST_WORDS),
    ):
        if count > most:
            raise too_many(things, None, most, name)


def _rows(lines: Iterator[str], dialect: Dialect, name: str) -> Iterator[_Row]:
    """The rows that are not blank; FileProblem names the row where a quotation goes wrong."""
    skipped = dialect.skipped
    rows = reader(islice(lines, skipped, None), dialect.delimiter, strict=True)
    start = skipped + 1
    try:
        for row in rows:
            if any(row) and (kept := cells(row, dialect.delimiter)):
                yield _Row(start, kept)
            start = skipped + rows.line_num + 1
    except csv.Error as error:
        where = f"{name}, row {start}"
        if "limit" in str(error):
            raise FileProblem(
                f"A cell has more than {csv.field_size_limit():,} characters.",
                where,
                "Look for a quotation mark that is not closed, or put a delimiter between the cells.",
            ) from None
        raise FileProblem(
            "A quotation mark opens a text that is not closed, or that goes on after it is closed.",
            where,
            'Close it, or write a mark inside a text twice ("").',
        ) from None


def _even(rows: Iterable[_Row], first: _Row, name: str) -> Iterator[_Row]:
    """The rows, all as long as *first*: empty cells beyond it are cut off, and all ragged rows are counted."""
    width, count, ragged = len(first.cells), 0, list[_Row]()
    for row in rows:
        if len(row.cells) == width:
            yield row
        elif len(row.cells) > width and not any(row.cells[width:]):
            yield _Row(row.line, row.cells[:width])
        else:
            count += 1
            ragged = [*ragged, row][:_FIRST_RAGGED]
    if ragged:
        told = "; ".join(f"row {row.line} has {counted(len(row.cells), 'cell')}" for row in ragged)
        raise FileProblem(
            f"{counted(count, 'row')} of another length than row {first.line} with its {counted(width, 'cell')}: "
            f"{told}{'; …' if count > len(ragged) else '.'}",
            name,
            "Give each row the same number of cells, empty ones for missing values.",
        )
