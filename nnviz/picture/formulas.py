"""The formulas of forward propagation, cost and back propagation; those of Δ, D and Θ are in ``row_formulas``."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import Activate, BiasError, ExampleCost, HiddenError, OutputCost, OutputError, Step
from nnviz.picture import notation as m
from nnviz.picture.markup import Formula
from nnviz.picture.narrator import Narrator
from nnviz.picture.pieces import (
    ONE,
    Formulas,
    Line,
    column,
    equals,
    product_of,
    result_of,
    size,
    stated,
    sum_of,
    term_of_sum,
)
from nnviz.picture.row_formulas import ROW_FORMULAS


class Slope(NamedTuple):
    """g′ by a, of one unit and of a whole layer; None: as g′(z). ``is_sum`` asks for brackets in a product."""

    unit: Callable[[Formula], Formula] | None = None
    layer: Callable[[Formula], Formula] | None = None
    is_sum: bool = False


SLOPES = {
    "sigmoid": Slope(
        lambda a: m.row(a, m.operator("×"), m.group(ONE, m.operator("−"), a)),
        lambda a: m.row(a, m.operator(".*"), m.group(ONE, m.operator("−"), a)),
    ),
    "tanh": Slope(
        lambda a: m.row(ONE, m.operator("−"), m.squared(a)),
        lambda a: m.group(ONE, m.operator("−"), a, m.operator(".*"), a),
        is_sum=True,
    ),
    "relu": Slope(),
    "linear": Slope(),
}


# Forward


def _z(step: Step) -> Formula:
    return m.z(step.layer, step.unit)


def _activate_symbols(narrator: Narrator, step: Step) -> Formula:
    before = step.layer - 1
    body = m.row(m.theta(before, step.unit, "i"), m.a(before, "i"))
    whole = m.sum_over("i=0", body, above=narrator.sizes[before - 1])
    return m.lines(stated(_z(step), whole), stated(m.a(step.layer, step.unit), m.g(_z(step))))


def _activate_numbers(narrator: Narrator, step: Step) -> Formula:
    terms = sum_of(step, lambda i: product_of(narrator, step, i))
    z = narrator.number(step.total)
    return m.lines(
        stated(_z(step), terms, equals(narrator, step.total)),
        stated(m.a(step.layer, step.unit), m.g(z), m.equals(), narrator.operand(step.target, bold=True)),
    )


def _activate_term(narrator: Narrator, step: Step, index: int) -> Formula:
    return term_of_sum(narrator, step, index, product_of(narrator, step, index), _z(step))


def _activate_vectorised(narrator: Narrator, step: Step) -> Formula:
    n, before = step.layer, step.layer - 1
    a = m.matrix([[ONE], [m.a(before)]])
    z = m.row(m.z(n), m.equals(), m.theta(before), a)
    return m.row(z, m.operator(","), m.a(n), m.equals(), m.g(m.z(n)))


def _activate_layer(narrator: Narrator, step: Step) -> Formula:
    units = range(1, narrator.sizes[step.layer - 1] + 1)
    z, a = (column(narrator, [Address(symbol, step.layer, unit) for unit in units]) for symbol in (Symbol.Z, Symbol.A))
    return m.row(m.a(step.layer), m.equals(), m.g(z), m.equals(), a)


def _activate_dimensions(narrator: Narrator, step: Step) -> str:
    rows, columns = narrator.sizes[step.layer - 1], narrator.sizes[step.layer - 2] + 1
    return f"{size(rows, columns)} · {size(columns, 1)} = {size(rows, 1)}"


# Cost


def _cost_symbols(narrator: Narrator, step: Step) -> Formula:
    y, a = m.y(step.unit), m.a(step.layer, step.unit)
    first = m.kept(m.operator("−"), y, m.log(a))
    second = m.kept(m.group(ONE, m.operator("−"), y), m.log(m.row(ONE, m.operator("−"), a)))
    return m.row(_cost_name(step), m.equals(), first, m.operator("−"), second)


def _cost_name(step: Step) -> Formula:
    return m.symbol("cost", sub=step.unit)


def _cost_numbers(narrator: Narrator, step: Step) -> Formula:
    halves = (cost_half(narrator, step, 0), m.operator("−"), cost_half(narrator, step, 1))
    return m.row(_cost_name(step), m.equals(), m.operator("−"), *halves, equals(narrator, step.value, bold=True))


def cost_half(narrator: Narrator, step: Step, index: int) -> Formula:
    """y × log(h), or (1 − y) × log(1 − h), with its numbers and without the minus before it."""
    y, h = step.operands(index)
    factor = m.group(ONE, m.operator("−"), narrator.operand(y)) if index else narrator.operand(y)
    return m.kept(factor, m.operator("×"), m.log(_inside_log(narrator, step, h, index)))


def _inside_log(narrator: Narrator, step: Step, h: Address, index: int) -> Formula:
    """h, or for the second half 1 − h, which of a saturated unit is written as one number."""
    value = _likelihood(narrator, step, index)
    if value == 0.0:  # too small for a double, when it is e to the z (or −z) in every digit
        return m.symbol("e", sup=narrator.text(-abs(_logit(narrator, step))))
    if index == 0:
        return narrator.operand(h)
    return narrator.number(value) if narrator.rounds_to_1(h) else m.row(ONE, m.operator("−"), narrator.operand(h))


def _logit(narrator: Narrator, step: Step) -> float:
    return float(narrator.trace.z[-1][step.unit - 1])


def _likelihood(narrator: Narrator, step: Step, index: int) -> float:
    """h of the step's output, or with *index* 1 the 1 − h that keeps its digits where h is nearly 1."""
    z = _logit(narrator, step)
    return float(np.exp(-np.logaddexp(0.0, z if index else -z)))


