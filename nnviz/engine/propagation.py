"""Forward and back propagation over all m examples at once: J, D, predictions."""

import math
from collections.abc import Iterable, Sequence
from contextvars import copy_context
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.activations import ONE, logistic
from nnviz.engine.activations import activation as activation_row
from nnviz.engine.arrays import Array, all_finite, checked, numeric, shaped
from nnviz.engine.blocks import Block, each_block, inputs
from nnviz.engine.cost import Cost, output_error, quick_error, summed_cost, weight_decay
from nnviz.engine.network import Network, checked_sizes, rolled
from nnviz.engine.twins import even_out

_WHOLE = np.dtype(np.uint64)
_BITS_OF_1 = int(np.array(1.0).view(_WHOLE))

# To run in without NumPy's warnings. Copying it takes a fifth of what it takes to turn them off and on again.
_QUIET = copy_context()
_QUIET.run(np.seterr, all="ignore")


class Forward(NamedTuple):
    """Layer by layer, a column per example: z of layers 2 … L, a of layers 1 … L−1, g′(z) of layers 2 … L−1.

    a has shape (s_l + 1, m), bias unit first; only a wide layer 1 goes without, see ``inputs``. The activation of the
    output layer comes with its cost, in ``cost.output``.
    """

    z: list[Array]
    a: list[Array]
    slope: list[Array]


def forward(network: Network, a: Array, *, quick: bool = False) -> Forward:
    """z, a and g′(z) of every layer up to the logits of the output, from a⁽¹⁾ as ``inputs`` gives it.

    *quick* is for z from which e^z does not overflow, and to be checked afterwards: where it does, nan follows. Of z
    only the logits are right then, for g′ may take the arrays of the others.
    """
    row, twins = network.activation, network.twins
    evaluate = row.quick if quick else row.evaluate
    m = a.shape[1]
    logits = _product(network.thetas[0], a)
    z, activations = [logits], [a]
    slope: list[Array] = []
    for theta in network.thetas[1:]:
        a = np.empty((theta.shape[1], m))
        a[0] = ONE
        _, derivative = evaluate(logits, a[1:])
        if twins:
            even_out(twins[len(slope)], logits, a[1:], derivative)
        slope.append(derivative)
        activations.append(a)
        logits = theta.dot(a)
        z.append(logits)
    return Forward(z, activations, slope)


def _product(theta: Array, a: Array) -> Array:
    """Θa, also for an *a* without its bias unit."""
    z: Array
    if len(a) == theta.shape[1]:
        z = theta.dot(a)
    else:
        z = theta[:, 1:].dot(a)
        z += theta[:, :1]
    return z


def backward(network: Network, passed: Forward, error: Array) -> tuple[list[Array], list[Array]]:
    """From the output's (K, m) *error*: δ of layers 2 … L without bias units, and Δ of layers 1 … L−1, shaped like Θ.

    δ⁽ˡ⁾ = (Θ⁽ˡ⁾)ᵀδ⁽ˡ⁺¹⁾ .* g′(z⁽ˡ⁾) and Δ⁽ˡ⁾ = δ⁽ˡ⁺¹⁾ (a⁽ˡ⁾)ᵀ, summed over the columns.
    """
    _, a, slope = passed
    twins = network.twins
    delta, sums = [error], []
    for weights, derivative, activations in zip(network.backward_weights, slope[::-1], a[::-1]):
        sums.append(error.dot(activations.T))
        error = weights.dot(error)
        error *= derivative
        if twins:
            even_out(twins[-len(delta)], error)
        delta.append(error)
    sums.append(_outer(error, a[0], network.thetas[0]))
    delta.reverse()
    sums.reverse()
    if twins:
        for first, into, out in zip(twins, sums, sums[1:]):
            even_out(first, into, out[:, 1:].T)
    return delta, sums


def _outer(delta: Array, a: Array, theta: Array) -> Array:
    """δaᵀ, shaped like *theta*, also for an *a* without its bias unit, which is 1 in every column."""
    sums: Array
    if len(a) == theta.shape[1]:
        sums = delta.dot(a.T)
    else:
        sums = np.empty(theta.shape)
        np.add.reduce(delta, axis=1, out=sums[:, 0])
        np.matmul(delta, a.T, out=sums[:, 1:])
    return sums


def accumulated(
    network: Network, blocks: Iterable[Block], costs: list[float] | None = None, *, quick: bool = False
) -> list[Array]:
    """Δ/m, m as the blocks have it: one new matrix per Θ.

    *costs*, if given, receives numbers that add up to J without weight decay. *quick* as in ``forward``: if e^z
    overflows somewhere, D⁽¹⁾ is not finite, for δ passes nan on to all layers before.
    """
    total: list[Array] = []
    error_of = quick_error if quick else output_error
    for a, Y, rest, share in blocks:
        passed = forward(network, a, quick=quick)
        error, cost = error_of(passed.z[-1], Y, rest, costs is not None)
        if costs is not None:
            costs.append(cost * share)
        if share != 1.0:
            error *= share  # it has K rows: less to scale than in all of Δ
        _, sums = backward(network, passed, error)
        if total:
            for matrix, more in zip(total, sums):
                matrix += more
        else:
            total = sums
    return total


def cost(network: Network, X: ArrayLike, Y: ArrayLike, lambda_: float = 0.0) -> Cost:
    """J(Θ) = −(1/m) Σᵢ Σₖ [yₖ log hₖ + (1 − yₖ) log(1 − hₖ)] + λ/(2m) Σ Θ², bias column left out.

    X has shape (m, s_1). Y has shape (m, K) with entries from 0 to 1, or (m,) with labels 1 … K (0 or 1 when K = 1).
    Raises ValueError for input that is not finite, of another shape, or outside the classes.
    """
    X, Y = examples(network.sizes, X, Y)
    lambda_ = checked_rate("lambda_", lambda_)
    data = 0.0
    for part in each_block(network.sizes, X, Y, len(X)):
        data += summed_cost(forward(network, part.a).z[-1], part.Y, part.rest) * part.share
    decay = weight_decay(network.thetas, lambda_, len(X))
    return Cost(data + decay, data, decay)


