"""`nnviz check`: what it says of the student's own code, in words and in JSON, and the file to begin with."""

import json

import pytest

from nnviz.cli import codes, main
from nnviz.engine import FAULTS
from tests.files.student.programs import MISTAKES, RIGHT, changed, opening, saved

KEYS = {"agrees", "cost_agrees", "gradient_agrees", "ran", "diagnosis", "message", "recognised", "line", "cases",
        "wrong_cost", "wrong_gradient", "seconds"}  # fmt: skip


def checked(capfd, *arguments):
    """The exit code, and what is printed."""
    code = main.main(["check", *map(str, arguments)])
    return code, *capfd.readouterr()


def test_right_code_is_0(capfd, tmp_path):
    code, out, err = checked(capfd, saved(tmp_path, RIGHT))
    assert (code, err) == (codes.DONE, "")
    assert " ".join(out.split()) == (
        "Recognised: cost_function(theta, sizes, X, Y, lambda_), which returns J and the gradient as one vector, "
        "column by column. J and its gradient are right in all 15 cases, from 2-1 to 3-5-5-4, at λ = 0 and at λ > 0."
    )


def test_wrong_code_is_1_with_the_worst_entries_and_the_mistake(capfd, tmp_path):
    code, out, err = checked(capfd, saved(tmp_path, changed(RIGHT, *MISTAKES["lambda-not-over-m"])))
    assert (code, err) == (codes.WRONG, "")
    assert out.splitlines()[-9:] == [
        "",
        "2 of 3 entries differ on 2-1 (seed 2, m = 3, λ = 0.5); the worst, counted from 0 as NumPy does:",
        "            slope along      yours      nnviz",
        "  D1[0, 2]  Θ₁₂⁽¹⁾        0.436303   0.122078",
        "  D1[0, 1]  Θ₁₁⁽¹⁾       −0.204304  −0.002795",
        "",
        "λΘ instead of (λ/m)Θ, in NumPy:",
        "  wrong  D[:, 1:] += lambda_ * Theta[:, 1:]",
        "  right  D[:, 1:] += lambda_ / m * Theta[:, 1:]",
    ]


def test_numbers_that_nearly_agree_are_shown_until_they_differ(capfd, tmp_path):
    _, out, _ = checked(capfd, saved(tmp_path, changed(RIGHT, ("return J, ", "return J, (1 + 1e-9) * "))))
    entries = [line.split() for line in out.splitlines() if line.startswith("  D1[")]
    assert entries
    assert all(len(set(entry[-2:])) == 2 for entry in entries)


def test_what_cannot_run_is_2_and_one_line(capfd, tmp_path):
    code, out, err = checked(capfd, saved(tmp_path, opening("1 / 0")))
    assert (code, out) == (codes.USER_ERROR, "")
    assert err == (
        "nnviz: mine.py, line 18: It stops on the network 2-1 (seed 1, m = 1, λ = 0) with ZeroDivisionError: "
        "division by zero.\n"
    )


def test_json_of_right_code_which_prints_itself(capfd, tmp_path):
    code, out, err = checked(capfd, saved(tmp_path, opening("print('}')")), "--json")
    told = json.loads(out, parse_constant=pytest.fail)
    assert (code, err, out.count("\n")) == (codes.DONE, "", 1)
    assert set(told) == KEYS
    assert (told["agrees"], told["cost_agrees"], told["gradient_agrees"], told["diagnosis"]) == (True, True, True, [])
    assert (told["cases"], told["wrong_cost"], told["wrong_gradient"]) == (15, None, None)
    assert 0 < told["seconds"] < 10


def test_json_of_wrong_code(capfd, tmp_path):
    code, out, _ = checked(capfd, saved(tmp_path, changed(RIGHT, *MISTAKES["no-slope"])), "--json")
    told = json.loads(out, parse_constant=pytest.fail)
    assert code == codes.WRONG
    assert (told["agrees"], told["cost_agrees"], told["diagnosis"]) == (False, True, ["no-slope"])
    wrong = told["wrong_gradient"]
    assert (wrong["network"], wrong["m"], wrong["lambda"], len(wrong["entries"])) == ([2, 2, 1], 1, 0.0, 5)
    assert (wrong["entries"][0]["layer"], wrong["entries"][0]["row"], wrong["entries"][0]["column"]) == (1, 0, 0)
    assert wrong["entries"][0]["yours"] != wrong["entries"][0]["right"]


def test_json_has_no_nan(capfd, tmp_path):
    code, out, _ = checked(capfd, saved(tmp_path, changed(RIGHT, ("return J, ", "return np.nan, np.inf * "))), "--json")
    told = json.loads(out, parse_constant=pytest.fail)
    assert (code, told["wrong_cost"]["yours"], told["wrong_gradient"]["entries"][0]["yours"]) == (1, None, None)


def test_json_of_what_cannot_run(capfd, tmp_path):
    code, out, err = checked(capfd, saved(tmp_path, "import sys\nsys.exit(0)\n"), "--json")
    told = json.loads(out, parse_constant=pytest.fail)
    assert (code, err, set(told)) == (codes.USER_ERROR, "", KEYS)
    assert (told["agrees"], told["ran"], told["line"], told["diagnosis"]) == (False, False, 2, [])
    assert told["message"].startswith("mine.py, line 2: It leaves Python (SystemExit: 0).")


@pytest.mark.parametrize("name", ["loop", "vectorised"])
def test_a_template_is_printed_and_written_once(capfd, tmp_path, name):
    code, out, err = checked(capfd, "--template", name)
    assert (code, err) == (codes.DONE, "")
    path = tmp_path / "begin.py"
    assert checked(capfd, "--template", name, "-o", path) == (codes.DONE, "", "")
    assert path.read_text(encoding="utf-8") == out
    path.write_text("all my work")
    code, out, err = checked(capfd, "--template", name, "-o", path)
    assert (code, out) == (codes.USER_ERROR, "")
    assert "There is a file of that name, and it stays as it is." in err
    assert path.read_text() == "all my work"


def test_a_template_can_be_checked(capfd, tmp_path):
    path = tmp_path / "begin.py"
    assert checked(capfd, "--template", "loop", "-o", path)[0] == codes.DONE
    code, out, _ = checked(capfd, path)
    assert code == codes.WRONG
    assert "J is wrong in 15 of 15 cases" in " ".join(out.split())
    assert not any(row.title in out for row in FAULTS)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "No FILE is given; expected one to check, or --template"),
        (("none.py",), "none.py: There is no such file."),
        (("none.py", "-o", "a.py"), "-o a.py is for --template"),
        (("none.py", "--template", "loop"), "it takes neither a FILE to check nor --json"),
        (("--template", "loop", "-o", "no/such/folder.py"), "no/such/folder.py"),
    ],
)
def test_one_line_and_2(capfd, arguments, words):
    code, out, err = checked(capfd, *arguments)
    assert (code, out, err.count("\n")) == (codes.USER_ERROR, "", 1)
    assert words in err


def test_help_says_that_the_file_is_run(capfd):
    with pytest.raises(SystemExit):
        main.main(["check", "--help"])
    out = " ".join(capfd.readouterr().out.split())
    assert "and it is run: in a process of its own, for at most 10 seconds" in out
    assert "1 training diverged or could not go on, or the checked code is wrong, 2 something" in out
