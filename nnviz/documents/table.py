"""A story as a table for a spreadsheet: a row for each number that is told, by term a row for each term."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from nnviz.documents.told import Passage, passages
from nnviz.documents.values import computed, terms_told, told_in
from nnviz.engine.quantities import Address
from nnviz.engine.story import Level
from nnviz.picture.pieces import so_far
from nnviz.session.state import State

BYTE_ORDER_MARK = "\ufeff"
"""Without it some spreadsheets take UTF-8 for the letters of one country, and Θ for two of them."""
MOST_OPERANDS = 3
TOLD = ("step", "phase", "symbol", "layer", "row", "column", "value", "sum")
TERMS = tuple(
    name for number in range(1, MOST_OPERANDS + 1) for name in (f"operand {number}", f"value of operand {number}")
)
"""Only by term: what goes into it; ``value`` is what it adds, ``sum`` the sum with it."""
Cell = str | int | float | None


def csv_text(state: State, level: Level) -> Iterator[str]:
    """The header, then the rows of each step after the start, every number with all its digits."""
    by_term = level is Level.TERM
    yield BYTE_ORDER_MARK + _lines([[*TOLD, *(TERMS if by_term else ()), "sentence", "mistake"]])
    for passage in passages(state, level):
        if passage.telling is not None:
            words = [passage.caption.sentence, passage.caption.mistake]
            yield _lines([*cells, *words] for cells in (_terms(passage) if by_term else _values(passage)))


def name(address: Address) -> str:
    """Where a number stands, in one cell: ``Θ(2)[3,1]``, ``a(2)[1]``, ``J``."""
    column = "" if address.column is None else f",{address.column}"
    place = f"({address.layer})[{address.row}{column}]" if address.row or column or address.layer else ""
    return f"{address.symbol.value}{place}"


def _values(passage: Passage) -> Iterator[list[Cell]]:
    telling = passage.telling
    assert telling is not None
    if passage.level is Level.UNIT:
        step = telling.step
        total = None if step.fills_row else so_far(step, telling.terms - 1)
        told = ((quantity, total) for quantity in computed(passage, step))
    else:
        told = ((quantity, None) for quantity in told_in(passage))
    for quantity, total in told:
        yield _row(passage, quantity.address, quantity.value, total)


def _terms(passage: Passage) -> Iterator[list[Cell]]:
    """The term that is told; where the sum is put through g or × g′, what comes of it."""
    telling = passage.telling
    assert telling is not None
    step = telling.step
    if telling.ticks > step.count:
        yield [*_row(passage, step.target, step.value, step.total), *[None] * len(TERMS)]
        return
    for index in terms_told(telling, passage.level):
        term = step.term(index)
        operands = [cell for operand in term.operands for cell in (name(operand.address), operand.value)]
        spare: list[Cell] = [None] * (len(TERMS) - len(operands))
        target = step.target._replace(column=index) if step.fills_row else step.target
        yield [*_row(passage, target, term.value, so_far(step, index)), *operands, *spare]


def _row(passage: Passage, at: Address, value: float, total: float | None) -> list[Cell]:
    assert passage.phase is not None
    return [passage.number, passage.phase.value, at.symbol.value, at.layer, at.row, at.column, value, total]


def _lines(rows: Iterable[Sequence[Cell]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()
