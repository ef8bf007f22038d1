"""The course's loop at one Θ, evaluation by evaluation: the line of code, its numbers, its point on the plot."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from nnviz.engine.quantities import Address
from nnviz.engine.slopes import TINY, Surroundings, Way
from nnviz.picture.code import Language
from nnviz.picture.code_lines import Lines
from nnviz.picture.numbers import MINUS, full, shown
from nnviz.picture.parts import Point
from nnviz.picture.slice import REACH, Slice, slice_of
from nnviz.picture.unrolled import name

SEEN = 4.0
"""How far the plot reaches to either side, in ε: nearer than that the points can't be told apart."""
LEAST, SAME, MOST = 4, 12, 16
"""Decimals of numbers that are compared: at least, where they are the same, at most."""
DIGITS, COST_DIGITS = 3, 5
"""So many digits of the smallest difference are shown; more of J, for the slope is worked out of them."""
MOVED = {1.0: "thetaPlus", -1.0: "thetaMinus", 2.0: "thetaPlus2", -2.0: "thetaMinus2", 0.0: "theta"}
"""What the vector is called that is moved by so many ε."""
IMAGINARY = "thetaI"


def _same(text: str) -> Lines:
    return Lines(text, text)


QUOTIENTS = {
    "one-sided": _same("(J(thetaPlus) - J(theta)) / {e}"),
    "two-sided": _same("(J(thetaPlus) - J(thetaMinus)) / (2 * {e})"),
    "richardson": _same(
        "(8 * (J(thetaPlus) - J(thetaMinus)) - (J(thetaPlus2) - J(thetaMinus2))) / (12 * {e})",
    ),
    "complex-step": Lines("J(thetaI).imag / {e}", "imag(J(thetaI)) / {e}"),
}
"""How the slope is made of the evaluations, by way; {e} is ε."""


class Result(NamedTuple):
    """A number that has been worked out, as it is shown and to the last digit, and what the code calls it."""

    name: str
    value: str
    full: str


class Walk(NamedTuple):
    """All evaluations for entry ``place`` (from 1) of the vector; ``values`` are J, or Im J, in their order."""

    plot: Slice
    way: Way
    place: int
    values: tuple[float, ...]

    @property
    def steps(self) -> tuple[float, ...]:
        """How far Θ is moved for each value, in ε; of the complex step nothing on the real line."""
        return (*self.way.steps, 0.0) if self.way.at_rest else self.way.steps or (0.0,)

    @property
    def epsilon(self) -> float:
        """ε, or the h of the complex step."""
        return self.plot.epsilon if self.way.steps else TINY

    @property
    def estimate(self) -> float:
        """The slope that is made of the values."""
        weights = (*self.way.weights, *([self.way.at_rest] if self.way.at_rest else [])) or (1.0,)
        return sum(weight * J for weight, J in zip(weights, self.values, strict=True)) / self.epsilon

    def points(self, stage: int) -> tuple[Point, ...]:
        """Where the first *stage* evaluations stand; that of the complex step at Θ itself."""
        plot, real = self.plot, bool(self.way.steps)
        found = zip(self.steps, self.values if real else (plot.here,), strict=True)
        return tuple(plot.at(step * plot.epsilon, J) for step, J in found)[:stage]

    def is_slope(self, stage: int) -> bool:
        """Whether the slope is what *stage* works out."""
        return stage > len(self.values)

    @property
    def secant(self) -> tuple[Point, Point]:
        """The line with the slope, through the two points where there are two, else through J at Θ itself."""
        plot = self.plot
        symmetric = self.way.steps == (1.0, -1.0)
        middle = sum(self.values) / 2.0 if symmetric else plot.here
        reach = plot.reach
        return plot.at(-reach, middle - self.estimate * reach), plot.at(reach, middle + self.estimate * reach)

    def code(self, stage: int, language: Language) -> str:
        """The line, or lines, that *stage* (from 1) carries out."""
        if self.is_slope(stage):
            return f"{self._entry('gradApprox', language)} = {self._quotient(language)}" + _end(language)
        step, e = self.steps[stage - 1], written(self.epsilon)
        if not self.way.steps:
            return _lines(IMAGINARY, self._entry(IMAGINARY, language), "+=", e, language)
        if step == 0.0:
            return "J(theta)"
        sign, size = ("+=" if step > 0 else "-="), ("" if abs(step) == 1.0 else f"{abs(step):g} * ")
        return _lines(MOVED[step], self._entry(MOVED[step], language), sign, size + e, language)

    def numbers(self, stage: int, language: Language) -> str:
        """The same line with its numbers."""
        e = written(self.epsilon)
        if self.is_slope(stage):
            text = self._quotient(language)
            for result in self._costs(language):
                text = text.replace(result.name, result.value)
            return f"= {_signs(text)}"
        step, theta = self.steps[stage - 1], self.plot.theta
        here = name(self.plot.address)
        if not self.way.steps:
            return f"{here} = {alike([theta])[0]} + {_signs(e)} i"
        if step == 0.0:
            return f"{here} = {alike([theta])[0]}, as it is"
        before, after = alike([theta, theta + step * self.epsilon])
        size = "" if abs(step) == 1.0 else f"{abs(step):g} × "
        return f"{here} = {before} {'+' if step > 0 else MINUS} {size}{_signs(e)} = {after}"

    def results(self, stage: int, language: Language) -> tuple[Result, ...]:
        """What has been worked out up to *stage*; at last the slope, what backprop says, and how far that is off."""
        found = self._costs(language)[:stage]
        if not self.is_slope(stage):
            return found
        compared, off = (self.estimate, self.plot.D), abs(self.estimate - self.plot.D)
        names = (self._entry(vector, language) for vector in ("gradApprox", "DVec"))
        return (*found, *_written(names, compared), Result("difference", shown(off, 2), full(off)))

    def _costs(self, language: Language) -> tuple[Result, ...]:
        if not self.way.steps:
            called = getattr(QUOTIENTS[self.way.name], language).partition(" /")[0]
            return _written((called,), self.values, SAME)
        return _written((f"J({MOVED[step]})" for step in self.steps), self.values, COST_DIGITS)

    def _quotient(self, language: Language) -> str:
        text: str = getattr(QUOTIENTS[self.way.name], language)
        return text.format(e=written(self.epsilon))

    def _entry(self, vector: str, language: Language) -> str:
        """NumPy counts from 0."""
        return f"{vector}({self.place})" if language == "octave" else f"{vector}[{self.place - 1}]"


