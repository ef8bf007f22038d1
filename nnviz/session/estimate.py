"""How the Check tool estimates the slope of J, as one value."""

from typing import NamedTuple


class Estimate(NamedTuple):
    """``way`` names a row of ``engine.WAYS``, which ``epsilon`` is for; at first as the course has it."""

    way: str = "two-sided"
    epsilon: float = 1e-4
