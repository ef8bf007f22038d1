"""Parts a data set into examples to learn from and examples to test with, class by class."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.arrays import checked
from nnviz.engine.network import checked_seed

Rows = NDArray[np.intp]


class Split(NamedTuple):
    """Indices of examples, ascending and read-only; each example is in one of the two."""

    training: Rows
    test: Rows


def split(labels: ArrayLike, share: float, seed: int = 0) -> Split:
    """round(share · m) of the m examples for the test, drawn by *seed*; *share* is from 0 up to, not including, 1.

    *labels* has shape (m,), any numbers, one for each class. Each class gives its share as nearly as whole numbers
    allow: what remains after rounding down goes to the largest remainders. A class keeps at least one example for
    training. Raises ValueError for another share, for no labels, or when that leaves too few to test with.
    """
    labels = checked("labels", labels, (None,))
    if not 0.0 <= share < 1.0:
        raise ValueError(f"share is {share}; expected 0 up to, not including, 1.")
    if len(labels) == 0:
        raise ValueError("labels is empty; expected at least one example.")
    generator = np.random.default_rng(checked_seed(seed))
    classes, counts = np.unique(labels, return_counts=True)
    chosen = [
        generator.permutation(np.flatnonzero(labels == one))[:count]
        for one, count in zip(classes, _shares(counts, share))
    ]
    test = np.zeros(len(labels), dtype=bool)
    test[np.concatenate(chosen)] = True
    rows = Split(np.flatnonzero(~test), np.flatnonzero(test))
    for part in rows:
        part.setflags(write=False)
    return rows


def fits(labels: ArrayLike, share: float) -> bool:
    """Whether *share* of the examples can be kept for the test, and one of each class still be learnt from."""
    _, counts = np.unique(labels, return_counts=True)
    return _wanted(counts, share) <= _most(counts)


def _wanted(counts: Rows, share: float) -> int:
    return round(share * int(counts.sum()))


def _most(counts: Rows) -> int:
    return int((counts - 1).sum())


def _shares(counts: Rows, share: float) -> list[int]:
    """How many examples of each class are for the test; classes of equal remainder in their order."""
    wanted = _wanted(counts, share)
    if wanted > _most(counts):
        raise ValueError(
            f"share {share:g} of {counts.sum()} is {wanted} examples; expected {_most(counts)} or fewer, "
            "for one of each class is kept to learn from."
        )
    exact = share * counts
    given = np.minimum(np.floor(exact), counts - 1).astype(int)
    while (missing := wanted - int(given.sum())) > 0:
        open_ = np.flatnonzero(given < counts - 1)
        first = open_[np.argsort(-(exact - given)[open_], kind="stable")[:missing]]
        given[first] += 1
    return [int(count) for count in given]
