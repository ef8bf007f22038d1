"""`nnviz step`: the story of one example in the terminal, in words and numbers, or as JSON."""

import argparse
import json
import os
import sys
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any, TextIO

from nnviz.cli import options
from nnviz.cli.terminal import utf8
from nnviz.engine.quantities import Quantity
from nnviz.engine.steps import Phase, Step
from nnviz.engine.story import Level, Story, Telling
from nnviz.picture.captions import Caption, caption, subject
from nnviz.picture.code import code
from nnviz.picture.markup import Formula, Lines, plain
from nnviz.picture.narrator import setting
from nnviz.picture.notation import row
from nnviz.picture.pieces import so_far
from nnviz.session.state import State

WIDTH = 80
TIE = "\N{NO-BREAK SPACE}"  # a space at which no line breaks
_COLOURS = {Phase.FORWARD: "36", Phase.COST: "33", Phase.BACKWARD: "35"}  # others: blue
_OTHER_COLOUR = "34"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Tell *parser* what the command takes."""
    options.add_story(parser)
    options.add_level(parser, "how far a step goes")
    parser.add_argument("--json", action="store_true", help="print everything as JSON, with every digit")


def run(arguments: argparse.Namespace) -> int:
    """Print the story to standard output and return 0; ValueError says what is wrong with an argument."""
    state, level = options.state(arguments), options.level(arguments.level)
    utf8(sys.stdout)
    write = _write_json if arguments.json else _write_text
    write(state, level, sys.stdout)
    return 0


# Text


def _write_text(state: State, level: Level, out: TextIO) -> None:
    coloured = out.isatty() and not os.environ.get("NO_COLOR")
    print(_fold(_title(state), ""), file=out)
    for place in state.story.stops(level):
        told = caption(state.story, place, state.model.dataset, state.view.digits, level)
        print(file=out)
        print(_heading(state, place, level, coloured), file=out)
        if told.mistake is not None:
            print(f"  ✕ planted mistake: {told.mistake}", file=out)
        print(_fold(_tied_sentence(told.sentence), "  "), file=out)
        for line in _lines(told.numbers):
            print(_fold(_tied(line), "    ", "  "), file=out)


def _title(state: State) -> str:
    model = state.model
    sizes = "-".join(map(str, model.network.sizes))
    rates = f"λ = {setting(model.lambda_)} · α = {setting(model.learning_rate)}"
    return f"{model.dataset.title} · {sizes}, {model.network.activation.title} · seed {model.seed} · {rates}"


def _heading(state: State, place: int, level: Level, coloured: bool) -> str:
    telling = state.story.telling(place)
    if telling is None:
        return "Start"
    number, count = state.story.number(place, level)
    phase = telling.step.phase
    chapter = "" if level.whole else f"{phase.value} · "
    text = f"Step {number} of {count} · {chapter}{subject(state.story, place, state.model.dataset, level)}"
    return f"\x1b[1;{_COLOURS.get(phase, _OTHER_COLOUR)}m{text}\x1b[0m" if coloured else text


def _lines(formula: Formula) -> list[str]:
    """A formula of several lines one by one, any other as it is."""
    if isinstance(formula, Lines):
        return [plain(row(*pair)) for pair in formula.rows]
    return [plain(formula)]


def _tied(line: str) -> str:
    """The line with spaces that do not break, but before a + or =: products stay whole."""
    tied = line.replace(" ", TIE)
    for sign in ("+", "=", ":="):
        tied = tied.replace(f"{TIE}{sign}{TIE}", f" {sign}{TIE}")
    return tied.replace(f";{TIE}", "; ")


def _tied_sentence(text: str) -> str:
    """The sentence with its small equations whole."""
    for sign in ("=", "−", "×", "/"):
        text = text.replace(f" {sign} ", f"{TIE}{sign}{TIE}")
    return text


def _fold(text: str, indent: str, hanging: str = "") -> str:
    """The text in lines of at most WIDTH, broken at spaces and not at ties."""
    folded = textwrap.fill(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return folded.replace(TIE, " ")


# JSON


def _write_json(state: State, level: Level, out: TextIO) -> None:
    """One object; a step a line, written as it is made: a large network has a million terms."""
    head = json.dumps(_head(state, level), ensure_ascii=False, allow_nan=False)
    print(head.removesuffix("}") + ', "steps": [', file=out)
    separator = ""
    for step in _steps(state, level):
        out.write(separator + json.dumps(step, ensure_ascii=False, allow_nan=False))
        separator = ",\n"
    print("\n]}", file=out)


def _head(state: State, level: Level) -> dict[str, Any]:
    model, trace = state.model, state.story.trace
    return {
        "network": list(model.network.sizes),
        "activation": model.network.activation_name,
        "data": model.dataset.name,
        "scaling": model.scaling,
        "example": state.moment.example + 1,
        "class": model.class_name(state.moment.example),
        "raw": model.raw(state.moment.example).tolist(),
        "x": trace.a[0].tolist(),
        "y": trace.y.tolist(),
        "seed": model.seed,
        "lambda": model.lambda_,
        "alpha": model.learning_rate,
        "fault": model.recipe.fault,
        "level": level.value,
    }


def _steps(state: State, level: Level) -> Iterator[dict[str, Any]]:
    story, before = state.story, 0
    for place in story.stops(level):
        told = caption(story, place, state.model.dataset, state.view.digits, level)
        step: dict[str, Any] = {"number": story.number(place, level)[0], "place": place}
        telling = story.telling(place)
        if telling is not None:
            step |= {"phase": telling.step.phase.value, "layer": telling.step.layer}
        step |= _words(story, place, told)
        if telling is not None and level in (Level.TERM, Level.UNIT):
            step |= _numbers(telling, level)
        if level is Level.LAYER or level.whole:
            step["values"] = [_quantity(quantity) for quantity in _told_between(story, before, place)]
        before = place
        yield step


def _words(story: Story, place: int, told: Caption) -> dict[str, Any]:
    return {
        "sentence": told.sentence,
        "symbols": plain(told.symbols),
        "numbers": plain(told.numbers),
        "vectorised": plain(told.vectorised),
        "dimensions": told.dimensions,
        "mistake": told.mistake,
        "code": {"numpy": code(story, place, "numpy"), "octave": code(story, place, "octave")},
    }


def _numbers(telling: Telling, level: Level) -> dict[str, Any]:
    step = telling.step
    first = telling.terms - 1 if level is Level.TERM else 0
    single = telling.complete and not step.fills_row
    return {
        "unit": step.unit,
        "symbol": step.symbol.value,
        "terms": [_term(step, index) for index in range(first, telling.terms)],
        "sum": None if step.fills_row else so_far(step, telling.terms - 1),
        "value": step.value if single else None,
    }


def _term(step: Step, index: int) -> dict[str, Any]:
    term = step.term(index)
    operands = [_quantity(operand) for operand in term.operands]
    return {"operands": operands, "value": term.value, "total": so_far(step, index)}


def _told_between(story: Story, start: int, stop: int) -> Iterator[Quantity]:
    """What the steps after place *start* up to *stop* compute."""
    for step, end in zip(story.steps, story.ends, strict=True):
        if start < end <= stop:
            columns: Sequence[int | None] = range(step.count) if step.fills_row else (None,)
            for column in columns:
                yield story.trace.quantity(step.target._replace(column=column))


def _quantity(quantity: Quantity) -> dict[str, Any]:
    at = quantity.address
    return {
        "symbol": at.symbol.value,
        "layer": at.layer,
        "row": at.row,
        "column": at.column,
        "value": quantity.value,
    }
