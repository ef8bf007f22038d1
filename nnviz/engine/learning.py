"""The public names of training, apart from those of the story: together they take a while to import."""

from nnviz.engine.batches import batch_rows
from nnviz.engine.history import Chunk, History, packed
from nnviz.engine.initialise import INITIALISERS, Initialiser, initialiser
from nnviz.engine.methods import METHODS, Method, method
from nnviz.engine.progress import Ending, Progress
from nnviz.engine.scores import class_costs, confusion, example_costs, worst
from nnviz.engine.stops import Stops, right
from nnviz.engine.training import train

__all__ = [
    "INITIALISERS",
    "METHODS",
    "Chunk",
    "Ending",
    "History",
    "Initialiser",
    "Method",
    "Progress",
    "Stops",
    "batch_rows",
    "class_costs",
    "confusion",
    "example_costs",
    "initialiser",
    "method",
    "packed",
    "right",
    "train",
    "worst",
]
