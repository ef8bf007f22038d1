"""What a user can do, in one table: it makes the menus, the keys, the tooltips and the page of help."""

from collections.abc import Callable
from typing import NamedTuple

from nnviz.engine.story import Level
from nnviz.session.commands import (
    Command,
    GoTo,
    Jump,
    NextExample,
    Pause,
    Play,
    ReduceMotion,
    Reset,
    SetSeed,
    SetSpeed,
    ShowDigits,
    ShowLanguage,
    ShowLevel,
    ShowTheme,
    StepBack,
    StepForward,
    Zoom,
)
from nnviz.session.session import Session
from nnviz.session.state import FASTEST, LARGEST_ZOOM, SLOWEST, SMALLEST_ZOOM, State, Theme
from nnviz.ui import reasons

SPEEDS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
"""Steps a second, as the menu and the keys + and − have them."""
ZOOM_STEP = 0.1


class Action(NamedTuple):
    """One row. ``command`` makes what is sent to the session; without one, the window does what ``name`` says.

    ``menu`` is a path ("View/Theme"); ``refusal`` says in words why it can't be done now, or None; ``checked``, for
    what is on or off; ``wording`` a text that changes; ``note`` what there is to say afterwards, from the states
    before and after. ``repeats``: again and again while the key is held.
    """

    name: str
    text: str
    menu: str
    help: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    command: Callable[[State], Command] | None = None
    refusal: Callable[[Session], str | None] = lambda session: None
    checked: Callable[[State], bool] | None = None
    wording: Callable[[Session], str] | None = None
    note: Callable[[State, State], str] = lambda old, new: ""
    repeats: bool = False
    starts_group: bool = False

    @property
    def checkable(self) -> bool:
        """Whether it is on or off."""
        return self.checked is not None or self.name.startswith("show-")


def speed_text(speed: float) -> str:
    """A speed as it is shown: ``0.5 /s``."""
    return f"{speed:g} /s"


def _speed(direction: int) -> Callable[[State], Command]:
    """The next of SPEEDS that is faster (1) or slower (−1)."""

    def command(state: State) -> Command:
        others = [speed for speed in SPEEDS if (speed - state.view.speed) * direction > 1e-9]
        return SetSpeed((min if direction > 0 else max)(others, default=state.view.speed))

    return command


def _named(verb: str, title: Callable[[Session], str | None]) -> Callable[[Session], str]:
    return lambda session: f"&{verb}: {title(session)}" if title(session) else f"&{verb}"


def _reset_note(old: State, new: State) -> str:
    return "Back to the start. Ctrl+Z brings your changes back." if new.model is not old.model else ""


_LEVEL_HELP = {
    Level.TERM: "One step is one product of a sum",
    Level.UNIT: "One step is the work of one unit, or of one row of a matrix",
    Level.LAYER: "One step is the work of a whole layer",
    Level.EXAMPLE: "One step is a whole example",
}

_THEMES: tuple[tuple[Theme, str, str], ...] = (
    ("system", "As the &system has it", "Light or dark, as the desktop is"),
    ("light", "&Light", "Dark on light"),
    ("dark", "&Dark", "Light on dark"),
    ("projector", "&Projector", "Larger, with stronger contrast"),
)

