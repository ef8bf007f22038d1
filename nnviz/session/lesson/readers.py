"""What live values and tasks can read of the state: one row of a table for each name."""

import math
from collections.abc import Callable, Collection
from typing import Any

import numpy as np

from nnviz.engine.cost import Cost
from nnviz.engine.faults import FAULTS
from nnviz.engine.initialise import INITIALISERS
from nnviz.engine.methods import METHODS
from nnviz.engine.propagation import accuracy, cost
from nnviz.engine.quantities import MATRICES, Address, Symbol
from nnviz.engine.slopes import WAYS
from nnviz.engine.steps import Phase
from nnviz.engine.story import Level
from nnviz.session.checking import chosen, present
from nnviz.session.lesson import around
from nnviz.session.lesson.acts import TOOLS
from nnviz.session.lesson.expression import Signature, Value
from nnviz.session.lesson.once import once
from nnviz.session.state import State


def _quantity(symbol: Symbol) -> Callable[..., Value]:
    """A number of the story by its layer, unit and, in a matrix, column; told or not."""

    def read(state: State, layer: int, row: int = 0, column: int | None = None) -> Value:
        last = len(state.model.network.sizes)
        if symbol in (Symbol.Y, Symbol.COST):
            layer, row = last, layer
        address = Address(symbol, int(layer), int(row), None if column is None else int(column))
        return state.story.trace.quantity(address).value

    return read


def _known(state: State, symbol: str, layer: int, row: int | None = None, column: int | None = None) -> Value:
    """Whether a number has been told; of a layer, whether all of them have."""
    kind = _SYMBOLS[symbol]
    if _size(state, int(layer)) is None:
        return None
    if row is not None:
        return state.story.known(
            Address(kind, int(layer), int(row), None if column is None else int(column)), state.moment.place
        )
    units = range(1, state.model.network.sizes[int(layer) - 1 + (kind in MATRICES)] + 1)
    last = state.model.network.sizes[int(layer) - 1] if kind in MATRICES else None
    return all(state.story.known(Address(kind, int(layer), unit, last), state.moment.place) for unit in units)


_SYMBOLS = {
    "a": Symbol.A,
    "z": Symbol.Z,
    "delta": Symbol.DELTA,
    "cost": Symbol.COST,
    "sum": Symbol.WEIGHTED,
    "Delta": Symbol.ACCUMULATOR,
    "D": Symbol.D,
    "newtheta": Symbol.THETA_NEW,
}


def _size(state: State, layer: int) -> Value:
    if not 1 <= layer <= len(state.model.network.sizes):
        return None
    return state.model.network.sizes[int(layer) - 1]


def _J(state: State, iteration: int | None = None) -> Value:
    """J now, or after so many iterations of the present run."""
    run = state.training.run
    if iteration is None:
        return _cost(state).total
    if run is None or not 0 <= iteration <= state.training.reached or iteration >= run.history.length:
        return None
    return run.history.cost_at(int(iteration)).total


def _decay(state: State) -> Value:
    """The second half of J, λ/2m Σ Θ²."""
    return _cost(state).decay


def _cost(state: State) -> Cost:
    model = state.model
    return once(model, "cost", lambda: cost(model.network, *model.examples.training, model.lambda_))


def _accuracy(state: State, part: str = "test") -> Value:
    """The share of the test part that is right, or of all where none is kept, in percent; or of "training"."""
    examples = state.model.examples
    tested = part == "test" and len(examples.test_rows) > 0
    X, Y = examples.test if tested else examples.training
    return 100.0 * once(state.model, ("accuracy", tested), lambda: accuracy(state.model.network, X, Y))


def _guess(state: State) -> Value:
    """The class that the network gives the example."""
    h, names = state.story.trace.h, state.model.dataset.class_names
    z = state.story.trace.z[-1]
    return names[int(z[0] >= 0.0)] if len(h) == 1 else names[int(np.argmax(z))]


def _phase(state: State) -> Value:
    telling = state.story.telling(state.moment.place)
    return "start" if telling is None else telling.step.phase.name.lower()


def _step_of(part: str) -> Callable[[State], Value]:
    def read(state: State) -> Value:
        telling = state.story.telling(state.moment.place)
        return None if telling is None else int(getattr(telling.step, part))

    return read


def _differ(state: State, layer: int | None = None, column: str | None = None) -> Value:
    """In how many entries of D, of a layer, or of its bias or other columns, the check has found a difference."""
    found = present(state)
    if found is None:
        return None
    if layer and not 1 <= layer < len(state.model.network.sizes):
        return None
    masks = found.agrees if not layer else found.agrees[int(layer) - 1 : int(layer)]
    parts = {"bias": np.s_[:, :1], "others": np.s_[:, 1:], None: np.s_[:, :]}
    return sum(int((~mask[parts[column]]).sum()) for mask in masks)


def _largest_difference(state: State) -> Value:
    found = present(state)
    return None if found is None else found.check.relative_difference


def _lowest(state: State) -> Value:
    """The lowest J at the end of all runs that are kept."""
    training = state.training
    ends = [run.history.cost_at(training.reached_of(run)).total for run in training.runs if run.history.length]
    return min(ends, default=None)


def _highest(state: State) -> Value:
    training = state.training
    ends = [run.history.cost_at(training.reached_of(run)).total for run in training.runs if run.history.length]
    return max(ends, default=None)


