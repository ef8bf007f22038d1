"""The solution of an exercise with every number on the way."""

from collections.abc import Iterable
from dataclasses import dataclass

from nnviz.engine.quantities import Address, Symbol
from nnviz.picture import notation as m
from nnviz.picture.markup import Formula
from nnviz.picture.narrator import Narrator, setting
from nnviz.picture.worksheet.blocks import Block, Drawing, Heading, Page, Row, Sentence
from nnviz.picture.worksheet.drawing import plan
from nnviz.picture.worksheet.exercise import Exercise
from nnviz.picture.worksheet.task import given, gradient_rule, subtitle, weight

ONE = m.number("1")
EXACT = "All digits were used on the way: a line worked out from the numbers shown may differ in its last digit."


def solution(exercise: Exercise) -> Page:
    """The solution; an exercise of one example has its numbers in the drawing, too."""
    drawn = [Drawing(plan(exercise.sizes), exercise, True)] if exercise.is_small else []
    blocks: list[Block] = [*drawn, Row(given(exercise))]
    if exercise.carried > exercise.digits:
        blocks.append(Sentence((EXACT,)))
    for example in range(exercise.m):
        blocks += _Example(exercise, example).blocks()
    blocks += [Heading("J and D"), Row((_cost(exercise),)), Row((gradient_rule(exercise), *_gradients(exercise)))]
    return Page("Solution", subtitle(exercise), True, tuple(blocks))


def _cost(exercise: Exercise) -> Formula:
    """J with its numbers, weight decay included."""
    example = exercise.m - 1
    each = [
        m.number(exercise.text(one, Address(Symbol.COST, exercise.layers, k)))
        for one in range(exercise.m)
        for k in range(1, exercise.sizes[-1] + 1)
    ]
    total: Formula = m.added(*each)
    if exercise.m > 1:
        total = m.fraction(total, m.number(str(exercise.m)))
    if exercise.given.lambda_:
        decay = m.fraction(m.number(setting(exercise.given.lambda_)), m.number(str(2 * exercise.m)))
        total = m.added(total, m.product(decay, m.number(setting(exercise.squares))))
    J = m.number(exercise.text(example, Address(Symbol.J, exercise.layers)), bold=True)
    way = () if len(each) == 1 and not exercise.given.lambda_ else (m.equals(), total)
    return m.row(m.cost(), *way, m.equals(), J)


def _gradients(exercise: Exercise) -> Iterable[Formula]:
    last = _Example(exercise, exercise.m - 1)
    return (m.row(m.gradient(layer), m.equals(), last.matrix(Symbol.D, layer)) for layer in range(1, exercise.layers))


