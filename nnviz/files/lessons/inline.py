"""The words of a line: emphasis, code, live values and links."""

import re
from collections.abc import Iterator

from nnviz.session.lesson.acts import VERBS, act
from nnviz.session.lesson.expression import parsed
from nnviz.session.lesson.readers import NAMES
from nnviz.session.lesson.values import Inline, Line, Link, Live, Words

MOST_DIGITS = 12
_PARTS = re.compile(
    r"(?P<code>`[^`]*`)"
    r"|(?P<strong>\*\*[^*]+\*\*)"
    r"|(?P<emphasis>\*[^*\s][^*]*\*)"
    r"|(?P<live>\{[^{}]*\})"
    r"|(?P<link>\[[^\[\]]+\](?:\([^()]*\))?)"
)


def line(text: str) -> Line:
    """The parts of one line. Raises ValueError that says what is wrong with it."""
    return tuple(_parts(text))


def _parts(text: str) -> Iterator[Inline]:
    place = 0
    for match in _PARTS.finditer(text):
        if match.start() > place:
            yield _plain(text[place : match.start()])
        yield _part(match)
        place = match.end()
    if place < len(text):
        yield _plain(text[place:])


def _plain(text: str) -> Words:
    for bracket in "{}[]":
        if bracket in text:
            raise ValueError(f"{bracket!r} stands alone; live values are written {{a(3, 2)}} and links [step].")
    return Words(text)


def _part(match: re.Match[str]) -> Inline:
    text = match.group()
    match match.lastgroup:
        case "code":
            return Words(text[1:-1], "code")
        case "strong":
            return Words(_plain(text[2:-2]).text, "strong")
        case "emphasis":
            return Words(_plain(text[1:-1]).text, "emphasis")
        case "live":
            return _live(text[1:-1])
    return _link(text)


def _live(text: str) -> Live:
    """``expression`` or ``expression : digits``."""
    written, colon, digits = text.partition(":")
    if not colon:
        return Live(parsed(written, NAMES))
    count = digits.strip()
    if not (count.isascii() and count.isdigit() and int(count) <= MOST_DIGITS):
        raise ValueError(f"{text!r}: after the colon stands how many digits to show, 0 to {MOST_DIGITS}.")
    return Live(parsed(written, NAMES), int(count))


def _link(text: str) -> Link:
    """``[step]``, ``[go on](step)``, ``[the button](point: train)``."""
    words, _, target = text[1:].partition("]")
    target = target.strip("()").strip()
    if target.startswith("point:"):
        control = target.removeprefix("point:").strip()
        if not control:
            raise ValueError(f"{text!r}: after point: stands the name of a control.")
        return Link(words, None, control)
    if not target and words.partition(" ")[0] not in VERBS:
        raise ValueError(f"{text!r} does nothing; write what it does behind it, as in [go on](step).")
    return Link(words, act(target or words))
