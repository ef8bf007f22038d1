"""Data sets refuse what does not fit together; every scaling can be undone and says what it does."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nnviz.engine.data import SCALINGS, Dataset, scaling

FINITE = st.floats(-1e9, 1e9)
FEATURES = arrays(np.float64, st.tuples(st.integers(1, 8), st.integers(1, 5)), elements=FINITE)
ROWS = pytest.mark.parametrize("row", SCALINGS, ids=lambda row: row.name)


def example_set(**changes):
    """Three examples, two features, three classes; *changes* replace arguments."""
    arguments = {
        "name": "tiny",
        "title": "Tiny",
        "X": [[1, 2], [3, 4], [5, 6]],
        "Y": [[0, 1, 0], [1, 0, 0], [0, 0, 1]],
        "feature_names": ("width", "height"),
        "units": ("cm", "cm"),
        "class_names": ("a", "b", "c"),
        "scaling": "range",
        "sizes": (2, 4, 3),
    }
    return Dataset(**(arguments | changes))


def test_holds_read_only_copies():
    X = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    data = example_set(X=X)
    X[0, 0] = 99
    assert data.X[0, 0] == 1
    for array in (data.X, data.Y, data.labels):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_class_of_an_example_with_one_output_per_class():
    data = example_set()
    assert len(data) == 3
    assert (data.features, data.outputs) == (2, 3)
    assert data.labels.tolist() == [1, 0, 2]
    assert [data.class_name(i) for i in range(3)] == ["b", "a", "c"]


def test_class_of_an_example_with_a_single_output():
    data = example_set(Y=[[1], [0], [1]], class_names=("no", "yes"), sizes=(2, 1))
    assert data.labels.tolist() == [1, 0, 1]
    assert [data.class_name(i) for i in range(3)] == ["yes", "no", "yes"]


def test_weights_are_copied_and_read_only():
    data = example_set(sizes=(2, 3), weights=[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]])
    assert data.weights[0].shape == (3, 3)
    assert not data.weights[0].flags.writeable


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"X": [1, 2, 3]}, r"X has shape \(3,\); expected \(m, m\)"),
        ({"X": np.zeros((0, 2)), "Y": np.zeros((0, 3))}, "at least one example"),
        ({"X": [[1, 2], [3, np.nan], [5, 6]]}, r"X holds nan at index \(1, 1\)"),
        ({"X": [[1, 2], [3, np.inf], [5, 6]]}, r"X holds inf at index \(1, 1\)"),
        ({"Y": [[0, 1, 0]]}, r"Y has shape \(1, 3\); expected \(3, m\)"),
        ({"Y": [[0, 2, 0], [1, 0, 0], [0, 0, 1]]}, r"Y holds 2 at index \(0, 1\); expected 0 or 1"),
        ({"Y": [[0, 1, 0], [1, 0, 1], [0, 0, 1]]}, "Y has 2 ones in row 1; expected a single 1"),
        ({"Y": [[0, 1, 0], [0, 0, 0], [0, 0, 1]]}, "Y has 0 ones in row 1; expected a single 1"),
        ({"feature_names": ("width",)}, "feature_names has 1 entries; expected 2"),
        ({"feature_names": ("width", "width")}, "feature_names holds 'width' more than once"),
        ({"units": ("cm",)}, "units has 1 entries; expected 2"),
        ({"class_names": ("a", "b")}, "class_names has 2 entries; expected 3"),
        ({"scaling": "log"}, "scaling is 'log'; expected one of none, range, standard, pixels"),
        ({"sizes": (2,)}, "sizes is"),
        ({"sizes": (2, 0, 3)}, "sizes is"),
        ({"sizes": (3, 4, 3)}, r"sizes is \(3, 4, 3\); .* first of 2 units and the last of 3"),
        ({"image_shape": (2, 2)}, r"image_shape is \(2, 2\); expected rows × columns = 2"),
        ({"weights": []}, "weights holds 0 matrices; expected 2"),
        (
            {"sizes": (2, 3), "weights": [[[1, 2], [3, 4]]]},
            r"weights\[0\] has shape \(2, 2\); expected \(3, 3\)",
        ),
    ],
)
def test_refuses_what_does_not_fit(changes, message):
    with pytest.raises(ValueError, match=message):
        example_set(**changes)


@ROWS
@given(X=FEATURES)
def test_raw_undoes_scaled(row, X):
    """To rounding error of the largest number in play: the data, and the offset taken from them."""
    fitted = row.fit(X)
    assert np.abs(fitted.raw(fitted.scaled(X)) - X).max() <= 8 * np.finfo(float).eps * np.abs(X).max()
    assert (fitted.scale > 0).all()


@ROWS
@given(X=FEATURES)
def test_one_example_is_scaled_as_it_is_among_all(row, X):
    fitted = row.fit(X)
    np.testing.assert_array_equal(fitted.scaled(X[0]), fitted.scaled(X)[0])
    np.testing.assert_array_equal(fitted.raw(X[0]), fitted.raw(X)[0])


@given(X=FEATURES)
def test_range_goes_from_0_to_1(X):
    inputs = scaling("range").fit(X).scaled(X)
    changing = X.max(axis=0) > X.min(axis=0)
    assert (inputs.min(axis=0) == 0).all()
    np.testing.assert_array_equal(inputs.max(axis=0), changing.astype(float))


def test_standard_has_mean_0_and_deviation_1():
    X = np.random.default_rng(0).normal((3, -200), (0.5, 40), (60, 2))
    inputs = scaling("standard").fit(X).scaled(X)
    np.testing.assert_allclose(inputs.mean(axis=0), 0, atol=1e-14)
    np.testing.assert_allclose(inputs.std(axis=0), 1, rtol=1e-14)


def test_standard_by_hand():
    """Mean of 1, 3, 5 is 3; deviations −2, 0, 2 have mean square 8/3."""
    fitted = scaling("standard").fit(np.array([[1.0], [3.0], [5.0]]))
    np.testing.assert_allclose([fitted.offset[0], fitted.scale[0]], [3, np.sqrt(8 / 3)], rtol=1e-15)


@pytest.mark.parametrize("name", ["range", "standard"])
@pytest.mark.parametrize("value", [0.1, -3.0, 0.0, 1e300])
def test_a_feature_that_never_changes_becomes_0(name, value):
    X = np.full((7, 1), value)
    assert (scaling(name).fit(X).scaled(X) == 0).all()


def test_pixels_share_one_range():
    fitted = scaling("pixels").fit(np.array([[0.0, 4.0], [8.0, 16.0]]))
    assert fitted.scaled(np.array([4.0, 4.0])).tolist() == [0.25, 0.25]


def test_nothing_is_changed_by_none():
    X = np.array([[0.1, -7.0]])
    np.testing.assert_array_equal(scaling("none").fit(X).scaled(X), X)


@pytest.mark.parametrize("name", ["range", "standard", "pixels"])
def test_a_span_beyond_floating_point_is_refused(name):
    with pytest.raises(ValueError, match=r"X spans more than 1.8e\+308"):
        scaling(name).fit(np.array([[1.7e308], [-1.7e308]]))


@pytest.mark.parametrize("size", [1e-300, 1e300])
def test_standard_neither_overflows_nor_vanishes(size):
    X = np.array([[0.0], [1.0]]) * size
    np.testing.assert_allclose(scaling("standard").fit(X).scaled(X), [[-1], [1]], rtol=1e-14)


@pytest.mark.parametrize(
    ("name", "column", "formula"),
    [
        ("none", [3, 9], "speed"),
        ("range", [3.1, 97.3], "(speed − 3.1) / 94.2"),
        ("range", [-5, 5], "(speed + 5) / 10"),
        ("range", [0, 16], "speed / 16"),
        ("range", [2, 3], "speed − 2"),
        ("range", [0, 1], "speed"),
        ("range", [0, 2.5e-7], "speed / 2.5e−07"),
        ("standard", [12000, 12002], "speed − 12001"),
        ("pixels", [0, 16], "speed / 16"),
    ],
)
def test_formula_says_what_is_done(name, column, formula):
    X = np.array(column, dtype=float)[:, None]
    assert scaling(name).fit(X).formula(0, "speed") == formula


def test_formula_rounds_its_numbers():
    fitted = scaling("standard").fit(np.array([[5.0], [6.0], [6.52999]]))
    assert fitted.formula(0, "length", 3) == "(length − 5.84) / 0.634"
    assert fitted.formula(0, "length") == "(length − 5.84333) / 0.634364"


def test_a_set_fits_its_own_scaling_unless_another_is_named():
    data = example_set()
    assert data.fitted_scaling().formula(0, "width") == "(width − 1) / 4"
    assert data.fitted_scaling("none").formula(0, "width") == "width"


def test_scalings_have_different_names():
    assert len({row.name for row in SCALINGS}) == len(SCALINGS)
    assert all(row.title and row.words for row in SCALINGS)


def test_the_largest_of_each_feature_is_without_its_sign():
    assert example_set(X=[[1, -5], [-3, 4], [2, 0]]).largest.tolist() == [3.0, 5.0]
