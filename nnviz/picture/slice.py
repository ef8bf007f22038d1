"""J along a single Θ: the curve, the two points at ±ε, the secant through them and the line with slope D."""

from typing import NamedTuple

import numpy as np

from nnviz.engine.quantities import Address
from nnviz.engine.slopes import Surroundings
from nnviz.picture import notation
from nnviz.picture.markup import plain
from nnviz.picture.numbers import full, shown
from nnviz.picture.parts import Point

REACH = 1.0
"""How far Θ is moved to either side, unless it is looked at from nearby."""
STEPS = 81
FIRST, SMALLEST = 0.5, 1e-6
"""ε at first, large enough to be seen, and the smallest that can be dragged to."""
AIR = 0.12
"""Of the height, above and below the curve."""


class Slice(NamedTuple):
    """J at Θ + t, for t from −``reach`` to ``reach``. ``D`` is what backprop says the slope at t = 0 is.

    ``right`` says whether it is.
    """

    address: Address
    theta: float
    D: float
    right: bool
    epsilon: float
    steps: tuple[float, ...]
    costs: tuple[float, ...]
    here: float
    before: float
    after: float
    reach: float = REACH

    @property
    def estimate(self) -> float:
        """(J(θ + ε) − J(θ − ε)) / 2ε."""
        return (self.after - self.before) / (2.0 * self.epsilon)

    @property
    def bounds(self) -> tuple[float, float]:
        """What the plot spans from bottom to top."""
        low, high = min(self.costs), max(self.costs)
        air = AIR * (high - low) or 1e-12 * max(1.0, abs(high))  # J may be flat, and so large that 1e-12 is lost in it
        return low - air, high + air

    def at(self, t: float, J: float) -> Point:
        """Where (Θ + t, J) stands, from (0, 0) at the top left to (1, 1)."""
        low, high = self.bounds
        return Point((t + self.reach) / (2.0 * self.reach), (high - J) / (high - low))

    @property
    def curve(self) -> tuple[Point, ...]:
        """J along Θ."""
        return tuple(self.at(t, J) for t, J in zip(self.steps, self.costs, strict=True))

    def line(self, slope: float) -> tuple[Point, Point]:
        """Through J at t = 0, as long as the plot is wide."""
        rise = slope * self.reach
        return self.at(-self.reach, self.here - rise), self.at(self.reach, self.here + rise)

    @property
    def secant(self) -> tuple[Point, Point]:
        """Through the two points at ±ε, drawn on to the edges."""
        middle = (self.before + self.after) / 2.0
        rise = self.estimate * self.reach
        return self.at(-self.reach, middle - rise), self.at(self.reach, middle + rise)

    @property
    def ends(self) -> tuple[Point, Point]:
        """The two points."""
        return self.at(-self.epsilon, self.before), self.at(self.epsilon, self.after)

    @property
    def title(self) -> str:
        """``Θ₂₁⁽¹⁾ = 0.31``."""
        at = self.address
        return f"{plain(notation.theta(at.layer, at.row, at.column))} = {shown(self.theta, 3)}"

    def words(self) -> str:
        """The numbers."""
        return (
            f"ε = {shown(self.epsilon, 3)}: (J(θ + ε) − J(θ − ε)) / 2ε = ({shown(self.after, 5)} − "
            f"{shown(self.before, 5)}) / {shown(2 * self.epsilon, 3)} = {shown(self.estimate, 4)}. "
            f"Backprop says D = {shown(self.D, 4)}: {shown(abs(self.D - self.estimate), 4)} apart."
        )

    def tip(self) -> str:
        """The same with every digit."""
        return f"secant {full(self.estimate)}\nD {full(self.D)}"


def slice_of(
    around: Surroundings, address: Address, D: float, right: bool, epsilon: float, reach: float = REACH
) -> Slice:
    """J along the Θ at *address*, to *reach* at either side."""
    steps = np.linspace(-reach, reach, STEPS)
    moved = np.concatenate([steps, [0.0, -epsilon, epsilon]])
    assert address.column is not None
    costs = around.along(address.layer, address.row, address.column, moved).tolist()
    theta = float(around.network.theta(address.layer)[address.row - 1, address.column])
    curve, (here, before, after) = tuple(costs[:STEPS]), costs[STEPS:]
    return Slice(address, theta, D, right, epsilon, tuple(steps.tolist()), curve, here, before, after, reach)
