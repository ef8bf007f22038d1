"""`nnviz step`: the story of one example in the terminal, in words and numbers, or as a document."""

import argparse
import os
import sys
import textwrap
from typing import TextIO

from nnviz.cli import drawing, options
from nnviz.cli.places import another
from nnviz.cli.progress import with_bar
from nnviz.cli.terminal import utf8
from nnviz.documents import story
from nnviz.documents.told import TIE, Passage, passages, rows, tied, title
from nnviz.documents.values import json_text
from nnviz.engine.steps import Phase
from nnviz.engine.story import Level
from nnviz.files.endings import by_ending
from nnviz.session.state import State

WIDTH = 80
_COLOURS = {Phase.FORWARD: "36", Phase.COST: "33", Phase.BACKWARD: "35"}  # others: blue
_OTHER_COLOUR = "34"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Tell *parser* what the command takes."""
    options.add_story(parser)
    options.add_level(parser, "how far a step goes")
    parser.add_argument("--json", action="store_true", help="print everything as JSON, with every digit")
    kinds = ", ".join(story.KINDS)
    parser.add_argument("-o", "--output", metavar="FILE", help=f"write it to a file instead, by its name {kinds}")


def run(arguments: argparse.Namespace) -> int:
    """Print the story or write it, and return 0; ValueError or FileProblem say what is wrong."""
    if arguments.output is not None:
        return _save(arguments)
    state, level = options.state(arguments), options.level(arguments.level)
    utf8(sys.stdout)
    write = _write_json if arguments.json else _write_text
    write(state, level, sys.stdout)
    return 0


def _save(arguments: argparse.Namespace) -> int:
    if arguments.json:
        raise ValueError("--json is given; expected none beside --output, whose name says what is written.")
    kind = by_ending(arguments.output, story.KINDS)
    another("--output", arguments.output, (arguments.data, arguments.start))
    state, level = options.state(arguments), options.level(arguments.level)
    if not kind.drawn:
        with_bar(story.saving(state, level, arguments.output), "Story", sys.stderr)
        return 0
    with drawing.without_a_screen():
        from nnviz.ui.export import drawing_of  # with Qt, which only pictures need

        with_bar(story.saving(state, level, arguments.output, drawing_of()), "Story", sys.stderr)
    return 0


# Text


def _write_text(state: State, level: Level, out: TextIO) -> None:
    coloured = out.isatty() and not os.environ.get("NO_COLOR")
    print(_fold(title(state), ""), file=out)
    for passage in passages(state, level):
        told = passage.caption
        print(file=out)
        print(_heading(passage, coloured), file=out)
        if told.mistake is not None:
            print(f"  ✕ planted mistake: {told.mistake}", file=out)
        print(_fold(tied(told.sentence), "  "), file=out)
        for line in rows(told.numbers):
            print(_fold(_tied(line), "    ", "  "), file=out)


def _write_json(state: State, level: Level, out: TextIO) -> None:
    for text in json_text(state, level):
        out.write(text)


def _heading(passage: Passage, coloured: bool) -> str:
    if passage.phase is None or not coloured:
        return passage.heading
    return f"\x1b[1;{_COLOURS.get(passage.phase, _OTHER_COLOUR)}m{passage.heading}\x1b[0m"


def _tied(line: str) -> str:
    """The line with spaces that do not break, but before a + or =: products stay whole."""
    tied = line.replace(" ", TIE)
    for sign in ("+", "=", ":="):
        tied = tied.replace(f"{TIE}{sign}{TIE}", f" {sign}{TIE}")
    return tied.replace(f";{TIE}", "; ")


def _fold(text: str, indent: str, hanging: str = "") -> str:
    """The text in lines of at most WIDTH, broken at spaces and not at ties."""
    folded = textwrap.fill(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return folded.replace(TIE, " ")
