"""Where the files that travel with the program are: data sets, fonts, icons, and what is written for its users."""

from functools import cache
from pathlib import Path

from nnviz.files.errors import FileProblem

_PACKAGE = Path(__file__).resolve().parents[1]
# The wheel carries them inside the package; a checkout has them beside it. Inside comes first, for beside an
# installed package stand the folders of others.
_HOMES = (_PACKAGE, _PACKAGE.parent)
_PLACES = tuple(home / "resources" for home in _HOMES)


def resource(*parts: str) -> Path:
    """The path of a file or folder in ``resources/``; FileProblem when it is not there."""
    path = _folder().joinpath(*parts)
    if not path.exists():
        raise FileProblem("This part of nnviz is missing.", str(path), "Install nnviz again.")
    return path


def page(name: str) -> Path:
    """The path of a page in ``docs/``; FileProblem when it is not there."""
    places = [home / "docs" / name for home in _HOMES]
    for place in places:
        if place.is_file():
            return place
    raise FileProblem("This page is missing.", str(places[0]), "Install nnviz again.")


@cache
def _folder() -> Path:
    for place in _PLACES:
        if (place / "datasets").is_dir():
            return place
    raise FileProblem("The folder of data, fonts and icons is missing.", str(_PLACES[0]), "Install nnviz again.")
