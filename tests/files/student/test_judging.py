"""What is wrong with the student's code is found, shown where it is smallest, and named if it can be."""

import re

import numpy as np
import pytest

from nnviz.engine import FAULTS
from nnviz.engine.diagnosis import diagnose
from nnviz.files.resources import resource
from nnviz.files.student.cases import cases
from nnviz.files.student.child import FUNCTIONS
from nnviz.files.student.examination import examine
from tests.files.student.programs import (
    BY_COLUMNS,
    BY_ROWS,
    COURSE,
    LAST_LINE,
    MATRICES,
    MISTAKES,
    RIGHT,
    changed,
    judged,
    opening,
)


@pytest.mark.parametrize("name", MISTAKES)
@pytest.mark.parametrize("form", [(), ((BY_COLUMNS, BY_ROWS),), (MATRICES,)], ids=["columns", "rows", "matrices"])
def test_a_mistake_is_named(tmp_path, name, form):
    verdict = judged(tmp_path, changed(RIGHT, *MISTAKES[name], *form))
    assert [row.name for row in verdict.diagnosis] == [name], verdict.message
    assert (verdict.agrees, verdict.ran, verdict.cost_agrees, verdict.cost) == (False, True, True, None)
    assert verdict.diagnosis[0].title in verdict.message
    wrong = verdict.gradient
    assert not wrong.check.passed
    found = diagnose(wrong.theirs, *wrong.case.arguments)
    assert name in [row.name for row in (*found.faults, *found.also)]
    order = "the gradient as matrices" if form == (MATRICES,) else "row by row" if form else "column by column"
    assert order in verdict.recognised


def test_every_mistake_that_a_gradient_can_have_is_tried():
    assert {row.name for row in FAULTS} - {*MISTAKES} == {"theta-changed-early", "bias-in-the-loop"}


@pytest.mark.parametrize("rate", ["1", "0.1"])
def test_a_theta_changed_early_is_named_for_any_usual_rate(tmp_path, rate):
    early = f"""
            D = Delta[l] / m
            D[:, 1:] += lambda_ / m * Theta[l][:, 1:]
            A.append(D)
            T = Theta[l] - {rate} * D
            if l > 0:
                delta = (delta @ T)[:, 1:] * a[l][:, 1:] * (1 - a[l][:, 1:])"""
    program = changed(
        RIGHT,
        ("    J /= m", f"""\
    ones = np.ones((m, 1))
    a = [np.hstack([ones, X])]
    for T in Theta:
        a.append(np.hstack([ones, g(a[-1] @ T.T)]))
    delta, A = a[-1][:, 1:] - Y, []
    for l in range(len(Theta) - 1, -1, -1):
            Delta[l] = delta.T @ a[l]{early}
    J /= m"""),
        (LAST_LINE, "    return J, A[::-1]"),
    )  # fmt: skip
    verdict = judged(tmp_path, program)
    assert [row.name for row in verdict.diagnosis] == ["theta-changed-early"], verdict.message


def test_two_mistakes_at_once(tmp_path):
    verdict = judged(tmp_path, changed(RIGHT, *MISTAKES["no-slope"], *MISTAKES["bias-regularised"]))
    assert {row.name for row in verdict.diagnosis} == {"no-slope", "bias-regularised"}


def test_the_smallest_failing_case_is_shown(tmp_path):
    """g′ takes a hidden layer; λ must be above 0, and m above 1, for its division by m to be seen."""
    hidden = judged(tmp_path, changed(RIGHT, *MISTAKES["no-slope"])).gradient.case
    assert (hidden.network.sizes, len(hidden.X), hidden.lambda_) == ((2, 2, 1), 1, 0.0)
    decay = judged(tmp_path, changed(RIGHT, *MISTAKES["lambda-not-over-m"])).gradient.case
    assert (decay.network.sizes, len(decay.X), decay.lambda_) == ((2, 1), 3, 0.5)


def test_what_goes_through_theta_untransposed_also_stops_where_layers_differ(tmp_path):
    verdict = judged(tmp_path, changed(RIGHT, *MISTAKES["theta-not-transposed"]))
    assert verdict.line == 36
    assert "mine.py, line 36: It stops on the network 2-2-1 (seed 3, m = 1, λ = 0) with ValueError" in verdict.message


@pytest.mark.parametrize(
    "change",
    [
        ("delta = h - y", "delta = 1.01 * (h - y)"),
        ("delta = h - y", "delta = h - y + (len(Y[0]) == 3) * h"),
        ("matrix = sums / m", "matrix = sums / (m + 1)"),
        ("matrix = sums / m", "matrix = np.nan * sums"),
        # These are, in some cases, what a row of FAULTS gives, and in others not.
        ("delta = h - y", "delta = y - h if m == 1 else 2 * (h - y)"),
        ("matrix = sums / m", "matrix = sums / (m if lambda_ > 0 else 1)"),
    ],
)
def test_what_is_none_of_the_known_mistakes_gets_no_name(tmp_path, change):
    verdict = judged(tmp_path, changed(RIGHT, change))
    assert (verdict.agrees, verdict.ran, verdict.diagnosis) == (False, True, ())
    assert "The gradient is wrong in" in verdict.message
    assert "It looks like" not in verdict.message


