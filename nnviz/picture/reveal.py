"""What is visible at a place in the story: a pure function of story, place and layout, the same forward and back."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np

from nnviz.engine.arrays import Array
from nnviz.engine.data import Dataset
from nnviz.engine.network import Network
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import (
    Accumulate,
    Activate,
    ExampleCost,
    HiddenError,
    OutputCost,
    OutputError,
    Phase,
    Step,
)
from nnviz.engine.story import Level, Story
from nnviz.picture.easing import part
from nnviz.picture.layout import Column, Layout, Slot, class_label
from nnviz.picture.numbers import shown
from nnviz.picture.parts import Box, Image, Label, Link, Picture, Point, Side, Tag, Text, Unit, text_width

MOST_LIT = 60
"""Links lit at once, the strongest, where a whole layer is at work."""
MOST_LINKS = 700
"""Links drawn at rest: more cannot be told apart, and each takes time to paint."""
REACH = 5.0
"""How far from a link, in pixels, it can still be pointed at."""
DIM = 0.22
BIAS_NOTE = "Never used: no link leads into a bias unit, so its δ has nobody to go to."

_MATRICES = (
    Symbol.THETA,
    Symbol.ACCUMULATOR_BEFORE,
    Symbol.ACCUMULATOR,
    Symbol.D,
    Symbol.THETA_NEW,
)
ROLES = {
    Phase.FORWARD: "forward",
    Phase.COST: "cost",
    Phase.BACKWARD: "backward",
    Phase.ACCUMULATE: "accent",
    Phase.GRADIENT: "accent",
    Phase.UPDATE: "accent",
}


@dataclass(frozen=True)
class Wiring:
    """What never moves while the story is told: the links at rest, weakest first, and what each unit looks for.

    ``scale`` is the |Θ| that has the full width; ``left_out`` counts the links between shown units too weak to draw.
    """

    links: tuple[Link, ...]
    portraits: tuple[Image, ...]
    scale: float
    left_out: int


def wiring(network: Network, plan: Layout) -> Wiring:
    """The links of *network* at rest, and with an image as input the rows of Θ⁽¹⁾ as images."""
    scale = _scale(network)
    links, portraits = [], []
    for before, after in pairwise(plan.columns):
        if before.image is not None:
            slots = _settled(after)
            links += [_fan(plan, slot) for slot in slots]
            portraits += [_portrait(network, plan, slot) for slot in slots]
        else:
            links += [
                link_between(network, plan, scale, before.layer, source, target)
                for source in _sources(before, _settled(before))
                for target in _settled(after)
            ]
    links.sort(key=lambda link: link.width)
    left_out = max(0, len(links) - MOST_LINKS)
    return Wiring(tuple(links[left_out:]), tuple(portraits), scale, left_out)


def _settled(column: Column) -> tuple[Slot, ...]:
    """The slots that always show the same unit."""
    return tuple(slot for index, slot in enumerate(column.units) if index != column.guest)


def _sources(column: Column, slots: Sequence[Slot]) -> Iterator[Slot]:
    if column.bias is not None:
        yield Slot(0, column.bias)
    yield from slots


def _scale(network: Network) -> float:
    """The next of 1, 2, 5, 10, … that all but the largest few |Θ| stay below; one for the whole picture."""
    largest = max(float(np.quantile(np.abs(theta), 0.98)) for theta in network.thetas)
    if largest <= 1.0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(largest))
    return next(step * power for step in (1.0, 2.0, 5.0, 10.0) if step * power >= largest)


def link_between(network: Network, plan: Layout, scale: float, layer: int, source: Slot, target: Slot) -> Link:
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
        share=DIM,
    )


def _fan(plan: Layout, target: Slot) -> Link:
    """One link for a whole row of Θ⁽¹⁾: from the image to a unit."""
    end = plan.entry(2, target.centre)
    return Link(Address(Symbol.THETA, 1, target.unit), plan.fan, end, 1.2 * plan.unit, "muted", share=0.4)


def _portrait(network: Network, plan: Layout, slot: Slot) -> Image:
    row = network.theta(1)[slot.unit - 1, 1:]
    return _row_image(plan, slot, Symbol.THETA, row, float(np.abs(network.theta(1)[:, 1:]).max()))


def _row_image(plan: Layout, slot: Slot, symbol: Symbol, row: Array, largest: float, frame: str = "line") -> Image:
    rows, columns = plan.image_shape or (1, len(row))
    cells = Address(symbol, 1, slot.unit)
    return Image(cells, plan.portrait(slot.centre), rows, columns, _levels(row, largest), frame=frame)


def _levels(values: Array, largest: float) -> bytes:
    """A byte for each value: 128 for 0, 1 and 255 for ∓*largest* and beyond."""
    scaled = np.clip(values / (largest or 1.0), -1.0, 1.0)
    return (np.rint(scaled * 127.0) + 128.0).astype(np.uint8).tobytes()


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
) -> Picture:
    """What is seen at *place* when walking by *level*; *raw* are the features in the data's units, if changed."""
    scene = _Scene(story, place, plan, weights, dataset, raw, digits, level, pointed)
    return Picture(
        links=scene.links(),
        images=scene.images(),
        units=scene.units(),
        labels=scene.labels(),
        tags=scene.tags(),
        fresh=scene.fresh_units,
    )


