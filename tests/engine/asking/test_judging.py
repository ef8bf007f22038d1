"""How answers are judged, and how the mistakes in wrong ones are named."""

import math
import random

import numpy as np
import pytest

from nnviz.engine.asking.hand import by_hand
from nnviz.engine.asking.judging import Mark, judge, recognised
from nnviz.engine.asking.question import Kind
from nnviz.engine.asking.suspects import suspects
from nnviz.engine.asking.typed import typed
from nnviz.engine.decimals import rounding
from nnviz.engine.epoch import epoch
from nnviz.engine.faults import FAULTS
from nnviz.engine.network import Network
from nnviz.engine.quantities import Symbol
from nnviz.engine.steps import Activate, Update
from nnviz.engine.story import Story
from nnviz.engine.trace import trace_in
from tests.engine.asking.cases import questions, story

DIGITS = 4
OWN = (
    "That is the sum without the bias.",
    "That is a: g has been applied already, and z comes before it.",
    "You took Θ’s column instead of its row.",
    "That is the sum without its last product.",
    "That is z: g is still to be applied.",
    "That is g(−z): the sign of z got lost.",
    "That is the slope g′(z), not g(z).",
    "That is g of the sum without the bias.",
    "That is y − a, and δ is a − y.",
    "That is a: y has still to be taken away.",
    "That is the sum before × g′(z).",
    "You took g(z) instead of g′(z).",
    "That is the sum × (1 − a): g′(z) has an a in it, too.",
    "You took Θ’s row instead of its column.",
    "That is g′(z) alone: the sum is still to be multiplied with it.",
    "That is Δ before this example: δ × a is still to be added.",
    "That is δ × a of this example alone: Δ before is still to be added.",
    "δ × a is to be added to Δ, not taken away.",
    "That is Δ + δ: δ is still to be multiplied with a.",
    "That is δ alone.",
    "You changed the places: δ belongs to where the link ends, a to where it starts.",
    "That is Δ + λΘ: it is still to be divided by m.",
    "That is Δ/m: λΘ is left out.",
    "λΘ is to be added, not taken away.",
    "That is Δ/m + λΘ: λΘ is to be divided by m, too.",
    "That is λΘ/m alone: Δ is left out.",
    "The bias column has no weight decay: only Δ/m.",
    "That is Δ: it is not divided by m.",
    "That has the other sign.",
    "That is z of unit 2, not of unit 1.",
    "That is a of unit 2, not of unit 1.",
    "That is δ of unit 1, not of unit 2.",
)


@pytest.fixture(scope="module")
def asked():
    stories = [story(seed, example) for seed in range(16) for example in range(3)]
    return [one for told in stories for one in questions(told, DIGITS, Kind.NUMBER) if one.kind is Kind.NUMBER]


@pytest.fixture(scope="module")
def named(asked):
    """Every mistake that is made somewhere: the number it gives, and what is said of it."""
    found = []
    for one in asked:
        within = by_hand(one.step.computed, one.target, DIGITS)
        for suspect in suspects(one):
            if suspect.value not in within:
                found.append((one, suspect, judge(one, f"{suspect.value:.12e}", DIGITS)))
    return found


def test_every_mistake_is_recognised_somewhere(named):
    said = {judgement.words for _, _, judgement in named}
    assert [words for words in OWN if words not in said] == []


def test_every_planted_mistake_is_recognised_by_its_title_or_by_what_it_is(named):
    """Some are the story's own numbers, and are called by those: the sum before × g′(z) is “g′ left out”."""
    asked_for = [row for row in FAULTS if not issubclass(row.step, Update | Activate)]
    for row in asked_for:
        title = f"“{row.title}”"
        said = [judgement.words for _, suspect, judgement in named if title in suspect.words]
        assert said, row.title
        assert all(said)
    titles = {row.title for row in asked_for for _, _, judgement in named if f"“{row.title}”" in judgement.words}
    assert len(titles) > 6


def test_a_mistake_is_always_called_wrong_and_named(named):
    for one, suspect, judgement in named:
        assert judgement.mark is Mark.WRONG, (one.target, suspect)
        assert not judgement.words.startswith("Not yet"), (one.target, suspect)


