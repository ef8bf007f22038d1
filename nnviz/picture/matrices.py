"""A step's whole layer at once: the matrices of its formula, with the row in use framed. Large ones are folded."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

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

MOST_ROWS = 10
MOST_COLUMNS = 12

Scale = Literal["signed", "activation", "cost"]
_SCALES: dict[Symbol, Scale] = {Symbol.A: "activation", Symbol.Y: "activation", Symbol.COST: "cost"}


@dataclass(frozen=True)
class Frame:
    """The part of a matrix that the step uses: rows and columns from 0."""

    rows: range
    columns: range


@dataclass(frozen=True, eq=False)
class Matrix:
    """A matrix as it is to be drawn: ``values`` is read-only, of shape (rows, columns); indices count from 0.

    ``address(i, j)`` is None for an entry that is only there to fit (a 0 in the bias column). ``known(i, j)`` says
    whether it has been told; the others are drawn empty. ``cell`` is the entry of the term being told.
    ``scale`` says how values become colours: by sign, or from 0 as activations or costs, which have none.
    A D that is not ours has ``theirs``, which knows what differs; its values need not be finite.
    """

    title: Formula
    values: Array
    address: Callable[[int, int], Address | None]
    known: Callable[[int, int], bool]
    scale: Scale
    frame: Frame | None = None
    cell: tuple[int, int] | None = None
    theirs: Theirs | None = None

    @property
    def rows(self) -> int:
        """How many rows it has, hidden ones included."""
        return int(self.values.shape[0])

    @property
    def columns(self) -> int:
        """How many columns it has, hidden ones included."""
        return int(self.values.shape[1])

    @property
    def largest(self) -> float:
        """The largest finite |value|, told or not, so that colours stay as they are while the story goes on."""
        return float(np.abs(self.values[np.isfinite(self.values)]).max(initial=0.0))

    def shown_rows(self, most: int = MOST_ROWS) -> tuple[int | None, ...]:
        """The rows to draw, at most so many; None stands for those that are left out."""
        return folded(self.rows, most, self._kept(0))

    def shown_columns(self, most: int = MOST_COLUMNS) -> tuple[int | None, ...]:
        """The columns to draw, at most so many; None stands for those that are left out."""
        return folded(self.columns, most, self._kept(1))

    def _kept(self, axis: int) -> int | None:
        if self.cell is not None:
            return self.cell[axis]
        if self.frame is None:
            return None
        used = (self.frame.rows, self.frame.columns)[axis]
        return used[0] if len(used) == 1 else None


@dataclass(frozen=True)
class Operator:
    """What stands between two matrices."""

    text: str


Part = Matrix | Operator


def folded(count: int, most: int, kept: int | None = None) -> tuple[int | None, ...]:
    """At most *most* (≥ 9) of 0 … *count* − 1, with None for a gap: the first, the last two, those near *kept*."""
    if count <= most:
        return tuple(range(count))
    head, tail = range(most - 3), range(count - 2, count)
    chosen = {*head, *tail}
    if kept is not None and kept not in chosen:
        near = range(kept - 1, kept + 2)
        chosen = {*range(most - 7), *near, *tail}
    shown: list[int | None] = []
    for before, index in pairwise((-1, *sorted(chosen))):
        shown += [index] if index == before + 1 else [None, index]
    return tuple(shown)


def matrices(story: Story, place: int, theirs: Theirs | None = None) -> tuple[Part, ...]:
    """The formula of the step at *place*, for its whole layer; at the start x and y. That of *theirs* follows D."""
    telling = story.telling(place)
    if telling is None:
        return _given(_Scene(story, place, None))
    scene, step = _Scene(story, place, telling), telling.step
    parts = _PARTS[type(step)](scene, step)
    return parts if theirs is None or not isinstance(step, Gradient) else (*parts, *_beside(scene, step, theirs))


@dataclass(frozen=True, eq=False)
class _Scene:
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

        scale = _SCALES.get(symbol, "signed")
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


def _given(scene: _Scene) -> tuple[Part, ...]:
    trace = scene.story.trace
    return (
        scene.vector(x(), Symbol.A, 1, trace.a[0], None),
        Operator("→"),
        scene.vector(y(), Symbol.Y, trace.network.layers, trace.y, None),
    )


def _activate(scene: _Scene, step: Step) -> tuple[Part, ...]:
    trace, layer = scene.story.trace, step.layer
    weights = trace.network.theta(layer - 1)
    return (
        scene.weights(theta(layer - 1), Symbol.THETA, step, weights),
        Operator("·"),
        scene.inputs(layer - 1),
        Operator("="),
        scene.units(z(layer), Symbol.Z, layer, trace.z[layer - 1], step),
        Operator("g →"),
        scene.units(a(layer), Symbol.A, layer, trace.a[layer - 1], step),
    )


def _output_cost(scene: _Scene, step: Step) -> tuple[Part, ...]:
    trace = scene.story.trace
    return (
        scene.units(y(), Symbol.Y, step.layer, trace.y, step),
        Operator(","),
        scene.units(h(), Symbol.A, step.layer, trace.h, step),
        Operator("→"),
        scene.units(words("cost"), Symbol.COST, step.layer, trace.costs, step),
    )


def _example_cost(scene: _Scene, step: Step) -> tuple[Part, ...]:
    trace = scene.story.trace
    costs = scene.vector(words("cost"), Symbol.COST, step.layer, trace.costs, None)
    if scene.term is not None:
        costs = _with_cell(costs, scene.term, 0)
    total = Address(Symbol.J, step.layer)
    J = Matrix(
        words("cost(i)"),
        sealed(np.array([[trace.cost]])),
        lambda i, j: total,
        lambda i, j: scene.story.known(total, scene.place),
        "cost",
        Frame(range(1), range(1)),
    )
    return Operator("Σ"), costs, Operator("="), J


def _output_error(scene: _Scene, step: Step) -> tuple[Part, ...]:
    trace, layer = scene.story.trace, step.layer
    return (
        scene.units(a(layer), Symbol.A, layer, trace.h, step),
        Operator(MINUS),
        scene.units(y(), Symbol.Y, layer, trace.y, step),
        Operator("="),
        scene.units(delta(layer), Symbol.DELTA, layer, trace.delta[layer - 1], step),
    )


def _transposed(scene: _Scene, step: Step) -> Matrix:
    """(Θ⁽ˡ⁾)ᵀ without the bias column's row; so the bias unit's own step has nothing framed here."""
    layer, used = step.layer, step.unit - 1
    values = scene.story.trace.network.theta(layer)[:, 1:].T
    in_use = step.unit > 0
    return Matrix(
        transpose(theta(layer)),
        values,
        lambda i, j: Address(Symbol.THETA, layer, j + 1, i + 1),
        lambda i, j: True,
        "signed",
        Frame(range(used, used + 1), range(values.shape[1])) if in_use else None,
        (used, scene.term) if in_use and scene.term is not None else None,
    )


def _following(scene: _Scene, step: Step) -> Matrix:
    """δ of the next layer."""
    following = step.layer + 1
    errors = scene.story.trace.delta[following - 1]
    column = scene.vector(delta(following), Symbol.DELTA, following, errors, None)
    return column if scene.term is None else _with_cell(column, scene.term, 0)


def _hidden_error(scene: _Scene, step: Step) -> tuple[Part, ...]:
    trace, layer = scene.story.trace, step.layer
    return (
        _transposed(scene, step),
        Operator("·"),
        _following(scene, step),
        Operator(".*"),
        scene.units(g_prime(z(layer)), Symbol.SLOPE, layer, trace.slope[layer - 1], step),
        Operator("="),
        scene.units(delta(layer), Symbol.DELTA, layer, trace.delta[layer - 1], step),
    )


def _accumulate(scene: _Scene, step: Step) -> tuple[Part, ...]:
    trace, layer = scene.story.trace, step.layer
    inputs = trace.with_bias(layer)
    across = Matrix(
        transpose(a(layer)),
        inputs[None, :],
        lambda i, j: Address(Symbol.A, layer, j),
        lambda i, j: True,
        "activation",
        None,
        None if scene.term is None else (0, scene.term),
    )
    errors = trace.delta[layer]
    return (
        scene.weights(accumulator(layer), Symbol.ACCUMULATOR_BEFORE, step, trace.accumulator_before[layer - 1]),
        Operator("+"),
        scene.vector(delta(layer + 1), Symbol.DELTA, layer + 1, errors, step.unit - 1),
        Operator("·"),
        across,
        Operator("="),
        scene.weights(
            row(words("new "), accumulator(layer)),
            Symbol.ACCUMULATOR,
            step,
            trace.accumulator[layer - 1],
        ),
    )


def _gradient(scene: _Scene, step: Step) -> tuple[Part, ...]:
    trace, layer = scene.story.trace, step.layer
    return (
        Operator("("),
        scene.weights(accumulator(layer), Symbol.ACCUMULATOR, step, trace.accumulator[layer - 1]),
        Operator("+ λ"),
        _without_bias(scene.weights(row(words("0, "), theta(layer)), Symbol.THETA, step, trace.network.theta(layer))),
        Operator(") / m"),
        Operator("="),
        scene.weights(gradient(layer), Symbol.D, step, trace.epoch.D[layer - 1]),
    )


def _beside(scene: _Scene, step: Step, theirs: Theirs) -> tuple[Part, ...]:
    """The student's D."""
    matrix = scene.weights(row(words("your "), gradient(step.layer)), Symbol.D, step, theirs.D[step.layer - 1])
    return Operator(","), replace(matrix, theirs=theirs)


def _without_bias(matrix: Matrix) -> Matrix:
    """Θ with zeros for its bias column, which is not regularised."""
    values = np.array(matrix.values)
    values[:, 0] = 0.0
    return Matrix(
        matrix.title,
        sealed(values),
        lambda i, j: matrix.address(i, j) if j else None,
        matrix.known,
        matrix.scale,
        matrix.frame,
        matrix.cell,
    )


def _update(scene: _Scene, step: Step) -> tuple[Part, ...]:
    trace, layer = scene.story.trace, step.layer
    return (
        scene.weights(theta(layer), Symbol.THETA, step, trace.network.theta(layer)),
        Operator("− α"),
        scene.weights(gradient(layer), Symbol.D, step, trace.epoch.D[layer - 1]),
        Operator("="),
        scene.weights(row(words("new "), theta(layer)), Symbol.THETA_NEW, step, trace.epoch.updated.theta(layer)),
    )


_PARTS: dict[type[Step], Callable[[_Scene, Step], tuple[Part, ...]]] = {
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