@dataclass(frozen=True, eq=False)
class _Scene:
    """The parts of one picture, each made from the same few facts about the place."""

    story: Story
    place: int
    plan: Layout
    weights: Wiring
    dataset: Dataset
    raw: Sequence[float] | Array | None
    digits: int
    level: Level
    pointed: Address | None

    # What is being told

    @property
    def network(self) -> Network:
        return self.story.trace.network

    @cached_property
    def since(self) -> int:
        """The place before the latest step of the level."""
        before = self.story.before(self.place, self.level)
        return 0 if before is None else before

    @cached_property
    def step(self) -> Step | None:
        """The step under way; None at the start, and when a whole example was told at once."""
        telling = self.story.telling(self.place)
        if telling is None or (self.level is Level.EXAMPLE and self.place == self.story.length):
            return None
        return telling.step

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """All that the latest step of the level told, if it is one layer's work."""
        if self.step is None:
            return ()
        if self.level is not Level.LAYER:
            return (self.step,)
        last = self.story.telling(self.place)
        assert last is not None
        first = last.index
        while first and self.story.start(first) > self.since:
            first -= 1
        return self.story.steps[first : last.index + 1]

    @cached_property
    def told(self) -> int:
        """How many terms of the step have been told."""
        telling = self.story.telling(self.place)
        return 0 if telling is None else telling.terms

    @cached_property
    def complete(self) -> bool:
        telling = self.story.telling(self.place)
        return telling is not None and telling.complete

    @cached_property
    def fresh_from(self) -> int:
        """The first term of the step that the latest movement brought."""
        telling = self.story.telling(self.place)
        assert telling is not None
        return max(0, self.since - self.story.start(telling.index))

    @property
    def role(self) -> str:
        return ROLES[self.steps[-1].phase]

    def known(self, address: Address) -> bool:
        if address.symbol in (Symbol.A, Symbol.DELTA):
            first = _first_places(self.story, address.symbol, address.layer)[address.row]
            return first is not None and first <= self.place
        return self.story.known(address, self.place)

    def value(self, address: Address) -> float:
        return self.story.trace.quantity(address).value

    def number(self, address: Address, *, signed: bool = False) -> str:
        """The number at *address* as it is written, or "" if it is not yet known."""
        return shown(self.value(address), self.digits, signed=signed) if self.known(address) else ""

    # Who takes part

    @cached_property
    def guests(self) -> dict[int, int]:
        """The unit at work, and the one that the latest term comes from, by layer."""
        if self.step is None:
            return {}
        found = dict(_units_of(self.step, self.step.count - 1 if self.complete else self.told - 1))
        return found | {_place_of(self.step)[0]: _place_of(self.step)[1]}

    @cached_property
    def slots(self) -> dict[int, dict[int, Point]]:
        """The place of every unit shown, by layer and unit, bias units included."""
        return {
            column.layer: {
                slot.unit: slot.centre for slot in _sources(column, column.shown(self.guests.get(column.layer)))
            }
            for column in self.plan.columns
        }

    @cached_property
    def at_work(self) -> frozenset[tuple[int, int]]:
        """(layer, unit) of what is being computed."""
        return frozenset(_place_of(step) for step in self.steps)

    @cached_property
    def involved(self) -> frozenset[tuple[int, int]]:
        """(layer, unit) of all that take part, the units at work included."""
        used = {unit for step in self.steps for index in self._shown_terms(step) for unit in _units_of(step, index)}
        return self.at_work | used

    def _shown_terms(self, step: Step) -> Iterator[int]:
        """The terms whose other end is drawn, in order from the top; not the pixels of an image."""
        told = self.told if step is self.step else step.count
        if isinstance(step, OutputCost | OutputError):
            return iter(range(told))
        if isinstance(step, ExampleCost | HiddenError):
            layer = step.layer + isinstance(step, HiddenError)
            return (unit - 1 for unit in self.slots[layer] if 0 < unit <= told)
        layer = step.layer - isinstance(step, Activate)
        return (unit for unit in self.slots[layer] if unit < told)

    def _is_image(self, layer: int) -> bool:
        return self.plan.column(layer).image is not None

    # Links

    def links(self) -> tuple[Link, ...]:
        lit = {link.address: link for link in self._lit_links()}
        if len(self.steps) > 1 and len(lit) > MOST_LIT:
            strongest = sorted(lit.values(), key=lambda link: link.width)[-MOST_LIT:]
            lit = {link.address: link for link in strongest}
        return tuple(link for link in self._guest_links() if link.address not in lit) + tuple(
            sorted(lit.values(), key=lambda link: link.width)
        )

    def _guest_links(self) -> Iterator[Link]:
        """The links of slots whose unit changes, at rest; the others are in the wiring."""
        for before, after in pairwise(self.plan.columns):
            targets = after.shown(self.guests.get(after.layer))
            if before.image is not None:
                if after.guest is not None:
                    yield _fan(self.plan, targets[after.guest])
                continue
            for source in _sources(before, before.shown(self.guests.get(before.layer))):
                guest = before.guest is not None and source.centre == before.units[before.guest].centre
                for index, target in enumerate(targets):
                    if guest or index == after.guest:
                        yield self._link(before.layer, source.unit, target.unit)

    def _link(self, layer: int, source: int, target: int) -> Link:
        places = self.slots
        ends = Slot(source, places[layer][source]), Slot(target, places[layer + 1][target])
        return link_between(self.network, self.plan, self.weights.scale, layer, *ends)

    def _lit_links(self) -> Iterator[Link]:
        for step in self.steps:
            layer, unit = _place_of(step)
            if unit not in self.slots[layer]:
                continue
            accent = self.role if step.fills_row else None
            if self._from_image(step):
                yield self._lit_fan(step)
            for index in self._shown_terms(step):
                if (ends := link_of(step, index)) is not None:
                    yield self._lit(*ends, accent)
        if self.pointed is not None:
            yield from self._pointed_links(self.pointed)

    def _from_image(self, step: Step) -> bool:
        """Whether the step's terms are made of the pixels of an image, and so cannot be tags on links."""
        layer = step.layer - isinstance(step, Activate)
        return self._is_image(layer) and (isinstance(step, Activate) or step.fills_row)

    def _lit_fan(self, step: Step) -> Link:
        _, unit = _place_of(step)
        fan = _fan(self.plan, Slot(unit, self.slots[2][unit]))
        return replace(fan, width=2.6 * self.plan.unit, role=self.role, share=1.0)

    def _lit(self, layer: int, target: int, source: int, accent: str | None = None) -> Link:
        link = self._link(layer, source, target)
        width = max(link.width, 1.6 * self.plan.unit)
        return replace(link, share=1.0, width=width, role=accent or link.role)

    def _pointed_links(self, pointed: Address) -> Iterator[Link]:
        layer, target = pointed.layer, pointed.row
        if pointed.symbol not in _MATRICES or target not in self.slots.get(layer + 1, {}):
            return
        if pointed.column is None:
            sources = () if self._is_image(layer) else tuple(self.slots[layer])
        else:
            sources = tuple(source for source in (pointed.column,) if source in self.slots[layer])
        for source in sources:
            link = self._lit(layer, target, source)
            yield replace(link, width=link.width + 2.0 * self.plan.unit)

    # Units

    @cached_property
    def fresh_units(self) -> frozenset[Address]:
        """Units whose activation the latest step told."""
        return frozenset(
            step.target
            for step in self.steps
            if isinstance(step, Activate) and self.known(step.target) and step.unit in self.slots[step.layer]
        )

    def units(self) -> tuple[Unit, ...]:
        return tuple(
            self._unit(column, unit, centre)
            for column in self.plan.columns
            for unit, centre in self.slots[column.layer].items()
        )

    def _unit(self, column: Column, unit: int, centre: Point) -> Unit:
        address = Address(Symbol.A, column.layer, unit)
        key = (column.layer, unit)
        text, fill = "+1" if unit == 0 else "", None
        if unit and self.known(address):
            value = self.value(address)
            text, fill = shown(value, self.digits), self._fill(column.layer, value)
        return Unit(
            address,
            centre,
            self.plan.radius * (1.0 if unit else 0.68),
            text,
            fill,
            halo=self.role if key in self.at_work else None,
            bright=not self.steps or key in self.involved,
            pointed=address == self.pointed,
        )

    def _fill(self, layer: int, value: float) -> tuple[float, float]:
        """From where to where a circle is filled: from its foot, or from its middle where numbers go below 0."""
        low, high = self._range(layer)
        span = high - low
        floor = -low / span
        level = min(max((value - low) / span, 0.0), 1.0)
        return round(min(floor, level), 4), round(max(floor, level), 4)

    def _range(self, layer: int) -> tuple[float, float]:
        """The activations at which a circle of this layer is empty and full; 0 … 1 for sigmoids."""
        trace = self.story.trace
        if layer > 1 and (layer == len(trace.a) or self.network.activation_name == "sigmoid"):
            return 0.0, 1.0
        if layer > 1 and self.network.activation_name == "tanh":
            return -1.0, 1.0
        largest = max(1.0, float(np.abs(trace.a[layer - 1]).max()))
        return (-largest if float(trace.a[layer - 1].min()) < 0.0 else 0.0), largest

    # Tags

    def tags(self) -> tuple[Tag, ...]:
        tags = [*self._delta_tags(), *self._cost_tags()]
        if len(self.steps) == 1:
            tags += [*self._sum_tags(), *self._term_tags()]
        return tuple(replace(tag, pointed=True) if _same_place(tag.address, self.pointed) else tag for tag in tags)

    def _tag(self, address: Address, centre: Point, text: str, role: str, **more: object) -> Tag:
        box = self.plan.tag(centre, text or "+0.00")
        return Tag(address, box, text, role, **more)  # type: ignore[arg-type]

    def _delta_tags(self) -> Iterator[Tag]:
        """δ below its unit, from the time when the story reaches the errors; at the outputs aside if it is crowded."""
        if self.step is None and self.place < self.story.length:
            return
        if self.step is not None and ROLES[self.step.phase] in ("forward", "cost"):
            return
        for column in self.plan.columns[1:]:
            for unit, centre in self.slots[column.layer].items():
                yield self._delta_tag(column, unit, centre)

    def _delta_tag(self, column: Column, unit: int, centre: Point) -> Tag:
        address = Address(Symbol.DELTA, column.layer, unit)
        at_work = (column.layer, unit) in self.at_work and self.role == "backward"
        place = self._beside(column.layer, centre)
        number = self.number(address, signed=True)
        text = f"δ {number}" if number else ""
        forming = origin = None
        if at_work:
            text, forming = self._delta_words(number)
            origin = centre if text else None
        return self._tag(
            address,
            place,
            text,
            "backward",
            loud=at_work and bool(text),
            struck=unit == 0 and bool(number),
            note=BIAS_NOTE if unit == 0 else "",
            forming=forming,
            origin=origin,
        )

    def _delta_words(self, number: str) -> tuple[str, str | None]:
        """What the δ of the unit at work says, and what it says while the sum forms."""
        if len(self.steps) > 1 or self.step is None:
            return f"δ {number}", None
        if isinstance(self.step, OutputError):
            target = shown(-float(self.step.products[1]), self.digits)
            sum_ = shown(float(self.step.products[0]), self.digits) + (f" − {target}" if self.told > 1 else "")
        elif self.told < self.step.count:
            sum_ = "Σ " + shown(float(self.step.totals[self.told - 1]), self.digits, signed=True)
        else:
            sum_ = "Σ " + shown(self.step.total, self.digits, signed=True)
        return (f"δ {number}", sum_) if number else (sum_, None)

    def _cost_tags(self) -> Iterator[Tag]:
        """Each output's cost beside it while the cost is told; J below from then on."""
        last = len(self.plan.sizes)
        if self.step is not None and self.step.phase is Phase.COST:
            for unit, centre in self.slots[last].items():
                address = Address(Symbol.COST, last, unit)
                at_work = (last, unit) in self.at_work or isinstance(self.step, ExampleCost)
                text = self.number(address, signed=True)
                yield self._tag(
                    address,
                    self._beside(last, centre),
                    text,
                    "cost",
                    loud=at_work and bool(text),
                    origin=centre if (last, unit) in self.at_work and text else None,
                )
        address = Address(Symbol.J, last, 0)
        if self.known(address):
            at_work = (last, 0) in self.at_work
            text = f"J = {self.number(address)}"
            origin = self.plan.column(last).units[-1].centre if at_work else None
            yield self._tag(address, self.plan.total, text, "cost", loud=at_work, origin=origin)

    def _sum_tags(self) -> Iterator[Tag]:
        """z of the unit at work, or the sum so far, hanging below it while the story goes forward."""
        step = self.step
        if not isinstance(step, Activate):
            return
        address = Address(Symbol.Z, step.layer, step.unit)
        centre = self.slots[step.layer][step.unit]
        whole = self.told == step.count
        total = step.total if whole else float(step.totals[self.told - 1])
        sum_ = "Σ " + shown(total, self.digits, signed=True)
        text = "z " + shown(total, self.digits, signed=True) if whole else sum_
        yield self._tag(address, self._beside(step.layer, centre), text, "forward", forming=sum_)

    def _beside(self, layer: int, centre: Point) -> Point:
        """Where the tag of a unit hangs: below it, or at crowded outputs to the right."""
        if layer == len(self.plan.sizes) and not self.plan.delta_below:
            return Point(self.plan.side, centre.y)
        return self.plan.below(layer, centre)

    def _term_tags(self) -> Iterator[Tag]:
        """The terms on their links, spread so that none hides another."""
        step = self.steps[0]
        linked = [
            (index, ends)
            for index in self._shown_terms(step)
            if (ends := link_of(step, index)) is not None
            and ends[1] in self.slots[ends[0] + 1]
            and ends[2] in self.slots[ends[0]]
        ]
        numbers = step.totals if step.fills_row and not isinstance(step, Accumulate) else step.products
        words = [shown(float(numbers[index]), self.digits, signed=True) for index, _ in linked]
        size = self.plan.tag(Point(0.0, 0.0), max(words, key=len, default=""))
        pairs = [self._ends(step, ends) for _, ends in linked]
        if fan := self._from_image(step):
            pairs.append((self.plan.fan, self.plan.entry(2, self.slots[2][_place_of(step)[1]])))
        places = _spread(pairs, size, self.plan.radius, self.plan.unit)
        for (index, ends), text, (far, _), centre in zip(linked, words, pairs, places, strict=False):
            yield self._term_tag(step, index, ends, text, far, centre)
        if fan:
            yield from self._image_tags(step, numbers, places[-1])

    def _term_tag(
        self, step: Step, index: int, ends: tuple[int, int, int], text: str, far: Point, centre: Point
    ) -> Tag:
        symbol = step.symbol if step.fills_row else Symbol.THETA
        return self._tag(
            Address(symbol, *ends),
            centre,
            text,
            self.role,
            loud=True,
            origin=far if index >= self.fresh_from else None,
            order=round((index - self.fresh_from) / max(1, step.count), 3),
        )

    def _ends(self, step: Step, ends: tuple[int, int, int]) -> tuple[Point, Point]:
        """(where a term comes from, the unit that it goes to)."""
        layer, target, source = ends
        left, right = self.slots[layer][source], self.plan.entry(layer + 1, self.slots[layer + 1][target])
        return (right, left) if isinstance(step, HiddenError) else (left, right)

    def _image_tags(self, step: Step, numbers: Array, place: Point) -> Iterator[Tag]:
        """The sum of the pixels' terms on the one link that stands for them."""
        pixels = self.told - 1
        if pixels < 1:
            return
        _, unit = _place_of(step)
        row = Address(step.symbol if step.fills_row else Symbol.THETA, 1, unit)
        latest = shown(float(numbers[self.told - 1]), self.digits, signed=True)
        if step.fills_row:
            text = f"{pixels} entries"
        else:
            text = "Σ " + shown(float(numbers[1 : self.told].sum()), self.digits, signed=True)
        origin = None if self.told <= self.fresh_from else self.plan.fan
        yield self._tag(row, place, text, self.role, loud=True, origin=origin)
        if self.told < step.count or self.level is Level.TERM:
            cell = self._pixels().cell(self.told - 2).centre
            at = cell.moved(0.0, -17.0 * self.plan.unit)
            yield self._tag(Address(row.symbol, 1, unit, self.told - 1), at, latest, self.role, loud=True)

    # Images

    def images(self) -> tuple[Image, ...]:
        if self.plan.image_shape is None:
            return ()
        images = [self._pixels()]
        second = self.plan.column(2)
        for index, slot in enumerate(second.shown(self.guests.get(2))):
            row = self._row_at_work(slot)
            if row is not None:
                images.append(row)
            elif index == second.guest or self._points_into(slot.unit):
                images.append(self._marked(_portrait(self.network, self.plan, slot)))
        return tuple(images)

    def _pixels(self) -> Image:
        """The input as the image it is, from nothing (white) to the largest value."""
        box, shape = self.plan.columns[0].image, self.plan.image_shape
        assert box is not None
        assert shape is not None
        a = self.story.trace.a[0]
        levels = _levels(a, max(1.0, float(np.abs(a).max())))
        address = Address(Symbol.A, 1)
        marked = None
        if self.level is Level.TERM and len(self.steps) == 1 and self._from_image(self.steps[0]):
            marked = self.told - 2 if self.told >= 2 else None
        image = Image(address, box, *shape, levels, positive="activation", marked=marked)
        return self._marked(image)

    def _marked(self, image: Image) -> Image:
        """The image with the ring round the cell that is pointed at, be it as a pixel, a Θ or another of its kind."""
        pointed = self.pointed
        if pointed is None or pointed.layer != 1:
            return image
        pixels = image.cells.symbol is Symbol.A
        if pixels and pointed.symbol is Symbol.A and pointed.row:
            return replace(image, pointed=pointed.row - 1)
        if pointed.symbol in _MATRICES and pointed.column and (pixels or pointed.row == image.cells.row):
            return replace(image, pointed=pointed.column - 1)
        return image

    def _points_into(self, unit: int) -> bool:
        pointed = self.pointed
        return (
            pointed is not None
            and pointed.symbol in _MATRICES
            and (pointed.layer, pointed.row) == (1, unit)
            and bool(pointed.column)
        )

    def _row_at_work(self, slot: Slot) -> Image | None:
        """The entries of Δ, D or the new Θ that are being told, in place of the row of Θ⁽¹⁾."""
        step = self.steps[0] if len(self.steps) == 1 else None
        if step is None or not step.fills_row or _place_of(step) != (2, slot.unit):
            return None
        values = np.array(step.products if isinstance(step, Accumulate) else step.totals)[1:]
        largest = float(np.abs(values).max())
        values[max(0, self.told - 1) :] = 0.0
        return self._marked(_row_image(self.plan, slot, step.symbol, values, largest, frame=self.role))

    # Texts

    def labels(self) -> tuple[Label, ...]:
        return (*self._features(), *self._classes(), *self._image_caption(), *self._gaps())

    def _features(self) -> Iterator[Label]:
        if self.plan.image_shape is not None:
            return
        x, width = self.plan.left
        for unit, centre in self.slots[1].items():
            if unit:
                address = Address(Symbol.A, 1, unit)
                yield from self._two_lines(
                    Box(x, centre.y, width, 0.0),
                    self.dataset.feature_names[unit - 1],
                    self._raw(unit),
                    "right",
                    address,
                )

    def _raw(self, unit: int) -> str:
        """The feature as it was measured, where scaling or a unit makes that another thing than x."""
        raw = self.raw if self.raw is not None else self.dataset.X[self.story.trace.example]
        measure = self.dataset.units[unit - 1]
        if not measure and float(raw[unit - 1]) == float(self.story.trace.a[0][unit - 1]):
            return ""
        return f"{float(raw[unit - 1]):.4g} {measure}".replace("-", "−").strip()

    def _classes(self) -> Iterator[Label]:
        x, width = self.plan.right
        last, targets = len(self.plan.sizes), self.story.trace.y
        for unit, centre in self.slots[last].items():
            name = class_label(self.dataset, unit)
            y = shown(float(targets[unit - 1]), 0)
            yield from self._two_lines(
                Box(x, centre.y, width, 0.0),
                name,
                f"y = {y}",
                "left",
                Address(Symbol.Y, last, unit),
                bold=float(targets[unit - 1]) >= 0.5,
            )

    def _two_lines(
        self, at: Box, first: str, second: str, side: Side, address: Address, *, bold: bool = False
    ) -> Iterator[Label]:
        unit = self.plan.unit
        height = 16.0 * unit
        crowded = self.plan.column(address.layer).spacing < 34.0 * unit
        lines = 1 if crowded or not second else 2
        y = at.y - lines * height / 2
        role = "text" if bold else "muted"
        yield Label(
            Box(at.x, y, at.width, height),
            Text(first, 12.5 * unit, role, bold),
            side,
            address=address,
        )
        if lines == 2:
            box = Box(at.x, y + height, at.width, height)
            yield Label(box, Text(second, 11.5 * unit, role), side, address=address)

    def _gaps(self) -> Iterator[Label]:
        """How many units of a layer are folded away, and which one is the guest."""
        for column in self.plan.columns:
            if column.guest is None:
                continue
            own = column.units[column.guest]
            guest = self.guests.get(column.layer, own.unit)
            lines = [f"⋮ {column.hidden} more"]
            if column.shown(guest) is not column.units:
                lines.append(f"above: unit {guest}")
            size, unit = 12.0 * self.plan.unit, self.plan.unit
            top = own.centre.y + column.spacing - (len(lines) - 2) * 8.0 * unit
            for index, words in enumerate(lines):
                centre = Point(column.x, top + (index - 0.5) * 16.0 * unit)
                width = text_width(words, size) + 10.0 * unit
                yield Label(Box.around(centre, width, 16.0 * unit), Text(words, size, "muted"), "centre")

    def _image_caption(self) -> Iterator[Label]:
        box = self.plan.columns[0].image
        if box is None:
            return
        example, y = self.story.trace.example, self.story.trace.y
        name = self.dataset.class_names[int(y[0] >= 0.5) if len(y) == 1 else int(np.argmax(y))]
        words = f"example {example + 1:,} of {len(self.dataset):,} · {name}"
        line = Box(box.x - box.width, box.y + box.height + 10.0 * self.plan.unit, 3 * box.width, 18.0 * self.plan.unit)
        yield Label(line, Text(words, 12.5 * self.plan.unit, "muted"), "centre")


