"""The table for spreadsheets: it parses, and its numbers are the engine's to the last bit."""

import csv
import io

import pytest

from nnviz.documents.table import BYTE_ORDER_MARK, TERMS, TOLD, csv_text, name
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.story import Level
from tests.documents.stories import told


def rows(state, level):
    text = "".join(csv_text(state, level))
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK)), strict=True))


def address(row):
    column = None if row["column"] == "" else int(row["column"])
    return Address(Symbol(row["symbol"]), int(row["layer"]), int(row["row"]), column)


@pytest.mark.parametrize("level", [Level.UNIT, Level.LAYER, Level.EXAMPLE], ids=lambda level: level.value)
def test_each_number_is_the_engines(level):
    state = told("iris", 150)
    table = rows(state, level)
    assert list(table[0]) == [*TOLD, "sentence", "mistake"]
    trace = state.story.trace
    assert [float(row["value"]) for row in table] == [trace.quantity(address(row)).value for row in table]
    computed = sum(step.count if step.fills_row else 1 for step in state.story.steps)
    assert len(table) == computed


def test_a_unit_has_its_sum_too():
    state = told()
    trace = state.story.trace
    forward = [row for row in rows(state, Level.UNIT) if row["phase"] == "Forward"]
    assert len(forward) == 14
    for row in forward:
        assert float(row["sum"]) == trace.z[int(row["layer"]) - 1][int(row["row"]) - 1]


def test_by_term_every_product_has_its_operands():
    table = rows(told(), Level.TERM)
    assert list(table[0]) == [*TOLD, *TERMS, "sentence", "mistake"]
    assert len(table) == told().story.length
    products = [row for row in table if row["phase"] == "Forward" and row["operand 1"]]
    assert len(products) == 5 * 4 + 5 * 6 + 4 * 6
    for row in products:
        assert float(row["value of operand 1"]) * float(row["value of operand 2"]) == float(row["value"])
    assert products[1]["operand 1"] == "Θ(1)[1,1]"
    closed = [row for row in table if row["phase"] == "Forward" and not row["operand 1"]]
    trace = told().story.trace
    assert [float(row["value"]) for row in closed] == [trace.quantity(address(row)).value for row in closed]


def test_names_fit_into_a_cell():
    assert name(Address(Symbol.THETA, 2, 3, 1)) == "Θ(2)[3,1]"
    assert name(Address(Symbol.A, 1, 0)) == "a(1)[0]"
