"""The small language of live values and tasks: ``a(3, 2)``, ``s(2) + 1``, ``J < 0.1 and known("delta", 3)``.

It reads names from a table and knows arithmetic, comparisons, ``and``, ``or`` and ``not``; nothing else can be said.
"""

import math
import operator
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any, NamedTuple

Value = float | int | str | bool | None
"""None: there is no such number at the moment."""
Reader = Callable[..., Value]

LONGEST, DEEPEST = 500, 20
_TOKEN = re.compile(
    r"\s*(?:([0-9]+\.?[0-9]*(?:[eE][-+]?[0-9]+)?)|([^\W\d]\w*)|(\"[^\"]*\")|(<=|>=|!=|≤|≥|≠|−|[-+*/()<>=,]))"
)
_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    "≤": operator.le,
    ">=": operator.ge,
    "≥": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
    "≠": operator.ne,
}
_SUMS: Mapping[str, Callable[[Any, Any], Any]] = {"+": operator.add, "-": operator.sub, "−": operator.sub}
_PRODUCTS: Mapping[str, Callable[[Any, Any], Any]] = {"*": operator.mul, "/": operator.truediv}
_MINUS = ("-", "−")


class Signature(NamedTuple):
    """A name that can be read: *reader* gets the subject and as many arguments as *least* … *most* say.

    *words* has the place, from 0, of each argument that is a word, and the words that are known there; all others are
    numbers. *says* has the words that the reader can give, where they are known beforehand.
    """

    reader: Reader
    least: int = 0
    most: int = 0
    words: Mapping[int, Collection[str]] = {}
    says: Collection[str] = ()


Names = Mapping[str, Signature]


class Node:
    """A part of an expression."""

    def value(self, subject: Any) -> Value:
        """What it is worth for *subject*; None where a number it needs is not there."""
        raise NotImplementedError


@dataclass(frozen=True)
class Constant(Node):
    """A number, or a text in quotes."""

    constant: float | int | str

    def value(self, subject: Any) -> Value:
        return self.constant


@dataclass(frozen=True)
class Read(Node):
    """What a name says of the subject."""

    name: str
    signature: Signature
    arguments: tuple[Node, ...]

    def value(self, subject: Any) -> Value:
        arguments = [argument.value(subject) for argument in self.arguments]
        try:
            return None if None in arguments else self.signature.reader(subject, *arguments)
        except (LookupError, TypeError, ValueError, OverflowError):
            return None  # a unit or a layer that this network does not have


@dataclass(frozen=True)
class Both(Node):
    """Two numbers and what is made of them; a missing side, or one that is no number, makes it missing."""

    operation: Callable[[Any, Any], Any]
    left: Node
    right: Node

    def value(self, subject: Any) -> Value:
        left, right = self.left.value(subject), self.right.value(subject)
        if not isinstance(left, Real) or not isinstance(right, Real):
            return None  # "a" * 1000000000 is a text that nobody has the room for
        try:
            found: float = self.operation(left, right)
            return found if math.isfinite(found) else None
        except (ZeroDivisionError, OverflowError):
            return None


@dataclass(frozen=True)
class Compared(Node):
    """Whether two sides compare so; a missing side makes it missing, and so does a text that is not like a number."""

    operation: Callable[[Any, Any], Any]
    left: Node
    right: Node

    def value(self, subject: Any) -> Value:
        left, right = self.left.value(subject), self.right.value(subject)
        if left is None or right is None:
            return None
        try:
            return bool(self.operation(left, right))  # numpy's own kind of true is no True
        except TypeError:
            return None


@dataclass(frozen=True)
class Logic(Node):
    """``and`` and ``or``; what is missing counts as false."""

    every: bool
    parts: tuple[Node, ...]

    def value(self, subject: Any) -> Value:
        found = (bool(part.value(subject)) for part in self.parts)
        return all(found) if self.every else any(found)


@dataclass(frozen=True)
class Not(Node):
    """``not``."""

    part: Node

    def value(self, subject: Any) -> Value:
        return not self.part.value(subject)


def parsed(text: str, names: Names) -> Node:
    """The expression that *text* writes with these *names*. Raises ValueError that says what is wrong with it."""
    if len(text) > LONGEST:
        raise ValueError(f"The expression has {len(text)} letters; expected {LONGEST} at the most.")
    parser = _Parser(_tokens(text), names)
    node = parser.either()
    if parser.next is not None:
        raise ValueError(f"{text!r}: nothing is expected before {parser.next!r}.")
    return node


def _tokens(text: str) -> list[str]:
    found, place = [], 0
    while text[place:].strip():
        match = _TOKEN.match(text, place)
        if match is None:
            raise ValueError(f"{text!r}: {text[place:].strip()[0]!r} means nothing here.")
        found.append(match.group().strip())
        place = match.end()
    if not found:
        raise ValueError("The expression is empty.")
    return found


