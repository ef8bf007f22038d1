"""Text files of rows and cells (CSV, TSV and their like), read block by block."""

import csv
import io
import re
import sys
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np

from nnviz.engine.arrays import Array, sealed
from nnviz.files import dialect
from nnviz.files.encodings import encoding_of
from nnviz.files.errors import FileProblem
from nnviz.files.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_WORDS, too_many
from nnviz.files.names import different, tidy
from nnviz.files.numerals import numbers
from nnviz.files.table import Column, Format, Table
from nnviz.files.words import counted

LONGEST_LINE = 1_000_000  # characters: 10,000 columns of 100
_SAMPLE_LINES, _SAMPLE_LETTERS = 200, 2**16  # what delimiter, decimal mark and header are judged by
_MOST_LINES = 2 * MOST_ROWS  # blank ones cost time, too
_BLOCK_CELLS = 2**17
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_SAVE_AS_CSV = "Open it in the program it comes from and save it as CSV."


class _Row(NamedTuple):
    """A row that is not blank, and the line where it begins, from 1."""

    line: int
    cells: list[str]


def read(file: BinaryIO, path: Path, header: bool | None) -> Table:
    """The table in *file*; *header* says whether the first row has names (None: found by itself)."""
    encoding = encoding_of(file)
    text = io.TextIOWrapper(file, encoding.codec, newline="")
    try:
        return _Reading(path.name, text, encoding.title, header).table()
    except UnicodeError:
        raise FileProblem(
            f"It looks like {encoding.title}, but some of its bytes are no letters.", path.name, "Save it as UTF-8."
        ) from None
    finally:
        text.detach()


