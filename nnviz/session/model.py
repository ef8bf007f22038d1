"""What is studied: examples, Θ, and how it is trained; and what a fresh one is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from nnviz.engine.arrays import Array
from nnviz.engine.batches import batch_rows
from nnviz.engine.data import Dataset, FittedScaling
from nnviz.engine.epoch import Epoch
from nnviz.engine.network import Network
from nnviz.engine.steps import MistakenStep
from nnviz.session.examples import Changed, Examples, examples_of
from nnviz.session.recipe import Recipe

DEFAULT_SEED = 4
INITIALISER = "uniform"
MOST_WEIGHTS = 2_000_000  # entries of Θ: 16 MB, and 16 more for each step of undo


@dataclass(frozen=True, eq=False)
class Model:
    """Examples, Θ and the recipe of its training; what undo goes back over.

    ``network`` is Θ as it is looked at: after ``iteration`` updates of a run, or where the next run starts.
    ``start`` is Θ as it was drawn by the ``initialiser`` from ``seed``, or the data's ready weights; reset returns to
    it.
    """

    examples: Examples
    network: Network
    start: Network
    seed: int
    initialiser: str = INITIALISER
    recipe: Recipe = field(default_factory=Recipe)
    iteration: int = 0

    @property
    def dataset(self) -> Dataset:
        """The data as they came."""
        return self.examples.dataset

    @property
    def scaling(self) -> str:
        """The name of the scaling."""
        return self.examples.scaling

    @property
    def changed(self) -> Mapping[int, Changed]:
        """The examples that the user has altered, by index."""
        return self.examples.changed

    @property
    def fitted(self) -> FittedScaling:
        """The scaling, fitted to the data as they came."""
        return self.examples.fitted

    @property
    def lambda_(self) -> float:
        """The weight decay λ."""
        return self.recipe.lambda_

    @property
    def learning_rate(self) -> float:
        """The learning rate α."""
        return self.recipe.learning_rate

    @cached_property
    def epoch(self) -> Epoch:
        """The pass whose Δ makes the next update: over the training part, or over its next batch."""
        X, Y = self.examples.training
        rows, whole = self.examples.training_rows, len(self.examples.training_rows)
        if self.recipe.batch is not None:
            chosen = batch_rows(self.iteration, len(rows), self.recipe.batch, self.seed)
            X, Y, rows = X[chosen], Y[chosen], rows[chosen]
        recipe = self.recipe
        lambda_ = recipe.lambda_ * (len(X) / whole)  # a batch has the decay of all: λ/m, and is divided by its own size
        whole_pass = Epoch(self.network, X, Y, lambda_, recipe.learning_rate, rows, recipe.descends)
        if recipe.fault is None:
            return whole_pass
        from nnviz.engine.faults import lines_with  # the window's start does without

        return replace(whole_pass, learning_rate=recipe.rate, lines=lines_with(recipe.fault))

    @property
    def mistake(self) -> type[MistakenStep] | None:
        """How the story tells the planted mistake; None if there is none, or none that is to be seen."""
        if self.recipe.fault is None or self.recipe.hidden:
            return None
        from nnviz.engine.faults import fault

        return fault(self.recipe.fault).step

    def position(self, example: int) -> int | None:
        """The place of an example (from 0) in the pass; None if the next update does not learn from it."""
        places = np.flatnonzero(self.epoch.rows == example)
        return int(places[0]) if len(places) else None

    def at(self, network: Network, iteration: int, recipe: Recipe) -> "Model":
        """This model with another Θ, reached after *iteration* updates."""
        return replace(self, network=network, iteration=iteration, recipe=recipe)

    def raw(self, example: int) -> Array:
        """The features of an example (from 0) in the data's units, as changed by the user; shape (n,)."""
        return self.examples.raw(example)

    def target(self, example: int) -> Array:
        """y of an example, as changed by the user; shape (K,)."""
        return self.examples.target(example)

    def class_name(self, example: int) -> str:
        """The name of the class that y says."""
        return self.examples.class_name(example)

    def with_change(self, example: int, **parts: Any) -> "Model":
        """The model in which ``x`` or ``y`` of one example is replaced."""
        return replace(self, examples=self.examples.with_change(example, **parts))


def ends(dataset: Dataset) -> str:
    """What the first and the last layer must have, in words."""
    inputs = "1 unit" if dataset.features == 1 else f"{dataset.features} units"
    return f"{inputs} in the first layer and {dataset.outputs} in the last"


def model_for(
    dataset: Dataset,
    *,
    seed: int = DEFAULT_SEED,
    sizes: tuple[int, ...] | None = None,
    activation: str = "sigmoid",
    initialiser: str | None = None,
) -> Model:
    """A fresh model: the data's own sizes and scaling, and Θ as the *initialiser* draws it from *seed*.

    None: the data's ready weights if it has some and they fit what is asked, otherwise as INITIALISER draws it.
    Raises ValueError when *sizes* do not fit the data, or have too many weights to be shown.
    """
    sizes = dataset.sizes if sizes is None else sizes
    if (sizes[0], sizes[-1]) != (dataset.features, dataset.outputs):
        raise ValueError(
            f"network is {'-'.join(map(str, sizes))}; the data {dataset.name!r} need {ends(dataset)}, "
            f"as in {'-'.join(map(str, dataset.sizes))}."
        )
    refuse_too_large(sizes)
    drawn = initialiser or INITIALISER
    if dataset.weights is not None and (sizes, activation, initialiser) == (dataset.sizes, "sigmoid", None):
        network = Network.from_thetas(dataset.weights)
    else:
        network = Network.start(drawn, sizes, seed=seed, activation=activation)
    return Model(examples_of(dataset), network, network, seed, drawn)


def refuse_too_large(sizes: tuple[int, ...]) -> None:
    """Raises ValueError for layers that have more weights than can be shown."""
    weights = sum((inputs + 1) * outputs for inputs, outputs in zip(sizes, sizes[1:]))
    if weights > MOST_WEIGHTS:
        raise ValueError(f"network has {weights:,} weights; expected {MOST_WEIGHTS:,} at the most.")
