"""What a tooltip of the drawing says of a number: its name, where it comes from, what can be done with it."""

import html
from collections.abc import Iterable

from nnviz.engine.quantities import Address, Symbol
from nnviz.picture.captions import provenance, spoken
from nnviz.picture.numbers import full
from nnviz.session.state import State


def explained(state: State, address: Address) -> list[str]:
    """Lines about the number at *address*, as plain text."""
    name = spoken(address, state.model.dataset, state.model.network.sizes)
    lines = [name[:1].upper() + name[1:]]
    if not state.story.known(address, state.moment.place):
        return [*lines, "Not computed yet."]
    try:
        lines.append(provenance(state.story, address, state.view.digits))
    except LookupError:  # a whole row has no single number
        return lines
    if address.symbol is Symbol.THETA:
        lines.append("Double-click or turn the wheel to change it.")
    elif address.symbol is Symbol.A and address.layer == 1 and address.row:
        lines += [_measured(state, address.row), "Double-click or turn the wheel to change it."]
    elif address.symbol is Symbol.Y:
        lines.append("Double-click to make this the class.")
    return lines


def as_html(lines: Iterable[str]) -> str:
    """*lines* for a tooltip; names that come from data are never taken for markup."""
    return "<qt>" + "<br>".join(html.escape(line) for line in lines) + "</qt>"


def _measured(state: State, feature: int) -> str:
    """How an input comes from the feature as it was measured."""
    model = state.model
    raw = float(model.raw(state.moment.example)[feature - 1])
    name, unit = model.dataset.feature_names[feature - 1], model.dataset.units[feature - 1]
    formula = model.fitted.formula(feature - 1, name)
    return f"x = {formula}, {name} = {full(raw)} {unit}".rstrip()
