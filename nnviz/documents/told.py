"""What a story says, step by step: the one home of what terminal, Markdown, JSON, CSV and PDF print."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from nnviz.engine.steps import Phase
from nnviz.engine.story import Level, Telling
from nnviz.files.words import counted
from nnviz.picture.captions import Caption, caption, subject
from nnviz.picture.markup import Formula, Lines, plain
from nnviz.picture.narrator import setting
from nnviz.picture.notation import row
from nnviz.session.state import State

TIE = "\N{NO-BREAK SPACE}"
"""A space at which no line breaks."""


@dataclass(frozen=True, eq=False)
class Passage:
    """What is said at one stop of the story: step *number* of *count* at *level*; *telling* is None at the start.

    *before* is the place of the stop before, where this step begins.
    """

    state: State
    level: Level
    place: int
    before: int
    number: int
    count: int
    telling: Telling | None

    @cached_property
    def caption(self) -> Caption:
        """Sentence and formulas."""
        state = self.state
        return caption(state.story, self.place, state.model.dataset, state.view.digits, self.level, state.theirs)

    @property
    def phase(self) -> Phase | None:
        """The chapter; None at the start."""
        return None if self.telling is None else self.telling.step.phase

    @property
    def subject(self) -> str:
        """What it is about: "unit 2 of layer 3"."""
        return subject(self.state.story, self.place, self.state.model.dataset, self.level)

    @property
    def heading(self) -> str:
        """``Step 27 of 49 · Backward · unit 4 of layer 3``; at the start ``Start``."""
        if self.phase is None:
            return "Start"
        chapter = "" if self.level.whole else f"{self.phase.value} · "
        return f"Step {self.number} of {self.count} · {chapter}{self.subject}"


def passages(state: State, level: Level) -> Iterator[Passage]:
    """All that the story of the state's example says at *level*, the start first; made as they are asked for."""
    story, before = state.story, 0
    stops = story.stops(level)
    for number, place in enumerate(stops):
        yield Passage(state, level, place, before, number, len(stops) - 1, story.telling(place))
        before = place


def count(state: State, level: Level) -> int:
    """How many passages there are."""
    return len(state.story.stops(level))


def title(state: State) -> str:
    """Data, network, seed and the two rates in one line; how far it is trained, if it is."""
    model = state.model
    sizes = "-".join(map(str, model.network.sizes))
    rates = f"λ = {setting(model.lambda_)} · α = {setting(model.learning_rate)}"
    trained = f" · after {counted(state.moment.iteration, 'iteration')}" if state.moment.iteration else ""
    how = f"{model.network.activation.title} · seed {model.seed} · {rates}{trained}"
    return f"{model.dataset.title} · {sizes}, {how}"


def rows(formula: Formula) -> list[str]:
    """A formula of several lines one by one, any other as it is."""
    if isinstance(formula, Lines):
        return [plain(row(*pair)) for pair in formula.rows]
    return [plain(formula)]


def tied(sentence: str) -> str:
    """The sentence with its small equations whole, where lines are broken."""
    for sign in ("=", "−", "×", "/"):
        sentence = sentence.replace(f" {sign} ", f"{TIE}{sign}{TIE}")
    return sentence
