"""Where a number may lie when those that it is worked out from are known to a few digits only."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Interval:
    """All numbers from *low* to *high*, both included."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def __mul__(self, other: "Interval") -> "Interval":
        corners = [one * two for one in (self.low, self.high) for two in (other.low, other.high)]
        return Interval(min(corners), max(corners))

    def __neg__(self) -> "Interval":
        return Interval(-self.high, -self.low)

    def __truediv__(self, number: float) -> "Interval":
        """Divided by a number > 0."""
        return Interval(self.low / number, self.high / number)

    @property
    def size(self) -> float:
        """The largest |number| in it."""
        return max(abs(self.low), abs(self.high))

    def widened(self, by: float) -> "Interval":
        """Farther by so much on both sides."""
        return Interval(self.low - by, self.high + by)

    def within(self, low: float, high: float) -> "Interval":
        """Its ends put between *low* and *high*."""
        return Interval(min(max(self.low, low), high), min(max(self.high, low), high))

    def through(self, function: Callable[[float], float], *turns: float) -> "Interval":
        """What *function* makes of it; between its *turns* it only rises or only falls."""
        values = [function(at) for at in (self.low, self.high, *(turn for turn in turns if turn in self))]
        return Interval(min(values), max(values))


def exactly(value: float) -> Interval:
    """One number."""
    return Interval(value, value)


def around(value: float, half: float) -> Interval:
    """Numbers up to *half* away from *value*."""
    return Interval(value - half, value + half)


def total(intervals: Iterable[Interval]) -> Interval:
    """The sum of them all."""
    found = exactly(0.0)
    for one in intervals:
        found += one
    return found


def hull(*intervals: Interval) -> Interval:
    """The smallest one that holds them all."""
    return Interval(min(one.low for one in intervals), max(one.high for one in intervals))
