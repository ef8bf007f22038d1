"""Steps with a planted mistake: formula, numbers, table, matrices and code tell the same wrong thing, and say so."""

import re

import numpy as np
import pytest

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.faults import FAULTS, fault
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import BiasError, HiddenError, MistakenStep, Phase
from nnviz.engine.story import STORY_LEVELS, Level
from nnviz.files.datasets import load
from nnviz.picture.captions import caption, provenance
from nnviz.picture.code import code
from nnviz.picture.document import labels, typst_source
from nnviz.picture.markup import plain
from nnviz.picture.matrices import matrices
from nnviz.picture.matrix import Matrix
from nnviz.picture.narrator import Narrator
from nnviz.picture.palette import PALETTES, roles
from tests.picture.stories import mistaken

COLOURS = roles(PALETTES["light"])
NAMES = [row.name for row in FAULTS]
EVERY = pytest.mark.parametrize("name", NAMES)


def struck(told):
    """The places at which steps with the mistake have been told."""
    return [end for end, step in zip(told.ends, told.steps) if isinstance(step, MistakenStep)]


@EVERY
@pytest.mark.parametrize("level", STORY_LEVELS)
@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
def test_every_place_has_a_caption(name, level, activation):
    told = mistaken(name, activation=activation)
    for place in range(told.length + 1):
        one = caption(told, place, load("vehicles"), level=level)
        written = [plain(formula) for formula in (one.symbols, one.numbers, one.vectorised)]
        assert re.fullmatch(r"[A-ZΘδΔy].*\.", one.sentence)
        assert all(written)
        assert one.dimensions.count("[") >= 2
        assert not re.search(r"nan|inf\b|None |  |–|∞", " ".join([one.sentence, *written]))


def test_where_a_number_comes_from_is_not_told_by_a_right_formula_that_does_not_give_it():
    told = mistaken("bias-regularised")
    assert provenance(told, Address(Symbol.D, 3, 1, 0)).endswith(": wrong here: bias column regularised")
    assert provenance(told, Address(Symbol.D, 3, 1, 1)).endswith(": (Δ + λΘ) / m")
    assert "wrong here" not in provenance(mistaken("bias-regularised", hidden=True), Address(Symbol.D, 3, 1, 0))


@EVERY
def test_every_formula_can_be_typeset_and_names_numbers_that_there_are(name):
    told = mistaken(name)
    narrator = Narrator(told.trace, None)
    for place in struck(told)[:6]:
        for level in STORY_LEVELS:
            one = caption(told, place, None, level=level)
            assert typst_source(one.symbols, one.numbers, one.vectorised, colours=COLOURS, size_pt=12)
            for label in labels(one.numbers):
                from nnviz.picture.captions import address_of

                assert narrator.at(address_of(label)) in plain(one.numbers)
                assert provenance(told, address_of(label))


@EVERY
def test_it_is_marked_where_it_strikes_and_nowhere_else(name):
    told = mistaken(name)
    title = fault(name).title
    for place in told.stops(Level.UNIT)[1:]:
        step = told.telling(place).step
        one = caption(told, place, None)
        assert one.mistake == (title if isinstance(step, MistakenStep) else None)
        assert (fault(name).sentence in one.sentence) == isinstance(step, MistakenStep)


@EVERY
def test_its_formula_differs_from_the_right_one(name):
    told, right = mistaken(name), mistaken(None)
    place = struck(told)[0]
    step = told.telling(place).step
    other = next(end for end, one in zip(right.ends, right.steps) if one.target == step.target)
    wrong, expected = caption(told, place, None), caption(right, other, None)
    if name != "accumulator-not-reset":  # its formula is right: what Δ holds before is not
        assert plain(wrong.symbols) != plain(expected.symbols)
        assert plain(wrong.vectorised) != plain(expected.vectorised)
    assert code(told, place, "numpy") != code(right, other, "numpy")
    assert code(told, place, "octave") != code(right, other, "octave")


@EVERY
def test_the_layer_is_told_with_it_too(name):
    told = mistaken(name)
    marked = [
        place
        for place in told.stops(Level.LAYER)[1:]
        if caption(told, place, None, level=Level.LAYER).mistake is not None
    ]
    assert marked
    for place in marked:
        one = caption(told, place, None, level=Level.LAYER)
        assert one.sentence.startswith(fault(name).sentence)
        assert "differ" in one.sentence


def test_the_bias_unit_speaks_for_its_layer():
    told = mistaken("no-slope")
    end = next(end for end, step in zip(told.ends, told.steps) if isinstance(step, BiasError))
    assert caption(told, end, None, level=Level.UNIT).mistake is None
    assert caption(told, end, None, level=Level.LAYER).mistake == "g′ left out"
    assert "(1 - a3)" not in code(told, end, "numpy")


