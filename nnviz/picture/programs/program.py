"""The whole function that a story executes, as text that runs as it stands."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from string import Template
from typing import NamedTuple

from nnviz.engine.mistakes import EarlyError
from nnviz.engine.steps import MistakenStep
from nnviz.picture.code import Language
from nnviz.picture.code_lines import ACTIVATION_CODE
from nnviz.picture.programs.slots import OTHER_ACTIVATIONS, SLOTS, Texts
from nnviz.picture.programs.texts import TEXTS, Version

WRONG = "✕"
ELSEWHERE = {
    "activate output": "activate",
    "blame untransposed": "blame",
    "bias error": "error",
    "no bias": "decay",
    "decay": "divide",
    "bias update": "update",
}
"""Where the story is when a program has no line of its own for a place."""


class Kind(NamedTuple):
    """What the text hangs on: the hidden units' activation, the mistake that is to be seen, and whether the step is
    that of gradient descent."""

    activation: str = "sigmoid"
    mistake: type[MistakenStep] | None = None
    descends: bool = True


class Line(NamedTuple):
    """One line, the places of the story that are in it, and whether it is wrong."""

    text: str
    places: tuple[str, ...] = ()
    wrong: bool = False


@dataclass(frozen=True, eq=False)
class Program:
    """``lines`` are counted from 0."""

    language: Language
    version: Version
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """All of it, ready to be saved."""
        return "".join(f"{line.text}\n" for line in self.lines)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {place: number for number, line in enumerate(self.lines) for place in line.places}

    def line(self, place: str) -> int:
        """The number of the line in which a place of the story is. Raises KeyError for a place there is not."""
        while place not in self._places:
            place = ELSEWHERE[place]
        return self._places[place]

    def with_lines(self, lines: tuple[str, ...]) -> "Program":
        """This program with more lines at its end."""
        return Program(self.language, self.version, self.lines + tuple(map(Line, lines)))


@lru_cache(maxsize=32)
def program(kind: Kind, version: Version, language: Language) -> Program:
    """The functions, and nothing that calls them."""
    text, early = TEXTS[version, language], kind.mistake is EarlyError
    body = text.passing
    if kind.descends or early:
        body += text.update
    if early:
        body = _again(body, language)
    template = text.functions + text.head + body + text.ending
    filled = Template(template).substitute(_words(kind, language, updates=kind.descends or early))
    return Program(language, version, tuple(map(_line, _slotted(filled, _slots(kind), version, language))))


def _words(kind: Kind, language: Language, updates: bool) -> dict[str, str]:
    """What the names in the templates stand for."""
    row = ACTIVATION_CODE[kind.activation]
    value, slope = (str(getattr(part, language)) for part in row)
    one = "np.ones_like(z)" if language == "numpy" else "ones(size(z))"
    return {
        "value": value.format(n=""),
        "slope": slope.replace("a{n}", "g(z)").format(n="") or one,
        "alpha": ", alpha" if updates else "",
        "new": ", newTheta" if updates else "",
        "returned": ", newTheta[1:L]" if updates else "",
        "lists": "6" if updates else "5",
    }


def _slots(kind: Kind) -> dict[str, Texts]:
    slots = SLOTS if kind.activation == "sigmoid" else SLOTS | OTHER_ACTIVATIONS
    if kind.mistake is None:
        return slots
    from nnviz.picture.mistaken.programs import MISTAKEN_SLOTS  # only when one is planted

    return slots | MISTAKEN_SLOTS[kind.mistake]


def _slotted(template: str, slots: dict[str, Texts], version: Version, language: Language) -> list[str]:
    """The lines of the template, each slot by what stands in it, as far to the right."""
    lines = []
    for line in template.splitlines():
        indent, mark, slot = line.partition("@")
        if not mark or indent.strip():
            lines.append(line)
        else:
            lines += [(indent + part).rstrip() for part in slots[slot].of(version, language).splitlines()]
    return lines


def _line(text: str) -> Line:
    found = re.fullmatch(r"(.*?) «(✕?) ?(.*)»", text)
    if found is None:
        return Line(text)
    return Line(found[1], tuple(filter(None, found[3].split("|"))), found[2] == WRONG)


def _again(body: str, language: Language) -> str:
    """The pass done over, so that each new Θ is there when the δ of the layer below is worked out from it."""
    if language == "numpy":
        start = "    newTheta = list(Theta)\n    for again in range(1, L):  # until every newTheta is there\n"
        return start + _indented(body, 4)
    start = "  newTheta = Theta;\n  for again = 1:L - 1  % until every newTheta is there\n"
    return start + _indented(body, 2) + "  end\n"


def _indented(body: str, by: int) -> str:
    return "".join(f"{' ' * by}{line}" for line in body.splitlines(keepends=True))
