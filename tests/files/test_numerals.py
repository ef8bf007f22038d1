"""What a cell says: with either decimal mark, when it is missing, when it is too large."""

import math

import numpy as np
import pytest

from nnviz.files.numerals import is_missing, is_word, number, numbers, written


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1", ".", 1.0),
        (" -2.5 ", ".", -2.5),
        ("1e-3", ".", 0.001),
        ("2,5", ",", 2.5),
        ("-1,5e3", ",", -1500.0),
        ("7", ",", 7.0),
        ("1e999", ".", math.inf),
    ],
)
def test_numbers(text, decimal, value):
    assert number(text, decimal) == value


@pytest.mark.parametrize(
    ("text", "decimal"), [("", "."), ("car", "."), ("2,5", "."), ("1.234", ","), ("1_000", "."), ("1,2,3", ",")]
)
def test_what_is_no_number(text, decimal):
    assert number(text, decimal) is None


def test_missing_and_words():
    missing = ["", " ", "NA", "n/a", "?", "NaN", "null", "#N/A"]
    assert all(map(is_missing, missing))
    assert not any(map(is_word, [*missing, "inf", "1e999", "3"]))
    assert all(map(is_word, ["car", "none", "-", "2,5"]))


@pytest.mark.parametrize(
    ("value", "text"), [(3.0, "3"), (-0.5, "-0.5"), (1e20, "1e+20"), (0.1 + 0.2, "0.30000000000000004")]
)
def test_written(value, text):
    assert written(value) == text


@pytest.mark.parametrize(
    ("cells", "decimal", "values", "others"),
    [
        (["1", "2.5"], ".", [1, 2.5], {}),
        (["1", "2,5"], ",", [1, 2.5], {}),
        (["1", " ? ", "3"], ".", [1, np.nan, 3], {1: "?"}),
        (["1e999", "inf", "nan", "4"], ".", [np.nan, np.nan, np.nan, 4], {0: "1e999", 1: "inf", 2: "nan"}),
        (["1_000", "2"], ".", [np.nan, 2], {0: "1_000"}),
        (["1.5", "2,5"], ",", [np.nan, 2.5], {0: "1.5"}),
    ],
)
def test_a_block_of_cells(cells, decimal, values, others):
    found, rest = numbers(cells, decimal)
    np.testing.assert_array_equal(found, values)
    assert rest == others
