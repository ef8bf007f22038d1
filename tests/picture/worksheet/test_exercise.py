"""Exercises: friendly numbers, always the same for a seed, and no larger than a page."""

import numpy as np
import pytest

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.quantities import Address, Symbol
from nnviz.picture.worksheet.blocks import Sentence
from nnviz.picture.worksheet.exercise import exercise, fitting
from nnviz.picture.worksheet.hand import SLOPE, G, Place, calculated, is_clear, rounded, written
from nnviz.picture.worksheet.task import task


def test_the_numbers_are_those_of_the_engine_and_friendly():
    made = exercise((2, 2, 1), 7)
    assert all(2 * value == int(2 * value) for theta in made.given.thetas for row in theta for value in row)
    for place, value in calculated(made.given, lambda address, value: value):
        assert value == pytest.approx(made.value(place), rel=1e-12)
        if place.address.symbol is Symbol.Z and place.address.layer == 2:
            assert 0.0 < abs(value) <= 3.0
            assert 4 * value == int(4 * value)


def test_another_seed_is_another_exercise():
    assert len({exercise((2, 2, 1), seed).given for seed in range(12)}) == 12
    assert exercise((2, 2, 1), 3).given == exercise((2, 2, 1), 3).given


def test_two_examples_have_two_classes():
    made = exercise((2, 2, 1), 3, examples=2, lambda_=0.5)
    assert {y for (y,) in made.given.Y} == {0.0, 1.0}
    place = Place(1, Address(Symbol.D, 1, 1, 1))
    assert made.value(place) == made.epoch.D[0][0, 1]


@pytest.mark.parametrize(
    ("sizes", "examples"), [((5, 2, 1), 1), ((2, 5), 1), ((4, 2, 2, 1), 1), ((2, 2, 2, 2, 1), 1), ((4, 2, 1), 2)]
)
def test_what_is_too_large_for_a_page_is_refused(sizes, examples):
    with pytest.raises(ValueError, match="a worksheet has room for 2 to 3 layers of up to 4 units or 4"):
        fitting(sizes, examples)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"digits": 0}, "digits is 0; expected 1 to 6"),
        ({"digits": 7}, "digits is 7; expected 1 to 6"),
        ({"examples": 3}, "examples is 3; expected 1 to 2"),
        ({"lambda_": -1.0}, "lambda is -1; expected 0 to 10"),
        ({"activation": "step"}, "activation is 'step'"),
    ],
)
def test_what_is_wrong_is_said(wrong, said):
    with pytest.raises(ValueError, match=said):
        exercise((2, 2, 1), 1, **wrong)


def test_how_numbers_are_written_and_rounded():
    z, a = Address(Symbol.Z, 2, 1), Address(Symbol.A, 3, 1)
    assert [written(z, value, 1) for value in (0.25, -1.5, 3.0)] == ["0.25", "−1.5", "3.0"]
    assert [written(a, value, 2) for value in (0.62246, 0.0512, 0.00312, 1e-17)] == ["0.62", "0.051", "3.1e−3", "0"]
    assert [rounded(a, value, 2) for value in (0.125, -0.145, 0.1249)] == [0.13, -0.15, 0.12]
    assert not is_clear(a, 0.125, 2)
    assert is_clear(a, 0.1251, 2)
    assert is_clear(z, 0.25, 1)


def test_without_a_hidden_layer_all_units_are_sigmoids():
    made = task(exercise((2, 1), 7, activation="relu"))
    assert made.subtitle == "2-1 · Sigmoid · one example · two decimals · seed 7"
    assert any(isinstance(block, Sentence) and block.parts[0] == "All units are sigmoids: " for block in made.blocks)


def test_what_is_used_of_lambda_is_what_is_printed():
    assert exercise((2, 1), 1, lambda_=0.12345678).given.lambda_ == 0.123457


@pytest.mark.parametrize("row", ACTIVATIONS, ids=lambda row: row.name)
def test_by_hand_every_activation_is_the_engines(row):
    for z in (-2.0, -0.5, 0.5, 3.0):
        a, slope = row.evaluate(np.array([z]))
        assert G[row.name](z) == pytest.approx(a[0], rel=1e-12)
        assert SLOPE[row.name](G[row.name](z)) == pytest.approx(slope[0], rel=1e-12)
