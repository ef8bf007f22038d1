"""A printed document of sentences, formulas and drawings, as Typst source: A4, with page numbers."""

from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import NamedTuple

from nnviz.picture.document import inks, wraps
from nnviz.picture.markup import ASCENT_EM, DESCENT_EM, Formula, Lines, Writer
from nnviz.picture.scripts import string

SIZE_PT = 10
A_LITTLE_WIDE = 1.15
"""What is only so much wider than the page shrinks, rather than to leave its last number on a line of its own."""
NEW_PARAGRAPH = "\n\n"


class Chapter(NamedTuple):
    """The heading of what follows."""

    text: str


class Passage(NamedTuple):
    """A step: what it is about, what is wrong with it, a sentence, formulas below each other.

    Never over two pages, and on that of the drawing that follows, where both have room.
    """

    heading: str
    warning: str
    sentence: str
    formulas: tuple[Formula, ...]


class Drawing(NamedTuple):
    """A picture by the name of its file, over the whole width; *words* for who cannot see it, a *note* below."""

    file: str
    words: str
    note: str


Block = Chapter | Passage | Drawing


def paper(title: str, about: str, blocks: Iterable[Block], colours: Mapping[str, str]) -> str:
    """The document; *colours* gives "#rrggbb" by role, ValueError if it lacks one of a formula's."""
    writer = Writer()
    these = tuple(blocks)
    body = "\n\n".join(_written(block, after, writer) for block, after in zip_longest(these, these[1:]))
    return _preamble(title, colours) + inks(writer.roles, colours) + _head(title, about) + body + "\n"


def _preamble(title: str, colours: Mapping[str, str]) -> str:
    text, muted = (f'rgb("{colours[role]}")' for role in ("text", "muted"))
    return f"""\
#set document(title: {string(title)}, date: none)
#set page(paper: "a4", margin: (x: 2.2cm, top: 2cm, bottom: 2.2cm), numbering: "1 / 1")
#set text(size: {SIZE_PT}pt, fill: {text}, lang: "en")
#set par(leading: 0.6em, spacing: 0.75em, linebreaks: "simple")
#show heading: set text(fill: {text})
#show heading.where(level: 2): set block(above: 1.6em, below: 0.9em)
#show heading.where(level: 3): set text(size: 1em)
#show heading.where(level: 3): set block(above: 0pt, below: 0.6em)
#let kept(body) = math.class("normal", body)
#let num(body) = math.class("normal", text(body))
#let labelled(key, body) = kept(body)
#let mark = none
#let quiet(body) = text(size: 0.9em, fill: {muted}, body)
#let fitted(body) = layout(size => {{
  let width = measure(body).width
  if width <= size.width {{ body }} else {{
    scale(100% * (size.width / width), origin: top + left, reflow: true, body)
  }}
}})
#let either(aligned, wrapped) = layout(size => {{
  if measure(aligned).width <= {A_LITTLE_WIDE} * size.width {{ fitted(aligned) }} else {{ wrapped }}
}})
#let lines(body) = {{
  set text(top-edge: {ASCENT_EM}em, bottom-edge: -{DESCENT_EM}em)
  set par(leading: 0.1em, spacing: 0.35em)
  body
}}
#let formula(body) = block(inset: (left: 1.2em), above: 0.7em, below: 0.7em, width: 100%, {{
  set par(hanging-indent: 2em)
  show math.equation.where(block: true): set align(left)
  body
}})
"""


def _head(title: str, about: str) -> str:
    return f"#std.title(text(size: 1.5em, {string(title)}))\n\n#quiet({string(about)})\n\n"


def _written(block: Block, after: Block | None, writer: Writer) -> str:
    match block:
        case Chapter(text):
            return f"#heading(level: 2, {string(text)})"
        case Drawing(file, words, note):
            image = f"image({string(file)}, width: 100%, alt: {string(words)})"
            return f"#block(breakable: false, above: 1.2em, below: 1.4em)[#{image}\n#quiet({string(note)})]"
    return _passage(block, isinstance(after, Drawing), writer)


def _passage(passage: Passage, drawn: bool, writer: Writer) -> str:
    parts = [f"#heading(level: 3, {string(passage.heading)})"]
    if passage.warning:
        writer.roles.add("differ")
        parts.append(f"#inkdiffer({string(passage.warning)})")
    parts.append(f"#{string(passage.sentence)}")
    parts += [f"#formula[{_formula(formula, writer)}]" for formula in passage.formulas]
    options = f"breakable: false, sticky: {str(drawn).lower()}, above: 1.4em, below: 1.4em"
    return f"#block({options})[\n" + "\n\n".join(parts) + "\n]"


def _formula(formula: Formula, writer: Writer) -> str:
    """On lines of its own. If it is too long it wraps at its signs; with a matrix in it, it shrinks instead."""
    aligned = f"$ {formula._typst(writer)} $"
    if not wraps(formula):
        return f"#fitted[{aligned}]"
    rows = formula.rows if isinstance(formula, Lines) else ((formula,),)
    wrapped = (f"$display({' '.join(part._typst(writer) for part in row)})$" for row in rows)
    return f"#either[{aligned}][#lines[{NEW_PARAGRAPH.join(wrapped)}]]"
