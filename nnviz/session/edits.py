"""The commands that change the model; all of them can be undone. Limits are kept here."""

import math
from collections.abc import Hashable
from dataclasses import replace
from typing import Any

import numpy as np

from nnviz.engine.arrays import checked
from nnviz.engine.data import Dataset, scaling
from nnviz.engine.network import Network
from nnviz.engine.propagation import checked_rate
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import Phase
from nnviz.engine.story import Level, Story
from nnviz.session.command import Command
from nnviz.session.examples import Examples
from nnviz.session.model import Model, ends, model_for, refuse_too_large
from nnviz.session.moment import Moment, Training
from nnviz.session.state import State, told

LARGEST_THETA = 1e6
LARGEST_X = 1e12


class SetTheta(Command):
    """Θ⁽ˡ⁾ at *row*, *column* becomes *value*, within ±10⁶."""

    layer: int
    row: int
    column: int
    value: float
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


class SetInput(Command):
    """Feature *feature* (from 1) of the present example becomes *value*, in the data's units."""

    feature: int
    value: float
    title = "Change of x"

    def do(self, state: State) -> State:
        example = state.moment.example
        x = np.array(state.model.raw(example))
        index = chosen("feature", self.feature, 1, len(x)) - 1
        value = _within(state.model.dataset.feature_names[index], self.value, LARGEST_X)
        if value == x[index]:
            return state
        x[index] = value
        return state.of(state.model.with_change(example, x=x))

    @property
    def merges(self) -> Hashable:
        return self.title, self.feature


class SetClass(Command):
    """The present example belongs to class *label* (from 0, an index into the class names)."""

    label: int
    title = "Change of y"

    def do(self, state: State) -> State:
        outputs = state.model.dataset.outputs
        label = chosen("label", self.label, 0, len(state.model.dataset.class_names) - 1)
        y = np.array([float(label)]) if outputs == 1 else np.eye(outputs)[label]
        if np.array_equal(y, state.model.target(state.moment.example)):
            return state
        return state.of(state.model.with_change(state.moment.example, y=y))


class SetHidden(Command):
    """Hidden layers of these sizes (none: logistic regression); Θ is drawn anew from the seed."""

    sizes: tuple[int, ...]
    title = "Change of layers"

    def do(self, state: State) -> State:
        model = state.model
        sizes = (model.dataset.features, *self.sizes, model.dataset.outputs)
        if sizes == model.network.sizes:
            return state
        fresh = model_for(
            model.dataset,
            seed=model.seed,
            sizes=sizes,
            activation=model.network.activation_name,
            initialiser=model.initialiser,
        )
        return state.of(replace(model, network=fresh.network, start=fresh.start))


class SetNetwork(Command):
    """Another Θ for the same data, of any hidden layers; reset returns to it."""

    network: Network
    title = "Θ from a file"

    def do(self, state: State) -> State:
        dataset = state.model.dataset
        if (self.network.sizes[0], self.network.sizes[-1]) != (dataset.features, dataset.outputs):
            raise ValueError(
                f"This Θ is of a network {'-'.join(map(str, self.network.sizes))}; the data {dataset.title} need "
                f"{ends(dataset)}."
            )
        refuse_too_large(self.network.sizes)
        return state.of(replace(state.model, network=self.network, start=self.network))


class SetActivation(Command):
    """The activation of the hidden layers; Θ stays."""

    name: str
    title = "Change of activation"

    def do(self, state: State) -> State:
        model = state.model
        if self.name == model.network.activation_name:
            return state
        network, start = model.network.with_activation(self.name), model.start.with_activation(self.name)
        return state.of(replace(model, network=network, start=start))


class SetSeed(Command):
    """Draw Θ anew from another seed."""

    seed: int
    title = "New start"

    def do(self, state: State) -> State:
        return state.of(_drawn(state.model, self.seed, state.model.initialiser))


class DrawNext(Command):
    """Draw Θ anew from the next seed."""

    title = "New start"

    def do(self, state: State) -> State:
        return SetSeed(state.model.seed + 1).do(state)


class SetInitialiser(Command):
    """Draw Θ anew in another way: a row of the table of initialisers."""

    name: str
    title = "New start"

    def do(self, state: State) -> State:
        model = state.model
        return state if self.name == model.initialiser else state.of(_drawn(model, model.seed, self.name))


