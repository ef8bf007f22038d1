"""`nnviz picture`: the drawing of one moment as a figure, without a screen."""

import argparse

from nnviz.cli import options
from nnviz.cli.drawing import without_a_screen
from nnviz.cli.values import one_of
from nnviz.session.commands import GoToStep, ShowLevel
from nnviz.session.state import State

THEMES = ("light", "dark", "projector")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Tell *parser* what the command takes."""
    options.add_story(parser)
    options.add_level(parser, "what a step is")
    parser.add_argument("--step", default="0", metavar="N", help="how many steps have been told [%(default)s]")
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="an .svg, .pdf or .png file")
    parser.add_argument("--theme", default="light", metavar="NAME", help=f"{', '.join(THEMES)} [%(default)s]")
    parser.add_argument("--width", default="1600", metavar="PIXELS", help="of the figure [%(default)s]")
    parser.add_argument("--no-caption", action="store_true", help="leave out the sentence and the formula below")


def run(arguments: argparse.Namespace) -> int:
    """Write the file and return 0; ValueError or FileProblem say what is in the way."""
    state = _at_step(ShowLevel(options.level(arguments.level)).do(options.state(arguments)), arguments.step)
    one_of("--theme", arguments.theme, THEMES)
    width = _whole("--width", arguments.width)
    with without_a_screen():
        from nnviz.ui import export  # with Qt, which may be missing

        captioned = not arguments.no_caption
        export.save_picture(state, arguments.output, theme=arguments.theme, width=width, captioned=captioned)
    return 0


def _at_step(state: State, text: str) -> State:
    number, last = _whole("--step", text), len(state.story.stops(state.level)) - 1
    if not 0 <= number <= last:
        raise ValueError(f"--step is {number}; expected 0 to {last} at the level {state.level.value}.")
    return GoToStep(number).do(state)


def _whole(name: str, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"{name} is {text!r}; expected a whole number.") from None
