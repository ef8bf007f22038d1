"""At every place of a story the current line is one of the program, and its variables are the numbers of the step."""

from itertools import pairwise

import pytest

from nnviz.engine.faults import FAULTS
from nnviz.engine.steps import BiasError, OutputError
from nnviz.engine.story import Level
from nnviz.picture.narrator import Narrator
from nnviz.picture.pieces import so_far
from nnviz.picture.programs.execution import UNKNOWN, execution
from nnviz.picture.programs.program import Kind
from nnviz.picture.programs.usage import whole
from tests.picture.stories import CASES, mistaken, story

FORMS = [(version, language) for version in ("loop", "vectorised") for language in ("numpy", "octave")]
NAMES = [row.name for row in FAULTS]


def program_of(told, form):
    trace = told.trace
    return whole(trace, Kind(trace.network.activation_name, trace.mistake), *form)


def at(told, place, form, digits=2):
    return execution(told, place, program_of(told, form), Narrator(told.trace, None, digits))


def executions(told, form, level=Level.TERM):
    program, narrator = program_of(told, form), Narrator(told.trace, None)
    return [(place, execution(told, place, program, narrator)) for place in told.stops(level)]


def stories():
    return [story(*case) for case in CASES] + [mistaken(name) for name in NAMES]


@pytest.mark.parametrize("form", FORMS, ids=str)
@pytest.mark.parametrize("told", stories(), ids=[*map(str, CASES), *NAMES])
def test_every_place_has_a_line_of_its_own_phase_and_never_goes_back(told, form):
    program = program_of(told, form)
    before = {}
    for place, now in executions(told, form):
        assert program.lines[now.line].text.strip()
        telling = told.telling(place)
        if telling is None:
            continue
        before.setdefault(telling.step.phase, []).append((telling.index, now.line))
    lasts = [max(line for _, line in lines) for lines in before.values()]
    firsts = [min(line for _, line in lines) for lines in before.values()]
    assert all(last < first for last, first in zip(lasts, firsts[1:])), "a phase begins before the one before it ends"
    for lines in before.values():
        for (step, line), (following, later) in pairwise(lines):
            assert later >= line or following > step, "a loop begins anew with another unit only"


@pytest.mark.parametrize("form", FORMS[:2], ids=str)
@pytest.mark.parametrize("told", stories(), ids=[*map(str, CASES), *NAMES])
def test_the_variables_of_the_loops_are_those_of_the_terms(told, form):
    for place, now in executions(told, form):
        telling = told.telling(place)
        if telling is None or isinstance(telling.step, BiasError):
            continue
        step, index = telling.step, telling.terms - 1
        numbers = [one.number for one in now.variables if one.number is not None]
        terms = range(index + 1) if isinstance(step, OutputError) else (index,)
        operands = [step.computed.quantity(address).value for term in terms for address in step.operands(term)]
        if step.symbol.value == "Δ":
            operands = operands[1:]  # Δ before is told in a note
        assert numbers[: len(operands)] == operands
        if step.fills_row:
            assert numbers[-1] == step.totals[index]
        elif telling.complete:
            assert numbers[-1] == pytest.approx(step.value, abs=1e-15)
        elif not isinstance(step, OutputError):
            assert numbers[-1] == so_far(step, index)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_the_wrong_line_is_lit_where_the_mistake_strikes(form):
    for name in NAMES:
        told = mistaken(name)
        program, kind = program_of(told, form), told.trace.mistake
        if name == "accumulator-not-reset":
            continue  # its line is executed before the first example
        struck = [now for place, now in executions(told, form) if place and isinstance(told.telling(place).step, kind)]
        assert any(program.lines[now.line].wrong for now in struck) or name == "theta-not-transposed", name


def test_indices_as_the_language_counts_them_and_as_the_course_does():
    told = story(*CASES[0])
    place = next(end for end, step in zip(told.ends, told.steps) if (step.layer, step.unit) == (3, 2)) - 2
    found = {}
    for language in ("numpy", "octave"):
        found[language] = [(one.name, one.text, one.note) for one in at(told, place, ("loop", language)).variables[:6]]
    assert found["numpy"][:4] == [
        ("i", "149", "example 150"),
        ("l", "3", "layer 3"),
        ("j", "1", "unit 2"),
        ("k", "4", "unit 4"),
    ]
    assert [text for _, text, _ in found["octave"][:4]] == ["150", "3", "2", "5"]
    assert [name for name, _, _ in found["numpy"][4:]] == ["Theta[l - 1][j, k]", "a[l - 1][k]"]
    assert [name for name, _, _ in found["octave"][4:]] == ["Theta{l - 1}(j, k)", "a{l - 1}(k)"]


def test_in_vectors_what_has_not_been_told_is_no_number():
    told = story(*CASES[0])
    variables = {one.name: one.text for one in at(told, 5, ("vectorised", "numpy")).variables}
    assert variables["z[l]"].count(UNKNOWN) == 4
    assert variables["a[l]"].startswith("[1  ")
    done = {one.name: one.text for one in at(told, told.forwarded, ("vectorised", "numpy")).variables}
    assert UNKNOWN not in "".join(done.values())


def test_long_vectors_show_the_present_entry():
    told = story("digits", (64, 25, 10), "sigmoid", 3, 0.0)
    place = 66 * 12
    variables = {one.name: one.text for one in at(told, place, ("vectorised", "octave"), 3).variables}
    value = Narrator(told.trace, None, 3).text(told.trace.z[1][11])
    assert value in variables["z{l}"]
    assert "…" in variables["z{l}"]


def test_it_is_described_in_words():
    told = mistaken("sign-flipped")
    place = next(end for end, step in zip(told.ends, told.steps) if isinstance(step, told.trace.mistake))
    form = ("loop", "numpy")
    words = at(told, place, form).described(program_of(told, form))
    assert ", which is wrong: delta[L][j] = Y[i, j] - h[j]." in words
    assert "j = 0 (unit 1)" in words
