"""The student's own code: what is right agrees in every form, what cannot be judged is told with its line."""

import pytest

from nnviz.files.errors import FileProblem
from nnviz.files.student.examination import bounds, examine
from tests.files.student.programs import (
    BY_COLUMNS,
    BY_ROWS,
    COURSE,
    FIRST_LINE,
    LAST_LINE,
    MATRICES,
    RIGHT,
    changed,
    judged,
    opening,
    saved,
)

VECTOR, MATRIX = "the gradient as one vector, ", "the gradient as matrices"


# --- Right ---


@pytest.mark.parametrize(
    ("program", "recognised"),
    [
        (RIGHT, f"J and {VECTOR}column by column"),
        (changed(RIGHT, (BY_COLUMNS, BY_ROWS)), f"J and {VECTOR}row by row"),
        (changed(RIGHT, (BY_COLUMNS, BY_ROWS), (', order="F")', ")")), "theta is unrolled row by row"),
        (changed(RIGHT, MATRICES), f"J and {MATRIX}"),
        (changed(RIGHT, (LAST_LINE, "    return J, tuple(D)")), f"J and {MATRIX}"),
        (changed(RIGHT, (LAST_LINE, "    return J, [d.tolist() for d in D]")), f"J and {MATRIX}"),
        (
            changed(RIGHT, (LAST_LINE, "    d = np.empty(len(D), object)\n    d[:] = list(D)\n    return J, d")),
            f"J and {MATRIX}",
        ),
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


def test_modules_beside_the_file_are_found_and_nothing_is_written_there(tmp_path, monkeypatch):
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    saved(tmp_path, RIGHT, "helpful.py")
    assert judged(tmp_path, "from helpful import cost_function\n").agrees
    assert {path.name for path in tmp_path.iterdir()} == {"helpful.py", "mine.py"}


def test_what_it_prints_and_plots_is_not_seen(tmp_path, capfd):
    noise = ("print('{', flush=True)", "import os, sys; os.write(1, b'x' * 100_000); sys.stderr.write('y')")
    assert judged(tmp_path, opening(*noise)).agrees
    assert capfd.readouterr() == ("", "")


def test_it_runs_where_no_window_opens_and_nobody_types(tmp_path):
    quiet = opening(
        "import os", "assert os.environ['MPLBACKEND'] == 'Agg' and os.environ['OPENBLAS_NUM_THREADS'] == '1'"
    )
    assert judged(tmp_path, quiet).agrees
    assert "mine.py, line 18: It stops on the network 2-1" in judged(tmp_path, opening("input()")).message


def test_a_file_of_a_name_that_python_knows(tmp_path):
    assert examine(saved(tmp_path, RIGHT, "random.py")).agrees
    assert examine(saved(tmp_path, opening("1 / 0"), "rückwärts 1.py")).message.startswith("rückwärts 1.py, line 18: ")


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
    "long": (opening("raise ValueError('x\\ny' * 10_000)"), 18, "with ValueError: x yx yx y"),
    "mute": (opening("class E(Exception):", "    __str__ = None", "raise E"), 20, "with E."),
    "exception group": (opening("raise BaseException('{kind}')"), 18, "with BaseException: {kind}."),
    "closed": (opening("import os", "os.closerange(3, 99)"), 17, "It makes Python crash on the network 2-1"),
    "killed": (opening("import os", "os.kill(os.getpid(), 9)"), 17, "It makes Python crash on the network 2-1"),
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


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("none.py", "no such file"),
        ("", "a folder"),
        ("a.ipynb", "Only a file of Python is run"),
        ("a.csv", "Only a file of Python is run"),
    ],
)
def test_what_is_no_program_is_refused(tmp_path, name, words):
    for other in ("a.ipynb", "a.csv"):
        (tmp_path / other).write_text("{}")
    with pytest.raises(FileProblem, match=words):
        examine(tmp_path / name)


@pytest.mark.parametrize(("platform", "limited"), [("linux", True), ("darwin", False), ("win32", False)])
def test_no_limit_of_memory_is_promised_where_there_is_none(platform, limited):
    assert "for at most 10 seconds" in bounds(platform)
    assert ("memory" in bounds(platform)) is limited