def _alike(state: State, layer: int) -> Value:
    """Whether all units of a layer have the same a in this example."""
    if _size(state, layer) is None:
        return None
    a = state.story.trace.a[int(layer) - 1]
    return bool((a == a[0]).all())


def _plain(read: Callable[[State], Any], says: Collection[str] = ()) -> Signature:
    return Signature(read, says=says)


PARTS = ("test", "training")
COLUMNS = ("bias", "others")
WAY_NAMES = tuple(row.name for row in WAYS)


NAMES: dict[str, Signature] = {
    "a": Signature(_quantity(Symbol.A), 2, 2),
    "z": Signature(_quantity(Symbol.Z), 2, 2),
    "delta": Signature(_quantity(Symbol.DELTA), 2, 2),
    "slope": Signature(_quantity(Symbol.SLOPE), 2, 2),
    "sum": Signature(_quantity(Symbol.WEIGHTED), 2, 2),
    "y": Signature(_quantity(Symbol.Y), 1, 1),
    "h": Signature(lambda state, unit: float(state.story.trace.h[int(unit) - 1]) if unit >= 1 else None, 1, 1),
    "x": Signature(lambda state, unit: float(state.story.trace.a[0][int(unit) - 1]) if unit >= 1 else None, 1, 1),
    "cost": Signature(_quantity(Symbol.COST), 1, 1),
    "examplecost": _plain(lambda state: state.story.trace.cost),
    "theta": Signature(_quantity(Symbol.THETA), 3, 3),
    "Delta": Signature(_quantity(Symbol.ACCUMULATOR), 3, 3),
    "D": Signature(_quantity(Symbol.D), 3, 3),
    "newtheta": Signature(_quantity(Symbol.THETA_NEW), 3, 3),
    "known": Signature(_known, 2, 4, {0: _SYMBOLS}),
    "L": _plain(lambda state: len(state.model.network.sizes)),
    "K": _plain(lambda state: state.model.network.outputs),
    "s": Signature(_size, 1, 1),
    "weights": _plain(lambda state: state.model.network.entries),
    "m": _plain(lambda state: len(state.model.examples.training_rows)),
    "examples": _plain(lambda state: len(state.model.dataset)),
    "lambda": _plain(lambda state: state.model.lambda_),
    "alpha": _plain(lambda state: state.model.learning_rate),
    "seed": _plain(lambda state: state.model.seed),
    "method": _plain(lambda state: state.model.recipe.method, [row.name for row in METHODS]),
    "initial": _plain(lambda state: state.model.initialiser, [row.name for row in INITIALISERS]),
    "data": _plain(lambda state: state.model.dataset.name),
    "example": _plain(lambda state: state.moment.example + 1),
    "iteration": _plain(lambda state: state.moment.iteration),
    "reached": _plain(lambda state: state.training.reached),
    "training": _plain(lambda state: state.training.active),
    "runs": _plain(lambda state: len(state.training.runs)),
    "tool": _plain(lambda state: state.tool, TOOLS),
    "level": _plain(lambda state: state.level.value, [level.value for level in Level]),
    "phase": _plain(_phase, ["start", *(phase.name.lower() for phase in Phase)]),
    "layer": _plain(_step_of("layer")),
    "unit": _plain(_step_of("unit")),
    "step": _plain(lambda state: state.story.number(state.moment.place, state.level)[0]),
    "steps": _plain(lambda state: state.story.number(state.moment.place, state.level)[1]),
    "ended": _plain(lambda state: state.moment.place == state.story.length),
    "class": _plain(lambda state: state.model.class_name(state.moment.example)),
    "guess": _plain(_guess),
    "J": Signature(_J, 0, 1),
    "decay": _plain(_decay),
    "log": Signature(lambda state, number: math.log(number) if number > 0 else None, 1, 1),
    "accuracy": Signature(_accuracy, 0, 1, {0: PARTS}),
    "lowest": _plain(_lowest),
    "highest": _plain(_highest),
    "above": Signature(around.above, 1, 1),
    "alike": Signature(_alike, 1, 1),
    "fault": _plain(lambda state: state.fault or "none", ["none", *(row.name for row in FAULTS)]),
    "hidden": _plain(lambda state: state.model.recipe.hidden),
    "checked": _plain(lambda state: present(state) is not None),
    "differ": Signature(_differ, 0, 2, {1: COLUMNS}),
    "relative": _plain(_largest_difference),
    "named": _plain(around.named),
    "way": _plain(lambda state: state.estimate.way, WAY_NAMES),
    "moved": Signature(around.moved, 4, 4),
    "estimate": Signature(around.estimate, 3, 3),
    "error": Signature(around.error, 2, 2, {0: WAY_NAMES}),
    "best": Signature(around.best, 1, 1, {0: WAY_NAMES}),
    "evaluations": _plain(around.evaluations),
    "evaluation": _plain(around.evaluation),
    "place": Signature(around.place, 3, 3),
    "n": _plain(around.n),
    "thetaVec": Signature(around.theta_vec, 1, 1),
    "epsilon": _plain(lambda state: state.estimate.epsilon),
    "chosen": _plain(lambda state: chosen(state) is not None),
}
"""Numbers count as on the screen: layers and units from 1, unit or column 0 is the bias."""
