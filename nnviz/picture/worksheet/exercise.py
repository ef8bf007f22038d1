"""An exercise with friendly numbers, drawn from a seed, and every number of its solution, which is the engine's."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnviz.engine.activations import activation as known_activation
from nnviz.engine.epoch import Epoch, epoch
from nnviz.engine.network import Network, checked_sizes
from nnviz.engine.propagation import cost
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.trace import Trace, trace_in
from nnviz.picture.narrator import setting
from nnviz.picture.worksheet.hand import HAIR, Given, Place, calculated, is_clear, number, rounded, written

MOST_LAYERS = 4
MOST_UNITS = 4
MOST_EXAMPLES = 2
MOST_DIGITS = 6
LARGEST_LAMBDA = 10.0
BOUNDS = (
    f"a worksheet has room for 2 to {MOST_LAYERS - 1} layers of up to {MOST_UNITS} units or {MOST_LAYERS} layers of up "
    f"to {MOST_UNITS - 1}, with two examples for one unit less"
)
"""As many as the page with the exercise holds; a test sets them all."""

DRAWS = 1500  # at the most; some 0.1 ms each
FEW = 45  # numbers to be worked out: with no more, a draw is found that needs no decimals but those that are written
USUAL = 3  # decimals more than are written, which for nearly every draw are enough
GUARD = 6  # and for every one that is taken
LARGEST_SUM = 3.0  # of |z⁽²⁾|: beyond it a sigmoid hardly moves
LARGEST_LOGIT = 4.0
WEIGHTS = (0.5, 0.5, 0.5, 1.0, 1.0, 1.5, 1.5, 2.0)
INPUTS = (-1.0, -0.5, 0.5, 1.0, 1.5, 2.0)


@dataclass(frozen=True, eq=False)
class Exercise:
    """What is given, what was asked for, and all that is worked out.

    ``digits`` are written; whoever rounds to ``carried`` decimals on the way (as many, or a few more) gets every
    written number as the engine has it.
    """

    given: Given
    seed: int
    digits: int
    carried: int

    @cached_property
    def network(self) -> Network:
        """The network, as the engine has it."""
        return Network.from_thetas(self.given.thetas, activation=self.given.activation)

    @property
    def sizes(self) -> tuple[int, ...]:
        """s_1 … s_L."""
        return self.network.sizes

    @property
    def layers(self) -> int:
        """L."""
        return self.network.layers

    @property
    def m(self) -> int:
        """The number of examples."""
        return len(self.given.X)

    @cached_property
    def epoch(self) -> Epoch:
        """The pass over the examples."""
        return epoch(self.network, self.given.X, self.given.Y, self.given.lambda_)

    @cached_property
    def traces(self) -> tuple[Trace, ...]:
        """The engine's numbers, example by example."""
        return tuple(trace_in(self.epoch, example) for example in range(self.m))

    @cached_property
    def J(self) -> float:
        """J(Θ)."""
        return cost(self.network, self.epoch.X, self.epoch.Y, self.given.lambda_).total

    def value(self, place: Place) -> float:
        """The engine's number at a place; that at J is the whole J(Θ)."""
        if place.address.symbol is Symbol.J:
            return self.J
        return self.traces[place.example].quantity(place.address).value

    @property
    def squares(self) -> float:
        """Σ Θ² without the bias columns, of which weight decay is made."""
        return float(sum((theta[:, 1:] ** 2).sum() for theta in self.network.thetas))

    @property
    def is_small(self) -> bool:
        """Whether there is one example, and little to calculate."""
        return self.m == 1 and self.network.entries <= FEW // 3

    def text(self, example: int, address: Address) -> str:
        """The number at a place as it is written: what is given in full, what is worked out with ``digits``."""
        value = self.value(Place(example, address))
        if address.symbol is Symbol.A and address.layer == 1:
            return setting(value)
        return written(address, value, self.digits)


def exercise(
    sizes: Sequence[int],
    seed: int,
    *,
    digits: int = 2,
    examples: int = 1,
    lambda_: float = 0.0,
    activation: str = "sigmoid",
    watch: Callable[[], None] = lambda: None,
) -> Exercise:
    """The exercise that belongs to these arguments: always the same one.

    Of many draws it is the first, or else the best, in which rounding on the way does little harm. *watch* is called
    before each; what it raises ends the work. Raises ValueError in words for the user where there is no such worksheet.
    """
    _check("examples", examples, 1, MOST_EXAMPLES)
    sizes = fitting(sizes, examples)
    known_activation(activation)
    _check("digits", digits, 1, MOST_DIGITS)
    _check("lambda", lambda_, 0, LARGEST_LAMBDA)
    lambda_ = number(setting(lambda_))  # as it is printed
    best: tuple[int, Given] | None = None
    for given, exact in _draws(sizes, seed, examples, lambda_, activation):
        watch()
        most = digits + GUARD if best is None else best[0] - 1
        carried = _carried(given, exact, digits, most)
        if carried is not None:
            best = carried, given
        if best is not None and best[0] <= digits + (USUAL if len(exact) > FEW else 0):
            break
    if best is None:
        raise ValueError(f"no numbers were found that can be rounded to {digits} decimals; ask for another number.")
    return Exercise(best[1], seed, digits, best[0])


