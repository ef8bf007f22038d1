"""The commands of the Check tool."""

from dataclasses import replace

import numpy as np

from nnviz.engine.check import LARGEST_EPSILON, SMALLEST_EPSILON
from nnviz.engine.diagnosis import explains
from nnviz.engine.faults import FAULTS, Fault, fault
from nnviz.engine.lines import gradient_by
from nnviz.engine.propagation import gradient
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.slopes import way
from nnviz.engine.steps import Phase
from nnviz.engine.trace import trace_in
from nnviz.session.check import Answer, Question
from nnviz.session.command import Command
from nnviz.session.edits import trained_by
from nnviz.session.model import Model
from nnviz.session.own import OwnCode
from nnviz.session.state import Riddle, State


class PlantFault(Command):
    """Plant the mistake of that name in backpropagation, in place of any other; None: take it out."""

    name: str | None
    title = "Planted mistake"

    def do(self, state: State) -> State:
        if self.name is not None:
            fault(self.name)  # or it raises
        return trained_by(state, fault=self.name, hidden=False)


class HideFault(Command):
    """Plant one of the mistakes that change something here, without saying which; *number* chooses it, by the seed."""

    number: int
    title = "Planted mistake"

    def do(self, state: State) -> State:
        chance = np.random.default_rng([state.model.seed, self.number])
        rows = [row for row in FAULTS if _strikes(row, state.model)]
        row = rows.pop(int(chance.integers(len(rows))))
        while rows and not _shows(row, state.model):
            row = rows.pop(int(chance.integers(len(rows))))
        return replace(trained_by(state, fault=row.name, hidden=True), riddle=Riddle())


def _strikes(row: Fault, model: Model) -> bool:
    """Whether it shows in the first or the last example of the pass."""
    wrong = replace(model.epoch, lines=row.lines)
    told = (trace_in(wrong, example, mistake=row.step) for example in {0, wrong.m - 1})
    return any(isinstance(step, row.step) for one in told for step in one.steps)


def _shows(row: Fault, model: Model) -> bool:
    """Whether a number that is checked becomes another: from Θ = 0, say, no δ goes back, with g′ or without."""
    if row.phase is Phase.UPDATE:
        return True
    arguments = model.network, *Question(model).examples, model.lambda_
    return not explains((row,), gradient(*arguments), *arguments, model.recipe.learning_rate)


def _alike(one: Fault, other: Fault, model: Model) -> bool:
    """Whether both give the same D, as twice Δ and Δ without 1/m do where m = 2."""
    arguments = model.network, *Question(model).examples, model.lambda_
    given = gradient_by(other.lines, *arguments, model.recipe.learning_rate)
    return explains((one,), given, *arguments, model.recipe.learning_rate)


class GuessFault(Command):
    """Say which mistake is hidden; if that is it, the line that it stands in is still to be found."""

    name: str

    def do(self, state: State) -> State:
        riddle = _riddle(state)
        if fault(self.name).name == state.fault:
            return replace(state, riddle=riddle._replace(named=True))
        alike = state.fault is not None and _alike(fault(self.name), fault(state.fault), state.model)
        return replace(state, riddle=riddle._replace(guesses=(*riddle.guesses, self.name), alike=alike))


class GuessLine(Command):
    """Say in which line, written right, the mistake stands that has been named; if that is it, nothing is hidden."""

    line: str
    title = "Planted mistake"

    def do(self, state: State) -> State:
        riddle = _riddle(state)
        if not riddle.named or state.fault is None:
            raise ValueError("Say which mistake it is first; then in which line it stands.")
        if fault(state.fault).right == self.line:
            return trained_by(state, hidden=False)
        return replace(state, riddle=riddle._replace(lines=(*riddle.lines, self.line)))


def _riddle(state: State) -> Riddle:
    if state.riddle is None:
        raise ValueError("Nothing is hidden: plant a mistake without its name first.")
    return state.riddle


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
    if state.theirs is not None:
        return Question(state.model, state.estimate, state.theirs.D)
    return Question(state.model, state.estimate)


def present(state: State) -> Answer | None:
    """The answer to what the state asks, None while there is none."""
    found = state.answer
    return found if found is not None and asked(state).same(found.question) else None
