"""The table of benchmarks runs, chooses by name, and keeps its figures."""

import json
import subprocess
import sys

import pytest

from benchmarks import check, gradient, training
from benchmarks.measure import Comparison, Missing, Row


def benchmarks(*arguments):
    command = [sys.executable, "-m", "benchmarks", "--quick", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_one_row_is_printed_and_written(tmp_path):
    file = tmp_path / "figures.json"
    done = benchmarks("--only", "enter a pass", "--json", file)
    assert done.stderr == ""
    header, line = done.stdout.splitlines()
    assert "ratio" in header
    assert line.startswith("enter a pass at its last example")
    (row,) = json.loads(file.read_text(encoding="utf-8"))
    assert row["ratio"] == row["ours"] / row["other"]
    assert done.returncode == (0 if row["met"] else 1)


def test_an_unknown_name_is_refused_with_those_there_are():
    done = benchmarks("--only", "nothing of the kind")
    assert done.returncode == 2
    assert "there are: gradient" in done.stderr


ROWS = [row for row in (*gradient.BENCHMARKS, *training.BENCHMARKS, check.ALONG) if "10,000" not in row.name]


@pytest.mark.parametrize("benchmark", ROWS, ids=lambda row: row.name)
def test_every_row_runs_or_says_what_is_missing(benchmark):
    try:
        row = benchmark.measure(quick=True)
    except Missing as missing:
        pytest.skip(str(missing))
    assert row.ours > 0
    assert row.other > 0


def test_the_goal_is_met_up_to_its_limit():
    assert Row("a", 1.0, 5.0, 0.2).met
    assert not Row("a", 1.1, 5.0, 0.2).met
    assert Row("a", 1.0, 5.0, None).met is None


def test_both_runs_are_called_in_turn():
    called = []
    pair = Comparison("a", lambda: (lambda: called.append("ours"), lambda: called.append("other")), None)
    pair.measure(quick=True)
    assert called == ["ours", "other"]
