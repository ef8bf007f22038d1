"""The words of a lesson as they are shown: live values worked out, links to click."""

from html import escape

from nnviz.picture.numbers import shown
from nnviz.session.lesson.expression import Value
from nnviz.session.lesson.values import Inline, Line, Link, Live, Words
from nnviz.session.state import State
from nnviz.ui.theme import Theme

MISSING = "–"
_STYLES = {"strong": "b", "emphasis": "i", "code": "tt"}


def value_text(value: Value, digits: int) -> str:
    """A live value: numbers as everywhere in the window, names as they are, a dash for what is not there."""
    if value is None:
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return f"{value:,}".replace("-", "−")
    return shown(value, digits) if digits else f"{value:,.0f}".replace("-", "−")


def text(line: Line, state: State) -> str:
    """The line as plain words."""
    return "".join(_said(part, state) for part in line)


def html(line: Line, state: State, theme: Theme) -> str:
    """The line for a label of rich text; everything in it is escaped. Links are called by their place in the line."""
    return "".join(_marked(index, part, state, theme) for index, part in enumerate(line))


def _said(part: Inline, state: State) -> str:
    if isinstance(part, Live):
        return value_text(part.node.value(state), state.view.digits if part.digits is None else part.digits)
    return part.text


def _marked(index: int, part: Inline, state: State, theme: Theme) -> str:
    said = escape(_said(part, state))
    if isinstance(part, Live):
        return f"<b>{said}</b>"
    if isinstance(part, Link):
        return f"<a href='{index}' style='color:{theme.palette.accent}'>{said}</a>"
    assert isinstance(part, Words)
    tag = _STYLES.get(part.style)
    return f"<{tag}>{said}</{tag}>" if tag else said
