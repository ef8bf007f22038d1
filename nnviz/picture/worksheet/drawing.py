"""The drawn network of a worksheet: where units stand, and where beside each link its Θ is written, in mm."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from nnviz.picture.parts import Point

WIDTH = 170.0
MARGIN = 26.0  # at both sides, for x and y
WIDEST_GAP = 72.0
WIDEST_SPACING, TALLEST = 12.0, 52.0  # of units, and of all of a column together
HEAD = 11.0
RADIUS = 4.7
LABEL = Point(7.0, 3.6)  # room for −1.5
PLACES = tuple(0.14 + 0.02 * index for index in range(37))  # on the way along a link
ROUNDS = 4


class Node(NamedTuple):
    """A unit; unit 0 is the bias unit."""

    layer: int
    unit: int
    centre: Point


class Wire(NamedTuple):
    """The link to unit *to* of layer *layer* + 1 from unit *source* of layer *layer*; ``label`` is where Θ stands."""

    layer: int
    to: int
    source: int
    start: Point
    end: Point
    label: Point


class Plan(NamedTuple):
    """The drawing; ``xs`` are those of the columns."""

    sizes: tuple[int, ...]
    height: float
    xs: tuple[float, ...]
    nodes: tuple[Node, ...]
    wires: tuple[Wire, ...]


@lru_cache(maxsize=16)
def plan(sizes: tuple[int, ...]) -> Plan:
    """The drawing of a network of *sizes*: as in the window, with layers from left to right and bias units on top."""
    gaps = len(sizes) - 1
    gap = min(WIDEST_GAP, (WIDTH - 2 * MARGIN) / gaps)
    xs = tuple(WIDTH / 2 + (index - gaps / 2) * gap for index in range(gaps + 1))
    rows = max(size + (index < gaps) for index, size in enumerate(sizes))
    spacing = min(WIDEST_SPACING, TALLEST / rows)
    height = HEAD + rows * spacing
    columns = [_column(layer, x, sizes, spacing, HEAD + rows * spacing / 2) for layer, x in enumerate(xs, 1)]
    wires = [wire for before, after in zip(columns, columns[1:]) for wire in _wires(before, after)]
    return Plan(sizes, height, xs, tuple(node for column in columns for node in column), tuple(wires))


def _column(layer: int, x: float, sizes: tuple[int, ...], spacing: float, middle: float) -> list[Node]:
    units = range(int(layer == len(sizes)), sizes[layer - 1] + 1)
    top = middle - (len(units) - 1) / 2 * spacing
    return [Node(layer, unit, Point(x, top + row * spacing)) for row, unit in enumerate(units)]


def _wires(before: Sequence[Node], after: Sequence[Node]) -> list[Wire]:
    """The links of one gap, each with its label where it is hidden least."""
    pairs = [(source, to) for to in after if to.unit for source in before]
    ends = [_between(source.centre, to.centre) for source, to in pairs]
    shares = [0.3] * len(pairs)
    for _ in range(ROUNDS):
        for index in range(len(pairs)):
            shares[index] = min(PLACES, key=lambda share: _crowding(index, share, ends, shares))
    return [
        Wire(source.layer, to.unit, source.unit, start, end, start.towards(end, share))
        for (source, to), (start, end), share in zip(pairs, ends, shares)
    ]


def _between(source: Point, to: Point) -> tuple[Point, Point]:
    """The part of a link that lies between the circles."""
    share = RADIUS / math.dist(source, to)
    return source.towards(to, share), source.towards(to, 1.0 - share)


def _crowding(index: int, share: float, ends: Sequence[tuple[Point, Point]], shares: Sequence[float]) -> float:
    """How much a label at *share* of link *index* is in the way of others and of their links."""
    at = ends[index][0].towards(ends[index][1], share)
    crowding = 0.05 * abs(share - 0.3)  # near where it begins, if nothing speaks against it
    for other, (start, end) in enumerate(ends):
        if other == index:
            continue
        label = start.towards(end, shares[other])
        apart = max(abs(label.x - at.x) / LABEL.x, abs(label.y - at.y) / LABEL.y)
        crowding += 6.0 * max(0.0, 1.15 - apart) ** 2
        crowding += max(0.0, 1.0 - _distance(at, start, end) / (0.75 * LABEL.y)) ** 2
    return crowding


def _distance(at: Point, start: Point, end: Point) -> float:
    """From a point to a line between two others."""
    along = Point(end.x - start.x, end.y - start.y)
    share = ((at.x - start.x) * along.x + (at.y - start.y) * along.y) / (along.x**2 + along.y**2)
    return math.dist(at, start.towards(end, min(1.0, max(0.0, share))))
