"""Captions: every place has one, at every level, and its sentence, formula and table tell the same numbers."""

import re
from collections.abc import Iterator

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.network import Network
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import MistakenStep, Phase, Step
from nnviz.engine.story import STORY_LEVELS, Level, Story
from nnviz.engine.trace import trace
from nnviz.files.datasets import load
from nnviz.picture.captions import Caption, address_of, caption, key, provenance, spoken, subject
from nnviz.picture.document import labels, typst_source
from nnviz.picture.formulas import FORMULAS, SLOPES
from nnviz.picture.markup import Formula, plain
from nnviz.picture.narrator import Narrator, counted, setting
from nnviz.picture.numbers import full
from nnviz.picture.palette import PALETTES, roles
from nnviz.picture.sentences import G_IN_WORDS, SENTENCES
from nnviz.picture.tables import TABLES
from nnviz.session.model import model_for
from nnviz.session.state import initial
from tests.picture.stories import CASES, story

COLOURS = roles(PALETTES["light"])
NUMBER = re.compile(r"[−]?\d+\.\d+(?:e[+−]\d+)?")


def kinds(base: type[Step] = Step) -> Iterator[type[Step]]:
    """The classes of steps that right stories are made of."""
    for kind in base.__subclasses__():
        if issubclass(kind, MistakenStep):
            continue
        if not kind.__name__.startswith("_"):
            yield kind
        yield from kinds(kind)


def formulas(told: Caption) -> tuple[Formula, ...]:
    return told.symbols, told.numbers, told.vectorised


def numbers(text: str) -> set[str]:
    return set(NUMBER.findall(text))


def at(told: Story, symbol: Symbol, layer: int, unit: int, level: Level = Level.UNIT, data: str | None = None):
    """The caption of the step that computes *symbol* at *unit*."""
    place = told.first_place(Address(symbol, layer, unit))
    return caption(told, place, load(data) if data else None, level=level)


def test_every_kind_of_step_has_words_formulas_a_table():
    assert set(kinds()) == set(SENTENCES) == set(FORMULAS) == set(TABLES)


def test_every_phase_is_told():
    assert {step.phase for step in story(*CASES[0]).steps} == set(Phase)


def test_every_activation_has_its_slope_and_its_name_in_words():
    names = {row.name for row in ACTIVATIONS}
    assert names == set(SLOPES) == set(G_IN_WORDS)


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("level", STORY_LEVELS)
@pytest.mark.parametrize("named", [True, False])
def test_every_place_has_a_caption(case, level, named):
    told, dataset = story(*case), load(case[0]) if named else None
    for place in range(told.length + 1):
        one = caption(told, place, dataset, level=level)
        written = [plain(formula) for formula in formulas(one)]
        assert re.fullmatch(r"[A-ZΘδ].*\.", one.sentence)
        assert "  " not in one.sentence
        assert all(written)
        assert one.dimensions.count("[") >= 2
        assert subject(told, place, dataset, level)
        assert not re.search(r"nan|inf\b|None|–|∞", " ".join([one.sentence, *written]))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_formula_can_be_typeset(case):
    told = story(*case)
    for place in told.stops(Level.TERM):
        for level in STORY_LEVELS:
            assert typst_source(*formulas(caption(told, place, None, level=level)), colours=COLOURS, size_pt=12)


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("digits", [1, 2, 5])
def test_sentence_formula_and_table_tell_the_same_numbers(case, digits):
    told = story(*case)
    for place in told.stops(Level.UNIT)[1:]:
        one = caption(told, place, load(case[0]), digits)
        formula = plain(one.numbers)
        cells = " ".join(cell.text.lstrip("+") for i in range(one.table.count) for cell in one.table.row(i).cells)
        total = one.table.total.text.lstrip("+") if one.table.total else ""
        # α, λ and the bias column's share are the only numbers that stand in no table.
        rates = f"{setting(told.trace.epoch.lambda_)} {setting(told.trace.epoch.learning_rate)}"
        assert numbers(one.sentence) <= numbers(f"{formula} {cells} {total} {rates}"), (one.sentence, formula, cells)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_numbers_are_the_traces_own(case):
    told = story(*case)
    narrator = Narrator(told.trace, None)
    for place in told.stops(Level.TERM):
        text = plain(caption(told, place, None).numbers)
        for label in labels(caption(told, place, None).numbers):
            assert narrator.at(address_of(label)) in text


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_table_shows_what_has_been_told(case):
    told = story(*case)
    for place in range(1, told.length + 1):
        telling, table = told.telling(place), caption(told, place, None).table
        assert (table.told, table.count) == (telling.terms, telling.step.count)
        assert (table.total is not None) == (telling.terms == telling.step.count and not telling.step.fills_row)
        assert (table.closing is not None) == (telling.step.closes and telling.complete)
        width = len(table.headings) - 1
        assert all(len(table.row(index).cells) == width for index in range(table.count))


