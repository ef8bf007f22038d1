"""Numbers and names out of arguments, and what is said of those that are none: a ValueError naming the argument."""

import math
from collections.abc import Iterable


def one_of(name: str, text: str, known: Iterable[str]) -> str:
    """*text*, if it is *known*."""
    known = tuple(known)
    if text not in known:
        raise ValueError(f"{name} is {text!r}; expected one of {', '.join(known)}.")
    return text


def whole(name: str, text: str, least: int, most: int) -> int:
    """The whole number that *text* is, from *least* to *most*."""
    expected = f"{least} to {most}"
    try:
        value = int(text)
    except ValueError:
        raise ValueError(f"{name} is {text!r}; expected {expected}.") from None
    if not least <= value <= most:
        raise ValueError(f"{name} is {value}; expected {expected}.")
    return value


def number(name: str, text: str, least: float, most: float = math.inf) -> float:
    """The finite number that *text* is, from *least* to *most*."""
    expected = f"a number, {least:g} or larger" if math.isinf(most) else f"{least:g} to {most:g}"
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{name} is {text!r}; expected {expected}.") from None
    if not (least <= value <= most and math.isfinite(value)):
        raise ValueError(f"{name} is {value:g}; expected {expected}.")
    return value