def _cost_term(narrator: Narrator, step: Step, index: int) -> Formula:
    written = m.row(m.operator("−"), cost_half(narrator, step, index))
    return term_of_sum(narrator, step, index, written, _cost_name(step))


def _cost_vectorised(narrator: Narrator, step: Step) -> Formula:
    h, y = m.a(step.layer), m.y()
    second = (m.group(ONE, m.operator("−"), y), m.operator(".*"), m.log(m.row(ONE, m.operator("−"), h)))
    first = (m.operator("−"), y, m.operator(".*"), m.log(h))
    return m.row(m.symbol("cost"), m.equals(), *first, m.operator("−"), *second)


def _cost_dimensions(narrator: Narrator, step: Step) -> str:
    column = size(narrator.sizes[-1], 1)
    return f"{column} .* {column} − {column} .* {column} = {column}"


def _total_symbols(narrator: Narrator, step: Step) -> Formula:
    summed = m.sum_over("k=1", m.symbol("cost", sub="k"), above=step.count)
    return m.row(m.words("cost of the example"), m.equals(), summed)


def _total_numbers(narrator: Narrator, step: Step) -> Formula:
    if step.count == 1:
        return m.row(m.words("cost of the example"), result_of(narrator, step))
    terms = sum_of(step, lambda i: product_of(narrator, step, i))
    return m.row(m.words("cost of the example"), m.equals(), terms, equals(narrator, step.value, bold=True))


def _total_term(narrator: Narrator, step: Step, index: int) -> Formula:
    written = m.symbol("cost", sub=index + 1)
    return term_of_sum(narrator, step, index, written, m.words("cost of the example"))


def _total_vectorised(narrator: Narrator, step: Step) -> Formula:
    summed = m.row(m.symbol("sum"), m.group(m.symbol("cost")))
    return m.row(m.words("cost of the example"), m.equals(), summed)


def _total_dimensions(narrator: Narrator, step: Step) -> str:
    return f"sum of {size(step.count, 1)} = {size(1, 1)}"


# Backward


def _output_error_symbols(narrator: Narrator, step: Step) -> Formula:
    right = (m.a(step.layer, step.unit), m.operator("−"), m.y(step.unit))
    return m.row(m.delta(step.layer, step.unit), m.equals(), *right)


def _output_error_numbers(narrator: Narrator, step: Step) -> Formula:
    (a,), (y,) = step.operands(0), step.operands(1)
    # Of an output that rounds to 1 the rest is written: 1.00 − 1 would say 0.
    rest = m.group(ONE, m.operator("−"), narrator.number(_likelihood(narrator, step, 1)))
    value = rest if narrator.rounds_to_1(a) else narrator.operand(a)
    difference = m.kept(value, m.operator("−"), narrator.operand(y))
    return m.row(m.delta(step.layer, step.unit), m.equals(), difference, result_of(narrator, step))


def _output_error_term(narrator: Narrator, step: Step, index: int) -> Formula:
    if index:
        return _output_error_numbers(narrator, step)
    (a,) = step.operands(0)
    return m.row(m.a(step.layer, step.unit), m.equals(), narrator.operand(a, bold=True))


def _output_error_vectorised(narrator: Narrator, step: Step) -> Formula:
    return m.row(m.delta(step.layer), m.equals(), m.a(step.layer), m.operator("−"), m.y())


def _output_error_dimensions(narrator: Narrator, step: Step) -> str:
    column = size(narrator.sizes[-1], 1)
    return f"{column} − {column} = {column}"


def _weighted(narrator: Narrator, step: Step) -> Formula:
    """Σ Θ_kj δ_k."""
    body = m.row(m.theta(step.layer, "k", step.unit), m.delta(step.layer + 1, "k"))
    return m.sum_over("k=1", body, above=step.count)


def slope_name(step: Step) -> Formula:
    """g′(z) of the step's unit."""
    return m.g_prime(_z(step))


