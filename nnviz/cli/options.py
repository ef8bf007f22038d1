"""The arguments that choose data, a network and an example, shared by the commands that need no window."""

import argparse
from dataclasses import replace

from nnviz.cli.values import number, one_of, whole
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.data import SCALINGS, Dataset, scaling
from nnviz.engine.faults import FAULTS
from nnviz.engine.initialise import INITIALISERS
from nnviz.engine.network import Network, parse_sizes
from nnviz.engine.story import STORY_LEVELS, Level
from nnviz.files import sources
from nnviz.files.saved import load_thetas
from nnviz.session.examples import LARGEST_TEST_SHARE, LEAST_TO_SPLIT, SPLIT_SEED, TEST_SHARE, Examples
from nnviz.session.model import DEFAULT_SEED, INITIALISER, Model, model_for
from nnviz.session.state import State, View, initial

DEFAULT_DATA = "vehicles"
DEFAULT_EXAMPLE = 7  # where the window opens, too; smaller sets begin with their first
DRAWN = f"{INITIALISER}; XNOR's own Θ if no --seed is given"
"""What is said of the way in which Θ is drawn."""
ALPHA, LEVEL = "1", Level.UNIT.value
MOST_DIGITS = 6
LARGEST_SEED = 2**32 - 1


def add_model(parser: argparse.ArgumentParser) -> None:
    """Tell *parser* of what ``model`` reads. All come as text: what is wrong with one is said there, in one line."""
    parser.add_argument(
        "--data",
        default=DEFAULT_DATA,
        metavar="NAME",
        help=f"data set: {', '.join(sources.names())}, or a file of your own (see `nnviz data`) [%(default)s]",
    )
    parser.add_argument("--network", metavar="SIZES", help="units of each layer, as in 3-5-5-4 [the data's own]")
    parser.add_argument("--seed", metavar="S", help=f"where random Θ come from [{DEFAULT_SEED}]")
    initials = ", ".join(row.name for row in INITIALISERS)
    parser.add_argument("--initial", metavar="NAME", help=f"how Θ is drawn: {initials} [{DRAWN}]")
    parser.add_argument(
        "--start", "--weights", metavar="FILE", help="Θ from a .npz or .mat file with Theta1, Theta2, … instead"
    )
    activations = ", ".join(row.name for row in ACTIVATIONS)
    parser.add_argument("--activation", metavar="NAME", help=f"g of the hidden layers: {activations} [sigmoid]")
    scalings = ", ".join(row.name for row in SCALINGS)
    parser.add_argument("--scaling", metavar="NAME", help=f"of the features: {scalings} [the data's own]")
    parser.add_argument(
        "--test-share",
        metavar="SHARE",
        help=f"of the examples, kept for the test: 0 to {LARGEST_TEST_SHARE:g} "
        f"[{TEST_SHARE:g}, or 0 of fewer than {LEAST_TO_SPLIT}]",
    )
    parser.add_argument("--split-seed", default=str(SPLIT_SEED), metavar="S", help="which those are [%(default)s]")
    parser.add_argument("--lambda", dest="lambda_", default="0", metavar="λ", help="weight decay [%(default)s]")
    parser.add_argument(
        "--fault", metavar="NAME", help="a mistake to plant in backpropagation; a wrong name lists them all [none]"
    )


def add_story(parser: argparse.ArgumentParser, alpha: str = ALPHA) -> None:
    """Tell *parser* of what ``state`` reads: the model's arguments, and those of one example's story.

    *alpha* is said to be the learning rate where none is given.
    """
    add_model(parser)
    parser.add_argument("--alpha", default=ALPHA, metavar="α", help=f"learning rate [{alpha}]")
    parser.add_argument("--example", metavar="I", help=f"example, from 1 [{DEFAULT_EXAMPLE}, or 1 in smaller sets]")
    parser.add_argument("--digits", default="2", metavar="N", help="digits after the decimal point [%(default)s]")


