"""The whole layer at once, as a planted mistake has it."""

from collections.abc import Callable

import numpy as np

from nnviz.engine import mistakes
from nnviz.engine.arrays import Array, sealed
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import Accumulate, Gradient, HiddenError, Step
from nnviz.picture.markup import Formula
from nnviz.picture.matrix import Frame, Matrix, Operator, Part
from nnviz.picture.matrix_rows import PARTS, Place, following, without_bias
from nnviz.picture.notation import a, accumulator, delta, g_prime, gradient, row, theta, transpose, words, y, z
from nnviz.picture.numbers import MINUS

PartsOf = Callable[[Place, Step], tuple[Part, ...]]


# The output


def _a(place: Place, step: Step) -> Matrix:
    return place.units(a(step.layer), Symbol.A, step.layer, place.story.trace.h, step)


def _y(place: Place, step: Step) -> Matrix:
    return place.units(y(), Symbol.Y, step.layer, place.story.trace.y, step)


def _delta(place: Place, step: Step) -> Matrix:
    return place.units(delta(step.layer), Symbol.DELTA, step.layer, place.story.trace.delta[step.layer - 1], step)


def _plain(title: Formula, values: Array, step: Step) -> Matrix:
    """A column that stands nowhere else."""
    used = step.unit - 1
    return Matrix(
        title,
        sealed(values[:, None]),
        lambda i, j: None,
        lambda i, j: True,
        "signed",
        Frame(range(used, used + 1), range(1)),
    )


def _flipped(place: Place, step: Step) -> tuple[Part, ...]:
    return _y(place, step), Operator(MINUS), _a(place, step), Operator("="), _delta(place, step)


def _shifted(place: Place, step: Step) -> tuple[Part, ...]:
    shifted = _plain(words("y, one class on"), np.roll(place.story.trace.y, 1), step)
    return _a(place, step), Operator(MINUS), shifted, Operator("="), _delta(place, step)


def _sloped(place: Place, step: Step) -> tuple[Part, ...]:
    h = place.story.trace.h
    error = (Operator("("), _a(place, step), Operator(MINUS), _y(place, step), Operator(") .*"))
    slope = _plain(words("a .* (1 − a)"), h * (1.0 - h), step)
    return *error, slope, Operator("="), _delta(place, step)


# Hidden layers


def _slope(place: Place, step: Step, argument: Formula) -> Matrix:
    layer = step.layer
    return place.units(g_prime(argument), Symbol.SLOPE, layer, place.story.trace.slope[layer - 1], step)


def _flat(place: Place, step: Step) -> tuple[Part, ...]:
    through, sign, errors, *_ = PARTS[HiddenError](place, step)
    return through, sign, errors, Operator("="), _delta(place, step)


def _slope_of_a(place: Place, step: Step) -> tuple[Part, ...]:
    through, sign, errors, times, *_ = PARTS[HiddenError](place, step)
    return through, sign, errors, times, _slope(place, step, a(step.layer)), Operator("="), _delta(place, step)


def _through(write: Callable[[Place, Step], Matrix]) -> PartsOf:
    """δ through another matrix."""

    def parts(place: Place, step: Step) -> tuple[Part, ...]:
        through = (write(place, step), Operator("·"), following(place, step), Operator(".*"))
        return *through, _slope(place, step, z(step.layer)), Operator("="), _delta(place, step)

    return parts


def _matrix(title: Formula, values: Array, address: Callable[[int, int], Address], place: Place, step: Step) -> Matrix:
    """A matrix that δ goes back through, the row of the step's unit framed."""
    used = step.unit - 1
    if used < 0:  # the bias unit's
        return Matrix(title, values, address, lambda i, j: True, "signed")
    cell = None if place.term is None else (used, place.term)
    frame = Frame(range(used, used + 1), range(values.shape[1]))
    return Matrix(title, values, address, lambda i, j: True, "signed", frame, cell)


