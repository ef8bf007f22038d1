"""What is coloured in a line of code: symbols as in the formulas, comments paler, keywords bold."""

import re
from typing import NamedTuple

from nnviz.picture.code import Language
from nnviz.picture.palette import Role


class Span(NamedTuple):
    """*length* marks from *start* on."""

    start: int
    length: int
    role: Role
    bold: bool = False


_KEYWORDS: dict[Language, str] = {
    "numpy": "import as def return for in if else continue",
    "octave": "function end for if else continue persistent",
}
_COMMENT = {"numpy": r'#.*|"""(?:.*?)"""', "octave": r"%.*"}
_ROLES: dict[str, Role] = {
    "a": "activation",
    "h": "activation",
    "delta": "delta",
    "Delta": "accumulator",
    "D": "accumulator",
}


def _pattern(language: Language) -> re.Pattern[str]:
    keywords = "|".join(_KEYWORDS[language].split())
    return re.compile(  # the end of a range is no keyword
        rf"(?P<comment>{_COMMENT[language]})|(?P<text>\"[^\"]*\")|(?P<range>(?<=:)end)"
        rf"|\b(?P<keyword>{keywords})\b|\b(?P<symbol>{'|'.join(_ROLES)})\b"
    )


_PATTERNS = {language: _pattern(language) for language in _KEYWORDS}


def spans(text: str, language: Language) -> tuple[Span, ...]:
    """What is to be coloured in one line; the rest is plain."""
    found = []
    for match in _PATTERNS[language].finditer(text):
        start, length = match.start(), len(match[0])
        if match.lastgroup == "comment":
            found.append(Span(start, length, "muted"))
        elif match.lastgroup == "keyword":
            found.append(Span(start, length, "text", bold=True))
        elif match.lastgroup == "symbol":
            found.append(Span(start, length, _ROLES[match[0]]))
    return tuple(found)
