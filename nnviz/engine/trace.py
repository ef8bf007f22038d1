"""One example's way through the network, told in order: everything computed, and the steps that compute it."""

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from nnviz.engine.arrays import Array, checked, frozen, numeric, sealed
from nnviz.engine.blocks import inputs
from nnviz.engine.computed import Computed
from nnviz.engine.cost import output
from nnviz.engine.epoch import Epoch
from nnviz.engine.network import Network
from nnviz.engine.propagation import forward, targets
from nnviz.engine.steps import Step, story_of
from nnviz.engine.twins import even_out


class Trace(Computed):
    """Everything of one example, with its story."""

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The story in order, one step per unit: forward, cost, backward, accumulate; if ``final``, D and update."""
        return tuple(story_of(self))


def trace(network: Network, x: ArrayLike, y: ArrayLike) -> Trace:
    """One example by itself: x of shape (s_1,), y of shape (K,) or a label 1 … K (0 or 1 when K = 1); Δ starts at 0.

    Raises ValueError as ``cost`` does.
    """
    x = checked("x", x, (network.sizes[0],))
    y = numeric("y", y)
    if y.ndim:
        y = checked("y", y, (network.outputs,))
    Y = targets("y", y[None, ...], 1, network.outputs)
    return trace_in(Epoch(network, frozen(x[None, :]), frozen(Y)), 0, final=False)


def trace_in(epoch: Epoch, example: int, *, final: bool | None = None, learnt: bool = True) -> Trace:
    """The trace of example *example* (from 0) of a pass; D and update follow the last one unless *final* says other.

    Of an example that is not *learnt* the story ends with its cost.

    It goes through the same functions as a batch, with one column, so one example's gradient is its Δ bit for bit.
    Raises IndexError for an example outside the pass.
    """
    if not 0 <= example < epoch.m:
        raise IndexError(f"example is {example}; expected 0 to {epoch.m - 1}.")
    network, X, Y = epoch.network, epoch.X[example : example + 1], epoch.Y[example : example + 1]
    passed = forward(network, inputs(X))
    last = output(passed.z[-1], Y.T)
    weighted, delta = _backward(network, passed.slope, last.delta)
    none = np.empty(0)
    return Trace(
        epoch=epoch,
        example=example,
        final=example == epoch.m - 1 if final is None else final,
        z=(sealed(none), *_columns(passed.z)),
        a=_columns((X.T, *(a[1:] for a in passed.a[1:]), last.h)),
        slope=(sealed(none), *_columns(passed.slope), sealed(none)),
        weighted=(sealed(none), *_columns(weighted), sealed(none)),
        delta=(sealed(none), *_columns(delta)),
        costs=_columns((last.cost,))[0],
        learnt=learnt,
    )


def _backward(network: Network, slope: Sequence[Array], error: Array) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    """The sums (Θ⁽ˡ⁾)ᵀδ⁽ˡ⁺¹⁾ of layers 2 … L−1, bias unit first, and δ of layers 2 … L."""
    weighted, delta = [], [error]
    twins = network.twins[::-1]
    ways = zip(network.thetas[:0:-1], network.backward_weights, reversed(slope))
    for hidden, (theta, weights, derivative) in enumerate(ways):
        sums = weights.dot(delta[-1])
        if twins:
            even_out(twins[hidden], sums)
        weighted.append(np.concatenate((theta[:, :1].T.dot(delta[-1]), sums)))
        delta.append(sums * derivative)
    return tuple(weighted[::-1]), tuple(delta[::-1])


def _columns(matrices: Iterable[Array]) -> tuple[Array, ...]:
    return tuple(sealed(matrix[:, 0].copy()) for matrix in matrices)