class SetLambda(Command):
    """The weight decay λ ≥ 0."""

    value: float
    title = "Change of λ"

    def do(self, state: State) -> State:
        return trained_by(state, lambda_=checked_rate("λ", self.value))

    @property
    def merges(self) -> Hashable:
        return self.title


class SetLearningRate(Command):
    """The learning rate α ≥ 0."""

    value: float
    title = "Change of α"

    def do(self, state: State) -> State:
        return trained_by(state, learning_rate=checked_rate("α", self.value))

    @property
    def merges(self) -> Hashable:
        return self.title


class SetScaling(Command):
    """How raw features become inputs: a row of the table of scalings."""

    name: str
    title = "Change of scaling"

    def do(self, state: State) -> State:
        return learning_from(state, scaling=scaling(self.name).name)


class ChooseData(Command):
    """Other data, with a network that fits them, from the same seed; *example* is clamped.

    *prepared* may be ``examples.prepared(dataset)``: of large data it saves the screen half a second.
    """

    dataset: Dataset
    example: int = 0
    prepared: Examples | None = None
    title = "Choice of data"

    def do(self, state: State) -> State:
        model = replace(model_for(self.dataset, seed=state.model.seed), recipe=state.model.recipe)
        if self.prepared is not None:
            model = replace(model, examples=self.prepared)
        example = max(0, min(self.example, len(self.dataset) - 1))
        return replace(
            state,
            model=model,
            story=told(model, example),
            moment=Moment(example=example),
            training=Training(),
            playing=False,
            pointed=None,
            scores=None,
        )


class LoadCase(Command):
    """Step through the smallest case in which the student's code is wrong."""

    title = "Case of your code"

    def do(self, state: State) -> State:
        case = state.own and state.own.case
        if case is None:
            raise ValueError("There is no case in which your code is wrong.")
        there = ChooseData(case.dataset).do(state)
        recipe = replace(there.model.recipe, lambda_=case.lambda_, batch=None, fault=None, hidden=False)
        return there.of(replace(there.model, recipe=recipe))


class StepToWrong(Command):
    """Tell the story of the student's case up to the first row of D, or by terms the first entry, that differs.

    If none does but J, up to J, which is told with the cost of the last example.
    """

    title = LoadCase.title

    def do(self, state: State) -> State:
        if state.theirs is None:
            state = LoadCase().do(state)
        theirs = state.theirs
        wrong = () if theirs is None else theirs.differing()
        if theirs is None or (not wrong and theirs.cost_agrees):
            raise ValueError("Your J and every entry of your D are right.")
        last = len(state.model.dataset) - 1  # a case is learnt from whole
        there = replace(state, tool="step", playing=False).at(state.moment._replace(example=last, place=0))
        if not wrong:
            costs = next(span for span in there.story.phases if span.phase is Phase.COST)
            return there.at(there.moment._replace(place=costs.stop))
        first = wrong[0] if state.level is Level.TERM else wrong[0]._replace(column=None)
        return there.at(there.moment._replace(place=there.story.first_place(first) or 0))


class Reset(Command):
    """Back to the very same start: Θ as it was first, examples as they came, nothing told."""

    title = "Reset"

    def do(self, state: State) -> State:
        model = state.model
        if model.network is not model.start or model.changed or state.training.run is not None:
            state = state.of(replace(model, network=model.start, examples=model.examples.as_they_came()))
        return replace(state, playing=False).at(state.moment._replace(place=0))


def chosen(name: str, number: int, first: int, last: int) -> int:
    """*number*, if it is from *first* to *last*. Raises ValueError otherwise."""
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


def _drawn(model: Model, seed: int, initialiser: str) -> Model:
    """The model with Θ drawn anew."""
    sizes, activation = model.network.sizes, model.network.activation_name
    network = Network.start(initialiser, sizes, seed=seed, activation=activation)
    return replace(model, network=network, start=network, seed=seed, initialiser=initialiser)


def trained_by(state: State, **settings: Any) -> State:
    """The state with other *settings* in its recipe; the same state if they are what they were."""
    recipe = replace(state.model.recipe, **settings)
    return state if recipe == state.model.recipe else state.trained_by(recipe)


def learning_from(state: State, **settings: Any) -> State:
    """The state with other *settings* of its examples; the same state if they are what they were."""
    examples = state.model.examples
    if all(getattr(examples, name) == value for name, value in settings.items()):
        return state
    return state.of(replace(state.model, examples=replace(examples, **settings)))
