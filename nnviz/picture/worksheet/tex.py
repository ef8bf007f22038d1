"""A worksheet as a LaTeX document, to be changed by the teacher; the network is drawn with TikZ."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from nnviz.picture import notation as m
from nnviz.picture.latex import BLANK, latex, text
from nnviz.picture.markup import Formula
from nnviz.picture.narrator import setting
from nnviz.picture.worksheet.blocks import Beside, Cells, Drawing, Heading, Page, Row, Sentence, Table, Working
from nnviz.picture.worksheet.drawing import RADIUS, Node, Wire

WIDEST_CELL = 18.0  # mm
OPENING = rf"""\documentclass[a4paper,10pt,twoside]{{article}}
\usepackage[T1]{{fontenc}}
\usepackage[utf8]{{inputenc}}
\usepackage[margin=14mm]{{geometry}}
\usepackage{{amsmath,tikz}}
{BLANK}
% A formula that stands in one piece, and shrinks where the line is too short for it.
\newcommand{{\whole}}[1]{{\sbox0{{#1}}%
  \ifdim\wd0>\linewidth\resizebox{{\linewidth}}{{!}}{{\usebox0}}\else\usebox0\fi}}
\newcommand{{\narrow}}{{\footnotesize\setlength{{\tabcolsep}}{{1.5mm}}}}
\setlength{{\parindent}}{{0pt}}
\setlength{{\parskip}}{{1mm}}
\setlength{{\arraycolsep}}{{3pt}}
\renewcommand{{\arraystretch}}{{1.15}}
\tikzset{{
  network/.style={{x=1mm, y=-1mm, font=\small}},
  unit/.style={{circle, draw, dashed, minimum size={2 * RADIUS:g}mm, inner sep=0pt}},
  known/.style={{unit, solid, fill=black!8}},
  bias/.style={{rectangle, rounded corners=1mm, draw, minimum size={1.5 * RADIUS:g}mm, inner sep=0pt}},
  weight/.style={{fill=white, inner sep=0.6pt, font=\footnotesize}},
}}
\pagestyle{{empty}}
\begin{{document}}
\raggedright
"""


def tex(pages: Iterable[Page]) -> str:
    """The document: each exercise begins on a front, its solution on the back."""
    return OPENING + "\n\n".join("\n".join(_page(page)) for page in pages) + "\n\\end{document}\n"


def _page(page: Page) -> Iterator[str]:
    yield r"\clearpage" if page.is_solution else r"\cleardoublepage"
    name = "" if page.is_solution else r"\hfill Name \underline{\hspace{45mm}} Date \underline{\hspace{20mm}}"
    yield rf"{{\Large\bfseries {text(page.title)}}}{name}\par"
    yield rf"{{\small {text(page.subtitle)}}}\par"
    for block in page.blocks:
        yield _WRITERS[type(block)](block)


def _inline(formula: Formula) -> str:
    return rf"\whole{{$\displaystyle {latex(formula)}$}}"


def _sentence(sentence: Sentence) -> str:
    return "".join(text(part) if isinstance(part, str) else f"${latex(part)}$" for part in sentence.parts) + r"\par"


def _row(row: Row) -> str:
    return "\\hspace{1.2em}\n".join(map(_inline, row.formulas)) + r"\par"


def _table(table: Table) -> str:
    rows = [" & ".join(f"${latex(cell)}$" for cell in row) for row in (table.head, *table.rows)]
    columns = "|" + "c|" * len(table.head)
    lines = "".join(rf"{row} \\ \hline " for row in rows)
    return rf"{{\narrow\begin{{tabular}}{{{columns}}}\hline {lines}\end{{tabular}}}}\par"


def _beside(beside: Beside) -> str:
    return "\n".join([*map(_cells, beside.groups), _row(Row((beside.formula,)))])


def _cells(cells: Cells) -> str:
    columns = len(cells.rows[0])
    width = min(WIDEST_CELL, 165.0 / columns - 5.0)
    rows = "".join(
        " & ".join(rf"\scriptsize ${latex(name)}$" for name in row) + " \\\\[5mm] \\hline\n" for row in cells.rows
    )
    title = rf"\textbf{{{text(cells.title)}}}\par" + "\n" if cells.title else ""
    return (
        rf"{title}\begin{{tabular}}{{|*{{{columns}}}{{p{{{width:.1f}mm}}|}}}}\hline" + f"\n{rows}\\end{{tabular}}\\par"
    )


def _drawing(drawing: Drawing) -> str:
    """The exercise has it, the solution would only repeat it."""
    if drawing.solved:
        return ""
    lines = [r"\begin{center}\begin{tikzpicture}[network]"]
    last = len(drawing.plan.sizes)
    for layer, x in enumerate(drawing.plan.xs, 1):
        kind = "input" if layer == 1 else "output" if layer == last else "hidden"
        lines.append(rf"\node at ({x:g}, 2) {{\textbf{{Layer {layer}}}, {kind}}};")
    lines += [_node(drawing, node) for node in drawing.plan.nodes]
    lines += [_wire(drawing, wire) for wire in drawing.plan.wires]
    return "\n".join([*lines, r"\end{tikzpicture}\end{center}"])


def _node(drawing: Drawing, node: Node) -> str:
    style = "bias" if node.unit == 0 else "known" if node.layer == 1 else "unit"
    return (
        rf"\node[{style}] ({node.layer}-{node.unit}) at ({node.centre.x:.1f}, {node.centre.y:.1f}) {{{_inside(node)}}};"
    )


def _inside(node: Node) -> str:
    if node.unit == 0:
        return "$+1$"
    return f"${latex(m.x(node.unit) if node.layer == 1 else m.a(node.layer, node.unit))}$"


def _wire(drawing: Drawing, wire: Wire) -> str:
    value = drawing.exercise.given.thetas[wire.layer - 1][wire.to - 1][wire.source]
    line = f"line width={0.4 + 0.5 * abs(value):.2g}pt" + (", dashed" if value < 0.0 else "")
    x, y = wire.label
    label = rf"\node[weight] at ({x:.1f}, {y:.1f}) {{${latex(m.number(setting(value)))}$}};"
    return rf"\draw[{line}] ({wire.layer}-{wire.source}) -- ({wire.layer + 1}-{wire.to}); {label}"


_WRITERS: dict[type, Callable[[Any], str]] = {
    Heading: lambda heading: rf"\par\medskip\textbf{{{text(heading.words)}}}\par\nobreak",
    Sentence: _sentence,
    Row: _row,
    Table: _table,
    Beside: _beside,
    Drawing: _drawing,
    Working: lambda working: r"\vfill",
}
