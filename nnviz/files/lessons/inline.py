"""The words of a line: emphasis, code, live values and links."""

import re
from collections.abc import Iterator

from nnviz.session.lesson.acts import CONTROLS, VERBS, act
from nnviz.session.lesson.expression import parsed
from nnviz.session.lesson.readers import NAMES
from nnviz.session.lesson.values import Inline, Line, Link, Live, Words

MOST_DIGITS = 12
_CONTROLS = tuple(name for names in CONTROLS.values() for name in names)
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


def _parts(text: str, style: str = "") -> Iterator[Inline]:
    place = 0
    for match in _PARTS.finditer(text):
        if match.start() > place:
            yield _plain(text[place : match.start()], style)
        yield from _part(match)
        place = match.end()
    if place < len(text):
        yield _plain(text[place:], style)


def _plain(text: str, style: str) -> Words:
    for bracket in "{}[]":
        if bracket in text:
            raise ValueError(f"{bracket!r} stands alone; live values are written {{a(3, 2)}} and links [step].")
    return Words(text, style)


def _part(match: re.Match[str]) -> Iterator[Inline]:
    """One part; of what is emphasised all that stands in it, for a live value may."""
    text = match.group()
    match match.lastgroup:
        case "code":
            yield Words(text[1:-1], "code")
        case "strong":
            yield from _parts(text[2:-2], "strong")
        case "emphasis":
            yield from _parts(text[1:-1], "emphasis")
        case "live":
            yield _live(text[1:-1])
        case _:
            yield _link(text)


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
        if control not in _CONTROLS:
            raise ValueError(f"{text!r}: after point: stands the name of a control: {', '.join(_CONTROLS)}.")
        return Link(words, None, control)
    if not target and words.partition(" ")[0] not in VERBS:
        raise ValueError(f"{text!r} does nothing; write what it does behind it, as in [go on](step).")
    return Link(words, act(target or words))
