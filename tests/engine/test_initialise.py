"""The random start: from a seed, within ±ε, symmetric about 0."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine import Network
from nnviz.engine.initialise import epsilon, uniform
from tests.engine.problems import assert_same

SIZES = (3, 5, 5, 4)


def test_the_same_seed_gives_the_same_start():
    assert_same(Network.random(SIZES, seed=4).thetas, Network.random(SIZES, seed=4).thetas)


def test_another_seed_gives_another_start():
    assert not np.array_equal(Network.random(SIZES, seed=4).unroll(), Network.random(SIZES, seed=5).unroll())


def test_the_numbers_of_a_seed_stay_what_they_were():
    """Saved links and lessons name a seed; NumPy promises PCG64's stream, and this is its first number."""
    first = Network.random((2, 1), seed=0, epsilon=1.0).theta(1)[0, 0]
    assert first == 0.6369616873214543 * 2 - 1


def test_no_global_randomness_is_touched():
    before = np.random.get_state()[1].copy()
    Network.random(SIZES, seed=4)
    np.testing.assert_array_equal(np.random.get_state()[1], before)


def test_the_bound_follows_the_sizes_of_both_layers():
    assert epsilon(3, 5) == pytest.approx(math.sqrt(6 / 8))
    assert round(epsilon(400, 25), 2) == 0.12  # the value in the course's fourth exercise


@given(st.integers(0, 2**32 - 1), st.none() | st.floats(0, 10))
def test_within_the_bound(seed, bound):
    for theta, (inputs, outputs) in zip(uniform(SIZES, seed, bound), [(3, 5), (5, 5), (5, 4)], strict=True):
        assert theta.shape == (outputs, inputs + 1)
        assert np.abs(theta).max() <= (epsilon(inputs, outputs) if bound is None else bound)


def test_symmetric_about_zero():
    """Of 10,100 numbers the mean strays 3 standard errors at most, and both halves of the range are used alike."""
    (theta,) = uniform((100, 100), 7, 1.0)
    assert abs(theta.mean()) < 3 / math.sqrt(3 * theta.size)
    assert abs((theta > 0).mean() - 0.5) < 3 * 0.5 / math.sqrt(theta.size)
    assert theta.min() < -0.999
    assert theta.max() > 0.999


def test_the_bias_column_is_random_too():
    assert (Network.random(SIZES, seed=1).theta(1)[:, 0] != 0).all()
