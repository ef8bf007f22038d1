"""The mathematics of nnviz: networks, cost, gradient, training, and the story of one example. It knows no window and
no file.
"""

from nnviz.engine.batches import batch_rows
from nnviz.engine.history import Chunk, History, packed
from nnviz.engine.methods import METHODS, Method, method
from nnviz.engine.network import Network
from nnviz.engine.progress import Ending, Progress
from nnviz.engine.propagation import accuracy, cost, cost_function, gradient, predict
from nnviz.engine.stops import Stops, right
from nnviz.engine.trace import Trace, trace
from nnviz.engine.training import train

__all__ = [
    "METHODS",
    "Chunk",
    "Ending",
    "History",
    "Method",
    "Network",
    "Progress",
    "Stops",
    "Trace",
    "accuracy",
    "batch_rows",
    "cost",
    "cost_function",
    "gradient",
    "method",
    "packed",
    "predict",
    "right",
    "trace",
    "train",
]
