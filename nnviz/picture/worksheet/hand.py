"""The calculation as it is done on paper: each number is rounded as it is written, and the rounded one is used on.

The engine does not round on the way, so it cannot tell whether a student who does gets the numbers that it prints.
"""

import math
from collections.abc import Callable, Generator, Sequence
from typing import NamedTuple

from nnviz.engine.quantities import Address, Symbol
from nnviz.picture.numbers import shown

EVEN = 2
"""A sum of given numbers that comes out even with so many decimals more than are asked for is written in full."""
NOISE = 1e-12  # what is smaller is only what the computer itself rounds
HAIR = 1e-9  # a number this close to where rounding turns may be written either way

Vector = Sequence[float]
Matrix = Sequence[Vector]
Keep = Callable[[Address, float], float]
"""What is used on of a number that has been worked out."""


class Given(NamedTuple):
    """What stands on the sheet: Θ⁽¹⁾, Θ⁽²⁾, … row by row, bias column first; a row of X and of Y for each example."""

    thetas: tuple[Matrix, ...]
    X: Matrix
    Y: Matrix
    lambda_: float
    activation: str


class Place(NamedTuple):
    """Where a number belongs: to example *example*, from 0; J and D, which belong to all, to the last one."""

    example: int
    address: Address


Step = tuple[Place, float]

G: dict[str, Callable[[float], float]] = {
    "sigmoid": lambda z: 1.0 / (1.0 + math.exp(-z)),
    "tanh": math.tanh,
    "relu": lambda z: max(0.0, z),
    "linear": lambda z: z,
}
SLOPE: dict[str, Callable[[float], float]] = {
    "sigmoid": lambda a: a * (1.0 - a),
    "tanh": lambda a: 1.0 - a * a,
    "relu": lambda a: float(a > 0.0),
    "linear": lambda a: 1.0,
}


def written(address: Address, value: float, digits: int, hair: float = 0.0) -> str:
    """The number as it is written: see ``shown``, and for z⁽²⁾, which is a sum of given numbers, EVEN.

    *hair* is added to what is rounded, as a share of it: with HAIR halves go up, away from 0.
    """
    if address.layer == 2 and address.symbol in (Symbol.Z, Symbol.A):
        for more in range(digits + 1, digits + EVEN + 1):
            if abs(value - round(value, more)) < NOISE < abs(value - round(value, digits)):
                return shown(value, more)
    return shown(0.0 if abs(value) < NOISE else value * (1.0 + hair), digits)


def number(text: str) -> float:
    """The number that was written."""
    return float(text.replace("−", "-"))


def rounded(address: Address, value: float, digits: int) -> float:
    """The number as it is used on after it was written; halves go up, as at school."""
    return number(written(address, value, digits, HAIR))


def is_clear(address: Address, value: float, digits: int) -> bool:
    """Whether it can only be rounded one way: not 0.125 with two decimals."""
    return written(address, value, digits, HAIR) == written(address, value, digits, -HAIR)


def calculated(given: Given, keep: Keep) -> Generator[Step, None, None]:
    """Every number in the order in which it is worked out, as it is kept. ValueError where log(0) would be needed."""
    m = len(given.X)
    costs = 0.0
    sums: list[list[list[float]]] = [[[0.0] * len(row) for row in theta] for theta in given.thetas]
    for example, (x, y) in enumerate(zip(given.X, given.Y)):
        a = yield from _forward(given, example, x, keep)
        costs += yield from _cost(example, a[-1], y, len(a), keep)
        deltas = yield from _backward(given, example, a, y, keep)
        for layer, (delta, before) in enumerate(zip(deltas, a), 1):
            yield from _accumulate(example, layer, delta, (1.0, *before), sums[layer - 1], keep)
    squares = sum(weight * weight for theta in given.thetas for row in theta for weight in row[1:])
    yield _kept(keep, m - 1, Address(Symbol.J, len(sums) + 1), costs / m + given.lambda_ / (2 * m) * squares)
    for layer, theta in enumerate(given.thetas, 1):
        for j, row in enumerate(theta, 1):
            for i, weight in enumerate(row):
                top = sums[layer - 1][j - 1][i] + (given.lambda_ * weight if i else 0.0)
                yield _kept(keep, m - 1, Address(Symbol.D, layer, j, i), top / m)


def _kept(keep: Keep, example: int, address: Address, value: float) -> Step:
    return Place(example, address), keep(address, value)


def _forward(given: Given, example: int, x: Vector, keep: Keep) -> Generator[Step, None, list[Vector]]:
    """z and a of layers 2 … L; returns a of all layers, bias units left out."""
    a: list[Vector] = [x]
    last = len(given.thetas) + 1
    for layer, theta in enumerate(given.thetas, 2):
        found = []
        for j, row in enumerate(theta, 1):
            step = _kept(keep, example, Address(Symbol.Z, layer, j), _dot(row, (1.0, *a[-1])))
            yield step
            g = G["sigmoid" if layer == last else given.activation]
            step = _kept(keep, example, Address(Symbol.A, layer, j), g(step[1]))
            yield step
            found.append(step[1])
        a.append(found)
    return a


def _cost(example: int, h: Vector, y: Vector, last: int, keep: Keep) -> Generator[Step, None, float]:
    """The cost of each output; returns their sum."""
    total = 0.0
    for k, (output, target) in enumerate(zip(h, y), 1):
        step = _kept(keep, example, Address(Symbol.COST, last, k), -math.log(output if target else 1.0 - output))
        yield step
        total += step[1]
    return total


def _backward(
    given: Given, example: int, a: Sequence[Vector], y: Vector, keep: Keep
) -> Generator[Step, None, list[Vector]]:
    """δ of layers L … 2; returns them in the order of the layers."""
    last = len(a)
    error = []
    for k, (output, target) in enumerate(zip(a[-1], y), 1):
        step = _kept(keep, example, Address(Symbol.DELTA, last, k), output - target)
        yield step
        error.append(step[1])
    deltas: list[Vector] = [error]
    for layer in range(last - 1, 1, -1):
        found = []
        for i, activation in enumerate(a[layer - 1], 1):
            column = [row[i] for row in given.thetas[layer - 1]]
            sums = _kept(keep, example, Address(Symbol.WEIGHTED, layer, i), _dot(column, deltas[0]))
            yield sums
            slope = _kept(keep, example, Address(Symbol.SLOPE, layer, i), SLOPE[given.activation](activation))
            yield slope
            step = _kept(keep, example, Address(Symbol.DELTA, layer, i), sums[1] * slope[1])
            yield step
            found.append(step[1])
        deltas.insert(0, found)
    return deltas


def _accumulate(
    example: int, layer: int, delta: Vector, a: Vector, sums: list[list[float]], keep: Keep
) -> Generator[Step, None, None]:
    """Δ := Δ + δaᵀ, in *sums*."""
    for j, error in enumerate(delta):
        for i, activation in enumerate(a):
            address = Address(Symbol.ACCUMULATOR, layer, j + 1, i)
            step = _kept(keep, example, address, sums[j][i] + error * activation)
            yield step
            sums[j][i] = step[1]


def _dot(one: Vector, other: Vector) -> float:
    return sum(a * b for a, b in zip(one, other))
