"""The formulas of steps with a planted mistake, as wrong as they are worked out."""

from collections.abc import Callable

from nnviz.engine import mistakes
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import Accumulate, Gradient, HiddenError, OutputError, Step, Update
from nnviz.picture import notation as m
from nnviz.picture.formulas import FORMULAS, scaled, slope_layer, slope_row, slope_symbols
from nnviz.picture.markup import Formula
from nnviz.picture.narrator import Narrator
from nnviz.picture.pieces import (
    ONE,
    Formulas,
    Line,
    StepFormula,
    equals,
    product_of,
    result_of,
    size,
    stated,
    sum_of,
)
from nnviz.picture.row_formulas import entries, entry_alone, gradient_entry, update_entry

OUTPUT, HIDDEN, UPDATE = FORMULAS[OutputError], FORMULAS[HiddenError], FORMULAS[Update]
ACCUMULATE, GRADIENT = FORMULAS[Accumulate], FORMULAS[Gradient]


# The output


def _difference(first: Formula, second: Formula) -> Formula:
    return m.kept(first, m.operator("−"), second)


def _a(step: Step) -> Formula:
    return m.a(step.layer, step.unit)


def _named(narrator: Narrator, address: Address) -> Formula:
    return m.y(address.row) if address.symbol is Symbol.Y else m.a(address.layer, address.row)


def _error(vectorised: StepFormula) -> Formulas:
    """δ = the first operand − the second."""

    def symbols(narrator: Narrator, step: Step) -> Formula:
        (first,), (second,) = step.operands(0), step.operands(1)
        right = _difference(_named(narrator, first), _named(narrator, second))
        return m.row(m.delta(step.layer, step.unit), m.equals(), right)

    def numbers(narrator: Narrator, step: Step) -> Formula:
        (first,), (second,) = step.operands(0), step.operands(1)
        right = _difference(narrator.operand(first), narrator.operand(second))
        return m.row(m.delta(step.layer, step.unit), m.equals(), right, result_of(narrator, step))

    def term(narrator: Narrator, step: Step, index: int) -> Formula:
        if index:
            return numbers(narrator, step)
        (first,) = step.operands(0)
        return m.row(_named(narrator, first), m.equals(), narrator.operand(first, bold=True))

    return OUTPUT._replace(symbols=symbols, numbers=numbers, term=term, vectorised=vectorised)


def _flipped(narrator: Narrator, step: Step) -> Formula:
    return m.row(m.delta(step.layer), m.equals(), _difference(m.y(), m.a(step.layer)))


def _shifted(narrator: Narrator, step: Step) -> Formula:
    return m.row(m.delta(step.layer), m.equals(), _difference(m.a(step.layer), m.words("y, one class on")))


def _slope_at_output(a: Formula, sign: str = "×") -> Formula:
    return m.kept(a, m.operator(sign), m.group(ONE, m.operator("−"), a))


def _sloped_symbols(narrator: Narrator, step: Step) -> Formula:
    error = m.group(_difference(_a(step), m.y(step.unit)))
    return m.row(m.delta(step.layer, step.unit), m.equals(), error, m.operator("×"), _slope_at_output(_a(step)))


def _sloped_error(narrator: Narrator, step: Step) -> Line:
    (a,), (y,) = step.operands(0), step.operands(1)
    numbers = _difference(narrator.operand(a), narrator.operand(y))
    return stated(_difference(_a(step), m.y(step.unit)), numbers, equals(narrator, step.total))


def _sloped_numbers(narrator: Narrator, step: Step) -> Formula:
    (a,) = step.operands(0)
    h = narrator.value(a)
    return m.lines(
        _sloped_error(narrator, step),
        stated(_slope_at_output(_a(step)), _slope_at_output(narrator.operand(a)), equals(narrator, h * (1.0 - h))),
        stated(m.delta(step.layer, step.unit), sloped(narrator, step)),
    )


def _sloped_term(narrator: Narrator, step: Step, index: int) -> Formula:
    if index:
        return m.lines(_sloped_error(narrator, step))
    return OUTPUT.term(narrator, step, index)


def _sloped_vectorised(narrator: Narrator, step: Step) -> Formula:
    a = m.a(step.layer)
    error = m.group(_difference(a, m.y()))
    return m.row(m.delta(step.layer), m.equals(), error, m.operator(".*"), _slope_at_output(a, ".*"))


