"""A user's file, whatever it is, as a table."""

from pathlib import Path

from nnviz.files import array_formats, delimited
from nnviz.files.course import as_images
from nnviz.files.matrices import tabled
from nnviz.files.opening import opened
from nnviz.files.pairs import joined
from nnviz.files.table import Table

TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".data", ".dat")
SUFFIXES = (*TEXT_SUFFIXES, *array_formats.SUFFIXES)


def read(path: str | Path, labels: str | Path | None = None, *, header: bool | None = None) -> Table:
    """What the file at *path* holds; *labels* may be a second file with the column of classes (X and y).

    *header* says whether the first row of a text file has the names; None: found by itself. FileProblem, and
    nothing else, says what is wrong.
    """
    table = _read(Path(path), header)
    return as_images(table if labels is None else joined(table, _read(Path(labels), header)))


def _read(path: Path, header: bool | None) -> Table:
    """What no other format recognises is text."""
    with opened(path) as file:
        found = array_formats.recognised(file, path)
        if found is None:
            return delimited.read(file, path, header)
        return tabled(found.read(file, path), path.name, found.title)
