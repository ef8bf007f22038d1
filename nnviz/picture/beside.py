"""What the student's code gave, told beside our own numbers: in a sentence, in a cell of the table, in a tooltip."""

import math
from collections.abc import Sequence

from nnviz.engine.quantities import Address
from nnviz.engine.steps import ExampleCost, Gradient
from nnviz.engine.story import Level, Telling
from nnviz.engine.theirs import Theirs
from nnviz.picture.markup import plain
from nnviz.picture.narrator import Narrator
from nnviz.picture.notation import gradient
from nnviz.picture.numbers import full, shown, told_apart

AGREES, DIFFERS = "✓", "✕"
MOST_NAMED = 2  # entries whose numbers a sentence writes out


def sentence(narrator: Narrator, telling: Telling, level: Level) -> str:
    """What follows our own sentence, a space first: how much of theirs differs; "" where they gave nothing."""
    theirs, step = narrator.theirs, telling.step
    if theirs is None or not narrator.trace.final:
        return ""
    if level.whole:
        cost = "" if theirs.cost_agrees else _cost(narrator, theirs)
        return f"{cost} " + _compared(narrator, theirs, theirs.differing(), sum(d.size for d in theirs.D), "Your D")
    if isinstance(step, ExampleCost):
        return _cost(narrator, theirs) if telling.complete else ""
    if not isinstance(step, Gradient):
        return ""
    if level is Level.LAYER:
        wrong, name = theirs.differing(step.layer), f"Your {plain(gradient(step.layer))}"
        return " " + _compared(narrator, theirs, wrong, theirs.D[step.layer - 1].size, name)
    if level is Level.TERM or not telling.complete:
        return " " + _entry(narrator, theirs, step.entry(step.symbol, telling.terms - 1))
    return " " + _compared(narrator, theirs, theirs.differing(step.layer, step.unit), step.count, "Yours")


def cell(theirs: Theirs, address: Address, digits: int) -> tuple[str, bool]:
    """Their number at an entry of D as a table writes it, with a mark, nan as NumPy does, and whether it agrees."""
    value, agrees = theirs.entry(address)
    number = "nan" if math.isnan(value) else shown(value, digits, signed=True)
    return f"{number} {AGREES if agrees else DIFFERS}", agrees


def explained(theirs: Theirs, address: Address, ours: float) -> str:
    """The same in a tooltip, with all digits: ``Yours is 0.4363…, and should be 0.1220….``"""
    value, agrees = theirs.entry(address)
    return f"Yours is {full(value)}: it agrees." if agrees else f"Yours is {full(value)}, and should be {full(ours)}."


def _compared(narrator: Narrator, theirs: Theirs, wrong: Sequence[Address], count: int, whose: str) -> str:
    """*wrong* of the *count* entries of a row, a matrix or of all D."""
    if not wrong:
        return f"{whose} agrees in all {count} entries."
    named = [f"{_name(at)} {_instead(narrator, theirs, at)}" for at in wrong[:MOST_NAMED]]
    if len(wrong) > MOST_NAMED:
        named.append(f"and {len(wrong) - MOST_NAMED} more")
    return f"{whose} differs in {len(wrong)} of {count} entries: {', '.join(named)}."


def _entry(narrator: Narrator, theirs: Theirs, address: Address) -> str:
    if theirs.entry(address)[1]:
        return "Yours agrees."
    return f"Yours differs: it {_instead(narrator, theirs, address)}."


def _name(address: Address) -> str:
    return plain(gradient(address.layer, address.row, address.column))


def _instead(narrator: Narrator, theirs: Theirs, address: Address) -> str:
    return _is(theirs.entry(address)[0], narrator.value(address), narrator.digits)


def _cost(narrator: Narrator, theirs: Theirs) -> str:
    """J belongs to all examples, so it is told where the cost of the last one is."""
    if theirs.J is None or theirs.cost is None:
        return ""
    over = "With all examples" if narrator.m > 1 else "With this one example"
    decay = " and the weight decay" if narrator.trace.epoch.lambda_ else ""
    if theirs.cost_agrees:
        return f" {over}{decay}, J = {narrator.text(theirs.cost)}, and yours agrees."
    return f" {over}{decay}, your J {_is(theirs.J, theirs.cost, narrator.digits)}."


def _is(value: float, right: float, digits: int) -> str:
    """``is 0.44 and should be 0.12``, with as many digits as show that they differ."""
    if math.isnan(value):
        return f"is no number and should be {shown(right, digits)}"
    yours, ours = told_apart(value, right, digits)
    return f"is {yours} and should be {ours}"
