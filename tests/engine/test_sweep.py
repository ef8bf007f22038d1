"""The errors of the ways to a slope by ε have the shape that numerical analysis says."""

import numpy as np
import pytest

from nnviz.engine import Network
from nnviz.engine.slopes import WAYS, Surroundings
from nnviz.engine.sweep import EPSILONS, sweep
from tests.engine.problems import drained, problem


@pytest.fixture(scope="module")
def found():
    task = problem((3, 5, 5, 4), m=20, lambda_=1.0)
    return drained(sweep(Surroundings(*task.arguments)))


def test_every_way_has_an_error_at_every_epsilon(found):
    assert EPSILONS[3] == 1e-4
    assert list(found.errors) == [row.name for row in WAYS]
    assert {len(errors) for errors in found.errors.values()} == {15}


def test_truncation_goes_with_its_power_and_rounding_with_one_over_epsilon(found):
    one, two, four = (np.array(found.errors[name]) for name in ("one-sided", "two-sided", "richardson"))
    assert one[1] / one[2] == pytest.approx(10, rel=0.2)
    assert two[0] / two[1] == pytest.approx(100, rel=0.2)
    assert four[0] / four[1] == pytest.approx(10_000, rel=0.3)
    for errors in (one, two, four):
        assert 100 < errors[11] / errors[8] < 10_000  # three powers of ten smaller, about as many times the error


def test_the_best_epsilon_is_near_the_root_of_the_rounding_unit(found):
    """√eps for one-sided, ∛eps for two-sided."""
    assert 1e-9 <= found.best("one-sided") <= 1e-6
    assert 1e-6 <= found.best("two-sided") <= 1e-4
    assert found.best("richardson") >= found.best("two-sided")


def test_the_complex_step_is_right_to_rounding(found):
    assert max(found.errors["complex-step"]) < 1e-14


def test_nothing_to_divide_by_is_no_error():
    """At Θ = 0 with as many of each class D is 0 but for rounding."""
    network = Network.zeros((1, 1))
    found = drained(sweep(Surroundings(network, np.array([[1.0], [1.0]]), np.array([[0.0], [1.0]]), 0.0)))
    assert all(np.isfinite(errors).all() for errors in found.errors.values())
