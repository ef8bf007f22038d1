"""Predict mode: before a number is told it is asked for. What is asked, the tally, and the commands."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from nnviz.engine.asking.judging import Judgement, Mark, judge
from nnviz.engine.asking.question import Kind, Question, question
from nnviz.engine.story import Level
from nnviz.session.command import Command
from nnviz.session.commands import StepForward
from nnviz.session.state import State


class Outcome(NamedTuple):
    """A question whose answer has just been told, and whether the student had found it."""

    question: Question
    found: bool


@dataclass(frozen=True, eq=False)
class Predict:
    """That predict mode is on. ``wish`` is the kind of question wanted; None: one after the other.

    ``question`` is the one that waits, ``said`` what was said of the latest answer to it, ``tried`` whether one of them
    could be judged. ``outcome`` belongs to the question before, as long as one stays where its answer was told; at most
    one of the two is there. The tally counts the questions that were ``answered``, and of these the ones for which the
    first answer was ``right``; a question that is skipped does not count.
    """

    wish: Kind | None = None
    question: Question | None = None
    said: Judgement | None = None
    tried: bool = False
    outcome: Outcome | None = None
    right: int = 0
    answered: int = 0

    @property
    def dropped(self) -> "Predict":
        """The same without a question and its outcome."""
        if self.question is None and self.outcome is None:
            return self
        return replace(self, question=None, said=None, tried=False, outcome=None)

    def after(self, judgement: Judgement) -> "Predict":
        """The tally with another answer."""
        marked = judgement.mark is not Mark.NONE
        right = marked and not self.tried and judgement.mark is Mark.RIGHT
        answered = self.answered + (marked and not self.tried)
        return replace(self, said=judgement, tried=self.tried or marked, right=self.right + right, answered=answered)


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
