"""`nnviz train`: learn from data in the terminal, and say how good the result is."""

import argparse
import json
import sys
from contextlib import ExitStack
from dataclasses import replace

from nnviz.cli import codes, options, recipe, report
from nnviz.cli.learning import Outcome, learn
from nnviz.cli.log import logged
from nnviz.cli.places import another
from nnviz.cli.progress import shown
from nnviz.cli.terminal import utf8
from nnviz.files.errors import FileProblem
from nnviz.files.saved import check_place, save_thetas
from nnviz.session.model import Model

CODES = {"diverged": codes.NOT_LEARNT, "failed": codes.NOT_LEARNT, "interrupted": codes.INTERRUPTED}
"""The exit code of each kind of ending; any other is DONE."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Tell *parser* what the command takes."""
    options.add_model(parser)
    recipe.add_arguments(parser)
    parser.add_argument("--csv", metavar="FILE", help="write a row for each iteration as it is done")
    parser.add_argument("--save", metavar="FILE", help="write Theta1, Theta2, … to a .npz or .mat file at the end")
    parser.add_argument("--json", action="store_true", help="print the result as JSON, with every digit")
    parser.add_argument("--quiet", action="store_true", help="show nothing on the way")


def run(arguments: argparse.Namespace) -> int:
    """Train, print what came of it, and return the exit code; ValueError or FileProblem say what is in the way."""
    model = options.model(arguments)
    count = len(model.examples.training_rows)
    asked = recipe.recipe(arguments, model.lambda_, count)
    model = replace(model, recipe=replace(asked, fault=model.recipe.fault))
    _check_places(arguments)
    for stream in (sys.stdout, sys.stderr):
        utf8(stream)
    outcome = _learn(model, arguments)
    plain = report.plain(outcome, arguments.start)
    try:
        if arguments.save is not None:
            save_thetas(arguments.save, outcome.progress.network, plain)
    finally:  # what was reached is told even if it cannot be saved
        print(json.dumps(plain, ensure_ascii=False, allow_nan=False) if arguments.json else report.summary(outcome))
    return CODES.get(outcome.ending.kind, codes.DONE)


def _learn(model: Model, arguments: argparse.Namespace) -> Outcome:
    with ExitStack() as stack:
        watchers = []
        if arguments.csv is not None:
            watchers.append(stack.enter_context(logged(arguments.csv)))
        if not arguments.quiet:
            watchers.append(stack.enter_context(shown(model.recipe.iterations, sys.stderr)))
        return learn(model, watchers)


def _check_places(arguments: argparse.Namespace) -> None:
    """Nobody should wait for a result that has no place to go to, or lose what it was made from."""
    for name, place, kept in (
        ("--csv", arguments.csv, (arguments.data, arguments.start)),
        ("--save", arguments.save, (arguments.data,)),
    ):
        if place is not None:
            another(name, place, kept)
    if arguments.save is not None:
        try:
            check_place(arguments.save)
        except FileProblem as problem:
            raise ValueError(f"--save is {problem}") from None
