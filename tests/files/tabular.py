"""Tables for tests, written down as rows."""

from collections.abc import Sequence

import numpy as np

from nnviz.files.numerals import numbers
from nnviz.files.table import Column, Format, Table

NAMED = Format("text", header=True)


def table(names: str, *rows: Sequence[object], format: Format = NAMED, **fields) -> Table:
    """A table called t.csv with columns *names* (separated by spaces) whose rows stand from line 2 on."""
    columns = [
        Column(name, *numbers([str(row[place]) for row in rows], ".")) for place, name in enumerate(names.split())
    ]
    return Table("t.csv", tuple(columns), np.arange(2, len(rows) + 2), format, **fields)
