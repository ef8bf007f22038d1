"""The lessons that come with the program, in their order."""

from pathlib import Path

from nnviz.files.lessons.reading import ENDING
from nnviz.files.resources import resource


def shelf() -> tuple[Path, ...]:
    """The files in the order of the chapter, which their names begin with."""
    return tuple(sorted(resource("lessons").glob(f"*{ENDING}")))
