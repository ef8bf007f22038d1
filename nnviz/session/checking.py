"""The commands of the Check tool."""

from dataclasses import replace

import numpy as np

from nnviz.engine.check import LARGEST_EPSILON, SMALLEST_EPSILON
from nnviz.engine.faults import FAULTS, fault
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.slopes import way
from nnviz.session.check import Answer, Question
from nnviz.session.command import Command
from nnviz.session.own import OwnCode
from nnviz.session.state import Riddle, State


class PlantFault(Command):
    """Plant the mistake of that name in backpropagation, in place of any other; None: take it out."""

    name: str | None

    def do(self, state: State) -> State:
        if self.name is not None:
            fault(self.name)  # or it raises
        same = state.fault == self.name and state.riddle is None
        return state if same else replace(state, fault=self.name, riddle=None)


class HideFault(Command):
    """Plant one of the mistakes without saying which; *number* chooses it, by the model's seed."""

    number: int

    def do(self, state: State) -> State:
        chance = np.random.default_rng([state.model.seed, self.number])
        return replace(state, fault=FAULTS[int(chance.integers(len(FAULTS)))].name, riddle=Riddle())


class GuessFault(Command):
    """Say which mistake is hidden: if that is it, it is hidden no more."""

    name: str

    def do(self, state: State) -> State:
        if state.riddle is None:
            raise ValueError("Nothing is hidden: plant a mistake without its name first.")
        if fault(self.name).name == state.fault:
            return replace(state, riddle=None)
        return replace(state, riddle=Riddle((*state.riddle.guesses, self.name)))


class ShowAnswer(Command):
    """A check is done; one of another Θ, other examples or another mistake comes too late."""

    answer: Answer

    def do(self, state: State) -> State:
        late = not asked(state).same(self.answer.question)
        return state if late else replace(state, answer=self.answer, checked_share=None)


class ShowShare(Command):
    """What share of a check is done, 0 … 1; None: nothing is being checked."""

    share: float | None

    def do(self, state: State) -> State:
        return state if state.checked_share == self.share else replace(state, checked_share=self.share)


class SetWay(Command):
    """Estimate the slope in the way of that name."""

    name: str

    def do(self, state: State) -> State:
        return replace(state, estimate=state.estimate._replace(way=way(self.name).name))


class SetEpsilon(Command):
    """Estimate the slope with this ε."""

    epsilon: float

    def do(self, state: State) -> State:
        if not SMALLEST_EPSILON <= self.epsilon <= LARGEST_EPSILON:
            raise ValueError(f"ε is {self.epsilon:g}; expected {SMALLEST_EPSILON:g} to {LARGEST_EPSILON:g}.")
        return replace(state, estimate=state.estimate._replace(epsilon=self.epsilon))


class ChooseEntry(Command):
    """Look at one entry of D alone; None: at none."""

    address: Address | None

    def do(self, state: State) -> State:
        address = self.address and self.address._replace(symbol=Symbol.D)
        return state if (state.chosen, state.stage) == (address, 0) else replace(state, chosen=address, stage=0)


def chosen(state: State) -> Address | None:
    """The entry that is looked at alone, if the present network has it."""
    at, thetas = state.chosen, state.model.network.thetas
    if at is None or at.column is None or not 1 <= at.layer <= len(thetas):
        return None
    rows, columns = thetas[at.layer - 1].shape
    return at if 1 <= at.row <= rows and 0 <= at.column < columns else None


class ShowOwn(Command):
    """What is known of the student's file; None: none is watched."""

    own: OwnCode | None

    def do(self, state: State) -> State:
        return replace(state, own=self.own)


def asked(state: State) -> Question:
    """What is to be checked: the D of the student's code where its case is looked at, else the program's own."""
    case = state.own and state.own.case
    if case is not None and state.fault is None and case.is_in(state.model):
        return Question(state.model, None, state.estimate, case.D)
    return Question(state.model, state.fault, state.estimate)


def present(state: State) -> Answer | None:
    """The answer to what the state asks, None while there is none."""
    found = state.answer
    return found if found is not None and asked(state).same(found.question) else None
