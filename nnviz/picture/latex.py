"""Formulas as LaTeX mathematics, for amsmath and without colours; a piece that is struck wants cancel, too."""

import re
from collections.abc import Callable
from typing import Any

from nnviz.picture.markup import (
    Blank,
    Cases,
    Coloured,
    Formula,
    Fraction,
    Group,
    Labelled,
    Lines,
    Matrix,
    Number,
    Operator,
    Piece,
    Raised,
    Row,
    Struck,
    Sum,
    Symbol,
    Words,
)

BLANK = r"\newcommand{\blank}[1]{\vcenter{\kern1pt\hbox{\fbox{\rule{0pt}{4mm}\rule{#1em}{0pt}}}\kern1pt}}"
"""What a document must define for formulas with boxes to write in."""

_LETTERS = {
    "Θ": r"\Theta",
    "Δ": r"\Delta",
    "Σ": r"\Sigma",
    "δ": r"\delta",
    "λ": r"\lambda",
    "α": r"\alpha",
    "ε": r"\varepsilon",
    "θ": r"\theta",
    "∂": r"\partial",
}
_NAMES = {"min", "log", "max", "exp", "tanh"}
_SCRIPTS = {"−": "-", "ᵀ": r"\mathsf{T}", "′": r"\prime"}
_OPERATORS = {
    ":=": r"\mathrel{:=}",
    "≈": r"\approx",
    "≤": r"\le",
    "≥": r"\ge",
    "→": r"\to",
    "∈": r"\in",
    "−": "-",
    "±": r"\pm",
    "×": r"\times",
    "·": r"\cdot",
    "⊙": r"\odot",
    ".*": r"\mathbin{.*}",
    "…": r"\cdots",
}
_MARKS = {
    "\\": r"\textbackslash{}",
    **{mark: f"\\{mark}" for mark in "{}$&#_%"},
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{mark: f"${source}$" for mark, source in (_LETTERS | _OPERATORS).items()},
    "·": r"\textperiodcentered{}",
    "…": r"\dots{}",
    "′": r"$'$",
    "–": "--",
    "²": "$^2$",
}


def latex(formula: Formula) -> str:
    """The formula for LaTeX's mathematics mode."""
    return _WRITERS[type(formula)](formula)


def text(words: str) -> str:
    """Words for LaTeX's text mode, in which nothing is markup."""
    return "".join(_MARKS.get(mark, mark) for mark in words)


def _symbol(symbol: Symbol) -> str:
    name = _LETTERS.get(symbol.name, symbol.name)
    if len(symbol.name) > 1:
        name = f"\\{name}" if name in _NAMES else rf"\operatorname{{{text(name)}}}"
    if symbol.bold:
        name = rf"\boldsymbol{{{name}}}"
    sub = f"_{{{_script(symbol.sub)}}}" if symbol.sub else ""
    return name + sub + (f"^{{{_script(symbol.sup)}}}" if symbol.sup else "")


def _script(marks: str) -> str:
    return "".join(_SCRIPTS.get(mark, _LETTERS.get(mark, mark)) for mark in marks)


def _number(number: Number) -> str:
    """Its sign is part of it, and takes no room as an operation would."""
    written = re.sub("e([-+].*)", r"\\mathrm{e}{\1}", number.text.replace("−", "-"))
    for mark, source in (("…", r"\dots"), ("∞", r"\infty"), ("–", r"\text{–}")):
        written = written.replace(mark, source)
    return rf"\mathbf{{{written}}}" if number.bold else f"{{{written}}}"


def _group(group: Group) -> str:
    left, right = group.brackets
    if group.body._tall:
        left, right = rf"\left{left}", rf"\right{right}"
    return f"{left}{latex(group.body)}{right}"


def _sum(piece: Sum) -> str:
    above = f"^{{{_script(piece.above)}}}" if piece.above else ""
    return rf"\sum_{{{_script(piece.below)}}}{above} {latex(piece.body)}"


def _rows(rows: tuple[tuple[Piece, ...], ...]) -> str:
    return r" \\ ".join(" & ".join(map(latex, row)) for row in rows)


_WRITERS: dict[type, Callable[[Any], str]] = {
    Symbol: _symbol,
    Number: _number,
    Words: lambda words: rf"\text{{{text(words.text)}}}",
    Operator: lambda operator: _OPERATORS.get(operator.symbol, operator.symbol),
    Row: lambda row: " ".join(map(latex, row.pieces)),
    Group: _group,
    Raised: lambda raised: f"{{{latex(raised.base)}}}^{{{_script(raised.sup)}}}",
    Fraction: lambda fraction: rf"\frac{{{latex(fraction.top)}}}{{{latex(fraction.bottom)}}}",
    Sum: _sum,
    Matrix: lambda matrix: rf"\begin{{bmatrix}} {_rows(matrix.rows)} \end{{bmatrix}}",
    Cases: lambda cases: rf"\begin{{cases}} {_rows(cases.rows)} \end{{cases}}",
    Labelled: lambda labelled: latex(labelled.body),
    Coloured: lambda coloured: latex(coloured.body),
    Struck: lambda struck: rf"\cancel{{{latex(struck.body)}}}",
    Lines: lambda lines: rf"\begin{{aligned}} {_rows(lines.rows)} \end{{aligned}}",
    Blank: lambda blank: rf"\blank{{{blank.width:g}}}",
}
