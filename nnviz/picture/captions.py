"""All that is said of a place in the story: the sentence, the formulas, the table, and where a number comes from."""

from collections.abc import Callable
from dataclasses import dataclass

from nnviz.engine.data import Dataset
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import Step
from nnviz.engine.story import Level, Story, Telling
from nnviz.engine.theirs import Theirs
from nnviz.picture import beside
from nnviz.picture import notation as m
from nnviz.picture.formulas import FORMULAS
from nnviz.picture.markup import Formula, plain
from nnviz.picture.mistold import layer_mistold, mistold
from nnviz.picture.narrator import Names, Narrator, address_of, key
from nnviz.picture.numbers import full
from nnviz.picture.pieces import Formulas, column, size
from nnviz.picture.sentences import SENTENCES, start, whole
from nnviz.picture.tables import TABLES, Cell, Kind, Row, Table

__all__ = [
    "Caption",
    "Cell",
    "Row",
    "Table",
    "address_of",
    "caption",
    "key",
    "provenance",
    "spoken",
    "subject",
    "symbol_of",
]


@dataclass(frozen=True, eq=False)
class Caption:
    """What is said of a place. Numbers in the formulas are labelled with ``key(address)``.

    ``dimensions`` are those of ``vectorised``, in the same order. ``table`` is None where nothing has been told.
    ``mistake`` is the title of a planted mistake that strikes here: formulas and numbers are as wrong as it makes them.
    """

    sentence: str
    symbols: Formula
    numbers: Formula
    vectorised: Formula
    dimensions: str
    table: Table | None
    mistake: str | None = None


def caption(
    story: Story,
    place: int,
    dataset: Dataset | None,
    digits: int = 2,
    level: Level = Level.UNIT,
    theirs: Theirs | None = None,
) -> Caption:
    """What is said at *place* to a reader who walks by *level*: of the term, unit, layer or example that ends there.

    Where no layer or example ends, the unit is told; where no unit ends, the term. What *theirs* has of a number is
    told beside ours.
    """
    narrator = Narrator(story.trace, dataset, digits, theirs)
    telling = story.telling(place)
    if telling is None:
        return _start(narrator)
    step, formulas = telling.step, _of_layer(narrator, telling.step)
    told = level if place in story.stops(level) else Level.UNIT
    wrong = layer_mistold(story.trace, step) if told is Level.LAYER else mistold(step)
    return Caption(
        sentence=_sentence(narrator, telling, told) + beside.sentence(narrator, telling, told),
        symbols=_symbols(narrator, telling, told),
        numbers=_numbers(narrator, telling, told),
        vectorised=formulas.vectorised(narrator, step),
        dimensions=formulas.dimensions(narrator, step),
        table=Table(narrator, telling, _table(step)),
        mistake=wrong.fault.title if wrong and not told.whole else None,
    )


def subject(story: Story, place: int, dataset: Dataset | None, level: Level = Level.UNIT) -> str:
    """What *place* is about, to stand after the phase: "unit 2 of layer 3", "row 2 of Δ⁽³⁾", "layer 3"."""
    telling = story.telling(place)
    if telling is None or (level.whole and place == story.length):
        return f"example {story.trace.row + 1}"
    step = telling.step
    if level is Level.LAYER and place in story.stops(level):
        return _matrix_name(step) if step.fills_row else f"layer {step.layer}"
    if step.fills_row:
        return f"row {step.unit} of {_matrix_name(step)}"
    if step.symbol is Symbol.EXAMPLE_COST:
        return "the example"
    return Names(dataset, story.trace.network.sizes).unit(step.layer, step.unit)


def _matrix_name(step: Step) -> str:
    return plain(_MATRICES[step.symbol](step.layer))


def _start(narrator: Narrator) -> Caption:
    inputs = [Address(Symbol.A, 1, unit) for unit in range(1, narrator.sizes[0] + 1)]
    taken = m.row(m.a(1), m.equals(), m.x())
    numbers = m.row(m.a(1), m.equals(), column(narrator, inputs))
    sides = size(len(inputs), 1)
    return Caption(start(narrator), taken, numbers, taken, f"{sides} = {sides}", None)


def _sentence(narrator: Narrator, telling: Telling, level: Level) -> str:
    if level.whole:
        return whole(narrator)
    step, layer = telling.step, level is Level.LAYER
    wrong = layer_mistold(narrator.trace, step) if layer else mistold(step)
    sentences = wrong.sentences if wrong else SENTENCES[type(step)]
    if layer:
        return sentences.layer(narrator, step)
    if not telling.complete or (level is Level.TERM and not step.closes):
        return sentences.term(narrator, step, telling.terms - 1)
    if level is Level.TERM and sentences.closing is not None:
        return sentences.closing(narrator, step)
    return sentences.unit(narrator, step)


def _formulas(step: Step) -> Formulas:
    wrong = mistold(step)
    return wrong.formulas if wrong else FORMULAS[type(step)]


def _table(step: Step) -> Kind:
    wrong = mistold(step)
    return wrong.table if wrong else TABLES[type(step)]


def _of_layer(narrator: Narrator, step: Step) -> Formulas:
    wrong = layer_mistold(narrator.trace, step)
    return wrong.formulas if wrong else FORMULAS[type(step)]


def _symbols(narrator: Narrator, telling: Telling, level: Level) -> Formula:
    if level.whole:
        return m.row(m.h(), m.equals(), m.a(len(narrator.sizes)))
    step = telling.step
    if level is Level.LAYER:
        return _of_layer(narrator, step).vectorised(narrator, step)
    return _formulas(step).symbols(narrator, step)