def sloped(narrator: Narrator, step: Step) -> Formula:
    """−0.35 × 0.23 = −0.08, at the output."""
    h = narrator.value(step.operands(0)[0])
    product = m.product(narrator.number(step.total), narrator.number(h * (1.0 - h)))
    return m.row(product, result_of(narrator, step))


# Hidden layers


def _hidden(weight: Callable[[Step], Formula], through: Callable[[int], Formula]) -> Formulas:
    """δ through other weights: *weight* is one of them, *through* their matrix of a layer."""

    def weighted(step: Step) -> Formula:
        return m.sum_over("k=1", m.row(weight(step), m.delta(step.layer + 1, "k")), above=step.count)

    def symbols(narrator: Narrator, step: Step) -> Formula:
        right = (m.group(weighted(step)), m.operator("×"), slope_symbols(narrator, step))
        return m.row(m.delta(step.layer, step.unit), m.equals(), *right)

    def numbers(narrator: Narrator, step: Step) -> Formula:
        terms = sum_of(step, lambda i: product_of(narrator, step, i))
        return m.lines(
            stated(weighted(step), terms, equals(narrator, step.total)),
            slope_row(narrator, step),
            stated(m.delta(step.layer, step.unit), scaled(narrator, step)),
        )

    def vectorised(narrator: Narrator, step: Step) -> Formula:
        n = step.layer
        product = m.row(through(n), m.delta(n + 1))
        return m.row(m.delta(n), m.equals(), product, m.operator(".*"), slope_layer(narrator, step))

    return HIDDEN._replace(symbols=symbols, numbers=numbers, vectorised=vectorised)


def _new(theta: Formula) -> Formula:
    return m.row(m.words("new "), theta)


def _flat_sum(step: Step) -> Formula:
    body = m.row(m.theta(step.layer, "k", step.unit), m.delta(step.layer + 1, "k"))
    return m.sum_over("k=1", body, above=step.count)


def _flat_symbols(narrator: Narrator, step: Step) -> Formula:
    return m.row(m.delta(step.layer, step.unit), m.equals(), _flat_sum(step))


def _flat_numbers(narrator: Narrator, step: Step) -> Formula:
    terms = sum_of(step, lambda i: product_of(narrator, step, i))
    return m.row(m.delta(step.layer, step.unit), m.equals(), terms, result_of(narrator, step))


def _flat_vectorised(narrator: Narrator, step: Step) -> Formula:
    n = step.layer
    return m.row(m.delta(n), m.equals(), m.transpose(m.theta(n)), m.delta(n + 1))


def _flat_dimensions(narrator: Narrator, step: Step) -> str:
    units, following = narrator.sizes[step.layer - 1], narrator.sizes[step.layer]
    return f"{size(units, following)} · {size(following, 1)} = {size(units, 1)}"


def _slope_of_a_symbols(narrator: Narrator, step: Step) -> Formula:
    slope = m.g_prime(_a(step))
    return m.row(m.delta(step.layer, step.unit), m.equals(), m.group(_flat_sum(step)), m.operator("×"), slope)


def _slope_of_a_numbers(narrator: Narrator, step: Step) -> Formula:
    terms = sum_of(step, lambda i: product_of(narrator, step, i))
    slope = narrator.number(narrator.value(Address(Symbol.SLOPE, step.layer, step.unit)))
    return m.lines(
        stated(_flat_sum(step), terms, equals(narrator, step.total)),
        stated(m.g_prime(_a(step)), slope),
        stated(m.delta(step.layer, step.unit), scaled(narrator, step)),
    )


def _slope_of_a_vectorised(narrator: Narrator, step: Step) -> Formula:
    n = step.layer
    product = m.row(m.transpose(m.theta(n)), m.delta(n + 1))
    return m.row(m.delta(n), m.equals(), product, m.operator(".*"), m.g_prime(m.a(n)))


# Rows of Δ, D and Θ


def _row(base: Formulas, write: Callable[[Narrator, Step, int], Line]) -> Formulas:
    return base._replace(numbers=entries(write), term=entry_alone(write))


def _left_out_entry(narrator: Narrator, step: Step, index: int) -> Line:
    name = m.accumulator(step.layer, step.unit, index)
    (before,) = step.operands(index)
    return name, m.row(m.operator(":="), narrator.operand(before))


def _left_out_symbols(narrator: Narrator, step: Step) -> Formula:
    entry = m.accumulator(step.layer, step.unit, "i")
    return m.row(entry, m.operator(":="), entry)


