"""A small table as it is typed: cells of text, each change a new sheet, and what it makes as a data set.

What is typed obeys the rules of files: ``table`` hands the cells to the same readers.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.arrays import Array, sealed
from nnviz.engine.data import Dataset
from nnviz.files.choices import Choices
from nnviz.files.dialect import decimal_of, has_header
from nnviz.files.errors import FileProblem
from nnviz.files.examples import Gap
from nnviz.files.examples import dataset as dataset_of_table
from nnviz.files.names import different, tidy
from nnviz.files.numerals import is_missing, is_word, number, numbers, written
from nnviz.files.table import Column, Format, Table
from nnviz.files.understanding import missing
from nnviz.session.examples import Examples

MOST_ROWS, MOST_FEATURES = 2000, 30  # what can be looked through by hand
CLASS = "class"
NAME = "Entered data"
LONGEST_SHOWN = 9  # letters of a number
_SAMPLE = 200  # rows, by which the decimal mark is judged

Row = tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """``names`` of the features, then of the class; each of ``rows`` has a cell for each name.

    ``like`` are the data it began with, if any: what is typed keeps their title, units and network where they fit.
    """

    names: Row
    rows: tuple[Row, ...] = ()
    like: Dataset | None = None

    @property
    def width(self) -> int:
        """The number of columns, with the one of the class."""
        return len(self.names)

    @cached_property
    def decimal(self) -> str:
        """The decimal mark that more cells of the first rows have, as in a file."""
        return decimal_of(self.rows[:_SAMPLE])

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes that occur, in the order of the rows."""
        return tuple(dict.fromkeys(row[-1].strip() for row in self.rows if not is_missing(row[-1])))

    @cached_property
    def filled(self) -> tuple[int, ...]:
        """Indices of the rows in which anything stands; the others are passed over."""
        return tuple(index for index, row in enumerate(self.rows) if any(cell.strip() for cell in row))

    def problem(self, row: int, column: int) -> str:
        """What is wrong with a cell, "" if nothing is."""
        text = self.rows[row][column].strip()
        if not text and not any(cell.strip() for cell in self.rows[row]):
            return ""
        if column == self.width - 1:
            return "Each example needs a class." if is_missing(text) else ""
        if is_missing(text):
            return "A number is missing here."
        value = number(text, self.decimal)
        if value is None:
            other = "." if self.decimal == "," else ","
            if number(text, other) is not None:
                return f"Decimals are written with “{self.decimal}” in the other cells."
            return "This is no number."
        return "" if np.isfinite(value) else "This number is too large."

    def shown(self, row: int, column: int) -> str:
        """A cell as it is looked at: of a long number, six digits."""
        text = self.rows[row][column]
        value = number(text, self.decimal) if column < self.width - 1 and len(text) > LONGEST_SHOWN else None
        return text if value is None else f"{value:.6g}".replace(".", self.decimal)

    def with_cells(self, row: int, column: int, cells: Sequence[Sequence[str]]) -> "Sheet":
        """*cells* from *row* and *column* on; the sheet grows downwards, what does not fit at the right is cut off.

        A sheet never has more rows than MOST_ROWS.
        """
        cells = cells[: max(0, MOST_ROWS - row)]
        if not cells:
            return self
        rows = [*self.rows, *(self._blank() for _ in range(row + len(cells) - len(self.rows)))]
        for offset, texts in enumerate(cells):
            fitting = self._typed(tuple(texts)[: self.width - column], column)
            before = rows[row + offset]
            rows[row + offset] = (*before[:column], *fitting, *before[column + len(fitting) :])
        return replace(self, rows=tuple(rows))

    def with_pasted(self, row: int, column: int, cells: Sequence[Sequence[str]]) -> "Sheet":
        """As ``with_cells``, but from the first column on features are added where there are too few.

        Into an empty sheet a whole table is pasted: it gets as many columns, and the names of a first row of words.
        """
        widest = min(max(map(len, cells)), MOST_FEATURES + 1)
        sheet = self
        if row == column == 0 and not self.filled and widest > 1:
            named = len(cells) > 1 and has_header(cells[:_SAMPLE], decimal_of(cells[:_SAMPLE]))
            sheet = Sheet(_names(cells[0] if named else (), widest), (), self.like)
            cells = cells[1:] if named else cells
        elif column == 0:
            for _ in range(widest - self.width):
                sheet = sheet.with_feature()
        return sheet.with_cells(row, column, cells)

    def with_cell(self, row: int, column: int, text: str) -> "Sheet":
        """One cell changed; the same sheet if it says that already."""
        if row < len(self.rows) and self.rows[row][column] == text:
            return self
        return self.with_cells(row, column, [[text]])

    def cleared(self, places: Iterable[tuple[int, int]]) -> "Sheet":
        """The cells at *places* (row, column) emptied."""
        rows = [list(row) for row in self.rows]
        for row, column in places:
            if row < len(rows):
                rows[row][column] = ""
        return replace(self, rows=tuple(map(tuple, rows)))

    def with_row(self, row: int) -> "Sheet":
        """An empty row before the one at index *row*; the same sheet when it is full."""
        if len(self.rows) >= MOST_ROWS:
            return self
        return replace(self, rows=(*self.rows[:row], self._blank(), *self.rows[row:]))

    def without_rows(self, rows: Iterable[int]) -> "Sheet":
        """The rows at these indices taken out."""
        gone = set(rows)
        return replace(self, rows=tuple(row for index, row in enumerate(self.rows) if index not in gone))

    def with_feature(self) -> "Sheet":
        """One more feature before the class, with nothing in it; the same sheet when it is full."""
        if self.width > MOST_FEATURES:
            return self
        place = self.width - 1
        names, _ = different((*self.names, f"x{place + 1}"))
        rows = tuple((*row[:place], "", *row[place:]) for row in self.rows)
        return replace(self, names=(*names[:place], names[-1], self.names[-1]), rows=rows)

    def without_columns(self, columns: Iterable[int]) -> "Sheet":
        """The features in these columns taken out; one feature and the class stay."""
        last = self.width - 1
        gone = set(columns) - {last}
        kept = [column for column in range(last) if column not in gone] or [0]
        order = [*kept, last]
        return replace(
            self,
            names=tuple(self.names[column] for column in order),
            rows=tuple(tuple(row[column] for column in order) for row in self.rows),
        )

    def renamed(self, column: int, text: str) -> "Sheet":
        """A column called *text*, or *text* (2) if another is; the same sheet for an empty name."""
        name = tidy(text)
        if not name or name == self.names[column]:
            return self
        others = [*self.names[:column], *self.names[column + 1 :]]
        names, _ = different((*others, name))
        return replace(self, names=(*self.names[:column], names[-1], *self.names[column + 1 :]))

    def _typed(self, texts: Sequence[str], column: int) -> Row:
        """*texts* from *column* on, a real minus of numbers as files write it."""
        last = self.width - 1 - column
        return tuple(text.replace("−", "-") if place < last else text for place, text in enumerate(texts))

    def _blank(self) -> Row:
        return ("",) * self.width


