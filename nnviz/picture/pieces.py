"""Parts that many formulas about a step are made of: sums with a gap, columns, the result in bold."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from nnviz.engine.quantities import Address
from nnviz.engine.steps import Step
from nnviz.picture import notation as m
from nnviz.picture.markup import Formula
from nnviz.picture.narrator import Narrator

MOST_TERMS = 6  # a longer sum shows its first FIRST terms, …, and the last
FIRST = 3
ONE = m.number("1")
GAP = m.number("…")  # not an operator: a + beside it is one

StepFormula = Callable[[Narrator, Step], Formula]
Line = tuple[Formula, Formula]


class Formulas(NamedTuple):
    """How one kind of step is written.

    ``numbers`` needs the whole step to be told; ``term`` writes one term (from 0) and the sum with it; ``layer`` is
    the whole layer's result with numbers; ``dimensions`` are those of ``vectorised``.
    """

    symbols: StepFormula
    numbers: StepFormula
    term: Callable[[Narrator, Step, int], Formula]
    vectorised: StepFormula
    layer: StepFormula
    dimensions: Callable[[Narrator, Step], str]


def elided(count: int, most: int = MOST_TERMS, first: int = FIRST) -> list[int | None]:
    """The indices to write of *count*; None stands for the ones left out."""
    return list(range(count)) if count <= most else [*range(first), None, count - 1]


def so_far(step: Step, index: int) -> float:
    """The sum with term *index* (−1: none); the last one is the engine's own; of a row the new entry."""
    if index < 0:
        return 0.0
    if step.fills_row or index < step.count - 1:
        return float(step.totals[index])
    return step.total


def stated(left: Formula, *right: Formula) -> Line:
    """left = right, a row of ``markup.lines``."""
    return left, m.row(m.equals(), *right)


def equals(narrator: Narrator, value: float, *, bold: bool = False) -> Formula:
    """= 0.65."""
    return m.row(m.equals(), narrator.number(value, bold=bold))


def result_of(narrator: Narrator, step: Step) -> Formula:
    """= and what the step computes, in bold."""
    return m.row(m.equals(), narrator.operand(step.target, bold=True))


def product_of(narrator: Narrator, step: Step, index: int) -> Formula:
    """The operands of a term with × between them."""
    return m.product(*(narrator.operand(address) for address in step.operands(index)))


def sum_of(step: Step, write: Callable[[int], Formula]) -> Formula:
    """The terms with + between them, long sums with a gap."""
    return m.added(*gapped(elided(step.count), write))


def gapped(indices: Iterable[int | None], write: Callable[[int], Formula]) -> Iterable[Formula]:
    """What is written for each index, … for None."""
    return (GAP if index is None else write(index) for index in indices)


def column(narrator: Narrator, addresses: Sequence[Address]) -> Formula:
    """The numbers at *addresses* below each other, long columns with a gap."""
    return m.vector(gapped(elided(len(addresses)), lambda i: narrator.operand(addresses[i])))


def term_of_sum(narrator: Narrator, step: Step, index: int, written: Formula, name: Formula) -> Formula:
    """The term and its value; below, what it does to the sum, which is called *name* once it is complete."""
    value = float(step.products[index])
    first = stated(written, narrator.number(value, bold=True))
    if index == 0:
        return m.lines(first)
    addition = m.added(narrator.number(so_far(step, index - 1)), narrator.number(value))
    left = name if index == step.count - 1 else m.words("sum so far")
    return m.lines(first, stated(left, addition, equals(narrator, so_far(step, index), bold=True)))


def size(rows: int, columns: int) -> str:
    """``[5 × 4]``."""
    return f"[{rows} × {columns}]"
