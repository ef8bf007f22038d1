"""Everything a user can do, under one name each: walking and looking are here, changes of the model in ``edits``.

A handler takes the state and returns another. It raises ValueError, in words for the user, when it can't.
"""

from dataclasses import replace

from nnviz.engine.quantities import Address
from nnviz.engine.story import Level
from nnviz.session.command import Command
from nnviz.session.edits import (
    ChooseData,
    LoadCase,
    Reset,
    SetActivation,
    SetClass,
    SetHidden,
    SetInitialiser,
    SetInput,
    SetLambda,
    SetLearningRate,
    SetNetwork,
    SetScaling,
    SetSeed,
    SetTheta,
    StepToWrong,
    editable,
)
from nnviz.session.moment import Moment, Tool
from nnviz.session.state import (
    FASTEST,
    LARGEST_ZOOM,
    PACES,
    SLOWEST,
    SMALLEST_ZOOM,
    CodeVersion,
    Language,
    State,
    Theme,
    View,
)
from nnviz.session.train import (
    CheckAlong,
    ContinueFromHere,
    ForgetRun,
    GoToIteration,
    PauseTraining,
    SetBatch,
    SetIterations,
    SetMethod,
    SetSplitSeed,
    SetStops,
    SetTestShare,
    ShowProgress,
    ShowRecalled,
    ShowRun,
    ShowScores,
    Train,
    TrainBoth,
    TrainOnce,
    TrainOnwards,
)

__all__ = [
    "CheckAlong",
    "ChooseData",
    "Command",
    "ContinueFromHere",
    "ForgetRun",
    "GoTo",
    "GoToExample",
    "GoToIteration",
    "GoToSource",
    "GoToStep",
    "Jump",
    "LoadCase",
    "NextExample",
    "Pause",
    "PauseTraining",
    "Play",
    "PointAt",
    "ReduceMotion",
    "Reset",
    "SetActivation",
    "SetBatch",
    "SetClass",
    "SetHidden",
    "SetInitialiser",
    "SetInput",
    "SetIterations",
    "SetLambda",
    "SetLearningRate",
    "SetMethod",
    "SetNetwork",
    "SetPace",
    "SetScaling",
    "SetSeed",
    "SetSpeed",
    "SetSplitSeed",
    "SetStops",
    "SetTestShare",
    "SetTheta",
    "ShowCodeVersion",
    "ShowDigits",
    "ShowLanguage",
    "ShowLevel",
    "ShowProgress",
    "ShowRecalled",
    "ShowRun",
    "ShowScores",
    "ShowTheme",
    "ShowTool",
    "ShowWholeCode",
    "StepBack",
    "StepForward",
    "StepToWrong",
    "Train",
    "TrainBoth",
    "TrainOnce",
    "TrainOnwards",
    "Zoom",
    "at_the_end",
    "editable",
    "step_number",
]


# Walking


class StepForward(Command):
    """One step of *level* (the state's own if None); from the end of an example to the start of the next.

    From the end of the last one it goes on with the Θ of the next iteration, if that has been trained.
    """

    level: Level | None = None

    def do(self, state: State) -> State:
        level, moment = self.level or state.step_level, state.moment
        if level is Level.ITERATION:
            return TrainOnce().do(state)
        place = state.story.after(moment.place, level)
        if place is not None:
            return state.at(moment._replace(place=place))
        if moment.example + 1 < len(state.model.dataset):
            return state.at(moment._replace(example=moment.example + 1, place=0))
        if moment.iteration < state.training.reached:
            return state.at(Moment(moment.iteration + 1))
        return replace(state, playing=False) if state.playing else state


class StepBack(Command):
    """One step of *level* back; from the start of an example to the end of the one before."""

    level: Level | None = None

    def do(self, state: State) -> State:
        level, moment = self.level or state.step_level, state.moment
        if level is Level.ITERATION:
            return GoToIteration(moment.iteration - 1).do(state)
        place = state.story.before(moment.place, level)
        if state.playing:
            state = replace(state, playing=False)
        if place is not None:
            return state.at(moment._replace(place=place))
        if moment.example == moment.iteration == 0:
            return state
        last = Moment(moment.iteration - 1, len(state.model.dataset) - 1)
        before = state.at(moment._replace(example=moment.example - 1) if moment.example else last)
        return before.at(before.moment._replace(place=before.story.length))


class Jump(Command):
    """*steps* steps of the present level forward, or back if negative, within this example, or this run."""

    steps: int

    def do(self, state: State) -> State:
        return GoToStep(step_number(state)[0] + self.steps).do(state)


class GoToStep(Command):
    """Step *number* (0 … N, clamped) of the present level; an iteration, where a step is one."""

    number: int

    def do(self, state: State) -> State:
        if state.step_level is Level.ITERATION:
            return GoToIteration(self.number).do(state)
        stops = state.story.stops(state.level)
        return GoTo(stops[max(0, min(self.number, len(stops) - 1))]).do(state)


