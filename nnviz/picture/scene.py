"""What a picture is about: the step under way at a place, who takes part in it, and what is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from nnviz.engine.arrays import Array
from nnviz.engine.data import Dataset
from nnviz.engine.network import Network
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import Activate, ExampleCost, HiddenError, OutputCost, OutputError, Phase, Step
from nnviz.engine.story import Level, Story
from nnviz.picture.layout import Layout
from nnviz.picture.numbers import shown
from nnviz.picture.parts import Point
from nnviz.picture.wiring import Wiring, sources

ROLES = {
    Phase.FORWARD: "forward",
    Phase.COST: "cost",
    Phase.BACKWARD: "backward",
    Phase.ACCUMULATE: "accent",
    Phase.GRADIENT: "accent",
    Phase.UPDATE: "accent",
}


@dataclass(frozen=True, eq=False)
class Scene:
    """The few facts about a place that every part of its picture is made from."""

    story: Story
    place: int
    plan: Layout
    weights: Wiring
    dataset: Dataset
    raw: Sequence[float] | Array | None
    digits: int
    level: Level
    pointed: Address | None
    chosen: Address | None = None
    """The Θ that is looked at alone."""

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
        """The step under way; None at the start, when a whole example was told at once, and while Θ is trained."""
        telling = self.story.telling(self.place)
        if telling is None or self.level is Level.ITERATION or (self.level.whole and self.place == self.story.length):
            return None
        return telling.step

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """All that the latest step of the level told, if it is one layer's work; of folded units only those shown."""
        if self.step is None:
            return ()
        if self.level is not Level.LAYER:
            return (self.step,)
        last = self.story.telling(self.place)
        assert last is not None
        first = last.index
        while first and self.story.start(first) > self.since:
            first -= 1
        steps = self.story.steps[first : last.index + 1]
        return tuple(step for step in steps if place_of(step)[1] in self.slots[place_of(step)[0]])

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
            first = self.story.first_places(address.symbol, address.layer)[address.row]
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
        found = dict(units_of(self.step, self.step.count - 1 if self.complete else self.told - 1))
        return found | {place_of(self.step)[0]: place_of(self.step)[1]}

    @cached_property
    def slots(self) -> dict[int, dict[int, Point]]:
        """The place of every unit shown, by layer and unit, bias units included."""
        return {
            column.layer: {
                slot.unit: slot.centre for slot in sources(column, column.shown(self.guests.get(column.layer)))
            }
            for column in self.plan.columns
        }

    @cached_property
    def at_work(self) -> frozenset[tuple[int, int]]:
        """(layer, unit) of what is being computed."""
        return frozenset(place_of(step) for step in self.steps)

    @cached_property
    def involved(self) -> frozenset[tuple[int, int]]:
        """(layer, unit) of all that take part, the units at work included."""
        used = {unit for step in self.steps for index in self.shown_terms(step) for unit in units_of(step, index)}
        return self.at_work | used

    def shown_terms(self, step: Step) -> Iterator[int]:
        """The terms whose other end is drawn, in order from the top; not the pixels of an image."""
        told = self.told if step is self.step else step.count
        if isinstance(step, OutputCost | OutputError):
            return iter(range(told))
        if isinstance(step, ExampleCost | HiddenError):
            layer = step.layer + isinstance(step, HiddenError)
            return (unit - 1 for unit in self.slots[layer] if 0 < unit <= told)
        layer = step.layer - isinstance(step, Activate)
        return (unit for unit in self.slots[layer] if unit < told)

    def is_image(self, layer: int) -> bool:
        """Whether a layer is drawn as an image."""
        return self.plan.column(layer).image is not None

    def from_image(self, step: Step) -> bool:
        """Whether the step's terms are made of the pixels of an image, and so cannot be tags on links."""
        layer = step.layer - isinstance(step, Activate)
        return self.is_image(layer) and (isinstance(step, Activate) or step.fills_row)

    @cached_property
    def fresh_units(self) -> frozenset[Address]:
        """Units whose activation the latest step told."""
        return frozenset(step.target for step in self.steps if isinstance(step, Activate) and self.known(step.target))


def link_of(step: Step, index: int) -> tuple[int, int, int] | None:
    """(layer, row, column) of the entry of Θ, or of a matrix of its shape, that term *index* of a step belongs to."""
    if isinstance(step, Activate):
        return step.layer - 1, step.unit, index
    if isinstance(step, HiddenError):
        weight = step.operands(index)[0]  # with a mistake in it another than that of its own link
        return weight.layer, weight.row, weight.column or 0
    if step.fills_row:
        return step.layer, step.unit, index
    return None


def place_of(step: Step) -> tuple[int, int]:
    """(layer, unit) where a step's work is seen: a row of Θ⁽ˡ⁾ at its unit of layer l + 1."""
    return step.layer + step.fills_row, step.unit


def units_of(step: Step, index: int) -> Iterator[tuple[int, int]]:
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
