"""How numbers are written: always to the digits asked for, small ones with their significant digits."""

import math

from nnviz.engine.decimals import written

MINUS = "−"
ALL_DIGITS = 17
"""More than a double has."""


def shown(value: float, digits: int = 2, *, signed: bool = False) -> str:
    """*value* with *digits* decimals, and one more where that would leave a digit too few: ``0.65``, ``0.093``.

    Smaller ones keep their significant digits, ``3.1e−3``; from 10,000 on it is ``1.2e+4``. 0 is ``0``, so that it
    differs from what rounds to 0.00. *signed* puts a + before positive numbers. The minus is a real one (U+2212).
    nan is ``–``: there is no number.
    """
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return (MINUS if value < 0 else "+" if signed else "") + "∞"
    sign = MINUS if value < 0 else "+" if signed and value > 0 else ""
    return sign + _magnitude(abs(value), digits)


def _magnitude(value: float, digits: int) -> str:
    mantissa, mark, exponent = written(value, digits).partition("e")
    return f"{mantissa}e{MINUS if exponent[0] == '-' else '+'}{int(exponent[1:])}" if mark else mantissa


def told_apart(one: float, other: float, digits: int = 2) -> tuple[str, str]:
    """Both as ``shown``, with *digits* or as many more as show that they differ."""
    pairs = ((shown(one, count), shown(other, count)) for count in range(digits, ALL_DIGITS + 1))
    return next((pair for pair in pairs if pair[0] != pair[1]), (shown(one, ALL_DIGITS), shown(other, ALL_DIGITS)))


def measured(value: float) -> str:
    """A number as it was measured, to four significant digits, and to the last before the point up to a million."""
    text = f"{value:.0f}" if 1e3 <= abs(value) < 1e6 else f"{value:.4g}"
    mantissa, mark, exponent = text.partition("e")
    return (f"{mantissa}e{int(exponent):+d}" if mark else mantissa).replace("-", MINUS)


def full(value: float) -> str:
    """Every digit that a double has, for tooltips."""
    return repr(float(value)).replace("-", MINUS)
