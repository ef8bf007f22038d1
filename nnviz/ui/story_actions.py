"""The actions of the story: playing it, walking in it, how far a step goes."""

from collections.abc import Callable

from nnviz.engine.story import Level
from nnviz.session.commands import (
    Command,
    GoTo,
    Jump,
    NextExample,
    Pause,
    Play,
    SetSpeed,
    ShowLevel,
    StepBack,
    StepForward,
)
from nnviz.session.session import Session
from nnviz.session.state import FASTEST, SLOWEST, State
from nnviz.ui import reasons
from nnviz.ui.action import Action

SPEEDS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
"""Steps a second, as the menu and the keys + and − have them."""


def speed_text(speed: float) -> str:
    """A speed as it is shown: ``0.5 /s``."""
    return f"{speed:g} /s"


def _speed(direction: int) -> Callable[[State], Command]:
    """The next of SPEEDS that is faster (1) or slower (−1)."""

    def command(state: State) -> Command:
        others = [speed for speed in SPEEDS if (speed - state.view.speed) * direction > 1e-9]
        return SetSpeed((min if direction > 0 else max)(others, default=state.view.speed))

    return command


def _evaluation_in_check(direction: int, otherwise: Callable[[State], Command]) -> Callable[[State], Command]:
    """In the Check tool the evaluations of J are walked through; elsewhere the story."""

    def command(state: State) -> Command:
        if state.tool != "check":
            return otherwise(state)
        from nnviz.session.evaluations import StepEvaluation  # the first picture does without

        return StepEvaluation(direction)

    return command


def _named_in_check(words: str, otherwise: str) -> Callable[[Session], str]:
    return lambda session: words if session.state.tool == "check" else otherwise


def _forward(state: State) -> Command:
    """A step of the level, which in predict mode is asked for first."""
    if state.predict is None:
        return StepForward()
    from nnviz.session.predicting import PredictForward  # the first picture does without

    return PredictForward()


def _toggle_predict(state: State) -> Command:
    from nnviz.session.predicting import TogglePredict

    return TogglePredict()


_LEVEL_HELP = {
    Level.TERM: "One step is one product of a sum",
    Level.UNIT: "One step is the work of one unit, or of one row of a matrix",
    Level.LAYER: "One step is the work of a whole layer",
    Level.EXAMPLE: "One step is a whole example",
    Level.ITERATION: "One step is one update of Θ: another network",
}

_ROWS: tuple[Action, ...] = (
    Action(
        "play",
        "&Play",
        "Story",
        "Let the story run, or stop it",
        ("Space",),
        "player-play",
        command=lambda state: Pause() if state.playing else Play(),
        wording=lambda session: "&Pause" if session.state.playing else "&Play",
    ),
    Action(
        "forward",
        "Step &forward",
        "Story",
        "Tell one more step of the chosen level, from the end of an example on to the next; in Check, one more J",
        ("Right",),
        "chevron-right",
        command=_evaluation_in_check(1, _forward),
        refusal=reasons.no_evaluation(1, reasons.all_told),
        wording=_named_in_check("Next evaluation o&f J", "Step &forward"),
        repeats=True,
        starts_group=True,
    ),
    Action(
        "back",
        "Step &back",
        "Story",
        "Take back one step of the chosen level; in Check, one evaluation of J",
        ("Left",),
        "chevron-left",
        command=_evaluation_in_check(-1, lambda state: StepBack()),
        refusal=reasons.no_evaluation(-1, reasons.nothing_told),
        wording=_named_in_check("Evaluation of J &before", "Step &back"),
        repeats=True,
    ),
    Action(
        "forward-layer",
        "A &layer forward",
        "Story",
        "Tell on to the end of the layer, whatever the level",
        ("Shift+Right",),
        command=lambda state: StepForward(Level.LAYER),
        refusal=reasons.all_told,
        repeats=True,
    ),
    Action(
        "back-layer",
        "A la&yer back",
        "Story",
        "Go back to the end of the layer before",
        ("Shift+Left",),
        command=lambda state: StepBack(Level.LAYER),
        refusal=reasons.nothing_told,
        repeats=True,
    ),
    Action(
        "forward-ten",
        "&Ten steps forward",
        "Story",
        "Tell ten more steps of the chosen level",
        ("PgDown",),
        command=lambda state: Jump(10),
        refusal=reasons.at_end,
        repeats=True,
    ),
    Action(
        "back-ten",
        "Te&n steps back",
        "Story",
        "Take back ten steps of the chosen level",
        ("PgUp",),
        command=lambda state: Jump(-10),
        refusal=reasons.at_start,
        repeats=True,
    ),
    Action(
        "first",
        "To the &start",
        "Story",
        "Nothing of this example told",
        ("Home",),
        "player-skip-back",
        command=lambda state: GoTo(0),
        refusal=reasons.at_start,
    ),
    Action(
        "last",
        "To the &end",
        "Story",
        "All of this example told",
        ("End",),
        "player-skip-forward",
        command=lambda state: GoTo(state.story.length),
        refusal=reasons.at_end,
    ),
    Action("go-to-step", "&Go to step…", "Story", "Type the number of a step", ("Ctrl+G",)),
    Action(
        "predict",
        "P&redict",
        "Story",
        "Before z, a, δ, Δ or D is shown it is asked for; → again goes on without an answer",
        ("P",),
        command=_toggle_predict,
        checked=lambda state: state.predict is not None,
        starts_group=True,
    ),
    Action(
        "next-example",
        "Ne&xt example",
        "Story",
        "The next example, told as far as this one",
        ("Ctrl+Right",),
        "chevron-right",
        command=lambda state: NextExample(1),
        refusal=reasons.last_example,
        repeats=True,
        starts_group=True,
    ),
    Action(
        "previous-example",
        "Pre&vious example",
        "Story",
        "The example before, told as far as this one",
        ("Ctrl+Left",),
        "chevron-left",
        command=lambda state: NextExample(-1),
        refusal=reasons.first_example,
        repeats=True,
    ),
    *(
        Action(
            f"level-{level.value}",
            f"By &{level.value}",
            "Story/Level of a step",
            _LEVEL_HELP[level],
            (str(number),),
            command=lambda state, level=level: ShowLevel(level),
            checked=lambda state, level=level: state.level is level,
        )
        for number, level in enumerate(Level, start=1)
    ),
    Action(
        "faster",
        "&Faster",
        "Story/Speed",
        "Play faster",
        ("+", "="),
        "plus",
        command=_speed(1),
        refusal=reasons.speed_is(FASTEST, "This is the fastest."),
        repeats=True,
    ),
    Action(
        "slower",
        "&Slower",
        "Story/Speed",
        "Play slower",
        ("-",),
        "minus",
        command=_speed(-1),
        refusal=reasons.speed_is(SLOWEST, "This is the slowest."),
        repeats=True,
    ),
    *(
        Action(
            f"speed-{speed:g}",
            speed_text(speed),
            "Story/Speed",
            f"Play {speed:g} steps a second" if speed != 1 else "Play one step a second",
            command=lambda state, speed=speed: SetSpeed(speed),
            checked=lambda state, speed=speed: state.view.speed == speed,
            starts_group=speed == SPEEDS[0],
        )
        for speed in SPEEDS
    ),
)
_TOLD = {"play", "predict", "forward-layer", "back-layer", "forward-ten", "back-ten", "first", "last"}
"""Those that walk in the story and in nothing else: where it is not seen they can't."""
STORY = tuple(row._replace(refusal=reasons.unseen(row.refusal)) if row.name in _TOLD else row for row in _ROWS)
