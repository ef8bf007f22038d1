"""What the user chooses of a table, and what is chosen when nobody says."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from nnviz.engine.data import scaling
from nnviz.files.errors import FileProblem
from nnviz.files.numerals import is_missing
from nnviz.files.table import Column, Table
from nnviz.files.words import counted, quoted

# Names that people give to the column of classes; compared without case.
_LABEL_NAMES = {"class", "classes", "label", "labels", "target", "y", "species", "category", "type", "digit", "outcome"}
MOST_CLASSES = 100
FEW = 20  # as many different whole numbers may still be classes when nobody said so


@dataclass(frozen=True)
class Choices:
    """What is to be made of a table; None leaves it to ``settled``.

    ``label`` and ``features`` are names of columns; ``scaling`` is the name of a row of ``SCALINGS``;
    ``drop_missing`` leaves out rows in which a chosen column has no usable value.
    """

    label: str | None = None
    features: tuple[str, ...] | None = None
    scaling: str | None = None
    drop_missing: bool = False


@dataclass(frozen=True)
class Settled:
    """The same with everything decided, in the names that the table has."""

    label: str
    features: tuple[str, ...]
    scaling: str
    drop_missing: bool


def settled(table: Table, choices: Choices | None = None) -> Settled:
    """*choices*, and what they leave open decided.

    The label is: the array y of the file; else the last column of words called something like "class"; else the
    last column of words that repeat; else a column so called with few different whole numbers; else the last
    column, or where columns have no names the first, if it has words or few whole numbers. Features are all other
    columns of numbers. FileProblem when there is no label, no feature, or a name that is not known.
    """
    choices = Choices() if choices is None else choices
    label = _suggested_label(table) if choices.label is None else table.column(choices.label).name
    features = _features(table, label, choices.features)
    return Settled(label, features, _scaling(table, features, choices.scaling), choices.drop_missing)


def _suggested_label(table: Table) -> str:
    if table.label is not None:
        return table.label
    backwards, last = table.columns[::-1], table.columns[-1]
    words = [column for column in backwards if column.kind == "words" and _different_texts(column) <= MOST_CLASSES]
    repeating = [column for column in words if _different_texts(column) < len(table)]
    whole = [column for column in backwards if column.kind == "numbers" and has_few_whole_numbers(column)]
    # Collections without names put the class last or first; where a name tells a feature, the first is one.
    ends = (last, table.columns[0]) if table.format.header is False else (last,)
    at_ends = [column for column in ends if column in words or column in whole]
    candidates = [*_called_label(words), *repeating, *_called_label(whole), *at_ends]
    if candidates:
        return candidates[0].name
    if last.kind == "numbers" and np.nanmin(last.numbers) < np.nanmax(last.numbers):
        raise quantity(table, last)
    raise FileProblem(
        f"No column looks like classes: none has words that repeat, and the last, “{last.name}”, does not differ "
        "from row to row.",
        table.name,
        "Choose the column with the classes.",
    )


def quantity(table: Table, column: Column) -> FileProblem:
    """The problem of a label column whose numbers are no classes."""
    values = np.unique(column.numbers[np.isfinite(column.numbers)])
    broken = values[values != np.rint(values)]
    example = float((broken if len(broken) else values)[-1])
    return FileProblem(
        f"It holds {counted(len(values), 'different number')}, such as {example:.6g}: a quantity, not a class.",
        f"{table.name}, column “{column.name}”",
        "Predicting a quantity is regression; nnviz learns classes. Choose another label column, or replace the "
        "numbers by a few words such as low and high.",
    )


def _called_label(columns: Iterable[Column]) -> list[Column]:
    return [column for column in columns if column.name.lower() in _LABEL_NAMES]


def _different_texts(column: Column) -> int:
    return len(set(column.others.values()))


def has_few_whole_numbers(column: Column) -> bool:
    """Whether the numbers of a column can be classes: whole, few but not one alone, and not all different."""
    values = column.numbers[np.isfinite(column.numbers)]
    different = np.unique(values)
    return 2 <= len(different) <= min(FEW, len(values) - 1) and bool((different == np.rint(different)).all())


def _features(table: Table, label: str, asked: tuple[str, ...] | None) -> tuple[str, ...]:
    if asked is None:
        found = tuple(column.name for column in table.columns if column.name != label and column.kind == "numbers")
        if found:
            return found
        raise FileProblem(
            f"No column holds numbers, apart from the classes in “{label}”.",
            table.name,
            "A network's inputs are numbers: add a column of them.",
        )
    columns = [table.column(name) for name in asked]
    names = tuple(column.name for column in columns)
    if not names or len(set(names)) < len(names) or label in names:
        raise FileProblem(
            "The features must be at least one column, each once, without the column of classes.",
            table.name,
            f"Choose among {', '.join(name for name in table.names[:10] if name != label)}.",
        )
    for column in columns:
        if column.kind != "numbers":
            words = [quoted(text) for text in column.others.values() if not is_missing(text)]
            raise FileProblem(
                f"Column “{column.name}” holds {words[0] + ' and the like' if words else 'nothing'}, no numbers.",
                table.name,
                "A network's inputs are numbers: leave this column out, or write it in numbers.",
            )
    return names


def _scaling(table: Table, features: tuple[str, ...], asked: str | None) -> str:
    if asked is not None:
        try:
            return scaling(asked).name
        except ValueError as error:
            raise FileProblem(f"There is no such scaling: {error}", table.name, "Choose one of these.") from None
    if table.thetas is not None and table.thetas[0].shape[1] == len(features) + 1:
        return "none"  # they were learned from the numbers as they stand in the file
    if table.image_shape is not None:
        return "pixels"
    columns = (table.column(name).numbers for name in features)
    bits = all(np.isin(column[np.isfinite(column)], (0.0, 1.0)).all() for column in columns)
    return "none" if bits else "standard"