def _left_out_vectorised(narrator: Narrator, step: Step) -> Formula:
    return m.row(m.accumulator(step.layer), m.operator(":="), m.accumulator(step.layer))


def _sides(written: str) -> Callable[[Narrator, Step], str]:
    """Dimensions, where {0} is that of Θ and {1} is m."""

    def dimensions(narrator: Narrator, step: Step) -> str:
        return written.format(size(narrator.sizes[step.layer], narrator.sizes[step.layer - 1] + 1), narrator.m)

    return dimensions


def _D(step: Step, column: int | str) -> Formula:
    return m.gradient(step.layer, step.unit, column)


def _sum(step: Step, column: int | str) -> Formula:
    return m.accumulator(step.layer, step.unit, column)


def _weight(step: Step, column: int | str) -> Formula:
    return m.theta(step.layer, step.unit, column)


def _mean(sums: Formula) -> Formula:
    return m.fraction(sums, m.symbol("m"))


def _two(others: Callable[[Step], Formula], bias: Callable[[Step], Formula]) -> StepFormula:
    """D_ji for i ≥ 1, and that of the bias column."""

    def symbols(narrator: Narrator, step: Step) -> Formula:
        return m.lines(
            stated(_D(step, "i"), others(step), m.words("  for i ≥ 1")),
            stated(_D(step, 0), bias(step), m.words("  for the bias column")),
        )

    return symbols


def _decayed(step: Step) -> Formula:
    top = m.row(_sum(step, "i"), m.operator("+"), m.symbol("λ"), _weight(step, "i"))
    return _mean(top)


def _undivided_decay(step: Step) -> Formula:
    return m.row(_mean(_sum(step, "i")), m.operator("+"), m.symbol("λ"), _weight(step, "i"))


def _undivided_sum(step: Step) -> Formula:
    return m.row(_sum(step, "i"), m.operator("+"), m.decay_factor(), _weight(step, "i"))


def _entry_of(write: Callable[[Narrator, Step, int, list[Address]], Formula]) -> Callable[[Narrator, Step, int], Line]:
    """D_ji = what is written of its operands = its value."""

    def entry(narrator: Narrator, step: Step, index: int) -> Line:
        value = narrator.operand(Address(Symbol.D, step.layer, step.unit, index), bold=True)
        return stated(_D(step, index), write(narrator, step, index, list(step.operands(index))), m.equals(), value)

    return entry


def _decay_of(narrator: Narrator, weight: Address) -> Formula:
    return m.product(m.number(narrator.decay), narrator.operand(weight))


def _undivided_decay_entry(narrator: Narrator, step: Step, index: int, operands: list[Address]) -> Formula:
    sums, *weight = operands
    mean = m.fraction(narrator.operand(sums), m.number(str(narrator.m)))
    return m.added(mean, *(_decay_of(narrator, one) for one in weight))


def _undivided_sum_entry(narrator: Narrator, step: Step, index: int, operands: list[Address]) -> Formula:
    sums, *weight = operands
    decay = (m.fraction(_decay_of(narrator, one), m.number(str(narrator.m))) for one in weight)
    return m.added(narrator.operand(sums), *decay)


def _only_the_sum(narrator: Narrator, step: Step, index: int, operands: list[Address]) -> Formula:
    return m.fraction(narrator.operand(operands[0]), m.number(str(narrator.m)))


def _no_bias_entry(narrator: Narrator, step: Step, index: int) -> Line:
    if index == 0:
        return stated(_D(step, 0), narrator.operand(Address(Symbol.D, step.layer, step.unit, 0), bold=True))
    return gradient_entry(narrator, step, index)


def _whole(n: int) -> Formula:
    return _mean(m.row(m.accumulator(n), m.operator("+"), m.symbol("λ"), m.theta(n)))


def _noted(formula: Formula, note: str) -> Formula:
    return m.row(formula, m.operator(","), m.words(note, "muted"))


def _matrix_of(right: Callable[[int], Formula]) -> StepFormula:
    return lambda narrator, step: m.row(m.gradient(step.layer), m.equals(), right(step.layer))


def _many_symbols(narrator: Narrator, step: Step) -> Formula:
    moved = (m.operator("−"), m.number(str(step.count - 1)), m.operator("×"), m.symbol("α"))
    others = (m.operator("−"), m.symbol("α"), _D(step, "i"))
    return m.lines(
        (_weight(step, "i"), m.row(m.operator(":="), _weight(step, "i"), *others, m.words("  for i ≥ 1"))),
        (_weight(step, 0), m.row(m.operator(":="), _weight(step, 0), *moved, _D(step, 0))),
    )


