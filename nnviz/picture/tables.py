"""The terms of a step as a table: a row for each term, made when it is looked at, the sum, and what closes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import (
    Accumulate,
    Activate,
    BiasError,
    ExampleCost,
    Gradient,
    HiddenError,
    OutputCost,
    OutputError,
    Phase,
    Step,
    Update,
)
from nnviz.engine.story import Telling
from nnviz.engine.theirs import Theirs
from nnviz.picture import beside
from nnviz.picture import notation as m
from nnviz.picture.formulas import scaled
from nnviz.picture.markup import Formula
from nnviz.picture.narrator import Narrator
from nnviz.picture.palette import Role
from nnviz.picture.pieces import result_of


class Cell(NamedTuple):
    """A number as it is shown, its colour, where it stands (None: nowhere else), and what a tooltip says first."""

    text: str
    role: Role
    address: Address | None
    note: str = ""


class Row(NamedTuple):
    """A term: what it belongs to, its numbers, the last of which is what it adds; and the number that it lights."""

    label: str
    cells: tuple[Cell, ...]
    address: Address


class Kind(NamedTuple):
    """The table of one kind of step. ``label`` heads a row from 0; ``result`` names the cell behind the operands."""

    headings: Callable[[Step], tuple[Formula, ...]]
    label: Callable[[Narrator, Step, int], str]
    closing: Callable[[Narrator, Step], Formula] | None = None
    result: Symbol | None = None


@dataclass(frozen=True, eq=False)
class Table:
    """``headings`` stand over the labels and over each cell. ``told`` of the ``count`` rows have been told.

    ``total`` is the sum, known once all rows are told (a row of a matrix has none), ``closing`` what g or × g′ makes
    of it, once that is told.
    """

    narrator: Narrator
    telling: Telling
    kind: Kind

    @property
    def headings(self) -> tuple[Formula, ...]:
        """The symbols over the columns, the labels' first."""
        return self.kind.headings(self.telling.step) + ((m.words("your D"),) if self._theirs is not None else ())

    @property
    def results(self) -> int:
        """How many of the last cells of a row are what came out: ours, and theirs where there is one."""
        return 1 if self._theirs is None else 2

    @property
    def _theirs(self) -> Theirs | None:
        """What the student's code gave for this step."""
        return self.narrator.theirs if isinstance(self.telling.step, Gradient) else None

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self.telling.step.count

    @property
    def told(self) -> int:
        """How many rows have been told."""
        return self.telling.terms

    def row(self, index: int) -> Row:
        """Row *index*, from 0."""
        step, kind = self.telling.step, self.kind
        operands, columns = step.operands(index), len(kind.headings(step)) - 1
        cells = [self._cell(address) for address in operands]
        if kind.result is not None:
            cells += [Cell("", "muted", None)] * (columns - 1 - len(cells))
            cells.append(self._cell(Address(kind.result, step.layer, step.unit, index)))
        elif columns > len(cells):
            cells.append(self._sum(float(step.products[index]), None))
        if self._theirs is not None:
            cells.append(self._beside(self._theirs, Address(Symbol.D, step.layer, step.unit, index)))
        return Row(kind.label(self.narrator, step, index), tuple(cells), operands[0])

    @property
    def total(self) -> Cell | None:
        """The sum of all rows, once they are told."""
        step = self.telling.step
        if step.fills_row or self.told < self.count:
            return None
        return self._sum(step.total, _sum_address(step))

    @property
    def closing(self) -> Formula | None:
        """What becomes of the sum, once that is told."""
        close = self.kind.closing
        return close(self.narrator, self.telling.step) if close and self.telling.complete else None

    def _sum(self, value: float, address: Address | None) -> Cell:
        signed = self.telling.step.phase is not Phase.COST  # a cost has no direction
        return Cell(self.narrator.text(value, signed=signed), "text", address)

    def _beside(self, theirs: Theirs, address: Address) -> Cell:
        text, agrees = beside.cell(theirs, address, self.narrator.digits)
        note = beside.explained(theirs, address, self.narrator.value(address))
        return Cell(text, "text" if agrees else "differ", address, note)

    def _cell(self, address: Address) -> Cell:
        signed = address.symbol not in (Symbol.A, Symbol.Y, Symbol.COST)
        return Cell(self.narrator.at(address, signed=signed), self.narrator.role(address), address)


def _closed(narrator: Narrator, step: Step) -> Formula:
    return m.row(m.g(narrator.number(step.total)), result_of(narrator, step))


def _source(narrator: Narrator, step: Step, index: int) -> str:
    return narrator.names.heading(step.layer - 1, index)


def _following(narrator: Narrator, step: Step, index: int) -> str:
    return narrator.names.heading(step.layer + 1, index + 1)


def _column(narrator: Narrator, step: Step, index: int) -> str:
    return narrator.names.heading(step.layer, index)


def _activate(step: Step) -> tuple[Formula, ...]:
    before = step.layer - 1
    return m.symbol("i"), m.theta(before, step.unit, "i"), m.a(before, "i"), m.words("product")


def _hidden(step: Step) -> tuple[Formula, ...]:
    return m.symbol("k"), m.theta(step.layer, "k", step.unit), m.delta(step.layer + 1, "k"), m.words("product")


def _cost(step: Step) -> tuple[Formula, ...]:
    return m.words("half"), m.y(step.unit), m.a(step.layer, step.unit), m.words("cost")


def _accumulate(step: Step) -> tuple[Formula, ...]:
    n, j = step.layer, step.unit
    before = m.row(m.accumulator(n, j, "i"), m.words(" before", "muted"))
    return m.symbol("i"), before, m.delta(n + 1, j), m.a(n, "i"), m.accumulator(n, j, "i")


def _gradient(step: Step) -> tuple[Formula, ...]:
    n, j = step.layer, step.unit
    return m.symbol("i"), m.accumulator(n, j, "i"), m.theta(n, j, "i"), m.gradient(n, j, "i")


def _update(step: Step) -> tuple[Formula, ...]:
    n, j = step.layer, step.unit
    after = m.row(m.words("new ", "muted"), m.theta(n, j, "i"))
    return m.symbol("i"), m.theta(n, j, "i"), m.gradient(n, j, "i"), after


TABLES: dict[type[Step], Kind] = {
    Activate: Kind(_activate, _source, _closed),
    OutputCost: Kind(_cost, lambda narrator, step, index: ("−y log h", "−(1 − y) log(1 − h)")[index]),
    ExampleCost: Kind(
        lambda step: (m.symbol("k"), m.symbol("cost", sub="k")),
        lambda narrator, step, index: narrator.names.heading(step.layer, index + 1),
    ),
    OutputError: Kind(
        lambda step: (m.words(""), m.words("number"), m.words("adds")),
        lambda narrator, step, index: ("output a", "minus y")[index],
    ),
    HiddenError: Kind(_hidden, _following, scaled),
    BiasError: Kind(_hidden, _following),
    Accumulate: Kind(_accumulate, _column, result=Symbol.ACCUMULATOR),
    Gradient: Kind(_gradient, _column, result=Symbol.D),
    Update: Kind(_update, _column, result=Symbol.THETA_NEW),
}


def _sum_address(step: Step) -> Address | None:
    """Where the sum stands: it is the step's result, unless something closes it; None where it stands nowhere."""
    if not step.closes:
        return step.target
    if step.symbol is Symbol.A:
        return Address(Symbol.Z, step.layer, step.unit)
    hidden = step.layer < step.computed.network.layers
    return Address(Symbol.WEIGHTED, step.layer, step.unit) if hidden else None
