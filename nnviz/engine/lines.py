"""Backpropagation line by line, as a student writes it: each line can be replaced by a wrong one."""

from collections.abc import Callable
from typing import NamedTuple

from nnviz.engine.activations import Activation, logistic
from nnviz.engine.arrays import Array, sealed
from nnviz.engine.blocks import inputs, with_bias_unit
from nnviz.engine.network import Network
from nnviz.engine.propagation import forward


def transposed(theta: Array) -> Array:
    return theta[:, 1:].T


def without_bias(theta: Array) -> Array:
    decayed = theta.copy()
    decayed[:, 0] = 0.0
    return decayed


class Lines(NamedTuple):
    """What can be got wrong, line by line; the defaults are right. Examples are columns.

    ``targets`` gives y (K, m) from y. ``error`` is δ⁽ᴸ⁾ from h and y. ``weights`` are what δ⁽ˡ⁺¹⁾ goes back through,
    shape (s_l, s_{l+1}), from Θ⁽ˡ⁾; ``slope`` is g′ from the activation, z and a of a hidden layer. ``counted`` says
    how many of m examples are added up, ``carried`` how often Δ of the pass before is still in Δ. ``divisor`` is what
    Δ is divided by, from m; ``rate`` the factor of the decayed Θ, from λ and m; ``decayed`` is that Θ; ``bias`` the
    factor of the bias column of D. With ``early`` each Θ⁽ˡ⁾ is updated before δ⁽ˡ⁾ is worked out from it. ``moves`` is
    how often an update moves the bias, from the number of inputs.
    """

    targets: Callable[[Array], Array] = lambda y: y
    error: Callable[[Array, Array], Array] = lambda h, y: h - y
    weights: Callable[[Array], Array] = transposed
    slope: Callable[[Activation, Array, Array], Array] = lambda activation, z, a: activation.slope(z)
    counted: Callable[[int], int] = lambda m: m
    carried: int = 0
    divisor: Callable[[int], float] = lambda m: m
    rate: Callable[[float, int], float] = lambda lambda_, m: lambda_ / m
    decayed: Callable[[Array], Array] = without_bias
    bias: float = 1.0
    early: bool = False
    moves: Callable[[int], int] = lambda inputs: 1


RIGHT = Lines()


def gradient_by(
    lines: Lines, network: Network, X: Array, Y: Array, lambda_: float, learning_rate: float
) -> tuple[Array, ...]:
    """D as these lines work it out, shaped like Θ, read-only; X (m, s_1) and Y (m, K) checked.

    The learning rate matters only to lines that are ``early``.
    """
    m = len(X)
    z, a, _ = forward(network, inputs(X))
    a[0] = with_bias_unit(X.T)
    delta = lines.error(logistic(z[-1])[0], lines.targets(Y.T))
    found: list[Array] = []
    for layer in range(len(network.thetas) - 1, -1, -1):
        theta = network.thetas[layer]
        counted = lines.counted(m)
        sums = (1 + lines.carried) * delta[:, :counted].dot(a[layer][:, :counted].T)
        D = sums / lines.divisor(m) + lines.rate(lambda_, m) * lines.decayed(theta)
        D[:, 0] *= lines.bias
        found.insert(0, sealed(D))
        if layer:
            if lines.early:
                theta = theta - learning_rate * D
            slope = lines.slope(network.activation, z[layer - 1], a[layer][1:])
            delta = lines.weights(theta).dot(delta) * slope
    return tuple(found)


def updated_by(lines: Lines, network: Network, D: tuple[Array, ...], learning_rate: float) -> Network:
    """Θ := Θ − αD as these lines do it."""
    thetas = []
    for theta, matrix in zip(network.thetas, D):
        step = learning_rate * matrix
        step[:, 0] *= lines.moves(theta.shape[1] - 1)
        thetas.append(sealed(theta - step))
    return Network(tuple(thetas), network.activation_name)