def _many_entry(narrator: Narrator, step: Step, index: int) -> Line:
    if index:
        return update_entry(narrator, step, index)
    theta, slope = step.operands(0)
    moved = m.product(m.number(str(step.count - 1)), m.number(narrator.rate), narrator.operand(slope))
    after = narrator.operand(Address(Symbol.THETA_NEW, step.layer, step.unit, 0), bold=True)
    return _weight(step, 0), m.row(m.operator(":="), narrator.operand(theta), m.operator("−"), moved, m.equals(), after)


MISTAKEN_FORMULAS: dict[type[Step], Formulas] = {
    mistakes.FlippedError: _error(_flipped),
    mistakes.ShiftedError: _error(_shifted),
    mistakes.SlopedError: OUTPUT._replace(
        symbols=_sloped_symbols, numbers=_sloped_numbers, term=_sloped_term, vectorised=_sloped_vectorised
    ),
    mistakes.FlatError: HIDDEN._replace(
        symbols=_flat_symbols, numbers=_flat_numbers, vectorised=_flat_vectorised, dimensions=_flat_dimensions
    ),
    mistakes.SlopeOfAError: HIDDEN._replace(
        symbols=_slope_of_a_symbols, numbers=_slope_of_a_numbers, vectorised=_slope_of_a_vectorised
    ),
    mistakes.NeighbourError: _hidden(
        lambda step: m.theta(step.layer, "k", step.unit - 1),
        lambda n: m.transpose(m.row(m.theta(n), m.words(" without its last column", "muted"))),
    ),
    mistakes.UntransposedError: _hidden(lambda step: m.theta(step.layer, step.unit, "k"), m.theta),
    mistakes.EarlyError: _hidden(
        lambda step: _new(m.theta(step.layer, "k", step.unit)), lambda n: m.transpose(_new(m.theta(n)))
    ),
    mistakes.LeftOutAccumulate: _row(ACCUMULATE, _left_out_entry)._replace(
        symbols=_left_out_symbols,
        vectorised=_left_out_vectorised,
        layer=_left_out_vectorised,
        dimensions=_sides("{0} = {0}"),
    ),
    mistakes.CarriedAccumulate: ACCUMULATE,
    mistakes.UndividedDecay: _row(GRADIENT, _entry_of(_undivided_decay_entry))._replace(
        symbols=_two(_undivided_decay, lambda step: _mean(_sum(step, 0))),
        vectorised=_matrix_of(lambda n: m.row(_mean(m.accumulator(n)), m.operator("+"), m.symbol("λ"), m.theta(n))),
        dimensions=_sides("{0} / {1} + {0} = {0}"),
    ),
    mistakes.DecayedBias: GRADIENT._replace(
        symbols=lambda narrator, step: m.lines(stated(_D(step, "i"), _decayed(step))),
        vectorised=_matrix_of(_whole),
    ),
    mistakes.NoDecay: _row(GRADIENT, _entry_of(_only_the_sum))._replace(
        symbols=lambda narrator, step: m.lines(stated(_D(step, "i"), _mean(_sum(step, "i")))),
        vectorised=_matrix_of(lambda n: _mean(m.accumulator(n))),
        dimensions=_sides("{0} / {1} = {0}"),
    ),
    mistakes.UndividedSum: _row(GRADIENT, _entry_of(_undivided_sum_entry))._replace(
        symbols=_two(_undivided_sum, lambda step: _sum(step, 0)),
        vectorised=_matrix_of(lambda n: m.row(m.accumulator(n), m.operator("+"), m.decay_factor(), m.theta(n))),
        dimensions=_sides("{0} + {0} = {0}"),
    ),
    mistakes.NoBiasGradient: _row(GRADIENT, _no_bias_entry)._replace(
        symbols=_two(_decayed, lambda step: m.number("0")),
        vectorised=_matrix_of(lambda n: _noted(_whole(n), " 0 in the bias column")),
    ),
    mistakes.BiasManyTimes: _row(UPDATE, _many_entry)._replace(
        symbols=_many_symbols,
        vectorised=lambda narrator, step: _noted(
            UPDATE.vectorised(narrator, step), f" the bias column {step.count - 1} times"
        ),
    ),
}
