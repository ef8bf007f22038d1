"""The sentence, the table, the formula, the picture and `--json` never disagree, at any step of any story."""

import io
import json
import re
from contextlib import redirect_stdout
from dataclasses import replace

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from nnviz.cli import step as step_command
from nnviz.cli.main import main
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.data import Dataset
from nnviz.engine.network import Network
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.story import Level, Story
from nnviz.files.datasets import load
from nnviz.picture.captions import address_of, caption
from nnviz.picture.document import labels
from nnviz.picture.layout import layout
from nnviz.picture.markup import plain
from nnviz.picture.matrices import matrices
from nnviz.picture.matrix import Matrix
from nnviz.picture.narrator import Narrator, setting
from nnviz.picture.numbers import shown
from nnviz.picture.parts import Picture
from nnviz.picture.reveal import picture
from nnviz.picture.wiring import wiring
from nnviz.session.model import model_for
from nnviz.session.recipe import Recipe
from nnviz.session.state import State, initial

MATRICES = (Symbol.THETA, Symbol.ACCUMULATOR, Symbol.D, Symbol.THETA_NEW)
NUMBER = re.compile(r"−?\d+(?:\.\d+)?(?:e[+−]\d+)?")
CASES = [
    ("vehicles", None, "sigmoid", 149, 0.5),
    ("vehicles", (3, 4), "sigmoid", 0, 0.0),
    ("iris", (4, 3, 2, 3), "tanh", 149, 0.1),
    ("iris", (4, 5, 3), "relu", 20, 0.0),
    ("xnor", None, "sigmoid", 3, 1.0),
    ("xor", (2, 3, 1), "linear", 0, 0.0),
]


def opened(data: str, sizes: tuple[int, ...] | None, activation: str, example: int, lambda_: float) -> State:
    model = model_for(load(data), sizes=sizes, activation=activation)
    return initial(replace(model, recipe=Recipe(lambda_=lambda_)), example)


def pictures(state: State, places: range, level: Level = Level.UNIT) -> list[Picture]:
    """What is seen at each of *places*."""
    dataset, story = state.model.dataset, state.story
    plan = layout(state.model.network.sizes, dataset, 900, 700, 1.0)
    weights = wiring(state.model.network, plan)
    return [picture(story, place, plan, weights, dataset, level=level) for place in places]


def told_as_json(state: State, level: Level) -> dict:
    out = io.StringIO()
    step_command._write_json(state, level, out)
    return json.loads(out.getvalue())


def number_in(text: str) -> str:
    """The last number of a tag, a cell or a unit, without a plus."""
    found = NUMBER.findall(text)
    return found[-1] if found else ""


def assert_agreement(state: State, level: Level = Level.TERM) -> None:
    """Every number of sentence, formulas, table, matrices and picture is the trace's, and JSON's, at every place."""
    story, dataset = state.story, state.model.dataset
    steps = told_as_json(state, level)["steps"]
    stops = story.stops(level)
    assert [one["place"] for one in steps] == list(stops)
    for one, place, seen in zip(steps, stops, pictures(state, stops, level), strict=True):
        said = caption(story, place, dataset, level=level)
        assert one["sentence"] == said.sentence
        assert one["numbers"] == plain(said.numbers)
        assert one["symbols"] == plain(said.symbols)
        agree_with_trace(story, dataset, place, seen)
        if level in (Level.TERM, Level.UNIT) and place:
            agree_with_json(story, dataset, place, level, one)


def agree_with_trace(story: Story, dataset: Dataset, place: int, seen: Picture) -> None:
    narrator = Narrator(story.trace, dataset)
    told = caption(story, place, dataset)
    formula = plain(told.numbers)
    for label in labels(told.numbers):
        assert narrator.at(address_of(label)) in formula
    for unit in seen.units:
        if unit.address.row:
            known = story.known(unit.address, place)
            assert unit.text == (shown(story.trace.quantity(unit.address).value) if known else "")
    table = told.table
    for tag in seen.tags:
        agree_with_tag(story, place, tag)
    if table is not None:
        for index in range(table.told):
            for cell in table.row(index).cells:
                if cell.address is not None:
                    assert cell.text.lstrip("+") == narrator.at(cell.address).lstrip("+")
    for part in matrices(story, place):
        if isinstance(part, Matrix):
            agree_with_matrix(story, place, part)


def agree_with_tag(story: Story, place: int, tag: object) -> None:
    """A tag says the number at its address, a term of the step, or the sum so far; never one that is not told yet."""
    if not tag.text:
        return
    telling = story.telling(place)
    step, trace = telling.step, story.trace
    possible = [step.total, *step.products[: telling.terms], *step.totals[: telling.terms]]
    row = tag.address.symbol in MATRICES and tag.address.column is None
    if story.known(tag.address, place) and not row:
        possible.append(trace.quantity(tag.address).value)
    texts = {shown(float(value)) for value in possible}
    assert number_in(tag.text) in texts, (place, tag.text, texts)
    if tag.address.symbol is Symbol.DELTA and tag.text.startswith("δ"):
        assert story.known(tag.address, place)
        assert number_in(tag.text) == shown(trace.quantity(tag.address).value)


