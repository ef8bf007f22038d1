"""Clouds by a rule: the same for the same seed, of the shape that the rule says, within bounds."""

import numpy as np
import pytest

from nnviz.engine.generators import DEFAULT_POINTS, GENERATORS, generate, generator

EVERY = pytest.mark.parametrize("name", [row.name for row in GENERATORS])


def without_noise(name: str) -> tuple[np.ndarray, np.ndarray]:
    data = generate(name, 400, 0.0, seed=3)
    return data.X, data.labels


@EVERY
def test_what_is_offered(name):
    data = generate(name)
    assert (len(data), data.features, data.outputs) == (DEFAULT_POINTS, 2, 1)
    assert data.feature_names == ("x₁", "x₂")
    assert (data.name, data.title) == (name, generator(name).title)
    assert data.sizes == (2, *generator(name).hidden, 1)
    assert "seed 1" in data.source


@EVERY
def test_half_of_each_class_and_in_no_order(name):
    labels = generate(name, 101).labels
    assert np.bincount(labels).tolist() == [51, 50]
    assert len(set(labels[:12])) == 2


@EVERY
def test_the_same_seed_gives_the_same_points_and_another_others(name):
    first, again, other = generate(name, 50, seed=7), generate(name, 50, seed=7), generate(name, 50, seed=8)
    np.testing.assert_array_equal(first.X, again.X)
    np.testing.assert_array_equal(first.Y, again.Y)
    assert (first.X != other.X).any()


@EVERY
def test_noise_is_the_deviation_of_what_is_added(name):
    """The places come before the noise out of the same seed."""
    added = generate(name, 4000, 0.5, seed=2).X - generate(name, 4000, 0.0, seed=2).X
    assert added.std() == pytest.approx(0.5, rel=0.03)
    assert abs(added.mean()) < 0.03


@EVERY
def test_points_lie_about_the_origin_and_within_reach_of_a_unit(name):
    X = generate(name, 2000, 0.0).X
    assert np.abs(X).max() <= 1.51
    assert np.abs(X.mean(axis=0)).max() < 0.15


def test_gaussians_have_two_centres():
    X, labels = without_noise("gaussians")
    np.testing.assert_array_equal(X, (2.0 * labels - 1.0)[:, None] * [1.0, 1.0])


def test_circles_have_two_radii():
    X, labels = without_noise("circles")
    np.testing.assert_allclose(np.hypot(*X.T), np.where(labels == 1, 0.5, 1.0))


def test_moons_are_half_circles_about_two_centres():
    X, labels = without_noise("moons")
    upper, lower = X[labels == 0] + (0.5, 0.25), X[labels == 1] - (0.5, 0.25)
    np.testing.assert_allclose(np.hypot(*upper.T), 1.0)
    np.testing.assert_allclose(np.hypot(*lower.T), 1.0)
    assert upper[:, 1].min() >= 0.0 >= lower[:, 1].max()


def test_spirals_wind_one_and_a_half_times_and_are_each_other_turned():
    X, labels = without_noise("spirals")
    radius = np.hypot(*X.T)
    angle = np.arctan2(*(X * (1.0 - 2.0 * labels)[:, None]).T[::-1])  # the second arm turned onto the first
    turned = 3.0 * np.pi * (radius - 0.1) / 0.9
    np.testing.assert_allclose(np.exp(1j * angle), np.exp(1j * turned), atol=1e-9)
    assert radius.min() < 0.15
    assert radius.max() > 0.95


def test_xor_is_told_by_the_signs():
    X, labels = without_noise("xor-cloud")
    np.testing.assert_array_equal(X[:, 0] * X[:, 1] < 0, labels == 1)
    assert np.abs(X).min() >= 0.1
    assert {tuple(signs) for signs in np.sign(X)} == {(1, 1), (1, -1), (-1, 1), (-1, -1)}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"name": "cubes"}, "generator is 'cubes'; expected one of gaussians, circles, moons, spirals, xor-cloud"),
        ({"m": 3}, "m is 3; expected 4 to 100000"),
        ({"m": 100_001}, "m is 100001"),
        ({"noise": -0.1}, "noise is -0.1; expected 0 to 2"),
        ({"noise": 2.1}, "noise is 2.1"),
        ({"noise": np.nan}, "noise holds nan"),
        ({"seed": -1}, "seed is -1"),
        ({"seed": 1.5}, "seed is 1.5; expected a whole number"),
    ],
)
def test_what_is_out_of_bounds_is_said(arguments, message):
    with pytest.raises(ValueError, match=message):
        generate(**{"name": "moons"} | arguments)
