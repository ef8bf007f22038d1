"""Where everything stands: columns of units, folded where a layer is too large, and the texts that never change."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from nnviz.engine.data import Dataset
from nnviz.engine.quantities import Address, Symbol
from nnviz.picture.numbers import measured
from nnviz.picture.parts import Box, Label, Point, Text, text_width
from nnviz.picture.scripts import raised

MOST_UNFOLDED = 12
MOST_FOLDED = 9
RADIUS = 23.0
WIDEST_GAP = 230.0
FAN = 0.7
"""The gap that the fan of an image's links has, in gaps between other columns."""
WIDEST_SPACING = 116.0


class Slot(NamedTuple):
    """A unit's place in its column."""

    unit: int
    centre: Point


class Column(NamedTuple):
    """A layer. ``units`` go from top to bottom; of a folded layer (``hidden`` > 0) the first and the last.

    ``guest`` is the index of the slot before the gap, which lends its place to a unit at work that is folded away.
    A layer that is an image has a ``image`` box and no slots.
    """

    layer: int
    size: int
    x: float
    units: tuple[Slot, ...]
    bias: Point | None
    spacing: float
    guest: int | None = None
    hidden: int = 0
    image: Box | None = None

    def shown(self, at_work: int | None = None) -> tuple[Slot, ...]:
        """The slots, with unit *at_work* in the guest's if it would be folded away."""
        if self.guest is None or at_work is None or at_work == 0:
            return self.units
        if any(slot.unit == at_work for slot in self.units):
            return self.units
        guest = Slot(at_work, self.units[self.guest].centre)
        return (*self.units[: self.guest], guest, *self.units[self.guest + 1 :])


@dataclass(frozen=True)
class Layout:
    """The places for a network of given layers on a board of given size; lengths in logical pixels.

    ``unit`` is the length that 1 pixel of the design has here. ``portraits``: beside each unit of layer 2 stands its
    row of Θ⁽¹⁾ as an image. ``left`` and ``right`` are the columns of texts: (x, width). ``side`` is the middle of the
    tags on the right; ``delta_below`` whether a column's δ hangs below its units (only the last may have it aside).
    """

    sizes: tuple[int, ...]
    width: float
    height: float
    unit: float
    radius: float
    columns: tuple[Column, ...]
    left: tuple[float, float]
    right: tuple[float, float]
    side: float
    delta_below: bool
    labels: tuple[Label, ...]
    total: Point
    legend: Box
    image_shape: tuple[int, int] | None = None

    def column(self, layer: int) -> Column:
        """The column of layer *layer*, from 1."""
        return self.columns[layer - 1]

    @cached_property
    def gap(self) -> float:
        """The smallest distance between two columns."""
        return min((after.x - before.x for before, after in pairwise(self.columns)), default=0.0)

    def portrait(self, centre: Point) -> Box:
        """Where the row of Θ⁽¹⁾ of the layer-2 unit at *centre* stands."""
        side = 2.0 * self.radius
        return Box.around(centre.moved(-(2.0 * self.radius + 7.0 * self.unit), 0.0), side, side)

    def entry(self, layer: int, centre: Point) -> Point:
        """Where links from the left end: at the unit, or before its portrait."""
        if self.image_shape is not None and layer == 2:
            box = self.portrait(centre)
            return Point(box.x, box.centre.y)
        return centre

    @property
    def fan(self) -> Point:
        """Where the links of an image begin."""
        box = self.columns[0].image
        assert box is not None
        return Point(box.x + box.width + 5.0 * self.unit, box.centre.y)

    def below(self, layer: int, centre: Point) -> Point:
        """The middle of the tag below a unit at *centre*."""
        spacing = self.column(layer).spacing
        crowded = max(spacing / 2, spacing - self.radius - 9.0 * self.unit)  # in between, to hide no number
        return centre.moved(0.0, min(self.radius + 10.0 * self.unit, crowded))

    def tag(self, centre: Point, words: str) -> Box:
        """The box of a tag that says *words*."""
        size = self.tag_size
        return Box.around(centre, text_width(words, size, bold=True) + 1.4 * size, 1.75 * size)

    @cached_property
    def tag_size(self) -> float:
        """The size of the letters in tags."""
        tightest = min(column.spacing for column in self.columns)
        return min(11.0 * self.unit, max(7.5 * self.unit, min(0.4 * self.gap / 2.6, tightest / 3)))


