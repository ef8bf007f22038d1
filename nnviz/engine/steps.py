"""The steps of a story: one class for each kind of computation, each telling its terms and its result.

A step is one unit's work, or one row's. It is told in ticks: a tick for each term, and where the sum then goes
through g or × g′, one more. Terms are made when asked for: a unit with 785 inputs costs nothing until looked at.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import ClassVar

import numpy as np

from nnviz.engine.arrays import Array
from nnviz.engine.computed import Computed
from nnviz.engine.quantities import Address, Symbol, Term


class Phase(Enum):
    """The chapters of a story, in order; the value is the word on the screen."""

    FORWARD = "Forward"
    COST = "Cost"
    BACKWARD = "Backward"
    ACCUMULATE = "Accumulate Δ"
    GRADIENT = "Gradient D"
    UPDATE = "Update Θ"


@dataclass(frozen=True, eq=False)
class Step:
    """One unit's work. ``layer`` and ``unit`` count from 1; unit 0 is the bias unit, or the layer as a whole for J.

    For rows of Δ, D and Θ, ``layer`` is l of Θ⁽ˡ⁾ and ``unit`` the row: a unit of layer l + 1.
    ``closes`` says whether a last tick puts the sum through g or × g′.
    """

    computed: Computed
    layer: int
    unit: int
    phase: ClassVar[Phase]
    symbol: ClassVar[Symbol]
    closes: ClassVar[bool] = False
    fills_row: ClassVar[bool] = False

    @property
    def target(self) -> Address:
        """What the step computes; of a row, the row."""
        return Address(self.symbol, self.layer, self.unit)

    @property
    @abstractmethod
    def count(self) -> int:
        """How many terms there are."""

    @abstractmethod
    def operands(self, index: int) -> tuple[Address, ...]:
        """What term *index* (from 0) is made of, in the order of the formula."""

    @property
    @abstractmethod
    def products(self) -> Array:
        """The values of the terms, shape (count,)."""

    @cached_property
    def totals(self) -> Array:
        """The sum after each term, shape (count,); of a row, its new entries."""
        return np.cumsum(self.products)

    @property
    def total(self) -> float:
        """The whole sum, as the engine has it (the running sums may differ from it in the last bit)."""
        return self.value

    @property
    def value(self) -> float:
        """What the step computes in the end."""
        return self.computed.quantity(self.target).value

    @property
    def ticks(self) -> int:
        """The number of places in the story that this step has."""
        return self.count + self.closes

    def term(self, index: int) -> Term:
        """Term *index*, from 0."""
        operands = tuple(self.computed.quantity(address) for address in self.operands(index))
        return Term(operands, float(self.products[index]), float(self.totals[index]))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """All terms in order."""
        return tuple(self.term(index) for index in range(self.count))


class Activate(Step):
    """z_j = Σ Θ_ji a_i, bias first, then a_j = g(z_j)."""

    phase = Phase.FORWARD
    symbol = Symbol.A
    closes = True

    @property
    def count(self) -> int:
        """s_{l−1} + 1."""
        return self.computed.network.sizes[self.layer - 2] + 1

    def operands(self, index: int) -> tuple[Address, ...]:
        """Θ⁽ˡ⁻¹⁾_ji and a⁽ˡ⁻¹⁾_i; i = *index*."""
        before = self.layer - 1
        return Address(Symbol.THETA, before, self.unit, index), Address(Symbol.A, before, index)

    @cached_property
    def products(self) -> Array:
        """Θ_ji a_i."""
        row: Array = self.computed.network.theta(self.layer - 1)[self.unit - 1]
        return row * self.computed.with_bias(self.layer - 1)

    @property
    def total(self) -> float:
        """z_j."""
        return float(self.computed.z[self.layer - 1][self.unit - 1])


class OutputCost(Step):
    """−y log h − (1 − y) log(1 − h) of one output unit."""

    phase = Phase.COST
    symbol = Symbol.COST

    @property
    def count(self) -> int:
        """Two: one for each half."""
        return 2

    def operands(self, index: int) -> tuple[Address, ...]:
        """y_k and h_k = a_k, in both halves."""
        return Address(Symbol.Y, self.layer, self.unit), Address(Symbol.A, self.layer, self.unit)

    @cached_property
    def products(self) -> Array:
        """Both halves, from the logit: −log h = log(1 + e^(−z)), −log(1 − h) = log(1 + e^z)."""
        y, z = self.computed.y[self.unit - 1], self.computed.z[-1][self.unit - 1]
        return np.array([y * np.logaddexp(0.0, -z), (1.0 - y) * np.logaddexp(0.0, z)])


class ExampleCost(Step):
    """The cost of the example: the sum over the K output units."""

    phase = Phase.COST
    symbol = Symbol.EXAMPLE_COST

    @property
    def count(self) -> int:
        """K."""
        return len(self.computed.costs)

    def operands(self, index: int) -> tuple[Address, ...]:
        """The cost of output unit *index* + 1."""
        return (Address(Symbol.COST, self.layer, index + 1),)

    @property
    def products(self) -> Array:
        """The costs per output."""
        return self.computed.costs


class OutputError(Step):
    """δ_k = a_k − y_k."""

    phase = Phase.BACKWARD
    symbol = Symbol.DELTA

    @property
    def count(self) -> int:
        """Two: a and −y."""
        return 2

    def operands(self, index: int) -> tuple[Address, ...]:
        """a_k, then y_k."""
        return (Address((Symbol.A, Symbol.Y)[index], self.layer, self.unit),)

    @cached_property
    def products(self) -> Array:
        """a_k and −y_k."""
        return np.array([self.computed.h[self.unit - 1], -self.computed.y[self.unit - 1]])


class HiddenError(Step):
    """δ_j = (Σ_k Θ_kj δ_k) g′(z_j): the errors it helped to cause, each weighted by its link."""

    phase = Phase.BACKWARD
    symbol = Symbol.DELTA
    closes = True

    @property
    def count(self) -> int:
        """s_{l+1}."""
        return self.computed.network.sizes[self.layer]

    def operands(self, index: int) -> tuple[Address, ...]:
        """Θ⁽ˡ⁾_kj and δ⁽ˡ⁺¹⁾_k; k = *index* + 1."""
        k = index + 1
        return Address(Symbol.THETA, self.layer, k, self.unit), Address(Symbol.DELTA, self.layer + 1, k)

    @cached_property
    def products(self) -> Array:
        """Θ_kj δ_k."""
        column: Array = self.computed.network.theta(self.layer)[:, self.unit]
        return column * self.computed.delta[self.layer]

    @property
    def total(self) -> float:
        """Σ_k Θ_kj δ_k."""
        return float(self.computed.weighted[self.layer - 1][self.unit])


class BiasError(HiddenError):
    """Σ_k Θ_k0 δ_k at the bias unit: it could be computed and is never used, for no link leads into a bias unit."""

    closes = False


class _Row(Step):
    """A step that fills row ``unit`` of a matrix of Θ⁽ˡ⁾'s shape, a term for each column."""

    fills_row = True

    @property
    def count(self) -> int:
        """s_l + 1."""
        return self.computed.network.sizes[self.layer - 1] + 1

    @property
    def value(self) -> float:
        """A row has no single value."""
        return float("nan")

    def entry(self, symbol: Symbol, index: int) -> Address:
        """Column *index* of the row, in the matrix called *symbol*."""
        return Address(symbol, self.layer, self.unit, index)

    def row(self, matrices: tuple[Array, ...]) -> Array:
        """This step's row of the matrix that belongs to its layer."""
        row: Array = matrices[self.layer - 1][self.unit - 1]
        return row


