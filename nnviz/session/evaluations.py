"""Walking through the evaluations of J from which the slope along each Θ is made: the course's loop over n."""

from dataclasses import replace

from nnviz.engine.quantities import Symbol
from nnviz.engine.slopes import way
from nnviz.engine.unrolling import Unrolling
from nnviz.session.checking import chosen, present
from nnviz.session.command import Command
from nnviz.session.state import State


def stages(state: State) -> int:
    """How many steps the loop takes for one Θ: the evaluations of J, and the slope that is made of them."""
    return way(state.estimate.way).evaluations + 1


def stage(state: State) -> int:
    """How many of these have been gone through for the chosen entry; 0: they are not walked through."""
    return 0 if chosen(state) is None else min(state.stage, stages(state))


def place(state: State) -> int:
    """n of the chosen entry in the unrolled vector, from 1; 0: none is chosen."""
    at = chosen(state)
    return 0 if at is None else Unrolling(state.model.network.sizes).place(at) or 0


class StepEvaluation(Command):
    """Go on to the next evaluation of J (1), be it of the next entry, or back to the one before (−1).

    At the ends of the loop, and while there is no check to look at, nothing changes.
    """

    direction: int

    def do(self, state: State) -> State:
        there = None if present(state) is None else beside(state, self.direction)
        if there is None:
            return state
        n, step = there
        at = Unrolling(state.model.network.sizes).address(n)
        return replace(state, chosen=at._replace(symbol=Symbol.D), stage=step, pointed=at)


class LeaveEvaluations(Command):
    """Look at the whole curve of the chosen entry again."""

    def do(self, state: State) -> State:
        return state if state.stage == 0 else replace(state, stage=0)


def beside(state: State, direction: int) -> tuple[int, int] | None:
    """n and the stage that come next (1) or before (−1); None at the ends of the loop."""
    n, step, last = place(state), stage(state), stages(state)
    if direction > 0:
        if n and step < last:
            return n, step + 1
        return (n + 1, 1) if n < state.model.network.entries else None
    if step > 1:
        return n, step - 1
    return (n - 1, last) if n > 1 else None
