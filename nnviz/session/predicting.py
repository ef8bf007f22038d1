"""The commands of predict mode: before a number is told it is asked for."""

from dataclasses import replace

from nnviz.engine.asking.judging import Mark, judge
from nnviz.engine.asking.question import Kind, Question, question
from nnviz.engine.story import Level
from nnviz.session.command import Command
from nnviz.session.commands import StepForward
from nnviz.session.predict import Outcome, Predict
from nnviz.session.state import State


class TogglePredict(Command):
    """Predict mode on or off; each time it starts with a new tally."""

    def do(self, state: State) -> State:
        return replace(state, predict=None if state.predict else Predict())


class AskFor(Command):
    """The kind of question that is wanted from now on, of the one that waits, too; None: one after the other."""

    wish: Kind | None

    def do(self, state: State) -> State:
        if state.predict is None or state.predict.wish is self.wish:
            return state
        waits = pending(state)
        new = replace(state, predict=replace(state.predict.dropped, wish=self.wish))
        return asked(new) or new if waits else new


class PredictForward(Command):
    """A step by unit as ``StepForward``, but first it is asked for: the next one goes on without an answer."""

    def do(self, state: State) -> State:
        if pending(state) is None and (asking := asked(state)) is not None:
            return asking
        return StepForward().do(state)


class AnswerQuestion(Command):
    """What the student says to the question that waits; what is right is told at once."""

    text: str

    def do(self, state: State) -> State:
        waits, predict = pending(state), state.predict
        if waits is None or predict is None:
            return state
        judgement = judge(waits, self.text, state.view.digits)
        answered = replace(state, predict=predict.after(judgement))
        return _told(answered, waits, found=True) if judgement.mark is Mark.RIGHT else answered


class TellAnswer(Command):
    """Tell what was asked for."""

    def do(self, state: State) -> State:
        waits = pending(state)
        return state if waits is None else _told(state, waits, found=False)


class SkipQuestion(Command):
    """On with the story, as if nothing had been asked."""

    def do(self, state: State) -> State:
        return state if pending(state) is None else StepForward().do(state)


def asks(state: State) -> bool:
    """Whether questions are asked here: walking through a story by unit, at one's own pace."""
    walking = state.tool == "step" and state.level is Level.UNIT and not state.playing
    return state.predict is not None and walking


def pending(state: State) -> Question | None:
    """The question that waits here for an answer."""
    waits = state.predict and state.predict.question
    if not waits or not asks(state):
        return None
    return waits if waits.story is state.story and waits.place == state.moment.place else None


def asked(state: State) -> State | None:
    """The state with the question of the next step; None where nothing is asked."""
    if state.predict is None or not asks(state):
        return None
    found = question(state.story, state.moment.place, state.view.digits, state.predict.wish)
    return None if found is None else replace(state, predict=replace(state.predict.dropped, question=found))


def _told(state: State, waits: Question, *, found: bool) -> State:
    """The state in which the answer is known, with what came of it."""
    new = state.at(state.moment._replace(place=waits.told))
    assert new.predict is not None
    return replace(new, predict=replace(new.predict, outcome=Outcome(waits, found)))