def _names(cells: Sequence[str], width: int) -> Row:
    """Those in *cells*; where nothing stands x1, x2, …, and for the last column the class."""
    usual = (*(f"x{place}" for place in range(1, width)), CLASS)
    texts = (*(tidy(cell) for cell in cells), *("",) * width)
    return different(text or name for text, name in zip(texts, usual))[0]


def empty() -> Sheet:
    """Two features and the class, and nothing in it."""
    return Sheet(_names((), 3))


def can_be_edited(data: Dataset) -> bool:
    """Whether *data* are few enough to be looked through by hand."""
    return len(data) <= MOST_ROWS and data.features <= MOST_FEATURES and data.image_shape is None


def sheet_of(examples: Examples) -> Sheet:
    """The examples as they are at present, changed ones as they were changed."""
    data = examples.dataset
    names, _ = different((*(tidy(name) or f"x{place}" for place, name in enumerate(data.feature_names, 1)), CLASS))
    rows = tuple(
        (*(written(float(value)) for value in examples.raw(index)), examples.class_name(index))
        for index in range(len(data))
    )
    return Sheet(names, rows, data)


def pasted(text: str) -> list[list[str]]:
    """The cells that a spreadsheet has put on the clipboard: tabs between them, quotation marks round some.

    Of more rows than a sheet has, one more is read, so that it can be told.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    try:
        found = list(islice(csv.reader((f"{line}\n" for line in lines), delimiter="\t"), MOST_ROWS + 1))
    except csv.Error:
        found = [line.split("\t") for line in lines[: MOST_ROWS + 1]]
    return [[tidy(cell) for cell in row] or [""] for row in found]


def copied(rows: Iterable[Iterable[str]]) -> str:
    """Cells as a spreadsheet takes them from the clipboard."""
    return "\n".join("\t".join(row) for row in rows)


def table(sheet: Sheet) -> Table:
    """What stands in *sheet*, as if it were read from a file; FileProblem when that is nothing."""
    if not sheet.filled:
        raise FileProblem("There are no examples yet.", NAME, "Type some, paste them from a spreadsheet, or draw them.")
    *texts, labels = zip(*(sheet.rows[index] for index in sheet.filled), strict=True)
    columns = [_column(name, cells, sheet.decimal) for name, cells in zip(sheet.names, texts)]
    columns.append(_classes(sheet.names[-1], labels, sheet.decimal))
    places = np.array(sheet.filled, dtype=np.intp) + 1
    return Table(NAME, tuple(columns), places, Format("typed", decimal=sheet.decimal), label=sheet.names[-1])


def _column(name: str, cells: Sequence[str], decimal: str) -> Column:
    values, others = numbers(cells, decimal)
    return Column(name, sealed(values), others)


def _classes(name: str, cells: Sequence[str], decimal: str) -> Column:
    """All words, if one is: among ten classes called by their numbers, an eleventh called "other" is none the less."""
    found = _column(name, cells, decimal)
    if not any(map(is_word, found.others.values())):
        return found
    return Column(name, sealed(np.full(len(cells), np.nan)), {row: cell.strip() for row, cell in enumerate(cells)})


def dataset(sheet: Sheet) -> Dataset:
    """The data set that *sheet* makes; FileProblem says what is wrong, and names the cells that are."""
    like = sheet.like
    try:
        choices = Choices(sheet.names[-1], sheet.names[:-1], like.scaling if like is not None else None)
        made = dataset_of_table(table(sheet), choices)
    except FileProblem:
        raise_for_cells(sheet)
        raise
    made = replace(made, title=NAME, source="entered by you")
    if like is None:
        return made
    made = _in_order(made, like.class_names)
    units = dict(zip(like.feature_names, like.units, strict=True))
    fits = (like.features, like.outputs) == (made.features, made.outputs)
    return replace(
        made,
        title=like.title,
        units=tuple(units.get(name, "") for name in made.feature_names),
        sizes=like.sizes if fits else made.sizes,
        source=f"edited by you; before: {like.source}" if like.source else "edited by you",
        licence=like.licence,
    )


def raise_for_cells(sheet: Sheet) -> None:
    """FileProblem with the first cells in which something is wrong, if there are any."""
    places = [(row, column) for row in sheet.filled for column in range(sheet.width) if sheet.problem(row, column)]
    if places:
        gaps = [Gap(row + 1, sheet.names[column], sheet.rows[row][column].strip()) for row, column in places]
        raise FileProblem(missing(gaps), NAME, "Point at a marked cell to see why; fill it in, or remove its row.")


def _in_order(data: Dataset, classes: tuple[str, ...]) -> Dataset:
    """*data* with its classes in this order, if they are the same ones."""
    if sorted(data.class_names) != sorted(classes) or data.class_names == classes:
        return data
    order = [data.class_names.index(name) for name in classes]
    return replace(data, class_names=classes, Y=1.0 - data.Y if data.outputs == 1 else data.Y[:, order])


@dataclass(frozen=True, eq=False)
class Drawn:
    """The points that a sheet of two features has: ``X`` of shape (m, 2), the ``rows`` they stand in (m,), and of
    each the index of its class in ``classes``, ``labels`` (m,).
    """

    X: Array
    rows: NDArray[np.intp]
    labels: NDArray[np.intp]
    classes: tuple[str, ...]


def drawn(sheet: Sheet, classes: Sequence[str]) -> Drawn:
    """The rows of a sheet of two features that are whole; *classes* come first, then others as they appear."""
    rows = [sheet.rows[index] for index in sheet.filled]
    first, second, labels = zip(*rows, strict=True) if rows else ((), (), ())
    X = np.column_stack([numbers(texts, sheet.decimal)[0] for texts in (first, second)])
    whole = np.isfinite(X).all(axis=1) & np.array([not is_missing(text) for text in labels], dtype=bool)
    found = [text.strip() for text, good in zip(labels, whole.tolist(), strict=True) if good]
    names = tuple(dict.fromkeys(chain(classes, found)))
    places = {name: place for place, name in enumerate(names)}
    return Drawn(
        X[whole],
        np.array(sheet.filled, dtype=np.intp)[whole],
        np.array([places[name] for name in found], dtype=np.intp),
        names,
    )


def typed(value: float, sheet: Sheet) -> str:
    """*value* as the sheet writes its numbers."""
    text = written(value)
    return text.replace(".", ",") if sheet.decimal == "," else text
