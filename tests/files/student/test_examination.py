"""The student's own code: what is right agrees in every form, what is wrong is named, and nothing else is."""

import sys
import threading
import time

import numpy as np
import pytest

from nnviz.engine import FAULTS
from nnviz.engine.diagnosis import diagnose
from nnviz.files.errors import FileProblem
from nnviz.files.resources import resource
from nnviz.files.student.cases import cases
from nnviz.files.student.child import FUNCTIONS
from nnviz.files.student.examination import Examination, examine
from tests.files.student.programs import (
    COURSE,
    FIRST_LINE,
    LAST_LINE,
    MISTAKES,
    RIGHT,
    changed,
    opening,
    saved,
)

BY_COLUMNS, BY_ROWS = 'ravel(order="F")', "ravel()"
MATRICES = (LAST_LINE, "    return J, D")
VECTOR, MATRIX = "the gradient as one vector, ", "the gradient as matrices"


def judged(tmp_path, program, **arguments):
    return examine(saved(tmp_path, program), **arguments)


# --- Right ---


@pytest.mark.parametrize(
    ("program", "recognised"),
    [
        (RIGHT, f"J and {VECTOR}column by column"),
        (changed(RIGHT, (BY_COLUMNS, BY_ROWS)), f"J and {VECTOR}row by row"),
        (changed(RIGHT, (BY_COLUMNS, BY_ROWS), (', order="F")', ")")), "theta is unrolled row by row"),
        (changed(RIGHT, MATRICES), f"J and {MATRIX}"),
        (changed(RIGHT, (LAST_LINE, "    return J, tuple(D)")), f"J and {MATRIX}"),
        (changed(RIGHT, (LAST_LINE, "    return np.array([[J]]), *D")), f"J and {MATRIX}"),
        (changed(RIGHT, ("return J, ", "return ")), f"returns {VECTOR}column by column"),
        (changed(RIGHT, MATRICES, ("return J, ", "return ")), f"returns {MATRIX}"),
        (changed(RIGHT, ("return J, ", "return "), ("def cost_function", "def gradient")), "gradient(theta, sizes, X"),
        (changed(RIGHT, ('for matrix in D])', 'for matrix in D])[:, None]')), f"J and {VECTOR}column by column"),
        (COURSE, "nnCostFunction(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lambda_)"),
        (changed(COURSE, (BY_COLUMNS, BY_ROWS)), f"J and {VECTOR}row by row"),
        (changed(COURSE, ("return J, grad", "return J, [Theta1_grad, Theta2_grad]")), f"J and {MATRIX}"),
        (changed(COURSE, ("return J, grad", "return grad")), f"returns {VECTOR}column by column"),
        (changed(COURSE, ("np.eye(num_labels)[y - 1]", "(y == np.arange(1, num_labels + 1))")), "y is a column"),
    ],
)  # fmt: skip
def test_right_code_agrees_in_every_form(tmp_path, program, recognised):
    verdict = judged(tmp_path, program)
    assert (verdict.agrees, verdict.ran, verdict.diagnosis) == (True, True, ()), verdict.message
    assert recognised in verdict.recognised
    assert verdict.cost_agrees is (True if "returns J and" in verdict.recognised else None)
    assert (verdict.cost, verdict.gradient) == (None, None)
    assert "right in all" in verdict.message


def test_what_is_written_for_one_hidden_layer_is_right_and_its_limit_is_told(tmp_path):
    verdict = judged(tmp_path, opening("inputs, hidden, K = sizes"))
    assert verdict.agrees
    assert "For other numbers of layers than three it could not be judged. mine.py, line 18: It" in verdict.message
    assert verdict.line == 18


def test_modules_beside_the_file_are_found_and_nothing_is_written_there(tmp_path):
    saved(tmp_path, RIGHT, "helpful.py")
    assert judged(tmp_path, "from helpful import cost_function\n").agrees
    assert {path.name for path in tmp_path.iterdir()} == {"helpful.py", "mine.py"}


def test_what_it_prints_and_plots_is_not_seen(tmp_path, capfd):
    noise = ("print('{', flush=True)", "import os, sys; os.write(1, b'x' * 100_000); sys.stderr.write('y')", "input")
    assert judged(tmp_path, opening(*noise)).agrees
    assert capfd.readouterr() == ("", "")