def agree_with_matrix(story: Story, place: int, part: Matrix) -> None:
    for row in range(part.values.shape[0]):
        for column in range(part.values.shape[1]):
            address = part.address(row, column)
            if address is not None and part.known(row, column):
                assert part.values[row, column] == story.trace.quantity(address).value
                assert story.known(address, place)


def agree_with_json(story: Story, dataset: Dataset, place: int, level: Level, one: dict) -> None:
    telling, trace = story.telling(place), story.trace
    step = telling.step
    assert (one["phase"], one["layer"], one["unit"]) == (step.phase.value, step.layer, step.unit)
    first = telling.terms - 1 if level is Level.TERM else 0
    assert len(one["terms"]) == telling.terms - first
    table = caption(story, place, dataset, level=level).table
    assert table.told == telling.terms
    for index, term in enumerate(one["terms"], first):
        assert term["value"] == step.term(index).value
        cells = table.row(index).cells
        for operand, cell in zip(term["operands"], cells, strict=False):
            address = Address(Symbol(operand["symbol"]), operand["layer"], operand["row"], operand["column"])
            assert operand["value"] == trace.quantity(address).value
            assert cell.address == address
        if len(cells) > len(term["operands"]):
            said = term["total"] if step.fills_row else term["value"]
            assert cells[-1].text.lstrip("+") == shown(said) or number_in(cells[-1].text) == shown(said)
    if table.total is not None:
        assert table.total.text.lstrip("+") == shown(one["sum"])
    if one["value"] is not None:
        assert one["value"] == step.value
        assert number_in(one["numbers"]) == shown(one["value"]) or step.symbol is Symbol.DELTA or "e" in one["numbers"]
        rates = {setting(trace.epoch.lambda_), setting(trace.epoch.learning_rate)}
        assert set(re.findall(r"−?\d+\.\d+(?:e[+−]\d+)?", one["sentence"])) - rates <= {
            text.lstrip("+") for text in re.findall(r"[−]?\d+\.\d+(?:e[+−]\d+)?", _everything(table, one))
        }


def _everything(table: object, one: dict) -> str:
    cells = " ".join(cell.text for index in range(table.count) for cell in table.row(index).cells)
    total = table.total.text if table.total else ""
    return f"{cells} {total} {one['numbers']}"


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("level", [Level.TERM, Level.UNIT])
def test_all_that_is_said_of_a_step_agrees(case, level):
    assert_agreement(opened(*case), level)


@pytest.mark.parametrize("level", [Level.LAYER, Level.EXAMPLE])
def test_layers_and_examples_agree(level):
    state = opened(*CASES[0])
    for one in told_as_json(state, level)["steps"]:
        said = caption(state.story, one["place"], state.model.dataset, level=level)
        assert (one["sentence"], one["numbers"]) == (said.sentence, plain(said.numbers))
        for value in one.get("values", ()):
            address = Address(Symbol(value["symbol"]), value["layer"], value["row"], value["column"])
            assert value["value"] == state.story.trace.quantity(address).value
            assert state.story.known(address, one["place"])


@st.composite
def states(draw: st.DrawFn) -> State:
    """A small random network, with weights from tiny to large, on an example of real data."""
    data = load(draw(st.sampled_from(["vehicles", "iris", "xor"])))
    hidden = draw(st.lists(st.integers(1, 4), max_size=2))
    sizes = (data.features, *hidden, data.outputs)
    activation = draw(st.sampled_from([row.name for row in ACTIVATIONS]))
    scale = 10.0 ** draw(st.integers(-3, 1))
    numbers = np.random.default_rng(draw(st.integers(0, 10**6)))
    thetas = [numbers.normal(scale=scale, size=(after, before + 1)) for before, after in zip(sizes, sizes[1:])]
    network = Network.from_thetas(thetas, activation=activation)
    model = replace(
        model_for(data, sizes=sizes),
        network=network,
        start=network,
        recipe=Recipe(lambda_=draw(st.sampled_from([0.0, 1.0]))),
    )
    return initial(model, draw(st.sampled_from([0, len(data) - 1])))


@given(states())
@settings(max_examples=8)
def test_all_that_is_said_of_random_networks_agrees(state):
    assert_agreement(state)


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("level", [Level.TERM, Level.LAYER])
def test_forward_and_then_back_shows_the_same_picture_at_every_place(case, level):
    state = opened(*case)
    places = range(state.story.length + 1)
    there = pictures(state, places, level)
    back = pictures(opened(*case), places[::-1], level)[::-1]
    assert there == back


def test_the_command_says_what_the_window_says():
    out = io.StringIO()
    with redirect_stdout(out):
        code = main(["step", "--network", "3-5-5-4", "--data", "vehicles", "--example", "7", "--seed", "4", "--json"])
    told, state = json.loads(out.getvalue()), opened("vehicles", None, "sigmoid", 6, 0.0)
    assert code == 0
    for one in told["steps"]:
        said = caption(state.story, one["place"], state.model.dataset)
        assert (one["sentence"], one["numbers"]) == (said.sentence, plain(said.numbers))
    assert told["x"] == state.story.trace.a[0].tolist()
