"""The matrices of a step's formula, for its whole layer at once: a row for each kind of step."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from nnviz.engine.arrays import Array, sealed
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import (
    Accumulate,
    Activate,
    BiasError,
    ExampleCost,
    Gradient,
    HiddenError,
    OutputCost,
    OutputError,
    Step,
    Update,
)
from nnviz.engine.story import Story, Telling
from nnviz.engine.theirs import Theirs
from nnviz.picture.markup import Formula
from nnviz.picture.matrix import SCALES, Frame, Matrix, Operator, Part
from nnviz.picture.notation import (
    a,
    accumulator,
    delta,
    g_prime,
    gradient,
    group,
    h,
    row,
    theta,
    transpose,
    words,
    x,
    y,
    z,
)
from nnviz.picture.numbers import MINUS


@dataclass(frozen=True, eq=False)
class Place:
    """Where the story stands, and the matrices that are made of it."""

    story: Story
    place: int
    telling: Telling | None

    @property
    def term(self) -> int | None:
        """The index of the term being told, None once the step is complete."""
        if self.telling is None or self.telling.complete:
            return None
        return self.telling.terms - 1

    def vector(
        self, title: Formula, symbol: Symbol, layer: int, values: Array, used: int | None, *, first: int = 1
    ) -> Matrix:
        """A column of the units *first*, … of *layer*; *used* is the index to frame, from 0."""

        def address(i: int, _: int) -> Address:
            return Address(symbol, layer, i + first)

        scale = SCALES.get(symbol, "signed")
        frame = None if used is None else Frame(range(used, used + 1), range(1))
        return Matrix(title, values[:, None], address, self._known(address), scale, frame)

    def units(self, title: Formula, symbol: Symbol, layer: int, values: Array, step: Step) -> Matrix:
        """A column of a layer's units, the step's own framed."""
        return self.vector(title, symbol, layer, values, step.unit - 1 if step.unit else None)

    def inputs(self, layer: int) -> Matrix:
        """(1, a), the entry of the term being told marked."""
        title = group(words("1;"), a(layer))
        column = self.vector(title, Symbol.A, layer, self.story.trace.with_bias(layer), None, first=0)
        return column if self.term is None else _with_cell(column, self.term, 0)

    def weights(self, title: Formula, symbol: Symbol, step: Step, values: Array) -> Matrix:
        """A matrix of Θ⁽ˡ⁾'s shape, the step's row framed; Δ, D and the new Θ fill row by row."""
        layer = step.layer - 1 if isinstance(step, Activate) else step.layer

        def address(i: int, j: int) -> Address:
            return Address(symbol, layer, i + 1, j)

        frame = Frame(range(step.unit - 1, step.unit), range(values.shape[1]))
        cell = None if self.term is None else (step.unit - 1, self.term)
        return Matrix(title, values, address, self._filled(symbol, layer), "signed", frame, cell)

    def _known(self, address: Callable[[int, int], Address]) -> Callable[[int, int], bool]:
        return lambda i, j: self.story.known(address(i, j), self.place)

    def _filled(self, symbol: Symbol, layer: int) -> Callable[[int, int], bool]:
        """As ``_known``, with one look into the story for a whole row: its entries are told one after the other."""
        starts: dict[int, int | None] = {}

        def known(i: int, j: int) -> bool:
            if i not in starts:
                starts[i] = self.story.first_place(Address(symbol, layer, i + 1, 0))
            start = starts[i]
            return start is None or start + j <= self.place

        return known


def _with_cell(matrix: Matrix, i: int, j: int) -> Matrix:
    return Matrix(matrix.title, matrix.values, matrix.address, matrix.known, matrix.scale, matrix.frame, (i, j))


def given(place: Place) -> tuple[Part, ...]:
    trace = place.story.trace
    return (
        place.vector(x(), Symbol.A, 1, trace.a[0], None),
        Operator("→"),
        place.vector(y(), Symbol.Y, trace.network.layers, trace.y, None),
    )


def _activate(place: Place, step: Step) -> tuple[Part, ...]:
    trace, layer = place.story.trace, step.layer
    weights = trace.network.theta(layer - 1)
    return (
        place.weights(theta(layer - 1), Symbol.THETA, step, weights),
        Operator("·"),
        place.inputs(layer - 1),
        Operator("="),
        place.units(z(layer), Symbol.Z, layer, trace.z[layer - 1], step),
        Operator("g →"),
        place.units(a(layer), Symbol.A, layer, trace.a[layer - 1], step),
    )


def _output_cost(place: Place, step: Step) -> tuple[Part, ...]:
    trace = place.story.trace
    return (
        place.units(y(), Symbol.Y, step.layer, trace.y, step),
        Operator(","),
        place.units(h(), Symbol.A, step.layer, trace.h, step),
        Operator("→"),
        place.units(words("cost"), Symbol.COST, step.layer, trace.costs, step),
    )


def _example_cost(place: Place, step: Step) -> tuple[Part, ...]:
    trace = place.story.trace
    costs = place.vector(words("cost"), Symbol.COST, step.layer, trace.costs, None)
    if place.term is not None:
        costs = _with_cell(costs, place.term, 0)
    at = Address(Symbol.EXAMPLE_COST, step.layer)
    total = Matrix(
        words("cost(i)"),
        sealed(np.array([[trace.cost]])),
        lambda i, j: at,
        lambda i, j: place.story.known(at, place.place),
        "cost",
        Frame(range(1), range(1)),
    )
    return Operator("Σ"), costs, Operator("="), total


def _output_error(place: Place, step: Step) -> tuple[Part, ...]:
    trace, layer = place.story.trace, step.layer
    return (
        place.units(a(layer), Symbol.A, layer, trace.h, step),
        Operator(MINUS),
        place.units(y(), Symbol.Y, layer, trace.y, step),
        Operator("="),
        place.units(delta(layer), Symbol.DELTA, layer, trace.delta[layer - 1], step),
    )


def _transposed(place: Place, step: Step) -> Matrix:
    """(Θ⁽ˡ⁾)ᵀ without the bias column's row; so the bias unit's own step has nothing framed here."""
    layer, used = step.layer, step.unit - 1
    values = place.story.trace.network.theta(layer)[:, 1:].T
    in_use = step.unit > 0
    return Matrix(
        transpose(theta(layer)),
        values,
        lambda i, j: Address(Symbol.THETA, layer, j + 1, i + 1),
        lambda i, j: True,
        "signed",
        Frame(range(used, used + 1), range(values.shape[1])) if in_use else None,
        (used, place.term) if in_use and place.term is not None else None,
    )


def following(place: Place, step: Step) -> Matrix:
    """δ of the next layer."""
    following = step.layer + 1
    errors = place.story.trace.delta[following - 1]
    column = place.vector(delta(following), Symbol.DELTA, following, errors, None)
    return column if place.term is None else _with_cell(column, place.term, 0)


def _hidden_error(place: Place, step: Step) -> tuple[Part, ...]:
    trace, layer = place.story.trace, step.layer
    return (
        _transposed(place, step),
        Operator("·"),
        following(place, step),
        Operator(".*"),
        place.units(g_prime(z(layer)), Symbol.SLOPE, layer, trace.slope[layer - 1], step),
        Operator("="),
        place.units(delta(layer), Symbol.DELTA, layer, trace.delta[layer - 1], step),
    )


def _accumulate(place: Place, step: Step) -> tuple[Part, ...]:
    trace, layer = place.story.trace, step.layer
    inputs = trace.with_bias(layer)
    across = Matrix(
        transpose(a(layer)),
        inputs[None, :],
        lambda i, j: Address(Symbol.A, layer, j),
        lambda i, j: True,
        "activation",
        None,
        None if place.term is None else (0, place.term),
    )
    errors = trace.delta[layer]
    return (
        place.weights(accumulator(layer), Symbol.ACCUMULATOR_BEFORE, step, trace.accumulator_before[layer - 1]),
        Operator("+"),
        place.vector(delta(layer + 1), Symbol.DELTA, layer + 1, errors, step.unit - 1),
        Operator("·"),
        across,
        Operator("="),
        place.weights(
            row(words("new "), accumulator(layer)),
            Symbol.ACCUMULATOR,
            step,
            trace.accumulator[layer - 1],
        ),
    )


def _gradient(place: Place, step: Step) -> tuple[Part, ...]:
    trace, layer = place.story.trace, step.layer
    return (
        Operator("("),
        place.weights(accumulator(layer), Symbol.ACCUMULATOR, step, trace.accumulator[layer - 1]),
        Operator("+ λ"),
        without_bias(
            place.weights(theta(layer), Symbol.THETA, step, trace.network.theta(layer)), row(words("0, "), theta(layer))
        ),
        Operator(") / m"),
        Operator("="),
        place.weights(gradient(layer), Symbol.D, step, trace.epoch.D[layer - 1]),
    )


def beside(place: Place, step: Step, theirs: Theirs) -> tuple[Part, ...]:
    """The student's D."""
    matrix = place.weights(row(words("your "), gradient(step.layer)), Symbol.D, step, theirs.D[step.layer - 1])
    return Operator(","), replace(matrix, theirs=theirs)


