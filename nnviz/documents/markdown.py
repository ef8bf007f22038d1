"""A story as Markdown: a heading for each phase, the sentence, and formulas as LaTeX between $$."""

import re
from collections.abc import Iterator

from nnviz.documents.told import Passage, passages, title
from nnviz.engine.steps import Phase
from nnviz.engine.story import Level
from nnviz.picture.latex import latex
from nnviz.picture.markup import plain
from nnviz.session.state import State

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|$~&])")
"""What Markdown or HTML would take for more than a letter."""


def markdown_text(state: State, level: Level) -> Iterator[str]:
    """The title, then what each step says."""
    example = state.moment.example + 1
    yield f"# The story of example {example}\n\n{escaped(title(state))}\n"
    phase: Phase | None = None
    for passage in passages(state, level):
        chapter = passage.phase is not None and passage.phase is not phase and not level.whole
        phase = passage.phase
        yield (f"\n## {passage.phase.value}\n" if chapter and passage.phase else "") + _passage(passage)


def escaped(text: str) -> str:
    """Text as it is to be read, whatever marks are in it: names come from files."""
    return _MARKS.sub(r"\\\1", text)


def _passage(passage: Passage) -> str:
    told = passage.caption
    parts = [f"{'##' if passage.phase is None else '###'} {escaped(passage.heading)}"]
    if told.mistake is not None:
        parts.append(f"✕ planted mistake: {escaped(told.mistake)}")
    parts.append(escaped(told.sentence))
    formulas = [told.symbols, told.numbers]
    same = plain(told.symbols) == plain(told.numbers)
    parts += [f"$$\n{latex(formula)}\n$$" for formula in formulas[same:]]
    return "\n" + "\n\n".join(parts) + "\n"