class Accumulate(_Row):
    """Δ_ji := Δ_ji + δ_j a_i, along row j."""

    phase = Phase.ACCUMULATE
    symbol = Symbol.ACCUMULATOR

    def operands(self, index: int) -> tuple[Address, ...]:
        """Δ_ji before, δ⁽ˡ⁺¹⁾_j, a⁽ˡ⁾_i."""
        before = self.entry(Symbol.ACCUMULATOR_BEFORE, index)
        return before, Address(Symbol.DELTA, self.layer + 1, self.unit), Address(Symbol.A, self.layer, index)

    @property
    def products(self) -> Array:
        """δ_j a_i."""
        return self.row(self.computed.contribution)

    @property
    def totals(self) -> Array:
        """Δ_ji after."""
        return self.row(self.computed.accumulator)


class Gradient(_Row):
    """D_ji = (Δ_ji + λΘ_ji)/m, along row j; D_j0 = Δ_j0/m."""

    phase = Phase.GRADIENT
    symbol = Symbol.D

    def operands(self, index: int) -> tuple[Address, ...]:
        """Δ_ji and, but for the bias column, Θ_ji."""
        sums = self.entry(Symbol.ACCUMULATOR, index)
        return (sums, self.entry(Symbol.THETA, index)) if index else (sums,)

    @property
    def products(self) -> Array:
        """D_ji."""
        return self.row(self.computed.epoch.D)

    @property
    def totals(self) -> Array:
        """D_ji."""
        return self.products


