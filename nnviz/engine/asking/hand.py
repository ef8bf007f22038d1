"""What a calculation by hand may come to, with the numbers as they are shown."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from nnviz.engine.activations import Activation, activation, logistic
from nnviz.engine.asking.interval import Interval, around, exactly, hull, total
from nnviz.engine.computed import Computed
from nnviz.engine.decimals import rounded, rounding
from nnviz.engine.quantities import Address, Symbol

SLACK = 1e-12
"""For the rounding of the computer itself, as a share of the number."""


def by_hand(computed: Computed, target: Address, digits: int) -> Interval:
    """All that a calculation by hand of the number at *target* can give, with numbers shown to *digits*.

    Each operand may be anything that is shown as it is: half a unit of its last digit to either side. A product, a sum
    or a slope that is written down on the way may be rounded as it would be shown, and so may the answer: half a unit
    of its last digit more. What is shown without rounding (y, the bias unit's 1, m, λ, an exact 0) does not move. The
    true number is always in it.
    """
    found = _RULES[target.symbol](_Hand(computed, digits), target)
    value = computed.quantity(target).value
    found = hull(found, exactly(value))
    return found.widened(max(rounding(value, digits), rounding(found.size, digits)) + SLACK * found.size)


class _Hand(NamedTuple):
    """One example, and the digits that its numbers are shown with."""

    computed: Computed
    digits: int

    def shown(self, address: Address) -> Interval:
        """What is read at *address*."""
        value = self.computed.quantity(address).value
        if address.whole and value.is_integer():
            return exactly(value)
        return around(rounded(value, self.digits), rounding(value, self.digits))

    def put_down(self, found: Interval) -> Interval:
        """A result on the way, rounded as it would be shown."""
        return found.widened(rounding(found.size, self.digits))

    def product(self, *operands: Interval) -> Interval:
        """Of shown numbers; one that is only copied is not rounded again."""
        found, *others = operands
        for other in others:
            copied = exactly(1.0) in (found, other)
            found = found * other if copied else self.put_down(found * other)
        return found

    def kind(self, layer: int) -> Activation:
        """g of a layer: the output's is the sigmoid."""
        network = self.computed.network
        return activation("sigmoid" if layer == network.layers else network.activation_name)


def _z(hand: _Hand, at: Address) -> Interval:
    units = range(hand.computed.network.sizes[at.layer - 2] + 1)
    before = at.layer - 1
    terms = (
        hand.product(hand.shown(Address(Symbol.THETA, before, at.row, i)), hand.shown(Address(Symbol.A, before, i)))
        for i in units
    )
    return total(terms)


def _a(hand: _Hand, at: Address) -> Interval:
    g = hand.kind(at.layer)
    z = hand.shown(at._replace(symbol=Symbol.Z))
    if g.name == "sigmoid":
        return z.through(lambda value: float(logistic(np.array([value]))[0][0]))
    return z.through(lambda value: float(g.function(np.array([value]))[0]))


def _delta(hand: _Hand, at: Address) -> Interval:
    if at.layer == hand.computed.network.layers:
        return _activation(hand, at) + -hand.shown(Address(Symbol.Y, at.layer, at.row))
    following = range(1, hand.computed.network.sizes[at.layer] + 1)
    terms = (
        hand.product(
            hand.shown(Address(Symbol.THETA, at.layer, k, at.row)), hand.shown(Address(Symbol.DELTA, at.layer + 1, k))
        )
        for k in following
    )
    return hand.put_down(total(terms)) * slope(hand, at)


def _activation(hand: _Hand, at: Address) -> Interval:
    """a of a unit, which its g keeps within bounds."""
    bounds = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0)}
    a = hand.shown(at._replace(symbol=Symbol.A))
    limits = bounds.get(hand.kind(at.layer).name)
    return a.within(*limits) if limits else a


def slope(hand: _Hand, at: Address) -> Interval:
    """g′ of a hidden unit: from a, as the course has it, or from z."""
    g = hand.kind(at.layer)
    if g.name not in _SLOPES:
        return exactly(hand.computed.quantity(at._replace(symbol=Symbol.SLOPE)).value)
    by_a, turn = _SLOPES[g.name]
    z = hand.shown(at._replace(symbol=Symbol.Z))
    from_z = z.through(lambda value: float(g.slope(np.array([value]))[0]), 0.0)
    return hand.put_down(hull(_activation(hand, at).through(by_a, turn), from_z))


_SLOPES: dict[str, tuple[Callable[[float], float], float]] = {
    "sigmoid": (lambda a: a * (1.0 - a), 0.5),
    "tanh": (lambda a: 1.0 - a * a, 0.0),
}
"""g′ by a, and the a at which it is the largest; those of the others are exact: 0 or 1."""


def _accumulator(hand: _Hand, at: Address) -> Interval:
    assert at.column is not None
    error = hand.shown(Address(Symbol.DELTA, at.layer + 1, at.row))
    added = hand.product(error, hand.shown(Address(Symbol.A, at.layer, at.column)))
    return hand.shown(at._replace(symbol=Symbol.ACCUMULATOR_BEFORE)) + added


def _gradient(hand: _Hand, at: Address) -> Interval:
    epoch = hand.computed.epoch
    top = hand.shown(at._replace(symbol=Symbol.ACCUMULATOR))
    if at.column and epoch.lambda_:
        theta = hand.shown(at._replace(symbol=Symbol.THETA))
        top = hand.put_down(top + hand.product(exactly(epoch.lambda_), theta))
    return top / epoch.m


_RULES: dict[Symbol, Callable[[_Hand, Address], Interval]] = {
    Symbol.Z: _z,
    Symbol.A: _a,
    Symbol.DELTA: _delta,
    Symbol.ACCUMULATOR: _accumulator,
    Symbol.D: _gradient,
}