def _numbers(narrator: Narrator, telling: Telling, level: Level) -> Formula:
    step, formulas = telling.step, _formulas(telling.step)
    if level.whole:
        return _compared(narrator)
    if level is Level.LAYER:
        return formulas.layer(narrator, step)
    if telling.complete and (step.closes or level is not Level.TERM):
        return formulas.numbers(narrator, step)
    return formulas.term(narrator, step, telling.terms - 1)


def _compared(narrator: Narrator) -> Formula:
    """h and y, side by side."""
    last = len(narrator.sizes)
    h, y = (
        column(narrator, [Address(symbol, last, unit) for unit in range(1, narrator.sizes[-1] + 1)])
        for symbol in (Symbol.A, Symbol.Y)
    )
    return m.row(m.h(), m.equals(), h, m.operator(","), m.y(), m.equals(), y)


_SPOKEN = {
    Symbol.A: "the activation a",
    Symbol.Z: "z",
    Symbol.Y: "the target y",
    Symbol.SLOPE: "the slope g′(z)",
    Symbol.WEIGHTED: "the errors that come back",
    Symbol.DELTA: "the error δ",
    Symbol.COST: "the cost",
    Symbol.THETA: "Θ",
    Symbol.ACCUMULATOR_BEFORE: "Δ before this example",
    Symbol.ACCUMULATOR: "Δ",
    Symbol.D: "D",
    Symbol.THETA_NEW: "new Θ",
}


def spoken(address: Address, dataset: Dataset | None = None, sizes: tuple[int, ...] = ()) -> str:
    """An index read aloud: "Θ of layer 3: to unit 2 of layer 4, from unit 1 of layer 3".

    With *dataset* and *sizes* inputs and outputs are called by their names.
    """
    names, symbol, layer = Names(dataset, sizes), address.symbol, address.layer
    if symbol is Symbol.EXAMPLE_COST:
        return "the cost of the example"
    if address.symbol not in _MATRICES:
        return f"{_SPOKEN[symbol]} of {names.unit(layer, address.row)}"
    end = names.unit(layer + 1, address.row)
    if address.column is None:
        return f"row {address.row} of {_SPOKEN[symbol]} of layer {layer}: to {end}"
    return f"{_SPOKEN[symbol]} of layer {layer}: to {end}, from {names.unit(layer, address.column)}"


_MATRICES: dict[Symbol, Callable[..., Formula]] = {
    Symbol.THETA: m.theta,
    Symbol.ACCUMULATOR_BEFORE: m.accumulator,
    Symbol.ACCUMULATOR: m.accumulator,
    Symbol.D: m.gradient,
    Symbol.THETA_NEW: m.theta,
}

_ORIGINS = {
    Symbol.A: "g(z) of the unit",
    Symbol.Z: "the sum of what comes in, each times its weight",
    Symbol.Y: "given: what the output should be",
    Symbol.SLOPE: "how steep g is at z",
    Symbol.WEIGHTED: "the errors of the next layer, each times its weight",
    Symbol.DELTA: "the errors of the next layer, each times its weight, times g′(z)",
    Symbol.COST: "−y log h − (1 − y) log(1 − h)",
    Symbol.EXAMPLE_COST: "the costs of all outputs added",
    Symbol.THETA: "a weight of the network",
    Symbol.ACCUMULATOR_BEFORE: "added up from the examples before",
    Symbol.ACCUMULATOR: "what was there before, plus δ where the link ends × a where it starts",
    Symbol.D: "(Δ + λΘ) / m",
    Symbol.THETA_NEW: "Θ − αD",
}


def provenance(story: Story, address: Address, digits: int = 2) -> str:
    """Where a number comes from, in one line with all its digits: ``a₂⁽³⁾ = 0.65: g(z) of the unit (0.6501…)``."""
    narrator = Narrator(story.trace, None, digits)
    value = narrator.value(address)
    number = f"{plain(symbol_of(address))} = {narrator.at(address)}"
    return f"{number} ({full(value)}): {_mistake(story, narrator, address) or _origin(story, address)}"


def _mistake(story: Story, narrator: Narrator, address: Address) -> str:
    """That a planted mistake has made the number what it is, which no right formula gives; "" of any other."""
    place = story.first_place(address)
    telling = story.telling(place) if place else None
    wrong = mistold(telling.step) if telling and telling.step.symbol is address.symbol else None
    return f"wrong here: {wrong.fault.title}" if wrong and narrator.differs(address) else ""


def _origin(story: Story, address: Address) -> str:
    layer, row, last = address.layer, address.row, story.trace.network.layers
    if address.symbol is Symbol.A and row == 0:
        return "the bias unit always says 1"
    if address.symbol is Symbol.A and layer == 1:
        return "given: an input of this example"
    if address.symbol is Symbol.DELTA and layer == last:
        return "what the output says minus what it should say"
    if address.symbol is Symbol.DELTA and row == 0:
        return "not used: no link leads into a bias unit"
    if address.symbol is Symbol.D and address.column == 0:
        return "Δ / m: the bias column has no weight decay"
    return _ORIGINS[address.symbol]


def symbol_of(address: Address) -> Formula:
    """The number's symbol with its indices; a whole row is written with the row's index alone."""
    layer, row = address.layer, address.row
    write = _MATRICES.get(address.symbol)
    if write is not None:
        return write(layer, row, address.column)
    match address.symbol:
        case Symbol.A:
            return m.a(layer, row)
        case Symbol.Z:
            return m.z(layer, row)
        case Symbol.Y:
            return m.y(row)
        case Symbol.SLOPE:
            return m.g_prime(m.z(layer, row))
        case Symbol.DELTA:
            return m.delta(layer, row)
        case Symbol.WEIGHTED:
            return m.sum_over("k", m.row(m.theta(layer, "k", row), m.delta(layer + 1, "k")))
        case Symbol.COST:
            return m.symbol("cost", sub=row)
    return m.words("cost of the example")
