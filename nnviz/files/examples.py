"""From a table and what was chosen of it to a data set for the engine."""

from itertools import pairwise
from math import ceil, sqrt
from pathlib import PurePath
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.arrays import Array
from nnviz.engine.data import Dataset
from nnviz.files.choices import Choices, Settled, settled
from nnviz.files.classes import classes
from nnviz.files.errors import FileProblem
from nnviz.files.table import Table
from nnviz.files.words import counted, quoted

FIRST_FEW = 5  # cells that a message names


class Gap(NamedTuple):
    """A cell that cannot be used: its row, counted as an editor does, its column, and what stands there."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"row {self.row}, column “{self.column}” ({quoted(self.text) if self.text else 'empty'})"


def gaps(table: Table, choices: Choices | None = None) -> list[Gap]:
    """Cells of the chosen columns that are missing, not finite or no number, row by row."""
    return [gap for _, gap in _gaps(table, settled(table, choices))]


def dataset(table: Table, choices: Choices | None = None) -> Dataset:
    """The data set that *choices* (what ``settled`` makes of them) make of *table*.

    Two classes give one output unit, more give one unit each. ``changes`` says what was left out. FileProblem
    names the first cells that cannot be used, unless their rows may be dropped, and says when what is left is
    nothing to learn from.
    """
    chosen = settled(table, choices)
    kept = _kept(table, chosen)
    names, labels = classes(table, table.column(chosen.label), kept)
    outputs = 1 if len(names) == 2 else len(names)
    Y = labels[:, None] if outputs == 1 else np.equal.outer(labels, np.arange(outputs))
    X = np.empty((len(kept), len(chosen.features)))
    for place, name in enumerate(chosen.features):
        X[:, place] = table.column(name).numbers[kept]
    whole = chosen.features == tuple(name for name in table.names if name != chosen.label)
    weights = _weights(table, len(chosen.features), outputs) if whole else None
    made = Dataset(
        name=table.name,
        title=PurePath(table.name).stem,
        X=X,
        Y=Y.astype(np.float64),
        feature_names=chosen.features,
        units=("",) * len(chosen.features),
        class_names=names,
        scaling=chosen.scaling,
        sizes=_sizes(X.shape[1], outputs, weights),
        source=f"your file {table.name}",
        changes=_dropped(len(table) - len(kept)),
        image_shape=table.image_shape if whole else None,
        weights=weights,
    )
    _check_scaling(made)
    return made


def _gaps(table: Table, chosen: Settled) -> list[tuple[int, Gap]]:
    """Cells that cannot be used, each with its row index from 0, row by row."""
    found = [
        (row, place, Gap(int(table.rows[row]), name, table.column(name).others[row]))
        for place, name in enumerate((*chosen.features, chosen.label))
        for row in table.column(name).gaps()
    ]
    return [(row, gap) for row, _, gap in sorted(found)]


def _kept(table: Table, chosen: Settled) -> NDArray[np.intp]:
    """Indices of the rows to use."""
    found = _gaps(table, chosen)
    if found and not chosen.drop_missing:
        first = "; ".join(str(gap) for _, gap in found[:FIRST_FEW])
        affected = len({row for row, _ in found})
        raise FileProblem(
            f"{counted(len(found), 'cell')} in {counted(affected, 'row')} of {len(table):,} cannot be used: {first}"
            f"{'; …' if len(found) > FIRST_FEW else '.'}",
            table.name,
            "Fill them in, leave the column out, or drop these rows.",
        )
    kept = np.setdiff1d(np.arange(len(table), dtype=np.intp), np.array([row for row, _ in found], dtype=np.intp))
    if not len(kept):
        raise FileProblem(
            f"Each of its {counted(len(table), 'row')} has a cell that cannot be used, so none is left.",
            table.name,
            "Leave out the columns that are hardly filled.",
        )
    return kept


def _dropped(count: int) -> str:
    return f"{counted(count, 'row')} with missing values left out" if count else ""


def _weights(table: Table, inputs: int, outputs: int) -> tuple[Array, ...] | None:
    """The file's own Θ, if they lead from these inputs to these outputs."""
    thetas = table.thetas
    if thetas is None or (thetas[0].shape[1] - 1, thetas[-1].shape[0]) != (inputs, outputs):
        return None
    return thetas if all(after.shape[1] == before.shape[0] + 1 for before, after in pairwise(thetas)) else None


def _sizes(inputs: int, outputs: int, weights: tuple[Array, ...] | None) -> tuple[int, ...]:
    """Those of the weights, or one hidden layer.

    Its size is the geometric mean of the layers beside it, so that each step narrows alike: 4 for Iris, 25 for
    digits of 8 × 8. Not below 4, for two or three units can hardly bend a boundary round a class; not above 25,
    with which the course reads digits of 20 × 20, and which can still be looked at.
    """
    if weights is not None:
        return (inputs, *(theta.shape[0] for theta in weights))
    return (inputs, min(25, max(4, ceil(sqrt(inputs * outputs) - 0.5))), outputs)


def _check_scaling(made: Dataset) -> None:
    """FileProblem when its scaling cannot be computed."""
    try:
        # "standard" asks the same of the numbers as "range", and takes three times the memory of the data.
        made.fitted_scaling("range" if made.scaling == "standard" else made.scaling)
    except ValueError as error:
        raise FileProblem(
            f"The numbers are too far apart to be scaled ({error}).", made.name, "Look for a slip in the largest."
        ) from None
