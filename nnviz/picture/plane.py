"""A part of the plane with points of two features in it: how far it reaches, and the numbers on its axes."""

import math
from typing import NamedTuple

import numpy as np

from nnviz.engine.arrays import Array
from nnviz.picture.numbers import MINUS

MARGIN = 0.1  # of the span, on each side of the outermost points
ALIKE = 4.0  # axes whose spans differ by no more than this have one scale, so that circles are round
_STEPS = (1.0, 2.0, 5.0, 10.0)


class Tick(NamedTuple):
    """A place on an axis and what is written there."""

    value: float
    text: str


class Plane(NamedTuple):
    """From (left, bottom) to (right, top); left < right, bottom < top."""

    left: float
    right: float
    bottom: float
    top: float

    @property
    def spans(self) -> tuple[float, float]:
        """The width and the height."""
        return self.right - self.left, self.top - self.bottom

    def holds(self, X: Array) -> bool:
        """Whether all points, of shape (m, 2), are in it."""
        shares = self.shares(X)
        return bool(((shares >= 0.0) & (shares <= 1.0)).all())

    def shares(self, X: Array) -> Array:
        """Where the points are, shape (m, 2): from the left and from the top, 0 to 1."""
        across, up = self.spans
        return np.column_stack([(X[:, 0] - self.left) / across, (self.top - X[:, 1]) / up])

    def point(self, across: float, down: float) -> tuple[float, float]:
        """The point at shares from the left and from the top, inside, with no more digits than can be aimed at."""
        spans = self.spans
        x = self.left + min(max(across, 0.0), 1.0) * spans[0]
        y = self.top - min(max(down, 0.0), 1.0) * spans[1]
        return rounded(x, spans[0]), rounded(y, spans[1])


UNIT = Plane(-1.5, 1.5, -1.5, 1.5)


def around(X: Array) -> Plane:
    """A plane with all points, of shape (m, 2), well inside; UNIT for none."""
    if not len(X):
        return UNIT
    low, high = X.min(axis=0), X.max(axis=0)
    middle, spans = (low + high) / 2, high - low
    least = np.maximum(np.abs(middle) * 1e-3, 1e-9)
    spans = np.where(spans > least, spans, max(float(spans.max()), 1.0))
    if spans.max() <= ALIKE * spans.min():
        spans = np.full(2, spans.max())
    half = spans * (0.5 + MARGIN)
    (left, bottom), (right, top) = (middle - half).tolist(), (middle + half).tolist()
    return Plane(left, right, bottom, top)


def ticks(low: float, high: float, most: int = 6) -> tuple[Tick, ...]:
    """Round numbers from *low* to *high*, at most *most*."""
    least = (high - low) / most
    power = 10.0 ** math.floor(math.log10(least))
    step = next(size * power for size in _STEPS if size * power >= least * (1 - 1e-9))
    first, last = math.ceil(low / step), math.floor(high / step)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return tuple(Tick(number * step, _text(number * step, decimals)) for number in range(first, last + 1))


def rounded(value: float, span: float) -> float:
    """*value* to a step between a hundredth and a thousandth of *span*."""
    return round(value, 2 - math.floor(math.log10(span))) + 0.0  # + 0.0: there is no minus zero


def _text(value: float, decimals: int) -> str:
    text = f"{value:.{decimals}f}" if abs(value) < 1e5 and decimals < 6 else f"{value:.3g}"
    return text.replace("-", MINUS) if float(text) else text.lstrip("-")
