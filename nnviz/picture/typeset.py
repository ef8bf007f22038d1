"""Mathematics set by Typst: a formula becomes an SVG, its size, its baseline and the boxes of its labels."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import typst

from nnviz.picture.document import typst_source, wraps
from nnviz.picture.markup import ASCENT_EM, BASELINE_MARK, LABEL_SCHEME, Formula

Box = tuple[float, float, float, float]
"""x, y, width, height in pt from the top left of the page."""

_SIZE = re.compile(rb'<svg viewBox="0 0 ([\d.]+) ([\d.]+)"')
_LINK = re.compile(rb"<a [^>]*>.*?</a>", re.DOTALL)
# A glyph; there are many and they hold no link, so they are taken out before links are looked for.
_GLYPH = re.compile(rb'<g transform="[^"]*"><use [^>]*/></g>')
_TAG = re.compile(
    r'(<g|</g>)(?: transform="(?:translate\(|matrix\(1 0 0 1 )([-\d.]+) ([-\d.]+)\)")?'
    r'|<a (?:transform="translate\(([-\d.]+) ([-\d.]+)\)" )?href="([^"]*)"[^>]*>'
    r'<rect width="([\d.]+)" height="([\d.]+)"'
)


@dataclass(frozen=True, slots=True, eq=False)
class Typeset:
    """A formula on a transparent page; all lengths in pt, from the top left.

    *baseline* is that of the first line. A key has a box for each piece that bears it, in reading order.
    """

    svg: bytes
    width: float
    height: float
    baseline: float
    boxes: Mapping[str, tuple[Box, ...]]


class Typesetter:
    """Sets formulas and remembers the last ones.

    Importing this module, making one and its first formula cost some 20 to 40 ms in all. That may be done on
    another thread than the one that uses it afterwards, but not on two at once.
    """

    def __init__(self, remembered: int = 512) -> None:
        """*remembered* bounds the number of pages kept."""
        self._compiler = typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False))
        self._remembered = remembered
        self._pages: OrderedDict[str, Typeset] = OrderedDict()

    def render(
        self, formula: Formula, colours: Mapping[str, str], size_pt: float, width: float | None = None
    ) -> Typeset:
        """The formula on one line or, if that is wider than *width* pt, wrapped at its signs.

        One with a matrix in it does not wrap and keeps its own width. *colours* gives "#rrggbb" by role;
        ValueError if it lacks one of the formula's.
        """
        natural = self._page(typst_source(formula, colours=colours, size_pt=size_pt), size_pt)
        if width is None or natural.width <= width or not wraps(formula):
            return natural
        wrapped = typst_source(formula, colours=colours, size_pt=size_pt, width_pt=width)
        return self._page(wrapped, size_pt)

    def _page(self, source: str, size_pt: float) -> Typeset:
        if source in self._pages:
            self._pages.move_to_end(source)
        else:
            [page] = self._compile(source)
            self._pages[source] = _typeset(page, size_pt)
            if len(self._pages) > self._remembered:
                self._pages.popitem(last=False)
        return self._pages[source]

    def _compile(self, source: str) -> list[bytes]:
        pages = self._compiler.compile(input=source.encode(), format="svg")
        assert pages is not None  # only with an output file
        return pages if isinstance(pages, list) else [pages]


def pdf(source: str, files: Mapping[str, bytes] | None = None, *, accessible: bool = False) -> bytes:
    """A PDF of a whole document, which takes its pictures from *files* by name; some 100 ms for ten pages.

    It has Typst's own fonts, and the same source gives the same bytes. *accessible*: as PDF/UA, which refuses a picture
    or a formula without words for it.
    """
    inputs: Any = {"main": source.encode(), **(files or {})}  # typst takes it, and its types do not know
    fonts = typst.Fonts(include_system_fonts=False)
    standards: Any = ["ua-1"] if accessible else None
    made = typst.compile(inputs, format="pdf", font_paths=fonts, pdf_standards=standards)
    assert isinstance(made, bytes)  # one file, in memory
    return made


def _typeset(svg: bytes, size_pt: float) -> Typeset:
    """Read size, baseline and boxes from Typst's SVG, whose links are the marks that we set."""
    size = _SIZE.match(svg)
    assert size is not None  # the first thing that Typst writes
    text = _GLYPH.sub(b"", svg.partition(b"<defs")[0]).decode()
    baseline = 0.0
    boxes: dict[str, dict[str, Box]] = {}
    for link, box in _links(text):
        if link == BASELINE_MARK:
            baseline = box[1] + ASCENT_EM * size_pt
        else:
            # Typst marks every glyph of a label; together they make its box.
            occurrence, key = link.removeprefix(LABEL_SCHEME).split(":", 1)
            places = boxes.setdefault(unquote(key), {})
            places[occurrence] = _united(places.get(occurrence, box), box)
    return Typeset(
        svg=_LINK.sub(b"", svg),
        width=float(size[1]),
        height=float(size[2]),
        baseline=baseline,
        boxes={key: tuple(places.values()) for key, places in boxes.items()},
    )


def _links(svg: str) -> Iterator[tuple[str, Box]]:
    """The links of an SVG of Typst's, as (target, box). Its groups are moved, never turned or scaled."""
    offsets = [(0.0, 0.0)]
    for tag in _TAG.finditer(svg):
        name, group_x, group_y, link_x, link_y, target, width, height = tag.groups()
        x, y = offsets[-1]
        if name == "</g>":
            offsets.pop()
        elif name == "<g":
            offsets.append((x + float(group_x or 0), y + float(group_y or 0)))
        else:
            box = (x + float(link_x or 0), y + float(link_y or 0), float(width), float(height))
            yield target, box


def _united(first: Box, second: Box) -> Box:
    left, top = min(first[0], second[0]), min(first[1], second[1])
    right = max(first[0] + first[2], second[0] + second[2])
    bottom = max(first[1] + first[3], second[1] + second[3])
    return left, top, right - left, bottom - top
