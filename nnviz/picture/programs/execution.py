"""Where in the whole function the story is, and what its variables hold there: all of it read from the trace."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

from nnviz.engine import mistakes
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import (
    Accumulate,
    Activate,
    BiasError,
    ExampleCost,
    Gradient,
    HiddenError,
    OutputCost,
    OutputError,
    Phase,
    Step,
    Update,
)
from nnviz.engine.story import Story, Telling
from nnviz.picture.narrator import Narrator
from nnviz.picture.pieces import so_far
from nnviz.picture.programs.names import LAYER_NAMES, LOOP_NAMES, in_language
from nnviz.picture.programs.program import Program
from nnviz.picture.unrolled import around

MOST_ENTRIES = 7
"""As many entries of a vector are shown; of longer ones the first, the last, and those beside the present one."""
UNKNOWN = "–"

Value = TypeVar("Value")


class Variable(NamedTuple):
    """What a variable is called in the program, its value as it is shown, and what it is.

    ``number`` is the value itself; None for a vector and for what is not a number of the story.
    """

    name: str
    text: str
    note: str = ""
    number: float | None = None


class Execution(NamedTuple):
    """The line (from 0) that has just been executed, and the variables it has to do with."""

    line: int
    variables: tuple[Variable, ...]

    def described(self, program: Program) -> str:
        """The same in words."""
        told = (f"{one.name} = {one.text}{f' ({one.note})' if one.note else ''}" for one in self.variables)
        wrong = ", which is wrong" if program.lines[self.line].wrong else ""
        return f"Line {self.line + 1}{wrong}: {program.lines[self.line].text.strip()}. {'; '.join(told)}."


def execution(story: Story, place: int, program: Program, narrator: Narrator) -> Execution:
    """Where *program*, made for this story, is at *place*. Numbers are written as *narrator* does."""
    telling = story.telling(place)
    reader = _Reader(story, place, program, narrator)
    if telling is None:
        return Execution(program.line("input"), tuple(reader.input()))
    variables = reader.loop(telling) if program.version == "loop" else reader.layer(telling.step)
    return Execution(program.line(_at(_PLACES, telling.step)(telling)), tuple(variables))


# --- Which line ---


def _column(telling: Telling) -> int:
    """The column of a row's latest entry."""
    return telling.terms - 1


def _activate(telling: Telling) -> str:
    if not telling.complete:
        return "sum"
    return "activate output" if telling.step.layer == telling.step.computed.network.layers else "activate"


_PLACES: dict[type[Step], Callable[[Telling], str]] = {
    Activate: _activate,
    OutputCost: lambda telling: ("first half", "second half")[telling.terms - 1],
    ExampleCost: lambda telling: "example cost",
    OutputError: lambda telling: "output error",
    HiddenError: lambda telling: "error" if telling.complete else "blame",
    mistakes.UntransposedError: lambda telling: "error" if telling.complete else "blame untransposed",
    BiasError: lambda telling: "bias error",
    Accumulate: lambda telling: "accumulate",
    mistakes.LeftOutAccumulate: lambda telling: "left out",
    Gradient: lambda telling: "decay" if _column(telling) else "divide",
    mistakes.DecayedBias: lambda telling: "decay",
    mistakes.NoBiasGradient: lambda telling: "decay" if _column(telling) else "no bias",
    Update: lambda telling: "update",
    mistakes.BiasManyTimes: lambda telling: "update" if _column(telling) else "bias update",
}


def _at(table: dict[type[Step], Value], step: Step) -> Value:
    """The row for a step; a mistaken one has its own or that of the kind it is a kind of."""
    return next(table[kind] for kind in type(step).__mro__ if kind in table)


# --- What the variables hold ---


