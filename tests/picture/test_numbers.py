"""How numbers are written: readable back to the digits shown, the sign never lost, 0 only for 0."""

import math

import hypothesis.strategies as st
import pytest
from hypothesis import given

from nnviz.picture.numbers import MINUS, full, measured, shown, told_apart

finite = st.floats(-1e300, 1e300)  # beyond, what is rounded up cannot be read back
digits = st.integers(1, 6)


def read(text: str) -> float:
    return float(text.replace(MINUS, "-"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1.00"),
        (-0.628, "−0.63"),
        (0.0931, "0.093"),
        (0.0031, "3.1e−3"),
        (-4.5e-5, "−4.5e−5"),
        (9999.0, "9999.00"),
        (12345.0, "1.2e+4"),
        (math.nan, "–"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
    ],
)
def test_two_digits(value, text):
    assert shown(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (102.3, "102.3"),
        (1450.0, "1450"),
        (-12345.6, "−12346"),
        (0.0, "0"),
        (5.84333, "5.843"),
        (2.5e-7, "2.5e−7"),
        (3e12, "3e+12"),
    ],
)
def test_measured_numbers_keep_what_stands_before_the_point(value, text):
    assert measured(value) == text


@pytest.mark.parametrize(("value", "text"), [(0.5, "+0.50"), (-0.5, "−0.50"), (0.0, "0"), (math.inf, "+∞")])
def test_signed(value, text):
    assert shown(value, signed=True) == text


@given(finite, digits)
def test_it_reads_back_to_the_digits_shown(value, digits):
    text = shown(value, digits)
    if "e" in text:
        assert math.isclose(read(text), value, rel_tol=0.51 * 10.0 ** -max(digits - 1, 1))
    else:
        assert abs(read(text) - value) <= 0.51 * 10.0**-digits


@given(finite, digits)
def test_nothing_but_0_is_shown_as_0(value, digits):
    assert (shown(value, digits) == "0") == (value == 0.0)
    assert (read(shown(value, digits)) == 0.0) == (value == 0.0)


@given(finite, digits)
def test_the_sign_is_a_real_minus_and_mirrors(value, digits):
    assert "-" not in shown(value, digits)
    if value > 0:
        assert shown(-value, digits) == MINUS + shown(value, digits)
        assert shown(value, digits, signed=True) == "+" + shown(value, digits)


@given(finite)
def test_full_keeps_every_digit(value):
    assert read(full(value)) == value


@pytest.mark.parametrize(
    ("one", "other", "texts"),
    [
        (0.44, 0.12, ("0.44", "0.12")),
        (0.1221, 0.1224, ("0.1221", "0.1224")),
        (1 + 1e-9, 1.0, ("1.000000001", "1.000000000")),
        (math.nan, 1.0, ("–", "1.00")),
    ],
)
def test_two_numbers_are_written_until_they_differ(one, other, texts):
    assert told_apart(one, other) == texts


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 9))
def test_neighbours_are_told_apart_or_written_with_all_digits(value, digits):
    one, other = told_apart(value, math.nextafter(value, math.inf), digits)
    assert one != other or len(one) > 15
