"""Backpropagation line by line, as a student writes it: each line can be replaced by a wrong one."""

from collections.abc import Callable, Iterable, Sequence
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

    ``targets`` gives y (K, m) from y. ``error`` is δ⁽ᴸ⁾ from h and y, and ``factor``, from h, what that is multiplied
    by: both can be wrong at once, as in (y − h) h (1 − h). ``weights`` are what δ⁽ˡ⁺¹⁾ goes back through, shape
    (s_l, s_{l+1}), from Θ⁽ˡ⁾; ``slope`` is g′ from the activation, z and a of a hidden layer. ``counted`` says how many
    of m examples are added up, ``carried`` how often Δ of the pass before is still in Δ. ``divisor`` is what Δ is
    divided by, from m; ``rate`` the factor of the decayed Θ, from λ and m; ``decayed`` is that Θ; ``bias`` the factor
    of the bias column of D. With ``early`` each Θ⁽ˡ⁾ is updated before δ⁽ˡ⁾ is worked out from it. ``moves`` is how
    often an update moves the bias, from the number of inputs.
    """

    targets: Callable[[Array], Array] = lambda y: y
    error: Callable[[Array, Array], Array] = lambda h, y: h - y
    factor: Callable[[Array], Array | float] = lambda h: 1.0
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

    def output_error(self, h: Array, y: Array) -> Array:
        """δ⁽ᴸ⁾, shape (K, m) as h and y are."""
        return self.error(h, self.targets(y)) * self.factor(h)


RIGHT = Lines()


def gradient_by(
    lines: Lines, network: Network, X: Array, Y: Array, lambda_: float, learning_rate: float
) -> tuple[Array, ...]:
    """D as these lines work it out, shaped like Θ, read-only; X (m, s_1) and Y (m, K) checked.

    The learning rate matters only to lines that are ``early``.
    """
    return gradient_of_columns(lines, network, inputs(X), Y.T, lambda_, learning_rate)


def gradient_of_columns(
    lines: Lines, network: Network, a: Array, Y: Array, lambda_: float, learning_rate: float
) -> tuple[Array, ...]:
    """The same of a⁽¹⁾ as ``inputs`` gives it and Y (K, m), a column per example."""
    m = a.shape[1]
    passed = _passed(lines, network, a, Y)
    delta = passed.error
    found: list[Array] = []
    for layer in range(len(network.thetas) - 1, -1, -1):
        theta = network.thetas[layer]
        sums = (1 + lines.carried) * _sums(passed, layer, delta, lines.counted(m))
        D = sums / lines.divisor(m) + lines.rate(lambda_, m) * lines.decayed(theta)
        D[:, 0] *= lines.bias
        found.insert(0, sealed(D))
        if layer:
            delta = _back(lines, network, passed, layer, theta - learning_rate * D if lines.early else theta, delta)
    return tuple(found)


def accumulated_by(lines: Lines, network: Network, through: Sequence[Array], X: Array, Y: Array) -> tuple[Array, ...]:
    """Δ of these examples, shaped like Θ; δ goes back *through* these Θ. X and Y as for ``gradient_by``.

    Which examples of a pass are counted, and what Δ holds before, is for the caller.
    """
    passed = _passed(lines, network, inputs(X), Y.T)
    delta = passed.error
    found: list[Array] = []
    for layer in range(len(network.thetas) - 1, -1, -1):
        found.insert(0, _sums(passed, layer, delta, len(X)))
        if layer:
            delta = _back(lines, network, passed, layer, through[layer], delta)
    return tuple(found)


class _Passed(NamedTuple):
    """z of layers 2 … L, a of layers 1 … L − 1 with bias unit, and δ⁽ᴸ⁾, a column per example."""

    z: list[Array]
    a: list[Array]
    error: Array


def _passed(lines: Lines, network: Network, a: Array, Y: Array) -> _Passed:
    z, activations, _ = forward(network, a)
    if len(a) < network.thetas[0].shape[1]:
        activations[0] = with_bias_unit(a)  # a wide layer 1 comes without
    return _Passed(z, activations, lines.output_error(logistic(z[-1])[0], Y))


def _sums(passed: _Passed, layer: int, delta: Array, counted: int) -> Array:
    """Δ of a layer, from 0, over the first *counted* examples."""
    sums: Array = delta[:, :counted].dot(passed.a[layer][:, :counted].T)
    return sums


def _back(lines: Lines, network: Network, passed: _Passed, layer: int, theta: Array, delta: Array) -> Array:
    """δ of the layer below Θ number *layer*, from 0, which is *theta* as these lines have it."""
    slope = lines.slope(network.activation, passed.z[layer - 1], passed.a[layer][1:])
    back: Array = lines.weights(theta).dot(delta) * slope
    return back


def move_on(lines: Lines, old: Iterable[Array], new: Iterable[Array]) -> None:
    """Move the bias columns of *new*, which have come from *old* in one update, as often as these lines do it."""
    for before, after in zip(old, new):
        more = lines.moves(after.shape[1] - 1) - 1
        if more:
            after[:, 0] += more * (after[:, 0] - before[:, 0])
