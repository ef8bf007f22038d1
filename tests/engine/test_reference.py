"""The engine holds against values that others published, and against 50-digit ones (tests/reference).

Not applied here, for the gradient check, which differences any function: ``two_sided_difference`` and
``relative_difference`` (polynomials of one θ, not our cost). Of ``squared_error_backprop`` the error E and the updated
weights, for our cost is cross-entropy. Of ``one_gradient_step`` the h that its source misprints in the fifth digit.
"""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from scipy.special import logit

from nnviz.engine import Network, cost, cost_function, gradient, predict, trace
from nnviz.engine.activations import activation
from nnviz.engine.blocks import inputs
from nnviz.engine.cost import output, weight_decay
from nnviz.engine.epoch import epoch
from nnviz.engine.propagation import forward, hypothesis
from tests.engine.problems import EPS, assert_close

CASES = json.loads((Path(__file__).parents[1] / "reference" / "cases.json").read_text(encoding="utf-8"))["cases"]
LEFT_TO_THE_GRADIENT_CHECK = {"two_sided_difference": 1, "relative_difference": 1}
APPLIED = {
    "cost_and_gradient": 6,
    "sigmoid_gradient": 1,
    "forward": 1,
    "squared_error_backprop": 1,
    "one_gradient_step": 1,
    "cross_entropy_from_h": 1,
    "regularised_cost_from_h": 1,
    "unroll": 1,
}


def of_kind(kind):
    return [case for case in CASES if case["kind"] == kind]


def only(kind):
    (case,) = of_kind(kind)
    return case


def exact(strings):
    return np.array([float(text) for text in strings])


def allowed(network, X):
    """4 + 2 max|z|, in eps: what rounding of z alone can do to g(z)."""
    return 4 + 2 * max(float(np.abs(z).max(initial=0.0)) for z in forward(network, inputs(np.asarray(X, float))).z)


each = pytest.mark.parametrize("case", of_kind("cost_and_gradient"), ids=lambda case: case["id"])


def unrolled(case):
    return np.array(case["params_unrolled_column_major"], float)


def network_of(case):
    return Network.from_unrolled(unrolled(case), case["layer_sizes"])


def test_every_case_is_applied_or_named_as_not():
    assert Counter(case["kind"] for case in CASES) == APPLIED | LEFT_TO_THE_GRADIENT_CHECK


@each
def test_cost_to_rounding(case):
    network = network_of(case)
    found = cost(network, case["X"], case["Y"], case["lambda_"])
    expected = float(case["expected_mpmath_50_digits"]["J"])
    assert abs(found.total - expected) <= allowed(network, case["X"]) * EPS * expected
    assert found.total == found.data + found.decay


@each
def test_gradient_to_rounding(case):
    network = network_of(case)
    D = gradient(network, case["X"], case["Y"], case["lambda_"])
    expected = exact(case["expected_mpmath_50_digits"]["grad_column_major"])
    found = Network.from_thetas(D).unroll()
    assert_close(found, expected, allowed(network, case["X"]))


@each
def test_labels_and_rows_and_cost_function_agree(case):
    network, labels = network_of(case), case["y_labels_1_based"]
    J, slope = cost_function(unrolled(case), case["layer_sizes"], case["X"], labels, case["lambda_"])
    assert cost(network, case["X"], case["Y"], case["lambda_"]).total == J
    D = gradient(network, case["X"], case["Y"], case["lambda_"])
    np.testing.assert_array_equal(slope, Network.from_thetas(D).unroll())


@each
def test_published_values(case):
    published = case["expected_published"]
    J, slope = cost_function(unrolled(case), case["layer_sizes"], case["X"], case["Y"], case["lambda_"])
    if published["J"] is not None:
        assert pytest.approx(published["J"], abs=published["abs_tol_J"], rel=0) == J
    if published["grad"] is not None:
        printed = np.array(published["grad"])
        np.testing.assert_allclose(slope[: len(printed)], printed, rtol=0, atol=published["abs_tol_grad"])


@pytest.mark.parametrize(
    "case",
    [case for case in of_kind("cost_and_gradient") if "relative_difference_eps_1e-4" in case],
    ids=lambda case: case["id"],
)
def test_two_sided_difference_of_our_cost_agrees_as_published(case):
    """The published relative difference, 2e-11, is all rounding; the source's own limit is 1e-9."""
    theta, step = unrolled(case), 1e-4
    arguments = case["layer_sizes"], case["X"], case["Y"], case["lambda_"]
    slope = cost_function(theta, *arguments)[1]
    numeric = np.array(
        [
            (cost_function(theta + move, *arguments)[0] - cost_function(theta - move, *arguments)[0]) / (2 * step)
            for move in step * np.eye(len(theta))
        ]
    )
    assert np.linalg.norm(numeric - slope) / np.linalg.norm(numeric + slope) < 1e-9