def slope_symbols(narrator: Narrator, step: Step) -> Formula:
    """g′(z) as the activation has it: a × (1 − a) for the sigmoid; g′(z) itself where a says nothing more."""
    slope = SLOPES[narrator.trace.network.activation_name]
    if slope.unit is None:
        return slope_name(step)
    written = slope.unit(m.a(step.layer, step.unit))
    return m.group(written) if slope.is_sum else written


def slope_row(narrator: Narrator, step: Step) -> Line:
    """g′(z) = 0.65 × (1 − 0.65) = 0.23."""
    slope = narrator.value(Address(Symbol.SLOPE, step.layer, step.unit))
    by_a = SLOPES[narrator.trace.network.activation_name].unit
    a = Address(Symbol.A, step.layer, step.unit)
    if by_a is None or narrator.rounds_to_1(a):
        return stated(slope_name(step), narrator.number(slope))
    return stated(slope_name(step), by_a(narrator.operand(a)), equals(narrator, slope))


def scaled(narrator: Narrator, step: Step) -> Formula:
    """−0.63 × 0.23 = −0.14."""
    slope = narrator.value(Address(Symbol.SLOPE, step.layer, step.unit))
    factors = m.product(narrator.number(step.total), narrator.number(slope))
    return m.row(factors, result_of(narrator, step))


def _hidden_symbols(narrator: Narrator, step: Step) -> Formula:
    right = (m.group(_weighted(narrator, step)), m.operator("×"), slope_symbols(narrator, step))
    return m.row(m.delta(step.layer, step.unit), m.equals(), *right)


def _hidden_numbers(narrator: Narrator, step: Step) -> Formula:
    terms = sum_of(step, lambda i: product_of(narrator, step, i))
    return m.lines(
        stated(_weighted(narrator, step), terms, equals(narrator, step.total)),
        slope_row(narrator, step),
        stated(m.delta(step.layer, step.unit), scaled(narrator, step)),
    )


def _hidden_term(narrator: Narrator, step: Step, index: int) -> Formula:
    return term_of_sum(narrator, step, index, product_of(narrator, step, index), m.words("sum"))


def _hidden_vectorised(narrator: Narrator, step: Step) -> Formula:
    n = step.layer
    product = m.row(m.transpose(m.theta(n)), m.delta(n + 1))
    return m.row(m.delta(n), m.equals(), product, m.operator(".*"), slope_layer(narrator, step))


def slope_layer(narrator: Narrator, step: Step) -> Formula:
    """g′ of the step's whole layer, by a where that says more."""
    by_a = SLOPES[narrator.trace.network.activation_name].layer
    return m.g_prime(m.z(step.layer)) if by_a is None else by_a(m.a(step.layer))


def _hidden_dimensions(narrator: Narrator, step: Step) -> str:
    units, following = narrator.sizes[step.layer - 1], narrator.sizes[step.layer]
    column = size(units, 1)
    return f"{size(units, following)} · {size(following, 1)} .* {column} = {column}"


def _bias_symbols(narrator: Narrator, step: Step) -> Formula:
    whole = m.row(m.delta(step.layer, 0), m.equals(), _weighted(narrator, step))
    return m.struck(whole)


def _bias_numbers(narrator: Narrator, step: Step) -> Formula:
    terms = sum_of(step, lambda i: product_of(narrator, step, i))
    result = m.row(m.delta(step.layer, 0), result_of(narrator, step))
    return m.lines(
        stated(_weighted(narrator, step), terms, equals(narrator, step.value)),
        (m.struck(result), m.words("")),
    )


def _error_layer(narrator: Narrator, step: Step) -> Formula:
    errors = [Address(Symbol.DELTA, step.layer, unit) for unit in range(1, narrator.sizes[step.layer - 1] + 1)]
    return m.row(m.delta(step.layer), m.equals(), column(narrator, errors))


FORMULAS: dict[type[Step], Formulas] = {
    Activate: Formulas(
        _activate_symbols,
        _activate_numbers,
        _activate_term,
        _activate_vectorised,
        _activate_layer,
        _activate_dimensions,
    ),
    OutputCost: Formulas(_cost_symbols, _cost_numbers, _cost_term, _cost_vectorised, _cost_numbers, _cost_dimensions),
    ExampleCost: Formulas(
        _total_symbols, _total_numbers, _total_term, _total_vectorised, _total_numbers, _total_dimensions
    ),
    OutputError: Formulas(
        _output_error_symbols,
        _output_error_numbers,
        _output_error_term,
        _output_error_vectorised,
        _error_layer,
        _output_error_dimensions,
    ),
    HiddenError: Formulas(
        _hidden_symbols, _hidden_numbers, _hidden_term, _hidden_vectorised, _error_layer, _hidden_dimensions
    ),
    # The bias unit ends its layer, so what is said of the layer is said of the units in it.
    BiasError: Formulas(
        _bias_symbols, _bias_numbers, _hidden_term, _hidden_vectorised, _error_layer, _hidden_dimensions
    ),
    **ROW_FORMULAS,
}
