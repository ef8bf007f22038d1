"""`run.py`: what it does on a machine that lacks something, without touching this one."""

import subprocess
import sys
from types import SimpleNamespace

import pytest

import run
from nnviz.cli import display

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there are packages missed")


class Machine:
    """A machine that only pretends: it notes each command, and lets those fail that it is told to."""

    def __init__(self):
        self.commands, self.failing, self.output = [], "", ""

    def run(self, command, **_):
        self.commands.append(" ".join(command))
        fails = bool(self.failing) and self.failing in self.commands[-1]
        if not fails and "venv" in command:
            self.make(command[-1])
        return SimpleNamespace(returncode=int(fails), stdout=self.output)

    @staticmethod
    def make(environment):
        run.os.makedirs(environment, exist_ok=True)
        for name in run.os.listdir(environment):
            run.os.remove(run.os.path.join(environment, name))
        open(run.PYTHON, "w").close()


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """Pretends to be complete, with a checkout in a folder of its own."""
    machine = Machine()
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(run, "HERE", str(tmp_path))
    monkeypatch.setattr(run, "ENVIRONMENT", str(tmp_path / ".venv"))
    monkeypatch.setattr(run, "PYTHON", str(tmp_path / ".venv" / "python"))
    monkeypatch.setattr(subprocess, "run", machine.run)
    monkeypatch.setattr(run, "hand_over", lambda command: command)
    monkeypatch.setattr(run, "can_make_environments", lambda: True)
    monkeypatch.setattr(display, "_loads", lambda library: True)
    return machine


@pytest.fixture
def bare(machine, monkeypatch):
    """The same, but on Debian with two packages missing until apt-get has been run, as root, nobody there."""
    monkeypatch.setattr(run, "can_make_environments", lambda: any("install" in c for c in machine.commands))
    monkeypatch.setattr(display, "_loads", lambda lib: lib != "libxcb-cursor.so.0" or run.can_make_environments())
    monkeypatch.setattr(run, "on_path", lambda program: True)
    monkeypatch.setattr(run.os, "geteuid", lambda: 0)
    terminal(monkeypatch, None)
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    return machine


def terminal(monkeypatch, answer):
    """A terminal at which the user answers *answer*, or none."""
    asked = SimpleNamespace(isatty=lambda: answer is not None, readline=lambda: answer)
    monkeypatch.setattr(sys, "stdin", asked)
    monkeypatch.setattr(sys.stderr, "isatty", asked.isatty, raising=False)


def test_the_first_run_makes_the_environment_and_hands_over(machine):
    assert run.main(["step", "--example", "7"]) == ["nnviz", "step", "--example", "7"]
    made, installed = machine.commands
    assert "-m venv --clear" in made
    assert installed.endswith("-c constraints.txt -e .")


def test_the_second_run_only_hands_over(machine):
    run.main([])
    machine.commands.clear()
    assert run.main(["--version"]) == ["nnviz", "--version"]
    assert machine.commands == []


def test_tests_add_what_they_need_to_the_same_environment(machine):
    run.main([])
    machine.commands.clear()
    assert run.main(["--test", "-x"]) == ["pytest", *run.WORKERS, "-x"]  # theirs are last, and win
    (installed,) = machine.commands
    assert installed.endswith("-e .[test]")
    assert run.main([]) == ["nnviz"]
    assert machine.commands == [installed]


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_what_is_installed_follows_the_files(machine, tmp_path, name):
    run.main([])
    machine.commands.clear()
    (tmp_path / name).write_text("other")
    run.main([])
    assert len(machine.commands) == 2


def test_another_place_or_python_makes_it_anew(machine, monkeypatch):
    run.main([])
    machine.commands.clear()
    monkeypatch.setattr(sys, "version", "3.99")
    run.main([])
    assert len(machine.commands) == 2


@pytest.mark.parametrize("failing", ["venv", "pip"])
def test_what_is_half_made_is_never_trusted(machine, capsys, failing):
    machine.failing, machine.output = failing, "a\nERROR: no space left\nmore\n"
    assert run.main([]) == run.REFUSED
    assert capsys.readouterr().err.splitlines()[-1].endswith(": ERROR: no space left")
    machine.failing = ""
    machine.commands.clear()
    assert run.main([]) == ["nnviz"]
    assert len(machine.commands) == 2


def test_without_a_network_it_says_so(machine, capsys):
    machine.failing, machine.output = "pip", "WARNING: Retrying … NewConnectionError …\nERROR: No matching"
    assert run.main([]) == run.REFUSED
    assert "Is there a network?" in capsys.readouterr().err


def test_an_old_python_is_told_in_a_sentence(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 10, 2))
    assert run.main([]) == run.REFUSED
    assert capsys.readouterr().err.startswith("run.py: nnviz needs Python 3.11 or newer, and this is ")


@LINUX
def test_root_with_nobody_to_ask_installs(bare):
    assert run.main([]) == ["nnviz"]
    update, install = bare.commands[:2]
    assert update.endswith("apt-get -qq update")
    assert install.endswith(f"{run.venv_package()} libxcb-cursor0")
    assert "sudo" not in install


@LINUX
def test_tests_need_no_window(bare):
    assert run.main(["--test"]) == ["pytest", *run.WORKERS]
    assert bare.commands[1].endswith(run.venv_package())


@LINUX
@pytest.mark.parametrize("answer", ["\n", "Y\n", "yes\n"])
def test_a_user_who_agrees_gets_them_with_sudo(bare, monkeypatch, answer):
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000)
    terminal(monkeypatch, answer)
    assert run.main([]) == ["nnviz"]
    assert bare.commands[0].startswith("sudo env ")


@LINUX
@pytest.mark.parametrize("answer", ["n\n", "", "what?\n", None])
def test_without_leave_the_command_to_type_is_told(bare, monkeypatch, capsys, answer):
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000)
    terminal(monkeypatch, answer)
    assert run.main([]) == run.REFUSED
    told = capsys.readouterr().err.splitlines()[-1]
    assert told.endswith(f"sudo apt-get install {run.venv_package()} libxcb-cursor0")
    assert bare.commands == []


@LINUX
@pytest.mark.parametrize("lacking", ["apt-get", "sudo"])
def test_where_nothing_can_be_installed_nothing_is_asked(bare, monkeypatch, capsys, lacking):
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(run, "on_path", lambda program: program != lacking)
    terminal(monkeypatch, "y\n")
    assert run.main([]) == run.REFUSED
    assert "[Y/n]" not in capsys.readouterr().err


@LINUX
def test_what_apt_get_cannot_do_is_told_in_one_line(bare, capsys):
    bare.failing, bare.output = "install --yes", "Reading…\nE: Unable to locate package\n"
    assert run.main([]) == run.REFUSED
    assert capsys.readouterr().err.endswith("apt-get cannot install: E: Unable to locate package\n")


def test_nothing_but_the_standard_library():
    program = "import sys; sys.path.insert(0, '.'); import run; import nnviz.cli.display"
    done = subprocess.run(
        [sys.executable, "-S", "-c", program], cwd=run.HERE, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
