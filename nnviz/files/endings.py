"""What kind of file is meant by the ending of its name."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

Kind = TypeVar("Kind")


def by_ending(path: str | Path, kinds: Mapping[str, Kind]) -> Kind:
    """The one of *kinds*, by endings such as ``.pdf``, that the name of *path* says, in small letters or capitals.

    Raises ValueError in words for the user, with all endings there are.
    """
    path = Path(path)
    found = kinds.get(path.suffix.lower())
    if found is None:
        raise ValueError(f"The file is called {path.name!r}; expected a name that ends in {', '.join(kinds)}.")
    return found