def test_a_table_has_signs_names_colours_and_addresses():
    table = at(story(*CASES[0]), Symbol.DELTA, 3, 2, data="vehicles").table
    assert [plain(heading) for heading in table.headings] == ["k", "Θₖ₂⁽³⁾", "δₖ⁽⁴⁾", "product"]
    car = table.row(1)
    assert car.label == "2 · car"
    assert [cell.text for cell in car.cells] == ["+0.77", "−0.41", "−0.32"]
    assert [cell.role for cell in car.cells] == ["theta_positive", "delta", "text"]
    assert car.address == car.cells[0].address == Address(Symbol.THETA, 3, 2, 2)
    assert (table.total.text, table.total.address) == ("−0.38", Address(Symbol.WEIGHTED, 3, 2))
    assert plain(table.closing) == "−0.38 × 0.25 = −0.093"


def test_negative_theta_has_another_colour():
    narrator = Narrator(story(*CASES[0]).trace, None)
    for column in range(4):
        address = Address(Symbol.THETA, 1, 1, column)
        expected = "theta_negative" if narrator.value(address) < 0 else "theta_positive"
        assert narrator.role(address) == expected


def test_by_hand():
    """2-2-1 without bias: Θ⁽¹⁾ = [0 1 0; 0 0 1], Θ⁽²⁾ = [0 2 −1], x = (0, 0), y = 1.

    z⁽²⁾ = (0, 0), a⁽²⁾ = (½, ½), z = 2·½ − 1·½ = ½, h = 1/(1 + e^−½) = 0.6225, δ = −0.3775;
    cost = −log 0.6225 = 0.4741; δ₁⁽²⁾ = 2 · (−0.3775) · ¼ = −0.1888, Δ₁₁⁽²⁾ = −0.3775 · ½ = −0.1888.
    """
    network = Network.from_thetas([[[0, 1, 0], [0, 0, 1]], [[0, 2, -1]]])
    told = Story(trace(network, [0.0, 0.0], [1.0]))
    assert at(told, Symbol.A, 3, 1).sentence == (
        "The output adds the bias and the two activations of layer 2, each times its weight: z = 0.50. "
        "The sigmoid turns that into its answer, h = 0.62."
    )
    assert plain(at(told, Symbol.A, 3, 1).numbers) == (
        "z₁⁽³⁾ = 0 × 1 + 2.00 × 0.50 + (−1.00) × 0.50 = 0.50; a₁⁽³⁾ = g(0.50) = 0.62"
    )
    assert at(told, Symbol.COST, 3, 1).sentence == "The output is 0.62 and should be 1: that costs −log h = 0.47."
    assert plain(at(told, Symbol.COST, 3, 1).numbers) == "cost₁ = −1 × log(0.62) − (1 − 1) × log(1 − 0.62) = 0.47"
    assert at(told, Symbol.DELTA, 3, 1).sentence == (
        "The output is 0.62 and should be 1: its error is δ = 0.62 − 1 = −0.38, too low."
    )
    assert at(told, Symbol.DELTA, 2, 1).sentence == (
        "Unit 1 of layer 2 takes blame for what it helped to cause: its one product is −0.76; "
        "times g′(z) = 0.25 that gives δ = −0.19."
    )
    assert plain(at(told, Symbol.DELTA, 2, 1).symbols) == "δ₁⁽²⁾ = (Σₖ₌₁¹ Θₖ₁⁽²⁾ δₖ⁽³⁾) × a₁⁽²⁾ × (1 − a₁⁽²⁾)"
    assert "no link leads into it" in at(told, Symbol.DELTA, 2, 0).sentence
    assert plain(at(told, Symbol.DELTA, 2, 0).numbers) == "Σₖ₌₁¹ Θₖ₀⁽²⁾ δₖ⁽³⁾ = 0 × (−0.38) = 0; [not used: δ₀⁽²⁾ = 0]"
    row = caption(told, told.first_place(Address(Symbol.ACCUMULATOR, 2, 1)), None)
    assert plain(row.numbers).endswith("Δ₁₂⁽²⁾ := 0 + (−0.38) × 0.50 = −0.19")
    assert "as the first of all" in row.sentence