def add_level(parser: argparse.ArgumentParser, words: str) -> None:
    """Tell *parser* of the level, which *words* explain; ``level`` reads it."""
    levels = ", ".join(level.value for level in STORY_LEVELS)
    parser.add_argument("--level", default=LEVEL, metavar="LEVEL", help=f"{words}: {levels} [{LEVEL}]")


def level(name: str) -> Level:
    """The level of that name within a story. Raises ValueError naming those there are."""
    return Level(one_of("--level", name, (level.value for level in STORY_LEVELS)))


def state(arguments: argparse.Namespace) -> State:
    """The state that they ask for, nothing told yet. Raises ValueError or FileProblem, in words for the user."""
    chosen = model(arguments)
    chosen = replace(chosen, recipe=replace(chosen.recipe, learning_rate=number("--alpha", arguments.alpha, 0.0)))
    view = View(digits=whole("--digits", arguments.digits, 1, MOST_DIGITS))
    return initial(chosen, _example(arguments, len(chosen.dataset)) - 1, view=view)


def model(arguments: argparse.Namespace) -> Model:
    """The model that they ask for, with the default recipe but for λ. Raises as ``state``."""
    dataset = sources.find(arguments.data)
    seed = DEFAULT_SEED if arguments.seed is None else whole("--seed", arguments.seed, 0, LARGEST_SEED)
    sizes = None if arguments.network is None else parse_sizes(arguments.network)
    if arguments.start is None:
        drawn = arguments.initial or (INITIALISER if arguments.seed is not None else None)
        if drawn is not None:
            one_of("--initial", drawn, (row.name for row in INITIALISERS))
        activation = arguments.activation or "sigmoid"
        fresh = model_for(dataset, seed=seed, sizes=sizes, activation=activation, initialiser=drawn)
    else:
        fresh = _started(arguments, dataset, seed, sizes)
    decay = number("--lambda", arguments.lambda_, 0.0)
    examples = _examples(fresh.examples, arguments)
    return replace(fresh, examples=examples, recipe=replace(fresh.recipe, lambda_=decay, fault=_fault(arguments.fault)))


def _fault(name: str | None) -> str | None:
    return None if name is None else one_of("--fault", name, (row.name for row in FAULTS))


def _started(arguments: argparse.Namespace, dataset: Dataset, seed: int, sizes: tuple[int, ...] | None) -> Model:
    """A model whose Θ come from a file."""
    file = arguments.start
    if arguments.initial is not None:
        raise ValueError(f"--initial is {arguments.initial!r}; expected none beside --start {file}.")
    saved = load_thetas(file)
    if sizes is not None and sizes != saved.sizes:
        raise ValueError(
            f"--network is {arguments.network}; expected {'-'.join(map(str, saved.sizes))}, as in --start {file}."
        )
    activation = arguments.activation or saved.activation_name
    network = Network.from_thetas(saved.thetas, activation=activation)
    try:
        fresh = model_for(dataset, seed=seed, sizes=network.sizes, activation=activation)
    except ValueError as error:
        raise ValueError(f"--start is {file}; its {error}") from None
    return replace(fresh, network=network, start=network)


def _examples(examples: Examples, arguments: argparse.Namespace) -> Examples:
    """The same, scaled and split as they ask for."""
    if arguments.scaling is not None:
        examples = replace(examples, scaling=scaling(arguments.scaling).name)
    examples = replace(examples, split_seed=whole("--split-seed", arguments.split_seed, 0, LARGEST_SEED))
    if arguments.test_share is not None:
        share = number("--test-share", arguments.test_share, 0.0, LARGEST_TEST_SHARE)
        examples = replace(examples, test_share=share)
    try:
        examples.training_rows  # noqa: B018 (it is where the split is made)
    except ValueError as error:
        raise ValueError(f"--test-share is {examples.test_share:g}; {error}") from None
    return examples


def _example(arguments: argparse.Namespace, count: int) -> int:
    if arguments.example is None:
        return DEFAULT_EXAMPLE if count >= DEFAULT_EXAMPLE else 1
    return whole("--example", arguments.example, 1, count)
