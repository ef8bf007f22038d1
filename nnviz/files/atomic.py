"""Writing a file so that it is there whole or not at all."""

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
    target = Path(os.path.realpath(path))
    try:
        # Beside the target, for only within one file system is a move a single step; in a folder of its own, so
        # that it is made with the rights that the user's files have.
        with tempfile.TemporaryDirectory(prefix=".nnviz-", dir=target.parent) as folder:
            beside = Path(folder, target.name)
            with beside.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, target)
    except OSError as error:
        raise FileProblem(
            f"It cannot be saved ({error.strerror}).", str(path), "Choose another folder, or make room."
        ) from None