@EVERY
def test_a_table_shows_what_has_been_told(name):
    told = mistaken(name)
    for place in struck(told)[:4]:
        telling, table = told.telling(place), caption(told, place, None).table
        width = len(table.headings) - 1
        assert all(len(table.row(index).cells) == width for index in range(table.count))
        assert (table.total is not None) == (not telling.step.fills_row)
        assert (table.closing is not None) == telling.step.closes


@EVERY
def test_the_matrices_end_in_what_the_step_computes(name):
    told = mistaken(name)
    for place in struck(told)[:4]:
        step = told.telling(place).step
        *before, last = matrices(told, place)
        assert any(isinstance(part, Matrix) for part in before)
        found = last.values[step.unit - 1]
        expected = step.totals if step.fills_row else [step.value]
        np.testing.assert_array_equal(found, expected)
        assert last.known(step.unit - 1, 0)
        for part in before:
            if isinstance(part, Matrix):
                address = part.address(0, part.columns - 1)
                assert address is None or told.trace.quantity(address).value == part.values[0, -1] or part.title


@pytest.mark.parametrize(
    ("name", "evaluate"),
    [
        ("sign-flipped", lambda y, a: y - a),
        ("output-slope", lambda a, y, s: (a - y) * s),
        ("labels-shifted", lambda a, y: a - y),
        ("no-slope", lambda theta, d: theta @ d),
        ("slope-of-a", lambda theta, d, s: theta @ d * s),
        ("bias-row-kept", lambda theta, d, s: theta @ d * s),
        ("theta-not-transposed", lambda theta, d, s: theta @ d * s),
        ("theta-changed-early", lambda theta, d, s: theta @ d * s),
        ("last-example-left-out", lambda before: before),
        ("accumulator-not-reset", lambda before, d, a: before + d @ a),
        ("lambda-not-over-m", lambda sums, theta: sums / 150 + 0.5 * theta),
        ("bias-regularised", lambda sums, theta: (sums + 0.5 * theta) / 150),
        ("no-regularisation", lambda sums: sums / 150),
        ("not-over-m", lambda sums, theta: sums + 0.5 / 150 * theta),
        ("bias-in-the-loop", lambda theta, D: theta - 0.7 * D),
    ],
)
def test_the_matrices_give_their_result(name, evaluate):
    told = mistaken(name)
    for place in struck(told):
        *before, last = [part.values for part in matrices(told, place) if isinstance(part, Matrix)]
        np.testing.assert_allclose(last, evaluate(*before), rtol=1e-9, atol=1e-13)


@EVERY
@pytest.mark.parametrize("activation", [row.name for row in ACTIVATIONS])
def test_the_code_run_line_by_line_gives_the_trace(name, activation):
    told = mistaken(name, activation=activation)
    trace, epoch = told.trace, told.trace.epoch
    names = {"np": np, "x": trace.a[0], "y": trace.y, "m": epoch.m, "lambda_": 0.5, "alpha": 0.7}
    for n, theta in enumerate(trace.network.thetas, 1):
        names |= {f"Theta{n}": np.array(theta), f"Delta{n}": trace.accumulator_before[n - 1]}
        names |= {f"newTheta{n}": epoch.updated.theta(n)}
    for line in dict.fromkeys(code(told, place, "numpy") for place in told.stops(Level.UNIT)):
        exec(line, names)
    expected = {f"d{n}": trace.delta[n - 1] for n in range(2, 5)} | {"total": trace.cost}
    for n in range(1, 4):
        expected[f"Delta{n}"] = trace.accumulator[n - 1]
        if trace.final:
            expected |= {f"D{n}": epoch.D[n - 1], f"Theta{n}": epoch.updated.theta(n)}
    for key, value in expected.items():
        np.testing.assert_allclose(names[key], value, rtol=1e-9, atol=1e-12, err_msg=key)


@EVERY
@pytest.mark.parametrize("language", ["numpy", "octave"])
def test_lines_are_short_enough_for_the_panel(name, language):
    told = mistaken(name)
    for place in struck(told):
        assert all(len(line) <= 76 for line in code(told, place, language).splitlines())


@EVERY
def test_hidden_it_is_told_by_the_right_formulas_and_nothing_gives_it_away(name):
    told, right = mistaken(name, hidden=True), mistaken(None)
    assert [type(step) for step in told.steps] == [type(step) for step in mistaken(name, hidden=True).steps]
    assert not struck(told)
    for place in told.stops(Level.UNIT):
        one = caption(told, place, None)
        assert one.mistake is None
        assert fault(name).sentence not in one.sentence
    if len(right.steps) == len(told.steps):
        pairs = zip(told.ends, told.steps)
        backward = [end for end, step in pairs if step.phase is Phase.BACKWARD and isinstance(step, HiddenError)]
        assert plain(caption(told, backward[0], None).symbols) == plain(caption(right, backward[0], None).symbols)
