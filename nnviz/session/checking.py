"""The commands of the Check tool."""

from dataclasses import replace

from nnviz.engine.faults import fault
from nnviz.session.check import Answer, Question
from nnviz.session.command import Command
from nnviz.session.state import State


class PlantFault(Command):
    """Plant the mistake of that name in backpropagation, in place of any other; None: take it out."""

    name: str | None

    def do(self, state: State) -> State:
        if self.name is not None:
            fault(self.name)  # or it raises
        return state if state.fault == self.name else replace(state, fault=self.name)


class ShowAnswer(Command):
    """A check is done; one of another Θ, other examples or another mistake comes too late."""

    answer: Answer

    def do(self, state: State) -> State:
        late = not Question(state.model, state.fault).same(self.answer.question)
        return state if late else replace(state, answer=self.answer, checked_share=None)


class ShowShare(Command):
    """What share of a check is done, 0 … 1; None: nothing is being checked."""

    share: float | None

    def do(self, state: State) -> State:
        return state if state.checked_share == self.share else replace(state, checked_share=self.share)


def present(state: State) -> Answer | None:
    """The answer to what the state asks, None while there is none."""
    found = state.answer
    return found if found is not None and Question(state.model, state.fault).same(found.question) else None
