"""The arguments that choose an example and a network, shared by the commands that need no window."""

import argparse
from dataclasses import replace

from nnviz.engine.data import SCALINGS
from nnviz.engine.network import checked_seed, parse_sizes
from nnviz.engine.propagation import checked_rate
from nnviz.engine.story import STORY_LEVELS, Level
from nnviz.files import sources
from nnviz.session.model import DEFAULT_SEED, Model, model_for
from nnviz.session.state import State, View, initial

DEFAULT_DATA = "vehicles"
DEFAULT_EXAMPLE = 7  # where the window opens, too; smaller sets begin with their first
MOST_DIGITS = 6


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Tell *parser* of them. All come as text: what is wrong with one is said by ``state``, in one line."""
    parser.add_argument(
        "--data",
        default=DEFAULT_DATA,
        metavar="NAME",
        help=f"data set: {', '.join(sources.names())}, or a file of your own (see `nnviz data`) [%(default)s]",
    )
    parser.add_argument("--network", metavar="SIZES", help="units of each layer, as in 3-5-5-4 [the data's own]")
    parser.add_argument("--example", metavar="I", help=f"example, from 1 [{DEFAULT_EXAMPLE}, or 1 in smaller sets]")
    parser.add_argument("--seed", default=str(DEFAULT_SEED), metavar="S", help="where random Θ come from [%(default)s]")
    parser.add_argument(
        "--activation",
        default="sigmoid",
        metavar="NAME",
        help="g of the hidden layers: sigmoid, tanh, relu or linear [%(default)s]",
    )
    scalings = ", ".join(scaling.name for scaling in SCALINGS)
    parser.add_argument("--scaling", metavar="NAME", help=f"of the features: {scalings} [the data's own]")
    parser.add_argument("--lambda", dest="lambda_", default="0", metavar="λ", help="weight decay [%(default)s]")
    parser.add_argument("--alpha", default="1", metavar="α", help="learning rate [%(default)s]")
    parser.add_argument("--digits", default="2", metavar="N", help="digits after the decimal point [%(default)s]")


def add_level(parser: argparse.ArgumentParser, words: str) -> None:
    """Tell *parser* of the level, which *words* explain; ``level`` reads it."""
    levels = ", ".join(level.value for level in STORY_LEVELS)
    parser.add_argument("--level", default="unit", metavar="LEVEL", help=f"{words}: {levels} [%(default)s]")


def level(name: str) -> Level:
    """The level of that name within a story. Raises ValueError naming those there are."""
    known = {level.value: level for level in STORY_LEVELS}
    if name not in known:
        raise ValueError(f"--level is {name!r}; expected one of {', '.join(known)}.")
    return known[name]


def state(arguments: argparse.Namespace) -> State:
    """The state that they ask for, nothing told yet. Raises ValueError or FileProblem, in words for the user."""
    model = _model(arguments)
    view = View(digits=_whole("--digits", arguments.digits, 1, MOST_DIGITS))
    return initial(model, _example(arguments, len(model.dataset)) - 1, view=view)


def _model(arguments: argparse.Namespace) -> Model:
    dataset = sources.find(arguments.data)
    model = model_for(
        dataset,
        seed=checked_seed(_whole("--seed", arguments.seed)),
        sizes=None if arguments.network is None else parse_sizes(arguments.network),
        activation=arguments.activation,
    )
    if arguments.scaling is not None:
        dataset.fitted_scaling(arguments.scaling)  # raises for a name that is not known
        model = replace(model, examples=replace(model.examples, scaling=arguments.scaling))
    decay, rate = _rate("--lambda", arguments.lambda_), _rate("--alpha", arguments.alpha)
    return replace(model, recipe=replace(model.recipe, lambda_=decay, learning_rate=rate))


def _example(arguments: argparse.Namespace, count: int) -> int:
    if arguments.example is None:
        return DEFAULT_EXAMPLE if count >= DEFAULT_EXAMPLE else 1
    return _whole("--example", arguments.example, 1, count)


def _rate(name: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise ValueError(f"{name} is {text!r}; expected a number, 0 or larger.") from None
    return checked_rate(name, number)


def _whole(name: str, text: str, least: int | None = None, most: int | None = None) -> int:
    expected = "a whole number" if least is None else f"{least} to {most}"
    try:
        number = int(text)
    except ValueError:
        raise ValueError(f"{name} is {text!r}; expected {expected}.") from None
    if least is not None and most is not None and not least <= number <= most:
        raise ValueError(f"{name} is {number}; expected {expected}.")
    return number
