"""What a user can do: one frozen dataclass each, with its handler right below. Limits are kept here.

A handler takes the state and returns another. It raises ValueError, in words for the user, when it can't.
"""

import math
from abc import abstractmethod
from collections.abc import Hashable
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import ClassVar

import numpy as np

from nnviz.engine.arrays import checked
from nnviz.engine.data import Dataset, scaling
from nnviz.engine.network import Network
from nnviz.engine.propagation import checked_rate
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.story import Level, Story
from nnviz.session.state import (
    FASTEST,
    LARGEST_ZOOM,
    SLOWEST,
    SMALLEST_ZOOM,
    Language,
    Moment,
    State,
    Theme,
    View,
    model_for,
    told,
    with_change,
)

LARGEST_THETA = 1e6
LARGEST_X = 1e12


class Command:
    """Something the user does. ``undoable`` ones change the model; ``title`` is what the menu calls undoing it."""

    undoable: ClassVar[bool] = False
    title: ClassVar[str] = ""

    @abstractmethod
    def do(self, state: State) -> State:
        """The state afterwards; the same object when nothing changes."""

    @property
    def merges(self) -> Hashable | None:
        """Commands in a row with equal keys are undone together, as the turns of one wheel; None: never."""
        return None


# Walking


@dataclass(frozen=True)
class StepForward(Command):
    """One step of *level* (the state's own if None); from the end of an example to the start of the next."""

    level: Level | None = None

    def do(self, state: State) -> State:
        place = state.story.after(state.moment.place, self.level or state.level)
        if place is not None:
            return state.at(replace(state.moment, place=place))
        if state.moment.example + 1 == len(state.model.dataset):
            return replace(state, playing=False) if state.playing else state
        return state.at(replace(state.moment, example=state.moment.example + 1, place=0))


@dataclass(frozen=True)
class StepBack(Command):
    """One step of *level* back; from the start of an example to the end of the one before."""

    level: Level | None = None

    def do(self, state: State) -> State:
        place = state.story.before(state.moment.place, self.level or state.level)
        if state.playing:
            state = replace(state, playing=False)
        if place is not None:
            return state.at(replace(state.moment, place=place))
        if state.moment.example == 0:
            return state
        before = state.at(replace(state.moment, example=state.moment.example - 1))
        return before.at(replace(before.moment, place=before.story.length))


@dataclass(frozen=True)
class Jump(Command):
    """*steps* steps of the present level forward, or back if negative, within this example."""

    steps: int

    def do(self, state: State) -> State:
        stops = state.story.stops(state.level)
        number = state.story.number(state.moment.place, state.level)[0]
        target = max(0, min(number + self.steps, len(stops) - 1))
        return replace(state, playing=False).at(replace(state.moment, place=stops[target]))


@dataclass(frozen=True)
class GoToStep(Command):
    """Step *number* (0 … N, clamped) of the present level."""

    number: int

    def do(self, state: State) -> State:
        stops = state.story.stops(state.level)
        return GoTo(stops[max(0, min(self.number, len(stops) - 1))]).do(state)


@dataclass(frozen=True)
class GoTo(Command):
    """A place of this example's story, clamped; scrubbing sends these."""

    place: int

    def do(self, state: State) -> State:
        return replace(state, playing=False).at(replace(state.moment, place=self.place))


@dataclass(frozen=True)
class GoToSource(Command):
    """The place where the number at *address* is computed; given numbers (x, y, Θ) have none and stay put."""

    address: Address

    def do(self, state: State) -> State:
        place = state.story.first_place(self.address)
        return state if place is None else GoTo(place).do(state)


@dataclass(frozen=True)
class GoToExample(Command):
    """Another example of the pass, from 0, clamped, from its start."""

    example: int

    def do(self, state: State) -> State:
        return replace(state, playing=False).at(Moment(state.moment.iteration, self.example, 0))


@dataclass(frozen=True)
class NextExample(Command):
    """*by* examples on (negative: back), told as far as the present one, so that the two can be compared."""

    by: int = 1

    def do(self, state: State) -> State:
        example = max(0, min(state.moment.example + self.by, len(state.model.dataset) - 1))
        return replace(state, playing=False).at(replace(state.moment, example=example))


@dataclass(frozen=True)
class ShowLevel(Command):
    """How far one step goes."""

    level: Level

    def do(self, state: State) -> State:
        return replace(state, level=self.level)


