"""The one way arrays enter the engine: copied, read-only, and checked with errors that say what was expected."""

import math
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
_FLOAT64 = np.dtype(np.float64)


def frozen(values: ArrayLike) -> Array:
    """A read-only float64 copy in C order; a view would still change with its base."""
    copy = np.array(values, dtype=np.float64, order="C")
    copy.setflags(write=False)
    return copy


def sealed(array: Array) -> Array:
    """The same array, read-only: for one just computed, which nobody else holds."""
    array.setflags(write=False)
    return array


def checked(name: str, values: ArrayLike, shape: tuple[int | None, ...]) -> Array:
    """*values* as float64 of the given shape (None: any length), every entry finite.

    Raises ValueError naming the argument, what was found and what was expected.
    """
    array = shaped(name, numeric(name, values), shape)
    if not all_finite(array):
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(f"{name} holds {array[where]} at index {shown(where)}; expected finite numbers.")
    return array


def shaped(name: str, array: Array, shape: tuple[int | None, ...]) -> Array:
    """The same array, if its shape is the one given (None: any length). Raises ValueError as ``checked`` does."""
    if array.shape != shape and not _fits(array.shape, shape):
        raise ValueError(f"{name} has shape {shown(array.shape)}; expected {shown(shape)}.")
    return array


def _fits(found: tuple[int, ...], expected: tuple[int | None, ...]) -> bool:
    if len(found) != len(expected):
        return False
    for e, f in zip(expected, found):  # noqa: SIM110 (all() over a generator takes three times as long)
        if e is not None and e != f:
            return False
    return True


def numeric(name: str, values: ArrayLike) -> Array:
    """*values* as a float64 array; complex numbers, texts and ragged rows raise ValueError."""
    if type(values) is np.ndarray and values.dtype is _FLOAT64:
        return values
    try:
        array = np.asarray(values)
        if array.dtype.kind not in "fiub":
            _refuse_unless_whole(array)
        return np.asarray(array, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"{name} is not an array of real numbers ({error}).") from None


def _refuse_unless_whole(array: NDArray[Any]) -> None:
    """Of all other types only Python's own whole numbers may pass, which NumPy keeps as objects when they are long."""
    if array.dtype.kind != "O":
        raise ValueError(f"{array.dtype} found; expected real numbers")
    for value in array.flat:
        if not isinstance(value, Real):
            raise ValueError(f"{type(value).__name__} found; expected real numbers")


def all_finite(array: Array) -> bool:
    """Whether no entry is inf or nan. A finite sum of squares settles it without a second array, and quickest."""
    return math.isfinite(np.vdot(array, array)) or bool(np.isfinite(array).all())


def shown(shape: tuple[int | None, ...]) -> str:
    """A shape in words: ``(m, 3)``, with m for a length that is free."""
    inside = ", ".join("m" if length is None else str(length) for length in shape)
    return f"({inside},)" if len(shape) == 1 else f"({inside})"
