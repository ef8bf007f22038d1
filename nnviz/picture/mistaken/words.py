"""What is said of a step with a planted mistake: what is wrong, what comes of it, and what would be right."""

from collections.abc import Callable

from nnviz.engine.faults import Fault
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import HiddenError, Step
from nnviz.picture import notation as m
from nnviz.picture.markup import plain
from nnviz.picture.narrator import Narrator, capital
from nnviz.picture.sentences import SENTENCES, Sentences

NAMES = {Symbol.ACCUMULATOR: m.accumulator, Symbol.D: m.gradient, Symbol.THETA_NEW: m.theta}


def sentences(row: Fault) -> Sentences:
    """What is said of the steps in which this mistake strikes."""
    if row.step.fills_row:
        return Sentences(_said(row, _row), _entry, _said(row, _matrix))
    term = SENTENCES[HiddenError].term if issubclass(row.step, HiddenError) else _error_term
    return Sentences(_said(row, _unit), term, _said(row, _layer), _said(row, _unit))


def _said(row: Fault, outcome: Callable[[Narrator, Step], str]) -> Callable[[Narrator, Step], str]:
    """What is wrong, and what comes of it."""
    return lambda narrator, step: f"{row.sentence} {outcome(narrator, step)}"


def _compared(narrator: Narrator, address: Address) -> str:
    value, right = narrator.value(address), narrator.right(address)
    found, expected = narrator.text(value), narrator.text(right)
    if not narrator.differs(address):
        return f"{found}, as it should be"
    if found == expected:
        return f"{found}, off by {narrator.text(value - right)}"
    return f"{found}; right would be {expected}"


def _unit(narrator: Narrator, step: Step) -> str:
    unit = capital(narrator.names.unit(step.layer, step.unit))
    return f"{unit} gets δ = {_compared(narrator, step.target)}."


def _layer(narrator: Narrator, step: Step) -> str:
    units = range(1, narrator.sizes[step.layer - 1] + 1)
    return _counted(narrator, [Address(Symbol.DELTA, step.layer, unit) for unit in units], f"δ of layer {step.layer}")


def _counted(narrator: Narrator, addresses: list[Address], what: str) -> str:
    """In how many of them the mistake shows."""
    off = sum(narrator.differs(address) for address in addresses)
    return f"{off} of the {len(addresses)} {what} differ{'s' * (off == 1)} from what is right."


def _row(narrator: Narrator, step: Step) -> str:
    name = plain(NAMES[step.symbol](step.layer))
    addresses = [step.target._replace(column=column) for column in range(step.count)]
    return _counted(narrator, addresses, f"entries in row {step.unit} of {name}")


def _matrix(narrator: Narrator, step: Step) -> str:
    rows, columns = range(1, narrator.sizes[step.layer] + 1), range(step.count)
    addresses = [Address(step.symbol, step.layer, row, column) for row in rows for column in columns]
    return _counted(narrator, addresses, f"entries of {plain(NAMES[step.symbol](step.layer))}")


def _entry(narrator: Narrator, step: Step, index: int) -> str:
    name = plain(NAMES[step.symbol](step.layer, step.unit, index))
    return f"{name} = {_compared(narrator, step.target._replace(column=index))}."


def _error_term(narrator: Narrator, step: Step, index: int) -> str:
    (address,) = step.operands(index)
    name = "what it should be, y" if address.symbol is Symbol.Y else "what it says, a"
    if index == 0:
        return f"The error of {narrator.names.unit(step.layer, step.unit)} begins with {name} = {narrator.at(address)}."
    whose = "" if address.row == step.unit else f" of {narrator.names.unit(address.layer, address.row)}"
    return f"{capital(name)} = {narrator.at(address)}{whose}, is taken away: {narrator.text(step.total)}."
