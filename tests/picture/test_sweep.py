"""Where the curves of the sweep run, and what is said of them."""

import math

import pytest

from nnviz.engine.slopes import WAYS, Surroundings
from nnviz.engine.sweep import EPSILONS, Sweep, sweep
from nnviz.picture.sweep import ROLES, across, curves, down, power, sentence
from tests.engine.problems import drained, problem


def test_the_axes_go_from_edge_to_edge():
    assert (across(1e-1), across(1e-15)) == (0.0, pytest.approx(1.0))
    assert (down(1.0), down(1e-16), down(1e-8)) == (0.0, 1.0, 0.5)
    assert (down(0.0), down(1e3), down(1e-40)) == (1.0, 0.0, 1.0)


def test_every_way_is_a_curve_of_its_own_colour():
    flat = Sweep({row.name: (1e-8,) * len(EPSILONS) for row in WAYS})
    found = curves(flat)
    assert [curve.title for curve in found] == [row.title for row in WAYS]
    assert len({curve.role for curve in found}) == len(ROLES)
    assert {point.y for curve in found for point in curve.points} == {0.5}


def test_the_sentence_has_the_numbers_of_the_sweep():
    task = problem((3, 5, 4), m=10)
    found = drained(sweep(Surroundings(*task.arguments)))
    said = sentence(found)
    assert f"best near {power(round(math.log10(found.best('two-sided'))))} here" in said
    ratio = found.errors["one-sided"][3] / found.errors["two-sided"][3]
    assert f"{ratio:,.0f} times less" in said


def test_where_there_is_no_error_to_compare_it_says_so():
    none = Sweep({row.name: (0.0,) * len(EPSILONS) for row in WAYS})
    assert "errs much less" in sentence(none)
    even = Sweep({row.name: (1e-9,) * len(EPSILONS) for row in WAYS})
    assert "errs no less" in sentence(even)
