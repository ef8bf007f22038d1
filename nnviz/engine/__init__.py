"""The mathematics of nnviz: networks, cost, gradient, and the story of one example. It knows no window and no file."""

from nnviz.engine.network import Network
from nnviz.engine.propagation import accuracy, cost, cost_function, gradient, predict
from nnviz.engine.trace import Trace, trace

__all__ = ["Network", "Trace", "accuracy", "cost", "cost_function", "gradient", "predict", "trace"]
