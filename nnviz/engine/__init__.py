"""The mathematics of nnviz: networks, cost, gradient, training, and the story of one example. It knows no window and
no file.
"""

from nnviz.engine.batches import batch_rows
from nnviz.engine.history import Chunk, History, packed
from nnviz.engine.initialise import INITIALISERS, Initialiser, initialiser
from nnviz.engine.methods import METHODS, Method, method
from nnviz.engine.network import Network
from nnviz.engine.progress import Ending, Progress
from nnviz.engine.propagation import accuracy, cost, cost_function, gradient, predict
from nnviz.engine.scores import class_costs, confusion, example_costs, worst
from nnviz.engine.split import Split, split
from nnviz.engine.stops import Stops, right
from nnviz.engine.trace import Trace, trace
from nnviz.engine.training import train

__all__ = [
    "INITIALISERS",
    "METHODS",
    "Chunk",
    "Ending",
    "History",
    "Initialiser",
    "Method",
    "Network",
    "Progress",
    "Split",
    "Stops",
    "Trace",
    "accuracy",
    "batch_rows",
    "class_costs",
    "confusion",
    "cost",
    "cost_function",
    "example_costs",
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
