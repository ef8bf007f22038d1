"""Which examples an iteration uses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine import batch_rows, gradient, train
from nnviz.engine.batches import batches
from nnviz.engine.blocks import SMALL, block
from nnviz.engine.epoch import descended
from tests.engine.problems import assert_same, problem


@given(st.integers(1, 40), st.integers(1, 45), st.integers(0, 2**32 - 1), st.integers(0, 5))
def test_each_pass_uses_every_example_once(m, batch, seed, pass_):
    count = -(-m // batch)
    rows = [batch_rows(pass_ * count + number, m, batch, seed) for number in range(count)]
    assert sorted(np.concatenate(rows)) == list(range(m))
    assert {len(part) for part in rows[:-1]} <= {batch}
    assert 1 <= len(rows[-1]) <= batch


def test_another_pass_and_another_seed_have_another_order():
    first, second = batch_rows(0, 50, 49, 1), batch_rows(2, 50, 49, 1)
    assert not np.array_equal(first, second)
    assert not np.array_equal(first, batch_rows(0, 50, 49, 2))


@pytest.mark.parametrize("batch", [None, 5, 6])
def test_all_examples_keep_their_order(batch):
    np.testing.assert_array_equal(batch_rows(3, 5, batch, 1), np.arange(5))


def test_the_order_of_a_seed_stays_what_it_was():
    """A recorded run names its seed; its batches are found again from that alone."""
    expected = np.sort(np.random.default_rng([7, 1]).permutation(10)[3:6])
    np.testing.assert_array_equal(batch_rows(5, 10, 3, 7), expected)


@pytest.mark.parametrize("size", [1, 4, 9])
def test_the_examples_of_a_run_are_those_rows(size):
    task = problem((3, 2), m=10)
    batch_of = batches(task.X, task.Y, size, (3, 2), 5)
    for iteration in (0, 1, 2, 9, 3, 40, 0):
        rows = batch_rows(iteration, 10, size, 5)
        batch = batch_of(iteration)
        assert batch.m == len(rows)
        assert_same(batch.blocks[0][:3], block(task.X[rows], task.Y[rows], len(rows))[:3])
        assert batch.blocks[0].share == 1 / len(rows)


def test_a_large_batch_is_in_blocks():
    task = problem((2, 2), m=1001)
    batch = batches(task.X, task.Y, 1000, (2, 2), 5)(0)
    assert batch.m == 1000
    assert [part.Y.shape[1] for part in batch.blocks] == [SMALL, SMALL, 1000 - 2 * SMALL]
    assert {part.share for part in batch.blocks} == {1 / 1000}


def test_an_update_from_a_batch_is_that_of_its_rows_bit_for_bit():
    """With λ·b/m: a pass over all batches then decays Θ as much as one over all examples with D of all."""
    task = problem((3, 5, 4), m=10, lambda_=0.6)
    items = list(train(*task.arguments[:3], lambda_=0.6, learning_rate=0.3, batch=4, seed=2, iterations=12))
    for before, after in zip(items, items[1:]):
        rows = batch_rows(before.iteration, 10, 4, 2)
        D = gradient(before.network, task.X[rows], task.Y[rows], 0.6 * (len(rows) / 10))
        assert_same(after.network.thetas, descended(before.network, D, 0.3).thetas)
