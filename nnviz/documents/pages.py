"""A story as a PDF: every step with its sentence and formulas, and the drawing at the end of each layer's work."""

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import replace

from nnviz.documents.told import count, passages, tied, title
from nnviz.engine.steps import Phase
from nnviz.engine.story import Level
from nnviz.picture import paper
from nnviz.picture.captions import caption, subject
from nnviz.picture.markup import plain
from nnviz.picture.palette import PALETTES, roles
from nnviz.picture.typeset import pdf
from nnviz.session.state import State

MOST_STEPS = 1500
"""More would make a book of over two hundred pages, which nobody prints."""
MOST_DRAWINGS = 60
SETTING = 0.15
"""How long it takes to set a step on its page, where a drawing takes 1; all are set at once, at the end."""

Draw = Callable[[State], bytes]
"""The picture of a state's moment as SVG."""


def pages(state: State, level: Level, draw: Draw) -> Generator[float, None, bytes]:
    """The PDF; yields the share that is done. ValueError if the story is too long for paper."""
    check_length(state, level)
    drawings: dict[str, bytes] = {}
    places = drawn_places(state, level)
    whole = len(places) + SETTING * count(state, level)
    for number, place in enumerate(places, start=1):
        drawings[_file(place)] = draw(_at(state, place))
        yield number / whole
    colours = roles(PALETTES["light"])
    heading = f"The story of example {state.moment.example + 1}"
    return pdf(paper.paper(heading, title(state), blocks(state, level, drawings), colours), drawings)


def check_length(state: State, level: Level) -> None:
    """ValueError, in words for the user, if the story is too long for paper."""
    steps = count(state, level) - 1
    if steps > MOST_STEPS:
        raise ValueError(
            f"The story has {steps:,} steps at the level {level.value}; a PDF takes {MOST_STEPS:,} at the most. Choose "
            "a higher level, or another kind of file."
        )


def drawn_places(state: State, level: Level) -> tuple[int, ...]:
    """Where the drawing is shown: at the end of each layer's work in each phase, or of the whole story."""
    ends = state.story.stops(Level.EXAMPLE if level.whole else Level.LAYER)[1:]
    return tuple(ends[:MOST_DRAWINGS])


def blocks(state: State, level: Level, drawings: Mapping[str, bytes]) -> Iterator[paper.Block]:
    """What stands on the pages, in order."""
    phase: Phase | None = None
    for passage in passages(state, level):
        if passage.phase is not None and passage.phase is not phase and not level.whole:
            yield paper.Chapter(passage.phase.value)
        phase, told = passage.phase, passage.caption
        formulas = (told.symbols, told.numbers)
        same = plain(told.symbols) == plain(told.numbers)
        warning = "" if told.mistake is None else f"Planted mistake: {told.mistake}"
        yield paper.Passage(passage.heading, warning, tied(told.sentence), formulas[same:])
        if _file(passage.place) in drawings:
            yield _drawing(state, passage.place, "" if phase is None or level.whole else f"{phase.value} · ")


def _drawing(state: State, place: int, phase: str) -> paper.Drawing:
    at, data = _at(state, place), state.model.dataset
    words = caption(at.story, place, data, at.view.digits, at.level, at.theirs).sentence
    return paper.Drawing(_file(place), words, f"{phase}{subject(at.story, place, data, at.level)}")


def _at(state: State, place: int) -> State:
    """The state as it is drawn: a whole layer at work."""
    moment = state.moment._replace(place=place)
    return replace(state, moment=moment, level=Level.LAYER, tool="step", pointed=None)


def _file(place: int) -> str:
    return f"{place}.svg"