def gradient(network: Network, X: ArrayLike, Y: ArrayLike, lambda_: float = 0.0) -> tuple[Array, ...]:
    """D⁽ˡ⁾ = ∂J/∂Θ⁽ˡ⁾ = (Δ⁽ˡ⁾ + λΘ⁽ˡ⁾)/m, the bias column Δ/m, as a read-only tuple shaped like Θ.

    Arguments and errors as ``cost``.
    """
    X, Y = shaped_examples(network.sizes, X, Y)
    lambda_ = checked_rate("lambda_", lambda_)
    D = _QUIET.copy().run(accumulated, network, each_block(network.sizes, X, Y, len(X)), quick=True)
    if not all_finite(D[0]):  # as it is whenever X is not: its column of D⁽¹⁾ is a sum of products with it
        D = accumulated(network, each_block(network.sizes, checked("X", X, X.shape), Y, len(X)))
    return _regularised(D, network.thetas, lambda_, len(X))


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
    network = Network(rolled(theta, sizes), activation_row(activation).name)
    X, Y = examples(sizes, X, Y)
    lambda_ = checked_rate("lambda_", lambda_)
    costs: list[float] = []
    sums = accumulated(network, each_block(sizes, X, Y, len(X)), costs)
    D = _regularised(sums, network.thetas, lambda_, len(X))
    J = sum(costs) + weight_decay(network.thetas, lambda_, len(X))
    return J, np.concatenate([matrix.T.ravel() for matrix in D])


def _regularised(means: Sequence[Array], thetas: Sequence[Array], lambda_: float, m: int) -> tuple[Array, ...]:
    """D = Δ/m + (λ/m)Θ, the bias column Δ/m. Works in place on *means* = Δ/m, which the caller gives away."""
    if lambda_ != 0.0:
        for matrix, theta in zip(means, thetas):
            matrix[:, 1:] += lambda_ / m * theta[:, 1:]
    for matrix in means:
        matrix.setflags(write=False)
    return tuple(means)


def hypothesis(network: Network, X: ArrayLike) -> Array:
    """h_Θ(x) for every row of X: shape (m, K), from 0 to 1."""
    X = _features(network.sizes, X)
    return np.ascontiguousarray(logistic(forward(network, inputs(X)).z[-1])[0].T)


def predict(network: Network, X: ArrayLike) -> NDArray[np.int64]:
    """The class of every row of X, shape (m,): the label 1 … K of the largest output; for K = 1, 1 where h ≥ 0.5.

    It compares logits, which still differ where saturated outputs both round to 1. Of equal ones the first wins.
    """
    z = forward(network, inputs(_features(network.sizes, X))).z[-1]
    if network.outputs == 1:
        return np.where(z[0] >= 0.0, 1, 0)
    labels: NDArray[np.int64] = np.argmax(z, axis=0) + 1
    return labels


def accuracy(network: Network, X: ArrayLike, Y: ArrayLike) -> float:
    """The share of examples, from 0 to 1, whose predicted class is that of Y: its largest entry; for K = 1, y ≥ 0.5."""
    X, Y = examples(network.sizes, X, Y)
    truth = Y[:, 0] >= 0.5 if network.outputs == 1 else np.argmax(Y, axis=1) + 1
    return float(np.mean(predict(network, X) == truth))


def examples(sizes: Sequence[int], X: ArrayLike, Y: ArrayLike) -> tuple[Array, Array]:
    """X of shape (m, s_1) and Y of shape (m, K), checked; labels become rows of 0 and 1."""
    X, Y = shaped_examples(sizes, X, Y)
    return checked("X", X, X.shape), Y


def shaped_examples(sizes: Sequence[int], X: ArrayLike, Y: ArrayLike) -> tuple[Array, Array]:
    """As ``examples``, but X may still hold inf or nan."""
    X = numeric("X", X)
    if X.ndim != 2 or X.shape[1] != sizes[0]:
        shaped("X", X, (None, sizes[0]))
    if len(X) == 0:
        raise ValueError("X has no rows; expected at least one example.")
    return X, targets("Y", Y, len(X), sizes[-1])


def _features(sizes: Sequence[int], X: ArrayLike) -> Array:
    X = checked("X", X, (None, sizes[0]))
    if len(X) == 0:
        raise ValueError("X has no rows; expected at least one example.")
    return X


def targets(name: str, Y: ArrayLike, m: int, outputs: int) -> Array:
    """Y of shape (m, K), from rows or from labels, checked; *name* is what errors call it."""
    Y = numeric(name, Y)
    if Y.ndim == 1:
        return one_hot(name, checked(name, Y, (m,)), outputs)
    Y = shaped(name, Y, (m, outputs))
    # Read as whole numbers, the bits of 0 … 1 are smaller than those of anything negative, larger, inf or nan.
    bits = Y.view(_WHOLE)
    if bits.item(bits.argmax()) > _BITS_OF_1:
        _refuse_outside(name, checked(name, Y, (m, outputs)))
    return Y


def _refuse_outside(name: str, Y: Array) -> None:
    outside = Y[(Y < 0.0) | (Y > 1.0)]
    if outside.size:
        raise ValueError(
            f"{name} holds {outside[0]:g}; expected entries from 0 to 1, or a vector of labels 1 to {Y.shape[1]}."
        )


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