@dataclass(frozen=True)
class Play(Command):
    """Start playing; at the very end, from the start of this example."""

    def do(self, state: State) -> State:
        if not at_the_end(state):
            return replace(state, playing=True)
        return replace(state.at(replace(state.moment, place=0)), playing=True)


@dataclass(frozen=True)
class Pause(Command):
    """Stop playing; the place stays."""

    def do(self, state: State) -> State:
        return replace(state, playing=False)


def at_the_end(state: State) -> bool:
    """Whether nothing follows: the last place of the last example."""
    last = state.moment.example + 1 == len(state.model.dataset)
    return last and state.moment.place == state.story.length


# Looking


@dataclass(frozen=True)
class PointAt(Command):
    """Light the number at *address* wherever it is shown; None: nothing."""

    address: Address | None

    def do(self, state: State) -> State:
        return state if state.pointed == self.address else replace(state, pointed=self.address)


@dataclass(frozen=True)
class ShowTheme(Command):
    """Light, dark, projector, or as the system has it."""

    theme: Theme

    def do(self, state: State) -> State:
        return _viewed(state, replace(state.view, theme=self.theme))


@dataclass(frozen=True)
class Zoom(Command):
    """Everything larger or smaller; clamped."""

    factor: float

    def do(self, state: State) -> State:
        zoom = max(SMALLEST_ZOOM, min(self.factor, LARGEST_ZOOM))
        return _viewed(state, replace(state.view, zoom=round(zoom, 2)))


@dataclass(frozen=True)
class SetSpeed(Command):
    """Steps a second while playing, 0.1 … 20, clamped."""

    speed: float

    def do(self, state: State) -> State:
        return _viewed(state, replace(state.view, speed=max(SLOWEST, min(self.speed, FASTEST))))


@dataclass(frozen=True)
class ShowLanguage(Command):
    """The language of the line of code."""

    language: Language

    def do(self, state: State) -> State:
        return _viewed(state, replace(state.view, language=self.language))


@dataclass(frozen=True)
class ShowDigits(Command):
    """Digits after the decimal point, 1 … 6, clamped."""

    digits: int

    def do(self, state: State) -> State:
        return _viewed(state, replace(state.view, digits=max(1, min(self.digits, 6))))


@dataclass(frozen=True)
class ReduceMotion(Command):
    """Whether numbers appear at once instead of travelling."""

    reduced: bool

    def do(self, state: State) -> State:
        return _viewed(state, replace(state.view, reduced_motion=self.reduced))


def _viewed(state: State, view: View) -> State:
    return state if view == state.view else replace(state, view=view)


# Changing the model: all of this can be undone


@dataclass(frozen=True)
class SetTheta(Command):
    """Θ⁽ˡ⁾ at *row*, *column* becomes *value*, within ±10⁶."""

    layer: int
    row: int
    column: int
    value: float
    undoable = True
    title = "Change of Θ"

    def do(self, state: State) -> State:
        value = _within(f"Θ⁽{self.layer}⁾", self.value, LARGEST_THETA)
        if value == state.model.network.theta(self.layer)[self.row - 1, self.column]:
            return state
        network = state.model.network.with_theta(self.layer, self.row, self.column, value)
        return state.of(replace(state.model, network=network))

    @property
    def merges(self) -> Hashable:
        return self.title, self.layer, self.row, self.column


@dataclass(frozen=True)
class SetInput(Command):
    """Feature *feature* (from 1) of the present example becomes *value*, in the data's units."""

    feature: int
    value: float
    undoable = True
    title = "Change of x"

    def do(self, state: State) -> State:
        example = state.moment.example
        x = np.array(state.model.raw(example))
        index = _chosen("feature", self.feature, 1, len(x)) - 1
        value = _within(state.model.dataset.feature_names[index], self.value, LARGEST_X)
        if value == x[index]:
            return state
        x[index] = value
        return state.of(with_change(state.model, example, x=x))

    @property
    def merges(self) -> Hashable:
        return self.title, self.feature


@dataclass(frozen=True)
class SetClass(Command):
    """The present example belongs to class *label* (from 0, an index into the class names)."""

    label: int
    undoable = True
    title = "Change of y"

    def do(self, state: State) -> State:
        outputs = state.model.dataset.outputs
        label = _chosen("label", self.label, 0, len(state.model.dataset.class_names) - 1)
        y = np.array([float(label)]) if outputs == 1 else np.eye(outputs)[label]
        if np.array_equal(y, state.model.target(state.moment.example)):
            return state
        return state.of(with_change(state.model, state.moment.example, y=y))


