"""Where a command may write: not over what it reads."""

import os
from collections.abc import Iterable


def another(name: str, place: str, read: Iterable[str | None]) -> None:
    """ValueError, naming argument *name*, if *place* is one of the files that are read."""
    if any(_same(place, file) for file in read if file is not None):
        raise ValueError(f"{name} is {place}; expected another file than the one that is read.")


def _same(one: str, other: str) -> bool:
    return os.path.exists(one) and os.path.exists(other) and os.path.samefile(one, other)
