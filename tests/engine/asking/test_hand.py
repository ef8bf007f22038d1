"""What a calculation by hand may give, against such calculations in plain Python with the numbers on the screen."""

import math
import random

import pytest

from nnviz.engine.asking.hand import by_hand
from nnviz.engine.asking.judging import Mark, judge
from nnviz.engine.asking.question import Kind
from nnviz.engine.decimals import rounding
from nnviz.engine.quantities import Address, Symbol
from nnviz.picture.numbers import shown
from tests.engine.asking.cases import questions, story


def read(text):
    """The number that a student reads."""
    return float(text.replace("−", "-"))


class Sheet:
    """A calculation by hand: numbers are read from the screen, results on the way are written to its digits."""

    def __init__(self, computed, digits, write, shift=lambda: 0.0):
        self.computed, self.digits, self.shift = computed, digits, shift
        self.write = (lambda value: read(shown(value, digits))) if write else (lambda value: value)

    def at(self, symbol, layer, row, column=None):
        address = Address(symbol, layer, row, column)
        value = self.computed.quantity(address).value
        if symbol is Symbol.Y or (symbol is Symbol.A and row == 0):
            return value
        return read(shown(value, self.digits)) + self.shift() * rounding(value, self.digits)

    def g(self, layer, z):
        network = self.computed.network
        name = "sigmoid" if layer == network.layers else network.activation_name
        return {"sigmoid": 1 / (1 + math.exp(-z)), "tanh": math.tanh(z), "relu": max(0.0, z), "linear": z}[name]

    def slope(self, layer, unit):
        a = self.at(Symbol.A, layer, unit)
        by_a = {"sigmoid": a * (1 - a), "tanh": 1 - a * a, "relu": float(a > 0), "linear": 1.0}
        return self.write(by_a[self.computed.network.activation_name])

    def result(self, target):
        return {
            Symbol.Z: self.z,
            Symbol.A: lambda at: self.g(at.layer, self.at(Symbol.Z, at.layer, at.row)),
            Symbol.DELTA: self.delta,
            Symbol.ACCUMULATOR: self.accumulator,
            Symbol.D: self.gradient,
        }[target.symbol](target)

    def z(self, at):
        before = at.layer - 1
        units = range(self.computed.network.sizes[before - 1] + 1)
        return sum(self.write(self.at(Symbol.THETA, before, at.row, i) * self.at(Symbol.A, before, i)) for i in units)

    def delta(self, at):
        sizes = self.computed.network.sizes
        if at.layer == len(sizes):
            return self.at(Symbol.A, at.layer, at.row) - self.at(Symbol.Y, at.layer, at.row)
        terms = (
            self.write(self.at(Symbol.THETA, at.layer, k, at.row) * self.at(Symbol.DELTA, at.layer + 1, k))
            for k in range(1, sizes[at.layer] + 1)
        )
        return self.write(sum(terms)) * self.slope(at.layer, at.row)

    def accumulator(self, at):
        error = self.at(Symbol.DELTA, at.layer + 1, at.row)
        product = self.write(error * self.at(Symbol.A, at.layer, at.column))
        return self.at(Symbol.ACCUMULATOR_BEFORE, at.layer, at.row, at.column) + product

    def gradient(self, at):
        epoch, top = self.computed.epoch, self.at(Symbol.ACCUMULATOR, at.layer, at.row, at.column)
        if at.column:
            top = self.write(top + self.write(epoch.lambda_ * self.at(Symbol.THETA, at.layer, at.row, at.column)))
        return top / epoch.m


@pytest.mark.parametrize("seed", range(32))
@pytest.mark.parametrize("digits", [1, 2, 4])
@pytest.mark.parametrize("write", [False, True], ids=["kept", "written down"])
def test_what_is_calculated_from_the_numbers_shown_is_right(seed, digits, write):
    asked = [one for example in range(3) for one in questions(story(seed, example), digits, Kind.NUMBER)]
    for one in asked:
        result = Sheet(one.step.computed, digits, write).result(one.target)
        assert judge(one, shown(result, digits), digits).mark is Mark.RIGHT, (one.target, result, one.value)
        assert judge(one, repr(result), digits).mark is Mark.RIGHT
        assert judge(one, shown(one.value, digits), digits).mark is Mark.RIGHT
        assert judge(one, repr(one.value), digits).mark is Mark.RIGHT
    assert asked


@pytest.mark.parametrize("seed", range(32))
def test_wherever_the_operands_may_lie_the_result_is_in_it(seed):
    chance = random.Random(seed)
    for one in questions(story(seed), 2, Kind.NUMBER):
        found = by_hand(one.step.computed, one.target, 2)
        for shift in (lambda: chance.uniform(-1, 1), lambda: chance.choice((-1, 1))):
            sheet = Sheet(one.step.computed, 2, False, shift)
            if one.target.symbol is Symbol.DELTA and one.step.computed.network.activation_name == "relu":
                continue  # a that is shown as 0.00 may not be moved to the other side of the bend
            for _ in range(20):
                assert sheet.result(one.target) in found


@pytest.mark.parametrize("seed", range(32))
def test_what_is_clearly_wrong_is_not_right(seed):
    seen = 0
    for one in questions(story(seed), 2, Kind.NUMBER):
        for wrong in (-one.value, 10 * one.value, one.value / 10, one.value + 1, one.value - 1):
            if one.value and abs(one.value) > 0.05:
                assert judge(one, repr(wrong), 2).mark is Mark.WRONG, (one.target, wrong, one.value)
                seen += 1
    assert seen


def test_the_tolerance_of_a_difference_by_hand():
    # δ = a − y: a is shown as 0.xx, so it may be 0.005 off; the answer may be rounded by as much once more.
    one = next(one for one in questions(story(1), 2) if one.target.symbol is Symbol.DELTA)
    found = by_hand(one.step.computed, one.target, 2)
    assert 0.05 < abs(one.value) < 1.0
    assert found.high - found.low == pytest.approx(0.02, rel=0.1)
    assert one.value in found
