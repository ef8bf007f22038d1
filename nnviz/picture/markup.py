"""Formulas as immutable values, which know their Typst source and their one-line Unicode text.

Pieces are put together with the functions at the end (`theta`, `fraction`, `row`, …); nobody else
writes Typst. Superscripts count layers as the course does: ``theta(3, 2, 1)`` is Θ₂₁⁽³⁾, which leads
from unit 1 of layer 3 to unit 2 of layer 4. An index is a number or a letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Literal, get_args
from urllib.parse import quote

Role = Literal[
    "text",
    "muted",
    "accent",
    "theta_positive",
    "theta_negative",
    "positive",
    "negative",
    "activation",
    "delta",
    "accumulator",
    "forward",
    "backward",
]
"""What a piece stands for; the palette gives each role its colour."""

ROLES: tuple[Role, ...] = get_args(Role)

Index = int | str
"""An index of a layer, unit or example: 3, "k", "l+1"."""

# Wrapped lines and formulas without anything tall share this line box, in em above and below the
# baseline: it keeps the baseline in place while the formula changes.
ASCENT_EM = 1.1
DESCENT_EM = 0.4
MARGIN_PT = 2
LABEL_SCHEME = "label:"
BASELINE_MARK = "baseline:"

_OPERATORS = {
    "=": "=",
    ":=": "colon.eq",
    "≈": "approx",
    "≤": "lt.eq",
    "≥": "gt.eq",
    "→": "arrow.r",
    "∈": "in",
    "+": "plus",
    "−": "minus",
    "±": "plus.minus",
    "×": "times",
    "·": "dot.op",
    "⊙": "dot.o",
    ".*": 'class("binary", ".*")',
    "/": "slash",
    ",": "comma",
    "…": "dots.h.c",
}
_SIGNS = ("+", "−")
_TIGHT = {"/": "/", ",": ", "}
_SCRIPT_SIGNS = {
    "+": "plus",
    "−": "minus",
    "-": "minus",
    "=": "=",
    "(": "paren.l",
    ")": "paren.r",
    ",": "comma",
    "′": "prime",
    "ᵀ": "upright(T)",
    " ": "",
}
_RAISED = str.maketrans(
    "0123456789+−-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
)
_LOWERED = str.maketrans("0123456789+−-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")


@dataclass(slots=True)
class Writer:
    """What a document needs besides its formulas: the roles in use; labels are counted to be told apart."""

    roles: set[str] = field(default_factory=lambda: {"text"})
    labels: int = 0


class Piece:
    """A part of a formula."""

    def _typst(self, writer: Writer) -> str:
        """Source in Typst's mathematics mode; tells *writer* what it uses."""
        raise NotImplementedError

    def _plain(self) -> str:
        """One line of Unicode."""
        raise NotImplementedError

    @property
    def _tall(self) -> bool:
        """Whether brackets around it must grow."""
        return False


@dataclass(frozen=True, slots=True)
class Symbol(Piece):
    """A letter, or a name such as log, with what stands below and above it, in one colour."""

    name: str
    role: Role = "text"
    sub: str = ""
    sup: str = ""
    bold: bool = False

    def _typst(self, writer: Writer) -> str:
        # A single mark is drawn as mathematics (italic), a longer name upright, as log and max are.
        source = self.name if self._is_letter() else f"op({_string(self.name)})"
        if self.bold:
            source = f"bold({source})"
        return _ink(self.role, _attached(source, self.sub, self.sup), writer)

    def _plain(self) -> str:
        return f"{self.name}{_lowered(self.sub)}{_raised(self.sup)}"

    def _is_letter(self) -> bool:
        return len(self.name) == 1 and self.name.isalpha()


@dataclass(frozen=True, slots=True)
class Number(Piece):
    """A number as it is to be read, already rounded; its sign belongs to it."""

    text: str
    role: Role = "text"
    bold: bool = False

    def _typst(self, writer: Writer) -> str:
        source = f"num({_string(self.text)})"
        return _ink(self.role, f"bold({source})" if self.bold else source, writer)

    def _plain(self) -> str:
        return self.text

    @property
    def negative(self) -> bool:
        """Whether it has a minus before it."""
        return self.text.startswith("−")