@lru_cache(maxsize=64)
def _first_places(story: Story, symbol: Symbol, layer: int) -> tuple[int | None, ...]:
    """Where a of each unit of a layer, or its δ, becomes known, the bias unit's first; 0 for what is given."""
    addresses = (Address(symbol, layer, unit) for unit in range(story.trace.network.sizes[layer - 1] + 1))
    return tuple(0 if story.known(address, 0) else story.first_place(address) for address in addresses)


def link_of(step: Step, index: int) -> tuple[int, int, int] | None:
    """(layer, row, column) of the entry of Θ, or of a matrix of its shape, that term *index* of a step belongs to."""
    if isinstance(step, Activate):
        return step.layer - 1, step.unit, index
    if isinstance(step, HiddenError):
        return step.layer, index + 1, step.unit
    if step.fills_row:
        return step.layer, step.unit, index
    return None


def _place_of(step: Step) -> tuple[int, int]:
    """(layer, unit) where a step's work is seen: a row of Θ⁽ˡ⁾ at its unit of layer l + 1."""
    return step.layer + step.fills_row, step.unit


def _units_of(step: Step, index: int) -> Iterator[tuple[int, int]]:
    """(layer, unit) of both ends of a term."""
    if index < 0:
        return
    if (ends := link_of(step, index)) is not None:
        layer, target, source = ends
        yield from ((layer + 1, target), (layer, source))
    elif isinstance(step, ExampleCost):
        yield step.layer, index + 1
    else:
        yield step.layer, step.unit


