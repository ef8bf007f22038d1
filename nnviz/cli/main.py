"""The command `nnviz`: opens the window, or runs one of the commands that need none."""

import argparse
import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from nnviz import __version__
from nnviz.cli import codes, display
from nnviz.cli.codes import BROKEN_PIPE, INTERRUPTED, USER_ERROR
from nnviz.cli.terminal import complain
from nnviz.files.errors import FileProblem


class CommandModule(Protocol):
    """What the module of a sub-command offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Tell *parser* what the command takes."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it and return the exit code; a FileProblem, OSError or ValueError is a message for the user."""


class Command(NamedTuple):
    """A sub-command: its name, a line of help, and what imports its module."""

    name: str
    help: str
    load: Callable[[], CommandModule]


# Only the command that was chosen is imported: nobody waits for numpy or typst in vain.
def _step() -> CommandModule:
    from nnviz.cli import step

    return step


def _picture() -> CommandModule:
    from nnviz.cli import picture

    return picture


def _animate() -> CommandModule:
    from nnviz.cli import animate

    return animate


def _train() -> CommandModule:
    from nnviz.cli import train

    return train


def _data() -> CommandModule:
    from nnviz.cli import data

    return data


def _check() -> CommandModule:
    from nnviz.cli import check

    return check


def _lesson() -> CommandModule:
    from nnviz.cli import lesson

    return lesson


def _worksheet() -> CommandModule:
    from nnviz.cli import worksheet

    return worksheet


COMMANDS = (
    Command("step", "tell the story of one example, or write it to a file", _step),
    Command("picture", "draw a moment of that story to an SVG, PDF or PNG file", _picture),
    Command("animate", "film the story or a training for slides, as GIF or MP4", _animate),
    Command("train", "learn from data, with a summary of how good the result is", _train),
    Command("data", "say what nnviz understands of a file of your own", _data),
    Command("check", "judge your own backpropagation, and name the mistake in it", _check),
    Command("lesson", "list the lessons, or say what is wrong with one of your own", _lesson),
    Command("worksheet", "write exercises to be worked on paper, with their solutions", _worksheet),
)

LESSON = ".lesson"
WINDOW_OPTIONS = {
    "--reset": "forget the window's remembered state",
    "--smoke": argparse.SUPPRESS,  # paint once, then quit
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run nnviz with *argv* (default: the arguments of this process) and return the exit code."""
    # BLAS's own threads make the window stutter while it trains; numpy reads this when it is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        code = _run(sys.argv[1:] if argv is None else list(argv))
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # What is left in the buffer goes nowhere; Python would complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE


def _run(argv: list[str]) -> int:
    if WINDOW_OPTIONS.keys() >= set(argv):  # nothing to explain or refuse: the window does not wait for a parser
        return _open_window(reset="--reset" in argv, smoke="--smoke" in argv)
    others = [argument for argument in argv if argument not in WINDOW_OPTIONS]
    if len(others) == 1 and others[0].lower().endswith(LESSON):
        return _open_lesson(others[0], reset="--reset" in argv, smoke="--smoke" in argv)
    if Path(argv[0]).suffix and os.path.isfile(argv[0]):
        return _refuse(_not_opened(argv[0]))
    modules = {command.name: command.load() for command in COMMANDS if command.name in argv}
    options = _parser(modules).parse_args(argv)
    if options.command is None:
        return _open_window(reset=options.reset, smoke=options.smoke)
    return _command(modules[options.command], options)


def _not_opened(file: str) -> str:
    """What can be done with a file that is no lesson: only these open from the command line."""
    if file.endswith(".py"):
        return f"{file} is no lesson. `nnviz check {file}` judges a backpropagation of your own."
    return f"{file} is no lesson. `nnviz data {file}` says what is understood of it; the window opens data with Ctrl+O."


def _parser(modules: dict[str, CommandModule]) -> argparse.ArgumentParser:
    """The parser of everything; of the sub-commands only those in *modules* know their arguments."""
    parser = argparse.ArgumentParser(
        prog="nnviz",
        usage="%(prog)s [options] [FILE.lesson | COMMAND …]",
        description="See, touch and check every number of backpropagation. A lesson file opens in the window.",
        epilog=codes.WORDS,
    )
    parser.add_argument("--version", action="version", version=f"nnviz {__version__}")
    for option, words in WINDOW_OPTIONS.items():
        parser.add_argument(option, action="store_true", help=words)
    commands = parser.add_subparsers(
        dest="command", title="commands that need no display", metavar="COMMAND", prog=parser.prog
    )
    for command in COMMANDS:
        added = commands.add_parser(command.name, help=command.help, description=command.help, epilog=codes.WORDS)
        if command.name in modules:
            modules[command.name].add_arguments(added)
    return parser


def _command(module: CommandModule, options: argparse.Namespace) -> int:
    try:
        return module.run(options)
    except BrokenPipeError:
        raise
    except OSError as error:
        return _refuse(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except (FileProblem, ValueError) as error:
        return _refuse(str(error))


def _open_lesson(file: str, *, reset: bool, smoke: bool) -> int:
    """The window with a lesson; what is wrong with it is said here, where it was asked for."""
    from nnviz.files.lessons.reading import read_lesson
    from nnviz.picture.written import formula

    path = Path(file)
    try:
        read_lesson(path, formula)
    except FileProblem as problem:
        return _refuse(str(problem))
    return _open_window(reset=reset, smoke=smoke, lesson=path)


def _open_window(*, reset: bool, smoke: bool, lesson: Path | None = None) -> int:
    if problem := display.problem():
        return _refuse(problem)
    gc.disable()  # until the window stands: nothing made on the way is garbage, and looking for it takes time
    try:
        # Qt is imported here and not above: the commands need none, and it may be what is missing.
        from nnviz.ui import app
    except ImportError as error:
        if problem := display.import_problem(error):
            return _refuse(problem)
        raise
    # Qt's loop runs no Python while idle, so Python's own handler would leave Ctrl-C unanswered.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    code: int = app.run(reset=reset, smoke=smoke, lesson=lesson)
    return code


def _refuse(problem: str) -> int:
    complain(problem)
    return USER_ERROR
