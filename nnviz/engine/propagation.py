"""Forward and back propagation over all m examples at once: J, D, predictions."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.activations import activation as activation_row
from nnviz.engine.arrays import Array, checked, numeric, sealed
from nnviz.engine.cost import Cost, output, output_error, weight_decay
from nnviz.engine.network import Network, checked_sizes, rolled


class Forward(NamedTuple):
    """Layer by layer, a row per example; index 0 is layer 1, for which z and the slope are empty, of shape (m, 0).

    ``a[l]`` leaves the bias unit out. ``slope`` is g′(z) in hidden layers; the output's is in ``cost.output``.
    The output layer's activation is not here either: it comes with its cost.
    """

    z: tuple[Array, ...]
    a: tuple[Array, ...]
    slope: tuple[Array, ...]


def forward(network: Network, X: Array) -> Forward:
    """z, a and g′(z) of every layer up to the logits of the output, for checked X of shape (m, s_1)."""
    none = np.empty((len(X), 0))
    z, a, slope = [none], [X], [none]
    evaluate = network.activation.evaluate
    for theta in network.thetas[:-1]:
        z.append(logits(theta, a[-1]))
        value, derivative = evaluate(z[-1])
        a.append(value)
        slope.append(derivative)
    z.append(logits(network.thetas[-1], a[-1]))
    return Forward(tuple(z), tuple(a), tuple(slope))


def logits(theta: Array, a: Array) -> Array:
    """z = Θ a for every row of a, shape (m, s_{l+1}); the bias column is added, so a needs no column of ones."""
    z: Array = a @ theta[:, 1:].T
    z += theta[:, 0]
    return z


def backward(network: Network, slope: Sequence[Array], error: Array) -> tuple[Array, ...]:
    """δ of layers 2 … L, from the output's (m, K) *error*: δ⁽ˡ⁾ = (Θ⁽ˡ⁾)ᵀδ⁽ˡ⁺¹⁾ .* g′(z⁽ˡ⁾), bias units left out."""
    delta = [error]
    for theta, derivative in zip(network.thetas[:0:-1], slope[:0:-1]):
        delta.append((delta[-1] @ theta[:, 1:]) * derivative)
    return tuple(delta[::-1])


def accumulator(delta: Sequence[Array], a: Sequence[Array]) -> tuple[Array, ...]:
    """Δ⁽ˡ⁾ = Σ δ⁽ˡ⁺¹⁾ (a⁽ˡ⁾)ᵀ over the rows given, each of Θ⁽ˡ⁾'s shape; *delta* starts at layer 2, *a* at layer 1."""
    matrices = []
    for d, activations in zip(delta, a):
        matrix = np.empty((d.shape[1], activations.shape[1] + 1))
        np.add.reduce(d, axis=0, out=matrix[:, 0])
        np.matmul(d.T, activations, out=matrix[:, 1:])
        matrices.append(matrix)
    return tuple(matrices)


def regularised(sums: Sequence[Array], thetas: Sequence[Array], lambda_: float, m: int) -> tuple[Array, ...]:
    """D = (Δ + λΘ)/m, the bias column Δ/m. Works in place on *sums*, which the caller gives away."""
    for matrix, theta in zip(sums, thetas):
        if lambda_ != 0.0:
            matrix[:, 1:] += lambda_ * theta[:, 1:]
        matrix /= m
    return tuple(sealed(matrix) for matrix in sums)


def cost(network: Network, X: ArrayLike, Y: ArrayLike, lambda_: float = 0.0) -> Cost:
    """J(Θ) = −(1/m) Σᵢ Σₖ [yₖ log hₖ + (1 − yₖ) log(1 − hₖ)] + λ/(2m) Σ Θ², bias column left out.

    X has shape (m, s_1). Y has shape (m, K) with entries from 0 to 1, or (m,) with labels 1 … K (0 or 1 when K = 1).
    Raises ValueError for input that is not finite, of another shape, or outside the classes.
    """
    X, Y = examples(network.sizes, X, Y)
    lambda_ = checked_rate("lambda_", lambda_)
    data = float(output(forward(network, X).z[-1], Y).cost.sum()) / len(X)
    decay = weight_decay(network.thetas, lambda_, len(X))
    return Cost(data + decay, data, decay)


def gradient(network: Network, X: ArrayLike, Y: ArrayLike, lambda_: float = 0.0) -> tuple[Array, ...]:
    """D⁽ˡ⁾ = ∂J/∂Θ⁽ˡ⁾ = (Δ⁽ˡ⁾ + λΘ⁽ˡ⁾)/m, the bias column Δ/m, as a read-only tuple shaped like Θ.

    Arguments and errors as ``cost``.
    """
    X, Y = examples(network.sizes, X, Y)
    lambda_ = checked_rate("lambda_", lambda_)
    passed = forward(network, X)
    delta = backward(network, passed.slope, output_error(passed.z[-1], Y))
    return regularised(accumulator(delta, passed.a), network.thetas, lambda_, len(X))


