"""Two files that belong together: X with the features, y with the classes."""

from dataclasses import replace
from pathlib import PurePath

from nnviz.files.errors import FileProblem
from nnviz.files.names import different
from nnviz.files.table import Table


def joined(first: Table, second: Table) -> Table:
    """One table of both, whose ``label`` is the only column of the one with a single column."""
    X, y = (second, first) if len(first.columns) == 1 and len(second.columns) > 1 else (first, second)
    where = f"{first.name} and {second.name}"
    if len(y.columns) != 1:
        raise FileProblem(
            f"Both have several columns ({len(X.columns)} and {len(y.columns)}).",
            where,
            "The second file must have one column, the classes.",
        )
    if X.label is not None:
        raise FileProblem(f"{X.name} has its own classes, “{X.label}”.", where, "Open it alone.")
    if len(X) != len(y):
        raise FileProblem(f"They have {len(X):,} and {len(y):,} rows.", where, "Both must have a row for each example.")
    label = y.columns[0]
    own_name = PurePath(y.name).stem if y.format.header is False else label.name
    names, notes = different((*X.names, own_name))
    return replace(
        X,
        name=f"{X.name} + {y.name}",
        columns=(*X.columns, replace(label, name=names[-1])),
        label=names[-1],
        notes=(*X.notes, *y.notes, *notes),
    )