@dataclass(frozen=True)
class _Example:
    """The numbers of one example as formulas."""

    exercise: Exercise
    example: int

    def blocks(self) -> list[Block]:
        """Forward, cost, back, Δ."""
        sizes, last = self.exercise.sizes, self.exercise.layers
        of = f", example {self.example + 1}" if self.exercise.m > 1 else ""
        forward = [
            Row((self._z(layer, unit), self._a(layer, unit)))
            for layer in range(2, last + 1)
            for unit in range(1, sizes[layer - 1] + 1)
        ]
        outputs = range(1, sizes[-1] + 1)
        hidden = [
            Row((self._weighted(layer, unit), self._slope(layer, unit), self._delta(layer, unit)))
            for layer in range(last - 1, 1, -1)
            for unit in range(1, sizes[layer - 1] + 1)
        ]
        return [
            Heading(f"Forward{of}"),
            *forward,
            Row(tuple(self._cost(k) for k in outputs)),
            Heading(f"Back{of}"),
            Row(tuple(self._error(k) for k in outputs)),
            *hidden,
            Row(tuple(self._accumulated(layer) for layer in range(1, last))),
        ]

    def number(
        self, symbol: Symbol, layer: int, unit: int, column: int | None = None, *, bold: bool = False
    ) -> Formula:
        """The number at an address, in the colour of its symbol."""
        address = Address(symbol, layer, unit, column)
        role = Narrator(self.exercise.traces[self.example], None).role(address)
        return m.number(self.exercise.text(self.example, address), role, bold=bold)

    def matrix(self, symbol: Symbol, layer: int) -> Formula:
        """Δ⁽ˡ⁾ or D⁽ˡ⁾."""
        before, after = self.exercise.sizes[layer - 1 : layer + 1]
        rows = ([self.number(symbol, layer, j, i, bold=True) for i in range(before + 1)] for j in range(1, after + 1))
        return m.matrix(rows)

    def _z(self, layer: int, unit: int) -> Formula:
        row = self.exercise.given.thetas[layer - 2][unit - 1]
        terms = [m.product(weight(value), self.number(Symbol.A, layer - 1, i)) for i, value in enumerate(row[1:], 1)]
        total = m.added(weight(row[0]), *terms)
        return m.row(m.z(layer, unit), m.equals(), total, m.equals(), self.number(Symbol.Z, layer, unit, bold=True))

    def _a(self, layer: int, unit: int) -> Formula:
        argument = m.g(self.number(Symbol.Z, layer, unit))
        return m.row(m.a(layer, unit), m.equals(), argument, m.equals(), self.number(Symbol.A, layer, unit, bold=True))

    def _cost(self, k: int) -> Formula:
        last = self.exercise.layers
        h = self.number(Symbol.A, last, k)
        inside = h if self.exercise.given.Y[self.example][k - 1] else m.row(ONE, m.operator("−"), h)
        cost = self.number(Symbol.COST, last, k, bold=True)
        return m.row(m.symbol("cost", sub=k), m.equals(), m.operator("−"), m.log(inside), m.equals(), cost)

    def _error(self, k: int) -> Formula:
        last = self.exercise.layers
        y = m.number(setting(self.exercise.given.Y[self.example][k - 1]))
        difference = m.row(self.number(Symbol.A, last, k), m.operator("−"), y)
        delta = self.number(Symbol.DELTA, last, k, bold=True)
        return m.row(m.delta(last, k), m.equals(), difference, m.equals(), delta)

    def _weighted(self, layer: int, unit: int) -> Formula:
        theta = self.exercise.given.thetas[layer - 1]
        terms = [
            m.product(weight(row[unit]), self.number(Symbol.DELTA, layer + 1, k)) for k, row in enumerate(theta, 1)
        ]
        name = m.sum_over("k", m.row(m.theta(layer, "k", unit), m.delta(layer + 1, "k")))
        total = self.number(Symbol.WEIGHTED, layer, unit, bold=True)
        return m.row(name, m.equals(), m.added(*terms), m.equals(), total)

    def _slope(self, layer: int, unit: int) -> Formula:
        a = self.number(Symbol.A, layer, unit)
        written = {
            "sigmoid": [m.equals(), m.product(a, m.group(ONE, m.operator("−"), a))],
            "tanh": [m.equals(), ONE, m.operator("−"), m.squared(m.group(a))],
        }.get(self.exercise.given.activation, [])
        slope = self.number(Symbol.SLOPE, layer, unit, bold=True)
        return m.row(m.g_prime(m.z(layer, unit)), *written, m.equals(), slope)

    def _delta(self, layer: int, unit: int) -> Formula:
        factors = m.product(self.number(Symbol.WEIGHTED, layer, unit), self.number(Symbol.SLOPE, layer, unit))
        delta = self.number(Symbol.DELTA, layer, unit, bold=True)
        return m.row(m.delta(layer, unit), m.equals(), factors, m.equals(), delta)

    def _accumulated(self, layer: int) -> Formula:
        name = m.accumulator(layer)
        if self.example == 0:
            return m.row(name, m.equals(), self.matrix(Symbol.ACCUMULATOR, layer))
        return m.row(name, m.operator(":="), self.matrix(Symbol.ACCUMULATOR, layer))
