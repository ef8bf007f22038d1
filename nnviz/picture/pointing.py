"""Which number is at a point of the picture."""

import math
from collections.abc import Sequence

import numpy as np

from nnviz.engine.quantities import Address, Symbol
from nnviz.picture.parts import Image, Link, Picture, Point
from nnviz.picture.wiring import Wiring

REACH = 5.0
"""How far from a link, in pixels, it can still be pointed at."""


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
        return cells._replace(row=index + 1)
    return cells._replace(column=index + 1)


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