class _Reading:
    """One reading of one file: what its first lines tell, then its rows."""

    def __init__(self, name: str, text: io.TextIOWrapper, encoding: str, header: bool | None) -> None:
        self.name = name
        self._lines = self._checked_lines(text)
        sample = self._sample()
        declared = dialect.declared_delimiter(sample[0]) if sample else None
        self._skipped = 1 if declared else 0
        del sample[: self._skipped]
        self._delimiter = declared or dialect.delimiter_of(sample)
        rows = list(dialect.sample_rows(sample, self._delimiter))
        decimal = dialect.decimal_of(rows)
        self.format = Format(
            kind="text",
            encoding=encoding,
            delimiter=self._delimiter,
            decimal=decimal,
            header=dialect.has_header(rows, decimal) if header is None else header,
        )
        self._rows = self._all_rows(chain(sample, self._lines))

    def table(self) -> Table:
        """The table of all rows."""
        first = next(self._rows, None)
        if first is None:
            raise FileProblem("The file has no rows.", self.name, "Choose a file with data.")
        width = len(first.cells)
        if width > MOST_COLUMNS:
            raise too_many("columns", width, MOST_COLUMNS, self.name)
        rows = self._rows if self.format.header else chain([first], self._rows)
        gathered = _Gathered(width, self.format.decimal or ".")
        lines: list[int] = []
        for block in self._blocks(self._even(rows, first), max(1, _BLOCK_CELLS // width)):
            lines.extend(row.line for row in block)
            if len(lines) > MOST_ROWS:
                raise too_many("rows", None, MOST_ROWS, self.name)
            if len(lines) * width > MOST_CELLS:
                raise too_many("cells", None, MOST_CELLS, self.name)
            gathered.add([row.cells for row in block])
            if gathered.words > MOST_WORDS:
                raise too_many("cells that are no numbers", None, MOST_WORDS, self.name)
        if not lines:
            raise FileProblem(
                "The file has a row of names and no examples below it.", self.name, "Add a row for each example."
            )
        return self._named(first.cells if self.format.header else [""] * width, gathered, lines)

    def _named(self, header: list[str], gathered: "_Gathered", lines: list[int]) -> Table:
        """A last column without a name or a single value is what a delimiter at the end of each line leaves."""
        count = len(header)
        if count > 1 and not header[-1].strip() and gathered.is_empty(count - 1, len(lines)):
            count -= 1
        names, notes = different(tidy(text) or f"column {place}" for place, text in enumerate(header[:count], 1))
        columns = tuple(gathered.column(place, name) for place, name in enumerate(names))
        return Table(self.name, columns, np.array(lines, dtype=np.intp), self.format, notes=notes)

    def _sample(self) -> list[str]:
        lines, letters = [], 0
        for line in islice(self._lines, _SAMPLE_LINES):
            if _CONTROL.search(line):
                raise FileProblem("This is no text: it holds bytes that no text has.", self.name, _SAVE_AS_CSV)
            lines.append(line)
            letters += len(line)
            if letters > _SAMPLE_LETTERS:
                break
        return lines

    def _checked_lines(self, text: io.TextIOWrapper) -> Iterator[str]:
        number = 0
        while line := text.readline(LONGEST_LINE + 1):
            number += 1
            if number > _MOST_LINES:
                raise too_many("lines", None, _MOST_LINES, self.name)
            if len(line) > LONGEST_LINE:
                raise FileProblem(
                    f"The line has more than {LONGEST_LINE:,} characters.",
                    f"{self.name}, row {number}",
                    "Put each example on a line of its own.",
                )
            if "\0" in line:
                raise FileProblem("It holds a NUL byte: this is no text.", f"{self.name}, row {number}", _SAVE_AS_CSV)
            yield line

    def _all_rows(self, lines: Iterator[str]) -> Iterator[_Row]:
        reader = dialect.reader(lines, self._delimiter, strict=True)
        start = self._skipped + 1
        try:
            for row in reader:
                if any(row) and (found := dialect.cells(row, self._delimiter)):
                    yield _Row(start, found)
                start = self._skipped + reader.line_num + 1
        except csv.Error as error:
            if "limit" in str(error):
                raise FileProblem(
                    f"A cell has more than {csv.field_size_limit():,} characters.",
                    f"{self.name}, row {start}",
                    "Look for a quotation mark that is not closed, or put a delimiter between the cells.",
                ) from None
            raise FileProblem(
                "A quotation mark opens a text that is not closed, or that goes on after it is closed.",
                f"{self.name}, row {start}",
                'Close it, or write a mark inside a text twice ("").',
            ) from None

    def _even(self, rows: Iterator[_Row], first: _Row) -> Iterator[_Row]:
        """The rows, all as long as *first*; empty cells beyond it are cut off. All ragged rows are counted."""
        width, ragged, count = len(first.cells), [], 0
        for row in rows:
            if len(row.cells) == width or (len(row.cells) > width and not any(row.cells[width:])):
                yield row if len(row.cells) == width else _Row(row.line, row.cells[:width])
            else:
                count += 1
                ragged.append(row) if count <= 3 else None
        if ragged:
            told = "; ".join(f"row {row.line} has {counted(len(row.cells), 'cell')}" for row in ragged)
            raise FileProblem(
                f"{counted(count, 'row')} of another length than row {first.line} with its "
                f"{counted(width, 'cell')}: {told}{'; …' if count > len(ragged) else '.'}",
                self.name,
                "Give each row the same number of cells, empty ones for missing values.",
            )

    @staticmethod
    def _blocks(rows: Iterator[_Row], count: int) -> Iterator[list[_Row]]:
        while block := list(islice(rows, count)):
            yield block


class _Gathered:
    """The columns as they grow, a piece for each block."""

    def __init__(self, width: int, decimal: str) -> None:
        self._decimal = decimal
        self._pieces: list[list[Array]] = [[] for _ in range(width)]
        self._others: list[dict[int, str]] = [{} for _ in range(width)]
        self._length = 0
        self.words = 0

    def add(self, rows: list[list[str]]) -> None:
        """Append a block of rows."""
        for place, texts in enumerate(zip(*rows, strict=True)):
            values, others = numbers(texts, self._decimal)
            self._pieces[place].append(values)
            # The same few words stand in a column again and again: each is kept once.
            self._others[place].update((self._length + row, sys.intern(text)) for row, text in others.items())
            self.words += len(others)
        self._length += len(rows)

    def is_empty(self, place: int, length: int) -> bool:
        """Whether no cell of the column holds anything."""
        others = self._others[place]
        return len(others) == length and not any(others.values())

    def column(self, place: int, name: str) -> Column:
        """The column at index *place*; its pieces are given up."""
        values = np.concatenate(self._pieces[place])
        self._pieces[place] = []
        return Column(name, sealed(values), self._others[place])
