"""What is learnt from: the data as the user scales, changes and splits them, ready for a network."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.arrays import Array, frozen, sealed
from nnviz.engine.data import Dataset, FittedScaling
from nnviz.engine.split import fits, split

Rows = NDArray[np.intp]

TEST_SHARE = 0.2
LEAST_TO_SPLIT = 50  # examples; of fewer, such as a logic gate's four, all are learnt from
LARGEST_TEST_SHARE = 0.9
SPLIT_SEED = 4


@dataclass(frozen=True, eq=False)
class Changed:
    """An example as the user changed it: ``x`` raw, in the data's units, shape (n,); ``y`` of shape (K,)."""

    x: Array
    y: Array


@dataclass(frozen=True, eq=False)
class Examples:
    """A dataset, its scaling, what the user has altered (by index), and the part that is kept for the test.

    ``test_share`` (0 … 0.9) of the examples, drawn from ``split_seed`` class by class, are never learnt from.
    """

    dataset: Dataset
    scaling: str
    test_share: float = 0.0
    split_seed: int = SPLIT_SEED
    changed: Mapping[int, Changed] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def fitted(self) -> FittedScaling:
        """The scaling, fitted to the data as they came: editing an example does not move the others."""
        return self.dataset.fitted_scaling(self.scaling)

    @cached_property
    def X(self) -> Array:
        """The inputs of all examples, scaled, shape (m, n)."""
        X = self.fitted.scaled(self.dataset.X)
        if not self.changed:
            return X
        X = np.array(X)
        for example, changed in self.changed.items():
            X[example] = self.fitted.scaled(changed.x)
        return sealed(X)

    @cached_property
    def Y(self) -> Array:
        """The targets of all examples, shape (m, K); without changes the data's own array."""
        if not self.changed:
            return self.dataset.Y
        Y = np.array(self.dataset.Y)
        for example, changed in self.changed.items():
            Y[example] = changed.y
        return sealed(Y)

    @cached_property
    def rows(self) -> Rows:
        """0 … m − 1."""
        return np.arange(len(self.dataset))

    @cached_property
    def _parts(self) -> tuple[Rows, Rows]:
        return split(self.dataset.labels, self.test_share, self.split_seed)

    @property
    def training_rows(self) -> Rows:
        """Which examples are learnt from, ascending, shape (m_train,)."""
        return self._parts[0]

    @property
    def test_rows(self) -> Rows:
        """Which examples are not, ascending, shape (m_test,)."""
        return self._parts[1]

    @cached_property
    def training(self) -> tuple[Array, Array]:
        """X and Y of the training part; all of them, not a copy, where nothing is kept for the test."""
        if not len(self.test_rows):
            return self.X, self.Y
        return sealed(self.X[self.training_rows]), sealed(self.Y[self.training_rows])

    @cached_property
    def test(self) -> tuple[Array, Array]:
        """X and Y of the test part."""
        return sealed(self.X[self.test_rows]), sealed(self.Y[self.test_rows])

    def raw(self, example: int) -> Array:
        """The features of an example (from 0) in the data's units, as changed by the user; shape (n,)."""
        if example in self.changed:
            return self.changed[example].x
        row: Array = self.dataset.X[example]
        return row

    def target(self, example: int) -> Array:
        """y of an example, as changed by the user; shape (K,)."""
        if example in self.changed:
            return self.changed[example].y
        row: Array = self.dataset.Y[example]
        return row

    def class_name(self, example: int) -> str:
        """The name of the class that y says."""
        y = self.target(example)
        return self.dataset.class_names[int(y[0] >= 0.5) if len(y) == 1 else int(np.argmax(y))]

    def with_change(self, example: int, **parts: Any) -> "Examples":
        """These examples, with ``x`` or ``y`` of one of them replaced."""
        before = self.changed.get(example) or Changed(self.raw(example), self.target(example))
        changed = replace(before, **{name: frozen(values) for name, values in parts.items()})
        return replace(self, changed=MappingProxyType({**self.changed, example: changed}))

    def as_they_came(self) -> "Examples":
        """These examples without the user's changes; the same object if there are none."""
        return replace(self, changed=MappingProxyType({})) if self.changed else self


def examples_of(dataset: Dataset, scaling: str | None = None) -> Examples:
    """All of *dataset*, in its own scaling if *scaling* is None; a fifth kept for the test if it is large enough.

    Nothing is kept where nearly every example is the only one of its class: a fifth that nobody asked for is no reason
    to refuse the data.
    """
    large = len(dataset) >= LEAST_TO_SPLIT
    share = TEST_SHARE if large and fits(dataset.labels, TEST_SHARE) else 0.0
    return Examples(dataset, dataset.scaling if scaling is None else scaling, share)


def prepared(dataset: Dataset) -> Examples:
    """The same in its own scaling, with what the screen asks for computed already: that may take a while."""
    examples = examples_of(dataset)
    _ = examples.training, examples.test, dataset.largest  # kept there once asked for
    return examples
