"""The errors of the ways to a slope against ε, both on logarithmic axes: where the lines run and what they say."""

import math
from typing import NamedTuple

from nnviz.engine.slopes import EPSILON, WAYS
from nnviz.engine.sweep import EPSILONS, Sweep
from nnviz.picture.numbers import MINUS
from nnviz.picture.parts import Point

FROM, TO = -1, -15
"""Powers of ten of ε, from left to right."""
TOP, BOTTOM = 0, -16
"""Powers of ten of the error; smaller and larger ones stand at the edge."""
ROLES = {"one-sided": "muted", "two-sided": "backward", "richardson": "accent", "complex-step": "agree"}


class Curve(NamedTuple):
    """A way's line, from (0, 0) at the top left to (1, 1); ``role`` is its colour."""

    title: str
    role: str
    points: tuple[Point, ...]


def across(epsilon: float) -> float:
    """Where ε stands, 0 … 1."""
    return (FROM - math.log10(epsilon)) / (FROM - TO)


def down(error: float) -> float:
    """Where an error stands, 0 at the top … 1."""
    power = math.log10(error) if error > 0.0 else float(BOTTOM)
    return (TOP - min(max(power, BOTTOM), TOP)) / (TOP - BOTTOM)


def curves(found: Sweep) -> tuple[Curve, ...]:
    """In the order of WAYS."""
    return tuple(
        Curve(
            row.title,
            ROLES[row.name],
            tuple(Point(across(e), down(error)) for e, error in zip(EPSILONS, found.errors[row.name], strict=True)),
        )
        for row in WAYS
    )


def power(exponent: int) -> str:
    """``1e−4``."""
    return f"1e{MINUS}{-exponent}" if exponent < 0 else "1"


def sentence(found: Sweep) -> str:
    """What the lines say."""
    best, at = found.best("two-sided"), EPSILONS.index(EPSILON)
    one, two = (found.errors[name][at] for name in ("one-sided", "two-sided"))
    return (
        "A large ε cuts off the bend of J: the error falls with ε one-sided, with ε² two-sided. A small one loses "
        f"digits in the difference of two J. Two-sided is best near {power(round(math.log10(best)))} here; at the "
        f"course's ε it errs {_times(one, two)} less than one-sided. The complex step subtracts nothing, so it has no "
        "such limit."
    )


def _times(larger: float, smaller: float) -> str:
    if smaller <= 0.0 or not math.isfinite(larger / smaller):
        return "much"
    ratio = larger / smaller
    return f"{ratio:,.0f} times" if ratio >= 2 else "no"
