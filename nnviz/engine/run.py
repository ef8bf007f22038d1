"""What a method of training is given."""

from dataclasses import dataclass

from nnviz.engine.network import Network
from nnviz.engine.objective import Objective
from nnviz.engine.progress import Progress


@dataclass(frozen=True, eq=False)
class Run:
    """Everything has been checked. Iteration 0 is ``network``; ``start`` is a later Progress to go on from, or None.

    ``learning_rate`` is 0 and ``batch`` None where the method has none.
    """

    network: Network
    objective: Objective
    learning_rate: float
    batch: int | None
    seed: int
    start: Progress | None
