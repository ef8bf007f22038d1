"""Where one stands: the tool, the moment that is looked at, and what has been trained."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple

from nnviz.session.recipe import Recipe
from nnviz.session.run import Run

Tool = Literal["step", "train", "check"]


class Moment(NamedTuple):
    """The address of everything that can be looked at.

    ``iteration`` says which Θ (0: the start), ``example`` which (x, y) of the data, from 0, ``place`` how many ticks
    of its story have been told.
    """

    iteration: int = 0
    example: int = 0
    place: int = 0


@dataclass(frozen=True, eq=False)
class Training:
    """What has been trained: the present ``run``, if any, and all ``runs`` that are kept to compare.

    ``reached`` is the latest iteration of the present run that is shown; ``goal`` the one at which it pauses.
    ``ending`` says in words why it stopped, "" while it can go on. Between ``Train`` and its end it is ``active``.
    ``wanted`` is an iteration that the user has asked for and whose Θ is still being worked out. ``left`` says by
    their numbers how far the other runs were shown: some more may be recorded of a run that was paused. ``then`` is
    the recipe of another run that begins from the same start when this one is done.
    """

    run: Run | None = None
    runs: tuple[Run, ...] = ()
    reached: int = 0
    goal: int = 0
    active: bool = False
    ending: str = ""
    wanted: int | None = None
    left: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    then: Recipe | None = None

    def reached_of(self, run: Run) -> int:
        """The latest iteration of a kept run that is shown."""
        known = max(0, run.history.length - 1)
        return self.reached if run is self.run else min(known, self.left.get(run.number, known))

    def leaving(self) -> Mapping[int, int]:
        """``left``, once the present run is no longer looked at."""
        present = {} if self.run is None else {self.run.number: self.reached}
        return MappingProxyType({**self.left, **present})