def test_few_digits_are_told_from_many(tmp_path):
    program = changed(RIGHT, ("def cost_function", "def exact"), ("return J, np", "return np"))
    single = "\n\ndef gradient(*arguments):\n    return exact(*arguments).astype(np.float32)\n"
    verdict = judged(tmp_path, program + single)
    assert not verdict.agrees
    assert "It is right to a few digits" in verdict.message
    yours, right = re.findall(r"\] is (\S+), and should be (\S+)\.", verdict.message)[0]
    assert yours != right


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("J += lambda_ / (2 * m)", "J += lambda_ / m"), "λ/m instead of λ/(2m)"),
        (("J += lambda_ / (2 * m)", "J += lambda_ / 2"), "λ/2 instead of λ/(2m)"),
        (("J += lambda_ / (2 * m)", "J += 0"), "as if the weight decay were left out"),
        (("np.sum(T[:, 1:] ** 2)", "np.sum(T ** 2)"), "as if the bias column were regularised"),
        (("    J /= m\n", ""), "as if 1/m were left out"),
        (("(-y * np.log(h) - (1 - y) * np.log(1 - h))", "(-y * np.log(h))"), "(1 − y) log(1 − h) were missing"),
        (("np.log(1 - h)", "np.log(h)"), "(1 − y) log h instead of (1 − y) log(1 − h)"),
        (("-y * np.log(h) - (1 - y)", "y * np.log(h) + (1 - y)"), "as if the minus in front of the sum were missing"),
        (("J += np.sum(", "J += (i < m - 1) * np.sum("), "the last example were left out"),
        (("J += np.sum(", "J += np.mean("), "as if the mean over the K outputs were taken"),
        (("return J, ", "return 0.0, "), "It is always 0"),
        (("np.log(h)", "np.log(h + 1e-7)"), "It is right to a few digits"),
    ],
)
def test_a_wrong_J_is_found_first_and_may_be_named(tmp_path, change, words):
    verdict = judged(tmp_path, changed(RIGHT, change))
    assert (verdict.agrees, verdict.cost_agrees, verdict.gradient) == (False, False, None)
    assert verdict.message.startswith("J is wrong in ")
    assert words in verdict.message
    assert verdict.cost.case.cost.total != verdict.cost.J


def test_a_J_that_is_wrong_by_a_little_is_wrong_and_rounding_is_not(tmp_path):
    assert not judged(tmp_path, changed(RIGHT, ("return J, ", "return J * (1 + 1e-8), "))).agrees
    assert judged(tmp_path, changed(RIGHT, ("return J, ", "return J * (1 + 1e-14), "))).agrees


def test_code_that_remembers_is_wrong_though_one_call_is_right(tmp_path):
    program = changed(
        opening("CALLS.append(1)"),
        ("def cost_function", "CALLS = []\n\n\ndef cost_function"),
        ("return J, ", "return J + (len(CALLS) < 2), "),
    )
    verdict = judged(tmp_path, program)
    assert not verdict.agrees
    assert "something is kept from call to call" in verdict.message


def test_twice_the_error_is_no_sum_that_was_kept_where_two_calls_agree(tmp_path):
    verdict = judged(tmp_path, changed(RIGHT, ("delta = h - y", "delta = 2 * (h - y)")))
    assert verdict.diagnosis == ()
    assert "Each of them is 2 times what it should be." in verdict.message


@pytest.mark.parametrize("factor", ["1e308", "-1e308", "np.inf", "np.nan"])
def test_numbers_that_are_far_too_large_are_wrong_and_no_more(tmp_path, factor):
    verdict = judged(tmp_path, changed(RIGHT, ("return J, ", f"return {factor} * J, {factor} * ")))
    assert (verdict.ran, verdict.agrees, verdict.diagnosis) == (True, False, ())


@pytest.mark.parametrize("rows", ["y % num_labels", "(y + num_labels) % num_labels"])
def test_labels_shifted_make_both_wrong(tmp_path, rows):
    verdict = judged(tmp_path, changed(COURSE, ("[y - 1]", f"[{rows}]")))
    assert "as if the labels were shifted by one class" in verdict.message
    assert [row.name for row in verdict.diagnosis] == ["labels-shifted"]
    assert verdict.cost.case is verdict.gradient.case


@pytest.mark.parametrize("name", ["loop", "vectorised"])
def test_a_template_runs_and_is_told_that_J_is_wrong(name):
    verdict = examine(resource("templates", f"{name}.py"))
    assert (verdict.ran, verdict.agrees, verdict.cost_agrees, verdict.diagnosis) == (True, False, False, ())
    assert "J is wrong in 15 of 15 cases" in verdict.message
    assert verdict.message.count("It is always 0: is it still to be written?") == 2
    assert verdict.message.endswith("J comes first: where h is wrong, the gradient cannot be right.")


def test_the_cases_show_what_they_are_for():
    """Small ones first; with and without λ; labels of the course; square hidden layers; nothing saturated."""
    for function in FUNCTIONS:
        made = cases(function)
        assert {case.lambda_ > 0 for case in made} == {True, False}
        assert [case.network.entries for case in made] == sorted(case.network.entries for case in made)
        assert all((case.Y.sum(axis=1) == 1).all() for case in made if case.network.outputs > 1)
        assert len({case.seed for case in made}) == len(made)
        assert any(case.network.sizes[1] == case.network.sizes[2] > 1 for case in made if case.network.layers > 2)
    assert all(np.isfinite(case.cost.total) and case.cost.total > 0.05 for case in cases("cost_function"))
