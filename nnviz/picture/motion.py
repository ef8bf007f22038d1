"""The way to a picture: terms travel along their links, the sum forms, then g or × g′ is applied."""

from nnviz.picture.easing import part
from nnviz.picture.parts import Box, Picture, Tag, Unit

MOVEMENT = 450.0
"""How long a movement takes at most, in milliseconds."""
SHARE = 0.8
"""The share of the time between two steps that a movement may take while playing."""


def moving(seen: Picture, t: float) -> Picture:
    """The picture on the way to *seen*, 0 ≤ t ≤ 1: terms travel, the sum forms, then g or × g′ is applied."""
    if t >= 1.0:
        return seen
    return seen._replace(
        tags=tuple(tag for before in seen.tags if (tag := _moving_tag(before, t)) is not None),
        units=tuple(_moving_unit(unit, t) if unit.address in seen.fresh else unit for unit in seen.units),
    )


def _moving_tag(tag: Tag, t: float) -> Tag | None:
    if tag.forming is not None:
        return None if t < 0.5 else tag._replace(text=tag.forming) if t < 0.8 else tag
    if tag.origin is None:
        return tag
    start = 0.3 * tag.order
    if t < start:
        return None
    share = part(t, start, start + 0.35)
    centre = tag.origin.towards(tag.box.centre, share)
    return tag._replace(box=Box.around(centre, tag.box.width, tag.box.height))


def _moving_unit(unit: Unit, t: float) -> Unit:
    share = part(t, 0.7, 1.0)
    if share == 0.0 or unit.fill is None:
        return unit._replace(text="", fill=None)
    low, high = unit.fill
    return unit._replace(text=unit.text if share > 0.6 else "", fill=(low, low + share * (high - low)))