def _neighbour(place: Place, step: Step) -> Matrix:
    n = step.layer
    title = transpose(row(theta(n), words(" but its last column", "muted")))
    values = place.story.trace.network.theta(n)[:, :-1].T
    return _matrix(title, values, lambda i, j: Address(Symbol.THETA, n, j + 1, i), place, step)


def _untransposed(place: Place, step: Step) -> Matrix:
    n = step.layer
    values = place.story.trace.network.theta(n)[:, 1:]
    return _matrix(theta(n), values, lambda i, j: Address(Symbol.THETA, n, i + 1, j + 1), place, step)


def _early(place: Place, step: Step) -> Matrix:
    n = step.layer
    values = place.story.trace.epoch.updated.theta(n)[:, 1:].T
    title = transpose(row(words("new "), theta(n)))
    return _matrix(title, values, lambda i, j: Address(Symbol.THETA_NEW, n, j + 1, i + 1), place, step)


# Rows of Δ, D and Θ


def _left_out(place: Place, step: Step) -> tuple[Part, ...]:
    before, *_, after = PARTS[Accumulate](place, step)
    return before, Operator("="), after


def _sums(place: Place, step: Step) -> Matrix:
    n = step.layer
    return place.weights(accumulator(n), Symbol.ACCUMULATOR, step, place.story.trace.accumulator[n - 1])


def _theta(place: Place, step: Step) -> Matrix:
    n = step.layer
    return place.weights(theta(n), Symbol.THETA, step, place.story.trace.network.theta(n))


def _bare(place: Place, step: Step) -> Matrix:
    """Θ with zeros for its bias column."""
    return without_bias(_theta(place, step), row(words("0, "), theta(step.layer)))


def _D(place: Place, step: Step) -> Matrix:
    n = step.layer
    return place.weights(gradient(n), Symbol.D, step, place.story.trace.epoch.D[n - 1])


def _gradient(*written: str | Callable[[Place, Step], Matrix]) -> PartsOf:
    """Operators and matrices, and what comes of them: D."""

    def parts(place: Place, step: Step) -> tuple[Part, ...]:
        before = (Operator(one) if isinstance(one, str) else one(place, step) for one in written)
        return *before, Operator("="), _D(place, step)

    return parts


def _many(place: Place, step: Step) -> tuple[Part, ...]:
    n = step.layer
    times = np.array(place.story.trace.epoch.D[n - 1])
    times[:, 0] *= step.count - 1
    D = place.weights(row(gradient(n), words(", bias column often")), Symbol.D, step, sealed(times))
    new = place.story.trace.epoch.updated.theta(n)
    after = place.weights(row(words("new "), theta(n)), Symbol.THETA_NEW, step, new)
    return _theta(place, step), Operator("− α"), D, Operator("="), after


MISTAKEN_PARTS: dict[type[Step], PartsOf] = {
    mistakes.FlippedError: _flipped,
    mistakes.ShiftedError: _shifted,
    mistakes.SlopedError: _sloped,
    mistakes.FlatError: _flat,
    mistakes.SlopeOfAError: _slope_of_a,
    mistakes.NeighbourError: _through(_neighbour),
    mistakes.UntransposedError: _through(_untransposed),
    mistakes.EarlyError: _through(_early),
    mistakes.LeftOutAccumulate: _left_out,
    mistakes.CarriedAccumulate: PARTS[Accumulate],
    mistakes.UndividedDecay: _gradient(_sums, "/ m + λ", _bare),
    mistakes.DecayedBias: _gradient("(", _sums, "+ λ", _theta, ") / m"),
    mistakes.NoDecay: _gradient(_sums, "/ m"),
    mistakes.UndividedSum: _gradient(_sums, "+ λ / m", _bare),
    mistakes.NoBiasGradient: PARTS[Gradient],
    mistakes.BiasManyTimes: _many,
}
