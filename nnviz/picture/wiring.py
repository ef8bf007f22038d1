"""What never moves while the story is told: the links at rest, and what each unit looks for."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from nnviz.engine.arrays import Array
from nnviz.engine.network import Network
from nnviz.engine.quantities import Address, Symbol
from nnviz.picture.layout import Column, Layout, Slot
from nnviz.picture.parts import Image, Link

MOST_LINKS = 700
"""Links drawn at rest: more cannot be told apart, and each takes time to paint."""
DIM = 0.22
"""How much of its colour a link at rest shows while a story is told."""
LIVELY = 0.8
"""And while a network is trained, when the links are what there is to see."""


class Sample(NamedTuple):
    """A line of the legend: how a link looks, in pixels of the design, and what that says."""

    role: str
    dashed: bool
    width: float
    words: str


SIGNS = (Sample("positive", False, 3.0, "Θ > 0"), Sample("negative", True, 3.0, "Θ < 0"))


class Wiring(NamedTuple):
    """What never moves while the story is told: the links at rest, weakest first, and what each unit looks for.

    ``scale`` is the |Θ| that has the full width, ``share`` how much of its colour a link shows; ``left_out`` counts the
    links between shown units too weak to draw. ``samples`` are the legend; ``by_width``: |Θ| is shown by the width.
    """

    links: tuple[Link, ...]
    portraits: tuple[Image, ...]
    scale: float
    left_out: int
    share: float = DIM
    samples: tuple[Sample, ...] = SIGNS
    by_width: bool = True


def wiring(network: Network, plan: Layout, *, scale: float | None = None, share: float = DIM) -> Wiring:
    """The links of *network* at rest, and with an image as input the rows of Θ⁽¹⁾ as images.

    *scale* is the |Θ| that has the full width, None: a round number that fits; *share* how much of their colour shows.
    """
    scale = full_width(network) if scale is None else scale
    links, portraits = [], []
    for before, after in pairwise(plan.columns):
        if before.image is not None:
            slots = _settled(after)
            links += [fan(plan, slot) for slot in slots]
            portraits += [portrait(network, plan, slot) for slot in slots]
        else:
            links += [
                link_between(network, plan, scale, before.layer, source, target, share)
                for source in sources(before, _settled(before))
                for target in _settled(after)
            ]
    links.sort(key=lambda link: link.width)
    left_out = max(0, len(links) - MOST_LINKS)
    return Wiring(tuple(links[left_out:]), tuple(portraits), scale, left_out, share)


def _settled(column: Column) -> tuple[Slot, ...]:
    """The slots that always show the same unit."""
    return tuple(slot for index, slot in enumerate(column.units) if index != column.guest)


def sources(column: Column, slots: Sequence[Slot]) -> Iterator[Slot]:
    if column.bias is not None:
        yield Slot(0, column.bias)
    yield from slots


def reach(network: Network) -> float:
    """What all but the largest few |Θ| stay below; one number for the whole picture."""
    return max(_all_but_few(np.abs(theta)) for theta in network.thetas)


def full_width(network: Network) -> float:
    """The next of 1, 2, 5, 10, … that all but the largest few |Θ| stay below."""
    largest = reach(network)
    if largest <= 1.0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(largest))
    return next(step * power for step in (1.0, 2.0, 5.0, 10.0) if step * power >= largest)


def _all_but_few(values: Array) -> float:
    """What 98 % of *values* stay below; as ``np.quantile``, which would first import NumPy's masked arrays (20 ms)."""
    place = 0.98 * (values.size - 1)
    low, high = math.floor(place), math.ceil(place)
    ordered = np.partition(values, (low, high), axis=None)
    return float(ordered[low] + (place - low) * (ordered[high] - ordered[low]))


def link_between(
    network: Network, plan: Layout, scale: float, layer: int, source: Slot, target: Slot, share: float = DIM
) -> Link:
    """The link to *target* from *source*, a unit of layer *layer*, at rest."""
    theta = float(network.theta(layer)[target.unit - 1, source.unit])
    width = (0.6 + 3.6 * min(abs(theta) / scale, 1.0)) * plan.unit
    return Link(
        Address(Symbol.THETA, layer, target.unit, source.unit),
        source.centre,
        plan.entry(layer + 1, target.centre),
        round(width, 2),
        "positive" if theta >= 0.0 else "negative",
        dashed=theta < 0.0,
        share=share,
    )


def fan(plan: Layout, target: Slot) -> Link:
    """One link for a whole row of Θ⁽¹⁾: from the image to a unit."""
    end = plan.entry(2, target.centre)
    return Link(Address(Symbol.THETA, 1, target.unit), plan.fan, end, 1.2 * plan.unit, "muted", share=0.4)


def portrait(network: Network, plan: Layout, slot: Slot) -> Image:
    row = network.theta(1)[slot.unit - 1, 1:]
    return row_image(plan, slot, Symbol.THETA, row, float(np.abs(network.theta(1)[:, 1:]).max()))


def row_image(plan: Layout, slot: Slot, symbol: Symbol, row: Array, largest: float, frame: str = "line") -> Image:
    rows, columns = plan.image_shape or (1, len(row))
    cells = Address(symbol, 1, slot.unit)
    return Image(cells, plan.portrait(slot.centre), rows, columns, levels(row, largest), frame=frame)


def levels(values: Array, largest: float) -> bytes:
    """A byte for each value: 128 for 0, 1 and 255 for ∓*largest* and beyond."""
    scaled = np.clip(values / (largest or 1.0), -1.0, 1.0)
    return (np.rint(scaled * 127.0) + 128.0).astype(np.uint8).tobytes()
