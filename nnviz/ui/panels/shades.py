"""The colours of a matrix's cells: from faint to strong, and never so strong that a number could not be read."""

from functools import lru_cache

from PySide6.QtGui import QColor

from nnviz.picture.matrix import Scale
from nnviz.picture.palette import Palette, blend, contrast

SHADES = 24
"""So many steps from the faintest to the strongest colour: colours are made once for each."""
FAINTEST = 0.06
READABLE = 4.5
"""The least contrast of a number and its cell."""


@lru_cache(maxsize=16)
def shades(palette: Palette, scale: Scale) -> tuple[tuple[QColor, ...], tuple[QColor, ...]]:
    """From the faintest to the strongest, for numbers that are not negative and for those that are.

    The strongest is one on which the palette's text can still be read.
    """
    roles = {"activation": (palette.forward,) * 2, "cost": (palette.cost,) * 2}.get(
        scale, (palette.positive, palette.negative)
    )
    return tuple(ramp(palette, role) for role in roles)


@lru_cache(maxsize=32)
def ramp(palette: Palette, role: str) -> tuple[QColor, ...]:
    """``SHADES`` + 1 shades of the colour *role*, the first almost the panel's."""
    shares = (share / 100 for share in range(85, 0, -1))
    most = next(s for s in shares if contrast(palette.text, blend(role, palette.panel, s)) >= READABLE)
    steps = (FAINTEST + (most - FAINTEST) * step / SHADES for step in range(1, SHADES + 1))
    return tuple(QColor(blend(role, palette.panel, share)) for share in (FAINTEST / 2, *steps))