def _same_place(one: Address, other: Address | None) -> bool:
    """Whether two addresses mean the same number, or the same entry of matrices of one shape."""
    if other is None:
        return False
    if one.symbol in _MATRICES and other.symbol in _MATRICES:
        return (one.layer, one.row, one.column) == (other.layer, other.row, other.column)
    return one == other


def _spread(ends: Sequence[tuple[Point, Point]], tag: Box, radius: float, unit: float) -> list[Point]:
    """Resting places on links that meet in one unit: clear of the circles, none over another.

    *ends* are (far end, common end). All rest at one share of the way; where they still touch, they part up and down.
    """
    if not ends:
        return []
    height = tag.height + 3.0 * unit
    far, common = ends[0]
    gap = abs(common.x - far.x) or 1.0
    result = 0.6 * tag.width  # what hangs below the unit at work is about as wide as a tag
    nearest = (max(radius + 9.0 * unit, result + 6.0 * unit) + tag.width / 2) / gap
    farthest = 1.0 - (max(radius, result) + 3.0 * unit + tag.width / 2) / gap
    heights = sorted(point.y for point, _ in ends)
    step = min((after - before for before, after in pairwise(heights)), default=0.0) or 1.0
    share = min(max(height / step, nearest, 0.36), max(farthest, 0.5))
    points = [end.towards(start, share) for start, end in ends]
    order = sorted(range(len(points)), key=lambda index: points[index].y)
    ys = _apart([points[index].y for index in order], height)
    for index, y in zip(order, ys, strict=True):
        points[index] = Point(round(points[index].x, 3), round(y, 3))
    return points


