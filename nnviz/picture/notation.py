"""The course's notation as functions that put formulas together: Θ_ji⁽ˡ⁾, δ⁽ˡ⁾, sums, fractions, matrices.

Superscripts count layers as the course does: ``theta(3, 2, 1)`` is Θ₂₁⁽³⁾, which leads from unit 1 of layer 3 to unit
2 of layer 4. An index is a number or a letter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from nnviz.picture.markup import (
    Blank,
    Cases,
    Coloured,
    Fraction,
    Group,
    Index,
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
from nnviz.picture.palette import Role


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


def blank(width: float = 4.0) -> Blank:
    """An empty box to write a number in, *width* em wide."""
    return Blank(width)


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
