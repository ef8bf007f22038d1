"""Curves as plain numbers: scales with their ticks, records thinned to what the screen can show, and words for them."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.arrays import Array
from nnviz.picture.numbers import measured, shown

BLOCK = 64
"""So many values share one entry in the table of extremes."""
STEPS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0)
"""Where an iteration axis may end, times a power of ten: it grows in steps, not with every iteration."""
Indices = NDArray[np.intp]
Box = tuple[float, float, float, float]  # left, top, right, bottom
DIGITS = 4
"""Decimals of J where it is written beside the curves."""


# Scales


class Tick(NamedTuple):
    """A number written beside an axis, at its place."""

    place: float
    text: str


class Scale(NamedTuple):
    """How numbers lie along an axis. *logarithmic*: a decade is 1 long; then *zero* is added to each number first.

    With a zero of 1 iteration 0 has a place, the left edge, and from 10 on nothing differs that could be seen.
    """

    logarithmic: bool
    zero: float = 0.0
    whole: bool = False

    def places(self, numbers: Array) -> Array:
        """Where the numbers stand; nan for those that have no place."""
        if not self.logarithmic:
            return numbers
        with np.errstate(divide="ignore", invalid="ignore"):
            found = np.log10(numbers + self.zero)
        return np.where(np.isfinite(found), found, np.nan)

    def place(self, number: float) -> float:
        """Where a number stands."""
        if not self.logarithmic:
            return float(number)
        return math.log10(number + self.zero) if 0 < number + self.zero < math.inf else math.nan

    def numbers(self, places: Array) -> Array:
        """Which numbers stand there."""
        return np.power(10.0, np.minimum(places, 300.0)) - self.zero if self.logarithmic else places

    def number(self, place: float) -> float:
        """Which number stands there."""
        return float(self.numbers(np.asarray(float(place))))

    def ticks(self, low: float, high: float, gap: float) -> list[Tick]:
        """Round numbers from place *low* to *high*, at least *gap* apart: the closest together that are.

        Where there is no room for two, one.
        """
        alone: list[Tick] = []
        for numbers in self._candidates(low, high, gap):
            places = [self.place(number) for number in numbers]
            inside = [(at, number) for at, number in zip(places, numbers, strict=True) if low <= at <= high]
            apart = all(later[0] - earlier[0] >= gap for earlier, later in zip(inside, inside[1:]))
            if apart and len(inside) > 1:
                return [Tick(at, self._written(number)) for at, number in inside]
            alone = alone or [Tick(at, self._written(number)) for at, number in inside[:1] if apart]
        return alone

    def _candidates(self, low: float, high: float, gap: float) -> Iterable[list[float]]:
        top = self.number(high)
        close = _multiples(self.number(low), top, _nice(top - self.number(high - gap), whole=self.whole))
        if not self.logarithmic:
            return [close]
        first, last = math.floor(max(low, 0.0 if self.zero else low)), math.ceil(min(high, 300.0))
        powers, start = range(first, last + 1), [0.0] if self.zero else []
        rows = [[part * 10.0**power for power in powers for part in parts] for parts in ((1, 2, 5), (1,))]
        # Where 0 has a place it is near that of 1, and has the say.
        seldom = [[p for p in powers if p % step == 0 and (p or not start)] for step in (1, 2, 5, 10, 20, 50, 100)]
        rows += [[10.0**power for power in some] for some in seldom]
        few = [close] if high - low < 1.2 else []
        return [*few, *([*start, *row] for row in rows), close]

    def _written(self, number: float) -> str:
        return f"{round(number):,}" if self.whole else measured(number)


def cost_scale(logarithmic: bool) -> Scale:
    """The scale of J."""
    return Scale(logarithmic)


def iteration_scale(logarithmic: bool) -> Scale:
    """The scale of iterations: whole numbers from 0."""
    return Scale(logarithmic, zero=1.0, whole=True)


def _nice(least: float, *, whole: bool = False) -> float:
    """The smallest of 1, 2, 5, times a power of ten, that is at least *least*."""
    if whole:
        least = max(least, 1.0)
    power = 10.0 ** math.floor(math.log10(max(least, 1e-300)))
    return next(part * power for part in (1.0, 2.0, 5.0, 10.0) if part * power >= least * (1 - 1e-9))


def _multiples(low: float, high: float, step: float) -> list[float]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [index * step for index in range(first, min(last, first + 100) + 1)]


# What is seen at first


def last_iteration(reached: int) -> float:
    """Where the axis of iterations ends when so many are shown."""
    least = max(reached, 10)
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in STEPS if step * power >= least)


def cost_range(least: float, greatest: float, scale: Scale) -> tuple[float, float]:
    """Places from below the least J to above the greatest, in steps, so that a curve that falls does not shake them."""
    if not scale.logarithmic:
        return 0.0, 1.04 * max(_nice(greatest / 4) * math.ceil(greatest / _nice(greatest / 4)), 1e-12)
    low, high = scale.place(least), scale.place(greatest)
    return math.floor(4 * low - 0.2) / 4, math.ceil(4 * high + 0.2) / 4


# Records


class Record:
    """The values of a curve, and the iterations *at* which they were taken (None: 0, 1, 2 …); it only grows.

    It keeps the extremes of every block of values, so that a million of them need not be looked at for every picture.
    """

    def __init__(self) -> None:
        self.values: Array = np.empty(0)
        self.at: Array | None = None
        self.least, self.greatest = math.inf, -math.inf  # of the positive ones, and of all; of what is finite
        self._low, self._high = np.empty(0), np.empty(0)
        self._blocks = 0

    def __len__(self) -> int:
        return len(self.values)

    def grow(self, values: Array, at: Array | None = None) -> None:
        """Take *values*, which go on from those before."""
        fresh = _finite(values[len(self.values) :])
        if len(fresh):
            positive = fresh[fresh > 0]
            self.least = min(self.least, float(positive.min(initial=math.inf)))
            self.greatest = max(self.greatest, float(np.fmax.reduce(fresh, initial=-math.inf)))
        self.values, self.at = values, at
        self._grow_table()

    def value(self, iteration: int) -> float:
        """The value at an iteration; nan where there is none. Of values taken now and then, the latest up to it."""
        index = self._index(iteration)
        return float(self.values[index]) if 0 <= index < len(self.values) else math.nan

    def taken(self, iteration: int) -> int:
        """The iteration at which that value was taken."""
        return iteration if self.at is None else int(self.at[self._index(iteration)])

    def _index(self, iteration: int) -> int:
        return iteration if self.at is None else int(np.searchsorted(self.at, iteration, "right")) - 1

    def thinned(self, borders: Array) -> tuple[Array, Array]:
        """(iterations, values): of each column between two *borders* (iterations) the least and the greatest value.

        At most two points for each column, and one column more on either side; what is not finite is left out.
        """
        edges = self._edges(borders)
        if len(edges) < 2:
            return np.empty(0), np.empty(0)
        starts, stops, low, high = self._columns(edges)
        falls = self.values[starts] >= self.values[stops - 1]
        index = np.stack([starts, stops - 1], axis=1).ravel()
        values = np.stack([np.where(falls, high, low), np.where(falls, low, high)], axis=1).ravel()
        kept = np.isfinite(values)
        kept[1::2] &= stops - starts > 1
        index = index[kept]
        return (index.astype(float) if self.at is None else self.at[index]), values[kept]

    def _grow_table(self) -> None:
        complete = len(self.values) // BLOCK
        if complete == self._blocks:
            return
        if complete > len(self._low):  # twice the room each time: what is there is seldom copied
            room = np.empty(complete)
            self._low, self._high = (np.concatenate([old[: self._blocks], room]) for old in (self._low, self._high))
        fresh = slice(self._blocks * BLOCK, complete * BLOCK)
        starts = np.arange(0, fresh.stop - fresh.start, BLOCK)
        new = slice(self._blocks, complete)
        self._low[new], self._high[new] = _extremes(self.values[fresh], starts)
        self._blocks = complete

    def _edges(self, borders: Array) -> Indices:
        """The indices at which columns begin, and where the last one ends."""
        length = len(self.values)
        if self.at is None:
            edges = np.ceil(np.clip(borders, -1, length + 1)).astype(np.intp)
        else:
            edges = np.searchsorted(self.at, borders)
        edges = np.concatenate([[edges[0] - 1], edges, edges[-1] + [1, 2]])
        return np.unique(np.clip(edges, 0, length))

    def _columns(self, edges: Indices) -> tuple[Indices, Indices, Array, Array]:
        """(starts, stops, least, greatest) of the columns; from the first wide one on they end where blocks do."""
        wide = np.flatnonzero(np.diff(edges) >= 2 * BLOCK)
        if not len(wide):
            return _part(self.values, edges)
        first = int(wide[0])
        coarse = np.unique(np.minimum(-(-edges[first:] // BLOCK), self._blocks))
        fine = np.unique(np.append(edges[: max(first, 1)], coarse[0] * BLOCK))
        rest = np.unique(np.maximum([coarse[-1] * BLOCK, edges[-1]], coarse[-1] * BLOCK))
        parts = [_part(self.values, fine), self._from_table(coarse), _part(self.values, rest)]
        starts, stops, least, greatest = zip(*parts, strict=True)
        return np.concatenate(starts), np.concatenate(stops), np.concatenate(least), np.concatenate(greatest)

    def _from_table(self, borders: Indices) -> tuple[Indices, Indices, Array, Array]:
        """The same of columns of whole blocks."""
        if len(borders) < 2:
            return _part(self.values, borders)
        table, starts = slice(int(borders[0]), int(borders[-1])), borders[:-1] - borders[0]
        low, high = np.fmin.reduceat(self._low[table], starts), np.fmax.reduceat(self._high[table], starts)
        return borders[:-1] * BLOCK, borders[1:] * BLOCK, low, high


def _part(values: Array, edges: Indices) -> tuple[Indices, Indices, Array, Array]:
    if len(edges) < 2:
        none = np.empty(0, dtype=np.intp)
        return none, none, np.empty(0), np.empty(0)
    low, high = _extremes(values[edges[0] : edges[-1]], edges[:-1] - edges[0])
    return edges[:-1], edges[1:], low, high


def _extremes(values: Array, starts: Indices) -> tuple[Array, Array]:
    finite = _finite(values)
    return np.fmin.reduceat(finite, starts), np.fmax.reduceat(finite, starts)


def _finite(values: Array) -> Array:
    """The values with nan for whatever is not finite; fmin and fmax pass over nan."""
    finite = np.isfinite(values)
    return values if finite.all() else np.where(finite, values, np.nan)


def thinned(values: Array, most: int) -> tuple[Array, Array]:
    """(indices, values): at most *most* points of a curve, with its minima and maxima."""
    record = Record()
    record.grow(values)
    return record.thinned(np.linspace(0, len(values), max(2, most // 2 - 1)))


# Words


def sentence(name: str, iteration: int, reached: int, cost: float, test: str = "", ending: str = "") -> str:
    """What the plot says of the present run, for those who do not see it; *test* is J there, if it was measured."""
    said = f"{name}: J is {shown(cost, DIGITS)} after {iteration:,} of {reached:,} iterations"
    if test:
        said += f", {test} on the test part"
    return f"{said}. {ending}".strip()


def first_free(boxes: Sequence[Box], taken: Sequence[Box], room: Box) -> Box | None:
    """The first of *boxes* that lies in *room* and on none that is *taken*."""
    for box in boxes:
        inside = box[0] >= room[0] and box[1] >= room[1] and box[2] <= room[2] and box[3] <= room[3]
        if inside and not any(_overlap(box, other) for other in taken):
            return box
    return None


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
