"""`nnviz step`: what it prints, that text and JSON tell the same, and how it refuses."""

import json
import os
import re
import subprocess
import sys

import pytest

from nnviz.cli import main, step
from nnviz.engine import Network, trace
from nnviz.engine.story import STORY_LEVELS
from nnviz.files.datasets import load
from nnviz.picture.numbers import shown


def told(capsys, *arguments: str) -> str:
    assert main.main(["step", *arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def told_json(capsys, *arguments: str) -> dict:
    return json.loads(told(capsys, "--json", *arguments), parse_constant=pytest.fail)


def test_the_promised_command(capsys):
    """The very line of the README."""
    out = told(capsys, "--network", "3-5-5-4", "--data", "vehicles", "--example", "7", "--seed", "4")
    assert out.startswith(
        "Vehicles · 3-5-5-4, Sigmoid · seed 4 · λ = 0 · α = 1\n\nStart\n  Example 7 of 150 belongs to"
    )
    assert "\nStep 27 of 49 · Backward · unit 4 of layer 3\n  Unit 4 of layer 3 takes blame for what it" in out
    assert len(re.findall("^Step", out, re.MULTILINE)) == 49


@pytest.mark.parametrize("level", [level.value for level in STORY_LEVELS])
@pytest.mark.parametrize("data", ["vehicles", "digits", "xnor"])
def test_it_fits_a_terminal_of_80_columns_without_colour(capsys, level, data):
    out = told(capsys, "--data", data, "--level", level, "--example", "2")
    assert max(map(len, out.splitlines())) <= step.WIDTH
    assert "\x1b" not in out
    assert step.TIE not in out
    assert "nan" not in out


@pytest.mark.parametrize("level", [level.value for level in STORY_LEVELS])
def test_text_and_json_tell_the_same(capsys, level):
    arguments = ("--example", "150", "--lambda", "0.5", "--level", level)
    text, data = " ".join(told(capsys, *arguments).split()), told_json(capsys, *arguments)
    assert data["level"] == level
    for one in data["steps"]:
        assert one["sentence"] in text
        for line in one["numbers"].split("; ") if level in ("unit", "term") else ():
            assert line in text


def test_json_has_every_number_exactly(capsys):
    data = told_json(capsys, "--example", "7")
    vehicles = load("vehicles")
    x = vehicles.fitted_scaling().scaled(vehicles.X[6])
    ours = trace(Network.random((3, 5, 5, 4), seed=4), x, vehicles.Y[6])
    assert (data["network"], data["example"], data["seed"]) == ([3, 5, 5, 4], 7, 4)
    assert data["x"] == x.tolist()
    assert data["raw"] == vehicles.X[6].tolist()
    values = {(s["symbol"], s["layer"], s["unit"]): s["value"] for s in data["steps"][1:]}
    for layer in (2, 3, 4):
        for unit in range(1, len(ours.a[layer - 1]) + 1):
            assert values["a", layer, unit] == ours.a[layer - 1][unit - 1]
            assert values["δ", layer, unit] == ours.delta[layer - 1][unit - 1]


def test_json_terms_make_the_sum_and_the_sentence(capsys):
    for one in told_json(capsys)["steps"][1:]:
        if one["sum"] is None:
            continue
        assert sum(term["value"] for term in one["terms"]) == pytest.approx(one["sum"], abs=1e-14)
        assert one["terms"][-1]["total"] == one["sum"]
        assert shown(one["value"]) in one["sentence"]
        assert {"symbol", "layer", "row", "column", "value"} == set(one["terms"][0]["operands"][0])


def test_json_by_layer_gives_what_the_layer_computes(capsys):
    first = told_json(capsys, "--level", "layer")["steps"][1]
    assert [(v["symbol"], v["layer"], v["row"]) for v in first["values"]] == [("a", 2, unit) for unit in range(1, 6)]


def test_json_of_the_last_example_has_the_new_theta(capsys):
    values = told_json(capsys, "--data", "and", "--example", "4", "--level", "example")["steps"][1]["values"]
    assert [v["column"] for v in values if v["symbol"] == "new Θ"] == [0, 1, 2]


def test_options_reach_the_story(capsys):
    data = told_json(
        capsys,
        *("--data", "iris", "--network", "4-2-3", "--activation", "tanh", "--seed", "9"),
        *("--scaling", "none", "--lambda", "0.25", "--alpha", "3", "--digits", "4", "--level", "layer"),
    )
    chosen = {name: data[name] for name in ("network", "activation", "seed", "scaling", "lambda", "alpha")}
    assert chosen == {
        "network": [4, 2, 3],
        "activation": "tanh",
        "seed": 9,
        "scaling": "none",
        "lambda": 0.25,
        "alpha": 3.0,
    }
    assert re.search(r"\d\.\d{4}\b", data["steps"][1]["numbers"])
    assert data["x"] == data["raw"]


def test_small_sets_begin_with_their_first_example(capsys):
    assert told_json(capsys, "--data", "and")["example"] == 1


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ("--data cars", "cars: There is no data set of this name. Choose one of vehicles, and, or,"),
        ("--example 0", "--example is 0; expected 1 to 150."),
        ("--example 151", "--example is 151; expected 1 to 150."),
        ("--example seven", "--example is 'seven'; expected 1 to 150."),
        ("--network 3-5-5", "network is 3-5-5; the data 'vehicles' need 3 units in the first layer and 4 in the last"),
        ("--network 3,5,4", "network is '3,5,4'; expected layer sizes such as 3-5-5-4."),
        ("--seed -1", "--seed is -1; expected 0 to 4294967295."),
        ("--lambda -1", "--lambda is -1; expected"),
        ("--alpha nan", "--alpha is nan; expected"),
        ("--alpha fast", "--alpha is 'fast'; expected a number, 0 or larger."),
        ("--activation step", "activation is 'step'; expected one of sigmoid, tanh, relu, linear."),
        ("--scaling big", "scaling is 'big'; expected one of"),
        ("--level word", "--level is 'word'; expected one of term, unit, layer, example."),
        ("--digits 9", "--digits is 9; expected 1 to 6."),
        ("--initial ones", "--initial is 'ones'; expected one of uniform, xavier, he, positive, zeros, equal."),
        ("--test-share 1", "--test-share is 1; expected 0 to 0.9."),
        ("--data and --test-share 0.9", "--test-share is 0.9; share 0.9 of 4 is 4 examples; expected 2 or fewer,"),
        ("--split-seed x", "--split-seed is 'x'; expected 0 to 4294967295."),
        ("--weights nowhere.npz", "nowhere.npz: "),
    ],
)
def test_a_wrong_argument_is_told_in_one_line(capsys, arguments, problem):
    assert main.main(["step", *arguments.split()]) == main.USER_ERROR
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"nnviz: {problem}")
    assert err.count("\n") == 1


