"""What the TOML file of a data set says of it, and what is said of an entry that can't be right."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

Reader = Callable[[str, Any], Any]
"""Takes an entry's name and value and gives what a ``Description`` holds; ValueError if the value can't be that."""


class Description(NamedTuple):
    """What is known of a set besides its numbers.

    ``data`` is the file of numbers, beside it. A CSV has a header row, one column for each of ``features``
    and, last, the name of the class. An NPZ holds ``images`` (m, rows, columns) and ``labels`` (m,);
    ``enlarged`` gives the (rows, columns) that the images are brought to.
    """

    title: str
    data: str
    classes: tuple[str, ...]
    scaling: str
    sizes: tuple[int, ...]
    source: str
    licence: str
    changes: str
    features: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    enlarged: tuple[int, int] | None = None
    weights: tuple[tuple[tuple[float, ...], ...], ...] | None = None


def described(entries: Mapping[str, Any]) -> Description:
    """The entries of a file as a description; ValueError if one is missing, unknown, or not what it should be."""
    if missing := [name for name in Description._fields if name not in entries.keys() | Description._field_defaults]:
        raise ValueError(f"{missing[0]} is missing")
    if unknown := [name for name in entries if name not in _READERS]:
        raise ValueError(f"{unknown[0]} is not known; expected one of {', '.join(_READERS)}")
    return Description(**{name: _READERS[name](name, value) for name, value in entries.items()})


def _of(kind: str, *types: type) -> Reader:
    def read(name: str, value: Any) -> Any:
        if type(value) not in types:  # isinstance would take True for a whole number
            raise ValueError(f"{name} is {value!r}; expected {kind}")
        return value

    return read


def _list(entry: Reader, length: int | None = None) -> Reader:
    def read(name: str, value: Any) -> tuple[Any, ...]:
        if type(value) is not list or length not in (None, len(value)):
            raise ValueError(f"{name} is {value!r}; expected a list" + (f" of {length}" if length else ""))
        return tuple(entry(f"{name}[{index}]", one) for index, one in enumerate(value))

    return read


_text = _of("a text", str)
_whole = _of("a whole number", int)
_number = _of("a number", int, float)

_READERS: Mapping[str, Reader] = {
    "title": _text,
    "data": _text,
    "classes": _list(_text),
    "scaling": _text,
    "sizes": _list(_whole),
    "source": _text,
    "licence": _text,
    "changes": _text,
    "features": _list(_text),
    "units": _list(_text),
    "enlarged": _list(_whole, 2),
    "weights": _list(_list(_list(_number))),
}
