"""Formulas as LaTeX, for Markdown and for papers of one's own; needs amsmath, and cancel for what is struck out.

Colours and labels are left out: they belong to the screen.
"""

import re

from nnviz.picture.markup import (
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

_LETTERS = {
    "Θ": r"\Theta",
    "θ": r"\theta",
    "Δ": r"\Delta",
    "δ": r"\delta",
    "α": r"\alpha",
    "ε": r"\varepsilon",
    "λ": r"\lambda",
    "Σ": r"\Sigma",
    "∂": r"\partial",
}
_NAMES = {"log": r"\log", "max": r"\max", "min": r"\min", "tanh": r"\tanh", "exp": r"\exp"}
_OPERATORS = {
    "=": "=",
    ":=": ":=",
    "≈": r"\approx",
    "≤": r"\le",
    "≥": r"\ge",
    "→": r"\to",
    "∈": r"\in",
    "+": "+",
    "−": "-",
    "±": r"\pm",
    "×": r"\times",
    "·": r"\cdot",
    "⊙": r"\odot",
    ".*": r"\mathbin{.*}",
    "/": "/",
    ",": ",",
    "…": r"\cdots",
}
_SCRIPTS = {"−": "-", "′": r"\prime", "ᵀ": r"\mathsf{T}", " ": r"\,", **_LETTERS}
_NUMBERS = {"…": r"\cdots", "–": r"\text{–}", "∞": r"\infty"}
_SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def latex(formula: Formula) -> str:
    """The formula in LaTeX's mathematics mode, on one line, without the dollars round it."""
    match formula:
        case Symbol():
            return _symbol(formula)
        case Number(text=text, bold=bold):
            return rf"\mathbf{{{_number(text)}}}" if bold else _number(text)
        case Words(text=text):
            return rf"\text{{{_text(text)}}}" if text else "{}"
        case Operator(symbol=sign):
            return _OPERATORS[sign]
        case Row(pieces=pieces):
            return " ".join(latex(piece) for piece in pieces)
        case Labelled(body=body) | Coloured(body=body):
            return latex(body)
        case Struck(body=body):
            return rf"\cancel{{{latex(body)}}}"
        case Raised(base=base, sup=sup):
            return rf"{{{latex(base)}}}^{{{_script(sup)}}}"
        case Fraction(top=top, bottom=bottom):
            return rf"\frac{{{latex(top)}}}{{{latex(bottom)}}}"
    return _large(formula)


def _large(formula: Formula) -> str:
    """Those that other pieces stand in, in rows or between brackets."""
    match formula:
        case Group(body=body, brackets=brackets):
            left, right = brackets
            if body._tall:
                left, right = rf"\left{left}", rf"\right{right}"
            return f"{left} {latex(body)} {right}"
        case Sum(below=below, above=above, body=body):
            return rf"\sum{_attached(below, above)} {latex(body)}"
        case Matrix(rows=rows):
            return _environment("bmatrix", rows)
        case Cases(rows=rows):
            return _environment("cases", rows)
        case Lines(rows=rows):
            return _environment("aligned", rows)
    raise TypeError(f"{type(formula).__name__} has no LaTeX")


def _environment(name: str, rows: tuple[tuple[Piece, ...], ...]) -> str:
    body = r" \\ ".join(" & ".join(latex(cell) for cell in cells) for cells in rows)
    return rf"\begin{{{name}}} {body} \end{{{name}}}"


def _symbol(symbol: Symbol) -> str:
    name = symbol.name
    base = _LETTERS.get(name) or _NAMES.get(name) or (name if len(name) == 1 else rf"\operatorname{{{_text(name)}}}")
    return (rf"\boldsymbol{{{base}}}" if symbol.bold else base) + _attached(symbol.sub, symbol.sup)


def _attached(sub: str, sup: str) -> str:
    return (f"_{{{_script(sub)}}}" if sub else "") + (f"^{{{_script(sup)}}}" if sup else "")


def _script(text: str) -> str:
    written = ""
    for mark in text:
        part = _SCRIPTS.get(mark, mark)
        written += f" {part}" if part[0].isalpha() and re.search(r"\\[a-z]+$", written, re.IGNORECASE) else part
    return written


def _number(text: str) -> str:
    """A minus as LaTeX has it; a power of ten upright, as on the screen: ``3.1\\mathrm{e}{-3}``."""
    if text in _NUMBERS:
        return _NUMBERS[text]
    number = text.replace("−", "-").replace("∞", r"\infty")
    return re.sub(r"e([+-]?\d+)$", r"\\mathrm{e}{\1}", number)


def _text(text: str) -> str:
    return re.sub(r"[\\~^]|[#$%&_{}]", lambda mark: _SPECIAL.get(mark[0], "\\" + mark[0]), text)
