"""The formulas of a row of Δ, D or Θ: an entry each, the row, the matrix."""

from collections.abc import Callable

from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import Accumulate, Gradient, Step, Update
from nnviz.engine.theirs import Theirs
from nnviz.picture import notation as m
from nnviz.picture.markup import Formula
from nnviz.picture.narrator import Narrator
from nnviz.picture.pieces import FIRST, GAP, ONE, Formulas, Line, StepFormula, column, elided, size, stated

Entry = Callable[[Narrator, Step, int], Line]


def entries(entry: Entry) -> StepFormula:
    """A line for each entry of the row, long rows with a gap."""

    def written(narrator: Narrator, step: Step) -> Formula:
        chosen = elided(step.count, FIRST + 1)
        return m.lines(*((m.words(""), GAP) if i is None else entry(narrator, step, i) for i in chosen))

    return written


def entry_alone(entry: Entry) -> Callable[[Narrator, Step, int], Formula]:
    """The line of one entry."""
    return lambda narrator, step, index: m.lines(entry(narrator, step, index))


def _matrix(name: Callable[[Step], Formula], symbol: Symbol) -> StepFormula:
    """The whole matrix of the step's layer, large ones with gaps."""

    def written(narrator: Narrator, step: Step) -> Formula:
        cells = (
            [
                GAP if row is None or i is None else narrator.operand(Address(symbol, step.layer, row + 1, i))
                for i in elided(step.count)
            ]
            for row in elided(narrator.sizes[step.layer])
        )
        return m.row(name(step), m.matrix(cells))

    return written


def _accumulate_symbols(narrator: Narrator, step: Step) -> Formula:
    n, j = step.layer, step.unit
    entry = m.accumulator(n, j, "i")
    return m.row(entry, m.operator(":="), entry, m.operator("+"), m.row(m.delta(n + 1, j), m.a(n, "i")))


def _accumulate_entry(narrator: Narrator, step: Step, index: int) -> Line:
    before, delta, a = step.operands(index)
    added = m.added(narrator.operand(before), m.product(narrator.operand(delta), narrator.operand(a)))
    after = narrator.operand(Address(Symbol.ACCUMULATOR, step.layer, step.unit, index), bold=True)
    name = m.accumulator(step.layer, step.unit, index)
    return name, m.row(m.operator(":="), added, m.equals(), after)


def _accumulate_vectorised(narrator: Narrator, step: Step) -> Formula:
    n = step.layer
    outer = m.row(m.delta(n + 1), m.transpose(m.matrix([[ONE], [m.a(n)]])))
    return m.row(m.accumulator(n), m.operator(":="), m.accumulator(n), m.operator("+"), outer)


def _accumulate_layer(narrator: Narrator, step: Step) -> Formula:
    n = step.layer
    errors = column(narrator, [Address(Symbol.DELTA, n + 1, unit) for unit in range(1, narrator.sizes[n] + 1)])
    activations = column(narrator, [Address(Symbol.A, n, unit) for unit in range(narrator.sizes[n - 1] + 1)])
    sums = m.accumulator(n)
    return m.row(sums, m.operator(":="), sums, m.operator("+"), errors, m.transpose(activations))


def _accumulate_dimensions(narrator: Narrator, step: Step) -> str:
    rows, columns = narrator.sizes[step.layer], narrator.sizes[step.layer - 1] + 1
    whole = size(rows, columns)
    return f"{whole} + {size(rows, 1)} · {size(1, columns)} = {whole}"


def _gradient_symbols(narrator: Narrator, step: Step) -> Formula:
    n, j = step.layer, step.unit
    decayed = m.row(m.accumulator(n, j, "i"), m.operator("+"), m.symbol("λ"), m.theta(n, j, "i"))
    bias = m.fraction(m.accumulator(n, j, 0), m.symbol("m"))
    return m.lines(
        stated(m.gradient(n, j, "i"), m.fraction(decayed, m.symbol("m")), m.words("  for i ≥ 1")),
        stated(m.gradient(n, j, 0), bias, m.words("  for the bias column")),
    )


