"""A Typst document of formulas: a page each, with the colours by role; and what to know of a formula to set it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from nnviz.picture.markup import (
    ASCENT_EM,
    BASELINE_MARK,
    DESCENT_EM,
    MARGIN_PT,
    Cases,
    Formula,
    Labelled,
    Lines,
    Matrix,
    Piece,
    Writer,
    ink_name,
)


def typst_source(*formulas: Formula, colours: Mapping[str, str], size_pt: float, width_pt: float | None = None) -> str:
    """A Typst document: a page for each formula, as large as it, or *width_pt* wide and wrapped.

    *colours* gives "#rrggbb" by role. Raises ValueError naming a role that it does not have.
    """
    writer = Writer()
    pages = [_page(formula, writer, width_pt) for formula in formulas]
    return _preamble(writer.roles, colours, size_pt) + "#pagebreak()\n".join(pages)


def _page(formula: Formula, writer: Writer, width_pt: float | None) -> str:
    width = "auto" if width_pt is None else f"{width_pt:g}pt"
    size = f"#set page(width: {width}, height: auto, margin: {MARGIN_PT}pt, fill: none)\n"
    if not isinstance(formula, Lines):
        return f"{size}#mark$display({formula._typst(writer)})$\n"
    if width_pt is None:
        return f"{size}#[#set par(leading: 0.5em)\n$ {formula._typst(writer)} $]\n"
    # A block of aligned rows cannot wrap; paragraphs can.
    rows = (f"$display({left._typst(writer)} {right._typst(writer)})$" for left, right in formula.rows)
    return f"{size}#mark" + "\n\n".join(rows) + "\n"


def _preamble(roles: set[str], colours: Mapping[str, str], size_pt: float) -> str:
    known = definitions(roles, colours)
    line_box = f"top-edge: {ASCENT_EM}em, bottom-edge: -{DESCENT_EM}em"
    mark_box = f"width: 0pt, height: {ASCENT_EM + DESCENT_EM:g}em, baseline: {DESCENT_EM}em"
    return f"""\
#set text(size: {size_pt:g}pt, fill: rgb("{colours["text"]}"), {line_box})
#set par(leading: 0pt, spacing: 0.2em, hanging-indent: 2em, linebreaks: "simple")
{known}#let mark = link("{BASELINE_MARK}", box({mark_box}))
"""


def definitions(roles: Iterable[str], colours: Mapping[str, str], *, marked: bool = True) -> str:
    """What the Typst of formulas takes for known: the inks of *roles*, and how pieces keep together.

    *marked*: the places of labelled pieces are to be found. Raises ValueError naming a role without a colour.
    """
    lets = (
        'kept(body) = math.class("normal", body)',
        'num(body) = math.class("normal", text(body))',
        f"labelled(key, body) = {'link(key, kept(body))' if marked else 'kept(body)'}",
    )
    return "".join(f"#let {one}\n" for one in lets) + inks(roles, colours)


def inks(roles: Iterable[str], colours: Mapping[str, str]) -> str:
    """Typst source that defines the colour of each of *roles*. ValueError naming one that *colours* does not have."""
    for role in sorted(roles):
        if not re.fullmatch("#[0-9a-fA-F]{6}", colours.get(role, "")):
            raise ValueError(f'colours[{role!r}] must be "#rrggbb", found {colours.get(role)!r}')
    lets = (f'{ink_name(role)}(body) = text(fill: rgb("{colours[role]}"), body)' for role in sorted(roles))
    return "".join(f"#let {one}\n" for one in lets)


def labels(formula: Formula) -> tuple[str, ...]:
    """The keys of the labelled pieces, each once, in reading order."""
    return tuple(dict.fromkeys(piece.key for piece in _pieces(formula) if isinstance(piece, Labelled)))


def wraps(formula: Formula) -> bool:
    """Whether the formula can be broken into lines: not with a matrix or cases in it."""
    return not any(isinstance(piece, Matrix | Cases) for piece in _pieces(formula))


def _pieces(part: object) -> Iterator[Piece]:
    """A piece and all pieces within it, in reading order."""
    if isinstance(part, tuple):
        for item in part:
            yield from _pieces(item)
    elif isinstance(part, Piece):
        yield part
        kind: Any = type(part)
        for name in _parts_of(kind):
            yield from _pieces(getattr(part, name))


@cache
def _parts_of(kind: Any) -> tuple[str, ...]:
    """The fields in which a piece of this kind may hold other pieces: words and flags are left out."""
    return tuple(one.name for one in fields(kind) if "Piece" in str(one.type))
