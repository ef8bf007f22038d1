"""The command `nnviz`: what it prints and returns when things go well and when they do not."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

import nnviz
from nnviz.cli import display, main
from nnviz.files.errors import FileProblem


def command(monkeypatch, run) -> None:
    """Put a command `greet` in the table whose module's run is *run*."""
    module = SimpleNamespace(add_arguments=lambda parser: parser.add_argument("--name"), run=run)
    monkeypatch.setattr(main, "COMMANDS", (main.Command("greet", "say hello", lambda: module),))


def raising(error: BaseException):
    def run(options):
        raise error

    return run


def python(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], env=os.environ | variables, capture_output=True, text=True, timeout=60
    )


def test_version(capsys):
    with pytest.raises(SystemExit) as stop:
        main.main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"nnviz {nnviz.__version__}\n"


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as stop:
        main.main(["--help"])
    assert stop.value.code == 0
    out = capsys.readouterr().out
    assert all(command.name in out and command.help in out for command in main.COMMANDS)
    assert "--smoke" not in out


@pytest.mark.parametrize("name", [command.name for command in main.COMMANDS])
def test_the_help_of_a_command_says_how_it_is_used(capsys, name):
    with pytest.raises(SystemExit):
        main.main([name, "--help"])
    out = capsys.readouterr().out
    assert out.startswith(f"usage: nnviz {name} ")
    assert "None" not in out


@pytest.mark.parametrize("argv", [["--nonsense"], ["nonsense"]])
def test_what_is_not_known_is_refused(argv, capsys):
    with pytest.raises(SystemExit) as stop:
        main.main(argv)
    assert stop.value.code == main.USER_ERROR
    assert "nonsense" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "command"), [("mine.py", "nnviz check mine.py"), ("mine.csv", "nnviz data mine.csv")])
def test_a_file_that_is_no_lesson_is_sent_where_it_belongs(monkeypatch, tmp_path, capsys, name, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).touch()
    assert main.main([name]) == main.USER_ERROR
    assert capsys.readouterr().err.startswith(f"nnviz: {name} is no lesson. `{command}` ")


def test_a_command_gets_its_arguments_and_gives_its_code(monkeypatch):
    command(monkeypatch, lambda options: len(options.name))
    assert main.main(["greet", "--name", "Ada"]) == 3


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ValueError("X has 3 columns;\nexpected 4"), "nnviz: X has 3 columns; expected 4\n"),
        (FileNotFoundError(2, "No such file", "a.csv"), "nnviz: a.csv: No such file\n"),
        (FileProblem("It has no rows.", "a.csv", "Add some."), "nnviz: a.csv: It has no rows. Add some.\n"),
        (OSError("disk full"), "nnviz: disk full\n"),
    ],
)
def test_a_user_error_is_one_line(monkeypatch, capsys, error, line):
    command(monkeypatch, raising(error))
    assert main.main(["greet"]) == main.USER_ERROR
    assert capsys.readouterr().err == line


def test_an_error_of_ours_is_not_hidden(monkeypatch):
    command(monkeypatch, raising(KeyError("ours")))
    with pytest.raises(KeyError):
        main.main(["greet"])


def test_interrupted(monkeypatch, capsys):
    command(monkeypatch, raising(KeyboardInterrupt()))
    assert main.main(["greet"]) == main.INTERRUPTED
    assert capsys.readouterr().err == ""


def test_a_reader_that_leaves_is_no_error():
    program = f"""
import sys
sys.path.insert(0, {os.path.dirname(os.path.dirname(nnviz.__file__))!r})
from nnviz.cli import main
class Endless:
    add_arguments = staticmethod(lambda parser: None)
    @staticmethod
    def run(options):
        while True:
            print("more")
main.COMMANDS = (main.Command("endless", "", lambda: Endless),)
sys.exit(main.main(["endless"]))
"""
    child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "more\n"
    child.stdout.close()
    assert child.stderr.read() == ""
    assert child.wait(30) == main.BROKEN_PIPE
    child.stderr.close()


def test_without_a_display_one_line_and_2(monkeypatch, capsys):
    monkeypatch.setattr(display, "problem", lambda: display.NO_DISPLAY)
    assert main.main([]) == main.USER_ERROR
    assert capsys.readouterr().err == f"nnviz: {display.NO_DISPLAY}\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_without_a_display_for_real():
    ended = python("-m", "nnviz", DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.splitlines() == [f"nnviz: {display.NO_DISPLAY}"]


def test_blas_runs_on_one_thread_unless_told_otherwise():
    program = "import os; from nnviz.cli.main import main; main([]); print(os.environ['OPENBLAS_NUM_THREADS'])"
    nowhere = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    unset = f"import os; os.environ.pop('OPENBLAS_NUM_THREADS', None); {program}"
    assert python("-c", unset, **nowhere).stdout == "1\n"
    assert python("-c", program, OPENBLAS_NUM_THREADS="3", **nowhere).stdout == "3\n"


def test_starting_loads_neither_numpy_nor_qt():
    program = "import sys, nnviz.cli.main; print(sorted({'numpy', 'PySide6', 'typst'} & set(sys.modules)))"
    assert python("-c", program).stdout == "[]\n"
