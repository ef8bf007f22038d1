"""How far apart right code and the true slope may be: bounds on rounding that follow from the numbers themselves."""

from collections.abc import Sequence

import numpy as np

from nnviz.engine.arrays import Array, sealed
from nnviz.engine.blocks import block, with_bias_unit
from nnviz.engine.cost import output_error
from nnviz.engine.network import Network
from nnviz.engine.propagation import backward, forward

UNIT = float(np.finfo(np.float64).eps)
SAFETY = 4.0  # for what a bound of first order leaves out, and for the rounding of the judge itself


def gradient_rounding(network: Network, X: Array, Y: Array, lambda_: float) -> tuple[Array, ...]:
    """For every entry of D how far right code may be off, shaped like Θ; X and Y checked.

    A running error analysis (N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 3.3) of the
    formulas as a student writes them: h − y and a (1 − a) cancel, and sums may go in any order.
    """
    m = len(X)
    examples = block(X, Y, 1)
    passed = forward(network, examples.a)
    z, a, slope = passed
    a[0] = with_bias_unit(X.T)
    error = output_error(z[-1], examples.Y, examples.rest)[0]
    delta, _ = backward(network, passed, error)
    off_z, off_a, off_slope = _forward(network, z, a, slope)
    off_delta = _backward(network, slope, delta, off_z, off_slope)
    found = []
    for layer, theta in enumerate(network.thetas):
        d, activations = np.abs(delta[layer]), np.abs(a[layer])
        sums = off_delta[layer].dot(activations.T) + d.dot(off_a[layer].T)
        sums += (m + 2) * UNIT * d.dot(activations.T)
        found.append(sealed(SAFETY * (sums / m + 4 * UNIT * lambda_ / m * np.abs(theta))))
    return tuple(found)


def _forward(
    network: Network, z: Sequence[Array], a: Sequence[Array], slope: Sequence[Array]
) -> tuple[list[Array], list[Array], list[Array]]:
    """How far z of layers 2 … L, a of layers 1 … L − 1 with the bias unit, and g′ of 2 … L − 1 may be off."""
    off_a, off_z, off_slope = [np.zeros_like(a[0])], [], []
    for layer, theta in enumerate(network.thetas):
        size = np.abs(theta)
        off_z.append(size.dot(off_a[-1]) + (theta.shape[1] + 2) * UNIT * size.dot(np.abs(a[layer])))
        if layer < len(slope):
            off = np.zeros_like(a[layer + 1])
            off[1:] = np.abs(slope[layer]) * off_z[-1] + 4 * UNIT * np.abs(a[layer + 1][1:])
            off_a.append(off)
            off_slope.append(_off_slope(network.activation_name, z[layer], off_z[-1]))
    return off_z, off_a, off_slope


def _off_slope(activation: str, z: Array, off_z: Array) -> Array:
    """|g″| is at most 1; a (1 − a) and 1 − a² cancel where a is near 1. ReLU's slope is right but around its bend."""
    if activation == "linear":
        return np.zeros_like(z)
    if activation == "relu":
        return np.where(np.abs(z) <= SAFETY * off_z, 1.0, 0.0)
    return off_z + 4 * UNIT


def _backward(
    network: Network,
    slope: Sequence[Array],
    delta: Sequence[Array],
    off_z: Sequence[Array],
    off_slope: Sequence[Array],
) -> list[Array]:
    """How far δ of layers 2 … L may be off."""
    off = [0.25 * off_z[-1] + 4 * UNIT]  # g′ of the output is at most 1/4
    for layer in range(len(slope) - 1, -1, -1):
        weights = network.thetas[layer + 1][:, 1:].T
        size, following = np.abs(weights), np.abs(delta[layer + 1])
        off_sums = size.dot(off[0]) + (len(following) + 2) * UNIT * size.dot(following)
        sums = np.abs(weights.dot(delta[layer + 1]))
        off.insert(0, np.abs(slope[layer]) * off_sums + sums * off_slope[layer] + UNIT * np.abs(delta[layer]))
    return off
