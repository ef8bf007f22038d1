"""Every row of the table gives g and g′ right to rounding, for every z there is."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.activations import ACTIVATIONS, activation
from tests.engine.problems import EPS

ROWS = pytest.mark.parametrize("row", ACTIVATIONS, ids=lambda row: row.name)
SMALLEST = 5e-324

with mpmath.workdps(50):
    EXACT = {
        "sigmoid": (lambda z: 1 / (1 + mpmath.exp(-z)), lambda z: 1 / (2 + mpmath.exp(z) + mpmath.exp(-z))),
        "tanh": (mpmath.tanh, lambda z: mpmath.sech(z) ** 2),
        "relu": (lambda z: max(z, mpmath.mpf(0)), lambda z: mpmath.mpf(z > 0)),
        "linear": (lambda z: z, lambda z: mpmath.mpf(1)),
    }


@ROWS
@given(z=st.floats(-750, 750) | st.floats(-1, 1) | st.sampled_from([0.0, -0.0, 36.8, -36.8, 709.9, -745.2]))
def test_value_and_derivative_against_50_digits(row, z):
    with mpmath.workdps(50):
        for found, exact in zip(row.evaluate(np.array([z])), EXACT[row.name], strict=True):
            expected = exact(mpmath.mpf(z))
            assert abs(mpmath.mpf(float(found[0])) - expected) <= 6 * EPS * abs(expected) + 3 * SMALLEST


@ROWS
def test_extreme_inputs_give_finite_numbers_and_no_warning(row):
    z = np.array([-1e300, -1e5, -750.0, 0.0, 750.0, 1e5, 1e300])
    for found in row.evaluate(z):
        assert np.isfinite(found).all()
        assert found.shape == z.shape


@ROWS
def test_one_evaluation_gives_both_and_leaves_z_alone(row):
    z = np.linspace(-3, 3, 12).reshape(3, 4)
    before = z.copy()
    value, slope = row.evaluate(z)
    np.testing.assert_array_equal(row.function(z), value)
    np.testing.assert_array_equal(row.slope(z), slope)
    np.testing.assert_array_equal(z, before)


@ROWS
def test_formulas_say_what_is_computed(row):
    names = {"e": np.e, "tanh": np.tanh, "max": max}
    for z in (-1.3, 0.4, 2.0):
        value, slope = (float(part[0]) for part in row.evaluate(np.array([z])))
        text = row.formula.replace("e^(−z)", "e**(-z)").replace("tanh z", "tanh(z)")
        assert eval(text, names, {"z": z}) == pytest.approx(value)
        text = row.slope_formula.replace("a (", "a * (").replace("−", "-").replace("a²", "a**2")
        text = text.replace(" if z > 0, else ", " if z > 0 else ")
        assert eval(text, {}, {"z": z, "a": value}) == pytest.approx(slope)


def test_the_derivative_of_relu_at_its_kink_is_0():
    assert activation("relu").slope(np.array([0.0, -0.0])).tolist() == [0.0, 0.0]


def test_names_are_unique_and_sigmoid_comes_first():
    names = [row.name for row in ACTIVATIONS]
    assert len(set(names)) == len(names)
    assert names[0] == "sigmoid"
    assert [activation(name) for name in names] == list(ACTIVATIONS)


@pytest.mark.parametrize("name", ["softmax", "Sigmoid", "", None])
def test_an_unknown_name_is_told_with_those_there_are(name):
    with pytest.raises(
        ValueError, match=r"^activation is .*; expected one of sigmoid, tanh, relu, linear\.$"
    ) as caught:
        activation(name)
    assert repr(name) in str(caught.value)