class Update(_Row):
    """Θ_ji := Θ_ji − αD_ji, along row j."""

    phase = Phase.UPDATE
    symbol = Symbol.THETA_NEW

    def operands(self, index: int) -> tuple[Address, ...]:
        """Θ_ji and D_ji."""
        return self.entry(Symbol.THETA, index), self.entry(Symbol.D, index)

    @cached_property
    def products(self) -> Array:
        """−αD_ji."""
        epoch = self.computed.epoch
        return -epoch.learning_rate * self.row(epoch.D)

    @property
    def totals(self) -> Array:
        """Θ_ji after."""
        return self.row(self.computed.epoch.updated.thetas)


class MistakenStep(Step):
    """A step as a mistake has it, in place of those of the kind that it is a kind of; see ``mistakes``."""

    @classmethod
    def strikes(cls, computed: Computed, layer: int) -> bool:
        """Whether the mistake shows in the steps of a layer of this example."""
        return True


def story_of(computed: Computed, mistake: type[MistakenStep] | None = None) -> Iterator[Step]:
    """The steps in the order of the story, which is decided here and nowhere else; some as the *mistake* has them."""
    sizes = computed.network.sizes
    last = len(sizes)

    def told(kind: type[Step], layer: int, units: Iterable[int]) -> Iterator[Step]:
        if mistake is not None and issubclass(mistake, kind) and mistake.strikes(computed, layer):
            kind = mistake
        return (kind(computed, layer, unit) for unit in units)

    for layer in range(2, last + 1):
        yield from told(Activate, layer, range(1, sizes[layer - 1] + 1))
    yield from told(OutputCost, last, range(1, sizes[-1] + 1))
    yield from told(ExampleCost, last, (0,))
    if not computed.learnt:
        return
    yield from told(OutputError, last, range(1, sizes[-1] + 1))
    for layer in range(last - 1, 1, -1):
        yield from told(HiddenError, layer, range(1, sizes[layer - 1] + 1))
        yield from told(BiasError, layer, (0,))
    for kind in _sums(computed):
        for layer in range(1, last):
            yield from told(kind, layer, range(1, sizes[layer] + 1))


def _sums(computed: Computed) -> tuple[type[_Row], ...]:
    """What is done with Θ-shaped matrices after δ is known: Δ, and after the last example D and the update."""
    if not computed.final:
        return (Accumulate,)
    return (Accumulate, Gradient, Update) if computed.epoch.descends else (Accumulate, Gradient)
