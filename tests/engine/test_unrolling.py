"""The order of the unrolled vector, held against what ``Network.unroll`` gives."""

import numpy as np
import pytest

from nnviz.engine import Network
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.unrolling import Unrolling

SIZES = [(3, 5, 5, 4), (2, 1), (1, 3, 1), (4, 2, 7)]


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_each_place_holds_the_entry_that_unroll_puts_there(sizes):
    network, order = Network.random(sizes, seed=3), Unrolling(sizes)
    vector = network.unroll()
    assert order.count == len(vector) == network.entries
    for n in range(1, order.count + 1):
        _, layer, row, column = order.address(n)
        assert network.theta(layer)[row - 1, column] == vector[n - 1]


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_the_way_back_leads_to_the_same_place(sizes):
    order = Unrolling(sizes)
    assert [order.place(order.address(n)) for n in range(1, order.count + 1)] == list(range(1, order.count + 1))


def test_a_column_is_walked_down_before_the_next():
    order = Unrolling((3, 5, 5, 4))
    assert [order.address(n)[1:] for n in (1, 2, 5, 6, 20, 21, 74)] == [
        (1, 1, 0),
        (1, 2, 0),
        (1, 5, 0),
        (1, 1, 1),
        (1, 5, 3),
        (2, 1, 0),
        (3, 4, 5),
    ]
    assert [order.span(layer) for layer in order.layers] == [(1, 20), (21, 50), (51, 74)]


def test_of_many_entries_the_spans_cut_the_vector():
    sizes = (784, 100, 10)
    network, order = Network.random(sizes, seed=1), Unrolling(sizes)
    vector = network.unroll()
    assert order.count == 79_510
    for layer in order.layers:
        first, last = order.span(layer)
        np.testing.assert_array_equal(
            vector[first - 1 : last].reshape(order.shape(layer), order="F"), network.theta(layer)
        )


@pytest.mark.parametrize("place", [0, -1, 75])
def test_there_is_no_entry_beyond_the_ends(place):
    with pytest.raises(IndexError, match="expected 1 to 74"):
        Unrolling((3, 5, 5, 4)).address(place)


@pytest.mark.parametrize(
    "address",
    [
        Address(Symbol.THETA, 1, 2),
        Address(Symbol.THETA, 4, 1, 0),
        Address(Symbol.D, 0, 1, 0),
        Address(Symbol.D, 1, 6, 0),
        Address(Symbol.D, 1, 1, 4),
    ],
)
def test_what_is_no_entry_has_no_place(address):
    assert Unrolling((3, 5, 5, 4)).place(address) is None