def walk_of(
    around: Surroundings, address: Address, D: float, right: bool, way: Way, epsilon: float, place: int
) -> Walk:
    """The loop at the Θ at *address*, entry *place* of the vector."""
    assert address.column is not None
    plot = slice_of(around, address, D, right, epsilon, SEEN * epsilon if way.steps else REACH)
    steps = np.array([*way.steps, *([0.0] if way.at_rest else [])]) * epsilon if way.steps else np.array([TINY * 1j])
    costs = around.along(address.layer, address.row, address.column, steps)
    values = costs.real if way.steps else costs.imag
    return Walk(plot, way, place, tuple(values.tolist()))


def _written(names: Iterable[str], values: Sequence[float], digits: int = DIGITS) -> tuple[Result, ...]:
    texts = alike(values, digits)
    return tuple(Result(*row) for row in zip(names, texts, map(full, values), strict=True))


def alike(values: Sequence[float], digits: int = DIGITS) -> list[str]:
    """Numbers written to the same decimals, with so many *digits* of how far they are apart, unless they are equal."""
    if not all(map(math.isfinite, values)):
        return [shown(value, LEAST) for value in values]
    sizes = [abs(value) for value in values if value]
    if not sizes:
        return ["0"] * len(values)
    gaps = [abs(a - b) for index, a in enumerate(values) for b in values[:index] if a != b]
    same = SAME if len(values) > 1 and not gaps else LEAST
    decimals = max(same, digits - 1 - math.floor(math.log10(min(*sizes, *gaps, 1.0))))
    largest = max(sizes)
    if largest < 10.0**-LEAST or largest >= 1e6:
        behind = decimals + math.floor(math.log10(largest))
        return [_scientific(value, max(1, min(behind, MOST))) for value in values]
    return [_signs(f"{value:.{min(decimals, MOST)}f}") for value in values]


def written(epsilon: float) -> str:
    """ε as code has it: ``1e-4``."""
    mantissa, exponent = f"{epsilon:e}".split("e")
    return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"


def _lines(vector: str, entry: str, sign: str, step: str, language: Language) -> str:
    if language == "octave":
        unit, called = ("i", f"imag(J({vector}))") if vector == IMAGINARY else ("", f"J({vector})")
        return f"{vector} = theta;  {entry} {sign} {step}{unit};\n{called}"
    copied, unit, part = ("astype(complex)", "j", ".imag") if vector == IMAGINARY else ("copy()", "", "")
    return f"{vector} = theta.{copied}\n{entry} {sign} {step}{unit}\nJ({vector}){part}"


def _end(language: Language) -> str:
    return ";" if language == "octave" else ""


def _scientific(value: float, digits: int) -> str:
    mantissa, exponent = f"{value:.{digits}e}".split("e")
    return _signs(f"{mantissa}e{int(exponent)}")


def _signs(text: str) -> str:
    return text.replace("-", MINUS).replace("*", "×")
