"""What other code gave for D: which entries differ, layer by layer and row by row, in the order of the story."""

import numpy as np

from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.theirs import Theirs

D = (np.array([[1.0, 2.0], [3.0, np.nan]]), np.array([[5.0, 6.0, 7.0]]))
AGREES = (np.array([[True, False], [True, False]]), np.array([[False, True, True]]))
THEIRS = Theirs(D, AGREES)


def at(layer: int, row: int, column: int) -> Address:
    return Address(Symbol.D, layer, row, column)


def test_an_entry_has_its_number_and_whether_it_agrees():
    assert THEIRS.entry(at(1, 2, 0)) == (3.0, True)
    assert THEIRS.entry(at(2, 1, 0)) == (5.0, False)


def test_what_differs_comes_in_the_order_of_the_story():
    assert THEIRS.differing() == (at(1, 1, 1), at(1, 2, 1), at(2, 1, 0))
    assert THEIRS.differing(1) == (at(1, 1, 1), at(1, 2, 1))
    assert THEIRS.differing(1, 2) == (at(1, 2, 1),)
    assert THEIRS.differing(2, 1) == (at(2, 1, 0),)


def test_where_all_agrees_nothing_differs():
    right = Theirs(D, tuple(np.ones_like(mask) for mask in AGREES))
    assert right.differing() == ()
