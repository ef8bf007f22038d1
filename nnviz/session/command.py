"""What a command is: one frozen dataclass for each thing a user can do, with its handler in it."""

from abc import abstractmethod
from collections.abc import Hashable
from typing import ClassVar

from nnviz.session.state import State


class Command:
    """Something the user does. Those that change the model can be undone; ``title`` is what the menu calls that."""

    title: ClassVar[str] = ""

    @abstractmethod
    def do(self, state: State) -> State:
        """The state afterwards; the same object when nothing changes."""

    def __repr__(self) -> str:
        # Here for all, as is equality (being the same object): a dataclass would compile its own, at each start.
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"

    @property
    def merges(self) -> Hashable | None:
        """Commands in a row with equal keys are undone together, as the turns of one wheel; None: never."""
        return None
