"""`nnviz train`: what it promises, what it writes, how it refuses, and how it ends."""

import csv
import io
import json
import math
import os
import signal
import subprocess
import sys

import numpy as np
import pytest

from nnviz.cli import codes, log, main
from nnviz.cli.learning import is_milestone
from nnviz.engine import train
from nnviz.engine.methods import method
from nnviz.engine.propagation import accuracy, cost
from nnviz.files.datasets import load
from nnviz.files.saved import load_saved
from nnviz.session.model import model_for

COMMAND = (sys.executable, "-m", "nnviz", "train")
FIELDS = {
    *("J", "data_part", "weight_decay", "train_accuracy", "J_test", "test_accuracy", "iterations", "evaluations"),
    *("seconds", "method", "network", "data", "lambda", "alpha", "batch", "seed", "split_seed", "test_share", "ending"),
    "fault",
}


def ran(capsys, *arguments: str, code: int = codes.DONE) -> tuple[str, str]:
    assert main.main(["train", *arguments]) == code
    return capsys.readouterr()


def result(capsys, *arguments: str, code: int = codes.DONE) -> dict:
    out, err = ran(capsys, "--json", "--quiet", *arguments, code=code)
    assert err == ""
    return json.loads(out, parse_constant=pytest.fail)


def rows(path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


# What it must show


@pytest.mark.parametrize(("data", "least"), [("iris", 0.95), ("digits", 0.95), ("vehicles", 0.9)])
def test_the_defaults_learn(capsys, data, least):
    told = result(capsys, "--data", data)
    assert told["test_accuracy"] >= least
    assert told["ending"] == {"kind": "iterations", "words": "2000 iterations are done."}


def test_the_promised_command(capsys):
    words = "--data iris --network 4-5-3 --method l-bfgs --lambda 0.1 --seed 1"
    told = result(capsys, *words.split())
    assert set(told) >= FIELDS
    assert told["test_accuracy"] >= 0.95
    assert told["J"] == pytest.approx(told["data_part"] + told["weight_decay"])
    assert told["alpha"] is None
    assert told["ending"]["kind"] == "converged"
    assert 0 < told["seconds"] < 10


def test_it_is_the_run_that_the_window_makes(capsys):
    """Same start, same split, same steps: to the last bit."""
    model = model_for(load("vehicles"))
    *_, last = train(model.network, *model.examples.training, learning_rate=1.0, iterations=30)
    told = result(capsys, "--iterations", "30")
    assert told["train_accuracy"] == accuracy(last.network, *model.examples.training)
    assert told["J_test"] == pytest.approx(cost(last.network, *model.examples.test).data, rel=1e-12)
    assert told["J"] == pytest.approx(last.cost.total, rel=1e-12)


def test_options_reach_the_run(capsys):
    words = (
        "--data iris --network 4-3-3 --activation tanh --seed 9 --initial he --scaling range --test-share 0.4 "
        "--split-seed 2 --method adam --alpha 0.01 --batch 10 --iterations 20 --lambda 0.5"
    )
    told = result(capsys, *words.split())
    names = ("network", "activation", "seed", "initial", "scaling", "test_share", "split_seed", "method", "alpha")
    assert [told[name] for name in names] == [[4, 3, 3], "tanh", 9, "he", "range", 0.4, 2, "adam", 0.01]
    assert (told["batch"], told["iterations"], told["lambda"]) == (10, 20, 0.5)


def test_a_method_brings_its_own_learning_rate(capsys):
    assert result(capsys, "--method", "adam", "--iterations", "1")["alpha"] == method("adam").learning_rate


def test_without_a_test_part_there_are_no_numbers_of_it(capsys):
    told = result(capsys, "--data", "iris", "--test-share", "0", "--iterations", "3")
    assert (told["J_test"], told["test_accuracy"]) == (None, None)
    out, err = ran(capsys, "--data", "xor", "--iterations", "3")
    assert "No example was kept for the test" in out
    assert "test" not in err


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("--stop-cost 1.5", "cost"),
        ("--stop-gradient 0.5", "gradient"),
        ("--alpha 0 --patience 5", "stalled"),
        ("--data iris --method bfgs --lambda 1", "converged"),
    ],
)
def test_what_else_ends_it(capsys, words, kind):
    assert result(capsys, *words.split())["ending"]["kind"] == kind


