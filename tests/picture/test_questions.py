"""What is said of predictions."""

import pytest

from nnviz.engine.asking.question import Kind
from nnviz.engine.quantities import Symbol
from nnviz.files.datasets import load
from nnviz.picture.markup import plain
from nnviz.picture.matrix import Matrix
from nnviz.picture.numbers import shown
from nnviz.picture.questions import asked, formula, given, numbers, outcome, settings, tally
from tests.engine.asking.cases import questions
from tests.picture.stories import CASES, story


def all_questions(kind, digits=2):
    return [(one, load(case[0])) for case in CASES for one in questions(story(*case), digits, kind)]


@pytest.fixture(scope="module")
def vehicles():
    return [one for kind in Kind for one in questions(story(*CASES[0]), 2, kind)]


def of(vehicles, symbol, kind, layer):
    return next(q for q in vehicles if (q.target.symbol, q.kind, q.target.layer) == (symbol, kind, layer))


def test_the_question_in_words(vehicles):
    data = load("vehicles")
    assert asked(of(vehicles, Symbol.Z, Kind.SIGN, 2), data) == "Is z of unit 1 of layer 2 negative, 0 or positive?"
    assert asked(of(vehicles, Symbol.DELTA, Kind.NUMBER, 4), data) == "What is δ of the output for pedestrian?"
    said = asked(of(vehicles, Symbol.DELTA, Kind.SIZE, 3), data)
    assert said == "About how large is δ of unit 2 of layer 3, without its sign?"
    said = asked(of(vehicles, Symbol.ACCUMULATOR, Kind.NUMBER, 1), data)
    assert said == "What is Δ₂₁⁽¹⁾ after this example (from input speed to unit 2 of layer 2)?"
    said = asked(of(vehicles, Symbol.D, Kind.NUMBER, 2), data)
    assert said.startswith("What is D₁")


def operands(one):
    """What it is worked out from, as it is shown."""
    addresses = [address for index in range(one.step.count) for address in one.step.operands(index)]
    addresses += [one.target._replace(symbol=Symbol.Z)] if one.target.symbol is Symbol.A else []
    return {shown(abs(one.step.computed.quantity(address).value), 6) for address in addresses}


@pytest.mark.parametrize("kind", Kind)
def test_nothing_that_is_said_or_drawn_tells_the_answer(kind):
    for one, data in all_questions(kind, 6):
        told = [asked(one, data), plain(formula(one, data, 6)), settings(one)]
        if (written := numbers(one, data, 6)) is not None:
            told.append(plain(written))
        digits = shown(abs(one.value), 6)
        if len(digits) > 6 and digits not in operands(one):  # Δ may come to δ, and a of a ReLU is z
            assert not any(digits in text for text in told), (told, one.target)
        for part in given(one):
            if isinstance(part, Matrix):
                known = {part.address(i, j) for i in range(part.rows) for j in range(part.columns) if part.known(i, j)}
                assert one.target not in known


def test_of_a_number_there_is_always_something_to_calculate_with():
    for one, data in all_questions(Kind.NUMBER):
        written = numbers(one, data, 2)
        assert written is not None or any(isinstance(part, Matrix) for part in given(one))


def test_the_row_in_use_is_not_marked(vehicles):
    one = of(vehicles, Symbol.Z, Kind.NUMBER, 3)
    assert [part.frame for part in given(one) if isinstance(part, Matrix)] == [None, None]
    one = of(vehicles, Symbol.Z, Kind.SIGN, 3)
    framed = [part.frame is not None for part in given(one) if isinstance(part, Matrix)]
    assert framed == [False, False, True, False]


def test_lambda_and_m_are_given_for_D(vehicles):
    assert settings(of(vehicles, Symbol.D, Kind.NUMBER, 1)) == "λ = 0.5, m = 150."
    assert settings(of(vehicles, Symbol.Z, Kind.NUMBER, 2)) == ""


def test_what_came_of_it(vehicles):
    one = of(vehicles, Symbol.DELTA, Kind.NUMBER, 4)
    assert outcome(one, True, 2) == f"Right: δ₁⁽⁴⁾ = {shown(one.value)}"
    assert outcome(one, False, 2) == f"δ₁⁽⁴⁾ = {shown(one.value)}"
    assert (tally(7, 9), tally(0, 0)) == ("7 of 9", "")
