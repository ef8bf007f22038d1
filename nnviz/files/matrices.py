"""From arrays by name to a table: which is X, which is y, what are weights."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.arrays import Array, sealed, shown
from nnviz.engine.network import Network
from nnviz.files.errors import FileProblem
from nnviz.files.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, too_many
from nnviz.files.names import different, pixels, tidy
from nnviz.files.numerals import numbers as numbers_in
from nnviz.files.numpy_files import Arrays
from nnviz.files.table import Column, Format, Table

# As people call them, compared without case; of several in a file the first here counts.
_X_NAMES = ("x", "data", "images", "features", "x_train")
_Y_NAMES = ("y", "target", "targets", "labels", "label", "y_train")
_THETA = re.compile(r"theta_?(\d+)", re.IGNORECASE)


def tabled(arrays: Arrays, name: str, kind: str) -> Table:
    """The table in the file *name* of arrays: X and y by their names, or its only array.

    X has shape (m, n), or (m, rows, columns) for images; y has m entries. A single array of shape (m, n) is a
    table of n columns.
    """
    thetas = theta_matrices(arrays)
    data = {key: value for key, value in arrays.items() if not _THETA.fullmatch(key)}
    X, y = _called(data, _X_NAMES), _called(data, _Y_NAMES)
    if len(data) == 1:
        X, y = next(iter(data)), None
    if X is None:
        raise FileProblem(_none_of(data, bool(thetas)), name, "Save the features as X and the classes as y.")
    features, image_shape = _features(data[X], X, y is not None, name)
    columns = (*features, *((_label(data[y], y, len(data[X]), name),) if y is not None else ()))
    left = [key for key in data if key not in (X, y)]
    weights, note = _weights(thetas)
    names, _ = different(column.name for column in columns)
    return Table(
        name=name,
        columns=tuple(replace(column, name=name) for column, name in zip(columns, names, strict=True)),
        rows=np.arange(1, len(data[X]) + 1, dtype=np.intp),
        format=Format(kind),
        label=None if y is None else names[-1],
        image_shape=image_shape,
        thetas=weights,
        notes=(*note, *((f"Not used: {', '.join(tidy(key) for key in left[:10])}.",) if left else ())),
    )


def theta_matrices(arrays: Arrays) -> list[NDArray[Any]]:
    """Theta1, Theta2, … in the order of their numbers."""
    found = {int(match[1]): array for key, array in arrays.items() if (match := _THETA.fullmatch(key))}
    return [found[number] for number in sorted(found)]


def _called(arrays: Arrays, names: Sequence[str]) -> str | None:
    by_name = {key.lower(): key for key in arrays}
    return next((by_name[name] for name in names if name in by_name), None)


def _none_of(data: Arrays, weights: bool) -> str:
    if not data:
        return "It holds weights and no examples." if weights else "It holds no numbers."
    found = ", ".join(f"{tidy(key)} {shown(value.shape)}" for key, value in list(data.items())[:5])
    return f"None of its arrays is called X: {found}{', …' if len(data) > 5 else ''}."


def _features(X: NDArray[Any], key: str, labelled: bool, where: str) -> tuple[list[Column], tuple[int, int] | None]:
    """The columns of X, called *key* in the file, and (rows, columns) of an image if it holds images."""
    if X.ndim not in (1, 2, 3) or not X.size:
        raise FileProblem(
            f"{tidy(key)} has shape {shown(X.shape)}.",
            where,
            "Give it the shape (examples, features), or (examples, rows, columns) for images.",
        )
    image_shape = (X.shape[1], X.shape[2]) if X.ndim == 3 else None
    matrix = X.reshape(len(X), -1)
    _check_shape(*matrix.shape, where)
    count = matrix.shape[1]
    if image_shape is not None:
        names = pixels(*image_shape)
    elif count == 1:
        names = (tidy(key),)
    else:
        names = tuple(f"{tidy(key)}{place}" if labelled else f"column {place}" for place in range(1, count + 1))
    return _columns(matrix, names), image_shape


def _label(y: NDArray[Any], key: str, examples: int, where: str) -> Column:
    if y.size != examples or max(y.shape, default=0) != examples:
        raise FileProblem(
            f"{tidy(key)} has shape {shown(y.shape)} for {examples:,} examples.",
            where,
            "Give it one entry, the class, for each example.",
        )
    return _columns(y.reshape(-1, 1), (tidy(key),))[0]


def _check_shape(rows: int, columns: int, where: str) -> None:
    for things, found, most in (
        ("rows", rows, MOST_ROWS),
        ("columns", columns, MOST_COLUMNS),
        ("cells", rows * columns, MOST_CELLS),
    ):
        if found > most:
            raise too_many(things, found, most, where)


def _columns(matrix: NDArray[Any], names: Iterable[str]) -> list[Column]:
    make = _column_of_words if matrix.dtype.kind in "US" else _column_of_numbers
    return [make(values, name) for values, name in zip(matrix.T, names, strict=True)]


def _column_of_numbers(values: NDArray[Any], name: str) -> Column:
    numbers = np.array(values, dtype=np.float64)
    strange = np.flatnonzero(~np.isfinite(numbers))
    others = {int(row): str(numbers[row]) for row in strange}
    numbers[strange] = np.nan
    return Column(name, sealed(numbers), others)


def _column_of_words(values: NDArray[Any], name: str) -> Column:
    texts = values.tolist() if values.dtype.kind == "U" else [text.decode("utf-8", "replace") for text in values]
    numbers, others = numbers_in(texts, ".")
    return Column(name, sealed(numbers), others)


def _weights(thetas: list[NDArray[Any]]) -> tuple[tuple[Array, ...] | None, tuple[str, ...]]:
    if not thetas:
        return None, ()
    try:
        return Network.from_thetas(thetas).thetas, ()
    except ValueError as error:
        return None, (f"Its weights are not used: {error}",)