@pytest.mark.parametrize("words", ["--alpha 1e5", "--alpha 100 --lambda 1000"])
def test_diverged_is_said_with_finite_numbers_and_a_code(capsys, words):
    told = result(capsys, "--data", "iris", *words.split(), code=codes.NOT_LEARNT)
    assert told["ending"]["kind"] == "diverged"
    assert math.isfinite(told["J"])


# What is shown on the way, and the summary


def test_lines_on_the_way_and_a_summary(capsys):
    out, err = ran(capsys, "--data", "iris", "--iterations", "60")
    assert [int(line.split()[1]) for line in err.splitlines()] == [0, 1, 2, 5, 10, 20, 50, 60]
    assert all(part in err.splitlines()[-1] for part in (" · J ", " % right · test J "))
    lines = out.splitlines()
    assert lines[0] == "Iris · 4-5-3, Sigmoid · seed 4 · Gradient descent, α = 1 · λ = 0"
    assert lines[1] == "60 iterations are done."
    assert lines[2].startswith("Learnt from 120 examples: J = ")
    assert lines[3].startswith("Kept 30 examples for the test: J = ")
    assert lines[4].startswith("60 iterations, 61 evaluations of J and D, ")
    assert len(lines) == 5


def test_quiet(capsys):
    out, err = ran(capsys, "--quiet", "--iterations", "5")
    assert out.count("\n") == 5
    assert err == ""


def test_milestones():
    assert [k for k in range(1001) if is_milestone(k)] == [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]


def test_a_bar_on_a_terminal():
    termios = pytest.importorskip("termios", reason="there are no such terminals")
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    ended = subprocess.run([*COMMAND, "--data", "iris"], stdout=subprocess.PIPE, stderr=theirs, timeout=60)
    seen = os.read(ours, 65536)
    os.close(ours)
    os.close(theirs)
    assert ended.returncode == codes.DONE
    assert b"Training:   0%|" in seen
    assert b"iteration" not in seen
    assert b"2000 iterations are done." in ended.stdout


def test_who_sees_no_bar_does_not_wait_for_it():
    program = "import sys; from nnviz.cli import main; main.main(['train', '--quiet']); print('tqdm' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert ended.stdout.splitlines()[-1] == "False"


# Files


