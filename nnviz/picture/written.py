"""Formulas as a person writes them in a line of text, such as ``δ_j^(l) = sum(k; Θ_kj^(l) δ_k^(l+1)) × g′(z_j^(l))``.

A letter has indices behind _ and ^: ``Θ_kj^(l)``, ``z_{10}``, ``Θ^(2)^T``. There are ``frac(above; below)``,
``sum(from; what)`` and ``sum(from; to; what)``, brackets, numbers, signs and words in quotes.
"""

import re
from collections.abc import Callable

from nnviz.picture import notation as m
from nnviz.picture.markup import Formula, Piece, plain
from nnviz.picture.palette import Role
from nnviz.picture.scripts import OPERATORS

LONGEST, DEEPEST = 300, 10
ROLES: dict[str, Role] = {
    "a": "activation",
    "x": "activation",
    "h": "activation",
    "δ": "delta",
    "Δ": "accumulator",
    "D": "accumulator",
}
_TOKEN = re.compile(
    r"\s*(?:(?P<words>\"[^\"]*\")|(?P<number>\d+(?:\.\d+)?)|(?P<call>(?:frac|sum)\()|(?P<name>log|cost|max)"
    r"|(?P<letter>[^\W\d_]′?)(?P<scripts>(?:_(?:\{[^{}]*\}|[^\W_]+)|\^(?:\([^()]*\)|\{[^{}]*\}|[T\d]))*)"
    r"|(?P<sign>:=|\.\*|[-=≈≤≥→∈+−±×·⊙/,;()]))"
)
_SCRIPT = re.compile(r"(_|\^)(\{[^{}]*\}|\([^()]*\)|[^\W_]+)")


def formula(text: str) -> Formula:
    """The formula that *text* writes. Raises ValueError that says what is wrong with it."""
    if len(text) > LONGEST:
        raise ValueError(f"The formula has {len(text)} letters; expected {LONGEST} at the most.")
    pieces = _Reader(text).pieces(end="")
    if not pieces:
        raise ValueError("The formula is empty.")
    return m.row(*pieces)


class _Reader:
    """Goes through the text once."""

    def __init__(self, text: str) -> None:
        self._text, self._place, self._depth = text, 0, 0
        self._ended = ""

    def pieces(self, end: str) -> list[Piece]:
        """All up to a sign out of *end*, which is taken; "": to the end of the text."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValueError(f"The formula is nested more than {DEEPEST} times.")
        found: list[Piece] = []
        while (match := self._match()) is not None:
            sign = match["sign"]
            if sign and sign in end:
                self._ended = sign
                break
            found.append(self._piece(match))
        else:
            if end:
                raise ValueError(f"The formula ends where {' or '.join(end)} is missing.")
        self._depth -= 1
        return found

    def _match(self) -> re.Match[str] | None:
        """The next token, None at the end."""
        rest = self._text[self._place :].strip()
        if not rest:
            return None
        match = _TOKEN.match(self._text, self._place)
        if match is None:
            raise ValueError(f"{rest[0]!r} means nothing in a formula; words stand in quotes.")
        self._place = match.end()
        return match

    def _piece(self, match: re.Match[str]) -> Piece:
        if match["words"]:
            return m.words(match["words"][1:-1])
        if match["number"]:
            return m.number(match["number"])
        if match["name"]:
            return m.symbol(match["name"])
        if match["call"]:
            return _CALLS[match["call"][:-1]](self._arguments())
        if match["letter"]:
            return _letter(match["letter"], match["scripts"])
        return self._sign(match["sign"])

    def _sign(self, sign: str) -> Piece:
        if sign == "(":
            inside = self.pieces(end=")")
            if not inside:
                raise ValueError("There is nothing between two brackets.")
            return m.group(*inside)
        sign = "−" if sign == "-" else sign
        if sign not in OPERATORS:
            raise ValueError(f"{sign!r} stands where it means nothing.")
        return m.operator(sign)

    def _arguments(self) -> list[Piece]:
        found: list[Piece] = []
        while True:
            pieces = self.pieces(end=";)")
            if not pieces:
                raise ValueError(f"There is nothing before {self._ended!r}.")
            found.append(m.row(*pieces))
            if self._ended == ")":
                return found


def _letter(letter: str, scripts: str) -> Piece:
    below, above, transposed = "", "", False
    for kind, text in _SCRIPT.findall(scripts):
        inside = text[1:-1] if text[0] == "{" else text
        if (below if kind == "_" else above) and inside != "T":
            raise ValueError(f"{letter[0]} has two indices in one place; write them as one: _{{12}} or ^(l+1).")
        if kind == "_":
            below = inside
        elif inside == "T":
            transposed = True
        else:
            above = inside
    name, prime = letter[0], letter[1:]
    symbol = m.symbol(name, ROLES.get(name, "text"), sub=below, sup=prime + above)
    return m.transpose(symbol) if transposed else symbol


def _fraction(arguments: list[Piece]) -> Piece:
    if len(arguments) != 2:
        raise ValueError("frac has two parts: frac(above; below).")
    return m.fraction(*arguments)


def _sum(arguments: list[Piece]) -> Piece:
    if not 2 <= len(arguments) <= 3:
        raise ValueError("sum has two or three parts: sum(k=1; K; what is added).")
    below, *above, body = arguments
    limits = [plain(one).replace(" ", "") for one in (below, *above)]
    return m.sum_over(limits[0], body, above=limits[1] if above else "")


_CALLS: dict[str, Callable[[list[Piece]], Piece]] = {"frac": _fraction, "sum": _sum}
