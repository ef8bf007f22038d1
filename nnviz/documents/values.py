"""A story as plain values with every digit: what `nnviz step --json` prints."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from nnviz.documents.told import Passage, passages
from nnviz.engine.quantities import Quantity
from nnviz.engine.steps import Step
from nnviz.engine.story import Level, Telling
from nnviz.picture.code import code
from nnviz.picture.markup import plain
from nnviz.picture.pieces import so_far
from nnviz.session.state import State


def json_text(state: State, level: Level) -> Iterator[str]:
    """One object; a step a line, each made when it is asked for: a large network has a million terms."""
    head = json.dumps(story_head(state, level), ensure_ascii=False, allow_nan=False)
    separator = head.removesuffix("}") + ', "steps": [\n'
    for passage in passages(state, level):
        yield separator + json.dumps(record(passage), ensure_ascii=False, allow_nan=False)
        separator = ",\n"
    yield "\n]}\n"


def story_head(state: State, level: Level) -> dict[str, Any]:
    """What the story is told of. A mistake that the student is to find has no name here."""
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
        "iteration": state.moment.iteration,
        "lambda": model.lambda_,
        "alpha": model.learning_rate,
        "fault": None if model.recipe.hidden else model.recipe.fault,
        "level": level.value,
    }


def record(passage: Passage) -> dict[str, Any]:
    """One step: its words, and its numbers with every digit."""
    step: dict[str, Any] = {"number": passage.number, "place": passage.place}
    telling, level = passage.telling, passage.level
    if telling is not None:
        step |= {"phase": telling.step.phase.value, "layer": telling.step.layer}
    step |= _words(passage)
    if telling is not None and level in (Level.TERM, Level.UNIT):
        step |= _numbers(telling, level)
    if level is Level.LAYER or level.whole:
        step["values"] = [_quantity(quantity) for quantity in told_in(passage)]
    return step


def told_in(passage: Passage) -> Iterator[Quantity]:
    """What the steps of the passage compute."""
    story = passage.state.story
    for step, end in zip(story.steps, story.ends, strict=True):
        if passage.before < end <= passage.place:
            yield from computed(passage, step)


def computed(passage: Passage, step: Step) -> Iterator[Quantity]:
    """What one step computes: a number, or the entries of its row."""
    columns: Sequence[int | None] = range(step.count) if step.fills_row else (None,)
    for column in columns:
        yield passage.state.story.trace.quantity(step.target._replace(column=column))


def terms_told(telling: Telling, level: Level) -> range:
    """The indices of the terms that a step at *level* tells: by term the latest, else all so far."""
    return range(telling.terms - 1 if level is Level.TERM else 0, telling.terms)


def _words(passage: Passage) -> dict[str, Any]:
    told, story, place = passage.caption, passage.state.story, passage.place
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
    single = telling.complete and not step.fills_row
    return {
        "unit": step.unit,
        "symbol": step.symbol.value,
        "terms": [_term(step, index) for index in terms_told(telling, level)],
        "sum": None if step.fills_row else so_far(step, telling.terms - 1),
        "value": step.value if single else None,
    }


def _term(step: Step, index: int) -> dict[str, Any]:
    term = step.term(index)
    operands = [_quantity(operand) for operand in term.operands]
    return {"operands": operands, "value": term.value, "total": so_far(step, index)}


def _quantity(quantity: Quantity) -> dict[str, Any]:
    at = quantity.address
    return {
        "symbol": at.symbol.value,
        "layer": at.layer,
        "row": at.row,
        "column": at.column,
        "value": quantity.value,
    }
