"""What a training run hands over after each iteration, and how it ended."""

from typing import Literal, NamedTuple

from nnviz.engine.arrays import Array
from nnviz.engine.cost import Cost
from nnviz.engine.network import Network

Kind = Literal["iterations", "cost", "gradient", "stalled", "right", "diverged", "converged", "failed", "interrupted"]


class Progress(NamedTuple):
    """Where a run stands: ``network`` is Θ after ``iteration`` updates; iteration 0 is the start.

    ``cost`` is J at this Θ over the examples of this iteration's gradient D: all of them, or the batch that the next
    update uses. ``norm`` is ‖D‖₂ over all entries. ``evaluations`` counts how often D was worked out so far, this one
    included. ``memory`` holds what the method carries to the next iteration, arrays as long as the unrolled Θ; gradient
    descent carries nothing, and the methods of SciPy do not show it.
    """

    iteration: int
    network: Network
    cost: Cost
    norm: float
    evaluations: int
    memory: tuple[Array, ...] = ()


class Ending(NamedTuple):
    """Why a run came to its end, and that in words for the student."""

    kind: Kind
    words: str
