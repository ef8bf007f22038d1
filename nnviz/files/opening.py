"""Opening a user's file: only an ordinary one, not empty, not too large, and every failure said in words."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from nnviz.files.errors import FileProblem
from nnviz.files.words import size

MOST_BYTES = 128 * 2**20  # the training set of MNIST as CSV has 105 MiB


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file, open for reading bytes; what the system says against it, then or later, is a FileProblem."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise FileProblem("This is a folder.", str(path), "Choose a file in it.")
        if not stat.S_ISREG(status.st_mode):
            raise FileProblem("This is a device or a pipe.", str(path), "Choose an ordinary file.")
        if status.st_size == 0:
            raise FileProblem("The file is empty.", str(path), "Choose a file with data.")
        if status.st_size > MOST_BYTES:
            raise FileProblem(
                f"The file has {size(status.st_size)}; at most {size(MOST_BYTES)} are read.",
                str(path),
                "Take a part of its rows or columns.",
            )
        with path.open("rb") as file:
            yield file
    except FileNotFoundError:
        raise FileProblem("There is no such file.", str(path), "Check its name and folder.") from None
    except PermissionError:
        raise FileProblem("You may not read this file.", str(path), "Ask its owner, or take a copy.") from None
    except OSError as error:
        raise FileProblem(f"It cannot be read ({error.strerror}).", str(path), "Check its name and disk.") from None
    except ValueError as error:
        if "null" not in str(error):
            raise
        raise FileProblem("No file can have such a name.", repr(str(path)), "Check its name.") from None
