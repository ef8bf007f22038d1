"""Writing a file so that it is there whole or not at all."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from nnviz.files.errors import FileProblem


@contextmanager
def written(path: str | Path) -> Iterator[BinaryIO]:
    """A new file that takes the place of *path* once all of it is on the disk.

    When anything fails, what was at *path* stays. What the system says against it is a FileProblem.
    """
    with _beside(path) as (target, beside):
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, target)


def check_writable(path: str | Path) -> None:
    """FileProblem if ``written`` cannot succeed, as far as that can be known beforehand; nothing is changed."""
    with _beside(path) as (target, beside):
        beside.touch()
        if target.is_dir():
            raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))


@contextmanager
def _beside(path: str | Path) -> Iterator[tuple[Path, Path]]:
    """Where *path* really is, and a place to write first.

    It is beside the target, for only within one file system is a move a single step; in a folder of its own, so that
    the file is made with the rights that the user's files have.
    """
    target = Path(os.path.realpath(path))
    try:
        with tempfile.TemporaryDirectory(prefix=".nnviz-", dir=target.parent) as folder:
            yield target, Path(folder, target.name)
    except OSError as error:
        reason = error.strerror if os.path.isdir(target.parent) else "there is no such folder"
        what, remedy = f"It cannot be saved ({reason}).", "Choose another folder, or make room."
        raise FileProblem(what, str(path), remedy) from None