def fitting(sizes: Sequence[int], examples: int = 1) -> tuple[int, ...]:
    """*sizes*, if a worksheet has room for them. Raises ValueError that says for what it has."""
    sizes = checked_sizes(sizes)
    if len(sizes) > MOST_LAYERS or max(sizes) > most_units(len(sizes), examples):
        raise ValueError(f"network is {'-'.join(map(str, sizes))}; {BOUNDS}.")
    return sizes


def most_units(layers: int, examples: int) -> int:
    """How many units a layer may have, see BOUNDS."""
    return MOST_UNITS - (layers == MOST_LAYERS) - (examples == MOST_EXAMPLES)


def _check(name: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise ValueError(f"{name} is {value:g}; expected {least:g} to {most:g}.")


def _carried(given: Given, exact: dict[Place, float], digits: int, most: int) -> int | None:
    """The fewest decimals, up to *most*, that give every written number when each is rounded to them on the way."""
    found = next((carried for carried in range(digits, most + 1) if _agrees(given, exact, digits, carried)), None)
    if found is None or not all(is_clear(place.address, value, digits) for place, value in exact.items()):
        return None
    return found


def _agrees(given: Given, exact: dict[Place, float], digits: int, carried: int) -> bool:
    """Most draws fail at one of the first numbers; the others are not even calculated."""
    try:
        return all(
            written(place.address, value, digits, HAIR) == written(place.address, exact[place], digits)
            for place, value in calculated(given, lambda address, value: rounded(address, value, carried))
        )
    except ValueError:  # log(0): an output was rounded to 0 or 1
        return False


def _draws(
    sizes: tuple[int, ...], seed: int, examples: int, lambda_: float, activation: str
) -> Iterator[tuple[Given, dict[Place, float]]]:
    """DRAWS times numbers that look friendly, and what comes out."""
    chance = np.random.default_rng(seed)
    for _ in range(DRAWS):
        found = None
        while found is None:
            given = _draw(chance, sizes, examples, lambda_, activation)
            found = _friendly(given)
        yield given, found


def _draw(chance: np.random.Generator, sizes: tuple[int, ...], examples: int, lambda_: float, activation: str) -> Given:
    thetas = tuple(
        tuple(
            tuple(_weight(index) for index in row) for row in chance.integers(0, 2 * len(WEIGHTS), (after, before + 1))
        )
        for before, after in zip(sizes, sizes[1:])
    )
    X = tuple(tuple(INPUTS[index] for index in row) for row in chance.integers(0, len(INPUTS), (examples, sizes[0])))
    return Given(thetas, X, _classes(chance, examples, sizes[-1]), lambda_, activation)


def _weight(index: int) -> float:
    return WEIGHTS[index % len(WEIGHTS)] * (-1.0 if index >= len(WEIGHTS) else 1.0)


def _classes(chance: np.random.Generator, examples: int, outputs: int) -> tuple[tuple[float, ...], ...]:
    """A class for each example, each another one."""
    labels = chance.permutation(max(outputs, 2))[:examples].tolist()
    if outputs == 1:
        return tuple((float(label),) for label in labels)
    return tuple(tuple(float(k == label) for k in range(outputs)) for label in labels)


def _friendly(given: Given) -> dict[Place, float] | None:
    """What comes out, if units, inputs and examples differ and no activation is flat where it is used; else None."""
    if any(len(set(rows)) < len(rows) for rows in (*given.thetas, given.X)):
        return None
    if any(len(set(x)) == 1 < len(x) for x in given.X) or not _has_both_signs(given):
        return None
    last, found, alive = len(given.thetas) + 1, {}, set()
    for place, value in calculated(given, lambda address, value: value):
        found[place] = value
        symbol, layer = place.address.symbol, place.address.layer
        if symbol is Symbol.Z and not _is_lively(value, layer, last):
            return None
        if symbol is Symbol.SLOPE and value > 0.0:
            alive.add((place.example, layer))
        if symbol is Symbol.ACCUMULATOR and value == 0.0 and given.activation != "relu":
            return None  # examples that undo each other; units of ReLU may rest
    return found if len(alive) == len(given.X) * (last - 2) else None


def _has_both_signs(given: Given) -> bool:
    weights = [weight for theta in given.thetas for row in theta for weight in row[1:]]
    return len(weights) == 1 or min(weights) < 0.0 < max(weights)


def _is_lively(z: float, layer: int, last: int) -> bool:
    return abs(z) <= LARGEST_LOGIT if layer == last else 0.0 < abs(z) <= LARGEST_SUM