def without_bias(matrix: Matrix, title: Formula) -> Matrix:
    """Θ with zeros for its bias column, which is not regularised."""
    values = np.array(matrix.values)
    values[:, 0] = 0.0
    return Matrix(
        title,
        sealed(values),
        lambda i, j: matrix.address(i, j) if j else None,
        matrix.known,
        matrix.scale,
        matrix.frame,
        matrix.cell,
    )


def _update(place: Place, step: Step) -> tuple[Part, ...]:
    trace, layer = place.story.trace, step.layer
    return (
        place.weights(theta(layer), Symbol.THETA, step, trace.network.theta(layer)),
        Operator("− α"),
        place.weights(gradient(layer), Symbol.D, step, trace.epoch.D[layer - 1]),
        Operator("="),
        place.weights(row(words("new "), theta(layer)), Symbol.THETA_NEW, step, trace.epoch.updated.theta(layer)),
    )


PARTS: dict[type[Step], Callable[[Place, Step], tuple[Part, ...]]] = {
    Activate: _activate,
    OutputCost: _output_cost,
    ExampleCost: _example_cost,
    OutputError: _output_error,
    HiddenError: _hidden_error,
    BiasError: _hidden_error,
    Accumulate: _accumulate,
    Gradient: _gradient,
    Update: _update,
}
