"""The one place where the state is replaced: commands in, (old, new) out to the listeners, undo and redo."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import NamedTuple

from nnviz.session.commands import Command
from nnviz.session.model import Model
from nnviz.session.moment import Moment, Training
from nnviz.session.state import State

Listener = Callable[[State | None, State], None]
MOST_UNDO = 200
MOST_RUNS_UNDONE = 16
"""Of so many runs undo keeps the history: each may take some MB."""


class _Entry(NamedTuple):
    """A model to go back (or forward) to, how far it was trained, and where one stood."""

    model: Model
    training: Training
    moment: Moment
    title: str


class Session:
    """Holds the current state. ``listen`` calls back at once with (None, state), then with (old, new) at each change.

    What a listener asks for while the others are being told waits for its turn, so that everybody sees the states in
    one order.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._listeners: list[Listener] = []
        self._problem_listeners: list[Callable[[str], None]] = []
        self._undo: list[_Entry] = []
        self._redo: list[_Entry] = []
        self._aside: tuple[list[_Entry], list[_Entry]] = [], []
        self._merging: Hashable | None = None
        self._waiting: list[Callable[[], object]] = []
        self._telling = False

    @property
    def state(self) -> State:
        """The current state."""
        return self._state

    @property
    def undo_title(self) -> str | None:
        """What undo would take back, or None."""
        return self._undo[-1].title if self._undo else None

    @property
    def redo_title(self) -> str | None:
        """What redo would bring back, or None."""
        return self._redo[-1].title if self._redo else None

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Tell *listener* of the state now and of every change; returns how to stop."""
        self._listeners.append(listener)
        listener(None, self._state)
        return lambda: self._listeners.remove(listener)

    def do(self, command: Command) -> None:
        """Carry out *command*. A ValueError of its handler comes through, and nothing has changed."""
        self._in_turn(lambda: self._carry_out(command))

    def attempt(self, command: Command) -> bool:
        """As ``do``, for a user's own input: a ValueError goes to those who listen to problems; False then.

        True, too, when it has to wait for its turn; a problem is told when that comes.
        """
        return self._in_turn(lambda: self._attempt(command))

    def listen_to_problems(self, listener: Callable[[str], None]) -> None:
        """Tell *listener* in words when an attempt is refused."""
        self._problem_listeners.append(listener)

    def undo(self) -> None:
        """Take back the last change of the model."""
        self._in_turn(lambda: self._exchange(self._undo, self._redo))

    def redo(self) -> None:
        """Bring back what undo took."""
        self._in_turn(lambda: self._exchange(self._redo, self._undo))

    def _in_turn(self, action: Callable[[], object]) -> bool:
        """Do *action* now, then what it has made others ask for; when others are being told, after that.

        False when *action* said False.
        """
        if self._telling:
            self._waiting.append(action)
            return True
        try:
            done = action()
            while self._waiting:
                self._waiting.pop(0)()
        finally:
            self._waiting.clear()  # what was asked for before an error is not done after it
        return done is not False

    def _attempt(self, command: Command) -> bool:
        try:
            self._carry_out(command)
        except ValueError as problem:
            for listener in tuple(self._problem_listeners):
                listener(str(problem))
            return False
        return True

    def _carry_out(self, command: Command) -> None:
        old = self._state
        new = command.do(old)
        if new is old:
            return
        if (old.lesson is None) is not (new.lesson is None):
            self._put_aside()
        elif _turned(old, new):
            self._undo, self._redo, self._merging = [], [], None  # a scene is not undone into another one's stage
        elif command.title and _studied(old, new):
            self._remember(old, new, command)
        elif new.moment != old.moment:
            self._merging = None  # the next turn of the wheel may mean another example
        self._replace(new)

    def _put_aside(self) -> None:
        """A lesson has an undo list of its own; that of the student's own work comes back after it."""
        here = self._undo, self._redo
        (self._undo, self._redo), self._aside = self._aside, here
        if self._state.lesson is not None:  # it is being left: what was done in it is forgotten
            self._aside = [], []
        self._merging = None

    def _remember(self, old: State, new: State, command: Command) -> None:
        merged = command.merges is not None and command.merges == self._merging and self._undo
        if not merged:
            self._undo.append(_entry(old, new, command.title))
            del self._undo[:-MOST_UNDO]
            while len({id(entry.training.run) for entry in self._undo}) > MOST_RUNS_UNDONE:
                del self._undo[0]
        self._redo.clear()
        self._merging = command.merges

    def _exchange(self, source: list[_Entry], target: list[_Entry]) -> None:
        if not source:
            return
        entry = source.pop()
        restored = self._state.restored(entry.model, entry.training, entry.moment)
        target.append(_entry(self._state, restored, entry.title))
        self._merging = None
        self._replace(restored)

    def _replace(self, new: State) -> None:
        old, self._state = self._state, new
        self._telling = True
        try:
            for listener in tuple(self._listeners):
                if listener in self._listeners:  # another may have made it leave
                    listener(old, new)
        finally:
            self._telling = False


def _studied(old: State, new: State) -> bool:
    """Whether something else is studied now: other examples, another start of Θ, another recipe, or another run."""
    return (
        old.origin is not new.origin or old.training.run is not new.training.run or old.model.recipe != new.model.recipe
    )


def _turned(old: State, new: State) -> bool:
    """Whether another scene, or another lesson, has begun."""
    if old.lesson is None or new.lesson is None:
        return False
    return (old.lesson.lesson, old.lesson.number) != (new.lesson.lesson, new.lesson.number)


def _entry(state: State, after: State, title: str) -> _Entry:
    """The model as a bare copy: what it had computed for the screen is not kept alive by the undo list.

    Its examples are shared with the state *after*, where they are the same.
    """
    examples = state.model.examples
    shared = examples if examples is after.model.examples else replace(examples)
    return _Entry(replace(state.model, examples=shared), state.training, state.moment, title)