ACTIONS: tuple[Action, ...] = (
    Action(
        "export",
        "&Export picture…",
        "File",
        "Save the picture of this moment as SVG, PDF or PNG",
        ("Ctrl+E",),
        "file-export",
    ),
    Action("quit", "&Quit", "File", "Leave nnviz; the view is remembered", ("Ctrl+Q",), starts_group=True),
    Action(
        "undo",
        "&Undo",
        "Edit",
        "Take back the last change of data, layers, Θ, x or y",
        ("Ctrl+Z",),
        "arrow-back-up",
        refusal=lambda session: None if session.undo_title else "Nothing has been changed yet.",
        wording=_named("Undo", lambda session: session.undo_title),
        repeats=True,
    ),
    Action(
        "redo",
        "&Redo",
        "Edit",
        "Bring back what undo took",
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        "arrow-forward-up",
        refusal=lambda session: None if session.redo_title else "Nothing has been undone.",
        wording=_named("Redo", lambda session: session.redo_title),
        repeats=True,
    ),
    Action(
        "reset",
        "Rese&t",
        "Edit",
        "Back to the very same start: Θ and the examples as they were, nothing told",
        ("R",),
        "refresh",
        command=lambda state: Reset(),
        refusal=reasons.untouched,
        note=_reset_note,
        starts_group=True,
    ),
    Action(
        "next-seed",
        "New start from the next &seed",
        "Edit",
        "Draw Θ anew; the seed says which numbers come",
        icon="dice-5",
        command=lambda state: SetSeed(state.model.seed + 1),
    ),
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
        "Tell one more step of the chosen level; from the end of an example, go on to the next",
        ("Right",),
        "chevron-right",
        command=lambda state: StepForward(),
        refusal=reasons.all_told,
        repeats=True,
        starts_group=True,
    ),
    Action(
        "back",
        "Step &back",
        "Story",
        "Take back one step of the chosen level",
        ("Left",),
        "chevron-left",
        command=lambda state: StepBack(),
        refusal=reasons.nothing_told,
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
    *(
        Action(
            f"theme-{theme}",
            text,
            "View/Theme",
            words,
            command=lambda state, theme=theme: ShowTheme(theme),
            checked=lambda state, theme=theme: state.view.theme == theme,
        )
        for theme, text, words in _THEMES
    ),
    *(
        Action(
            f"digits-{digits}",
            f"&{digits}",
            "View/Digits",
            f"Show numbers with {digits} decimals" if digits > 1 else "Show numbers with one decimal",
            command=lambda state, digits=digits: ShowDigits(digits),
            checked=lambda state, digits=digits: state.view.digits == digits,
        )
        for digits in range(1, 7)
    ),
    Action(
        "code-numpy",
        "&NumPy",
        "View/Code",
        "Write the line of code in NumPy",
        command=lambda state: ShowLanguage("numpy"),
        checked=lambda state: state.view.language == "numpy",
    ),
    Action(
        "code-octave",
        "&Octave",
        "View/Code",
        "Write the line of code in Octave",
        command=lambda state: ShowLanguage("octave"),
        checked=lambda state: state.view.language == "octave",
    ),
    Action(
        "reduced-motion",
        "Reduced &motion",
        "View",
        "Numbers appear at once instead of travelling",
        command=lambda state: ReduceMotion(not state.view.reduced_motion),
        checked=lambda state: state.view.reduced_motion,
    ),
    Action(
        "zoom-in",
        "&Larger",
        "View",
        "Everything larger",
        ("Ctrl++", "Ctrl+="),
        "zoom-in",
        command=lambda state: Zoom(state.view.zoom + ZOOM_STEP),
        refusal=reasons.zoom_is(LARGEST_ZOOM, "This is as large as it gets."),
        repeats=True,
        starts_group=True,
    ),
    Action(
        "zoom-out",
        "S&maller",
        "View",
        "Everything smaller",
        ("Ctrl+-",),
        "zoom-out",
        command=lambda state: Zoom(state.view.zoom - ZOOM_STEP),
        refusal=reasons.zoom_is(SMALLEST_ZOOM, "This is as small as it gets."),
        repeats=True,
    ),
    Action(
        "zoom-reset",
        "&Original size",
        "View",
        "Everything at its original size",
        ("Ctrl+0",),
        command=lambda state: Zoom(1.0),
        refusal=reasons.zoom_is(1.0, "Everything has its original size."),
    ),
    Action(
        "show-full-screen", "&Full screen", "View", "Fill the whole screen", ("F11",), "maximize", starts_group=True
    ),
    Action("help", "&Keys and help", "Help", "All keys, and what the picture simplifies", ("F1",), "help"),
)
