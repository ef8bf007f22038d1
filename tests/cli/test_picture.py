"""`nnviz picture`: a figure without a screen, and refusals in one line."""

import os
import subprocess
import sys

import pytest

from nnviz.cli import main


def refused(capsys, *arguments: str) -> str:
    assert main.main(["picture", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


@pytest.mark.parametrize(("suffix", "start"), [("svg", b"<?xml"), ("pdf", b"%PDF"), ("png", b"\x89PNG")])
def test_the_promised_command(tmp_path, suffix, start):
    """The very line of the README, in a process without a display and without Qt's own settings."""
    path = tmp_path / f"figure.{suffix}"
    words = ["--network", "3-5-5-4", "--data", "vehicles", "--example", "7", "--seed", "4", "--step", "27"]
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        [sys.executable, "-m", "nnviz", "picture", *words, "-o", str(path)],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert path.read_bytes().startswith(start)


def test_options(tmp_path, qapp):
    path = tmp_path / "figure.png"
    words = f"--data xnor --level layer --step 3 --theme dark --width 300 --no-caption -o {path}".split()
    assert main.main(["picture", *words]) == 0
    assert path.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--step 99", "--step is 99; expected 0 to 49 at the level unit."),
        ("--step x", "--step is 'x'; expected a whole number."),
        ("--level word", "--level is 'word'; expected one of term, unit, layer, example."),
        ("--theme pink", "--theme is 'pink'; expected one of light, dark, projector."),
        ("--width 5", "width is 5; expected 200 to 10000 pixels."),
        ("--width wide", "--width is 'wide'; expected a whole number."),
    ],
)
def test_refusals_are_one_line(capsys, tmp_path, qapp, words, said):
    assert said in refused(capsys, *words.split(), "-o", str(tmp_path / "figure.png"))


def test_where_it_cannot_be_written(capsys, tmp_path, qapp):
    assert "no such folder" in refused(capsys, "-o", str(tmp_path / "nowhere" / "figure.png"))
    assert "expected a name that ends in" in refused(capsys, "-o", str(tmp_path / "figure.jpg"))
