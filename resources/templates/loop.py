"""My backpropagation, one example at a time. Check it with: nnviz check THIS_FILE"""

import numpy as np


def g(z):
    """The sigmoid."""
    return 1 / (1 + np.exp(-z))


def rolled(theta, sizes):
    """The matrices Theta[0], Theta[1], … that were unrolled, column by column, into one vector."""
    Theta, start = [], 0
    for inputs, outputs in zip(sizes, sizes[1:]):
        stop = start + outputs * (inputs + 1)
        Theta.append(theta[start:stop].reshape(outputs, inputs + 1, order="F"))
        start = stop
    return Theta


def cost_function(theta, sizes, X, Y, lambda_):
    """(J, gradient) of a network with so many units in each layer, for example sizes = (3, 5, 4).

    X has a row for each of m examples, Y a row of 0 and 1. Column 0 of each Theta multiplies the bias unit.
    """
    Theta = rolled(theta, sizes)
    m = len(X)
    J = 0.0
    Delta = [np.zeros_like(T) for T in Theta]

    for x, y in zip(X, Y):
        # Forward: a[0] is the input with a 1, the bias unit, before it; then z = Theta @ a, and g(z), layer by layer.
        a = [np.append(1, x)]

        # The cost of this example, added to J.

        # Backward: delta of the output, then of the hidden layers; Delta[l] += np.outer(delta, a[l]).

    # J and D from what was added up, with m and lambda_. The bias is not regularised.
    D = [np.zeros_like(T) for T in Theta]

    return J, np.concatenate([matrix.ravel(order="F") for matrix in D])
