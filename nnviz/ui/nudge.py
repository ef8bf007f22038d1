"""The commands that set a number of the drawing: Θ, an input in the data's own unit, the class."""

from nnviz.engine.quantities import Address, Symbol
from nnviz.session.commands import Command, SetClass, SetInput, SetTheta
from nnviz.session.state import State

NOTCH = 120
"""What Qt reports for one notch of a wheel, in eighths of a degree."""


def set_to(address: Address, value: float) -> Command:
    """Θ, or a feature in the data's units, becomes *value*."""
    if address.symbol is Symbol.THETA:
        assert address.column is not None
        return SetTheta(address.layer, address.row, address.column, value)
    return SetInput(address.row, value)


def nudge(state: State, address: Address, by: float) -> Command:
    """Θ, or a scaled input, becomes larger by *by*; a pixel stays between 0 and 1."""
    value = round(state.story.trace.quantity(address).value + by, 10)
    if address.symbol is Symbol.THETA:
        return set_to(address, value)
    if state.model.dataset.image_shape is not None:
        value = min(max(value, 0.0), 1.0)
    scaled = state.story.trace.a[0].copy()
    scaled[address.row - 1] = value
    return set_to(address, float(state.model.fitted.raw(scaled)[address.row - 1]))


def present(state: State, address: Address) -> float:
    """The number that an editor opens with: Θ, or a feature in the data's units."""
    if address.symbol is Symbol.THETA:
        return state.story.trace.quantity(address).value
    return float(state.model.raw(state.moment.example)[address.row - 1])


def choose(state: State, unit: int) -> Command:
    """Output *unit* is right; a single output changes sides."""
    single = state.model.dataset.outputs == 1
    return SetClass(int(state.story.trace.y[0] < 0.5) if single else unit - 1)


def notches(turned: float) -> tuple[int, float]:
    """Whole notches of a wheel that turned by *turned*, and what is left."""
    whole = int(turned / NOTCH)
    return whole, turned - whole * NOTCH
