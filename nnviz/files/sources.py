"""A data set by what a user types: the name of one that travels with nnviz, of a generator, or a file."""

import os
from pathlib import Path

from nnviz.engine.data import Dataset
from nnviz.engine.generators import GENERATORS, generate
from nnviz.files import datasets
from nnviz.files.errors import FileProblem
from nnviz.files.examples import dataset
from nnviz.files.reading import SUFFIXES, read


def names() -> tuple[str, ...]:
    """The names that need no file: those of sets first, then those of generators."""
    return (*datasets.names(), *(row.name for row in GENERATORS))


def find(text: str) -> Dataset:
    """The set called *text*, points from the generator called so, or what the file at *text* holds.

    A name wins over a file of that name, which can be written ./name. FileProblem when there is none.
    """
    if any(row.name == text for row in GENERATORS):
        return generate(text)
    if text in datasets.names():
        return datasets.load(text)
    if _is_file(text):
        return dataset(read(text))
    raise FileProblem(
        "There is no data set of this name.", text, f"Choose one of {', '.join(names())}, or give a file of your own."
    )


def _is_file(text: str) -> bool:
    separators = {os.sep, os.altsep or os.sep}
    return bool(separators & set(text)) or Path(text).suffix.lower() in SUFFIXES or os.path.exists(text)
