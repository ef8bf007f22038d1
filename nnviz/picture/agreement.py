"""The drawing coloured by whether the gradient of each Θ is right."""

from collections.abc import Sequence

import numpy as np

from nnviz.engine.arrays import Array
from nnviz.engine.check import Mask
from nnviz.engine.network import Network
from nnviz.engine.quantities import Symbol
from nnviz.picture.layout import Layout
from nnviz.picture.parts import Image, Link, Picture
from nnviz.picture.wiring import Sample, Wiring, levels, wiring

RIGHT, WRONG, UNKNOWN = 1.2, 2.0, 1.0
"""Widths, in pixels of the design."""
LIT = 2.4
"""How much wider the link is that is pointed at or looked at alone."""
SHARE = 0.75
PALE = 0.6
"""How much of their colour cells of a map show."""
ROLES = ("agree", "differ")
LEGEND = (Sample("agree", False, RIGHT, "right"), Sample("differ", True, WRONG, "wrong"))


def agreement(network: Network, plan: Layout, agrees: Sequence[Mask] | None) -> Wiring:
    """The links of *network*: right ones thin, wrong ones wide and dashed; None: it is not known yet."""
    wires = wiring(network, plan)
    links = tuple(_link(link, plan, agrees) for link in wires.links)
    portraits = tuple(_image(image, agrees) for image in wires.portraits)
    samples = () if agrees is None else LEGEND
    return wires._replace(links=links, portraits=portraits, share=SHARE, samples=samples, by_width=False)


def recoloured(seen: Picture, plan: Layout, agrees: Sequence[Mask] | None) -> Picture:
    """What is drawn above the links, in the same colours."""
    links = tuple(_lit(link, plan, agrees) for link in seen.links)
    return seen._replace(links=links, images=tuple(_image(image, agrees) for image in seen.images))


def as_signs(agrees: Sequence[Mask]) -> tuple[Array, ...]:
    """PALE where it is right and −PALE where it is wrong, shaped like Θ: for maps that show signs."""
    return tuple(np.where(mask, PALE, -PALE) for mask in agrees)


def _link(link: Link, plan: Layout, agrees: Sequence[Mask] | None) -> Link:
    if agrees is None:
        return link._replace(role="muted", width=UNKNOWN * plan.unit, dashed=False, share=SHARE / 2)
    address = link.address
    row = agrees[address.layer - 1][address.row - 1]
    right = bool(row.all() if address.column is None else row[address.column])
    width = (RIGHT if right else WRONG) * plan.unit
    return link._replace(role=ROLES[not right], width=width, dashed=not right, share=SHARE)


def _lit(link: Link, plan: Layout, agrees: Sequence[Mask] | None) -> Link:
    """One that shows all of its colour is lit, and stays so."""
    shown = _link(link, plan, agrees)
    return shown if link.share < 1.0 else shown._replace(width=shown.width + LIT * plan.unit, share=1.0)


def _image(image: Image, agrees: Sequence[Mask] | None) -> Image:
    """A row of Θ⁽¹⁾; the input stays what it is."""
    if image.cells.symbol is not Symbol.THETA:
        return image
    shown = np.zeros(image.rows * image.columns)
    if agrees is not None:
        shown = np.where(agrees[0][image.cells.row - 1, 1:], PALE, -PALE)
    return image._replace(levels=levels(shown, 1.0), positive=ROLES[0], negative=ROLES[1])
