"""How good a network is, and where it is wrong: by class and by example."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.arrays import Array, sealed
from nnviz.engine.blocks import inputs
from nnviz.engine.cost import output
from nnviz.engine.network import Network
from nnviz.engine.propagation import examples, forward, predict

Counts = NDArray[np.intp]


def classes(network: Network, Y: Array) -> Counts:
    """The class of each row of checked Y, shape (m,), counted from 0: its largest entry; for K = 1, y ≥ 0.5."""
    if network.outputs == 1:
        return (Y[:, 0] >= 0.5).astype(np.intp)
    largest: Counts = np.argmax(Y, axis=1)
    return largest


def confusion(network: Network, X: ArrayLike, Y: ArrayLike) -> Counts:
    """How many examples of each true class (rows) were taken for each class (columns): (K, K); for K = 1, (2, 2).

    X and Y as for ``cost``.
    """
    X, Y = examples(network.sizes, X, Y)
    count = max(2, network.outputs)
    predicted = predict(network, X) - (0 if network.outputs == 1 else 1)
    table = np.bincount(classes(network, Y) * count + predicted, minlength=count * count).reshape(count, count)
    table.setflags(write=False)
    return table


def example_costs(network: Network, X: ArrayLike, Y: ArrayLike) -> Array:
    """Each example's part of m·J, shape (m,); weight decay belongs to none. X and Y as for ``cost``."""
    X, Y = examples(network.sizes, X, Y)
    return sealed(output(forward(network, inputs(X)).z[-1], np.ascontiguousarray(Y.T)).cost.sum(axis=0))


def class_costs(network: Network, X: ArrayLike, Y: ArrayLike) -> Array:
    """The mean cost of the examples of each class, shape (K,), or (2,) for K = 1; nan for a class without any."""
    X, Y = examples(network.sizes, X, Y)
    count = max(2, network.outputs)
    truth = classes(network, Y)
    sums = np.bincount(truth, example_costs(network, X, Y), count)
    members = np.bincount(truth, minlength=count)
    return sealed(np.divide(sums, members, out=np.full(count, np.nan), where=members > 0))


def worst(network: Network, X: ArrayLike, Y: ArrayLike) -> Counts:
    """Indices of all examples, the most expensive first; of equals, the first first. X and Y as for ``cost``."""
    order = np.argsort(-example_costs(network, X, Y), kind="stable")
    order.setflags(write=False)
    return order
