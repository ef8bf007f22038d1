"""What is right and what is taken for what, in words; and the costs and the accuracy of each class."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.arrays import Array
from nnviz.picture.sentences import listed

Counts = NDArray[np.int64]
"""Examples by class: a row for what is true, a column for what the network says, shape (K, K); K = 2 for one output."""

MOST_MISTAKES = 4
"""So many kinds of mistakes are told, the most frequent ones."""
NO_BREAK = "\N{NO-BREAK SPACE}"


def accuracy(right: int, count: int) -> str:
    """``29 of 30 right · 96.7 %``."""
    return f"{right:,} of {count:,} right · {share(right, count)}"


def share(part: int, count: int, decimals: int = 1) -> str:
    """``96.7 %``; ``100 %`` and ``0 %`` only for all and for none."""
    if part in (0, count):
        return f"{100 if part else 0}{NO_BREAK}%"
    least = 10.0**-decimals
    return f"{min(max(100 * part / count, least), 100 - least):.{decimals}f}{NO_BREAK}%"


def taken(counts: Counts, names: Sequence[str], true: int, said: int) -> str:
    """What a cell says: ``12 cars are taken for trucks``, ``27 cars are right``, ``No car is taken for a truck``."""
    count = int(counts[true, said])
    subject, verb = _some(count, names[true]), "is" if count <= 1 else "are"
    if true == said:
        return f"{subject} {verb} right"
    return f"{subject} {verb} taken for {_one(names[said]) if count <= 1 else _many(names[said])}"


def cell_hint(counts: Counts, names: Sequence[str], true: int, said: int) -> str:
    """The same as a sentence, and which part of its class that is."""
    whole = int(counts[true].sum())
    lines = [f"{taken(counts, names, true, said)}."]
    if counts[true, said]:
        lines.append(f"That is {share(int(counts[true, said]), whole)} of {_some(whole, names[true])}.")
    return "\n".join(lines)


def summary(part: str, counts: Counts, names: Sequence[str]) -> str:
    """``Test part: 29 of 30 right; 1 car is taken for a truck.``"""
    right, total = int(np.trace(counts)), int(counts.sum())
    mistakes = _mistakes(counts)
    told = [_lower(taken(counts, names, *cell)) for cell in mistakes[:MOST_MISTAKES]]
    rest = sum(int(counts[cell]) for cell in mistakes[MOST_MISTAKES:])
    if rest:
        told.append(f"{rest:,} more in other ways")
    return f"{part}: {right:,} of {total:,} right" + (f"; {listed(told)}." if told else ".")


def _mistakes(counts: Counts) -> list[tuple[int, int]]:
    """The cells off the diagonal that are not empty, the most frequent mistakes first."""
    wrong = np.array(counts)
    np.fill_diagonal(wrong, 0)
    order = np.argsort(-wrong, axis=None, kind="stable")[: np.count_nonzero(wrong)]
    return [(int(cell) // len(counts), int(cell) % len(counts)) for cell in order]


# The names of classes are the data's own: one in small letters is taken for a noun, of others examples are counted.


def _is_noun(name: str) -> bool:
    return re.fullmatch(r"[a-z]{2,}", name) is not None


def _some(count: int, name: str) -> str:
    number = f"{count:,}" if count else "No"
    if _is_noun(name):
        return f"{number} {name if count <= 1 else _plural(name)}"
    return f"{number} example{'' if count <= 1 else 's'} of {name}"


def _one(name: str) -> str:
    if not _is_noun(name):
        return name
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _many(name: str) -> str:
    return _plural(name) if _is_noun(name) else name


def _plural(noun: str) -> str:
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if re.search(r"(s|x|z|ch|sh)$", noun) else f"{noun}s"


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


@dataclass(frozen=True, eq=False)
class ByClass:
    """Of each class the mean ``costs`` and the ``right`` share, shape (K,), nan where there are no examples."""

    costs: Array
    right: Array


def by_class(labels: NDArray[np.intp], costs: Array, counts: Counts) -> ByClass:
    """From the class and the cost of each example, shape (m,), and what they are taken for."""
    number = counts.sum(axis=1)
    some = np.where(number > 0, number, np.nan)
    return ByClass(np.bincount(labels, costs, minlength=len(counts)) / some, counts.diagonal() / some)
