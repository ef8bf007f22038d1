"""Easing: from 0 to 1, never back, slow at both ends."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from nnviz.picture.easing import part, smooth

times = st.floats(-10, 10)


def test_it_begins_at_0_passes_the_middle_and_ends_at_1():
    assert (smooth(0.0), smooth(0.5), smooth(1.0)) == (0.0, 0.5, 1.0)


@given(times, times)
def test_it_stays_within_and_never_goes_back(one, other):
    low, high = sorted((one, other))
    assert 0.0 <= smooth(low) <= smooth(high) + 1e-15 <= 1.0 + 2e-15


def test_it_is_slow_at_both_ends():
    assert smooth(0.01) < 0.001
    assert 1.0 - smooth(0.99) < 0.001


@pytest.mark.parametrize(("t", "share"), [(0.1, 0.0), (0.2, 0.0), (0.4, 0.5), (0.6, 1.0), (0.9, 1.0)])
def test_a_part_has_the_stretch_to_itself(t, share):
    assert part(t, 0.2, 0.6) == pytest.approx(share)
