"""One example's way through the network, told in order: everything computed, and the steps that compute it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from nnviz.engine.arrays import Array, checked, frozen, numeric, sealed
from nnviz.engine.blocks import inputs
from nnviz.engine.computed import Computed
from nnviz.engine.cost import output
from nnviz.engine.epoch import Epoch
from nnviz.engine.lines import RIGHT
from nnviz.engine.network import Network
from nnviz.engine.propagation import Forward, forward, targets
from nnviz.engine.steps import MistakenStep, Step, story_of
from nnviz.engine.twins import even_out


@dataclass(frozen=True, eq=False)
class Trace(Computed):
    """Everything of one example, with its story.

    ``mistake`` is the kind of step that is told as the mistake has it, where it strikes; None: all are told as they
    should be, whatever their numbers.
    """

    mistake: type[MistakenStep] | None = None

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The story in order, one step per unit: forward, cost, backward, accumulate; if ``final``, D and update."""
        return tuple(story_of(self, self.mistake))

    @cached_property
    def right(self) -> Computed:
        """The same example without a mistake."""
        right = self.epoch.right
        return self if right is self.epoch else trace_in(right, self.example, final=self.final, learnt=self.learnt)


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


def trace_in(
    epoch: Epoch,
    example: int,
    *,
    final: bool | None = None,
    learnt: bool = True,
    mistake: type[MistakenStep] | None = None,
) -> Trace:
    """The trace of example *example* (from 0) of a pass; D and update follow the last one unless *final* says other.

    Of an example that is not *learnt* the story ends with its cost. *mistake*: see ``Trace``.

    It goes through the same functions as a batch, with one column, so one example's gradient is its Δ bit for bit.
    Raises IndexError for an example outside the pass.
    """
    if not 0 <= example < epoch.m:
        raise IndexError(f"example is {example}; expected 0 to {epoch.m - 1}.")
    network, X, Y = epoch.network, epoch.X[example : example + 1], epoch.Y[example : example + 1]
    passed = forward(network, inputs(X))
    last = output(passed.z[-1], Y.T)
    if epoch.lines is RIGHT:
        slope, weights, error = passed.slope, network.backward_weights, last.delta
    else:
        slope, weights, error = _mistaken(epoch, passed, last.h, Y.T)
    weighted, delta = _backward(network, weights, slope, error)
    none = np.empty(0)
    return Trace(
        epoch=epoch,
        example=example,
        final=example == epoch.m - 1 if final is None else final,
        z=(sealed(none), *_columns(passed.z)),
        a=_columns((X.T, *(a[1:] for a in passed.a[1:]), last.h)),
        slope=(sealed(none), *_columns(slope), sealed(none)),
        weighted=(sealed(none), *_columns(weighted), sealed(none)),
        delta=(sealed(none), *_columns(delta)),
        costs=_columns((last.cost,))[0],
        learnt=learnt,
        mistake=mistake,
    )


def _mistaken(epoch: Epoch, passed: Forward, h: Array, Y: Array) -> tuple[list[Array], tuple[Array, ...], Array]:
    """g′, the weights that δ goes back through, that of the last layer first, and δ⁽ᴸ⁾, as the pass's lines have it."""
    lines, row = epoch.lines, epoch.network.activation
    slope = [lines.slope(row, z, a[1:]) for z, a in zip(passed.z, passed.a[1:])]
    weights = tuple(lines.weights(theta) for theta in epoch.back_through[:0:-1])
    return slope, weights, lines.output_error(h, Y)


def _backward(
    network: Network, weights: Sequence[Array], slope: Sequence[Array], error: Array
) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    """The sums (Θ⁽ˡ⁾)ᵀδ⁽ˡ⁺¹⁾ of layers 2 … L−1, bias unit first, and δ of layers 2 … L."""
    weighted, delta = [], [error]
    twins = network.twins[::-1]
    ways = zip(network.thetas[:0:-1], weights, reversed(slope))
    for hidden, (theta, back, derivative) in enumerate(ways):
        sums = back.dot(delta[-1])
        if twins:
            even_out(twins[hidden], sums)
        weighted.append(np.concatenate((theta[:, :1].T.dot(delta[-1]), sums)))
        delta.append(sums * derivative)
    return tuple(weighted[::-1]), tuple(delta[::-1])


def _columns(matrices: Iterable[Array]) -> tuple[Array, ...]:
    return tuple(sealed(matrix[:, 0].copy()) for matrix in matrices)
