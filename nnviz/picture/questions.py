"""What is said of a prediction: the question, the formula it is about, what came of it, the tally."""

from collections.abc import Callable
from dataclasses import replace
from itertools import takewhile

from nnviz.engine.asking.question import Kind, Question
from nnviz.engine.data import Dataset
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import Step
from nnviz.picture import notation as m
from nnviz.picture.captions import symbol_of
from nnviz.picture.formulas import FORMULAS, SLOPES
from nnviz.picture.markup import Formula, Lines, plain
from nnviz.picture.matrix import MOST_COLUMNS, MOST_ROWS, Matrix, Operator, Part
from nnviz.picture.matrix_rows import PARTS, Place
from nnviz.picture.narrator import Names, Narrator, setting
from nnviz.picture.pieces import product_of, sum_of

ROOM, SIGNS = 36, 3
"""How many marks a line of cells has room for, and how many a number has besides its decimals."""
KINDS = {"in turn": None, "the sign": Kind.SIGN, "the size": Kind.SIZE, "the number": Kind.NUMBER}
"""What may be asked for, as it stands in the menu."""
RULES = {
    Kind.SIGN: "Press −, 0 or +.",
    Kind.SIZE: "Up to three times too large or too small is right.",
    Kind.NUMBER: "As you get it from the numbers shown.",
}
"""What counts as right."""


def asked(question: Question, dataset: Dataset | None) -> str:
    """The question: ``What is δ of unit 2 of layer 3?``"""
    name = _name(question, dataset)
    if question.kind is Kind.SIGN:
        return f"Is {name} negative, 0 or positive?"
    return f"About how large is {name}, without its sign?" if question.kind is Kind.SIZE else f"What is {name}?"


def _name(question: Question, dataset: Dataset | None) -> str:
    at, names = question.target, Names(dataset, question.story.trace.network.sizes)
    if at.column is None:
        return f"{at.symbol.value} of {names.unit(at.layer, at.row)}"
    source, end = names.source(at.layer, at.column), names.unit(at.layer + 1, at.row)
    now = " after this example" if at.symbol is Symbol.ACCUMULATOR else ""
    return f"{plain(symbol_of(at))}{now} (from {source} to {end})"


def formula(question: Question, dataset: Dataset | None, digits: int) -> Formula:
    """How it is worked out, in symbols."""
    step, at = question.step, question.target
    written = FORMULAS[type(step)].symbols(Narrator(question.story.trace, dataset, digits), step)
    if not isinstance(written, Lines):
        return written
    first = at.symbol is Symbol.Z or (at.symbol is Symbol.D and at.column != 0)
    return m.row(*written.rows[0 if first else 1])


def given(question: Question) -> tuple[Part, ...]:
    """The matrices that it is worked out from, with what is known so far; which row or column is for the student.

    Only where a large one is folded the row in use is marked, so that it is shown. Of a number the result's matrices
    are left out, so that the numbers of the others have room.
    """
    if question.target.symbol is Symbol.A:
        return ()  # z is all
    parts = PARTS[type(question.step)](Place(question.story, question.place, None), question.step)
    shown = tuple(_unmarked(part, question.target) if isinstance(part, Matrix) else part for part in parts)
    return _operands(shown) if question.kind is Kind.NUMBER else shown


def _unmarked(matrix: Matrix, target: Address) -> Matrix:
    address = matrix.address(0, matrix.columns - 1)
    asked_for = address is not None and address.symbol is target.symbol and address.layer == target.layer
    folded = matrix.rows > MOST_ROWS or matrix.columns > MOST_COLUMNS
    return matrix if folded or asked_for else replace(matrix, frame=None)


def _operands(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """What stands before the = and before a g′ that is not known yet."""
    return tuple(takewhile(lambda part: not isinstance(part, Operator) or part.text not in ("=", ".*"), parts))


def numbers(question: Question, dataset: Dataset | None, digits: int) -> Formula | None:
    """The calculation with its numbers and without its result; None where the matrices have room for all of them."""
    if question.kind is not Kind.NUMBER or _legible(question, digits):
        return None
    narrator = Narrator(question.story.trace, dataset, digits)
    return _WRITTEN[question.target.symbol](narrator, question.step, question.target)


def _legible(question: Question, digits: int) -> bool:
    if question.step.fills_row:
        return False
    columns = sum(part.columns for part in given(question) if isinstance(part, Matrix))
    return 0 < columns * (digits + SIGNS) <= ROOM


def _sum(narrator: Narrator, step: Step, at: Address) -> Formula:
    return sum_of(step, lambda i: product_of(narrator, step, i))


def _of_a(narrator: Narrator, step: Step, at: Address) -> Formula:
    return m.g(narrator.operand(at._replace(symbol=Symbol.Z)))


def _of_delta(narrator: Narrator, step: Step, at: Address) -> Formula:
    if at.layer == len(narrator.sizes):
        y = Address(Symbol.Y, at.layer, at.row)
        return m.kept(narrator.operand(at._replace(symbol=Symbol.A)), m.operator("−"), narrator.operand(y))
    by_a = SLOPES[narrator.trace.network.activation_name].unit
    a, slope = narrator.operand(at._replace(symbol=Symbol.A)), m.g_prime(m.z(at.layer, at.row))
    return m.row(m.group(_sum(narrator, step, at)), m.operator("×"), slope if by_a is None else m.group(by_a(a)))


def _of_accumulator(narrator: Narrator, step: Step, at: Address) -> Formula:
    before, delta, a = step.operands(at.column or 0)
    return m.added(narrator.operand(before), m.product(narrator.operand(delta), narrator.operand(a)))


def _of_gradient(narrator: Narrator, step: Step, at: Address) -> Formula:
    """Δ and Θ, for the bias column, too: whether Θ is used there is the question."""
    named = ((m.accumulator, Symbol.ACCUMULATOR), (m.theta, Symbol.THETA))
    (one, other) = (
        m.kept(write(at.layer, at.row, at.column), m.equals(), narrator.operand(at._replace(symbol=symbol)))
        for write, symbol in named
    )
    return m.row(one, m.operator(","), other)


_WRITTEN: dict[Symbol, Callable[[Narrator, Step, Address], Formula]] = {
    Symbol.Z: _sum,
    Symbol.A: _of_a,
    Symbol.DELTA: _of_delta,
    Symbol.ACCUMULATOR: _of_accumulator,
    Symbol.D: _of_gradient,
}


def settings(question: Question) -> str:
    """What is given besides: λ and m."""
    epoch = question.story.trace.epoch
    return f"λ = {setting(epoch.lambda_)}, m = {epoch.m}." if question.target.symbol is Symbol.D else ""


def outcome(question: Question, found: bool, digits: int) -> str:
    """What came of it: ``Right: δ₂⁽³⁾ = −0.14``."""
    told = f"{plain(symbol_of(question.target))} = {_shown(question, question.target, digits)}"
    return f"Right: {told}" if found else told


def _shown(question: Question, address: Address, digits: int) -> str:
    return Narrator(question.story.trace, None, digits).at(address)


def tally(right: int, answered: int) -> str:
    """``7 of 9``; "" before there is anything to count."""
    return f"{right} of {answered}" if answered else ""
