"""The check along with training: where it is offered, what it costs, and the record of what it has found."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nnviz.session.model import Model

if TYPE_CHECKING:  # training imports it
    from nnviz.engine.live import Verdict

MOST_WORK = 4e5
"""Entries of Θ times outputs times examples of an iteration, some 20 ms, up to which it is offered."""

Numbers = NDArray[np.int64]


class CheckLog:
    """In how many entries which iterations of a run were wrong; it only grows, in one thread while any other reads."""

    def __init__(self) -> None:
        self._rows = np.empty((3, 64), np.int64)
        self._length = 0

    def add(self, verdicts: "Iterable[Verdict]") -> None:
        """Add the verdicts on later iterations."""
        new = np.array(list(verdicts), np.int64).reshape(-1, 3).T
        stop = self._length + new.shape[1]
        if stop > self._rows.shape[1]:
            longer = np.empty((3, 2 * stop), np.int64)
            longer[:, : self._length] = self._rows[:, : self._length]
            self._rows = longer
        self._rows[:, self._length : stop] = new
        self._length = stop  # last, for whoever reads meanwhile

    def up_to(self, iteration: int) -> Numbers:
        """Of the iterations checked up to this one their numbers, the wrong entries of D and those of the step to it.

        Shape (3, count).
        """
        length = self._length  # before the rows, which may be replaced by longer ones meanwhile
        rows = self._rows[:, :length]
        return rows[:, : int(np.searchsorted(rows[0], iteration, "right"))]

    def at(self, iteration: int) -> "Verdict | None":
        """The verdict on one iteration; None if it was not checked."""
        from nnviz.engine.live import Verdict

        rows = self.up_to(iteration)
        if not rows.shape[1] or rows[0, -1] != iteration:
            return None
        return Verdict(*map(int, rows[:, -1]))


def failed(rows: Numbers) -> Numbers:
    """The iterations of these *rows* in which something was wrong."""
    found: Numbers = rows[0, (rows[1] > 0) | (rows[2] > 0)]
    return found


def evaluations(model: Model) -> int:
    """How often J is worked out to check one iteration, as the course counts: twice for each Θ.

    The complex step does it once, with complex numbers, which are two real ones each.
    """
    return 2 * model.network.entries


def refusal(model: Model) -> str | None:
    """Why the training of a model can't be checked along the way, or None."""
    network = model.network
    examples = min(model.recipe.batch or len(model.examples.training_rows), len(model.examples.training_rows))
    if network.entries * network.outputs * examples <= MOST_WORK:
        return None
    return (
        f"One check would work J out {evaluations(model):,} times over {examples:,} examples: too slow along the way. "
        "Check (Ctrl+3) looks at one iteration."
    )
