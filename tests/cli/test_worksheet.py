"""`nnviz worksheet`: a file of each kind, and refusals in one line."""

import io
import re
import subprocess
import sys

import pytest

from nnviz.cli import main
from nnviz.cli.progress import counted


def refused(capsys, *arguments: str) -> str:
    assert main.main(["worksheet", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


def test_the_promised_command(tmp_path):
    """The very line of the README, in a process of its own."""
    path = tmp_path / "sheet.pdf"
    words = ["--network", "2-2-1", "--seed", "7", "--digits", "2", "-o", str(path)]
    done = subprocess.run(
        [sys.executable, "-m", "nnviz", "worksheet", *words], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert path.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("suffix", [".md", ".tex", ".MD"])
def test_text_is_the_same_each_time(tmp_path, suffix):
    words = [
        "--network",
        "3-2-2",
        "--seed",
        "3",
        "--variants",
        "2",
        "--examples",
        "2",
        "--lambda",
        "0.5",
        "--activation",
        "tanh",
        "--digits",
        "3",
    ]
    one, other = tmp_path / f"one{suffix}", tmp_path / f"other{suffix}"
    assert main.main(["worksheet", *words, "-o", str(one)]) == 0
    assert main.main(["worksheet", *words, "-o", str(other)]) == 0
    text = one.read_bytes()
    assert text == other.read_bytes()
    assert re.findall(rb"seed (\d)", text) == [b"3", b"3", b"4", b"4"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--network 9-9", "network is 9-9; a worksheet has room for 2 to 3 layers of up to 4 units"),
        ("--network 4-2-1 --examples 2", "with two examples for one unit less"),
        ("--network 2", "sizes has 1 layer"),
        ("--network two", "expected layer sizes such as 3-5-5-4"),
        ("--digits 7", "--digits is 7; expected 1 to 6."),
        ("--examples 3", "--examples is 3; expected 1 to 2."),
        ("--variants 0", "--variants is 0; expected 1 to 100."),
        ("--variants many", "--variants is 'many'; expected 1 to 100."),
        ("--seed -1", "--seed is -1; expected 0 to 4294967295."),
        ("--seed 4294967295 --variants 2", "--seed is 4294967295; expected 0 to 4294967294."),
        ("--lambda -1", "--lambda is -1; expected 0 to 10."),
        ("--lambda nan", "--lambda is nan; expected 0 to 10."),
        ("--activation step", "--activation is 'step'; expected one of sigmoid, tanh, relu, linear."),
    ],
)
def test_refusals_are_one_line(capsys, tmp_path, words, said):
    assert said in refused(capsys, *words.split(), "-o", str(tmp_path / "sheet.md"))
    assert list(tmp_path.iterdir()) == []


def test_where_it_cannot_be_written(capsys, tmp_path):
    assert "It cannot be saved" in refused(capsys, "-o", str(tmp_path / "nowhere" / "sheet.md"))
    (tmp_path / "folder.md").mkdir()
    assert "It cannot be saved" in refused(capsys, "-o", str(tmp_path / "folder.md"))
    assert "expected a name that ends in .pdf, .tex, .md" in refused(capsys, "-o", str(tmp_path / "sheet.docx"))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_how_far_it_is_and_a_pipe_nothing():
    terminal, pipe = Terminal(), io.StringIO()
    for out in (terminal, pipe):
        with counted(4, "Worksheets", out) as watch:
            watch(4)
    assert "Worksheets:" in terminal.getvalue()
    assert pipe.getvalue() == ""
    alone = Terminal()
    with counted(1, "Worksheets", alone) as watch:
        watch(1)
    assert alone.getvalue() == ""
