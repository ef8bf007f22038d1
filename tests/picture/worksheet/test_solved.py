"""A hundred worksheets, calculated again from what is printed by a solver that knows nothing of nnviz."""

import random
import re
from decimal import Decimal
from functools import cache

import pytest

from nnviz.picture.worksheet.exercise import MOST_DIGITS, exercise, most_units
from nnviz.picture.worksheet.formats import Order, pages
from nnviz.picture.worksheet.markdown import markdown
from nnviz.picture.worksheet.tex import tex
from tests.picture.worksheet.solver import LINES, number, numbers, read, rounded, solved

SHEETS = 100
made = cache(pages)
TEX_NUMBER = re.compile(r"\{(-?[0-9]+(?:\.[0-9]+)?)(?:\\mathrm\{e\}\{([-+][0-9]+)\})?\}")


def orders() -> list[Order]:
    chance = random.Random(20)
    found = []
    for seed in range(SHEETS):
        layers, examples = chance.choice((2, 3, 3, 4)), chance.choice((1, 1, 2))
        sizes = tuple(chance.randint(1, most_units(layers, examples)) for _ in range(layers))
        activation = chance.choice(("sigmoid", "sigmoid", "sigmoid", "tanh", "relu", "linear"))
        digits, decay = chance.choice((2, 2, 1, 3, 4, MOST_DIGITS)), chance.choice((0.0, 0.0, 0.5, 3.0))
        found.append(Order(sizes, seed, 1, digits, examples, decay, activation))
    return found


def differences(printed: list[list[str]], expected: LINES) -> list[str]:
    """Where a printed number is not the expected one, rounded to the last digit that is printed."""
    assert [len(line) for line in printed] == [len(line) for line in expected]
    return [
        f"line {index}: {text} is printed for {value!r}"
        for index, (line, values) in enumerate(zip(printed, expected, strict=True))
        for text, value in zip(line, values, strict=True)
        if abs(number(text) - value) > 0.5000001 * unit(text) + 1e-12
    ]


def unit(text: str) -> float:
    """What 1 is in the last digit."""
    return 10.0 ** Decimal(text.replace("−", "-")).as_tuple().exponent


def worked(solution: str) -> list[str]:
    """The lines of a solution below what is given, without the rule for D, which has no numbers."""
    lines = re.findall(r"^- (.*)$", solution.partition("## Forward")[2], re.MULTILINE)
    return [line for line in lines if not line.startswith("D⁽ˡ⁾")]


@pytest.mark.parametrize("order", orders(), ids=lambda order: f"{'-'.join(map(str, order.sizes))}-{order.seed}")
def test_every_printed_number_is_right(order):
    task, solution = markdown(made(order)).split("\n---\n")
    sheet = read(task)
    assert (sheet.activation, sheet.digits, sheet.m) == (
        order.activation if len(order.sizes) > 2 else "sigmoid",
        order.digits,
        order.examples,
    )
    assert [len(theta) for theta in sheet.thetas] == list(order.sizes[1:])
    lines = worked(solution)
    assert differences([numbers(line) for line in lines], solved(sheet)) == []
    if order.seed % 4 == 0:
        assert differences(in_latex(tex(made(order))), solved(sheet)) == []


def in_latex(document: str) -> list[list[str]]:
    """The numbers of each formula of the solution; they, and nothing else, stand in braces."""
    solution = document.partition(r"\clearpage")[2].partition("Forward")[2]
    formulas = re.findall(r"\$\\displaystyle (.*?)\$", solution)
    bare = [re.sub(r"[_^]\{[^{}]*(?:\{[^{}]*\})?[^{}]*\}", "", formula) for formula in formulas]
    found = [
        [mantissa + (f"e{exponent}" if exponent else "") for mantissa, exponent in TEX_NUMBER.findall(formula)]
        for formula in bare
    ]
    return [line for line in found if line]


@pytest.mark.parametrize("order", orders(), ids=lambda order: f"{'-'.join(map(str, order.sizes))}-{order.seed}")
def test_who_rounds_on_the_way_as_the_sheet_says_gets_what_is_printed(order):
    task, solution = markdown(made(order)).split("\n---\n")
    sheet = read(task)
    by_hand = solved(sheet, lambda value: rounded(value, sheet.carried))
    for line, values in zip(worked(solution), by_hand, strict=True):
        results = numbers(line)[-1:] if "[" not in line else numbers(line)
        for text, value in zip(results, values[-len(results) :], strict=True):
            even = abs(number(text) - value) < 1e-12
            assert even or abs(number(text) - rounded(value, sheet.digits)) < 1e-12, line


def test_the_solver_sees_a_wrong_digit():
    task, solution = markdown(made(Order(seed=7))).split("\n---\n")
    lines = [numbers(line) for line in worked(solution)]
    assert differences(lines, solved(read(task))) == []
    lines[3][-1] = f"{number(lines[3][-1]) + 0.01:.2f}"
    assert len(differences(lines, solved(read(task)))) == 1


def test_small_exercises_need_no_other_decimals_than_those_that_are_written():
    assert {exercise((2, 2, 1), seed).carried for seed in range(20)} == {2}
