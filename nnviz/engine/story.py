"""The places of a story and the ways to walk through it: by term, unit, layer or example."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import accumulate, groupby
from typing import NamedTuple

from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import Phase, Step
from nnviz.engine.trace import Trace


class Level(Enum):
    """How far one step goes; the value is the word on the screen."""

    TERM = "term"
    UNIT = "unit"
    LAYER = "layer"
    EXAMPLE = "example"
    ITERATION = "iteration"

    @property
    def whole(self) -> bool:
        """Whether a step tells all of an example at once."""
        return self in (Level.EXAMPLE, Level.ITERATION)


STORY_LEVELS = tuple(level for level in Level if level is not Level.ITERATION)
"""The levels within one story; an iteration is a story with another Θ."""


@dataclass(frozen=True)
class Telling:
    """The step being told and how many of its ticks have been: 1 … ``step.ticks``."""

    index: int
    step: Step
    ticks: int

    @property
    def terms(self) -> int:
        """How many terms have been told."""
        return min(self.ticks, self.step.count)

    @property
    def complete(self) -> bool:
        """Whether the step's result is known."""
        return self.ticks == self.step.ticks


class Span(NamedTuple):
    """A phase's part of the story: the places after *start* up to *stop*."""

    phase: Phase
    start: int
    stop: int


@dataclass(frozen=True, eq=False)
class Story:
    """A place is the number of ticks told: 0 (nothing but the example) … ``length`` (all).

    A level is a set of places to stop at. All levels share one scale, so the level can be changed anywhere.
    """

    trace: Trace

    @property
    def steps(self) -> tuple[Step, ...]:
        """The trace's steps."""
        return self.trace.steps

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """The place at which each step has been told."""
        return tuple(accumulate(step.ticks for step in self.steps))

    @property
    def length(self) -> int:
        """The last place."""
        return self.ends[-1]

    @cached_property
    def phases(self) -> tuple[Span, ...]:
        """The phases in order, without gaps."""
        spans, start = [], 0
        for phase, group in groupby(zip(self.steps, self.ends), key=lambda pair: pair[0].phase):
            stop = list(group)[-1][1]
            spans.append(Span(phase, start, stop))
            start = stop
        return tuple(spans)

    @property
    def forwarded(self) -> int:
        """The place at which every activation is known and nothing else has been told."""
        return self.phases[0].stop

    def telling(self, place: int) -> Telling | None:
        """The step that ends or is under way at *place*; None at place 0, where nothing has been told."""
        if place == 0:
            return None
        index = bisect_left(self.ends, place)
        return Telling(index, self.steps[index], place - self.start(index))

    def start(self, index: int) -> int:
        """The place before step *index*."""
        return self.ends[index - 1] if index else 0

    def stops(self, level: Level) -> Sequence[int]:
        """Every place at which *level* stops, ascending, 0 included."""
        if level is Level.TERM:
            return range(self.length + 1)
        if level.whole:
            return (0, self.length)
        return self._units if level is Level.UNIT else self._layers

    @cached_property
    def _units(self) -> tuple[int, ...]:
        return (0, *self.ends)

    @cached_property
    def _layers(self) -> tuple[int, ...]:
        grouped = groupby(zip(self.steps, self.ends), key=lambda pair: (pair[0].phase, pair[0].layer))
        return (0, *(list(group)[-1][1] for _, group in grouped))

    def after(self, place: int, level: Level) -> int | None:
        """The next stop behind *place*, or None at the end."""
        stops = self.stops(level)
        index = bisect_right(stops, place)
        return stops[index] if index < len(stops) else None

    def before(self, place: int, level: Level) -> int | None:
        """The last stop before *place*, or None at the start."""
        stops = self.stops(level)
        index = bisect_left(stops, place) - 1
        return stops[index] if index >= 0 else None

    def number(self, place: int, level: Level) -> tuple[int, int]:
        """(n, N): *place* is in or at the end of step n of N, counted in steps of *level*; n is 0 at the start."""
        stops = self.stops(level)
        return bisect_left(stops, place), len(stops) - 1

    def clamped(self, place: int) -> int:
        """The nearest place there is."""
        return max(0, min(place, self.length))

    def first_place(self, address: Address) -> int | None:
        """Where the number at *address* becomes known, to go there; None for what is given and what is not told.

        x, y, Θ and Δ before are given. D and the new Θ are not told but after the last example of a pass.
        """
        index = None if _given(address) else self._index.get(_made_by(address))
        if index is None:
            return None
        step = self.steps[index]
        if step.fills_row:
            return self.start(index) + (step.count if address.column is None else address.column + 1)
        if address.symbol in (Symbol.Z, Symbol.WEIGHTED):
            return self.start(index) + step.count
        return self.ends[index]

    @cached_property
    def _index(self) -> dict[Address, int]:
        return {step.target: index for index, step in enumerate(self.steps)}

    def first_places(self, symbol: Symbol, layer: int) -> tuple[int | None, ...]:
        """Where a of each unit of a layer, or its δ, becomes known, the bias unit's first; 0 for what is given."""
        key = symbol, layer
        if key not in self._first_places:
            addresses = (Address(symbol, layer, unit) for unit in range(self.trace.network.sizes[layer - 1] + 1))
            self._first_places[key] = tuple(0 if _given(at) else self.first_place(at) for at in addresses)
        return self._first_places[key]

    @cached_property
    def _first_places(self) -> dict[tuple[Symbol, int], tuple[int | None, ...]]:
        return {}  # kept here and not beside: a story must go with all it holds once nobody shows it

    def known(self, address: Address, place: int) -> bool:
        """Whether the number at *address* has been told at *place*; what is given always has."""
        if _given(address):
            return True
        first = self.first_place(address)
        return first is not None and first <= place


_GIVEN = (Symbol.Y, Symbol.THETA, Symbol.ACCUMULATOR_BEFORE)
_MAKERS = {Symbol.Z: Symbol.A, Symbol.WEIGHTED: Symbol.DELTA, Symbol.SLOPE: Symbol.DELTA}


def _given(address: Address) -> bool:
    """Whether the number is there from the start: x, y, Θ, Δ before, and the bias units' 1."""
    if address.symbol is Symbol.A:
        return address.layer == 1 or address.row == 0
    return address.symbol in _GIVEN


def _made_by(address: Address) -> Address:
    """The target of the step that tells the number at *address*."""
    return Address(_MAKERS.get(address.symbol, address.symbol), address.layer, address.row)