def test_what_is_named_gives_the_number(named, asked):
    chance = random.Random(1)
    tried = [(one, suspect.value) for one, suspect, _ in named]
    tried += [(one, one.value * chance.uniform(-3, 3) + chance.uniform(-1, 1)) for one in asked[::2]]
    unnamed = 0
    for one, number in tried:
        within = by_hand(one.step.computed, one.target, DIGITS)
        words = recognised(one, typed(f"{number:.6f}"), within, DIGITS)
        values = [suspect.value for suspect in suspects(one) if suspect.words == words]
        far = max(within.high - one.value, one.value - within.low) + 1e-6
        near = any(abs(value - number) <= max(far, rounding(value, DIGITS)) for value in values)
        assert near or not words, (one.target, number, words)
        unnamed += not words
    assert unnamed > len(asked) / 4


def test_a_mistake_that_changes_nothing_is_never_named(asked):
    for one in asked:
        within = by_hand(one.step.computed, one.target, DIGITS)
        for suspect in suspects(one):
            if suspect.value in within:
                assert judge(one, repr(suspect.value), DIGITS).mark is Mark.RIGHT


def test_a_hint_does_not_say_the_answer(asked):
    for one in asked[:200]:
        for factor in (-1.7, 0.01, 0.2, 1.3, 5.0, 40.0):
            said = judge(one, repr(one.value * factor), DIGITS)
            assert f"{abs(one.value):.3f}" not in said.words


def test_hints_say_where_to_look():
    one = next(q for q in questions(story(1), DIGITS, Kind.NUMBER) if q.target.symbol is Symbol.Z)
    said = {factor: judge(one, repr(one.value * factor), DIGITS).words for factor in (-17.3, 0.013, 0.23, 4.4, 43.0)}
    assert "sign first" in said[-17.3]
    assert "ten times or more too small" in said[0.013]
    assert "three times too small" in said[0.23]
    assert "three times too large" in said[4.4]
    assert "ten times or more too large" in said[43.0]


def test_a_sum_that_is_0_need_not_have_a_factor_that_is():
    network = Network((np.array([[-1.0, 1.0, 1.0]]),), "sigmoid")
    told = Story(trace_in(epoch(network, np.array([[0.5, 0.5]]), np.array([[1.0]]), 0.0, 0.5), 0))
    one = next(iter(questions(told, 2, Kind.NUMBER)))
    assert (one.target.symbol, one.value) == (Symbol.Z, 0.0)
    assert "cancel" in judge(one, "7", 2).words


def test_where_g_prime_may_be_0_the_hint_to_the_sign_says_so():
    asked = (one for seed in range(8, 12) for one in questions(story(seed), 2, Kind.SIGN))
    one = next(one for one in asked if one.target.symbol is Symbol.DELTA and one.value == 0.0)
    assert "never negative: 0, or" in judge(one, "+", 2).words


def test_too_few_digits_are_no_mark_against_anybody():
    one = next(q for q in questions(story(1), 2, Kind.NUMBER) if round(q.value) != round(q.value, 1))
    said = judge(one, f"{one.value:.0f}", 2)
    assert (said.mark, "one more digit" in said.words) == (Mark.NONE, True)


@pytest.mark.parametrize("text", ["", "what", "1e999", "1/0"])
@pytest.mark.parametrize("kind", Kind)
def test_what_is_no_number_is_no_mark_against_anybody(kind, text):
    one = next(iter(questions(story(1), 2, kind)))
    said = judge(one, text, 2)
    assert said.mark is Mark.NONE
    assert said.words.endswith(".")


def test_sizes_are_right_up_to_a_factor_of_three():
    for one in questions(story(2), 3, Kind.SIZE):
        if one.kind is Kind.SIZE:
            for factor in (0.34, -1.0, 3.0):
                assert judge(one, repr(one.value * factor), 3).mark is Mark.RIGHT
            within = by_hand(one.step.computed, one.target, 3)
            for factor, words in ((0.01, "too small"), (100.0, "too large")):
                if math.isclose(within.low, within.high, rel_tol=0.5):
                    said = judge(one, repr(one.value * factor), 3)
                    assert (said.mark, words in said.words) == (Mark.WRONG, True)


def test_signs():
    for one in questions(story(2), 3, Kind.SIGN):
        if one.kind is Kind.SIGN:
            marks = {text: judge(one, text, 3).mark for text in ("−", "0", "+")}
            right = "0" if one.value == 0 else "−" if one.value < 0 else "+"
            assert {text for text, mark in marks.items() if mark is Mark.RIGHT} == {right}
