"""The lessons that come with the program, and those in a folder of a teacher's own, in their order."""

from pathlib import Path

from nnviz.files.lessons.reading import ENDING
from nnviz.files.resources import resource

MOST = 200
"""Lessons that are looked for in a folder of one's own."""


def in_folder(folder: Path) -> tuple[Path, ...]:
    """The lessons right in a folder, by name; none where there is no such folder."""
    try:
        return tuple(sorted(path for path in folder.iterdir() if path.suffix.lower() == ENDING)[:MOST])
    except OSError:
        return ()


def shelf() -> tuple[Path, ...]:
    """The files in the order of the chapter, which their names begin with."""
    return tuple(sorted(resource("lessons").glob(f"*{ENDING}")))
