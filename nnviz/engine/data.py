"""Examples to learn from, and the scaling that turns their raw features into a network's inputs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.arrays import Array, checked, frozen, sealed, shown


@dataclass(frozen=True, eq=False)
class Dataset:
    """m examples with n features each and the class of each; arrays are read-only copies.

    ``X`` is raw, of shape (m, n), in ``units``. ``Y`` has shape (m, K): for K = 1 it holds the class, 0 or 1;
    for larger K each row has a single 1. ``class_names`` name the K outputs, or for K = 1 y = 0 and y = 1.
    ``scaling`` names a row of ``SCALINGS``; ``sizes`` are the layers to start with, and ``weights`` may hold
    Θ⁽¹⁾, Θ⁽²⁾, … ready for them. ``image_shape`` is (rows, columns) when the features are the pixels of an
    image, row by row. What does not fit together raises ValueError.
    """

    name: str
    title: str
    X: Array
    Y: Array
    feature_names: tuple[str, ...]
    units: tuple[str, ...]
    class_names: tuple[str, ...]
    scaling: str
    sizes: tuple[int, ...]
    source: str = ""
    licence: str = ""
    changes: str = ""
    image_shape: tuple[int, int] | None = None
    weights: tuple[Array, ...] | None = None

    def __post_init__(self) -> None:
        self._hold("X", frozen(checked("X", self.X, (None, None))))
        self._hold("Y", frozen(checked("Y", self.Y, (len(self.X), None))))
        for name in ("feature_names", "units", "class_names", "sizes"):
            self._hold(name, tuple(getattr(self, name)))
        self._check_labels()
        self._check_names()
        self._check_layers()
        if self.weights is not None:
            self._hold("weights", self._checked_weights(self.weights))

    def __len__(self) -> int:
        return int(self.X.shape[0])

    @property
    def features(self) -> int:
        """n, the number of features."""
        return int(self.X.shape[1])

    @property
    def outputs(self) -> int:
        """K, the number of output units that the classes need."""
        return int(self.Y.shape[1])

    @cached_property
    def labels(self) -> NDArray[np.intp]:
        """The class of each example, shape (m,), counted from 0: an index into ``class_names``."""
        labels = self.Y[:, 0].astype(np.intp) if self.outputs == 1 else self.Y.argmax(axis=1)
        labels.setflags(write=False)
        return labels

    @cached_property
    def largest(self) -> Array:
        """The largest |x| of each feature, shape (n,)."""
        return sealed(np.maximum(self.X.max(axis=0), -self.X.min(axis=0)))

    def class_name(self, example: int) -> str:
        """The name of the class of the example at index *example*, counted from 0."""
        return self.class_names[int(self.labels[example])]

    def fitted_scaling(self, name: str | None = None) -> "FittedScaling":
        """The named scaling, or the set's own, fitted to all of X."""
        return scaling(self.scaling if name is None else name).fit(self.X)

    def _hold(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def _check_labels(self) -> None:
        m, n = self.X.shape
        if m == 0 or n == 0 or self.outputs == 0:
            raise ValueError(
                f"X has shape {shown(self.X.shape)}, Y {shown(self.Y.shape)}; "
                "expected at least one example, one feature and one output."
            )
        strange = np.argwhere((self.Y != 0) & (self.Y != 1))
        if len(strange):
            i, k = strange[0]
            raise ValueError(f"Y holds {self.Y[i, k]:g} at index ({i}, {k}); expected 0 or 1.")
        ones = self.Y.sum(axis=1)
        if self.outputs > 1 and (ones != 1).any():
            i = int(np.argmax(ones != 1))
            raise ValueError(f"Y has {ones[i]:g} ones in row {i}; expected a single 1, at the example's class.")

    def _check_names(self) -> None:
        classes = max(2, self.outputs)
        for name, expected in (
            ("feature_names", self.features),
            ("units", self.features),
            ("class_names", classes),
        ):
            names = getattr(self, name)
            if len(names) != expected:
                raise ValueError(f"{name} has {len(names)} entries; expected {expected}.")
            if name != "units" and len(set(names)) < len(names):
                repeated = next(one for one in names if names.count(one) > 1)
                raise ValueError(f"{name} holds {repeated!r} more than once; expected different names.")
        scaling(self.scaling)

    def _check_layers(self) -> None:
        ends = (self.features, self.outputs)
        if len(self.sizes) < 2 or min(self.sizes) < 1 or (self.sizes[0], self.sizes[-1]) != ends:
            raise ValueError(
                f"sizes is {self.sizes}; expected at least two layers, the first of {ends[0]} units "
                f"and the last of {ends[1]}."
            )
        if self.image_shape is not None and (
            min(self.image_shape) < 1 or self.image_shape[0] * self.image_shape[1] != self.features
        ):
            raise ValueError(f"image_shape is {self.image_shape}; expected rows × columns = {self.features} features.")

    def _checked_weights(self, weights: Sequence[Any]) -> tuple[Array, ...]:
        shapes = [(after, before + 1) for before, after in pairwise(self.sizes)]
        if len(weights) != len(shapes):
            raise ValueError(f"weights holds {len(weights)} matrices; expected {len(shapes)}.")
        return tuple(
            frozen(checked(f"weights[{index}]", theta, shape))
            for index, (theta, shape) in enumerate(zip(weights, shapes, strict=True))
        )


@dataclass(frozen=True, eq=False)
class FittedScaling:
    """x := (raw − offset) / scale, by feature; ``offset`` and ``scale`` have shape (n,), scale > 0."""

    offset: Array
    scale: Array

    def scaled(self, raw: Array) -> Array:
        """The inputs of the network for raw features of shape (n,) or (m, n)."""
        return sealed((raw - self.offset) / self.scale)

    def raw(self, scaled: Array) -> Array:
        """The reverse of ``scaled``, to rounding error; shape (n,) or (m, n)."""
        return sealed(scaled * self.scale + self.offset)

    def formula(self, feature: int, name: str, digits: int = 6) -> str:
        """What is done to feature *feature* (from 0), called *name*: ``(speed − 3.1) / 94.2``.

        Its numbers are rounded to *digits* significant digits.
        """
        offset, scale = float(self.offset[feature]), float(self.scale[feature])
        words = name
        if offset:
            words = f"{name} {'−' if offset > 0 else '+'} {_number(abs(offset), digits)}"
        if scale != 1:
            words = f"({words}) / {_number(scale, digits)}" if offset else f"{words} / {_number(scale, digits)}"
        return words


class Scaling(NamedTuple):
    """One way of scaling: ``fit`` takes raw features of shape (m, n); ``words`` say what comes out."""

    name: str
    title: str
    words: str
    fit: Callable[[Array], FittedScaling]


def scaling(name: str) -> Scaling:
    """The row of ``SCALINGS`` with that name; ValueError when there is none."""
    for row in SCALINGS:
        if row.name == name:
            return row
    raise ValueError(f"scaling is {name!r}; expected one of {', '.join(row.name for row in SCALINGS)}.")


def _unchanged(X: Array) -> FittedScaling:
    return FittedScaling(sealed(np.zeros(X.shape[1])), sealed(np.ones(X.shape[1])))


def _range(X: Array) -> FittedScaling:
    return _fitted(X.min(axis=0), _spans(X))


def _standard(X: Array) -> FittedScaling:
    """From shares of the span, whose squares neither overflow nor vanish; the mean is over m, not m − 1."""
    low, spans = X.min(axis=0), _spans(X)
    shares = (X - low) / np.where(spans > 0, spans, 1.0)
    return _fitted(low + spans * shares.mean(axis=0), spans * shares.std(axis=0))


def _pixels(X: Array) -> FittedScaling:
    low, high = X.min(), X.max()
    return _fitted(np.full(X.shape[1], low), _spans(np.array([[low], [high]]))[[0] * X.shape[1]])


def _spans(X: Array) -> Array:
    """Largest minus smallest of each feature, shape (n,); exactly 0 where a feature never changes."""
    with np.errstate(over="ignore"):
        spans = np.asarray(X.max(axis=0) - X.min(axis=0), dtype=np.float64)
    if np.isinf(spans).any():
        feature = int(np.argmax(np.isinf(spans)))
        raise ValueError(f"X spans more than {np.finfo(np.float64).max:.1e} in column {feature}; expected less.")
    return spans


def _fitted(offset: Array, scale: Array) -> FittedScaling:
    """A feature that never changes is only moved, to 0: there is nothing to divide by."""
    return FittedScaling(sealed(offset), sealed(np.where(scale > 0, scale, 1.0)))


def _number(value: float, digits: int = 6) -> str:
    """Up to *digits* significant digits, with a true minus sign."""
    return f"{value:.{digits}g}".replace("-", "−")


SCALINGS: tuple[Scaling, ...] = (
    Scaling("none", "As they are", "the numbers as they are", _unchanged),
    Scaling("range", "0 to 1", "each feature from 0 (its smallest) to 1 (its largest)", _range),
    Scaling("standard", "Mean 0, deviation 1", "each feature with mean 0 and standard deviation 1", _standard),
    Scaling("pixels", "One range for all", "every pixel from 0 to 1, by one range for all", _pixels),
)
