"""The digits of the course's exercises, which are stored in a way of their own."""

from dataclasses import replace

import numpy as np

from nnviz.engine.arrays import frozen
from nnviz.files.names import pixels
from nnviz.files.table import Column, Table

_LABELS = tuple(range(1, 11))
SIDE = 20


def is_course_digits(table: Table, label: Column) -> bool:
    """Whether *table* is that set: 400 features beside *label*, and exactly the labels 1 … 10.

    Octave counts from 1, so label 10 means the digit 0; and each image of 20 × 20 goes column by column. Both are
    too particular to be guessed from less.
    """
    return (
        len(table.columns) == SIDE * SIDE + 1
        and not label.others
        and tuple(np.unique(label.numbers).tolist()) == _LABELS
    )


def as_images(table: Table) -> Table:
    """The course's digits as images row by row, Θ⁽¹⁾ with them; any other table as it is."""
    if table.label is None or table.image_shape or not is_course_digits(table, table.column(table.label)):
        return table
    label = table.column(table.label)
    features = [column for column in table.columns if column is not label]
    by_rows = np.arange(SIDE * SIDE).reshape(SIDE, SIDE).T.ravel()
    columns = (replace(features[place], name=name) for place, name in zip(by_rows, pixels(SIDE, SIDE), strict=True))
    thetas = table.thetas
    if thetas is not None and thetas[0].shape[1] == SIDE * SIDE + 1:
        thetas = (frozen(thetas[0][:, [0, *(by_rows + 1)]]), *thetas[1:])
    return replace(
        table,
        columns=(*columns, label),
        image_shape=(SIDE, SIDE),
        thetas=thetas,
        notes=(
            *table.notes,
            "These are the course's digits: each image goes column by column and was turned; label 10 means 0.",
        ),
    )
