"""The log of a run: a .csv file that grows by a row with each iteration."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from typing import Self

from nnviz.cli.learning import Watcher
from nnviz.engine.progress import Progress
from nnviz.session.scores import Scores

COLUMNS = (
    *("iteration", "J", "data_part", "weight_decay", "norm", "evaluations"),
    *("J_test", "train_accuracy", "test_accuracy"),  # empty where they were not measured
)


@contextmanager
def logged(path: str) -> Iterator[Watcher]:
    """Who writes the log to *path*, in place of what was there.

    Unlike what is saved, it is not moved there when it is whole: it is there to be read while it grows, and what was
    reached stays whatever ends the program. Raises ValueError in words for the user.
    """
    with _Log(path) as log:
        log.write(COLUMNS)
        yield log.watch


class _Log:
    """A file without a buffer: a row is in it or not."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> Self:
        try:
            self._file = FileIO(self._path, "w")
        except OSError as error:
            raise self._problem(error) from None
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def write(self, cells: tuple[object, ...]) -> None:
        line = ",".join("" if cell is None else str(cell) for cell in cells)
        try:
            self._put(f"{line}\n".encode())
        except OSError as error:
            raise self._problem(error) from None

    def _put(self, row: bytes) -> None:
        """A disk that fills up takes the beginning of a row without a word, and refuses only the next."""
        taken = self._file.write(row)
        if taken < len(row):
            self._file.truncate(self._file.tell() - taken)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def watch(self, progress: Progress, known: Scores | None) -> None:
        """A Watcher."""
        test = None if known is None else known.test
        measured = (test and test.J, known and known.training.accuracy, test and test.accuracy)
        self.write((progress.iteration, *progress.cost, progress.norm, progress.evaluations, *measured))

    def _problem(self, error: OSError) -> ValueError:
        return ValueError(f"--csv is {self._path}; expected a file that can be written ({error.strerror}).")
