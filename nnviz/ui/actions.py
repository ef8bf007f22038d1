"""What a user can do, in one table: it makes the menus, the keys, the tooltips and the page of help."""

from collections.abc import Callable

from nnviz.session.commands import Command, Reset, SetSeed
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui import reasons
from nnviz.ui.action import Action
from nnviz.ui.file_actions import FILE
from nnviz.ui.run_actions import RUN
from nnviz.ui.story_actions import STORY
from nnviz.ui.view_actions import VIEW


def _named(verb: str, title: Callable[[Session], str | None]) -> Callable[[Session], str]:
    return lambda session: f"&{verb}: {title(session)}" if title(session) else f"&{verb}"


def _reset_note(old: State, new: State) -> str:
    return "Back to the start. Ctrl+Z brings your changes back." if new.model is not old.model else ""


# What a lesson consists of is read with the first lesson: the window's start does without.
def _other_scene(step: int) -> Callable[[State], Command]:
    def command(state: State) -> Command:
        from nnviz.session.lesson.studying import GoToScene

        return GoToScene(0 if state.lesson is None else state.lesson.number + step)

    return command


def _leave_lesson(state: State) -> Command:
    from nnviz.session.lesson.studying import LeaveLesson

    return LeaveLesson()


_EDIT: tuple[Action, ...] = (
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
)
_LEARN: tuple[Action, ...] = (
    Action("lessons", "&Lessons…", "Help", "The chapter, lesson by lesson, by doing it", ("F2",)),
    Action("open-lesson", "&Open a lesson…", "Help", "A lesson of your own, from a .lesson file"),
    Action(
        "next-scene",
        "&Next scene",
        "Help",
        "On in the lesson",
        ("Alt+Right",),
        command=_other_scene(1),
        refusal=reasons.no_lesson,
        starts_group=True,
    ),
    Action(
        "previous-scene",
        "&Previous scene",
        "Help",
        "Back in the lesson",
        ("Alt+Left",),
        command=_other_scene(-1),
        refusal=reasons.no_lesson,
    ),
    Action(
        "leave-lesson",
        "L&eave the lesson",
        "Help",
        "Back to your own work",
        command=_leave_lesson,
        refusal=reasons.no_lesson,
    ),
)
_HELP = (
    Action(
        "help",
        "&What am I looking at? Keys and help",
        "Help",
        "What the view in use shows, all keys, and what the picture simplifies",
        ("F1",),
        "help",
        starts_group=True,
    ),
)

ACTIONS = (*FILE, *_EDIT, *STORY, *RUN, *VIEW, *_LEARN, *_HELP)