def layout(sizes: tuple[int, ...], dataset: Dataset, width: float, height: float, zoom: float = 1.0) -> Layout:
    """The places for layers of *sizes* on a board of *width* × *height*; small boards get smaller letters."""
    return _Plan(sizes, dataset, float(width), float(height), zoom).layout()


def class_label(dataset: Dataset, unit: int) -> str:
    """What stands beside output *unit*: the name of its class; a single output is for the second of the two."""
    if dataset.outputs > 1:
        return dataset.class_names[unit - 1]
    name = dataset.class_names[1]
    return f"class {name}" if name.isdigit() else name


def _unit(width: float, height: float, zoom: float) -> float:
    """The size of a design pixel: *zoom*, less on a small board, a little more on a very large one."""
    shrink = min(1.0, width / (560.0 * zoom), height / (520.0 * zoom))
    growth = min(width / (900.0 * zoom), height / (820.0 * zoom))
    return zoom * (max(0.7, shrink) if growth < 1.0 else min(growth, 1.35))


class _Plan:
    """The sums behind a layout: first the radius and the rows, then the columns, then the texts."""

    def __init__(self, sizes: tuple[int, ...], dataset: Dataset, width: float, height: float, zoom: float) -> None:
        self.sizes, self.dataset = sizes, dataset
        self.width, self.height = width, height
        self.unit = _unit(width, height, zoom)
        self.pad = 16.0 * self.unit
        self.image = dataset.image_shape is not None and sizes[0] > MOST_UNFOLDED
        self.narrow = width / len(sizes) < 185.0 * self.unit
        self.head = (64.0 if self.narrow else 46.0) * self.unit
        self.below = (22.0 if self.narrow or self._wordy() else 10.0) * self.unit
        self.foot = 24.0 * self.unit + self.below
        self.rows_height = height - self.head - self.foot - 2 * self.pad - 20.0 * self.unit
        self.counts = tuple(self._shown(layer) for layer in range(1, len(sizes) + 1))
        self.spacings = tuple(
            min(WIDEST_SPACING * self.unit, self.rows_height / self._slots(layer)) for layer in self._layers()
        )
        self.radius = self._radius()
        self.delta_below = self.spacings[-1] >= 2 * self.radius + 30.0 * self.unit

    def layout(self) -> Layout:
        """Put it all together."""
        xs = self._across()
        columns = tuple(self._column(layer, xs[layer - 1]) for layer in self._layers())
        top = min(self._extent(column)[0] for column in columns)
        bottom = max(self._extent(column)[1] for column in columns)
        return Layout(
            sizes=self.sizes,
            width=self.width,
            height=self.height,
            unit=self.unit,
            radius=self.radius,
            columns=columns,
            left=(self.pad, xs[0] - self.radius - 12.0 * self.unit - self.pad),
            right=(xs[-1] + self.radius + 13.0 * self.unit, self._right_words()),
            side=xs[-1] + self.radius + 21.0 * self.unit + self._right_words() + self._tag_width() / 2,
            delta_below=self.delta_below,
            labels=(*self._headings(columns, top), *self._matrices(columns, bottom)),
            total=Point(xs[-1] + self.radius + 48.0 * self.unit, bottom + self.below + 12.0 * self.unit),
            legend=Box(
                self.pad,
                self.height - self.pad - 14.0 * self.unit,
                self.width - 2 * self.pad,
                14.0 * self.unit,
            ),
            image_shape=self.dataset.image_shape if self.image else None,
        )

    def _wordy(self) -> bool:
        """Whether the size of a Θ is too long for a place beside the tags below the lowest units, and goes below."""
        longest = max(len(f"{after} × {before + 1}") for before, after in pairwise(self.sizes))
        return longest > 5 and self.width / len(self.sizes) < 230.0 * self.unit

    def _layers(self) -> range:
        return range(1, len(self.sizes) + 1)

    def _has_bias(self, layer: int) -> bool:
        return layer < len(self.sizes)

    def _shown(self, layer: int) -> int:
        """How many units of a layer are drawn: all, or, of a folded layer, as many as find room."""
        size = self.sizes[layer - 1]
        slots = size + self._has_bias(layer)
        if size <= MOST_UNFOLDED and self.rows_height / slots >= 32.0 * self.unit:
            return size
        room = int(self.rows_height / (52.0 * self.unit)) - 1 - self._has_bias(layer)
        shown = max(3, min(MOST_FOLDED, room))
        return size if size - shown < 2 else shown

    def _slots(self, layer: int) -> int:
        """Rows of a column: its units, the bias unit, the gap."""
        if self.image and layer == 1:
            return 1
        shown = self.counts[layer - 1]
        return shown + self._has_bias(layer) + (shown < self.sizes[layer - 1])

    def _radius(self) -> float:
        """As large as leaves room for a tag below each unit; in crowded columns tags cover a little of the circles."""
        tightest = min(self.spacings)
        clear, crowded = (tightest - 19.0 * self.unit) / 2, min(16.0 * self.unit, (tightest - 7.0 * self.unit) / 2)
        return max(5.0 * self.unit, min(RADIUS * self.unit, max(clear, crowded)))

    def _across(self) -> tuple[float, ...]:
        """The x of each column: as far apart as there is room, but not too far; all of it in the middle."""
        left = self.pad + self._left_words() + 12.0 * self.unit + self.radius
        right = self.width - self.pad - self._right_room() - self.radius
        image, portrait = self._image_side(), 0.0
        if self.image:
            left = self.pad + image / 2
            portrait = 3.0 * self.radius + 7.0 * self.unit
        gaps = len(self.sizes) - 1
        free = right - left - image / 2 - portrait
        weights = [FAN if self.image and index == 0 else 1.0 for index in range(gaps)]
        gap = min(WIDEST_GAP * self.unit, free / sum(weights))
        left += max(0.0, (free - gap * sum(weights)) / 2)
        self.radius = max(4.0 * self.unit, min(self.radius, 0.3 * gap))
        steps = [gap * weight for weight in weights]
        steps[0] += image / 2 + portrait
        return tuple(left + sum(steps[:index]) for index in range(gaps + 1))

    def _image_side(self) -> float:
        return min(0.3 * self.width, 0.5 * self.rows_height, 280.0 * self.unit) if self.image else 0.0

    def _left_words(self) -> float:
        """Room for the features' names and for how they were measured."""
        if self.image:
            return 0.0
        largest = self.dataset.largest.tolist()
        numbers = tuple(f"{measured(-value)} {unit}" for value, unit in zip(largest, self.dataset.units, strict=True))
        return min(self._widest(self.dataset.feature_names + numbers), 0.17 * self.width)

    def _right_room(self) -> float:
        """Room beside the outputs: for the classes and for J below them, and for tags where these stand aside."""
        words = self._right_words() + 13.0 * self.unit
        return max(words + (0.0 if self.delta_below else self._tag_width() + 8.0 * self.unit), 90.0 * self.unit)

    def _right_words(self) -> float:
        names = tuple(class_label(self.dataset, unit) for unit in range(1, self.dataset.outputs + 1))
        return min(max(self._widest(names), 34.0 * self.unit), 0.17 * self.width)

    def _widest(self, names: tuple[str, ...]) -> float:
        return max(text_width(name, 12.5 * self.unit, bold=True) for name in names) + 2.0

    def _tag_width(self) -> float:
        return 66.0 * self.unit

    def _column(self, layer: int, x: float) -> Column:
        spacing, has_bias = self.spacings[layer - 1], self._has_bias(layer)
        size, shown = self.sizes[layer - 1], self.counts[layer - 1]
        middle = self.pad + self.head + 10.0 * self.unit + self.rows_height / 2
        if self.image and layer == 1:
            side = self._image_side()
            box = _proportioned(Point(x, middle), side, self.dataset.image_shape or (1, 1))
            corner = Point(box.x + box.width, box.y - 36.0 * self.unit)
            return Column(layer, size, x, (), corner, spacing, image=box)
        top = middle - (self._slots(layer) - 1) / 2 * spacing
        first = shown if shown == size else -(-2 * shown // 3)
        rows = [*range(has_bias, has_bias + first), *range(has_bias + first + 1, has_bias + shown + 1)]
        units = [*range(1, first + 1), *range(size - shown + first + 1, size + 1)]
        return Column(
            layer,
            size,
            x,
            tuple(Slot(unit, Point(x, top + row * spacing)) for unit, row in zip(units, rows, strict=True)),
            Point(x, top) if has_bias else None,
            spacing,
            guest=None if shown == size else first - 1,
            hidden=size - shown,
        )

    def _extent(self, column: Column) -> tuple[float, float]:
        """The highest and the lowest point of a column."""
        tops = [slot.centre.y for slot in column.units] + ([column.bias.y] if column.bias else [])
        if column.image is not None:
            return min(tops) - self.radius, column.image.y + column.image.height
        return min(tops) - self.radius, max(tops) + self.radius

    def _headings(self, columns: tuple[Column, ...], top: float) -> list[Label]:
        """ "Layer 3 · hidden" above each column, and what it holds."""
        labels = []
        rooms = [self._room(columns, column.layer) for column in columns]
        style = min(self._style(column, room) for column, room in zip(columns, rooms, strict=True))
        line = 17.0 * self.unit
        y = max(self.pad / 2, top - self.head - 12.0 * self.unit)
        for column, room in zip(columns, rooms, strict=True):
            lines = self._titles(column)[style]
            for index, words in enumerate(lines):
                box = Box(column.x - room / 2, y + index * line, room, line)
                labels.append(Label(box, Text(words, 13.0 * self.unit, bold=True), "centre"))
            below = Box(column.x - room / 2, y + len(lines) * line, room, 22.0 * self.unit)
            labels.append(self._holds(column, below))
        return labels

    def _room(self, columns: tuple[Column, ...], layer: int) -> float:
        """How wide the heading of a column may be: half way to its neighbours."""
        x = columns[layer - 1].x
        distances = [abs(other.x - x) for other in columns if abs(other.layer - layer) == 1]
        image = columns[layer - 1].image
        free = max(min(distances), image.width if image else 0.0) - 4.0 * self.unit
        return min(free, 2 * x, 2 * (self.width - x))

    def _titles(self, column: Column) -> tuple[tuple[str, ...], ...]:
        """The ways to head a column, lines of words each, from short to long."""
        kind = "input" if column.layer == 1 else "output" if column.layer == len(self.sizes) else "hidden"
        if column.hidden or column.image is not None:
            kind += f", {column.size}"
        name = f"Layer {column.layer}"
        return (str(column.layer),), (name, kind), (f"{name} · {kind}",)

    def _style(self, column: Column, room: float) -> int:
        """The longest way to head a column that has room; the shortest always has."""
        fitting = [
            index
            for index, lines in enumerate(self._titles(column))
            if max(text_width(line, 13.0 * self.unit, bold=True) for line in lines) <= room
        ]
        return max(fitting, default=0)

    def _holds(self, column: Column, box: Box) -> Label:
        layer = column.layer
        index = raised(f"({layer})")
        words = f"a{index}"
        if box.width > 84.0 * self.unit:
            words += f" = {'x' if layer == 1 else 'h_Θ(x)' if layer == len(self.sizes) else f'g(z{index})'}"
        return Label(box, Text(words, 13.5 * self.unit, "muted"), "centre", Address(Symbol.A, layer))

    def _matrices(self, columns: tuple[Column, ...], bottom: float) -> list[Label]:
        """Θ⁽ˡ⁾ and its size, below and between the columns."""
        labels = []
        y = bottom + self.below
        for before, after in pairwise(columns):
            edge = before.x + (before.image.width / 2 if before.image else 0.0)
            words = f"Θ{raised(f'({before.layer})')}"
            if after.x - edge > 92.0 * self.unit:
                words += f" {after.size} × {before.size + 1}"
            box = Box(edge, y, after.x - edge, 24.0 * self.unit)
            address = Address(Symbol.THETA, before.layer)
            labels.append(Label(box, Text(words, 14.0 * self.unit, "muted"), "centre", address))
        return labels


def _proportioned(centre: Point, side: float, shape: tuple[int, int]) -> Box:
    """A box round *centre* for a grid of that shape, its longer side *side*."""
    cell = side / max(shape)
    return Box.around(centre, cell * shape[1], cell * shape[0])
