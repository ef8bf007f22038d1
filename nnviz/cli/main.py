"""The command `nnviz`: opens the window, or runs one of the commands that need none."""

import argparse
import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from nnviz import __version__
from nnviz.cli import codes, display
from nnviz.cli.codes import BROKEN_PIPE, INTERRUPTED, USER_ERROR
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


def _train() -> CommandModule:
    from nnviz.cli import train

    return train


def _data() -> CommandModule:
    from nnviz.cli import data

    return data


def _check() -> CommandModule:
    from nnviz.cli import check

    return check


def _worksheet() -> CommandModule:
    from nnviz.cli import worksheet

    return worksheet


COMMANDS = (
    Command("step", "tell the story of one example in words and numbers", _step),
    Command("picture", "draw a moment of that story to an SVG, PDF or PNG file", _picture),
    Command("train", "learn from data, with a summary of how good the result is", _train),
    Command("data", "say what nnviz understands of a file of your own", _data),
    Command("check", "judge your own backpropagation, and name the mistake in it", _check),
    Command("worksheet", "write exercises to be worked on paper, with their solutions", _worksheet),
)


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
    modules = {command.name: command.load() for command in COMMANDS if command.name in argv}
    options = _parser(modules).parse_args(argv)
    return _open_window(options) if options.command is None else _command(modules[options.command], options)


def _parser(modules: dict[str, CommandModule]) -> argparse.ArgumentParser:
    """The parser of everything; of the sub-commands only those in *modules* know their arguments."""
    parser = argparse.ArgumentParser(
        prog="nnviz",
        description="See, touch and check every number of backpropagation.",
        epilog=codes.WORDS,
    )
    parser.add_argument("--version", action="version", version=f"nnviz {__version__}")
    parser.add_argument("--reset", action="store_true", help="forget the window's remembered state")
    parser.add_argument("--smoke", action="store_true", help=argparse.SUPPRESS)  # paint once, then quit
    commands = parser.add_subparsers(dest="command", title="commands that need no display", metavar="COMMAND")
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


def _open_window(options: argparse.Namespace) -> int:
    if problem := display.problem():
        return _refuse(problem)
    gc.disable()  # until the window stands: nothing made on the way is garbage, and looking for it takes time
    try:
        # Qt's Python side looks into every import that follows its own: a tenth of the start is saved by putting
        # before it what needs no Qt.
        import nnviz.files.datasets
        import nnviz.picture.reveal
        import nnviz.session.commands
        import nnviz.session.session  # noqa: F401

        # Qt is imported here and not above: the commands need none, and it may be what is missing.
        from nnviz.ui import app
    except ImportError as error:
        if problem := display.import_problem(error):
            return _refuse(problem)
        raise
    # Qt's loop runs no Python while idle, so Python's own handler would leave Ctrl-C unanswered.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    code: int = app.run(reset=options.reset, smoke=options.smoke)
    return code


def _refuse(problem: str) -> int:
    print("nnviz:", " ".join(problem.split()), file=sys.stderr)
    return USER_ERROR
