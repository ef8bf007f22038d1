"""Every Θ as a small heat map: where its cells stand, which entry lies where, and the cells' levels as one mosaic."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.network import Network
from nnviz.engine.quantities import Address, Symbol
from nnviz.picture import notation
from nnviz.picture.markup import Symbol as Written
from nnviz.picture.markup import plain
from nnviz.picture.parts import Box, Point, text_width
from nnviz.picture.wiring import levels

# Lengths in pixels of the design.
WIDEST_CELL, FEWEST_PIXELS = 15.0, 8.0
TALLEST_MAP = 120.0
LARGEST_IMAGE = 36.0
MOST_LINES = 5
"""Lines of images; of more units the first are shown."""
BIAS_GAP = 3.0
GAP = 14.0
TITLE, NOTE = 18.0, 14.0
TITLE_SIZE = 11.0

GROUND, INK, FRAME = 256, 257, 258
"""What a mosaic holds beside the levels 0 … 255: nothing, the mark of a negative number, the edge of a tile."""
SMALLEST_LINED, SMALLEST_MARKED = 6.0, 9.0
"""Cells of this size are told apart by lines; in those of that size, negative ones are marked."""

Mosaic = NDArray[np.uint16]


class Tile(NamedTuple):
    """Cells of one size: *rows* × *columns* entries of Θ⁽ˡ⁾ from (``row``, ``column``) on, counted from (1, 0).

    Where ``image`` is true they are one row of Θ⁽ˡ⁾, line by line of an image. Lengths are whole dots.
    """

    layer: int
    row: int
    column: int
    rows: int
    columns: int
    x: int
    y: int
    width: int
    height: int
    image: bool = False

    @property
    def box(self) -> Box:
        """All of it."""
        return Box(self.x, self.y, self.columns * self.width, self.rows * self.height)

    def address_at(self, point: Point) -> Address:
        """The entry at a point inside."""
        down = min(int((point.y - self.y) / self.height), self.rows - 1)
        right = min(int((point.x - self.x) / self.width), self.columns - 1)
        row, column = (0, down * self.columns + right) if self.image else (down, right)
        return Address(Symbol.THETA, self.layer, self.row + row, self.column + column)

    def area(self, row: int, column: int | None) -> Box | None:
        """Where an entry stands, or with None what is here of a whole row."""
        down, right = row - self.row, 0 if column is None else column - self.column
        if self.image:
            if down or not 0 <= right < self.rows * self.columns:
                return None
            if column is None:
                return self.box
            down, right = divmod(right, self.columns)
        elif not (0 <= down < self.rows and 0 <= right < self.columns):
            return None
        width = self.width * (self.columns if column is None else 1)
        return Box(self.x + right * self.width, self.y + down * self.height, width, self.height)


class Map(NamedTuple):
    """Θ⁽ˡ⁾ below its title; ``note`` says what is left out, "" if nothing is."""

    layer: int
    title: str
    note: str
    x: int
    y: int
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Maps:
    """All maps, in dots from the top left; ``unit`` is how many dots a pixel of the design has."""

    maps: tuple[Map, ...]
    width: int
    height: int
    unit: float

    @property
    def tiles(self) -> Iterator[Tile]:
        """Those of all maps."""
        return (tile for one in self.maps for tile in one.tiles)

    def address_at(self, point: Point) -> Address | None:
        """The entry at *point*."""
        return next((tile.address_at(point) for tile in self.tiles if tile.box.contains(point)), None)

    def areas(self, address: Address) -> Iterator[Box]:
        """Where an entry stands, if it is shown; a whole row stands in two tiles."""
        found = (tile.area(address.row, address.column) for tile in self.tiles if tile.layer == address.layer)
        return (area for area in found if area is not None)

    def neighbour(self, address: Address, down: int, right: int) -> Address | None:
        """The next entry in a direction, be it in the next map."""
        area = next(self.areas(address), None)
        at = None if area is None else area.centre
        while at is not None and 0 <= at.x <= self.width and 0 <= at.y <= self.height:
            at = at.moved(right, down)
            found = self.address_at(at)
            if found not in (None, address):
                return found
        return None

    def mosaic(self, network: Network, scale: float) -> Mosaic:
        """What to paint at every dot, shape (height, width): a level, where ±*scale* is the ends, or ``GROUND``."""
        mosaic = np.full((self.height, self.width), GROUND, dtype=np.uint16)
        for one in self.maps:
            theta = network.theta(one.layer)
            shades = np.frombuffer(levels(theta, scale), np.uint8).reshape(theta.shape)
            for tile in one.tiles:
                _lay(mosaic, tile, shades, self.unit)
        return mosaic


def _lay(mosaic: Mosaic, tile: Tile, shades: NDArray[np.uint8], unit: float) -> None:
    rows, columns, height, width = tile.rows, tile.columns, tile.height, tile.width
    count = rows * columns if tile.image else columns
    part = shades[tile.row - 1 : tile.row - 1 + (1 if tile.image else rows), tile.column : tile.column + count]
    part = part.reshape(rows, columns)
    block = np.empty((rows, height, columns, width), np.uint16)
    block[:] = part[:, None, :, None]
    if min(width, height) >= SMALLEST_MARKED * unit and not tile.image:
        thick, inset = max(1, round(height / 14)), round(width * 0.3)
        top = (height - 1 - thick) // 2
        dash = block[:, top : top + thick, :, inset : width - 1 - inset]
        dash[:] = np.where(part[:, None, :, None] < 128, INK, dash)
    if min(width, height) >= SMALLEST_LINED * unit:
        line = max(1, height // 15)
        block[:-1, -line:] = GROUND
        block[:, :, :-1, -line:] = GROUND
    mosaic[tile.y - 1 : tile.y + rows * height + 1, tile.x - 1 : tile.x + columns * width + 1] = FRAME
    area = mosaic[tile.y : tile.y + rows * height, tile.x : tile.x + columns * width]
    area[:] = block.reshape(rows * height, columns * width)


@lru_cache(maxsize=16)
def weight_maps(
    sizes: tuple[int, ...],
    image_shape: tuple[int, int] | None,
    width: int,
    unit: float,
    name: Callable[[int], Written] = notation.theta,
) -> Maps:
    """The maps of a network of these sizes in *width* dots; with an image as input the rows of Θ⁽¹⁾ are images.

    *name* says how the matrix of a layer is called.
    """
    maps: list[Map] = []
    x, y, below = 1, 0, 0
    cell = _common_cell(sizes[1 if image_shape else 0 :], width, unit)
    for layer in range(1, len(sizes)):
        title = f"{plain(name(layer))}  {sizes[layer]:,} × {sizes[layer - 1] + 1:,}"
        pictured = layer == 1 and image_shape is not None
        needed = max(round(text_width(title, TITLE_SIZE * unit)), (sizes[layer - 1] + 1) * cell)
        if maps and (not cell or x + needed > width):
            x, y = 1, below + round(GAP * unit)
        made = (
            _images(layer, title, sizes, image_shape or (1, 1), y, width, unit)
            if pictured
            else _matrix(layer, title, sizes, Point(x, y), width, unit, cell)
        )
        maps.append(made)
        last = made.tiles[-1].box
        below = max(below, *(round(tile.box.y + tile.box.height) for tile in made.tiles))
        right = max(round(last.x + last.width), x + round(text_width(title, TITLE_SIZE * unit)))
        x = width if pictured else right + round(GAP * unit)
    # Whole dots and long titles may push the last map a few dots beyond the width.
    widest = max(tile.x + tile.columns * tile.width + 1 for one in maps for tile in one.tiles)
    return Maps(tuple(maps), max(width, widest), below + 1, unit)


def _common_cell(sizes: tuple[int, ...], width: int, unit: float) -> int:
    """The side of cells with which all matrices stand side by side; 0 if they can't."""
    layers = len(sizes) - 1
    columns = sum(size + 1 for size in sizes[:-1])
    room = width - 2 - (layers - 1) * round(GAP * unit) - layers * round(BIAS_GAP * unit)
    cell = min(int(room / max(columns, 1)), round(WIDEST_CELL * unit))
    return cell if cell >= FEWEST_PIXELS * unit and cell * max(sizes[1:], default=0) <= 2 * TALLEST_MAP * unit else 0


