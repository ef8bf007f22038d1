"""What a row of the table of terms says beside its numbers: the signs between them, and as much of a name as fits."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF

from nnviz.engine.steps import Accumulate, Activate, BiasError, HiddenError, Step
from nnviz.picture.captions import Table
from nnviz.picture.parts import BOLD

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
CENTRED = int(Qt.AlignmentFlag.AlignCenter)

SIGNS: dict[type[Step], tuple[str, ...]] = {
    Activate: ("×", "="),
    HiddenError: ("×", "="),
    BiasError: ("×", "="),
    Accumulate: ("+", "×", "="),
}
"""What stands between the numbers of a row, where the row reads as an equation."""
FEW = 50
"""Less room, in pixels at zoom 1, is for the number of a term alone."""
WORTH_READING = 0.7
"""The part of a label that must be left; else its number says more."""


class Spot(NamedTuple):
    """A number: its *row*, ``count`` for the sum; *column* 0 is the label, which stands for the whole term."""

    row: int
    column: int


def right_edges(widths: Sequence[float], right: float, em: float, gap: float, bold: int = 1) -> list[float]:
    """Of the labels and of each column, from the last at *right*; *widths* in em, *gap* before each.

    So many of the last columns are *bold*.
    """
    edges = [right]
    for column in reversed(range(len(widths))):
        heavier = BOLD if column >= len(widths) - bold else 1.0
        edges.append(edges[-1] - round(widths[column] * heavier * em) - gap)
    return [max(edges[-1], 0.0), *edges[-2::-1]]


def fitted(label: str, metrics: QFontMetricsF, room: float, few: float) -> str:
    """A label such as ``2 · petal length`` in *room* pixels; its number alone if there are *few*, or little is left."""
    number = label.partition(" · ")[0]
    text = number if room < few else label
    if metrics.horizontalAdvance(text) <= room:
        return text
    elided = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room)
    return elided if len(elided) > WORTH_READING * len(text) else number


def same_step(one: Table | None, other: Table | None) -> bool:
    """Whether both tell of the same step, perhaps with other numbers: then one stays where one has scrolled to."""
    if one is None or other is None:
        return False
    return one.telling.step.target == other.telling.step.target
