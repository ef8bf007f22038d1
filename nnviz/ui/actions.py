"""What a user can do, in one table: it makes the menus, the keys, the tooltips and the page of help."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

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
    at_the_end,
)
from nnviz.session.session import Session
from nnviz.session.state import FASTEST, LARGEST_ZOOM, SLOWEST, SMALLEST_ZOOM, State, Theme

SPEEDS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
"""Steps a second, as the menu and the keys + and − have them."""
ZOOM_STEP = 0.1
_SEEN = ("model", "moment", "level", "view", "playing")  # the parts of the state that rows look at


@dataclass(frozen=True)
class Action:
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


def _ends(session: Session) -> str | None:
    return "The last example has been told to its end." if at_the_end(session.state) else None


def _starts(session: Session) -> str | None:
    moment = session.state.moment
    return "Nothing has been told yet." if moment.place == 0 and moment.example == 0 else None


def _at_start(session: Session) -> str | None:
    return "Nothing of this example has been told yet." if session.state.moment.place == 0 else None


def _at_end(session: Session) -> str | None:
    state = session.state
    return "This example has been told to its end." if state.moment.place == state.story.length else None


def _last_example(session: Session) -> str | None:
    state = session.state
    return "This is the last example." if state.moment.example + 1 == len(state.model.dataset) else None


def _first_example(session: Session) -> str | None:
    return "This is the first example." if session.state.moment.example == 0 else None


def _untouched(session: Session) -> str | None:
    state = session.state
    untouched = state.model.network is state.model.start and not state.model.changed and state.moment.place == 0
    return "Everything is as it was at the start." if untouched else None


def _speed(direction: int) -> Callable[[State], Command]:
    """The next of SPEEDS that is faster (1) or slower (−1)."""

    def command(state: State) -> Command:
        others = [speed for speed in SPEEDS if (speed - state.view.speed) * direction > 1e-9]
        return SetSpeed((min if direction > 0 else max)(others, default=state.view.speed))

    return command


def _speed_refusal(bound: float, words: str) -> Callable[[Session], str | None]:
    return lambda session: words if session.state.view.speed == bound else None


def _zoom_refusal(bound: float, words: str) -> Callable[[Session], str | None]:
    return lambda session: words if session.state.view.zoom == bound else None


def _undo_wording(session: Session) -> str:
    return f"&Undo: {session.undo_title}" if session.undo_title else "&Undo"


def _redo_wording(session: Session) -> str:
    return f"&Redo: {session.redo_title}" if session.redo_title else "&Redo"


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
        wording=_undo_wording,
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
        wording=_redo_wording,
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
        refusal=_untouched,
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
        refusal=_ends,
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
        refusal=_starts,
        repeats=True,
    ),
    Action(
        "forward-layer",
        "A &layer forward",
        "Story",
        "Tell on to the end of the layer, whatever the level",
        ("Shift+Right",),
        command=lambda state: StepForward(Level.LAYER),
        refusal=_ends,
        repeats=True,
    ),
    Action(
        "back-layer",
        "A la&yer back",
        "Story",
        "Go back to the end of the layer before",
        ("Shift+Left",),
        command=lambda state: StepBack(Level.LAYER),
        refusal=_starts,
        repeats=True,
    ),
    Action(
        "forward-ten",
        "&Ten steps forward",
        "Story",
        "Tell ten more steps of the chosen level",
        ("PgDown",),
        command=lambda state: Jump(10),
        refusal=_at_end,
        repeats=True,
    ),
    Action(
        "back-ten",
        "Te&n steps back",
        "Story",
        "Take back ten steps of the chosen level",
        ("PgUp",),
        command=lambda state: Jump(-10),
        refusal=_at_start,
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
        refusal=_at_start,
    ),
    Action(
        "last",
        "To the &end",
        "Story",
        "All of this example told",
        ("End",),
        "player-skip-forward",
        command=lambda state: GoTo(state.story.length),
        refusal=_at_end,
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
        refusal=_last_example,
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
        refusal=_first_example,
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
        refusal=_speed_refusal(FASTEST, "This is the fastest."),
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
        refusal=_speed_refusal(SLOWEST, "This is the slowest."),
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
        refusal=_zoom_refusal(LARGEST_ZOOM, "This is as large as it gets."),
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
        refusal=_zoom_refusal(SMALLEST_ZOOM, "This is as small as it gets."),
        repeats=True,
    ),
    Action(
        "zoom-reset",
        "&Original size",
        "View",
        "Everything at its original size",
        ("Ctrl+0",),
        command=lambda state: Zoom(1.0),
        refusal=_zoom_refusal(1.0, "Everything has its original size."),
    ),
    Action(
        "show-full-screen", "&Full screen", "View", "Fill the whole screen", ("F11",), "maximize", starts_group=True
    ),
    Action("help", "&Keys and help", "Help", "All keys, and what the picture simplifies", ("F1",), "help"),
)


class Actions(QObject):
    """The table as Qt's actions, kept up to date with the state.

    ``deeds`` does what rows without a command name; ``tell`` shows a note. *more* are rows of the window's own.
    """

    def __init__(
        self,
        session: Session,
        deeds: Mapping[str, Callable[[], None]],
        tell: Callable[[str], None],
        window: QWidget,
        more: tuple[Action, ...] = (),
    ) -> None:
        super().__init__(window)
        self._session = session
        self._deeds = dict(deeds)
        self._tell = tell
        self.rows = ACTIONS + more
        self._menus: dict[str, QMenu] = {}  # by path; Qt alone does not keep them alive
        self._actions = {row.name: self._made(row, window) for row in self.rows}
        self._forget = session.listen(self._changed)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def close(self) -> None:
        """Listen no longer."""
        self._forget()
        self._forget = lambda: None

    def menus(self, bar: QMenuBar) -> None:
        """Fill *bar* with the menus, in the order in which the table names them."""
        for row in self.rows:
            self._put(row, _submenu(bar, row.menu, self._menus))

    def menu(self, path: str, parent: QWidget) -> QMenu:
        """A menu of its own that holds the rows of *path*."""
        made = QMenu(parent)
        for row in self.rows:
            if row.menu == path:
                self._put(row, made)
        return made

    def _put(self, row: Action, menu: QMenu) -> None:
        if row.starts_group and not menu.isEmpty():
            menu.addSeparator()
        menu.addAction(self._actions[row.name])

    def _made(self, row: Action, window: QWidget) -> QAction:
        action = QAction(row.text, window, checkable=row.checkable, autoRepeat=row.repeats)
        action.setObjectName(row.name)
        action.setIconVisibleInMenu(False)
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setToolTip(_tooltip(row, None))
        action.setStatusTip(row.help)
        action.triggered.connect(lambda: self._do(row))
        window.addAction(action)
        return action

    def _do(self, row: Action) -> None:
        before = self._session.state
        if row.command is None:
            self._deeds[row.name]()
        else:
            self._session.attempt(row.command(before))
        self._update(row)  # Qt has already turned the mark over, whatever came of it
        if note := row.note(before, self._session.state):
            self._tell(note)

    def _changed(self, old: State | None, new: State) -> None:
        if old is not None and all(getattr(old, part) is getattr(new, part) for part in _SEEN):
            return
        for row in self.rows:
            self._update(row)

    def _update(self, row: Action) -> None:
        action = self._actions[row.name]
        reason = row.refusal(self._session)
        if action.isEnabled() is not (reason is None):
            action.setEnabled(reason is None)
            action.setToolTip(_tooltip(row, reason))
        if row.checked is not None:
            action.setChecked(row.checked(self._session.state))
        if row.wording is not None:
            action.setText(row.wording(self._session))


def _submenu(bar: QMenuBar, path: str, made: dict[str, QMenu]) -> QMenu:
    """The menu at *path* ("View/Theme"), and those that it is in, taken from *made* or made."""
    if path not in made:
        above, _, title = path.rpartition("/")
        menu = QMenu(f"&{title}", bar)
        menu.setToolTipsVisible(True)
        (_submenu(bar, above, made) if above else bar).addMenu(menu)
        made[path] = menu
    return made[path]


def _tooltip(row: Action, reason: str | None) -> str:
    keys = f" ({key_text(row.keys[0])})" if row.keys else ""
    return f"{row.help}{keys}" + (f"\nNot now: {reason}" if reason else "")


def key_text(key: str) -> str:
    """A key as people call it."""
    text = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    return text.replace("Right", "→").replace("Left", "←")
