"""The formats that hold arrays with names, a row each."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from nnviz.files.matlab import from_mat
from nnviz.files.numpy_files import Arrays, from_npy, from_npz
from nnviz.files.octave import from_octave

_HEAD = 64  # bytes that tell one format from another


@dataclass(frozen=True)
class ArrayFormat:
    """A kind of file: its title, how it is recognised by its first bytes or its ending, and what reads it."""

    title: str
    recognises: Callable[[bytes, str], bool]
    read: Callable[[BinaryIO, Path], Arrays]


def recognised(file: BinaryIO, path: Path) -> ArrayFormat | None:
    """The first row that recognises *file*, which is left at its start; None when it must be text."""
    head = file.read(_HEAD)
    file.seek(0)
    return next((row for row in ARRAY_FORMATS if row.recognises(head, path.suffix.lower())), None)


def _npy(file: BinaryIO, path: Path) -> Arrays:
    return {path.stem: from_npy(file, path.name)}


# Octave's text comes before .mat, which is what it calls its files, too.
ARRAY_FORMATS: tuple[ArrayFormat, ...] = (
    ArrayFormat("npy", lambda head, suffix: head.startswith(b"\x93NUMPY") or suffix == ".npy", _npy),
    ArrayFormat(
        "npz",
        lambda head, suffix: head.startswith(b"PK\3\4") or suffix == ".npz",
        lambda file, path: from_npz(file, path.name),
    ),
    ArrayFormat(
        "Octave text",
        lambda head, suffix: head.startswith((b"# Created by Octave", b"# name: ")),
        lambda file, path: from_octave(file, path.name),
    ),
    ArrayFormat(
        "mat",
        lambda head, suffix: head.startswith(b"MATLAB ") or suffix == ".mat",
        lambda file, path: from_mat(file, path.name),
    ),
)
SUFFIXES = (".npy", ".npz", ".mat")
