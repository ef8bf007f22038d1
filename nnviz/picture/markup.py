"""Formulas as immutable values, which know their Typst source and their one-line Unicode text.

Pieces are put together with the functions of `notation`; `document` makes a Typst source of them. Nobody else writes
Typst.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote

from nnviz.picture.palette import Role
from nnviz.picture.scripts import OPERATORS, SIGNS, TIGHT, attached, lowered, raised, string

Index = int | str
"""An index of a layer, unit or example: 3, "k", "l+1"."""

# Wrapped lines and formulas without anything tall share this line box, in em above and below the
# baseline: it keeps the baseline in place while the formula changes.
ASCENT_EM = 1.1
DESCENT_EM = 0.4
MARGIN_PT = 2
LABEL_SCHEME = "label:"
BASELINE_MARK = "baseline:"


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
        source = self.name if self._is_letter() else f"op({string(self.name)})"
        if self.bold:
            source = f"bold({source})"
        return _ink(self.role, attached(source, self.sub, self.sup), writer)

    def _plain(self) -> str:
        return f"{self.name}{lowered(self.sub)}{raised(self.sup)}"

    def _is_letter(self) -> bool:
        return len(self.name) == 1 and self.name.isalpha()


@dataclass(frozen=True, slots=True)
class Number(Piece):
    """A number as it is to be read, already rounded; its sign belongs to it."""

    text: str
    role: Role = "text"
    bold: bool = False

    def _typst(self, writer: Writer) -> str:
        source = f"num({string(self.text)})"
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
        return _ink(self.role, string(self.text), writer)

    def _plain(self) -> str:
        return " ".join(self.text.split())


@dataclass(frozen=True, slots=True)
class Operator(Piece):
    """A relation or an operation between two pieces, or a sign before one."""

    symbol: str
    role: Role = "text"

    def __post_init__(self) -> None:
        if self.symbol not in OPERATORS:
            raise ValueError(f"operator {self.symbol!r} is not one of {' '.join(OPERATORS)}")

    def _typst(self, writer: Writer) -> str:
        return _ink(self.role, OPERATORS[self.symbol], writer)

    def _plain(self) -> str:
        return TIGHT.get(self.symbol, f" {self.symbol} ")


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
            if after_operator and isinstance(piece, Operator) and piece.symbol in SIGNS:
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
        return attached(self.base._typst(writer), "", self.sup)

    def _plain(self) -> str:
        return self.base._plain() + raised(self.sup)

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
        sign = _ink(self.role, attached("sum", self.below, self.above), writer)
        return f"{sign} {self.body._typst(writer)}"

    def _plain(self) -> str:
        return f"Σ{lowered(self.below)}{raised(self.above)} {self.body._plain()}"

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


@dataclass(frozen=True, slots=True)
class Blank(Piece):
    """An empty box to write a number in, *width* em wide."""

    width: float = 4.0

    def _typst(self, writer: Writer) -> str:
        writer.roles.add("muted")
        box = f"box(width: {self.width:g}em, height: 1.65em, stroke: 0.5pt)"
        return f"{ink_name('muted')}(#box(inset: (x: 0.08em), baseline: 0.55em, {box}))"

    def _plain(self) -> str:
        return "____"


Formula = Piece


def plain(formula: Formula) -> str:
    """The formula as one line of Unicode: ``δ₂⁽³⁾ = …``."""
    return formula._plain()


def ink_name(role: str) -> str:
    return "ink" + role.replace("_", "")  # Typst's mathematics takes no _ in a name


def _ink(role: Role, source: str, writer: Writer) -> str:
    if role == "text":
        return source
    writer.roles.add(role)
    return f"{ink_name(role)}({source})"


def _needs_space(left: str, right: str) -> bool:
    """Whether two neighbours need a space: Θ₁₂ δ₁, log h, but (a)(b), g(z), −x, 3, 4."""
    return bool(left) and not (left.endswith((" ", "(", "[", "/", *SIGNS)) or right.startswith((" ", "(", ",", "/")))


def _atom(piece: Piece) -> str:
    text = piece._plain()
    return text if re.fullmatch(r"[^\s/]+|[(\[][^()\[\]]*[)\]]", text) else f"({text})"
