"""A lesson that is being gone through: the commands that open it, walk in it, answer it and leave it."""

from dataclasses import fields, replace
from types import MappingProxyType

from nnviz.engine.asking.typed import readings
from nnviz.engine.quantities import Address
from nnviz.engine.steps import Phase
from nnviz.engine.story import Story
from nnviz.session.command import Command
from nnviz.session.lesson.values import Lesson, Own, Question, Reply, Stage, Studying
from nnviz.session.moment import Moment, Training
from nnviz.session.state import State, told


class OpenLesson(Command):
    """Go through a lesson from scene *number* on (from 0, clamped). What the student was at comes back afterwards."""

    lesson: Lesson
    number: int = 0
    done: frozenset[str] = frozenset()

    def do(self, state: State) -> State:
        own = _own(state) if state.lesson is None else state.lesson.own
        number = max(0, min(self.number, len(self.lesson.scenes) - 1))
        there = Studying(self.lesson, number, own, done=self.done)
        return _staged(replace(state, lesson=there), there.begun)


class GoToScene(Command):
    """Another scene of the lesson, from 0, clamped; it begins as its stage says.

    One without a stage goes on with what the scene before it has left; whoever comes to it from elsewhere finds the
    stage that the scenes before it have.
    """

    number: int

    def do(self, state: State) -> State:
        if state.lesson is None:
            return state
        number = max(0, min(self.number, len(state.lesson.lesson.scenes) - 1))
        if number == state.lesson.number:
            return state
        there = replace(state.lesson, number=number)
        onwards = number == state.lesson.number + 1
        return _staged(replace(state, lesson=there), there.scene.stage if onwards else there.begun)


class Restage(Command):
    """The present scene from its beginning."""

    def do(self, state: State) -> State:
        return state if state.lesson is None else _staged(state, state.lesson.begun)


class LeaveLesson(Command):
    """Back to the student's own work."""

    def do(self, state: State) -> State:
        if state.lesson is None:
            return state
        own = state.lesson.own
        there = replace(state, lesson=None, tool=own.tool, level=own.level, estimate=own.estimate, riddle=own.riddle)
        return replace(there.restored(own.model, own.training, own.moment), chosen=own.chosen, stage=own.stage)


class Answer(Command):
    """Say *text*, the number of an option (from 1) or a number, to the question of that name in the present scene."""

    name: str
    text: str

    def do(self, state: State) -> State:
        studying = state.lesson
        if studying is None:
            return state
        question = next((one for one in studying.scene.questions if one.name == self.name), None)
        if question is None:
            raise ValueError("This question is not asked here.")
        replies = {**studying.replies, self.name: replied(question, self.text, state)}
        return replace(state, lesson=replace(studying, replies=MappingProxyType(replies)))


class NoticeDone(Command):
    """Tasks of the present scene that have been fulfilled are done, and stay so."""

    def do(self, state: State) -> State:
        fresh = fulfilled(state)
        if not fresh or state.lesson is None:
            return state
        return replace(state, lesson=replace(state.lesson, done=state.lesson.done | fresh))


def fulfilled(state: State) -> frozenset[str]:
    """The names of the tasks of the present scene that are fulfilled now and were not before."""
    studying = state.lesson
    if studying is None:
        return frozenset()
    waiting = (task for task in studying.scene.tasks if task.name not in studying.done)
    return frozenset(task.name for task in waiting if task.condition.value(state) is True)


def replied(question: Question, text: str, state: State) -> Reply:
    """What is said to *text*. Raises ValueError for what is no answer to such a question, or if it has none now."""
    if question.options:
        if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= len(question.options):
            raise ValueError(f"The answer is {text!r}; expected the number of an option, 1 to {len(question.options)}.")
        option = question.options[int(text) - 1]
        return Reply(text, option.right, option.reply)
    assert question.answer is not None
    found, right = readings(text), question.answer.value(state)
    if right is None:  # the student has changed what it is worked out from: nothing would be right
        raise ValueError("As things are now this has no answer. The round arrow sets the scene anew.")
    agrees = isinstance(right, float | int) and any(abs(one - right) <= question.within for one in found)
    return Reply(text, agrees, question.right if agrees else question.wrong)


def _own(state: State) -> Own:
    return Own(**{field.name: getattr(state, field.name) for field in fields(Own)})


def _staged(state: State, stage: Stage | None) -> State:
    """The state as a scene begins; what the stage does not say stays."""
    return state if stage is None else _set(state, stage)


def _set(state: State, stage: Stage) -> State:
    story = told(stage.model, stage.example)
    return replace(
        state,
        model=stage.model,
        story=story,
        moment=Moment(0, stage.example, _placed(story, stage.place)),
        training=Training(),
        tool=stage.tool,
        level=state.level if stage.level is None else stage.level,
        estimate=state.estimate if stage.estimate is None else stage.estimate,
        pointed=stage.lit,
        playing=False,
        scores=None,
        riddle=None,
        chosen=None,
        stage=0,
    )


def _placed(story: Story, place: int | Address | Phase) -> int:
    """A place itself, the end of a phase, or where a number has been told; the start if there is no such thing."""
    if isinstance(place, Phase):
        return next((span.stop for span in story.phases if span.phase is place), 0)
    return story.clamped(place if isinstance(place, int) else story.first_place(place) or 0)
