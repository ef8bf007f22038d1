"""Classes in their order, and columns that have none."""

import numpy as np
import pytest

from nnviz.files.classes import classes
from nnviz.files.errors import FileProblem
from tests.files.tabular import table


def found(cells, kept=None):
    made = table("k", *([cell] for cell in cells))
    return classes(made, made.columns[0], np.arange(len(cells)) if kept is None else np.array(kept))


@pytest.mark.parametrize(
    ("cells", "names", "labels"),
    [
        (["b", "a", "b"], ("a", "b"), [1, 0, 1]),
        ([10, 2, 10, 1], ("1", "2", "10"), [2, 1, 2, 0]),
        ([1.0, 0.0], ("0", "1"), [1, 0]),
        ([0.5, 1.5, 0.5], ("0.5", "1.5"), [0, 1, 0]),
        (["1A", "2", "1A", "x"], ("1A", "2", "x"), [0, 1, 0, 2]),
    ],
)
def test_sorted(cells, names, labels):
    assert (found(cells)[0], found(cells)[1].tolist()) == (names, labels)


def test_only_of_the_rows_that_are_kept():
    names, labels = found(["a", "b", "c", "a"], kept=[0, 2, 3])
    assert (names, labels.tolist()) == (("a", "c"), [0, 1, 0])


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (["a", "a"], r"t\.csv, column “k”: All examples are of one class, “a”\."),
        ([f"w{n}" for n in range(101)], r"It holds 101 different values; classes are at most 100"),
        (list(range(101)), r"It holds 101 different numbers, such as 100: a quantity"),
        ([n + 0.5 for n in range(21)], r"It holds 21 different numbers, such as 20\.5: a quantity"),
        (["a", "b" * 61], r"a name of 61 letters; at most 60"),
    ],
)
def test_refused(cells, message):
    with pytest.raises(FileProblem, match=message):
        found(cells)