def test_large_numbers_of_examples_are_written_as_elsewhere_in_the_window():
    model = model_for(load("digits"))
    last = int(model.examples.training_rows[-1])
    state = initial(model, last)
    said = [caption(state.story, place, state.model.dataset).sentence for place in (0, *state.story.stops(Level.UNIT))]
    assert said[0].startswith(f"Example {last + 1:,} of 1,797 belongs to class ")
    assert any(f"over all {len(model.examples.training_rows):,} examples" in sentence for sentence in said)


def test_the_start_introduces_the_example():
    one = caption(story(*CASES[0]), 0, load("vehicles"))
    assert one.sentence == (
        "Example 150 of 150 belongs to class car. Its inputs, speed 0.50, mass 0.20 and height 0.41, wait in layer 1."
    )
    assert one.table is None


def test_levels_speak_of_the_term_the_unit_the_layer_the_example():
    told, vehicles = story(*CASES[0]), load("vehicles")
    layer = told.stops(Level.LAYER)[1]
    sentences = {level: caption(told, layer, vehicles, level=level).sentence for level in STORY_LEVELS}
    assert sentences[Level.TERM].startswith("Unit 5 of layer 2 puts z = ")
    assert sentences[Level.UNIT].startswith("Unit 5 of layer 2 adds ")
    assert sentences[Level.LAYER].startswith("Layer 2: its five units ")
    assert sentences[Level.EXAMPLE] == sentences[Level.UNIT]  # no example ends here
    end = caption(told, told.length, vehicles, level=Level.EXAMPLE).sentence
    assert end.startswith("Example 150 of 150: the largest output, 0.64, is for truck; it should be car.")
    assert "Θ has taken its step" in end


@pytest.mark.parametrize("case", CASES, ids=str)
def test_of_the_errors_of_a_layer_the_one_that_is_named_is_the_largest_in_size(case):
    """−0.24 is not larger than 0.21."""
    told, layer = story(*case), 2
    if len(told.trace.delta[layer - 1]) > 1:
        said = at(told, Symbol.DELTA, layer, 0 if layer < len(case[1]) else case[1][-1], Level.LAYER).sentence
        largest = Narrator(told.trace, None).text(float(max(told.trace.delta[layer - 1], key=abs)))
        assert f"The largest in size, {largest}, is that of" in said


def test_a_class_with_a_number_for_a_name_does_not_run_into_what_is_said_of_it():
    model = model_for(load("digits"), sizes=(64, 3, 10))
    told = initial(model, 0).story
    place = told.first_place(Address(Symbol.COST, 3, 1))
    said = caption(told, place - 1, load("digits"), level=Level.TERM).sentence
    assert said.startswith("For the output for 0, y is ")


def test_under_way_the_term_is_told_and_the_sum_so_far():
    one = caption(story(*CASES[0]), 2, load("vehicles"))
    assert one.sentence == "Input speed sends 0.50; times the weight 0.020 it adds 0.010, which makes 0.78 so far."
    assert plain(one.numbers) == "0.020 × 0.50 = 0.010; sum so far = 0.77 + 0.010 = 0.78"


def test_a_long_sum_leaves_out_its_middle_but_the_table_does_not():
    told = story("digits", (64, 25, 10), "sigmoid", 0, 0.0)
    one = at(told, Symbol.A, 2, 1)
    assert plain(one.numbers).count("×") == 4
    assert " + … + " in plain(one.numbers)
    assert one.table.count == 65
    assert one.table.row(64).label == "64"


def test_a_saturated_output_is_not_said_to_be_1():
    """XNOR of (1, 1): z = 10, 1 − h = 4.5e−5; 1.00 − 1 and log(1 − 1.00) would both be wrong."""
    told = story(*CASES[5])
    assert at(told, Symbol.DELTA, 3, 1).sentence.endswith("its error is δ = −4.5e−5, too low.")
    assert plain(at(told, Symbol.DELTA, 3, 1).numbers) == "δ₁⁽³⁾ = (1 − 4.5e−5) − 1 = −4.5e−5"
    assert "log(4.5e−5)" in plain(at(told, Symbol.COST, 3, 1).numbers)
    assert "g′(z₁⁽²⁾) = 4.5e−5;" in plain(at(told, Symbol.DELTA, 2, 1).numbers)