def _matrix(layer: int, title: str, sizes: tuple[int, ...], at: Point, width: int, unit: float, common: int) -> Map:
    rows, inputs = sizes[layer], sizes[layer - 1]
    gap, least = round(BIAS_GAP * unit), max(1, round(2 * unit))
    wide = common or max(least, min((width - 2 - gap) // (inputs + 1), round(10 * unit)))
    tall = common or max(least, min(max(wide, round(5 * unit)), round(TALLEST_MAP * unit) // rows))
    shown_inputs = min(inputs, (width - 2 - gap) // wide - 1)
    shown_rows = min(rows, max(1, round(TALLEST_MAP * unit) // tall)) if not common else rows
    note = _left_out(shown_rows, rows, shown_inputs + 1, inputs + 1)
    x, top = round(at.x), round(at.y) + round((TITLE + (NOTE if note else 0)) * unit)
    bias = Tile(layer, 1, 0, shown_rows, 1, x, top, wide, tall)
    rest = Tile(layer, 1, 1, shown_rows, shown_inputs, x + wide + gap, top, wide, tall)
    return Map(layer, title, note, x, round(at.y), (bias, rest))


def _left_out(shown_rows: int, rows: int, shown_columns: int, columns: int) -> str:
    parts = []
    if shown_rows < rows:
        parts.append(f"{shown_rows} of {rows:,} rows")
    if shown_columns < columns:
        parts.append(f"{shown_columns} of {columns:,} columns")
    return f"the first {' and '.join(parts)} …" if parts else ""


def _images(
    layer: int, title: str, sizes: tuple[int, ...], shape: tuple[int, int], y: int, width: int, unit: float
) -> Map:
    units, (high, wide) = sizes[layer], shape
    dot = max(1, int(LARGEST_IMAGE * unit / max(shape)))
    strip, gap, space = round(3 * unit), round(1.5 * unit), round(6 * unit)
    step = strip + gap + wide * dot + space
    a_line = max(1, (width - 2 + space) // step)
    shown = min(units, a_line * MOST_LINES)
    note = "" if shown == units else f"the first {shown} of {units:,} units …"
    top = y + round((TITLE + (NOTE if note else 0)) * unit)
    tiles: list[Tile] = []
    for unit_index in range(shown):
        down, right = divmod(unit_index, a_line)
        x, line = 1 + right * step, top + down * (high * dot + space)
        tiles += (
            Tile(layer, unit_index + 1, 0, 1, 1, x, line, strip, high * dot),
            Tile(layer, unit_index + 1, 1, high, wide, x + strip + gap, line, dot, dot, image=True),
        )
    return Map(layer, title, note, 1, y, tuple(tiles))
