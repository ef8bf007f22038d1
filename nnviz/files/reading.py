"""A user's file, whatever it is, as a table; the formats that can be read are the rows of ``FORMATS``."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from nnviz.files import delimited
from nnviz.files.opening import opened
from nnviz.files.pairs import joined
from nnviz.files.table import Table


def read(path: str | Path, labels: str | Path | None = None, *, header: bool | None = None) -> Table:
    """What the file at *path* holds; *labels* may be a second file with the column of classes (X and y).

    *header* says whether the first row of a text file has the names; None: found by itself. FileProblem, and
    nothing else, says what is wrong.
    """
    table = _read(Path(path), header)
    return table if labels is None else joined(table, _read(Path(labels), header))


@dataclass(frozen=True)
class FileFormat:
    """A kind of file: its title, the endings of its names, how its first bytes (or its ending) tell it, its reader.

    ``read`` takes the open file, its path, and whether a text file has a header.
    """

    title: str
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes, str], bool]
    read: Callable[[BinaryIO, Path, bool | None], Table]


def _read(path: Path, header: bool | None) -> Table:
    with opened(path) as file:
        head = file.read(512)
        file.seek(0)
        chosen = next(row for row in FORMATS if row.recognises(head, path.suffix.lower()))
        return chosen.read(file, path, header)


# The first that recognises a file reads it; the last takes what is left.
FORMATS: tuple[FileFormat, ...] = (
    FileFormat("text", (".csv", ".tsv", ".txt", ".data", ".dat"), lambda head, suffix: True, delimited.read),
)
