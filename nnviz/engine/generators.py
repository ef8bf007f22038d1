"""Data made by a rule: two classes of points in the plane, with noise, the same for the same seed."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.arrays import Array, checked
from nnviz.engine.data import Dataset
from nnviz.engine.network import checked_seed

LEAST_POINTS, MOST_POINTS = 4, 100_000
DEFAULT_POINTS = 200
LARGEST_NOISE = 2.0  # the shapes are about 2 wide: with more there is nothing left of them

Places = Callable[[NDArray[np.intp], np.random.Generator], Array]


@dataclass(frozen=True)
class Generator:
    """One kind of cloud.

    ``places`` takes the class, 0 or 1, of each point, of shape (m,), and gives where it is without noise, of
    shape (m, 2). ``noise`` is the usual deviation that is added, ``hidden`` the layers that can learn the shape.
    """

    name: str
    title: str
    words: str
    classes: tuple[str, str]
    noise: float
    hidden: tuple[int, ...]
    places: Places


def generator(name: str) -> Generator:
    """The row of ``GENERATORS`` with that name; ValueError when there is none."""
    for row in GENERATORS:
        if row.name == name:
            return row
    raise ValueError(f"generator is {name!r}; expected one of {', '.join(row.name for row in GENERATORS)}.")


def generate(name: str, m: int = DEFAULT_POINTS, noise: float | None = None, seed: int = 1) -> Dataset:
    """*m* points (4 to 100,000), half of each class, in random order; features x₁ and x₂.

    *noise* (0 to 2; the row's own if None) is the standard deviation of what is added to both coordinates. The
    same arguments give the same points. Raises ValueError for an unknown name and for values out of bounds.
    """
    row = generator(name)
    if not LEAST_POINTS <= m <= MOST_POINTS:
        raise ValueError(f"m is {m}; expected {LEAST_POINTS} to {MOST_POINTS} points.")
    noise = float(checked("noise", row.noise if noise is None else noise, ()))
    if not 0.0 <= noise <= LARGEST_NOISE:
        raise ValueError(f"noise is {noise:g}; expected 0 to {LARGEST_NOISE:g}.")
    chance = np.random.default_rng(checked_seed(seed))
    classes = chance.permutation(np.arange(m) % 2)
    X = row.places(classes, chance) + noise * chance.standard_normal((m, 2))
    return Dataset(
        name=row.name,
        title=row.title,
        X=X,
        Y=classes[:, None].astype(np.float64),
        feature_names=("x₁", "x₂"),
        units=("", ""),
        class_names=row.classes,
        scaling="none",
        sizes=(2, *row.hidden, 1),
        source=f"made by nnviz: {m} points, noise {noise:g}, seed {seed}",
    )


def _gaussians(classes: NDArray[np.intp], chance: np.random.Generator) -> Array:
    """Two centres, (−1, −1) and (1, 1): all spread is noise."""
    side = 2.0 * classes - 1.0
    return np.column_stack([side, side])


def _circles(classes: NDArray[np.intp], chance: np.random.Generator) -> Array:
    """Anywhere on the circle of radius 1, or for class 1 on that of radius ½; both about the origin."""
    return _on_circle(np.where(classes == 1, 0.5, 1.0), _angles(classes, chance, 2.0 * np.pi))


def _moons(classes: NDArray[np.intp], chance: np.random.Generator) -> Array:
    """Two half circles of radius 1, each with an end in the middle of the other.

    The upper is about (−½, −¼); the lower is the upper turned by half a turn about the origin.
    """
    upper = _on_circle(np.ones(len(classes)), _angles(classes, chance, np.pi)) - (0.5, 0.25)
    return np.asarray(upper * (1.0 - 2.0 * classes)[:, None])


def _spirals(classes: NDArray[np.intp], chance: np.random.Generator) -> Array:
    """Two arms of 1½ turns, whose radius grows evenly from 0.1 to 1; one is the other turned by half a turn."""
    share = chance.random(len(classes))
    return _on_circle(0.1 + 0.9 * share, 3.0 * np.pi * share + np.pi * classes)


def _xor(classes: NDArray[np.intp], chance: np.random.Generator) -> Array:
    """Evenly in the four squares 0.1 ≤ |x₁|, |x₂| ≤ 1; class 1 where x₁ and x₂ have different signs."""
    distances = 0.1 + 0.9 * chance.random((len(classes), 2))
    side = 2.0 * chance.integers(0, 2, len(classes)) - 1.0
    return np.asarray(distances * np.column_stack([side, side * (1.0 - 2.0 * classes)]))


def _angles(classes: NDArray[np.intp], chance: np.random.Generator, upto: float) -> Array:
    return np.asarray(upto * chance.random(len(classes)))


def _on_circle(radius: Array, angle: Array) -> Array:
    return np.asarray(radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]))


GENERATORS: tuple[Generator, ...] = (
    Generator("gaussians", "Two Gaussians", "two round clouds side by side", ("lower", "upper"), 0.6, (2,), _gaussians),
    Generator("circles", "Circles", "a ring round a ring", ("outer", "inner"), 0.08, (4,), _circles),
    Generator(
        "moons", "Two moons", "two half circles, each reaching into the other", ("upper", "lower"), 0.1, (4,), _moons
    ),
    Generator("spirals", "Two spirals", "two arms wound round each other", ("first", "second"), 0.02, (8, 8), _spirals),
    Generator(
        "xor-cloud", "XOR cloud", "four squares, the opposite ones alike", ("same sign", "other sign"), 0.05, (4,), _xor
    ),
)