def gradient_entry(narrator: Narrator, step: Step, index: int) -> Line:
    sums, *weight = step.operands(index)
    top: Formula = narrator.operand(sums)
    if weight:
        decay = m.product(m.number(narrator.decay), narrator.operand(weight[0]))
        top = m.added(top, decay)
    value = narrator.operand(Address(Symbol.D, step.layer, step.unit, index), bold=True)
    right = (m.fraction(top, m.number(str(narrator.m))), m.equals(), value)
    return stated(m.gradient(step.layer, step.unit, index), *right)


def _gradient_vectorised(narrator: Narrator, step: Step) -> Formula:
    n = step.layer
    top = m.row(m.accumulator(n), m.operator("+"), m.symbol("λ"), m.theta(n))
    note = m.row(m.operator(","), m.words(" no λΘ in the bias column", "muted"))
    return m.row(m.gradient(n), m.equals(), m.fraction(top, m.symbol("m")), note)


def _gradient_layer(narrator: Narrator, step: Step) -> Formula:
    """D with its numbers; below it theirs, where the student's code gave one, with what differs in bold red."""
    ours = _matrix(lambda step: m.row(m.gradient(step.layer), m.equals()), Symbol.D)(narrator, step)
    if narrator.theirs is None:
        return ours
    return m.lines((m.words(""), ours), (m.words(""), _beside(narrator, narrator.theirs, step)))


def _beside(narrator: Narrator, theirs: Theirs, step: Step) -> Formula:
    def written(row: int, i: int) -> Formula:
        value, agrees = theirs.entry(Address(Symbol.D, step.layer, row + 1, i))
        return narrator.number(value, "text" if agrees else "differ", bold=not agrees)

    rows = elided(narrator.sizes[step.layer])
    cells = ([GAP if row is None or i is None else written(row, i) for i in elided(step.count)] for row in rows)
    return m.row(m.words("yours "), m.equals(), m.matrix(cells))


def _gradient_dimensions(narrator: Narrator, step: Step) -> str:
    whole = size(narrator.sizes[step.layer], narrator.sizes[step.layer - 1] + 1)
    return f"({whole} + {whole}) / {narrator.m} = {whole}"


def _update_symbols(narrator: Narrator, step: Step) -> Formula:
    n, j = step.layer, step.unit
    entry = m.theta(n, j, "i")
    moved = (m.operator("−"), m.symbol("α"), m.gradient(n, j, "i"))
    return m.row(entry, m.operator(":="), entry, *moved)


def update_entry(narrator: Narrator, step: Step, index: int) -> Line:
    theta, slope = step.operands(index)
    moved = m.product(m.number(narrator.rate), narrator.operand(slope))
    after = narrator.operand(Address(Symbol.THETA_NEW, step.layer, step.unit, index), bold=True)
    right = (m.operator(":="), narrator.operand(theta), m.operator("−"), moved, m.equals(), after)
    return m.theta(step.layer, step.unit, index), m.row(*right)


def _update_vectorised(narrator: Narrator, step: Step) -> Formula:
    n = step.layer
    return m.row(m.theta(n), m.operator(":="), m.theta(n), m.operator("−"), m.symbol("α"), m.gradient(n))


def _update_dimensions(narrator: Narrator, step: Step) -> str:
    whole = size(narrator.sizes[step.layer], narrator.sizes[step.layer - 1] + 1)
    return f"{whole} − {whole} = {whole}"


ROW_FORMULAS: dict[type[Step], Formulas] = {
    Accumulate: Formulas(
        _accumulate_symbols,
        entries(_accumulate_entry),
        entry_alone(_accumulate_entry),
        _accumulate_vectorised,
        _accumulate_layer,
        _accumulate_dimensions,
    ),
    Gradient: Formulas(
        _gradient_symbols,
        entries(gradient_entry),
        entry_alone(gradient_entry),
        _gradient_vectorised,
        _gradient_layer,
        _gradient_dimensions,
    ),
    Update: Formulas(
        _update_symbols,
        entries(update_entry),
        entry_alone(update_entry),
        _update_vectorised,
        _matrix(lambda step: m.row(m.theta(step.layer), m.operator(":=")), Symbol.THETA_NEW),
        _update_dimensions,
    ),
}
