"""What live values read of J around Θ, of its check, of the unrolled vector and of the runs that are kept."""

import numpy as np

from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.slopes import Surroundings
from nnviz.engine.slopes import way as row_of_way
from nnviz.engine.sweep import EPSILONS
from nnviz.engine.unrolling import Unrolling
from nnviz.session import evaluations as loop
from nnviz.session.checking import present
from nnviz.session.lesson.expression import Value
from nnviz.session.lesson.once import once
from nnviz.session.state import State


def moved(state: State, layer: int, row: int, column: int, step: float) -> Value:
    """J with one entry of Θ moved by *step*, all others as they are."""
    if place(state, layer, row, column) is None:
        return None
    model = state.model

    def J() -> float:
        around = Surroundings(model.network, *model.examples.training, model.lambda_)
        return float(around.along(int(layer), int(row), int(column), np.array([float(step)]))[0])

    return once(model, ("moved", layer, row, column, step), J)


def estimate(state: State, layer: int, row: int, column: int) -> Value:
    """The slope along one Θ as the check has estimated it."""
    found = present(state)
    if found is None or place(state, layer, row, column) is None:
        return None
    return float(found.check.estimate[int(layer) - 1][int(row) - 1, int(column)])


def error(state: State, name: str, epsilon: float) -> Value:
    """How far the estimates of a way are off at an ε of the sweep, as a share of the slopes."""
    found = present(state)
    if found is None:
        return None
    index = next((i for i, one in enumerate(EPSILONS) if abs(one - epsilon) <= 0.01 * one), None)
    return None if index is None else found.sweep.errors[name][index]


def best(state: State, name: str) -> Value:
    """The ε of the sweep at which a way errs least."""
    found = present(state)
    return None if found is None or name not in found.sweep.errors else found.sweep.best(name)


def evaluations(state: State) -> Value:
    """How often the check works J out."""
    return row_of_way(state.estimate.way).all_evaluations(state.model.network.entries)


def evaluation(state: State) -> Value:
    """How many steps of the loop have been gone through for the chosen entry."""
    return loop.stage(state)


def place(state: State, layer: int, row: int, column: int) -> int | None:
    """n of an entry of Θ in thetaVec, from 1."""
    return Unrolling(state.model.network.sizes).place(Address(Symbol.THETA, int(layer), int(row), int(column)))


def n(state: State) -> Value:
    """n of the chosen entry; 0: none is chosen."""
    return loop.place(state)


def theta_vec(state: State, index: int) -> Value:
    """Entry *index*, from 1, of the unrolled vector."""
    at = Unrolling(state.model.network.sizes).address(int(index))
    return float(state.model.network.theta(at.layer)[at.row - 1, at.column or 0])


def named(state: State) -> Value:
    """Whether the mistake that was hidden has been named."""
    return state.riddle is not None and state.riddle.named


def above(state: State, J: float) -> Value:
    """How many of the runs that are kept have ended with a J above this."""
    training = state.training
    ends = (run.history.cost_at(training.reached_of(run)).total for run in training.runs if run.history.length)
    return sum(end > J for end in ends)
