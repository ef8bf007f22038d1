"""A worksheet as the source of a PDF: A4 pages, each exercise on a front, its solution on the back."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from nnviz.picture.document import definitions, wraps
from nnviz.picture.markup import Formula, Writer, plain
from nnviz.picture.palette import PALETTES, blend, roles
from nnviz.picture.scripts import string
from nnviz.picture.worksheet.blocks import Beside, Cells, Drawing, Heading, Page, Row, Sentence, Table, Working
from nnviz.picture.worksheet.drawing import WIDTH
from nnviz.picture.worksheet.figure import Figure, helpers

LIGHT = PALETTES["light"]
WIDEST_CELL, GAP, MOST_IN_LINE = 22.0, 5.0, 12  # mm, mm, and cells of z, a or δ
FILLED_IN = (("Name", 42), ("Date", 20))  # mm
SETTINGS = """\
#set document(title: {title}, author: "nnviz", date: none)
#set text(lang: "en", size: 10pt, fill: ink, hyphenate: false)
#set par(leading: 0.55em, spacing: 0.8em)
#show heading.where(level: 1): set text(size: 15pt)
#show heading.where(level: 2): set text(size: 11pt)
#show heading.where(level: 2): set block(above: 1.1em, below: 0.7em)
#set page(paper: "a4", margin: (x: 20mm, top: 13mm, bottom: 11mm))
"""
HELPERS = """\
#let formulas(indent, ..all) = par(hanging-indent: indent, spacing: 1.1em, leading: 0.9em,
  all.pos().map(box).join(h(1.6em, weak: true)))
#let cell(name) = grid.cell(stroke: 0.5pt + faint, block(width: 100%, height: 8mm, inset: 1mm, text(6.5pt, name)))
#let squared = tiling(size: (5mm, 5mm), {
  place(line(start: (0mm, 0mm), end: (5mm, 0mm), stroke: 0.4pt + faint))
  place(line(start: (0mm, 0mm), end: (0mm, 5mm), stroke: 0.4pt + faint))
})
"""


def source(pages: Iterable[Page]) -> str:
    """The Typst source of all pages."""
    paper = _Paper()
    title = ""
    bodies = []
    for page in pages:
        title = title or page.title
        bodies.append("\n".join(paper.page(page)))
    colours = roles(LIGHT)
    inks = f'#let ink = rgb("{LIGHT.text}")\n#let faint = rgb("{blend(LIGHT.muted, LIGHT.panel, 0.45)}")\n'
    known = definitions(paper.writer.roles, colours, marked=False)
    return inks + SETTINGS.format(title=string(title)) + HELPERS + helpers(LIGHT) + known + "\n".join(bodies)


@dataclass
class _Paper:
    """Writes pages, and remembers which inks they need."""

    writer: Writer = field(default_factory=Writer)

    def page(self, page: Page) -> Iterator[str]:
        """Exercises begin on a front; what comes after one is its back."""
        to = "" if page.is_solution else ', to: "odd"'
        yield f"#pagebreak(weak: true{to})"
        yield f"#grid(columns: (1fr, auto), [= {_text(page.title)}], align(bottom)[{self._right(page)}])"
        yield f'#text(9pt, fill: rgb("{LIGHT.muted}"))[{_text(page.subtitle)}]'
        if page.is_solution:
            yield "#[#set text(9pt)"
        for block in page.blocks:
            yield self._writers()[type(block)](block)
        if page.is_solution:
            yield "]"

    def _right(self, page: Page) -> str:
        lines = ((name, f"#box(width: {width}mm, line(length: 100%, stroke: 0.5pt))") for name, width in FILLED_IN)
        return "" if page.is_solution else " #h(3mm) ".join(f"{name} {line}" for name, line in lines)

    def _writers(self) -> dict[type, Callable[[Any], str]]:
        return {
            Heading: lambda heading: f"== {_text(heading.words)}",
            Sentence: self._sentence,
            Row: self._row,
            Table: self._table,
            Beside: self._beside_each_other,
            Drawing: lambda drawing: Figure(drawing, LIGHT, self.formula).source(),
            Working: lambda working: "#v(1mm)#block(width: 100%, height: 1fr, fill: squared)",
        }

    def formula(self, formula: Formula) -> str:
        """A formula within a line, with its text for those who cannot see it."""
        return f"math.equation(alt: {string(plain(formula))}, $display({formula._typst(self.writer)})$)"

    def _row(self, row: Row) -> str:
        """Further lines are set in; not those of matrices, which are tall enough to be told apart."""
        indent = "1.5em" if all(map(wraps, row.formulas)) else "0em"
        return f"#formulas({indent}, {', '.join(map(self.formula, row.formulas))})"

    def _sentence(self, sentence: Sentence) -> str:
        return "".join(
            part if isinstance(part, str) else f"#{self.formula(part)}" for part in map(_marked, sentence.parts)
        )

    def _table(self, table: Table) -> str:
        head = ", ".join(f"[#{self.formula(cell)}]" for cell in table.head)
        cells = ", ".join(f"[#{self.formula(cell)}]" for row in table.rows for cell in row)
        return (
            f"#text(8.5pt, table(columns: {len(table.head)}, inset: (x: 1.6mm, y: 1mm), stroke: 0.5pt + faint, "
            f"table.header({head}), {cells}))"
        )

    def _beside_each_other(self, beside: Beside) -> str:
        columns = len(beside.groups[0].rows[0])
        all_columns = columns * len(beside.groups)
        width = min(WIDEST_CELL, (WIDTH - GAP) / (all_columns if all_columns <= MOST_IN_LINE else columns))
        groups = ", ".join(self._cells(group, width) for group in beside.groups)
        formula = self.formula(beside.formula)
        return f"#par(leading: 2mm, ({groups}, {formula}).map(box).join(h({GAP:g}mm, weak: true)))"

    def _cells(self, cells: Cells, width: float) -> str:
        rows = ", ".join(f"cell({self.formula(name)})" for row in cells.rows for name in row)
        grid = f"grid(columns: ({width:.2f}mm,) * {len(cells.rows[0])}, {rows})"
        return f"stack(spacing: 1.5mm, text(9pt, strong[{_text(cells.title)}]), {grid})" if cells.title else grid


def _marked(part: str | Formula) -> str | Formula:
    return _text(part) if isinstance(part, str) else part


def _text(words: str) -> str:
    """Words in which nothing is markup."""
    return f"#{string(words)}"
