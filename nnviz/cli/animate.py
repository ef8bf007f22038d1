"""`nnviz animate`: the story of an example, or a training, as GIF or MP4, without a screen."""

import argparse
import sys
from dataclasses import replace

from nnviz.cli import options, recipe
from nnviz.cli.drawing import without_a_screen
from nnviz.cli.places import another
from nnviz.cli.progress import with_bar
from nnviz.cli.values import number, one_of, whole
from nnviz.engine.history import packed
from nnviz.engine.training import train
from nnviz.files.atomic import check_writable
from nnviz.files.endings import by_ending
from nnviz.picture.palette import PALETTES
from nnviz.picture.shots import Shot, story_shots, training_shots
from nnviz.session.commands import ShowLevel
from nnviz.session.moment import Training
from nnviz.session.run import new_run, settings, stops
from nnviz.session.state import State

PACE, TRAINING_PACE = "2", "20"
ITERATIONS = 200
STORY_ONLY = (("--from", "first"), ("--to", "last"), ("--level", "level"))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Tell *parser* what the command takes."""
    options.add_story(parser, f"{options.ALPHA}; of a training the method's own")
    options.add_level(parser, "what a step is")
    parser.set_defaults(alpha=None, level=None)  # what they are depends on what is filmed
    parser.add_argument("--from", dest="first", metavar="N", help="the step the film begins with [the start]")
    parser.add_argument("--to", dest="last", metavar="N", help="the step that it ends with [the end]")
    parser.add_argument("--training", action="store_true", help="the training instead, iteration by iteration")
    recipe.add_training(parser, ITERATIONS)
    parser.add_argument(
        "--steps-per-second",
        dest="pace",
        metavar="N",
        help=f"steps, or iterations, a second [{PACE}; of a training {TRAINING_PACE}]",
    )
    parser.add_argument("--width", default="1280", metavar="PIXELS", help="of the film, 16 : 9 [%(default)s]")
    parser.add_argument("--theme", default="light", metavar="NAME", help=f"{', '.join(PALETTES)} [%(default)s]")
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="a .gif or .mp4 file")


def run(arguments: argparse.Namespace) -> int:
    """Write the file and return 0; ValueError, FileProblem or OSError say what is in the way."""
    another("--output", arguments.output, (arguments.data, arguments.start))
    dress = next(dress for dress in PALETTES if dress == one_of("--theme", arguments.theme, PALETTES))
    with without_a_screen():
        from nnviz.ui import animation  # with Qt, which may be missing

        size = animation.size_of(whole("--width", arguments.width, animation.NARROWEST, animation.WIDEST))
        chosen = by_ending(arguments.output, animation.KINDS)
        chosen.check()
        check_writable(arguments.output)
        pace = number("--steps-per-second", _pace(arguments), animation.LEAST_PACE, animation.MOST_PACE)
        filmed = _training if arguments.training else _story
        state, shots = filmed(arguments, pace, chosen.frame)
        film = animation.film(state, size, dress, training=arguments.training)
        with_bar(animation.saving(film, shots, arguments.output), "Film", sys.stderr)
    return 0


def _pace(arguments: argparse.Namespace) -> str:
    asked: str | None = arguments.pace
    return asked or (TRAINING_PACE if arguments.training else PACE)


def _story(arguments: argparse.Namespace, pace: float, frame: int) -> tuple[State, tuple[Shot, ...]]:
    """The state, and the film of its example's story."""
    arguments.alpha = arguments.alpha or options.ALPHA
    state = ShowLevel(options.level(arguments.level or options.LEVEL)).do(options.state(arguments))
    stops = state.story.stops(state.level)
    first = whole("--from", arguments.first or "0", 0, len(stops) - 1)
    last = whole("--to", arguments.last or str(len(stops) - 1), first, len(stops) - 1)
    return state, story_shots(stops[first : last + 1], pace, frame)


def _training(arguments: argparse.Namespace, pace: float, frame: int) -> tuple[State, tuple[Shot, ...]]:
    """The state after its training, and the film of that."""
    for name, given in STORY_ONLY:
        if (text := getattr(arguments, given)) is not None:
            raise ValueError(f"{name} is {text}; expected none beside --training, which has no steps.")
    asked, arguments.alpha = arguments.alpha, options.ALPHA
    start = options.state(arguments)
    arguments.alpha = asked
    decay, fault = start.model.recipe.lambda_, start.model.recipe.fault
    made = recipe.recipe(arguments, decay, len(start.model.examples.training_rows))
    training_shots(made.iterations, pace, frame)  # nobody should train for a film that would be too long
    state = _trained(replace(start, model=replace(start.model, recipe=replace(made, fault=fault))))
    return state, training_shots(state.training.reached, pace, frame)


def _trained(state: State) -> State:
    """The state with a run of its model, recorded to its end."""
    model = state.model
    run = new_run(1, model)
    limits = {**settings(model), "stops": stops(model), "iterations": model.recipe.iterations}
    for progress in train(model.network, *model.examples.training, **limits):
        run.history.append(packed([progress]))
    if run.history.length < 2:
        raise ValueError("The training has no iteration to show: it ends where it begins.")
    return replace(state, training=Training(run=run, runs=(run,), reached=run.history.length - 1))
