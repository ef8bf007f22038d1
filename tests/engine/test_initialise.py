"""The random start: from a seed, within ±ε, symmetric about 0."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine import Network
from nnviz.engine.initialise import INITIALISERS, epsilon, initialiser, uniform
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


# --- The table ---

EVERY = pytest.mark.parametrize("row", INITIALISERS, ids=lambda row: row.name)


@EVERY
def test_every_start_has_the_shapes_of_its_sizes_and_a_seed_says_which(row):
    network = Network.start(row.name, SIZES, seed=4, activation="tanh")
    assert (network.sizes, network.activation_name) == (SIZES, "tanh")
    assert_same(network.thetas, Network.start(row.name, SIZES, seed=4).thetas)
    assert not any(theta.flags.writeable for theta in network.thetas)
    assert initialiser(row.name) is row
    assert row.title
    assert row.words.endswith(".")
    assert row.source


@pytest.mark.parametrize(("name", "variance"), [("xavier", 2 / 250), ("he", 2 / 200)])
def test_normal_weights_have_the_variance_of_their_source_and_no_bias(name, variance):
    """Of 10,000 squares the mean strays by 3·√(2/10,000) = 4 % of the variance, 3 standard errors, at most."""
    theta = Network.start(name, (200, 50), seed=1).theta(1)
    assert not theta[:, 0].any()
    assert np.square(theta[:, 1:]).mean() == pytest.approx(variance, rel=0.043)
    assert abs(theta[:, 1:].mean()) < 3 * math.sqrt(variance / 10_000)


def test_uniform_is_what_random_has_always_been():
    assert_same(Network.start("uniform", SIZES, seed=9).thetas, Network.random(SIZES, seed=9).thetas)


def test_a_positive_start_is_drawn_from_0_to_epsilon():
    theta = Network.start("positive", (60, 40), seed=1).theta(1)
    bound = epsilon(60, 40)
    assert 0.0 <= theta.min() < 0.01 * bound < 0.99 * bound < theta.max() < bound


@pytest.mark.parametrize(("name", "value"), [("zeros", 0.0), ("equal", 0.5)])
def test_equal_starts_have_one_value(name, value):
    assert set(Network.start(name, SIZES).unroll()) == {value}


def test_an_unknown_start_is_refused_with_those_there_are():
    with pytest.raises(
        ValueError, match=r"initialiser is 'cold'; expected one of uniform, xavier, he, positive, zeros, equal\."
    ):
        Network.start("cold", SIZES)
    with pytest.raises(ValueError, match="seed is -1"):
        Network.start("zeros", SIZES, seed=-1)
