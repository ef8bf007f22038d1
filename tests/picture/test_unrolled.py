"""The lines of code are run, the names read, and what is drawn of a large matrix counted."""

import numpy as np
import pytest

from nnviz.engine import Network, gradient
from nnviz.engine.unrolling import Unrolling
from nnviz.picture.unrolled import around, both_names, code, gradient_name, name, short_name, title
from tests.engine.problems import problem

SIZES = [(3, 5, 5, 4), (4, 3), (20, 6, 10)]


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_the_numpy_lines_give_the_vectors_of_the_engine_and_the_matrices_back(sizes):
    task = problem(sizes, m=5, lambda_=0.5)
    D = gradient(*task.arguments)
    names = {"np": np}
    for layer, (theta, d) in enumerate(zip(task.network.thetas, D), 1):
        names |= {f"Theta{layer}": theta, f"D{layer}": d}
    exec(code(Unrolling(sizes)).numpy, names)
    np.testing.assert_array_equal(names["thetaVec"], task.network.unroll())
    np.testing.assert_array_equal(names["DVec"], Network(D).unroll())
    for layer, theta in enumerate(task.network.thetas, 1):
        np.testing.assert_array_equal(names[f"Theta{layer}"], theta)


def test_the_octave_lines_are_the_courses_with_the_real_sizes():
    assert code(Unrolling((3, 5, 5, 4))).octave.splitlines() == [
        "thetaVec = [Theta1(:); Theta2(:); Theta3(:)];",
        "DVec = [D1(:); D2(:); D3(:)];",
        "Theta1 = reshape(thetaVec(1:20), 5, 4);",
        "Theta2 = reshape(thetaVec(21:50), 5, 6);",
        "Theta3 = reshape(thetaVec(51:74), 4, 6);",
    ]


def test_a_place_has_the_names_of_both_vectors():
    order = Unrolling((3, 5, 5, 4))
    assert (name(order.address(7)), gradient_name(order.address(7))) == ("Θ₂₁⁽¹⁾", "D₂₁⁽¹⁾")
    assert name(Unrolling((20, 12, 2)).address(25)) == "Θ₁₂⁽¹⁾"
    assert gradient_name(Unrolling((20, 12, 2)).address(12)) == "D₁₂,₀⁽¹⁾"
    assert both_names(order.address(7)) == "Θ₂₁⁽¹⁾ D₂₁⁽¹⁾"
    assert short_name(Unrolling((20, 12, 2)).address(12)) == "Θ₁₂,₀"
    assert title(order, 2) == "Θ⁽²⁾  5 × 6  →  n = 21 … 50"


@pytest.mark.parametrize("kept", [0, 1, 2, 3, 4, 50, 95, 96, 97, 98, 99])
@pytest.mark.parametrize("most", [5, 6, 9])
def test_of_many_rows_the_ends_and_those_near_are_drawn(most, kept):
    shown = around(100, most, kept)
    assert len(shown) <= most
    assert shown[0] == 0
    assert shown[-1] == 99
    assert kept in shown
    numbers = [index for index in shown if index is not None]
    assert numbers == sorted(set(numbers))
    assert len(numbers) == most - 2
    for before, index in zip(shown, shown[1:]):
        assert None in (before, index) or index == before + 1


def test_few_rows_are_all_drawn():
    assert around(5, 5, 2) == (0, 1, 2, 3, 4)