def test_a_likelihood_too_small_for_a_double_is_a_power_of_e():
    told = Story(trace(Network.from_thetas([[[-800.0, 0.0]]]), [0.0], [1.0]))
    one = at(told, Symbol.COST, 2, 1)
    assert "log(e^(−800.00))" in plain(one.numbers)
    assert plain(one.numbers).endswith("= 800.00")


def test_weight_decay_is_told_and_leaves_the_bias_alone():
    told = story(*CASES[0])
    one = caption(told, told.first_place(Address(Symbol.D, 1, 1)), load("vehicles"))
    assert "λ = 0.5 times Θ" in one.sentence
    assert plain(one.numbers).startswith("D₁₀⁽¹⁾ = −0.69/150 = ")
    assert "D₁₁⁽¹⁾ = (−0.28 + 0.5 × 0.020)/150 = " in plain(one.numbers)
    assert one.dimensions == "([5 × 4] + [5 × 4]) / 150 = [5 × 4]"


def test_vectorised_with_dimensions():
    one = at(story(*CASES[0]), Symbol.DELTA, 3, 2)
    assert plain(one.vectorised) == "δ⁽³⁾ = (Θ⁽³⁾)ᵀ δ⁽⁴⁾ .* a⁽³⁾ .* (1 − a⁽³⁾)"
    assert one.dimensions == "[5 × 4] · [4 × 1] .* [5 × 1] = [5 × 1]"


def test_read_aloud():
    theta, sizes = Address(Symbol.THETA, 3, 2, 1), (3, 5, 5, 4)
    assert spoken(theta) == "Θ of layer 3: to unit 2 of layer 4, from unit 1 of layer 3"
    assert spoken(theta, load("vehicles"), sizes) == "Θ of layer 3: to the output for car, from unit 1 of layer 3"
    assert spoken(Address(Symbol.THETA, 1, 2, 0)) == "Θ of layer 1: to unit 2 of layer 2, from the bias unit of layer 1"
    assert spoken(Address(Symbol.A, 1, 1), load("vehicles"), sizes) == "the activation a of input speed"
    assert spoken(Address(Symbol.EXAMPLE_COST, 4)) == "the cost of the example"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_number_says_where_it_comes_from_with_all_its_digits(case):
    told = story(*case)
    for step in told.steps:
        for address in {address for index in range(step.count) for address in step.operands(index)}:
            line = provenance(told, address)
            assert full(told.trace.quantity(address).value) in line
            assert "\n" not in line
            assert spoken(address)
        if not step.fills_row:
            assert full(step.value) in provenance(told, step.target)


def test_provenance():
    told = story(*CASES[0])
    assert provenance(told, Address(Symbol.A, 1, 0)) == "a₀⁽¹⁾ = 1 (1.0): the bias unit always says 1"
    assert provenance(told, Address(Symbol.A, 3, 2)).startswith("a₂⁽³⁾ = 0.56 (0.56")
    assert "no link leads into a bias unit" in provenance(told, Address(Symbol.DELTA, 3, 0))


@given(
    st.builds(
        Address,
        st.sampled_from(Symbol),
        st.integers(1, 12),
        st.integers(0, 10_000),
        st.one_of(st.none(), st.integers(0, 10_000)),
    )
)
def test_keys_and_addresses_go_both_ways(address):
    assert address_of(key(address)) == address


def test_counting_words():
    assert [counted(n, "product") for n in (1, 4, 12, 13)] == [
        "one product",
        "four products",
        "twelve products",
        "13 products",
    ]
    assert setting(-1e-7) == "−1e−07"


def test_a_caption_of_784_inputs_costs_no_table():
    """Only the rows looked at are made: 1,000 captions of a unit with 785 terms in well under the test's time."""
    network = Network.random((784, 10, 10), seed=1)
    told = Story(trace(network, np.full(784, 0.5), np.eye(10)[3]))
    for place in range(1, 1001):
        assert caption(told, place, None).sentence
