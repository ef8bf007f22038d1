"""What is understood of a table and of the choices made of it, as a whole and in words."""

from typing import NamedTuple

import numpy as np

from nnviz.engine.data import Dataset
from nnviz.files.choices import Choices, Settled, settled
from nnviz.files.dialect import DELIMITERS
from nnviz.files.errors import FileProblem
from nnviz.files.examples import Gap, dataset, gaps
from nnviz.files.table import Table
from nnviz.files.words import counted

FIRST_GAPS = 5  # cells that are named
FIRST_CLASSES = 8


class Understanding(NamedTuple):
    """``settled`` and ``data`` are None where ``problem`` says why; ``affected`` rows have the ``gaps``."""

    settled: Settled | None
    gaps: list[Gap]
    affected: int
    data: Dataset | None
    problem: FileProblem | None


def understand(table: Table, choices: Choices) -> Understanding:
    """What *choices* make of *table*; a FileProblem is part of it."""
    chosen: Settled | None = None
    found: list[Gap] = []
    data, problem = None, None
    try:
        chosen = settled(table, choices)
        found = gaps(table, choices)
        data = dataset(table, choices)
    except FileProblem as error:
        problem = error
    return Understanding(chosen, found, len({gap.row for gap in found}), data, problem)


def written(table: Table) -> str:
    """How the file is written, in words."""
    form = table.format
    if form.encoding is None:
        return f"{form.kind} file of arrays"
    parts = [form.encoding]
    if form.delimiter is None:
        parts.append("one column")
    else:
        parts.append(f"cells separated by {DELIMITERS.get(form.delimiter, form.delimiter)}")
    parts.append(f"decimal {'comma' if form.decimal == ',' else 'point'}")
    parts.append("names in the first row" if form.header else "no row of names")
    return ", ".join(parts)


def missing(found: list[Gap]) -> str:
    """The first cells that cannot be used, by row and column; "" if there are none."""
    if not found:
        return ""
    first = "; ".join(map(str, found[:FIRST_GAPS]))
    return f"{counted(len(found), 'cell')} cannot be used: {first}{'; …' if len(found) > FIRST_GAPS else '.'}"


def meaning(data: Dataset) -> str:
    """How much there is to learn from, and the network to start with."""
    names = data.class_names
    counts = [f"{name} {count:,}" for name, count in zip(names[:FIRST_CLASSES], class_counts(data))]
    more = ", …" if len(names) > FIRST_CLASSES else ""
    return (
        f"{counted(len(data), 'example')}, {counted(data.features, 'feature')}, "
        f"{counted(len(names), 'class', 'classes')}: {', '.join(counts)}{more}; "
        f"suggested network {'-'.join(map(str, data.sizes))}{', with the weights of the file' if data.weights else ''}."
    )


def class_counts(data: Dataset) -> list[int]:
    """How many examples each class has."""
    return [int(count) for count in np.bincount(data.labels, minlength=len(data.class_names))]
