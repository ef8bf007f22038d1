"""To how many digits a number is written, and how far what is written may be from it."""

import math


def written(value: float, digits: int) -> str:
    """*value* ≥ 0, finite, with *digits* decimals, and one more where that would leave a digit too few: ``0.093``.

    Smaller ones keep their significant digits, ``3.1e-03``; from 10,000 on it is ``1.2e+04``. 0 is ``0``.
    """
    if value == 0.0:
        return "0"
    least = 10.0 ** (min(digits, 2) - 1 - digits)
    if round(value, digits) >= 1e4 or round(value, digits + 1) < least / 10:
        return f"{value:.{max(digits - 1, 1)}e}"
    return f"{value:.{digits + (round(value, digits) < least)}f}"


def half_unit(text: str) -> float:
    """Half a unit of the last digit of a number written as ``0.093`` or ``-3.1e-03``: it is right to so much."""
    mantissa, _, exponent = text.lower().partition("e")
    decimals = len(mantissa.partition(".")[2])
    return float(0.5 * 10.0 ** (int(exponent or 0) - decimals))


def rounding(value: float, digits: int) -> float:
    """Half a unit of the last digit with which *value* is written; 0 for 0, which is written only where it is exact."""
    return half_unit(written(abs(value), digits)) if value else 0.0


def rounded(value: float, digits: int) -> float:
    """The number that is read where *value* is written."""
    return math.copysign(float(written(abs(value), digits)), value)
