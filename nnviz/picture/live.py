"""The check along with training in words, and where on an axis of iterations it failed."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nnviz.picture.curves import Scale

if TYPE_CHECKING:  # with it comes all of the check, which the window's start does without
    from nnviz.engine.live import Verdict

RIGHT, WRONG = "✓", "✕"

Numbers = NDArray[np.int64]


def offer(evaluations: int, descends: bool) -> str:
    """What it costs, and what it does not see."""
    words = f"Costs {evaluations:,} evaluations of J where backprop costs about two."
    return words if descends else f"{words} Only D is checked: this method's step is not −αD."


def summary(rows: Numbers, reached: int, entries: int) -> str:
    """What was found in iterations 0 … *reached*; *rows* as ``CheckLog.up_to`` gives them, "" if there are none."""
    count = rows.shape[1]
    if not count:
        return ""
    every = "all" if count == reached + 1 else f"{count:,}"
    seen = f"checked {every} of iterations 0 … {reached:,}" if reached else "checked iteration 0"
    wrong = [
        _wrong(name, rows[0], of, entries)
        for name, of in (("D differs", rows[1]), ("The update is wrong", rows[2]))
        if of.any()
    ]
    if wrong:
        return f"{WRONG} {' '.join(wrong)} {seen[0].upper()}{seen[1:]}."
    return f"{RIGHT} {seen[0].upper()}{seen[1:]}: all right."


def _wrong(name: str, iterations: Numbers, wrong: Numbers, entries: int) -> str:
    at = iterations[wrong > 0]
    since = f"iteration {at[0]:,}" if len(at) == 1 else f"{len(at):,} iterations, first in iteration {at[0]:,}"
    return f"{name} in up to {wrong.max():,} of {entries:,} entries in {since}."


def spoken(verdict: "Verdict | None", entries: int) -> str:
    """The verdict on one iteration, in a few words."""
    if verdict is None:
        return "not checked"
    found = []
    if verdict.gradient:
        found.append(f"{verdict.gradient:,} of {entries:,} entries of D differ{'s' if verdict.gradient == 1 else ''}")
    if verdict.update:
        found.append(f"{verdict.update:,} of {entries:,} entries updated wrongly")
    return ", ".join(found) or "right"


def columns(iterations: Numbers, scale: Scale, seen: tuple[float, float], width: int) -> list[tuple[int, int]]:
    """The first and the last pixel of each row of pixels side by side that has one of these ascending *iterations*.

    *seen* are the places at the left of pixel 0 and at the left of pixel *width*.
    """
    pixels = np.arange(width + 2, dtype=np.float64) - 0.5
    borders = scale.numbers(seen[0] + pixels * ((seen[1] - seen[0]) / max(1, width)))
    hit = np.diff(np.searchsorted(iterations, borders)) > 0
    edges = np.flatnonzero(np.diff(np.concatenate(([False], hit, [False]))))
    return [(int(first), int(stop) - 1) for first, stop in zip(edges[::2], edges[1::2])]