def test_the_log_has_every_iteration(capsys, tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("what was there before\n" * 1000)
    told = result(capsys, "--data", "iris", "--iterations", "30", "--lambda", "1", "--csv", str(path))
    found = rows(path)
    assert tuple(found[0]) == log.COLUMNS
    assert [int(row["iteration"]) for row in found] == list(range(31))
    assert all(float(row["J"]) == float(row["data_part"]) + float(row["weight_decay"]) for row in found)
    measured = [int(row["iteration"]) for row in found if row["J_test"]]
    assert measured == [0, 1, 2, 5, 10, 20, 30]
    last = found[-1]
    assert float(last["J"]) == pytest.approx(told["J"], rel=1e-12)
    assert [float(last[name]) for name in ("J_test", "train_accuracy", "test_accuracy")] == [
        told[name] for name in ("J_test", "train_accuracy", "test_accuracy")
    ]


@pytest.mark.parametrize("suffix", ["npz", "mat"])
def test_what_is_saved_can_be_started_from(capsys, tmp_path, suffix):
    path = str(tmp_path / f"run.{suffix}")
    words = ("--data", "iris", "--activation", "tanh", "--network", "4-6-3")
    first = result(capsys, *words, "--iterations", "40", "--save", path)
    saved = load_saved(path)
    assert saved.how == first
    assert saved.network.sizes == (4, 6, 3)
    again = result(capsys, "--data", "iris", "--start", path, "--iterations", "0")
    assert (again["J"], again["activation"], again["start"]) == (first["J"], "tanh", path)
    whole = result(capsys, *words, "--iterations", "50")
    assert result(capsys, "--data", "iris", "--start", path, "--iterations", "10")["J"] == whole["J"]


def test_the_story_can_be_told_with_what_was_saved(capsys, tmp_path):
    path = str(tmp_path / "run.npz")
    result(capsys, "--data", "xor", "--iterations", "5", "--save", path)
    theta = load_saved(path).network.thetas[0]
    assert main.main(["step", "--data", "xor", "--weights", path, "--json"]) == 0
    operands = json.loads(capsys.readouterr().out)["steps"][1]["terms"][0]["operands"]
    assert theta[0, 0] in [operand["value"] for operand in operands]


def test_what_was_reached_is_told_even_if_it_cannot_be_saved(monkeypatch, capsys, tmp_path):
    def full(file, **arrays):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    path = tmp_path / "run.npz"
    out, err = ran(capsys, "--quiet", "--iterations", "5", "--save", str(path), code=codes.USER_ERROR)
    assert "5 iterations are done." in out
    assert "run.npz: It cannot be saved (No space left on device)" in err
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_a_full_disk_under_the_log(capsys):
    out, err = ran(capsys, "--csv", "/dev/full", code=codes.USER_ERROR)
    assert (out, err.count("\n")) == ("", 1)
    assert "--csv is /dev/full; expected a file that can be written (No space left on device)." in err


def test_a_log_ends_with_a_whole_row_where_the_disk_fills_up_in_one(capsys, monkeypatch, tmp_path):
    class Small(io.FileIO):
        """A file on a disk with room for a thousand bytes."""

        def write(self, row):
            return super().write(row[: max(0, 1000 - self.tell())])

    monkeypatch.setattr(log, "FileIO", Small)
    path = tmp_path / "log.csv"
    _, err = ran(capsys, "--csv", str(path), code=codes.USER_ERROR)
    assert "expected a file that can be written (No space left on device)." in err
    text = path.read_text(encoding="utf-8")
    assert text.endswith("\n")
    assert all(len(row.split(",")) == len(log.COLUMNS) for row in text.splitlines())


# Refusals


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ("--method sgd", "--method is 'sgd'; expected one of gradient-descent, momentum, "),
        ("--method l-bfgs --alpha 0.5", "--alpha is 0.5; expected none, as l-bfgs searches"),
        ("--method l-bfgs --batch 10", "--batch is 10; expected none, as l-bfgs learns from all"),
        ("--alpha fast", "--alpha is 'fast'; expected a number, 0 or larger."),
        ("--alpha inf", "--alpha is inf; expected a number, 0 or larger."),
        ("--lambda -1", "--lambda is -1; expected a number, 0 or larger."),
        ("--batch 0", "--batch is 0; expected 1 to 120."),
        ("--batch 121", "--batch is 121; expected 1 to 120."),
        ("--batch ten", "--batch is 'ten'; expected 1 to 120."),
        ("--iterations -1", "--iterations is -1; expected 0 to 10000000."),
        ("--iterations 1e3", "--iterations is '1e3'; expected 0 to 10000000."),
        ("--initial ones", "--initial is 'ones'; expected one of uniform, xavier, he, positive, zeros, equal."),
        ("--activation step", "activation is 'step'; expected one of"),
        ("--scaling big", "scaling is 'big'; expected one of"),
        ("--network 3-5", "network is 3-5; the data 'vehicles' need 3 units"),
        ("--test-share 95", "--test-share is 95; expected 0 to 0.9."),
        ("--split-seed -1", "--split-seed is -1; expected 0 to 4294967295."),
        ("--stop-cost nan", "--stop-cost is nan; expected a number, 0 or larger."),
        ("--stop-gradient x", "--stop-gradient is 'x'; expected a number, 0 or larger."),
        ("--patience 0", "--patience is 0; expected 1 to 10000000."),
        ("--data cars", "cars: There is no data set of this name."),
        ("--save run.txt", "--save is run.txt: Its name ends in neither .npz nor .mat."),
        ("--save nowhere/run.npz", "--save is nowhere/run.npz: It cannot be saved (there is no such folder)."),
        ("--csv nowhere/log.csv", "--csv is nowhere/log.csv; expected a file that can be written (No such file"),
        ("--csv .", "--csv is .; expected a file that can be written (Is a directory)."),
        ("--start nowhere.npz", "nowhere.npz: "),
    ],
)
def test_a_wrong_argument_is_told_in_one_line_and_nothing_is_done(monkeypatch, tmp_path, capsys, arguments, problem):
    monkeypatch.chdir(tmp_path)
    out, err = ran(capsys, *arguments.split(), code=codes.USER_ERROR)
    assert out == ""
    assert err.startswith(f"nnviz: {problem}")
    assert err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_start_that_does_not_fit(capsys, tmp_path):
    path = str(tmp_path / "run.npz")
    result(capsys, "--data", "iris", "--iterations", "1", "--save", path)
    for words, problem in (
        ("--data vehicles", f"--start is {path}; its network is 4-5-3; the data 'vehicles' need 3 units in the first"),
        ("--data iris --network 4-6-3", f"--network is 4-6-3; expected 4-5-3, as in --start {path}."),
        ("--data iris --initial he", f"--initial is 'he'; expected none beside --start {path}."),
    ):
        assert f"nnviz: {problem}" in ran(capsys, *words.split(), "--start", path, code=codes.USER_ERROR)[1]


