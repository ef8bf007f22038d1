"""What every sentence, formula and table needs: the names of units and the numbers of one example, written alike."""

import math
from dataclasses import dataclass

from nnviz.engine.data import Dataset
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.theirs import Theirs
from nnviz.engine.trace import Trace
from nnviz.picture import notation
from nnviz.picture.markup import Formula
from nnviz.picture.numbers import MINUS, shown
from nnviz.picture.palette import Role

ROUNDING = 1e-9
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

_ROLES: dict[Symbol, Role] = {
    Symbol.A: "activation",
    Symbol.DELTA: "delta",
    Symbol.ACCUMULATOR_BEFORE: "accumulator",
    Symbol.ACCUMULATOR: "accumulator",
    Symbol.D: "accumulator",
}


@dataclass(frozen=True)
class Names:
    """What units are called. Without a dataset inputs and outputs have numbers only.

    ``sizes`` are the network's layers; none: only the inputs are known to be inputs.
    """

    dataset: Dataset | None = None
    sizes: tuple[int, ...] = ()

    def unit(self, layer: int, unit: int) -> str:
        """``unit 2 of layer 3``, ``the bias unit of layer 3``, ``input speed``, ``the output for car``."""
        if unit == 0:
            return f"the bias unit of layer {layer}"
        if layer == 1:
            return f"input {self.label(layer, unit)}"
        if layer == len(self.sizes):
            return self._output(unit)
        return f"unit {unit} of layer {layer}"

    def source(self, layer: int, unit: int) -> str:
        """The same for what sends a number on, as short as the layer before is known."""
        return "the bias unit" if unit == 0 else self.unit(layer, unit)

    def label(self, layer: int, unit: int) -> str:
        """The name that the data give a unit (``speed``, ``car``), or its number."""
        return self._given(layer, unit) or str(unit)

    def heading(self, layer: int, unit: int) -> str:
        """The head of a table's row: ``0 · bias``, ``1 · speed``, ``2``."""
        name = "bias" if unit == 0 else self._given(layer, unit)
        return f"{unit} · {name}" if name else str(unit)

    def _given(self, layer: int, unit: int) -> str:
        if self.dataset is None or unit == 0:
            return ""
        if layer == 1:
            return self.dataset.feature_names[unit - 1] if unit <= self.dataset.features else ""
        if layer == len(self.sizes) and 1 < self.sizes[-1] == self.dataset.outputs:
            return self.dataset.class_names[unit - 1]
        return ""

    def _output(self, unit: int) -> str:
        if self.sizes[-1] == 1:
            return "the output"
        name = self._given(len(self.sizes), unit)
        return f"the output for {name}" if name else f"output {unit}"


@dataclass(frozen=True, eq=False)
class Narrator:
    """One example's trace, the data it comes from, and the digits to write: all that a caption is made of.

    ``theirs`` is what the student's code gave for the same examples, if it was asked.
    """

    trace: Trace
    dataset: Dataset | None
    digits: int = 2
    theirs: Theirs | None = None

    @property
    def sizes(self) -> tuple[int, ...]:
        """s_1 … s_L."""
        return self.trace.network.sizes

    @property
    def names(self) -> Names:
        """The names of this network's units."""
        return Names(self.dataset, self.sizes)

    @property
    def example(self) -> int:
        """The number of the example in the data, from 1."""
        return self.trace.row + 1

    @property
    def examples(self) -> int:
        """How many examples the data have."""
        return self.m if self.dataset is None else len(self.dataset)

    @property
    def before(self) -> int:
        """How many examples of the pass come before this one."""
        return self.trace.example

    @property
    def m(self) -> int:
        """The number of examples that Θ learns from."""
        return self.trace.epoch.m

    @property
    def class_name(self) -> str:
        """What the example is, in words: the class whose y is the largest."""
        y = self.trace.y
        label = int(y[0] >= 0.5) if len(y) == 1 else int(y.argmax())
        return str(label + (len(y) > 1)) if self.dataset is None else self.dataset.class_names[label]

    def value(self, address: Address) -> float:
        """The number at *address*."""
        return self.trace.quantity(address).value

    def text(self, value: float, *, signed: bool = False) -> str:
        """A number as it is shown everywhere."""
        return shown(value, self.digits, signed=signed)

    def at(self, address: Address, *, signed: bool = False) -> str:
        """The number at *address*, as it is shown everywhere; y and the bias unit's 1 without decimals."""
        value = self.value(address)
        if address.whole and value.is_integer():
            return str(int(value))
        return self.text(value, signed=signed)

    def number(self, value: float, role: Role = "text", *, bold: bool = False) -> Formula:
        """A number that stands nowhere else, as a piece of a formula."""
        return notation.number(self.text(value), role, bold=bold)

    def operand(self, address: Address, *, bold: bool = False) -> Formula:
        """The number at *address* as a piece of a formula: coloured by its symbol, labelled with its key."""
        return notation.labelled(key(address), notation.number(self.at(address), self.role(address), bold=bold))

    def role(self, address: Address) -> Role:
        """The colour of the number at *address*: Θ by its sign, others by their symbol."""
        if address.symbol in (Symbol.THETA, Symbol.THETA_NEW):
            return "theta_negative" if self.value(address) < 0 else "theta_positive"
        return _ROLES.get(address.symbol, "text")

    def right(self, address: Address) -> float:
        """The number at *address* as it would be without a planted mistake."""
        return self.trace.right.quantity(address).value

    def differs(self, address: Address) -> bool:
        """Whether a mistake makes it another number, and not the same one rounded on another way."""
        return not math.isclose(self.value(address), self.right(address), rel_tol=ROUNDING, abs_tol=ROUNDING**2)

    def rounds_to_1(self, address: Address) -> bool:
        """Whether the number is shown as ±1 and is not: of a saturated unit 1 − a must not be written with it."""
        value = abs(self.value(address))
        return value != 1.0 and self.text(value) == self.text(1.0)

    @property
    def decay(self) -> str:
        """λ as it was set."""
        return setting(self.trace.epoch.lambda_)

    @property
    def rate(self) -> str:
        """α as it was set."""
        return setting(self.trace.epoch.learning_rate)


def setting(value: float) -> str:
    """A number that a person has set: as short as it can be written."""
    return f"{value:.6g}".replace("-", MINUS)


def counted(number: int, noun: str) -> str:
    """``four products``, ``one product``, ``785 products``."""
    word = _WORDS[number] if number < len(_WORDS) else str(number)
    return f"{word} {noun}{'' if number == 1 else 's'}"


def capital(sentence: str) -> str:
    """The sentence with a capital first letter; a symbol stays as it is."""
    return sentence[0].upper() + sentence[1:] if sentence[0].isascii() else sentence


def key(address: Address) -> str:
    """A label for the number at *address* in a formula; ``address_of`` reads it."""
    parts = (address.symbol.name, address.layer, address.row, address.column)
    return "/".join("" if part is None else str(part) for part in parts)


def address_of(label: str) -> Address:
    """The address that ``key`` has written. Raises ValueError or KeyError for anything else."""
    symbol, layer, row, column = label.split("/")
    return Address(Symbol[symbol], int(layer), int(row), int(column) if column else None)
