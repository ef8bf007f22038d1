"""The arguments that say how a network is trained."""

import argparse

from nnviz.cli.values import number, one_of, whole
from nnviz.engine.methods import METHODS, Method, method
from nnviz.engine.stops import Stops
from nnviz.session.recipe import ITERATIONS, METHOD, Recipe
from nnviz.session.train import MOST_ITERATIONS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Tell *parser* of them. All come as text: what is wrong with one is said by ``recipe``, in one line."""
    parser.add_argument("--alpha", metavar="α", help="learning rate [the method's own]")
    add_training(parser)


def add_training(parser: argparse.ArgumentParser, iterations: int = ITERATIONS) -> None:
    """Tell *parser* of all but the learning rate, which a story has, too."""
    methods = ", ".join(row.name for row in METHODS)
    parser.add_argument("--method", default=METHOD, metavar="NAME", help=f"{methods} [%(default)s]")
    parser.add_argument("--batch", metavar="N", help="examples that make an update [all of the training part]")
    parser.add_argument("--iterations", default=str(iterations), metavar="N", help="updates at the most [%(default)s]")
    parser.add_argument("--stop-cost", metavar="J", help="stop when J is below [never]")
    parser.add_argument("--stop-gradient", metavar="G", help="stop when the norm of D is below [never]")
    parser.add_argument("--patience", metavar="N", help="stop after N iterations in which J has not improved [never]")


def recipe(arguments: argparse.Namespace, lambda_: float, examples: int) -> Recipe:
    """The recipe that they ask for, with so many *examples* to learn from. Raises ValueError in words for the user."""
    row = method(one_of("--method", arguments.method, (row.name for row in METHODS)))
    return Recipe(
        method=row.name,
        learning_rate=_learning_rate(row, arguments.alpha),
        lambda_=lambda_,
        batch=_batch(row, arguments.batch, examples),
        iterations=whole("--iterations", arguments.iterations, 0, MOST_ITERATIONS),
        stops=Stops(
            cost_below=_bound("--stop-cost", arguments.stop_cost),
            gradient_below=_bound("--stop-gradient", arguments.stop_gradient),
            patience=_patience(arguments.patience),
        ),
    )


def _learning_rate(row: Method, text: str | None) -> float:
    """α, for a method that has none the recipe's default: it is not looked at."""
    if text is None:
        return Recipe.learning_rate if row.learning_rate is None else row.learning_rate
    if row.learning_rate is None:
        raise ValueError(f"--alpha is {text}; expected none, as {row.name} searches along each direction.")
    return number("--alpha", text, 0.0)


def _batch(row: Method, text: str | None, examples: int) -> int | None:
    if text is None:
        return None
    if not row.batches:
        raise ValueError(f"--batch is {text}; expected none, as {row.name} learns from all examples at once.")
    size = whole("--batch", text, 1, examples)
    return None if size == examples else size


def _bound(name: str, text: str | None) -> float | None:
    return None if text is None else number(name, text, 0.0)


def _patience(text: str | None) -> int | None:
    return None if text is None else whole("--patience", text, 1, MOST_ITERATIONS)
