"""What an action is: one row for each thing a user can do by menu or key."""

from collections.abc import Callable
from typing import NamedTuple

from nnviz.session.commands import Command
from nnviz.session.session import Session
from nnviz.session.state import State


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
