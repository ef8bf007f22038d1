"""A solver of worksheets that knows nothing of nnviz: it reads what is printed and calculates it in plain Python.

``solved`` gives the numbers of every line of a solution, in their order, as they would be without any rounding, or
rounded on the way as the sheet says.
"""

import math
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

NUMBER = re.compile(r"−?[0-9]+(?:\.[0-9]+)?(?:e[−+][0-9]+)?")
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
LINES = list[list[float]]


class Sheet(NamedTuple):
    """What stands on the page with the exercise."""

    thetas: list[list[list[float]]]
    X: list[list[float]]
    Y: list[list[float]]
    m: int
    decay: float
    activation: str
    digits: int
    carried: int


def read(page: str) -> Sheet:
    """The exercise on a page of Markdown."""
    found = dict(re.findall(r"^- ([^=\n]+?) = (.*)$", page, re.MULTILINE))
    kinds = {"All units are sigmoids": "sigmoid", "tanh z": "tanh", "max(0, z)": "relu", "g(z) = z,": "linear"}
    digits, carried = (
        re.search(pattern, page) for pattern in (r"· (\w+) decimals? ·", r"(?:number|Calculate) with (\w+) decimal")
    )
    return Sheet(
        thetas=[matrix(text) for name, text in found.items() if name.startswith("Θ") and "_" not in text],
        X=[[row[0] for row in matrix(text)] for name, text in found.items() if name.startswith("x")],
        Y=[[row[0] for row in matrix(text)] for name, text in found.items() if name.startswith("y")],
        m=int(found["m"]),
        decay=number(found["λ"]),
        activation=next(name for words, name in kinds.items() if words in page),
        digits=WORDS.index(digits[1]),
        carried=WORDS.index(carried[1]),
    )


def matrix(text: str) -> list[list[float]]:
    """[1 2; 3 4]."""
    return [[number(one) for one in row.split()] for row in text.strip("[]").split(";")]


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def numbers(line: str) -> list[str]:
    """What stands right of the first = or :=, number by number; indices are no ASCII digits."""
    return NUMBER.findall(line.partition("=")[2])


def rounded(value: float, digits: int) -> float:
    """As the sheet asks for: *digits* decimals, and more of small numbers; halves go up."""
    exact = Decimal(repr(round(value, 13)))
    least = Decimal(1).scaleb(min(digits, 2) - 1 - digits)
    for places, smallest in ((digits, least), (digits + 1, least / 10)):
        found = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        if abs(found) >= smallest or not exact:
            return float(found)
    return float(exact.quantize(Decimal(1).scaleb(exact.adjusted() - max(digits - 1, 1)), ROUND_HALF_UP))


def solved(sheet: Sheet, keep: Callable[[float], float] = lambda value: value) -> LINES:
    """The numbers of each line. What depends on given numbers alone is not rounded."""
    lines: LINES = []
    sums = [[[0.0] * len(row) for row in theta] for theta in sheet.thetas]
    costs: list[float] = []
    for x, y in zip(sheet.X, sheet.Y, strict=True):
        a, forward = _forward(sheet, x, keep)
        lines += forward
        for h, target in zip(a[-1], y, strict=True):
            costs.append(keep(-math.log(h if target else 1.0 - h)))
            lines.append([*([h] if target else [1.0, h]), costs[-1]])
        deltas, backward = _backward(sheet, a, y, keep)
        lines += backward
        for matrix_, delta, before in zip(sums, deltas, a, strict=False):
            for row, error in zip(matrix_, delta, strict=True):
                row[:] = [keep(old + error * one) for old, one in zip(row, [1.0, *before], strict=True)]
            lines.append([entry for row in matrix_ for entry in row])
    return lines + _all_together(sheet, costs, sums)


def _forward(sheet: Sheet, x: list[float], keep: Callable[[float], float]) -> tuple[list[list[float]], LINES]:
    a, lines = [x], []
    for layer, theta in enumerate(sheet.thetas):
        last, found = layer == len(sheet.thetas) - 1, []
        for row in theta:
            z = row[0] + sum(weight * one for weight, one in zip(row[1:], a[-1], strict=True))
            z = z if layer == 0 else keep(z)
            value = _g("sigmoid" if last else sheet.activation, z)
            value = value if layer == 0 and not last and sheet.activation in ("relu", "linear") else keep(value)
            terms = [one for pair in zip(row[1:], a[-1], strict=True) for one in pair]
            lines += [[row[0], *terms, z], [z, value]]
            found.append(value)
        a.append(found)
    return a, lines


def _g(name: str, z: float) -> float:
    return {"sigmoid": 1.0 / (1.0 + math.exp(-z)), "tanh": math.tanh(z), "relu": max(z, 0.0), "linear": z}[name]


def _backward(
    sheet: Sheet, a: list[list[float]], y: list[float], keep: Callable[[float], float]
) -> tuple[list[list[float]], LINES]:
    deltas = [[keep(h - target) for h, target in zip(a[-1], y, strict=True)]]
    lines = [[h, target, delta] for h, target, delta in zip(a[-1], y, deltas[0], strict=True)]
    for theta, activations in zip(sheet.thetas[:0:-1], a[-2:0:-1], strict=True):
        found = []
        for i, one in enumerate(activations, 1):
            weights = [row[i] for row in theta]
            total = keep(sum(weight * delta for weight, delta in zip(weights, deltas[0], strict=True)))
            way, slope = {
                "sigmoid": ([one, 1.0, one], one * (1.0 - one)),
                "tanh": ([1.0, one], 1.0 - one * one),
                "relu": ([], float(one > 0.0)),
                "linear": ([], 1.0),
            }[sheet.activation]
            slope = keep(slope)
            found.append(keep(total * slope))
            terms = [each for pair in zip(weights, deltas[0], strict=True) for each in pair]
            lines += [[*terms, total], [*way, slope], [total, slope, found[-1]]]
        deltas.insert(0, found)
    return deltas, lines


def _all_together(sheet: Sheet, costs: list[float], sums: list[list[list[float]]]) -> LINES:
    """J and D. They are not used on, so nothing is rounded but what is written."""
    squares = sum(weight**2 for theta in sheet.thetas for row in theta for weight in row[1:])
    decay = [sheet.decay, 2.0 * sheet.m, squares] if sheet.decay else []
    J = sum(costs) / sheet.m + sheet.decay / (2 * sheet.m) * squares
    way = [*costs, *([float(sheet.m)] if sheet.m > 1 else []), *decay] if len(costs) > 1 or decay else []
    D = [
        [
            (total + (sheet.decay * weight if i else 0.0)) / sheet.m
            for row, weights in zip(matrix_, theta, strict=True)
            for i, (total, weight) in enumerate(zip(row, weights, strict=True))
        ]
        for matrix_, theta in zip(sums, sheet.thetas, strict=True)
    ]
    return [[*way, J], *D]
