"""The data sets that travel with the program: a description each (TOML), numbers in CSV or NPZ."""

import csv
import tomllib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.arrays import Array
from nnviz.engine.data import Dataset
from nnviz.files.description import Description, described
from nnviz.files.errors import FileProblem
from nnviz.files.resources import resource

_NAMES = ("vehicles", "and", "or", "xor", "xnor", "iris", "digits", "digits-28")  # in the order of the menu

_DAMAGE = (
    OSError,
    EOFError,
    ValueError,
    LookupError,
    csv.Error,
    zipfile.BadZipFile,
    zlib.error,
)


def names() -> tuple[str, ...]:
    """The names that ``load`` knows, in the order of the menu."""
    return _NAMES


def titles() -> dict[str, str]:
    """The title of each set by its name, in the order of the menu, without loading any numbers."""
    return {name: _description(name).title for name in _NAMES}


@cache
def load(name: str) -> Dataset:
    """The set of that name, the same object each time; FileProblem if it is unknown or damaged."""
    description = _description(name)
    path = resource("datasets", description.data)
    with _complaints(path):
        return _from_images(name, description, path) if path.suffix == ".npz" else _from_table(name, description, path)


@cache
def _description(name: str) -> Description:
    if name not in _NAMES:
        raise FileProblem("There is no data set of this name.", name, f"Choose one of {', '.join(_NAMES)}.")
    path = resource("datasets", f"{name}.toml")
    with _complaints(path):
        return described(tomllib.loads(path.read_text(encoding="utf-8")))


def _from_table(name: str, description: Description, path: Path) -> Dataset:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    if tuple(header[:-1]) != description.features or any(len(row) != len(header) for row in rows):
        raise ValueError(f"every row must have {', '.join(description.features)} and the class")
    X = [[float(entry) for entry in row[:-1]] for row in rows]
    labels = [description.classes.index(row[-1]) for row in rows]
    return _dataset(name, description, X, np.array(labels), description.features, description.units)


def _from_images(name: str, description: Description, path: Path) -> Dataset:
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        images, labels = arrays["images"].astype(np.float64), arrays["labels"]
    if description.enlarged is not None:
        images = enlarged(images, description.enlarged)
    examples, rows, columns = images.shape
    X = images.reshape(examples, rows * columns)
    features = tuple(f"pixel {row},{column}" for row in range(1, rows + 1) for column in range(1, columns + 1))
    return _dataset(name, description, X, labels, features, ("",) * len(features), (rows, columns))


def _dataset(
    name: str,
    description: Description,
    X: ArrayLike,
    labels: NDArray[np.integer],
    features: tuple[str, ...],
    units: tuple[str, ...],
    image_shape: tuple[int, int] | None = None,
) -> Dataset:
    """The last layer tells how the classes are held: one unit for two classes, or one unit for each."""
    outputs = description.sizes[-1]
    Y = labels[:, None] if outputs == 1 else np.equal.outer(labels, np.arange(outputs))
    return Dataset(
        name=name,
        title=description.title,
        X=np.asarray(X, dtype=np.float64),
        Y=Y.astype(np.float64),
        feature_names=features,
        units=units,
        class_names=description.classes,
        scaling=description.scaling,
        sizes=description.sizes,
        source=description.source,
        licence=description.licence,
        changes=description.changes,
        image_shape=image_shape,
        weights=None if description.weights is None else tuple(np.array(theta) for theta in description.weights),
    )


def enlarged(images: Array, shape: tuple[int, int]) -> Array:
    """Images (m, rows, columns) of whole numbers, interpolated bilinearly to *shape* between pixel centres.

    Weights are whole numbers until one last division: sums are exact, the result the same on every machine.
    """
    down, across = (_tents(before, after) for before, after in zip(images.shape[1:], shape, strict=True))
    sums = images.reshape(len(images), -1) @ np.kron(down, across).T
    return (sums / (4 * shape[0] * shape[1])).reshape(-1, *shape)


def _tents(before: int, after: int) -> Array:
    """Shape (after, before): the share of each old pixel in a new one, times 2·after.

    New pixel i has its centre at (i + ½)·before/after − ½ in old pixels; outside them the edge repeats.
    """
    centres = np.clip((2 * np.arange(after) + 1) * before - after, 0, 2 * after * (before - 1))
    distances = np.abs(centres[:, None] - 2 * after * np.arange(before))
    return np.asarray(np.maximum(2 * after - distances, 0), dtype=np.float64)


@contextmanager
def _complaints(path: Path) -> Iterator[None]:
    """Turn what a damaged file makes the readers raise into a FileProblem that names the file."""
    try:
        yield
    except _DAMAGE as error:
        raise FileProblem(f"The file is damaged ({error}).", str(path), "Install nnviz again.") from error
