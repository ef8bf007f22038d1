"""The state of the program as one immutable value, and what follows from a change of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import numpy as np

from nnviz.engine.arrays import Array, frozen, sealed
from nnviz.engine.data import Dataset, FittedScaling
from nnviz.engine.epoch import Epoch
from nnviz.engine.network import Network
from nnviz.engine.quantities import Address
from nnviz.engine.story import Level, Story
from nnviz.engine.trace import trace_in

Theme = Literal["system", "light", "dark", "projector"]
Language = Literal["numpy", "octave"]

DEFAULT_SEED = 4
SLOWEST, FASTEST = 0.1, 20.0
SMALLEST_ZOOM, LARGEST_ZOOM = 0.6, 3.0
MOST_WEIGHTS = 2_000_000  # entries of Θ: 16 MB, and 16 more for each step of undo


@dataclass(frozen=True, eq=False)
class Changed:
    """An example as the user changed it: ``x`` raw, in the data's units, shape (n,); ``y`` of shape (K,)."""

    x: Array
    y: Array


@dataclass(frozen=True, eq=False)
class Model:
    """What is studied, and what undo goes back over: data, scaling, Θ, λ, α.

    ``start`` is Θ at iteration 0, from ``seed`` or from the data's ready weights; reset returns to it.
    ``changed`` holds the examples that the user has altered, by index.
    """

    dataset: Dataset
    scaling: str
    network: Network
    start: Network
    seed: int
    lambda_: float = 0.0
    learning_rate: float = 1.0
    changed: Mapping[int, Changed] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def fitted(self) -> FittedScaling:
        """The scaling, fitted to the data as they came: editing an example does not move the others."""
        return self.dataset.fitted_scaling(self.scaling)

    @cached_property
    def epoch(self) -> Epoch:
        """The pass over all examples with the present Θ."""
        X, Y = _examples(self)
        return Epoch(self.network, X, Y, self.lambda_, self.learning_rate)

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


def _examples(model: Model) -> tuple[Array, Array]:
    """X scaled and Y, with the user's changes; without changes Y is the data's own array."""
    X, Y = model.fitted.scaled(model.dataset.X), model.dataset.Y
    if not model.changed:
        return X, Y
    X, Y = np.array(X), np.array(Y)
    for example, changed in model.changed.items():
        X[example], Y[example] = model.fitted.scaled(changed.x), changed.y
    return sealed(X), sealed(Y)


class Moment(NamedTuple):
    """The address of everything that can be looked at.

    ``iteration`` says which Θ (0: the start; more come with training), ``example`` which (x, y) of the pass, from 0,
    ``place`` how many ticks of its story have been told.
    """

    iteration: int = 0
    example: int = 0
    place: int = 0


class View(NamedTuple):
    """How things are shown; not part of undo, and remembered from one start to the next.

    ``speed`` is in steps a second, ``zoom`` a factor, ``digits`` the digits shown after the decimal point.
    """

    theme: Theme = "system"
    zoom: float = 1.0
    speed: float = 1.0
    language: Language = "numpy"
    digits: int = 2
    reduced_motion: bool = False


@dataclass(frozen=True, eq=False)
class State:
    """Everything there is to show. Make one with ``initial``; change it with the commands.

    ``story`` is derived from model and example, and stays the same object as long as both do.
    ``pointed`` is the number under the pointer, so that every view can light it.
    """

    model: Model
    moment: Moment
    story: Story
    level: Level = Level.UNIT
    view: View = field(default_factory=View)
    playing: bool = False
    pointed: Address | None = None

    def at(self, moment: Moment) -> "State":
        """This state at another moment, clamped to what there is; the story is told anew if the example changes."""
        example = max(0, min(moment.example, len(self.model.dataset) - 1))
        story = self.story if example == self.moment.example else told(self.model, example)
        place = story.clamped(moment.place)
        return replace(self, story=story, moment=moment._replace(example=example, place=place), pointed=None)

    def of(self, model: Model) -> "State":
        """This state with another model: a new story, at the same place as far as that exists."""
        example = min(self.moment.example, len(model.dataset) - 1)
        story = told(model, example)
        place = _kept(self.story, self.moment.place, story)
        moment = self.moment._replace(example=example, place=place)
        return replace(self, model=model, story=story, moment=moment, pointed=None, playing=False)


def _kept(old: Story, place: int, new: Story) -> int:
    """The same place where the stories have the same steps; else the start, for another network is another story."""
    same = old.trace.network.sizes == new.trace.network.sizes
    return new.clamped(place) if same else 0


def told(model: Model, example: int) -> Story:
    """The story of one example, from 0, as the pass over the model's examples has it."""
    return Story(trace_in(model.epoch, example))


def model_for(
    dataset: Dataset,
    *,
    seed: int = DEFAULT_SEED,
    sizes: tuple[int, ...] | None = None,
    activation: str = "sigmoid",
) -> Model:
    """A fresh model: the data's own sizes and scaling, its ready weights if it has some and *sizes* fit them.

    Raises ValueError when *sizes* do not fit the data, or have too many weights to be shown.
    """
    sizes = dataset.sizes if sizes is None else sizes
    if (sizes[0], sizes[-1]) != (dataset.features, dataset.outputs):
        raise ValueError(
            f"network is {'-'.join(map(str, sizes))}; the data {dataset.name!r} need {dataset.features} units in the "
            f"first layer and {dataset.outputs} in the last, as in {'-'.join(map(str, dataset.sizes))}."
        )
    weights = sum((inputs + 1) * outputs for inputs, outputs in zip(sizes, sizes[1:]))
    if weights > MOST_WEIGHTS:
        raise ValueError(f"network has {weights:,} weights; expected {MOST_WEIGHTS:,} at the most.")
    if dataset.weights is not None and sizes == dataset.sizes and activation == "sigmoid":
        network = Network.from_thetas(dataset.weights)
    else:
        network = Network.random(sizes, seed=seed, activation=activation)
    return Model(dataset, dataset.scaling, network, network, seed)


def initial(model: Model, example: int = 0, *, view: View | None = None, level: Level = Level.UNIT) -> State:
    """The state in which the program opens: nothing told yet. Raises ValueError for an example there is not."""
    if not 0 <= example < len(model.dataset):
        raise ValueError(f"example is {example + 1}; expected 1 to {len(model.dataset)}.")
    return State(model, Moment(example=example), told(model, example), level, view or View())


def with_change(model: Model, example: int, **parts: Any) -> Model:
    """The model in which ``x`` or ``y`` of one example is replaced."""
    before = model.changed.get(example) or Changed(model.raw(example), model.target(example))
    changed = replace(before, **{name: frozen(values) for name, values in parts.items()})
    return replace(model, changed=MappingProxyType({**model.changed, example: changed}))
