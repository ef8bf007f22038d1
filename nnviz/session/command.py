"""What a command is: one class for each thing a user can do, with its handler in it."""

from abc import abstractmethod
from collections.abc import Hashable
from typing import Any, ClassVar, dataclass_transform

from nnviz.session.state import State


@dataclass_transform(eq_default=False, frozen_default=True)
class Command:
    """Something the user does. Those that change the model can be undone; ``title`` is what the menu calls that.

    A command is written as a frozen dataclass is, without the decorator, and equal only to itself. The methods that
    the decorator would compile for each of them, at each start, stand here once for all.
    """

    title: ClassVar[str] = ""

    def __init__(self, *values: Any, **named: Any) -> None:
        kind = type(self)
        fields = kind.__annotations__
        defaults = {name: getattr(kind, name) for name in fields if hasattr(kind, name)}
        told = defaults | dict(zip(fields, values)) | named
        if told.keys() != fields.keys() or len(values) + len(named) > len(fields):
            raise TypeError(f"{kind.__name__} takes {', '.join(fields) or 'nothing'}.")
        vars(self).update(told)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{name} can't be set: a command does not change.")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{name} can't be deleted: a command does not change.")

    def __repr__(self) -> str:
        values = (f"{name}={getattr(self, name)!r}" for name in type(self).__annotations__)
        return f"{type(self).__name__}({', '.join(values)})"

    @abstractmethod
    def do(self, state: State) -> State:
        """The state afterwards; the same object when nothing changes."""

    @property
    def merges(self) -> Hashable | None:
        """Commands in a row with equal keys are undone together, as the turns of one wheel; None: never."""
        return None