class _Parser:
    """Goes through the tokens once; each method reads what binds more tightly than the one before it."""

    def __init__(self, tokens: list[str], names: Names) -> None:
        self._tokens, self._place, self._names, self._depth = tokens, 0, names, 0

    @property
    def next(self) -> str | None:
        """The token to come."""
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def either(self) -> Node:
        """``or``."""
        return self._joined("or", lambda: self._joined("and", self._comparison, every=True), every=False)

    def _joined(self, word: str, part: Callable[[], Node], *, every: bool) -> Node:
        parts = [part()]
        while self._took(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Logic(every, tuple(parts))

    def _comparison(self) -> Node:
        if self._took("not"):
            return self._deeper(lambda: Not(self._comparison()))
        left = self._sum()
        if self.next in _COMPARISONS:
            sign = self._take()
            right = self._sum()
            _check_said(left, right)
            _check_said(right, left)
            return Compared(_COMPARISONS[sign], left, right)
        return left

    def _sum(self) -> Node:
        return self._chain(_SUMS, lambda: self._chain(_PRODUCTS, self._signed))

    def _chain(self, signs: Mapping[str, Callable[[Any, Any], Any]], part: Callable[[], Node]) -> Node:
        node = part()
        while self.next in signs:
            node = Both(signs[self._take()], node, part())
        return node

    def _signed(self) -> Node:
        if self.next in _MINUS:
            self._take()
            return self._deeper(lambda: Both(operator.mul, Constant(-1), self._signed()))
        return self._deeper(self._one)

    def _deeper(self, part: Callable[[], Node]) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValueError(f"The expression is nested more than {DEEPEST} times.")
        node = part()
        self._depth -= 1
        return node

    def _one(self) -> Node:
        token = self._take()
        if token == "(":
            node = self.either()
            self._expect(")")
            return node
        if token[0] == '"':
            return Constant(token[1:-1])
        if token[0] in "0123456789":
            return Constant(_number(token))
        if token[0].isalpha():
            return self._read(token)
        raise ValueError(f"{token!r} stands where a number or a name is expected.")

    def _read(self, name: str) -> Node:
        if name not in self._names:
            raise ValueError(f"{name!r} is not known; expected one of {', '.join(sorted(self._names))}.")
        arguments = []
        if self._took("("):
            arguments.append(self._sum())
            while self._took(","):
                arguments.append(self._sum())
            self._expect(")")
        signature = self._names[name]
        least, most = signature.least, signature.most
        if not least <= len(arguments) <= most:
            expected = str(least) if least == most else f"{least} to {most}"
            things = "numbers or words" if signature.words else "numbers"
            raise ValueError(f"{name} has {len(arguments)} {things} in brackets; expected {expected}.")
        for place, argument in enumerate(arguments):
            if isinstance(argument, Constant):
                _check_argument(name, argument.constant, signature.words.get(place))
        return Read(name, signature, tuple(arguments))

    def _take(self) -> str:
        if self.next is None:
            raise ValueError("The expression ends where a number or a name is expected.")
        self._place += 1
        return self._tokens[self._place - 1]

    def _took(self, token: str) -> bool:
        if self.next != token:
            return False
        self._place += 1
        return True

    def _expect(self, token: str) -> None:
        if not self._took(token):
            raise ValueError(f"{token!r} is missing before {self.next or 'the end'!r}.")


def _check_argument(name: str, given: float | str, words: Collection[str] | None) -> None:
    """A word that nothing knows would never be true, and nobody would see why: *words* are known, or None is."""
    if words is None and isinstance(given, str):
        raise ValueError(f'{name} has "{given}" in brackets where a number is expected.')
    if words is not None and given not in words:
        raise ValueError(f"{name} has {_written(given)} in brackets; expected one of {_quoted(words)}.")


def _check_said(read: Node, other: Node) -> None:
    """A name is compared with one of the words that it can be, if these are known."""
    if isinstance(read, Read) and isinstance(other, Constant):
        words = read.signature.says
        if words and other.constant not in words:
            raise ValueError(f"{read.name} is never {_written(other.constant)}; it is one of {_quoted(words)}.")


def _written(constant: float | str) -> str:
    return f'"{constant}"' if isinstance(constant, str) else str(constant)


def _quoted(words: Collection[str]) -> str:
    return ", ".join(map(_written, words))


def _number(token: str) -> float | int:
    value = float(token)
    if not math.isfinite(value):
        raise ValueError(f"{token} is too large.")
    return value if {".", "e", "E"} & set(token) else int(token)