def test_every_intermediate_number_of_the_forum_case():
    case = next(case for case in CASES if "expected_intermediates_lambda0" in case)
    expected, tolerance = case["expected_intermediates_lambda0"], case["intermediates_tol"]
    passes = epoch(network_of(case), case["X"], case["Y"])
    traces = [trace(passes.network, x, y) for x, y in zip(case["X"], case["Y"], strict=True)]
    found = {
        "z2": [told.z[1] for told in traces],
        "sigmoidGradient_z2": [told.slope[1] for told in traces],
        "d3": [told.delta[2] for told in traces],
        "d2": [told.delta[1] for told in traces],
        "Delta1": passes.accumulator(3)[0],
        "Delta2": passes.accumulator(3)[1],
        "a2_row1": traces[0].a[1],
        "a3_row1": traces[0].h,
    }
    assert found.keys() == expected.keys()
    for name, numbers in expected.items():
        np.testing.assert_allclose(found[name], numbers, rtol=0, atol=tolerance, err_msg=name)


def test_sigmoid_gradient():
    case = only("sigmoid_gradient")
    found = activation("sigmoid").slope(np.array(case["z"], float))
    np.testing.assert_allclose(found, case["expected"], rtol=0, atol=case["abs_tol"])


def test_xnor_with_the_weights_of_the_course():
    case = only("forward")
    network = Network.from_thetas(case["Theta"])
    h = hypothesis(network, case["X"])[:, 0]
    assert predict(network, case["X"]).tolist() == np.round(h).tolist() == case["expected_rounded"]
    np.testing.assert_allclose(h, exact(case["expected_h_mpmath"]), rtol=case["rel_tol"], atol=0)
    assert_close(h, exact(case["expected_h_mpmath"]), allowed(network, case["X"]))
    J = cost(network, case["X"], case["expected_rounded"]).total
    assert pytest.approx(float(case["expected_J_mpmath"]), rel=allowed(network, case["X"]) * EPS) == J


def test_step_by_step_backpropagation_example():
    """Soft targets 0.01 and 0.99; its own squared error is not our cost."""
    case = only("squared_error_backprop")
    network = Network.from_thetas(case["Theta"])
    told = trace(network, case["X"][0], case["Y"][0])
    np.testing.assert_allclose(told.h, case["expected"]["out"], rtol=0, atol=case["abs_tol"])
    units = allowed(network, case["X"])
    assert_close(told.cost, float(case["cross_entropy_J_mpmath"]), units)
    found = Network.from_thetas(told.contribution).unroll()
    assert_close(found, exact(case["cross_entropy_grad_column_major_mpmath"]), units)


def test_one_gradient_step():
    case = only("one_gradient_step")
    network = Network.from_thetas(case["Theta"])
    told = trace(network, case["X"][0], case["Y"][0])
    units = allowed(network, case["X"])
    assert_close(told.a[1], case["expected"]["a2"], units)
    assert_close(told.h, exact([case["expected"]["h_this_report"]]), units)
    after = epoch(network, case["X"], case["Y"], case["lambda_"], case["alpha"]).updated
    for theta, expected in zip(after.thetas, case["expected_Theta_after"], strict=True):
        assert_close(theta, expected, units)
    h_after = hypothesis(after, case["X"])[0, 0]
    assert h_after == pytest.approx(case["expected"]["h_after"], abs=case["published_tol"])


def test_cross_entropy_from_h():
    """J from a given h by way of its logit; the source means over the examples."""
    case = only("cross_entropy_from_h")
    costs = output(logit(np.array(case["h"])), np.array(case["y"], float)).cost
    assert costs.mean() == pytest.approx(case["expected_J"], abs=case["abs_tol"], rel=0)


def test_regularised_cost_from_h():
    case = only("regularised_cost_from_h")
    thetas = tuple(np.insert(np.array(W), 0, 9.0, axis=1) for W in case["W"])  # the bias column must not count
    costs = output(logit(np.array(case["h"])), np.array(case["y"])).cost
    J = costs.sum() / case["m"] + weight_decay(thetas, case["lambda_"], case["m"])
    assert pytest.approx(case["expected_J"], abs=case["abs_tol"], rel=0) == J


def test_unrolling_goes_column_by_column():
    case = only("unroll")
    probe = case["order_probe"]
    network = Network.from_thetas([probe["matrix"]])
    assert network.unroll().tolist() == probe["Octave (:)"]
    assert network.unroll("C").tolist() == probe["numpy ravel() (wrong)"]
    last = case["blocks_1_based"][-1][1]
    large = Network.from_unrolled(np.arange(1, last + 1), case["layer_sizes"])
    assert [[theta[0, 0], theta[-1, -1]] for theta in large.thetas] == case["blocks_1_based"]
