"""What a picture is made of: frozen plain data, in logical pixels from the top left of the board."""

from functools import lru_cache
from typing import Literal, NamedTuple

from nnviz.engine.quantities import Address

Side = Literal["left", "centre", "right"]


class Point(NamedTuple):
    """A place on the board."""

    x: float
    y: float

    def towards(self, other: "Point", share: float) -> "Point":
        """The point *share* of the way to *other*."""
        return Point(self.x + share * (other.x - self.x), self.y + share * (other.y - self.y))

    def moved(self, x: float, y: float) -> "Point":
        """The point that far to the right and down."""
        return Point(self.x + x, self.y + y)


class Box(NamedTuple):
    """An upright rectangle."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def around(cls, centre: Point, width: float, height: float) -> "Box":
        """The box with that middle."""
        return cls(centre.x - width / 2, centre.y - height / 2, width, height)

    @property
    def centre(self) -> Point:
        """The middle."""
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    def contains(self, point: Point) -> bool:
        """Whether *point* lies in it or on its edge."""
        return 0 <= point.x - self.x <= self.width and 0 <= point.y - self.y <= self.height


class Text(NamedTuple):
    """Words at a size (pixels), in the colour of a role, one line."""

    words: str
    size: float
    role: str = "text"
    bold: bool = False


class Label(NamedTuple):
    """A line of text in a box: elided if it is too long. It says the number at ``address``, if any."""

    box: Box
    text: Text
    side: Side = "left"
    address: Address | None = None


class Link(NamedTuple):
    """A line between two units. ``width`` is in pixels; ``role`` is its colour, of which ``share`` is seen (0 … 1)."""

    address: Address
    start: Point
    end: Point
    width: float
    role: str
    dashed: bool = False
    share: float = 1.0


class Unit(NamedTuple):
    """A unit as a circle, a bias unit as a square. A ``text`` of "" with no ``fill``: not computed yet, dashed.

    ``fill`` is (from, to) in shares of the height, from below. ``halo`` is the role of the ring round a unit at work.
    """

    address: Address
    centre: Point
    radius: float
    text: str
    fill: tuple[float, float] | None = None
    halo: str | None = None
    bright: bool = True
    pointed: bool = False

    @property
    def bias(self) -> bool:
        """Whether it is the bias unit, whose value is +1."""
        return self.address.row == 0


class Tag(NamedTuple):
    """A small plate with a number. ``loud`` ones are of the present step; an empty ``text`` is not computed yet.

    ``origin`` is where a number just told comes from, None if it does not move; ``order`` (0 … 1) says when it leaves.
    ``forming`` is what a result says before it is done: the sum, while it is not yet put through g or × g′.
    ``note`` is why it is ``struck`` out.
    """

    address: Address
    box: Box
    text: str
    role: str
    loud: bool = False
    struck: bool = False
    pointed: bool = False
    origin: Point | None = None
    order: float = 0.0
    forming: str | None = None
    note: str = ""

    @property
    def fresh(self) -> bool:
        """Whether the latest movement brought it."""
        return self.origin is not None or self.forming is not None


class Image(NamedTuple):
    """Numbers as the shades of a grid. ``levels`` has a byte for each cell, row by row, 128 for 0, ±127 at the ends.

    ``positive`` and ``negative`` are the roles of the ends. Cell *i* is what ``cells`` says with i + 1 in its place.
    """

    cells: Address
    box: Box
    rows: int
    columns: int
    levels: bytes
    positive: str = "positive"
    negative: str = "negative"
    frame: str = "line"
    marked: int | None = None
    pointed: int | None = None

    def cell(self, index: int) -> Box:
        """Where cell *index* (from 0) stands."""
        width, height = self.box.width / self.columns, self.box.height / self.rows
        row, column = divmod(index, self.columns)
        return Box(self.box.x + column * width, self.box.y + row * height, width, height)

    def index_at(self, point: Point) -> int | None:
        """The cell at *point*, or None outside."""
        if not self.box.contains(point):
            return None
        column = min(self.columns - 1, int((point.x - self.box.x) * self.columns / self.box.width))
        row = min(self.rows - 1, int((point.y - self.box.y) * self.rows / self.box.height))
        return row * self.columns + column


class Picture(NamedTuple):
    """What is seen of the network at a place in the story, above what never moves (see ``Wiring``)."""

    links: tuple[Link, ...]
    images: tuple[Image, ...]
    units: tuple[Unit, ...]
    labels: tuple[Label, ...]
    tags: tuple[Tag, ...]
    fresh: frozenset[Address] = frozenset()
    """The units whose activation the latest movement brought."""


_WIDTHS = {".": 0.32, ",": 0.32, " ": 0.32, "+": 0.84, "−": 0.84, "=": 0.84, "i": 0.28, "l": 0.28, "m": 0.97, "w": 0.82}
_WIDTHS |= {"✓": 0.84, "✕": 0.84}


BOLD = 1.095
"""How much wider bold letters are."""


@lru_cache(maxsize=4096)
def text_width(words: str, size: float, *, bold: bool = False) -> float:
    """About how wide *words* are in DejaVu Sans, in pixels: exact for numbers, a guess for others."""
    return sum(_WIDTHS.get(mark, 0.637) for mark in words) * size * (BOLD if bold else 1.0)