def _apart(values: Sequence[float], distance: float) -> list[float]:
    """Ascending *values* moved as little as it takes to be *distance* apart: groups that touch share their middle."""
    groups: list[list[float]] = []  # [sum of wanted firsts, count]
    for value in values:
        groups.append([value, 1.0])
        while len(groups) > 1:
            (first, many), (second, more) = groups[-2], groups[-1]
            if second / more - first / many >= distance * many:
                break
            groups[-2:] = [[first + second - more * many * distance, many + more]]
    return [total / count + index * distance for total, count in groups for index in range(int(count))]


# Movement


def moving(seen: Picture, t: float) -> Picture:
    """The picture on the way to *seen*, 0 ≤ t ≤ 1: terms travel, the sum forms, then g or × g′ is applied."""
    if t >= 1.0:
        return seen
    return replace(
        seen,
        tags=tuple(tag for before in seen.tags if (tag := _moving_tag(before, t)) is not None),
        units=tuple(_moving_unit(unit, t) if unit.address in seen.fresh else unit for unit in seen.units),
    )


def _moving_tag(tag: Tag, t: float) -> Tag | None:
    if tag.forming is not None:
        return None if t < 0.5 else replace(tag, text=tag.forming) if t < 0.8 else tag
    if tag.origin is None:
        return tag
    start = 0.3 * tag.order
    if t < start:
        return None
    share = part(t, start, start + 0.35)
    centre = tag.origin.towards(tag.box.centre, share)
    return replace(tag, box=Box.around(centre, tag.box.width, tag.box.height))