class GoTo(Command):
    """A place of this example's story, clamped; scrubbing sends these."""

    place: int

    def do(self, state: State) -> State:
        return replace(state, playing=False).at(state.moment._replace(place=self.place))


class GoToSource(Command):
    """The place where the number at *address* is computed; given numbers (x, y, Θ) have none and stay put."""

    address: Address

    def do(self, state: State) -> State:
        place = state.story.first_place(self.address)
        return state if place is None else GoTo(place).do(state)


class GoToExample(Command):
    """Another example of the pass, from 0, clamped, from its start."""

    example: int

    def do(self, state: State) -> State:
        return replace(state, playing=False).at(Moment(state.moment.iteration, self.example, 0))


class NextExample(Command):
    """*by* examples on (negative: back), told as far as the present one, so that the two can be compared."""

    by: int = 1

    def do(self, state: State) -> State:
        example = max(0, min(state.moment.example + self.by, len(state.model.dataset) - 1))
        return replace(state, playing=False).at(state.moment._replace(example=example))


class ShowLevel(Command):
    """How far one step goes."""

    level: Level

    def do(self, state: State) -> State:
        return replace(state, level=self.level)


class Play(Command):
    """Start playing; at the very end, from the start of this example."""

    def do(self, state: State) -> State:
        if not at_the_end(state):
            return replace(state, playing=True)
        return replace(state.at(state.moment._replace(place=0)), playing=True)


class Pause(Command):
    """Stop playing; the place stays."""

    def do(self, state: State) -> State:
        return replace(state, playing=False)


def at_the_end(state: State) -> bool:
    """Whether nothing follows: the last place of the last example of the last iteration. Training always can go on."""
    if state.step_level is Level.ITERATION:
        return False
    last = state.moment.example + 1 == len(state.model.dataset) and state.moment.iteration == state.training.reached
    return last and state.moment.place == state.story.length


def step_number(state: State) -> tuple[int, int]:
    """(n, N): step n of N at the present level, within this example, or iteration n of the N that are trained."""
    if state.step_level is Level.ITERATION:
        return state.moment.iteration, state.training.reached
    return state.story.number(state.moment.place, state.level)


# Looking


class ShowTool(Command):
    """Step through one example, train, or check the gradient."""

    tool: Tool

    def do(self, state: State) -> State:
        return state if state.tool == self.tool else replace(state, tool=self.tool, playing=False, pointed=None)


class PointAt(Command):
    """Light the number at *address* wherever it is shown; nothing, if it is None or not in this network."""

    address: Address | None

    def do(self, state: State) -> State:
        there = self.address is not None and self.address.is_in(state.model.network.sizes)
        pointed = self.address if there else None
        return state if state.pointed == pointed else replace(state, pointed=pointed)


class ShowTheme(Command):
    """Light, dark, projector, or as the system has it."""

    theme: Theme

    def do(self, state: State) -> State:
        return _viewed(state, state.view._replace(theme=self.theme))


class Zoom(Command):
    """Everything larger or smaller; clamped."""

    factor: float

    def do(self, state: State) -> State:
        zoom = max(SMALLEST_ZOOM, min(self.factor, LARGEST_ZOOM))
        return _viewed(state, state.view._replace(zoom=round(zoom, 2)))


class SetSpeed(Command):
    """Steps a second while playing, 0.1 … 20, clamped."""

    speed: float

    def do(self, state: State) -> State:
        return _viewed(state, state.view._replace(speed=max(SLOWEST, min(self.speed, FASTEST))))


class ShowLanguage(Command):
    """The language of the line of code."""

    language: Language

    def do(self, state: State) -> State:
        return _viewed(state, state.view._replace(language=self.language))


class ShowWholeCode(Command):
    """Whether the code is the whole function instead of the line of the step."""

    whole: bool

    def do(self, state: State) -> State:
        return _viewed(state, state.view._replace(whole_code=self.whole))


class ShowCodeVersion(Command):
    """Whether the whole function goes unit by unit in loops, or a layer at a time."""

    version: CodeVersion

    def do(self, state: State) -> State:
        return _viewed(state, state.view._replace(code_version=self.version))


class ShowDigits(Command):
    """Digits after the decimal point, 1 … 6, clamped."""

    digits: int

    def do(self, state: State) -> State:
        return _viewed(state, state.view._replace(digits=max(1, min(self.digits, 6))))


class ReduceMotion(Command):
    """Whether numbers appear at once instead of travelling."""

    reduced: bool

    def do(self, state: State) -> State:
        return _viewed(state, state.view._replace(reduced_motion=self.reduced))


class SetPace(Command):
    """How many iterations of training are shown a second: one of ``PACES``."""

    pace: int

    def do(self, state: State) -> State:
        if self.pace not in PACES:
            raise ValueError(f"pace is {self.pace}; expected one of {', '.join(map(str, PACES))}.")
        return _viewed(state, state.view._replace(pace=self.pace))


def _viewed(state: State, view: View) -> State:
    return state if view == state.view else replace(state, view=view)