class _Reader(NamedTuple):
    """Reads variables at one place of a story."""

    story: Story
    place: int
    program: Program
    narrator: Narrator

    def input(self) -> Iterator[Variable]:
        """Before anything has been told."""
        yield self._example()
        yield self._units("X(i, :)", Symbol.A, 1, 1, 1)

    def loop(self, telling: Telling) -> Iterator[Variable]:
        """In the loops: their indices, the operands of the latest term, the sum so far, and what has come of it."""
        step, index = telling.step, telling.terms - 1
        names = _at(LOOP_NAMES, step)
        yield from self._indices(step, index, names.counters)
        told = range(telling.terms) if isinstance(step, OutputError) else (index,)
        for term in told:
            yield from self._operands(step, term, names.operands)
        if names.sum:
            total = so_far(step, index)
            yield Variable(in_language(names.sum, self.program.language), self.narrator.text(total), "", total)
        if step.fills_row:
            yield from self._row(step, index, names.result, telling.complete)
        elif telling.complete:
            for name, symbol in names.results:
                yield self._number(name, Address(symbol, step.layer, step.unit))

    def layer(self, step: Step) -> Iterator[Variable]:
        """A layer at a time: vectors, as far as they have been told."""
        names = _at(LAYER_NAMES, step)
        if step.phase not in (Phase.GRADIENT, Phase.UPDATE):
            yield self._example()
        yield from self._indices(step, 0, names.counters)
        for name, symbol, layer, bias in names.vectors:
            yield self._units(name, symbol, step.layer + layer, 0 if bias else 1, step.unit)
        for name, symbol in names.rows:
            yield self._entries(name.replace("j", str(self._counted(step.unit - 1))), step, symbol)
        yield from self._settings(step)
        if isinstance(step, ExampleCost) and self.story.known(step.target, self.place):
            yield self._number("sum(cost)", step.target)

    # Indices

    def _counted(self, index: int) -> int:
        """An index from 0 as the language counts it."""
        return index + (self.program.language == "octave")

    def _example(self) -> Variable:
        trace = self.story.trace
        return Variable("i", str(self._counted(trace.example)), f"example {trace.row + 1}")

    def _indices(self, step: Step, index: int, counters: str) -> Iterator[Variable]:
        for counter in counters:
            if counter == "i":
                yield self._example()
            elif counter == "l":
                yield Variable("l", str(step.layer), f"layer {step.layer}")
            elif counter == "j":
                yield Variable("j", str(self._counted(step.unit - 1)), f"unit {step.unit}")
            else:
                yield self._term(step, index)

    def _term(self, step: Step, index: int) -> Variable:
        """k: an output, the column of a matrix, or the unit at the other end of a link."""
        if isinstance(step, OutputCost):
            index, unit = step.unit - 1, step.unit
        elif isinstance(step, HiddenError | ExampleCost):
            unit = index + 1
        else:
            unit = index
        return Variable("k", str(self._counted(index)), f"unit {unit}" if unit else "bias unit")

    # Numbers

    def _number(self, name: str, address: Address, note: str = "") -> Variable:
        value = self.narrator.value(address)
        return Variable(in_language(name, self.program.language), self.narrator.at(address), note, value)

    def _operands(self, step: Step, index: int, names: tuple[str, ...]) -> Iterator[Variable]:
        operands = step.operands(index)
        used = names[index : index + 1] if isinstance(step, OutputError) else names
        yield from (self._number(name, address) for name, address in zip(used, operands) if name)

    def _row(self, step: Step, index: int, name: str, complete: bool) -> Iterator[Variable]:
        yield from self._settings(step)
        note = ""
        if isinstance(step, Accumulate):
            before = Address(Symbol.ACCUMULATOR_BEFORE, step.layer, step.unit, index)
            note = f"before: {self.narrator.at(before)}"
        yield self._number(name, Address(step.symbol, step.layer, step.unit, index), note)
        if complete:
            yield self._entries(name.replace("(j, k)", "(j, :)"), step, step.symbol)

    def _settings(self, step: Step) -> Iterator[Variable]:
        epoch, numpy = self.story.trace.epoch, self.program.language == "numpy"
        if isinstance(step, Gradient):
            yield Variable("m", str(epoch.m), "examples", float(epoch.m))
            yield Variable("lambda_" if numpy else "lambda", self.narrator.decay, "", epoch.lambda_)
        elif isinstance(step, Update):
            yield Variable("alpha", self.narrator.rate, "", epoch.learning_rate)

    # Vectors

    def _units(self, name: str, symbol: Symbol, layer: int, first: int, unit: int) -> Variable:
        """A number of each unit of a layer, from unit *first*: 0 is the bias unit."""
        count = self.story.trace.network.sizes[layer - 1] + 1 - first
        addresses = [Address(symbol, layer, index + first) for index in range(count)]
        return self._vector(name, addresses, max(0, min(unit - first, count - 1)))

    def _entries(self, name: str, step: Step, symbol: Symbol) -> Variable:
        """The row of a matrix that a step fills."""
        addresses = [Address(symbol, step.layer, step.unit, column) for column in range(step.count)]
        told = self.story.telling(self.place)
        return self._vector(name, addresses, 0 if told is None else _column(told))

    def _vector(self, name: str, addresses: list[Address], kept: int) -> Variable:
        entries = [
            "…" if index is None else self._entry(addresses[index])
            for index in around(len(addresses), MOST_ENTRIES, kept)
        ]
        return Variable(in_language(name, self.program.language), f"[{'  '.join(entries)}]")

    def _entry(self, address: Address) -> str:
        return self.narrator.at(address) if self.story.known(address, self.place) else UNKNOWN
