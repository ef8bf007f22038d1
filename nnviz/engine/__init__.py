"""The mathematics of nnviz: networks, cost, gradient and its check, training, and the story of one example.

It knows no window and no file.
"""

from typing import TYPE_CHECKING

from nnviz.engine.network import Network
from nnviz.engine.propagation import accuracy, cost, cost_function, gradient, predict
from nnviz.engine.split import Split, split
from nnviz.engine.trace import Trace, trace

if TYPE_CHECKING:  # imported when one of them is asked for: the start of the window does without, and is 12 ms quicker
    from nnviz.engine.checks import (
        EPSILON,
        FAULTS,
        WAYS,
        Diagnosis,
        Fault,
        GradientCheck,
        Way,
        check_gradient,
        check_update,
        checking,
        diagnose,
        fault,
    )
    from nnviz.engine.learning import (
        INITIALISERS,
        METHODS,
        Chunk,
        Ending,
        History,
        Initialiser,
        Method,
        Progress,
        Stops,
        batch_rows,
        class_costs,
        confusion,
        example_costs,
        initialiser,
        method,
        packed,
        right,
        train,
        worst,
    )

__all__ = [
    "EPSILON",
    "FAULTS",
    "INITIALISERS",
    "METHODS",
    "WAYS",
    "Chunk",
    "Diagnosis",
    "Ending",
    "Fault",
    "GradientCheck",
    "History",
    "Initialiser",
    "Method",
    "Network",
    "Progress",
    "Split",
    "Stops",
    "Trace",
    "Way",
    "accuracy",
    "batch_rows",
    "check_gradient",
    "check_update",
    "checking",
    "class_costs",
    "confusion",
    "cost",
    "cost_function",
    "diagnose",
    "example_costs",
    "fault",
    "gradient",
    "initialiser",
    "method",
    "packed",
    "predict",
    "right",
    "split",
    "trace",
    "train",
    "worst",
]


def __getattr__(name: str) -> object:
    """The names of training and of the check."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from nnviz.engine import checks, learning

    return getattr(checks if name in checks.__all__ else learning, name)