@dataclass(frozen=True, slots=True)
class Words(Piece):
    """Upright words inside a formula, such as "if"."""

    text: str
    role: Role = "text"

    def _typst(self, writer: Writer) -> str:
        return _ink(self.role, _string(self.text), writer)

    def _plain(self) -> str:
        return " ".join(self.text.split())


@dataclass(frozen=True, slots=True)
class Operator(Piece):
    """A relation or an operation between two pieces, or a sign before one."""

    symbol: str
    role: Role = "text"

    def __post_init__(self) -> None:
        if self.symbol not in _OPERATORS:
            raise ValueError(f"operator {self.symbol!r} is not one of {' '.join(_OPERATORS)}")

    def _typst(self, writer: Writer) -> str:
        return _ink(self.role, _OPERATORS[self.symbol], writer)

    def _plain(self) -> str:
        return _TIGHT.get(self.symbol, f" {self.symbol} ")


@dataclass(frozen=True, slots=True)
class Row(Piece):
    """Pieces one after the other; *kept* ones never part at the end of a line."""

    pieces: tuple[Piece, ...]
    kept: bool = False

    def _typst(self, writer: Writer) -> str:
        source = " ".join(piece._typst(writer) for piece in self.pieces)
        return f"kept({source})" if self.kept else source

    def _plain(self) -> str:
        text = ""
        after_operator = True  # a + or − at the very start is a sign, too
        for piece in self.pieces:
            if after_operator and isinstance(piece, Operator) and piece.symbol in _SIGNS:
                text += piece.symbol
                continue
            part = piece._plain()
            text += f" {part}" if _needs_space(text, part) else part
            after_operator = isinstance(piece, Operator)
        return re.sub(" +", " ", text).strip()

    @property
    def _tall(self) -> bool:
        return any(piece._tall for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Group(Piece):
    """A piece in brackets."""

    body: Piece
    brackets: Literal["()", "[]"] = "()"

    def _typst(self, writer: Writer) -> str:
        left, right = ("paren.l", "paren.r") if self.brackets == "()" else ("bracket.l", "bracket.r")
        source = f"{left} {self.body._typst(writer)} {right}"
        if self.body._tall:
            return f"lr({source})"
        # (1 − a) stays together; a long sum may part inside its brackets.
        short = not isinstance(self.body, Row) or len(self.body.pieces) <= 3
        return f"kept({source})" if short else source

    def _plain(self) -> str:
        return f"{self.brackets[0]}{self.body._plain()}{self.brackets[1]}"

    @property
    def _tall(self) -> bool:
        return self.body._tall


@dataclass(frozen=True, slots=True)
class Raised(Piece):
    """Any piece with something above its end: a square, a transpose, a prime."""

    base: Piece
    sup: str

    def _typst(self, writer: Writer) -> str:
        return _attached(self.base._typst(writer), "", self.sup)

    def _plain(self) -> str:
        return self.base._plain() + _raised(self.sup)

    @property
    def _tall(self) -> bool:
        return self.base._tall


@dataclass(frozen=True, slots=True)
class Fraction(Piece):
    """One piece over another."""

    top: Piece
    bottom: Piece

    def _typst(self, writer: Writer) -> str:
        return f"frac({self.top._typst(writer)}, {self.bottom._typst(writer)})"

    def _plain(self) -> str:
        return f"{_atom(self.top)}/{_atom(self.bottom)}"

    @property
    def _tall(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Sum(Piece):
    """Σ over an index, from *below* to *above*."""

    below: str
    above: str
    body: Piece
    role: Role = "text"

    def _typst(self, writer: Writer) -> str:
        sign = _ink(self.role, _attached("sum", self.below, self.above), writer)
        return f"{sign} {self.body._typst(writer)}"

    def _plain(self) -> str:
        return f"Σ{_lowered(self.below)}{_raised(self.above)} {self.body._plain()}"

    @property
    def _tall(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Matrix(Piece):
    """Rows of pieces in square brackets; a vector is a matrix of one column."""

    rows: tuple[tuple[Piece, ...], ...]

    def __post_init__(self) -> None:
        if not self.rows or not self.rows[0] or len({len(row) for row in self.rows}) != 1:
            raise ValueError(f"a matrix needs rows of one length, found {[len(row) for row in self.rows]}")

    def _typst(self, writer: Writer) -> str:
        rows = "; ".join(", ".join(cell._typst(writer) for cell in row) for row in self.rows)
        return f'mat(delim: "[", align: #right, {rows})'

    def _plain(self) -> str:
        return f"[{'; '.join(' '.join(cell._plain() for cell in row) for row in self.rows)}]"

    @property
    def _tall(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Cases(Piece):
    """Alternatives, each with its condition."""

    rows: tuple[tuple[Piece, Piece], ...]

    def _typst(self, writer: Writer) -> str:
        rows = ", ".join(f"{value._typst(writer)} & {when._typst(writer)}" for value, when in self.rows)
        return f"cases({rows})"

    def _plain(self) -> str:
        return f"{{ {'; '.join(f'{value._plain()} {when._plain()}' for value, when in self.rows)} }}"

    @property
    def _tall(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Labelled(Piece):
    """A piece whose place on the page can be asked for by its key; it stays on one line."""

    key: str
    body: Piece

    def _typst(self, writer: Writer) -> str:
        writer.labels += 1
        link = f"{LABEL_SCHEME}{writer.labels}:{quote(self.key, safe='')}"
        return f'labelled("{link}", {self.body._typst(writer)})'

    def _plain(self) -> str:
        return self.body._plain()

    @property
    def _tall(self) -> bool:
        return self.body._tall


@dataclass(frozen=True, slots=True)
class Coloured(Piece):
    """A piece whose parts of role "text" take another role."""

    role: Role
    body: Piece

    def _typst(self, writer: Writer) -> str:
        return _ink(self.role, self.body._typst(writer), writer)

    def _plain(self) -> str:
        return self.body._plain()

    @property
    def _tall(self) -> bool:
        return self.body._tall


@dataclass(frozen=True, slots=True)
class Struck(Piece):
    """A piece crossed out: known, and not used."""

    body: Piece

    def _typst(self, writer: Writer) -> str:
        return f"cancel({self.body._typst(writer)})"

    def _plain(self) -> str:
        return f"[not used: {self.body._plain()}]"

    @property
    def _tall(self) -> bool:
        return self.body._tall


@dataclass(frozen=True, slots=True)
class Lines(Piece):
    """Formulas below each other, the second part of each standing below that of the first.

    Only as a whole formula, not inside another piece.
    """

    rows: tuple[tuple[Piece, Piece], ...]

    def _typst(self, writer: Writer) -> str:
        first, *rest = (f"{left._typst(writer)} & {right._typst(writer)}" for left, right in self.rows)
        # The mark follows the first row: before it, a leading minus would no longer be a sign.
        return " \\ ".join([f"{first} #mark", *rest])

    def _plain(self) -> str:
        return "; ".join(Row(pair)._plain() for pair in self.rows)


Formula = Piece


def plain(formula: Formula) -> str:
    """The formula as one line of Unicode: ``δ₂⁽³⁾ = …``."""
    return formula._plain()


def labels(formula: Formula) -> tuple[str, ...]:
    """The keys of the labelled pieces, each once, in reading order."""
    return tuple(dict.fromkeys(piece.key for piece in _pieces(formula) if isinstance(piece, Labelled)))


def wraps(formula: Formula) -> bool:
    """Whether the formula can be broken into lines: not with a matrix or cases in it."""
    return not any(isinstance(piece, Matrix | Cases) for piece in _pieces(formula))


def typst_source(*formulas: Formula, colours: Mapping[str, str], size_pt: float, width_pt: float | None = None) -> str:
    """A Typst document: a page for each formula, as large as it, or *width_pt* wide and wrapped.

    *colours* gives "#rrggbb" by role. Raises ValueError naming a role that it does not have.
    """
    writer = Writer()
    pages = [_page(formula, writer, width_pt) for formula in formulas]
    return _preamble(writer.roles, colours, size_pt) + "#pagebreak()\n".join(pages)


def _pieces(part: object) -> Iterator[Piece]:
    """A piece and all pieces within it, in reading order."""
    if isinstance(part, tuple):
        for item in part:
            yield from _pieces(item)
    elif isinstance(part, Piece):
        yield part
        for one in fields(part):  # type: ignore[arg-type]  # every Piece is a dataclass
            yield from _pieces(getattr(part, one.name))


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
    for role in sorted(roles):
        if not re.fullmatch("#[0-9a-fA-F]{6}", colours.get(role, "")):
            raise ValueError(f'colours[{role!r}] must be "#rrggbb", found {colours.get(role)!r}')
    line_box = f"top-edge: {ASCENT_EM}em, bottom-edge: -{DESCENT_EM}em"
    mark_box = f"width: 0pt, height: {ASCENT_EM + DESCENT_EM:g}em, baseline: {DESCENT_EM}em"
    inks = (f'{_ink_name(role)}(body) = text(fill: rgb("{colours[role]}"), body)' for role in sorted(roles))
    return f"""\
#set text(size: {size_pt:g}pt, fill: rgb("{colours["text"]}"), {line_box})
#set par(leading: 0pt, spacing: 0.2em, hanging-indent: 2em, linebreaks: "simple")
#let kept(body) = math.class("normal", body)
#let num(body) = math.class("normal", text(body))
#let labelled(key, body) = link(key, kept(body))
#let mark = link("{BASELINE_MARK}", box({mark_box}))
""" + "".join(f"#let {ink}\n" for ink in inks)


def _ink_name(role: str) -> str:
    return "ink" + role.replace("_", "")  # Typst's mathematics takes no _ in a name


def _ink(role: Role, source: str, writer: Writer) -> str:
    if role == "text":
        return source
    writer.roles.add(role)
    return f"{_ink_name(role)}({source})"


def _string(text: str) -> str:
    """A Typst string literal; control characters become spaces."""
    text = "".join(mark if mark.isprintable() else " " for mark in text)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _script(text: str) -> str:
    """An index as mathematics: digits together, letters apart."""
    marks = re.findall(r"\d+|.", text)
    return " ".join(_script_mark(mark) for mark in marks)


def _script_mark(mark: str) -> str:
    if mark in _SCRIPT_SIGNS:
        return _SCRIPT_SIGNS[mark]
    return mark if mark.isalnum() else _string(mark)


def _attached(base: str, sub: str, sup: str) -> str:
    scripts = (f", t: {_script(sup)}" if sup else "") + (f", b: {_script(sub)}" if sub else "")
    return f"attach({base}{scripts})" if scripts else base


def _raised(text: str) -> str:
    if text == "′":
        return text
    raised = text.translate(_RAISED)
    return raised if _all_changed(text, raised) else f"^{_bracketed(text)}"


def _lowered(text: str) -> str:
    lowered = text.translate(_LOWERED)
    return lowered if _all_changed(text, lowered) else f"_{_bracketed(text)}"


def _all_changed(text: str, changed: str) -> bool:
    return all(old != new or old == "ᵀ" for old, new in zip(text, changed, strict=True))


def _bracketed(text: str) -> str:
    return text if len(text) == 1 or (text[0] == "(" and text[-1] == ")") else f"({text})"


def _needs_space(left: str, right: str) -> bool:
    """Whether two neighbours need a space: Θ₁₂ δ₁, log h, but (a)(b), g(z), −x, 3, 4."""
    return bool(left) and not (left.endswith((" ", "(", "[", "/", *_SIGNS)) or right.startswith((" ", "(", ",", "/")))


def _atom(piece: Piece) -> str:
    text = piece._plain()
    return text if re.fullmatch(r"[^\s/]+|[(\[][^()\[\]]*[)\]]", text) else f"({text})"


# Building formulas


def row(*pieces: Piece) -> Row:
    """Pieces one after the other."""
    return Row(pieces)


def kept(*pieces: Piece) -> Row:
    """Pieces one after the other that stay on one line."""
    return Row(pieces, kept=True)


def lines(*rows: tuple[Piece, Piece]) -> Lines:
    """Formulas below each other, aligned where the second part of each begins."""
    return Lines(rows)


def number(text: str, role: Role = "text", *, bold: bool = False) -> Number:
    """A number as it is to be read; a hyphen before it, or before its exponent, becomes a minus."""
    return Number(text.replace("-", "−"), role, bold)


def words(text: str, role: Role = "text") -> Words:
    """Upright words."""
    return Words(text, role)


def symbol(name: str, role: Role = "text", *, sub: Index = "", sup: Index = "", bold: bool = False) -> Symbol:
    """A letter or a name such as log, with what stands below and above it."""
    return Symbol(name, role, str(sub), str(sup), bold)


def theta(layer: Index, to: Index | None = None, source: Index | None = None, role: Role = "text") -> Symbol:
    """Θ⁽ˡ⁾, or Θⱼᵢ⁽ˡ⁾ of the link to unit *to* of layer l + 1 from unit *source* of layer l."""
    return symbol("Θ", role, sub=_pair(to, source), sup=f"({layer})")


def a(layer: Index, unit: Index | None = None, role: Role = "activation") -> Symbol:
    """aᵢ⁽ˡ⁾, or the vector a⁽ˡ⁾."""
    return symbol("a", role, sub=_pair(unit), sup=f"({layer})")


def z(layer: Index, unit: Index | None = None, role: Role = "text") -> Symbol:
    """zⱼ⁽ˡ⁾, or the vector z⁽ˡ⁾."""
    return symbol("z", role, sub=_pair(unit), sup=f"({layer})")


def delta(layer: Index, unit: Index | None = None, role: Role = "delta") -> Symbol:
    """δⱼ⁽ˡ⁾, or the vector δ⁽ˡ⁾."""
    return symbol("δ", role, sub=_pair(unit), sup=f"({layer})")


def accumulator(
    layer: Index, to: Index | None = None, source: Index | None = None, role: Role = "accumulator"
) -> Symbol:
    """Δ⁽ˡ⁾ or Δⱼᵢ⁽ˡ⁾, the sum over examples."""
    return symbol("Δ", role, sub=_pair(to, source), sup=f"({layer})")


def gradient(layer: Index, to: Index | None = None, source: Index | None = None, role: Role = "accumulator") -> Symbol:
    """D⁽ˡ⁾ or Dⱼᵢ⁽ˡ⁾, the derivative of J."""
    return symbol("D", role, sub=_pair(to, source), sup=f"({layer})")


def x(unit: Index | None = None, example: Index | None = None, role: Role = "activation") -> Symbol:
    """xᵢ⁽ᵉ⁾, the input; an example is counted in brackets above, as the course does."""
    return symbol("x", role, sub=_pair(unit), sup="" if example is None else f"({example})")


def y(unit: Index | None = None, example: Index | None = None, role: Role = "text") -> Symbol:
    """yₖ⁽ᵉ⁾, the target."""
    return symbol("y", role, sub=_pair(unit), sup="" if example is None else f"({example})")


def h(unit: Index | None = None, role: Role = "activation") -> Symbol:
    """hₖ, the output of the network: that of unit k, or the vector."""
    return symbol("h", role, sub=_pair(unit))


def g(argument: Piece) -> Row:
    """g(…), the activation."""
    return row(symbol("g"), group(argument))


def g_prime(argument: Piece) -> Row:
    """g′(…), its slope."""
    return row(symbol("g", sup="′"), group(argument))


def log(argument: Piece) -> Row:
    """log(…), the natural logarithm."""
    return row(symbol("log"), group(argument))


def cost() -> Symbol:
    """J."""
    return symbol("J")


def decay_factor() -> Row:
    """λ/m on the line."""
    return kept(symbol("λ"), operator("/"), symbol("m"))


def operator(sign: str, role: Role = "text") -> Operator:
    """One of = := ≈ ≤ ≥ → ∈ + − ± × · ⊙ .* / , …; anything else is a ValueError."""
    return Operator(sign, role)


def equals() -> Operator:
    """=."""
    return Operator("=")


def fraction(top: Piece, bottom: Piece) -> Fraction:
    """*top* over *bottom*."""
    return Fraction(top, bottom)


def sum_over(below: Index, body: Piece, *, above: Index = "", role: Role = "text") -> Sum:
    """Σ over "k", or from "k=1" to *above*."""
    return Sum(str(below), str(above), body, role)


def product(*factors: Piece, sign: str = "×") -> Row:
    """Factors with × between them, on one line; a negative number after the first is bracketed."""
    return Row(_joined(sign, factors), kept=True)


def added(*terms: Piece) -> Row:
    """Terms with + between them, where the line may part; a term after the first that begins with a
    negative number has that number bracketed."""
    return Row(_joined("+", terms))


def transpose(piece: Piece) -> Raised:
    """pieceᵀ, in brackets where it has scripts of its own."""
    bare = isinstance(piece, Group | Matrix) or (isinstance(piece, Symbol) and not piece.sup)
    return Raised(piece if bare else group(piece), "ᵀ")


def squared(piece: Piece) -> Raised:
    """piece², in brackets where it has a superscript of its own."""
    bare = isinstance(piece, Group) or (isinstance(piece, Symbol) and not piece.sup)
    return Raised(piece if bare else group(piece), "2")


def group(*pieces: Piece) -> Group:
    """Pieces in round brackets."""
    return Group(pieces[0] if len(pieces) == 1 else Row(pieces))


def size(rows: int, columns: int, role: Role = "muted") -> Coloured:
    """[rows × columns], the dimensions of a matrix."""
    inside = kept(number(str(rows)), operator("×"), number(str(columns)))
    return Coloured(role, Group(inside, "[]"))


def matrix(rows: Iterable[Sequence[Piece]]) -> Matrix:
    """Rows of pieces in square brackets. Raises ValueError if the rows differ in length."""
    return Matrix(tuple(tuple(cells) for cells in rows))


def vector(pieces: Iterable[Piece]) -> Matrix:
    """A matrix of one column."""
    return Matrix(tuple((piece,) for piece in pieces))


def cases(*rows: tuple[Piece, Piece]) -> Cases:
    """Alternatives, each with its condition."""
    return Cases(rows)


def labelled(key: str, *pieces: Piece) -> Labelled:
    """Pieces on one line whose place can be asked for by *key*."""
    return Labelled(key, pieces[0] if len(pieces) == 1 else Row(pieces))


def coloured(role: Role, *pieces: Piece) -> Coloured:
    """Pieces in the colour of *role* where they have none of their own."""
    return Coloured(role, Row(pieces))


def struck(piece: Piece) -> Struck:
    """A piece crossed out: known, and not used."""
    return Struck(piece)


def _pair(first: Index | None, second: Index | None = None) -> str:
    """Indices side by side, with a comma between them if either has more than one mark."""
    indices = [str(index) for index in (first, second) if index is not None]
    return ("" if all(len(index) == 1 for index in indices) else ",").join(indices)


def _joined(sign: str, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    if not pieces:
        raise ValueError(f"nothing to put {sign} between")
    first, *others = pieces
    return (first, *(part for piece in others for part in (Operator(sign), _guarded(piece))))


def _guarded(piece: Piece) -> Piece:
    """The piece with brackets round a negative number that it begins with: 2 + (−1) × 3."""
    match piece:
        case Number(negative=True):
            return Group(piece)
        case Labelled(body=body) | Coloured(body=body):
            return replace(piece, body=_guarded(body))
        case Row(pieces=(first, *others)):
            return replace(piece, pieces=(_guarded(first), *others))
    return piece
