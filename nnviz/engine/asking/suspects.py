"""What the usual mistakes would give in place of a number that was asked for: each with its name in words."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from nnviz.engine.asking.question import Question
from nnviz.engine.computed import Computed
from nnviz.engine.faults import FAULTS
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.trace import trace_in

MOST_WORK = 2e6
"""Entries of Θ times examples for which a pass is gone through once more with a mistake: some 10 ms for each."""


class Suspect(NamedTuple):
    """A sentence that names a mistake, and the number that it gives."""

    words: str
    value: float


def suspects(question: Question) -> Iterator[Suspect]:
    """Every mistake that could be made in this very step, the most specific first.

    First the story's own numbers on the way to this one; then the mistakes that can be planted, each with the number
    that the story told with it has here; then what stands beside it; last the other sign.
    """
    computed, at = question.step.computed, question.target
    yield from _OWN[at.symbol](computed, at)
    yield from _planted(question)
    yield from _beside(computed, at)
    yield Suspect("That has the other sign.", -question.value)


def _planted(question: Question) -> Iterator[Suspect]:
    """The catalogue, as far as it is about a step of this kind."""
    step, at = question.step, question.target
    epoch, example = step.computed.epoch, step.computed.example
    if at.symbol is Symbol.Z or epoch.network.entries * epoch.m > MOST_WORK:
        return
    for row in FAULTS:
        if not issubclass(row.step, type(step)):
            continue
        wrong = trace_in(replace(epoch, lines=row.lines), example, final=step.computed.final, mistake=row.step)
        if row.step.strikes(wrong, step.layer):
            yield Suspect(f"That is what “{row.title}” gives. {row.sentence}", wrong.quantity(at).value)


def _beside(computed: Computed, at: Address) -> Iterator[Suspect]:
    """The same of the unit, or in the column, before and after; of more, one would fit any number."""
    sizes, name = computed.network.sizes, at.symbol.value
    if at.column is None:
        for unit in (at.row - 1, at.row + 1):
            if 0 < unit <= sizes[at.layer - 1]:
                value = computed.quantity(at._replace(row=unit)).value
                yield Suspect(f"That is {name} of unit {unit}, not of unit {at.row}.", value)
        return
    for column in (at.column - 1, at.column + 1):
        if 0 <= column <= sizes[at.layer - 1]:
            where = "the bias column" if column == 0 else f"column {column}"
            value = computed.quantity(at._replace(column=column)).value
            yield Suspect(f"That is the entry of {name} in {where}; columns count from 0, the bias’s.", value)


def _of_z(computed: Computed, at: Address) -> Iterator[Suspect]:
    theta, before = computed.network.theta(at.layer - 1), computed.with_bias(at.layer - 1)
    z = float(computed.z[at.layer - 1][at.row - 1])
    bias = float(theta[at.row - 1, 0])
    yield Suspect("That is the sum without the bias.", z - bias)
    yield Suspect("That is a: g has been applied already, and z comes before it.", _a(computed, at))
    if theta.shape[0] == theta.shape[1] - 1:
        column = float(theta[:, at.row].dot(before[1:]))
        for value in (column, bias + column):
            yield Suspect("You took Θ’s column instead of its row.", value)
    if len(before) > 2:
        last = float(theta[at.row - 1, -1] * before[-1])
        yield Suspect("That is the sum without its last product.", z - last)


def _a(computed: Computed, at: Address) -> float:
    return computed.quantity(at._replace(symbol=Symbol.A)).value


def _g(computed: Computed, at: Address, z: float) -> tuple[float, float]:
    """g and g′ of the unit's layer at z; the output's g is the sigmoid."""
    if at.layer == computed.network.layers:
        a = float(np.exp(-np.logaddexp(0.0, -z)))
        return a, a * (1.0 - a)
    g, slope = computed.network.activation.evaluate(np.array([z]))
    return float(g[0]), float(slope[0])


def _of_a(computed: Computed, at: Address) -> Iterator[Suspect]:
    z = computed.quantity(at._replace(symbol=Symbol.Z)).value
    bias = float(computed.network.theta(at.layer - 1)[at.row - 1, 0])
    yield Suspect("That is z: g is still to be applied.", z)
    yield Suspect("That is g(−z): the sign of z got lost.", _g(computed, at, -z)[0])
    yield Suspect("That is the slope g′(z), not g(z).", _g(computed, at, z)[1])
    yield Suspect("That is g of the sum without the bias.", _g(computed, at, z - bias)[0])


def _of_delta(computed: Computed, at: Address) -> Iterator[Suspect]:
    if at.layer == computed.network.layers:
        yield Suspect("That is y − a, and δ is a − y.", -computed.quantity(at).value)
        yield Suspect("That is a: y has still to be taken away.", _a(computed, at))
    else:
        yield from _of_hidden_delta(computed, at)


def _of_hidden_delta(computed: Computed, at: Address) -> Iterator[Suspect]:
    total = float(computed.weighted[at.layer - 1][at.row])
    slope, a = float(computed.slope[at.layer - 1][at.row - 1]), _a(computed, at)
    yield Suspect("That is the sum before × g′(z).", total)
    yield Suspect("You took g(z) instead of g′(z).", total * a)
    yield Suspect("That is the sum × (1 − a): g′(z) has an a in it, too.", total * (1.0 - a))
    theta, delta = computed.network.theta(at.layer), computed.delta[at.layer]
    if theta.shape[0] == theta.shape[1] - 1:
        row = float(theta[at.row - 1, 1:].dot(delta))
        yield Suspect("You took Θ’s row instead of its column.", row * slope)
    yield Suspect("That is g′(z) alone: the sum is still to be multiplied with it.", slope)


def _of_accumulator(computed: Computed, at: Address) -> Iterator[Suspect]:
    assert at.column is not None
    before = computed.quantity(at._replace(symbol=Symbol.ACCUMULATOR_BEFORE)).value
    added = float(computed.contribution[at.layer - 1][at.row - 1, at.column])
    delta = float(computed.delta[at.layer][at.row - 1])
    yield Suspect("That is Δ before this example: δ × a is still to be added.", before)
    yield Suspect("That is δ × a of this example alone: Δ before is still to be added.", added)
    yield Suspect("δ × a is to be added to Δ, not taken away.", before - added)
    yield Suspect("That is Δ + δ: δ is still to be multiplied with a.", before + delta)
    yield Suspect("That is δ alone.", delta)
    yield from _swapped(computed, at, before)


def _swapped(computed: Computed, at: Address, before: float) -> Iterator[Suspect]:
    """δ of the unit that a should be of, and the other way round."""
    assert at.column is not None
    delta, a = computed.delta[at.layer], computed.a[at.layer - 1]
    if at.column != at.row and 0 < at.column <= len(delta) and at.row <= len(a):
        value = before + float(delta[at.column - 1] * a[at.row - 1])
        yield Suspect("You changed the places: δ belongs to where the link ends, a to where it starts.", value)


def _of_gradient(computed: Computed, at: Address) -> Iterator[Suspect]:
    epoch, m = computed.epoch, computed.epoch.m
    sums = computed.quantity(at._replace(symbol=Symbol.ACCUMULATOR)).value
    decay = epoch.lambda_ * computed.quantity(at._replace(symbol=Symbol.THETA)).value
    if at.column:
        yield Suspect("That is Δ + λΘ: it is still to be divided by m.", sums + decay)
        yield Suspect("That is Δ/m: λΘ is left out.", sums / m)
        yield Suspect("λΘ is to be added, not taken away.", (sums - decay) / m)
        yield Suspect("That is Δ/m + λΘ: λΘ is to be divided by m, too.", sums / m + decay)
        yield Suspect("That is λΘ/m alone: Δ is left out.", decay / m)
    else:
        yield Suspect("The bias column has no weight decay: only Δ/m.", (sums + decay) / m)
    yield Suspect("That is Δ: it is not divided by m.", sums)


_OWN: dict[Symbol, Callable[[Computed, Address], Iterator[Suspect]]] = {
    Symbol.Z: _of_z,
    Symbol.A: _of_a,
    Symbol.DELTA: _of_delta,
    Symbol.ACCUMULATOR: _of_accumulator,
    Symbol.D: _of_gradient,
}
