"""Saving the story of an example to a file, whose name says how it is written."""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import NamedTuple

from nnviz.documents.markdown import markdown_text
from nnviz.documents.pages import Draw, pages
from nnviz.documents.table import csv_text
from nnviz.documents.told import count
from nnviz.documents.values import json_text
from nnviz.engine.story import Level
from nnviz.files.atomic import check_writable, written
from nnviz.files.endings import by_ending
from nnviz.session.state import State

Text = Callable[[State, Level], Iterator[str]]


class Kind(NamedTuple):
    """A kind of file: *words* for who chooses it, and what writes its text, piece by piece; None: it has pictures."""

    words: str
    text: Text | None

    @property
    def drawn(self) -> bool:
        """Whether it has pictures."""
        return self.text is None


KINDS = {
    ".pdf": Kind("PDF, with pictures, for print", None),
    ".md": Kind("Markdown, with formulas as LaTeX", markdown_text),
    ".csv": Kind("CSV, every number, for spreadsheets", csv_text),
    ".json": Kind("JSON, everything, for programs", json_text),
}


def saving(state: State, level: Level, path: str | Path, draw: Draw | None = None) -> Generator[float, None, None]:
    """Write the story of the state's example at *level*; yields the share that is done, 0 … 1.

    Closed on the way, it leaves nothing behind, and what was at *path* as it was. *draw* makes the pictures of a PDF.
    Raises ValueError for another name or a story too long, FileProblem if *path* cannot be written.
    """
    chosen = by_ending(path, KINDS)
    check_writable(path)
    if chosen.text is None:
        if draw is None:
            raise ValueError("a PDF needs pictures: expected a function that draws them.")
        content = yield from pages(state, level, draw)
        yield 1.0  # whoever has had enough meanwhile stops here, before anything is written
        with written(path) as file:
            file.write(content)
    else:
        total = count(state, level) + 1
        with written(path) as file:
            for number, text in enumerate(chosen.text(state, level), start=1):
                file.write(text.encode())
                yield number / total
            yield 1.0