def _moving_unit(unit: Unit, t: float) -> Unit:
    share = part(t, 0.7, 1.0)
    if share == 0.0 or unit.fill is None:
        return replace(unit, text="", fill=None)
    low, high = unit.fill
    return replace(unit, text=unit.text if share > 0.6 else "", fill=(low, low + share * (high - low)))


# Pointing


def address_at(seen: Picture, weights: Wiring, point: Point, reach: float = REACH) -> Address | None:
    """The number at *point*: of a tag, a unit, an image's cell, a text, or a link within *reach*.

    Of several links the nearest counts, lit ones before others.
    """
    for tag in reversed(seen.tags):
        if tag.text and tag.box.contains(point):
            return tag.address
    for unit in seen.units:
        if math.dist(unit.centre, point) <= unit.radius:
            return unit.address
    for image in (*seen.images, *weights.portraits):
        index = image.index_at(point)
        if index is not None:
            return _cell_address(image, index)
    for label in seen.labels:
        if label.address is not None and label.box.contains(point):
            return label.address
    bright = tuple(link for link in seen.links if link.share == 1.0)
    return _link_at(bright, point, reach) or _link_at((*seen.links, *weights.links), point, reach)


def _cell_address(image: Image, index: int) -> Address:
    cells = image.cells
    if cells.symbol is Symbol.A:
        return replace(cells, row=index + 1)
    return replace(cells, column=index + 1)


def _link_at(links: Sequence[Link], point: Point, reach: float) -> Address | None:
    if not links:
        return None
    ends = np.array([(*link.start, *link.end) for link in links])
    start, along = ends[:, :2], ends[:, 2:] - ends[:, :2]
    to = np.array(point) - start
    share = np.clip((to * along).sum(axis=1) / np.maximum((along**2).sum(axis=1), 1e-9), 0.0, 1.0)
    distance = np.hypot(*(to - share[:, None] * along).T)
    nearest = int(np.argmin(distance))
    return links[nearest].address if distance[nearest] <= reach else None
