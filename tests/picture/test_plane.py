"""The plane behind points: what is in it, and its axes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.picture.plane import UNIT, Plane, around, rounded, ticks

NUMBER = st.floats(-1e9, 1e9)


@given(st.lists(st.tuples(NUMBER, NUMBER), min_size=1, max_size=8))
def test_all_points_are_inside(points):
    X = np.array(points)
    plane = around(X)
    assert plane.left < plane.right
    assert plane.bottom < plane.top
    assert plane.holds(X)
    for low, high in ((plane.left, plane.right), (plane.bottom, plane.top)):
        marks = ticks(low, high)
        assert 1 <= len(marks) <= 7
        assert all(low - 1e-9 * abs(low) <= tick.value <= high + 1e-9 * abs(high) for tick in marks)


def test_without_points_there_is_a_plane_too():
    assert around(np.empty((0, 2))) == UNIT


def test_one_point_stands_in_the_middle():
    plane = around(np.array([[3.0, 40.0]]))
    assert plane.shares(np.array([[3.0, 40.0]])) == pytest.approx(np.array([[0.5, 0.5]]))


def test_circles_are_round_and_other_units_keep_their_own_scale():
    assert len({round(span, 9) for span in around(np.array([[0.0, 0.0], [2.0, 1.0]])).spans}) == 1
    across, up = around(np.array([[0.0, 0.0], [2000.0, 1.0]])).spans
    assert across == pytest.approx(2000 * up)


def test_there_and_back():
    plane = Plane(-2.0, 2.0, 0.0, 1.0)
    across, down = plane.shares(np.array([[1.0, 0.25]]))[0]
    assert (across, down) == (0.75, 0.75)
    assert plane.point(across, down) == (1.0, 0.25)
    assert plane.point(-5.0, 5.0) == (-2.0, 0.0)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-2.0, 2.0, ["−2", "−1", "0", "1", "2"]),
        (0.0, 0.05, ["0.00", "0.01", "0.02", "0.03", "0.04", "0.05"]),
        (90_000.0, 210_000.0, ["1e+05", "1.2e+05", "1.4e+05", "1.6e+05", "1.8e+05", "2e+05"]),
    ],
)
def test_ticks_are_round_numbers(low, high, expected):
    assert [tick.text for tick in ticks(low, high)] == expected


def test_no_point_has_more_digits_than_can_be_aimed_at():
    assert rounded(1.23456789, 3.0) == 1.23
    assert rounded(1234.56789, 3000.0) == 1230.0
    assert str(rounded(-0.0001, 3.0)) == "0.0"
