"""Follows the state only while it is looked at: a panel of another tool learns of everything when it is shown again."""

from nnviz.session.session import Listener, Session
from nnviz.session.state import State, Tool


def listen_in(session: Session, tool: Tool, listener: Listener) -> None:
    """Tell *listener* as ``session.listen`` does, but only in *tool*: of the latest state it was told, and the new."""
    told: State | None = None

    def changed(old: State | None, new: State) -> None:
        nonlocal told
        if told is None or new.tool == tool:
            before, told = told, new
            listener(before, new)

    session.listen(changed)