class Terminal:
    """Standard output as a terminal has it."""

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        pass


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_colours_on_a_terminal_unless_they_are_not_wanted(monkeypatch, no_color, coloured):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("NO_COLOR", no_color)
    assert main.main(["step", "--level", "layer"]) == 0
    assert ("\x1b[1;35mStep 5 of 10 · Backward" in terminal.text) == coloured


def test_in_a_pipe_it_is_utf_8_whatever_the_locale():
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    ended = subprocess.run(
        [sys.executable, "-m", "nnviz", "step", "--data", "and"], env=environment, capture_output=True, timeout=60
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert "δ₁⁽²⁾".encode() in ended.stdout


def test_a_planted_mistake_is_told_where_it_strikes(capsys):
    arguments = ("--data", "xnor", "--fault", "no-slope", "--level", "layer")
    text = told(capsys, *arguments)
    assert text.count("✕ planted mistake: g′ left out") == 1
    data = told_json(capsys, *arguments)
    assert data["fault"] == "no-slope"
    marked = [step for step in data["steps"] if step["mistake"] is not None]
    assert [(step["phase"], step["layer"], step["mistake"]) for step in marked] == [("Backward", 2, "g′ left out")]
    assert marked[0]["code"]["numpy"] == "d2 = Theta2[:, 1:].T @ d3  # 1: no bias column"


def test_an_unknown_mistake_is_refused_and_all_are_named(capsys):
    assert main.main(["step", "--fault", "typo"]) == 2
    assert "--fault is 'typo'; expected one of lambda-not-over-m, " in capsys.readouterr().err


@pytest.mark.parametrize("suffix", ["pdf", "md", "csv", "json"])
def test_it_writes_a_document(capsys, tmp_path, qapp, suffix):
    path = tmp_path / f"story.{suffix}"
    assert told(capsys, "--data", "xnor", "--level", "layer", "-o", str(path)) == ""
    assert os.listdir(tmp_path) == [path.name]
    if suffix == "json":
        assert path.read_text(encoding="utf-8") == told(capsys, "--data", "xnor", "--level", "layer", "--json")
    if suffix == "pdf":
        assert path.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ("-o story.doc", "The file is called 'story.doc'; expected a name that ends in .pdf, .md, .csv, .json."),
        ("-o no/where.md", "It cannot be saved (there is no such folder)"),
        ("-o story.json --json", "--json is given; expected none beside --output"),
        ("-o story.md --level word", "--level is 'word'"),
        ("-o story.pdf --data digits --level term", "steps at the level term; a PDF takes 1,500 at the most."),
    ],
)
def test_a_document_that_cannot_be_written_is_told_in_one_line(capsys, tmp_path, monkeypatch, qapp, arguments, problem):
    monkeypatch.chdir(tmp_path)
    assert main.main(["step", *arguments.split()]) == main.USER_ERROR
    out, err = capsys.readouterr()
    assert out == ""
    assert problem in err
    assert err.count("\n") == 1
    assert os.listdir(tmp_path) == []


def test_a_document_never_takes_the_place_of_the_data(capsys, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("a,b,class\n0,1,x\n1,0,y\n1,1,x\n", encoding="utf-8")
    before = path.read_bytes()
    assert main.main(["step", "--data", str(path), "-o", str(path)]) == main.USER_ERROR
    assert "expected another file than the one that is read" in capsys.readouterr().err
    assert path.read_bytes() == before