def test_a_file_of_a_name_that_python_knows(tmp_path):
    assert examine(saved(tmp_path, RIGHT, "random.py")).agrees
    assert examine(saved(tmp_path, opening("1 / 0"), "rückwärts 1.py")).message.startswith("rückwärts 1.py, line 18: ")


# --- Wrong ---


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


@pytest.mark.parametrize("name", ["loop", "vectorised"])
def test_a_template_runs_and_is_told_that_J_is_wrong(name):
    verdict = examine(resource("templates", f"{name}.py"))
    assert (verdict.ran, verdict.agrees, verdict.cost_agrees, verdict.diagnosis) == (True, False, False, ())
    assert "J is wrong in 15 of 15 cases" in verdict.message
    assert "is it still to be written?" in verdict.message


# --- Not to be judged ---

BAD = {
    "syntax": (changed(RIGHT, (FIRST_LINE, f"{FIRST_LINE})")), 18, "Python cannot read it: unmatched ')'."),
    "exception": (opening("x = 1", "x / 0"), 19, "(seed 1, m = 1, λ = 0) with ZeroDivisionError: division by zero."),
    "at the top": ("import numpy as np\n\nnp.zeros(3)[7]\n", 3, "It stops with IndexError: index 7 is out of bounds"),
    "sys.exit": (opening("import sys", "sys.exit()"), 19, "It leaves Python (SystemExit) on the network 2-1"),
    "os._exit": (opening("import os", "os._exit(0)"), 19, "It leaves Python (os._exit) on the network 2-1"),
    "abort": (opening("import os", "os.abort()"), 19, "It makes Python crash on the network 2-1"),
    "import": ("import numpy\nimport nowhere_to_be_found\n", 2, "No module named 'nowhere_to_be_found'). Install it"),
    "missing": ("def costFunction():\n    pass\n", None, "those it has: costFunction. Expected is cost"),
    "no function": ("cost_function = 3\n", None, "cost_function is not a function."),
    "parameters": ("\ndef gradient(X, y):\n    pass\n", 2, "gradient(X, y) has other parameters."),
    "nothing": (changed(RIGHT, (LAST_LINE, "    J")), 17, "cost_function returns nothing on the network 2-1"),
    "only J": (changed(RIGHT, (LAST_LINE, "    return J")), 17, "cost_function returns one number on"),
    "None": (changed(RIGHT, (LAST_LINE, "    return J, None")), 17, "returns None in place of the gradient"),
    "words": (changed(RIGHT, (LAST_LINE, "    return J, 'D'")), 17, "returns what holds no real numbers (str)"),
    "complex": (changed(RIGHT, ("return J, ", "return J, 1j * ")), 17, "(ndarray of complex128)"),
    "dictionary": (changed(RIGHT, (LAST_LINE, "    return {}")), 17, "returns what holds no real numbers (dict)"),
    "short": (changed(RIGHT, ("for matrix in D])", "for matrix in D])[1:]")), 17, "shape (2,); expected all of it in"),
    "no bias": (
        changed(RIGHT, (LAST_LINE, "    return J, [matrix[:, 1:] for matrix in D]")),
        17,
        "matrices of shape (1, 2); expected all of it in one vector of 3, or matrices shaped like Θ, (1, 3).",
    ),
    "no end of it": (changed(RIGHT, (LAST_LINE, "    return J, np.zeros(10**6)")), 17, "shape (1000000,); expected"),
    "recursion": (opening("return cost_function(theta, sizes, X, Y, lambda_)"), 18, "RecursionError"),
    "null": ("x = '\0'\n", None, "null bytes"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_judged_is_one_sentence_with_the_line(tmp_path, name):
    program, line, words = BAD[name]
    verdict = judged(tmp_path, program)
    assert (verdict.ran, verdict.agrees, verdict.diagnosis) == (False, False, ())
    assert words in verdict.message
    assert verdict.line == line
    assert verdict.message.startswith("mine.py: " if line is None else f"mine.py, line {line}: ")
    assert "Traceback" not in verdict.message
    assert "\n" not in verdict.message


def test_an_error_in_a_module_beside_it_is_told_with_its_name(tmp_path):
    saved(tmp_path, "x = 1\n1 / 0\n", "helper.py")
    assert judged(tmp_path, "import helper\n").message.startswith("helper.py, line 2: It stops with ZeroDivisionError")
    saved(tmp_path, "x = (\n", "helper.py")
    assert judged(tmp_path, "import helper\n").message.startswith("helper.py, line 1: Python cannot read it")


def test_a_problem_with_a_large_network_is_no_smaller_problem(tmp_path):
    """With one hidden layer nothing may fail."""
    verdict = judged(tmp_path, opening("assert len(X) < 7"))
    assert (verdict.ran, verdict.line) == (False, 18)
    assert "3-5-4 (seed 13, m = 7, λ = 0.4) with AssertionError" in verdict.message


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory cannot be limited, or not so")
def test_memory_has_its_limit(tmp_path):
    verdict = judged(tmp_path, opening("x = np.ones(2**28)"))
    assert verdict.message.startswith("mine.py, line 18: It takes more than 1 GiB of memory on the network 2-1 (seed 1")


# --- An end is put to it ---


@pytest.mark.parametrize(
    ("program", "line", "on"),
    [
        (opening("x = 1", "while True:", "    x += 1"), 20, " on the network 2-1 (seed 1, m = 1, λ = 0)"),
        (RIGHT + "\nwhile True:\n    pass\n", RIGHT.count("\n") + 2, ""),
        (opening("try:", "    while True: pass", "finally:", "    while True: pass"), 19, " on the network 2-1"),
    ],
)
def test_an_endless_loop_is_ended_and_its_line_is_told(tmp_path, program, line, on):
    start = time.monotonic()
    verdict = judged(tmp_path, program, seconds=0.7)
    assert time.monotonic() - start < 5.0  # on a machine that is busy with something else, too
    assert (verdict.ran, abs(verdict.line - line) <= 1) == (False, True)
    assert f"It is not done after 0.7 seconds{on}" in verdict.message
    assert verdict.seconds >= 0.7


def test_what_ended_before_the_loop_is_judged(tmp_path):
    """A wrong number says more than what came after it."""
    program = changed(RIGHT, *MISTAKES["no-slope"])
    verdict = judged(tmp_path, changed(program, (FIRST_LINE, f"    while len(X) > 6: pass\n{FIRST_LINE}")), seconds=1.5)
    assert [row.name for row in verdict.diagnosis] == ["no-slope"]
    assert "mine.py, line 18: It is not done after 1.5 seconds on the network 3-5-4" in verdict.message


@pytest.mark.skipif(sys.platform == "win32", reason="there a process and what it started are not kept together")
def test_nothing_it_started_is_left(tmp_path):
    import psutil

    start = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(987.5)'])\n"
    assert judged(tmp_path, start + RIGHT).agrees
    for _ in range(100):
        running = [found.info["cmdline"] or [] for found in psutil.process_iter(["cmdline"])]
        if not any("import time; time.sleep(987.5)" in words for words in running):
            return
        time.sleep(0.05)
    pytest.fail("it still runs")


def test_it_can_be_stopped_from_another_thread(tmp_path):
    examination = Examination(saved(tmp_path, "while True:\n    pass\n"), seconds=60)
    threading.Timer(0.5, examination.stop).start()
    start = time.monotonic()
    verdict = examination.run()
    assert time.monotonic() - start < 10
    assert (verdict.ran, verdict.message) == (False, "mine.py: It was stopped.")


def test_what_was_stopped_before_it_began_does_not_run(tmp_path):
    examination = Examination(saved(tmp_path, f"open({str(tmp_path / 'trace')!r}, 'w')\n" + RIGHT))
    examination.stop()
    assert examination.run().message == "mine.py: It was stopped."
    assert not (tmp_path / "trace").exists()


@pytest.mark.parametrize(
    ("name", "words"), [("none.py", "no such file"), ("", "a folder"), ("a.ipynb", "Only a file of Python is run")]
)
def test_what_is_no_program_is_refused(tmp_path, name, words):
    (tmp_path / "a.ipynb").write_text("{}")
    with pytest.raises(FileProblem, match=words):
        examine(tmp_path / name)


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
