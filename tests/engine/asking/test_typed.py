"""Numbers as they are typed."""

import pytest

from nnviz.engine.asking.typed import readings, sign, typed


@pytest.mark.parametrize(
    ("text", "value", "half"),
    [
        ("0.25", 0.25, 0.005),
        (" 0,25 ", 0.25, 0.005),
        ("−0.4", -0.4, 0.05),
        ("-0.4", -0.4, 0.05),
        ("–4", -4.0, 0.5),
        ("+.5", 0.5, 0.05),
        ("3.", 3.0, 0.5),
        ("1e-3", 1e-3, 0.5e-3),
        ("1.2e−3", 1.2e-3, 0.5e-4),
        ("1.2E+2", 120.0, 5.0),
        ("1/4", 0.25, 0.0),
        ("−1 / 4", -0.25, 0.0),
        ("0.5/2", 0.25, 0.0),
        ("1e-999", 0.0, 0.0),
    ],
)
def test_is_taken(text, value, half):
    assert typed(text) == pytest.approx((value, half))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1 2",
        "1,2,3",
        "1_000",
        "nan",
        "inf",
        "0x10",
        "٣",
        "½",
        "1/",
        "/4",
        "1/2/3",
        "e3",
        "--1",
        "1e9999",
        "9" * 50,
    ],
)
def test_is_no_number(text):
    with pytest.raises(ValueError, match="no number"):
        typed(text)


@pytest.mark.parametrize(
    ("text", "words"), [("1/0", "divided by 0"), ("1e999", "too large"), ("1e300/1e-300", "too large")]
)
def test_is_no_number_that_can_be_meant(text, words):
    with pytest.raises(ValueError, match=words):
        typed(text)


@pytest.mark.parametrize(
    ("text", "found"), [("-", -1), ("−", -1), ("+", 1), ("0", 0), ("-0.3", -1), ("2", 1), ("0.00", 0)]
)
def test_signs(text, found):
    assert sign(text) == found


def test_no_sign():
    with pytest.raises(ValueError, match="Type −, 0 or"):
        sign("minus?")


@pytest.mark.parametrize(
    ("text", "values"),
    [("3,760", (3.76, 3760.0)), ("−1,234,567", (-1234567.0,)), ("0,125", (0.125,)), ("12", (12.0,)), ("1/4", (0.25,))],
)
def test_a_comma_may_part_thousands(text, values):
    assert readings(text) == values