@dataclass(frozen=True)
class SetHidden(Command):
    """Hidden layers of these sizes (none: logistic regression); Θ is drawn anew from the seed."""

    sizes: tuple[int, ...]
    undoable = True
    title = "Change of layers"

    def do(self, state: State) -> State:
        model = state.model
        sizes = (model.dataset.features, *self.sizes, model.dataset.outputs)
        if sizes == model.network.sizes:
            return state
        fresh = model_for(model.dataset, seed=model.seed, sizes=sizes, activation=model.network.activation_name)
        return state.of(replace(model, network=fresh.network, start=fresh.start))


@dataclass(frozen=True)
class SetActivation(Command):
    """The activation of the hidden layers; Θ stays."""

    name: str
    undoable = True
    title = "Change of activation"

    def do(self, state: State) -> State:
        model = state.model
        if self.name == model.network.activation_name:
            return state
        network, start = model.network.with_activation(self.name), model.start.with_activation(self.name)
        return state.of(replace(model, network=network, start=start))


@dataclass(frozen=True)
class SetSeed(Command):
    """Draw Θ anew from another seed."""

    seed: int
    undoable = True
    title = "New start"

    def do(self, state: State) -> State:
        network = Network.random(
            state.model.network.sizes, seed=self.seed, activation=state.model.network.activation_name
        )
        return state.of(replace(state.model, network=network, start=network, seed=self.seed))


@dataclass(frozen=True)
class SetLambda(Command):
    """The weight decay λ ≥ 0."""

    value: float
    undoable = True
    title = "Change of λ"

    def do(self, state: State) -> State:
        value = checked_rate("λ", self.value)
        return state if value == state.model.lambda_ else state.of(replace(state.model, lambda_=value))

    @property
    def merges(self) -> Hashable:
        return self.title


@dataclass(frozen=True)
class SetLearningRate(Command):
    """The learning rate α ≥ 0."""

    value: float
    undoable = True
    title = "Change of α"

    def do(self, state: State) -> State:
        value = checked_rate("α", self.value)
        return state if value == state.model.learning_rate else state.of(replace(state.model, learning_rate=value))

    @property
    def merges(self) -> Hashable:
        return self.title


@dataclass(frozen=True)
class SetScaling(Command):
    """How raw features become inputs: a row of the table of scalings."""

    name: str
    undoable = True
    title = "Change of scaling"

    def do(self, state: State) -> State:
        name = scaling(self.name).name
        return state if name == state.model.scaling else state.of(replace(state.model, scaling=name))


@dataclass(frozen=True, eq=False)
class ChooseData(Command):
    """Other data, with a network that fits them, from the same seed; *example* is clamped."""

    dataset: Dataset
    example: int = 0
    undoable = True
    title = "Choice of data"

    def do(self, state: State) -> State:
        model = model_for(self.dataset, seed=state.model.seed)
        other = replace(model, lambda_=state.model.lambda_, learning_rate=state.model.learning_rate)
        example = max(0, min(self.example, len(self.dataset) - 1))
        story, moment = told(other, example), Moment(example=example)
        return replace(state, model=other, story=story, moment=moment, playing=False, pointed=None)


@dataclass(frozen=True)
class Reset(Command):
    """Back to the very same start: Θ as it was first, examples as they came, nothing told."""

    undoable = True
    title = "Reset"

    def do(self, state: State) -> State:
        model = state.model
        if model.network is not model.start or model.changed:
            state = state.of(replace(model, network=model.start, changed=MappingProxyType({})))
        return replace(state, playing=False).at(replace(state.moment, place=0))


def _chosen(name: str, number: int, first: int, last: int) -> int:
    if not first <= number <= last:
        raise ValueError(f"{name} is {number}; expected {first} to {last}.")
    return number


def _within(name: str, value: float, bound: float) -> float:
    number = float(checked(name, value, ()))
    if math.fabs(number) > bound:
        raise ValueError(f"{name} is {number:g}; expected a number between −{bound:g} and {bound:g}.")
    return number


def editable(story: Story, address: Address) -> bool:
    """Whether the number at *address* is the user's to set: Θ and the inputs."""
    if address.symbol is Symbol.THETA:
        return address.column is not None
    return address.symbol is Symbol.A and address.layer == 1 and address.row > 0
