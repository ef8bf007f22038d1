"""What is visible at a place in the story: a pure function of story, place and layout, the same forward and back."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from nnviz.engine.arrays import Array
from nnviz.engine.data import Dataset
from nnviz.engine.quantities import MATRICES, Address, Symbol
from nnviz.engine.steps import Step
from nnviz.engine.story import Level, Story
from nnviz.picture.images import images
from nnviz.picture.labels import labels
from nnviz.picture.layout import Column, Layout, Slot
from nnviz.picture.numbers import shown
from nnviz.picture.parts import Link, Picture, Point, Unit
from nnviz.picture.scene import Scene, link_of, place_of
from nnviz.picture.tags import tags
from nnviz.picture.wiring import Wiring, fan, link_between, sources

MOST_LIT = 60
"""Links lit at once, the strongest, where a whole layer is at work."""


def picture(
    story: Story,
    place: int,
    plan: Layout,
    weights: Wiring,
    dataset: Dataset,
    *,
    raw: Sequence[float] | Array | None = None,
    digits: int = 2,
    level: Level = Level.UNIT,
    pointed: Address | None = None,
    chosen: Address | None = None,
) -> Picture:
    """What is seen at *place* when walking by *level*; *raw* are the features in the data's units, if changed.

    *pointed* is what the pointer is on, and *chosen* the Θ that is looked at alone.
    """
    scene = Scene(story, place, plan, weights, dataset, raw, digits, level, pointed, chosen)
    return Picture(
        links=links(scene),
        images=images(scene),
        units=units(scene),
        labels=labels(scene),
        tags=tags(scene),
        fresh=scene.fresh_units,
    )


def links(scene: Scene) -> tuple[Link, ...]:
    """Those of the guests at rest, then those lit, the strongest on top."""
    lit = {link.address: link for link in _lit_links(scene)}
    if len(scene.steps) > 1 and len(lit) > MOST_LIT:
        strongest = sorted(lit.values(), key=lambda link: link.width)[-MOST_LIT:]
        lit = {link.address: link for link in strongest}
    return tuple(link for link in _guest_links(scene) if link.address not in lit) + tuple(
        sorted(lit.values(), key=lambda link: link.width)
    )


def _guest_links(scene: Scene) -> Iterator[Link]:
    """The links of slots whose unit changes, at rest; the others are in the wiring."""
    for before, after in pairwise(scene.plan.columns):
        targets = after.shown(scene.guests.get(after.layer))
        if before.image is not None:
            if after.guest is not None:
                yield fan(scene.plan, targets[after.guest])
            continue
        for source in sources(before, before.shown(scene.guests.get(before.layer))):
            guest = before.guest is not None and source.centre == before.units[before.guest].centre
            for index, target in enumerate(targets):
                if guest or index == after.guest:
                    yield _link(scene, before.layer, source.unit, target.unit)


def _link(scene: Scene, layer: int, source: int, target: int) -> Link:
    places = scene.slots
    ends = Slot(source, places[layer][source]), Slot(target, places[layer + 1][target])
    return link_between(scene.network, scene.plan, scene.weights.scale, layer, *ends, scene.weights.share)


def _lit_links(scene: Scene) -> Iterator[Link]:
    for step in scene.steps:
        accent = scene.role if step.fills_row else None
        if scene.from_image(step):
            yield _lit_fan(scene, step)
        for index in scene.shown_terms(step):
            if (ends := link_of(step, index)) is not None:
                yield _lit(scene, *ends, accent)
    for address in (scene.chosen, scene.pointed):
        if address is not None:
            yield from _pointed_links(scene, address)


def _lit_fan(scene: Scene, step: Step) -> Link:
    _, unit = place_of(step)
    lit = fan(scene.plan, Slot(unit, scene.slots[2][unit]))
    return lit._replace(width=2.6 * scene.plan.unit, role=scene.role, share=1.0)


def _lit(scene: Scene, layer: int, target: int, source: int, accent: str | None = None) -> Link:
    link = _link(scene, layer, source, target)
    width = max(link.width, 1.6 * scene.plan.unit)
    return link._replace(share=1.0, width=width, role=accent or link.role)


def _pointed_links(scene: Scene, pointed: Address) -> Iterator[Link]:
    layer, target = pointed.layer, pointed.row
    if pointed.symbol not in MATRICES or target not in scene.slots.get(layer + 1, {}):
        return
    drawn = () if scene.is_image(layer) and pointed.column is None else tuple(scene.slots[layer])
    for source in drawn if pointed.column is None else {pointed.column} & set(drawn):
        link = _lit(scene, layer, target, source)
        yield link._replace(width=link.width + 2.0 * scene.plan.unit)


def units(scene: Scene) -> tuple[Unit, ...]:
    """Every unit that has a place."""
    return tuple(
        _unit(scene, column, unit, centre)
        for column in scene.plan.columns
        for unit, centre in scene.slots[column.layer].items()
    )


def _unit(scene: Scene, column: Column, unit: int, centre: Point) -> Unit:
    address = Address(Symbol.A, column.layer, unit)
    key = (column.layer, unit)
    text, fill = "+1" if unit == 0 else "", None
    if unit and scene.known(address):
        value = scene.value(address)
        text, fill = shown(value, scene.digits), _fill(scene, column.layer, value)
    return Unit(
        address,
        centre,
        scene.plan.radius * (1.0 if unit else 0.68),
        text,
        fill,
        halo=scene.role if key in scene.at_work else None,
        bright=not scene.steps or key in scene.involved,
        pointed=address == scene.pointed,
    )


def _fill(scene: Scene, layer: int, value: float) -> tuple[float, float]:
    """From where to where a circle is filled: from its foot, or from its middle where numbers go below 0."""
    low, high = _range(scene, layer)
    span = high - low
    floor = -low / span
    level = min(max((value - low) / span, 0.0), 1.0)
    return round(min(floor, level), 4), round(max(floor, level), 4)


def _range(scene: Scene, layer: int) -> tuple[float, float]:
    """The activations at which a circle of this layer is empty and full; 0 … 1 for sigmoids."""
    trace = scene.story.trace
    if layer > 1 and (layer == len(trace.a) or scene.network.activation_name == "sigmoid"):
        return 0.0, 1.0
    if layer > 1 and scene.network.activation_name == "tanh":
        return -1.0, 1.0
    largest = max(1.0, float(np.abs(trace.a[layer - 1]).max()))
    return (-largest if float(trace.a[layer - 1].min()) < 0.0 else 0.0), largest
