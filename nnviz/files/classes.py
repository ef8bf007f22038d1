"""Classes from the cells of a label column: which there are, in which order, and why some columns have none."""

import numpy as np
from numpy.typing import NDArray

from nnviz.files.choices import FEW, MOST_CLASSES, quantity
from nnviz.files.course import is_course_digits
from nnviz.files.errors import FileProblem
from nnviz.files.numerals import written
from nnviz.files.table import Column, Table

LONGEST_NAME = 60


def classes(table: Table, column: Column, kept: NDArray[np.intp]) -> tuple[tuple[str, ...], NDArray[np.intp]]:
    """The names of the classes in rows *kept*, sorted (numbers by size), and the class of each row, from 0.

    FileProblem when there are fewer than two, more than 100, or when they are quantities.
    """
    names, labels = _words(column, kept) if column.kind == "words" else _whole(table, column, kept)
    where = f"{table.name}, column “{column.name}”"
    if len(names) < 2:
        raise FileProblem(
            f"All examples are of one class, “{names[0][:LONGEST_NAME]}”.",
            where,
            "There is nothing to tell apart: add examples of another class, or choose another label column.",
        )
    if len(names) > MOST_CLASSES:
        raise FileProblem(
            f"It holds {len(names)} different values; classes are at most {MOST_CLASSES}.",
            where,
            "Choose another label column.",
        )
    if longest := max(names, key=len)[LONGEST_NAME:]:
        raise FileProblem(
            f"A class has a name of {LONGEST_NAME + len(longest)} letters; at most {LONGEST_NAME} can be shown.",
            where,
            "Shorten the names, or choose another label column.",
        )
    return names, labels


def _words(column: Column, kept: NDArray[np.intp]) -> tuple[tuple[str, ...], NDArray[np.intp]]:
    texts = [column.text(row) for row in kept.tolist()]
    names = tuple(sorted(set(texts)))
    places = {name: place for place, name in enumerate(names)}
    return names, np.array([places[text] for text in texts], dtype=np.intp)


def _whole(table: Table, column: Column, kept: NDArray[np.intp]) -> tuple[tuple[str, ...], NDArray[np.intp]]:
    values, labels = np.unique(column.numbers[kept], return_inverse=True)
    if len(values) > MOST_CLASSES or (len(values) > FEW and (values != np.rint(values)).any()):
        raise quantity(table, column)
    names = tuple(written(float(value)) for value in values)
    if is_course_digits(table, column):
        names = (*names[:-1], "0 (label 10)")
    return names, labels
