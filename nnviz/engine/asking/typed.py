"""A number as a student types it."""

import math
import re
from typing import NamedTuple

from nnviz.engine.decimals import half_unit

_DASHES = str.maketrans({"−": "-", "–": "-"})
MINUSES = _DASHES | {ord(","): "."}
NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?"
THOUSANDS = r"[+-]?[1-9]\d{0,2}(?:,\d{3})+"
LONGEST = 40
EXPECTED = "That is no number. Type one such as 0.25, −1.2e−3 or 1/4."


class Typed(NamedTuple):
    """A finite number and half a unit of its last digit; 0 for a fraction, which is exact."""

    value: float
    half: float


def typed(text: str) -> Typed:
    """A number with point or comma, any minus, with e, or as a fraction. Raises ValueError with what to type."""
    plain = text.strip().translate(MINUSES).lower()
    if len(plain) > LONGEST:
        raise ValueError(EXPECTED)
    top, over, bottom = (part.strip() for part in plain.partition("/"))
    if not re.fullmatch(NUMBER, top, re.ASCII) or (over and not re.fullmatch(NUMBER, bottom, re.ASCII)):
        raise ValueError(EXPECTED)
    if over and float(bottom) == 0.0:
        raise ValueError("Nothing can be divided by 0. Type another fraction, or a number such as 0.25.")
    value = float(top) / float(bottom) if over else float(top)
    if not math.isfinite(value):
        raise ValueError("That number is too large to be meant.")
    return Typed(value, 0.0 if over else half_unit(top))


def readings(text: str) -> tuple[float, ...]:
    """All that a number may mean: 3,760 is 3.76 where a comma is the point, and 3760 as the window writes thousands.

    Raises ValueError as ``typed``.
    """
    plain = text.strip().translate(_DASHES)
    if not re.fullmatch(THOUSANDS, plain, re.ASCII) or len(plain) > LONGEST:
        return (typed(text).value,)
    whole = float(plain.replace(",", ""))
    return (whole,) if plain.count(",") > 1 else (typed(text).value, whole)


def sign(text: str) -> int:
    """−1, 0 or 1: of a bare sign, or of a number. Raises ValueError as ``typed``."""
    plain = text.strip().translate(MINUSES)
    if plain in ("-", "+"):
        return -1 if plain == "-" else 1
    try:
        value = typed(text).value
    except ValueError:
        raise ValueError("Type −, 0 or +.") from None
    return (value > 0) - (value < 0)