def test_what_is_read_is_not_written_over(capsys, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("x,class\n" + "".join(f"{k},{'ab'[k % 2]}\n" for k in range(12)))
    before = path.read_bytes()
    assert "expected another file" in ran(capsys, "--data", str(path), "--csv", str(path), code=codes.USER_ERROR)[1]
    assert path.read_bytes() == before


# Ctrl-C and pipes


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent in another way")
@pytest.mark.parametrize("method", ["gradient-descent", "newton-cg"])
def test_ctrl_c_keeps_what_was_reached(tmp_path, method):
    log_path, saved_path = tmp_path / "log.csv", tmp_path / "run.npz"
    words = f"--data digits --method {method} --iterations 1000000 --json --csv {log_path} --save {saved_path}"
    child = subprocess.Popen([*COMMAND, *words.split()], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stderr.readline().startswith("iteration     0 ")
    assert child.stderr.readline().startswith("iteration     1 ")
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=30)
    assert child.returncode == codes.INTERRUPTED
    told, found = json.loads(out), rows(log_path)
    assert told["ending"] == {"kind": "interrupted", "words": f"Interrupted after iteration {told['iterations']}."}
    assert [int(row["iteration"]) for row in found] == list(range(told["iterations"] + 1))
    assert float(found[-1]["test_accuracy"]) == told["test_accuracy"]
    assert load_saved(saved_path).how == told
    assert "Traceback" not in err


def test_a_reader_that_leaves_loses_nothing_that_is_saved(tmp_path):
    path = tmp_path / "run.npz"
    words = ["--data", "xor", "--iterations", "5", "--quiet", "--save", str(path)]
    child = subprocess.Popen([*COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    child.stdout.close()
    assert child.stderr.read() == ""
    child.stderr.close()
    assert child.wait(30) == codes.BROKEN_PIPE
    assert load_saved(path).how["iterations"] == 5


@pytest.mark.parametrize("words", [["--help"], ["train", "--help"]])
def test_the_exit_codes_are_in_the_help(capsys, words):
    with pytest.raises(SystemExit):
        main.main(words)
    assert "exit codes: 0 done, 1 training diverged" in " ".join(capsys.readouterr().out.split())


def test_a_planted_mistake_is_trained_with_and_said(capsys):
    arguments = ("--data", "iris", "--iterations", "50", "--lambda", "1")
    right, wrong = result(capsys, *arguments), result(capsys, *arguments, "--fault", "not-over-m")
    assert (right["fault"], wrong["fault"]) == (None, "not-over-m")
    assert wrong["J"] != right["J"]
    out, _ = ran(capsys, *arguments, "--fault", "no-bias-gradient", "--quiet")
    assert "planted: no gradient for the bias" in out


@pytest.mark.parametrize("words", [("--seed", "3"), ("--initial", "uniform")])
def test_ready_weights_give_way_to_a_start_that_is_asked_for(capsys, words):
    made = ("--data", "xnor", "--network", "2-2-1", "--iterations", "0")
    assert result(capsys, *made)["J"] < 1e-3
    assert result(capsys, *made, *words)["J"] > 0.5
