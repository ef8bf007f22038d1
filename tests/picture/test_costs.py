"""The words for what a check costs."""

import pytest

from nnviz.picture.costs import TIE, by_layer, compared, explained


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((148, 1e-4, 7.04e-4, 6.01e-3), "loop: 148 J, 60 × backprop · vectorised: 7.0 ×"),
        ((159_020, 2e-3, 1.0, 250.0, False), "loop: 159,020 J, about 120,000 × backprop · vectorised: 500 ×"),
        ((74, 1e-4, 1.23e-3, None), "74 complex J · vectorised: 12 × backprop"),
        ((148,), "148 J worked out, to 1 × backprop"),
    ],
)
def test_it_is_compared_with_one_backprop(arguments, expected):
    assert compared(*arguments) == expected


def test_the_tooltip_has_the_durations():
    words = explained("(J(θ + ε) − J(θ − ε)) / 2ε", 159_020, 2e-3, 1.0, 250.0, False)
    assert "159,020 values of J" in words
    for part in ("one backprop 2 ms", "250 s, worked out from some entries", "1 s"):
        assert part in words
    assert "some entries" not in explained("", 148, 1e-4, 7e-4, 6e-3)
    assert "100 µs" in explained("", 148, 1e-4, 7e-4, 6e-3)
    assert explained("", 148).count("\n") == 0


def test_each_layer_has_its_relative_difference():
    assert by_layer((1.23e-9, 0.0)).replace(TIE, " ") == "Relative difference: D⁽¹⁾ 1.2e−9 · D⁽²⁾ 0"
