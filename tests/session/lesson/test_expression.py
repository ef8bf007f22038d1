"""The language of live values and tasks: what can be said in it, what it is worth, and what cannot be said."""

import numpy as np
import pytest

from nnviz.session.lesson.expression import DEEPEST, LONGEST, Constant, Signature, parsed

NAMES = {
    "J": Signature(lambda subject: 0.25),
    "name": Signature(lambda subject: "adam"),
    "on": Signature(lambda subject: True),
    "none": Signature(lambda subject: None),
    "of": Signature(lambda subject, index: subject[int(index)], 1, 1),
    "many": Signature(lambda subject, *given: len(given), 0, 2),
    "numpy": Signature(lambda subject: np.float64(0.5)),
    "whole": Signature(lambda subject: np.int64(3)),
    "huge": Signature(lambda subject: 1e308),
    "endless": Signature(lambda subject: float("inf")),
}
SUBJECT = [10, 20, 30]

WORTH = {
    "1 + 2 * 3": 7,
    "(1 + 2) * 3": 9,
    "1 - 2 - 3": -4,
    "1 − 2": -1,
    "12 / 3 / 2": 2.0,
    "2 * -3": -6,
    "−J": -0.25,
    "--1": 1,
    "1.5e1": 15.0,
    "2e-3": 0.002,
    "7": 7,
    "7.": 7.0,
    "of(1)": 20,
    "of(0 + 2) - of(0)": 20,
    "of(of(0) / 10)": 20,
    "many": 0,
    "many(1, 2)": 2,
    '"adam"': "adam",
    'name = "adam"': True,
    'name ≠ "adam"': False,
    'name != "cg"': True,
    "J < 0.3": True,
    "J > 0.3": False,
    "J <= 0.25 and J ≤ 0.25 and J >= 0.25 and J ≥ 0.25": True,
    "1 + 1 = 2": True,
    "not J < 0.3": False,
    "not not on": True,
    "on or on and none": True,
    "(on or on) and J > 1": False,
    "J > 1 or on": True,
    "none": None,
    "none + 1": None,
    "none < 1": None,
    "of(none)": None,
    "none and on": False,
    "none or on": True,
    "not none": True,
    "of(9)": None,
    "of(1 / 0)": None,
    "1 / 0": None,
    "0 / 0": None,
    "huge * 10": None,
    "huge * huge - huge * huge": None,
    "endless - endless": None,
    "of(endless)": None,
    "name < 1": None,
    "name = 1": False,
    '"a" * 9': None,
    '9 * "a"': None,
    '"a" + "b"': None,
    '-"a"': None,
    "9999999999999999 * 9999999999999999 / 3": 9999999999999999**2 / 3,
    "numpy < 1": True,
    "whole + 1 = 4": True,
    "1 + (on)": 2,
}
WRONG = {
    "": "The expression is empty",
    "  ": "The expression is empty",
    "1 +": "ends where a number or a name is expected",
    "1 2": "nothing is expected before '2'",
    "1 = 1 = 1": "nothing is expected before '='",
    "(1": "'\\)' is missing before 'the end'",
    "1)": "nothing is expected before '\\)'",
    "of(1": "'\\)' is missing",
    "of(1 2)": "'\\)' is missing before '2'",
    'of("x")': 'of has "x" in brackets where a number is expected',
    "of()": "stands where a number or a name is expected",
    "of": "of has 0 numbers in brackets; expected 1",
    "of(1, 2)": "of has 2 numbers in brackets; expected 1",
    "many(1, 2, 3)": "many has 3 numbers in brackets; expected 0 to 2",
    "of(1)(2)": "nothing is expected before '\\('",
    "of(on and on)": "'\\)' is missing before 'and'",
    "unknown": "'unknown' is not known; expected one of J, endless, ",
    "and": "'and' is not known",
    "* 2": "'\\*' stands where a number or a name is expected",
    '"abc': "means nothing here",
    "'abc'": "means nothing here",
    "1..2": "'\\.' means nothing here",
    "1e999": "1e999 is too large",
    "9" * 400: "is too large",
    "²": "stands where a number or a name is expected",
    "٣": "means nothing here",
    "1_000": "nothing is expected before '_000'",
    "1 + " * 200 + "1": f"letters; expected {LONGEST} at the most",
    "(" * (DEEPEST + 1) + "1" + ")" * (DEEPEST + 1): f"nested more than {DEEPEST} times",
    "-" * 400 + "1": f"nested more than {DEEPEST} times",
    "not " * 100 + "on": f"nested more than {DEEPEST} times",
    "of(" * 100 + "1" + ")" * 100: f"nested more than {DEEPEST} times",
}
NO_CODE = [
    "J.real",
    "J.__class__",
    "__import__",
    '__import__("os")',
    "name.upper()",
    'open("x")',
    "of[0]",
    "[1, 2]",
    "{1}",
    "lambda: 1",
    "J if on",
    "J; J",
    "x := 1",
    "2 ** 9",
    "7 // 2",
    "7 % 2",
    "1 < 2 < 3",
    "J == 1",
    "J\\x00",
    "J\x00",
    "f'{J}'",
    "@J",
    "eval",
]


@pytest.mark.parametrize("text", WORTH)
def test_what_it_is_worth(text):
    value = parsed(text, NAMES).value(SUBJECT)
    assert value == WORTH[text]
    assert isinstance(value, bool) is isinstance(WORTH[text], bool)


@pytest.mark.parametrize("text", WRONG, ids=lambda text: text[:12])
def test_what_is_wrong_is_said(text):
    with pytest.raises(ValueError, match=WRONG[text]):
        parsed(text, NAMES)


@pytest.mark.parametrize("text", NO_CODE)
def test_nothing_but_this_language_can_be_said(text):
    with pytest.raises(ValueError):  # noqa: PT011 (whatever is said of it)
        parsed(text, NAMES)


def test_a_chain_as_long_as_it_may_be_is_worked_out():
    terms = (LONGEST + 1) // 2
    assert parsed("+".join(["1"] * terms), NAMES).value(SUBJECT) == terms


def test_brackets_side_by_side_are_not_nested():
    assert parsed("+".join(["(1)"] * 100), NAMES).value(SUBJECT) == 100


def test_numbers_stay_whole_when_they_are_written_so():
    assert parsed("3", NAMES) == Constant(3)
    assert isinstance(parsed("3", NAMES).value(SUBJECT), int)
    assert isinstance(parsed("3.0", NAMES).value(SUBJECT), float)


def test_a_name_is_read_each_time_it_is_asked():
    node = parsed("of(0) + 1", NAMES)
    assert [node.value([number]) for number in (1, 2)] == [2, 3]