def cost_function(
    theta: ArrayLike,
    sizes: Sequence[int],
    X: ArrayLike,
    Y: ArrayLike,
    lambda_: float = 0.0,
    *,
    activation: str = "sigmoid",
) -> tuple[float, Array]:
    """(J, ∂J/∂Θ unrolled column by column): what ``scipy.optimize.minimize(..., jac=True)`` takes.

    *theta* is all of Θ in one vector, as ``Network.unroll()`` gives it. Other arguments and errors as ``cost``.
    """
    sizes = checked_sizes(sizes)
    theta = checked("theta", theta, (sum((a + 1) * b for a, b in zip(sizes, sizes[1:])),))
    network = Network(rolled(theta, sizes), activation_row(activation).name)
    X, Y = examples(sizes, X, Y)
    lambda_ = checked_rate("lambda_", lambda_)
    passed = forward(network, X)
    last = output(passed.z[-1], Y)
    sums = accumulator(backward(network, passed.slope, last.delta), passed.a)
    D = regularised(sums, network.thetas, lambda_, len(X))
    total = float(last.cost.sum()) / len(X) + weight_decay(network.thetas, lambda_, len(X))
    return total, np.concatenate([matrix.ravel(order="F") for matrix in D])


def hypothesis(network: Network, X: ArrayLike) -> Array:
    """h_Θ(x) for every row of X: shape (m, K), from 0 to 1."""
    X = _inputs(network.sizes, X)
    z = forward(network, X).z[-1]
    return output(z, np.zeros_like(z)).h


def predict(network: Network, X: ArrayLike) -> NDArray[np.int64]:
    """The class of every row of X, shape (m,): the label 1 … K of the largest output; for K = 1, 1 where h ≥ 0.5.

    It compares logits, which still differ where saturated outputs both round to 1. Of equal ones the first wins.
    """
    z = forward(network, _inputs(network.sizes, X)).z[-1]
    if network.outputs == 1:
        return np.where(z[:, 0] >= 0.0, 1, 0)
    labels: NDArray[np.int64] = np.argmax(z, axis=1) + 1
    return labels


def accuracy(network: Network, X: ArrayLike, Y: ArrayLike) -> float:
    """The share of examples, from 0 to 1, whose predicted class is that of Y (its largest entry; for K = 1, y ≥ 0.5)."""
    X, Y = examples(network.sizes, X, Y)
    truth = Y[:, 0] >= 0.5 if network.outputs == 1 else np.argmax(Y, axis=1) + 1
    return float(np.mean(predict(network, X) == truth))


def examples(sizes: Sequence[int], X: ArrayLike, Y: ArrayLike) -> tuple[Array, Array]:
    """X of shape (m, s_1) and Y of shape (m, K), checked; labels become rows of 0 and 1."""
    X = _inputs(sizes, X)
    return X, targets("Y", Y, len(X), sizes[-1])


def _inputs(sizes: Sequence[int], X: ArrayLike) -> Array:
    X = checked("X", X, (None, sizes[0]))
    if len(X) == 0:
        raise ValueError("X has no rows; expected at least one example.")
    return X


def targets(name: str, Y: ArrayLike, m: int, outputs: int) -> Array:
    """Y of shape (m, K), from rows or from labels, checked; *name* is what errors call it."""
    Y = numeric(name, Y)
    if Y.ndim == 1:
        return one_hot(name, checked(name, Y, (m,)), outputs)
    Y = checked(name, Y, (m, outputs))
    if np.minimum.reduce(Y, axis=None) < 0.0 or np.maximum.reduce(Y, axis=None) > 1.0:
        found = Y[(Y < 0.0) | (Y > 1.0)][0]
        raise ValueError(
            f"{name} holds {found:g}; expected entries from 0 to 1, or a vector of labels 1 to {outputs}."
        )
    return Y


def one_hot(name: str, labels: Array, outputs: int) -> Array:
    """Labels 1 … K of shape (m,) as rows of 0 and 1, shape (m, K); for K = 1 the labels are the y themselves."""
    first, last = (0, 1) if outputs == 1 else (1, outputs)
    wrong = (labels < first) | (labels > last) | (labels != np.floor(labels))
    if wrong.any():
        row = int(np.argmax(wrong))
        raise ValueError(f"{name} holds the label {labels[row]:g} at index ({row},); expected {first} to {last}.")
    if outputs == 1:
        return labels[:, None]
    return np.where(labels[:, None] == np.arange(1, outputs + 1), 1.0, 0.0)


def checked_rate(name: str, value: float) -> float:
    """λ or α: a finite number, 0 or larger. Raises ValueError otherwise."""
    try:
        finite, number = math.isfinite(value), float(value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name} is {value!r}; expected a number, 0 or larger.") from None
    if not (finite and number >= 0.0):
        raise ValueError(f"{name} is {number:g}; expected a finite number, 0 or larger.")
    return number
