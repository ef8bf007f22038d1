"""Examples as columns."""

import numpy as np
import pytest

from nnviz.engine.blocks import SMALL, block, blocks, equal_blocks, inputs
from tests.engine.problems import assert_same

WIDE = 40


def examples(m, features, outputs=3):
    generator = np.random.default_rng(1)
    return generator.standard_normal((m, features)), generator.random((m, outputs))


def test_a_column_is_an_example_under_its_bias_unit():
    X, Y = examples(4, 2)
    a, columns, rest, share = block(X, Y, 8)
    np.testing.assert_array_equal(a, np.vstack([np.ones(4), X.T]))
    np.testing.assert_array_equal(columns, Y.T)
    np.testing.assert_array_equal(rest, 1 - Y.T)
    assert share == 1 / 8


def test_a_wide_layer_goes_without_its_bias_unit_and_is_not_copied():
    X, _ = examples(4, WIDE)
    assert inputs(X).shape == (WIDE, 4)
    assert np.shares_memory(inputs(X), X)


@pytest.mark.parametrize(("m", "expected"), [(1, [1]), (SMALL, [SMALL]), (SMALL + 1, [SMALL, 1])])
def test_all_rows_are_in_the_blocks_in_order(m, expected):
    X, Y = examples(m, 2)
    found = blocks((2, 3), X, Y, m)
    assert [part.a.shape[1] for part in found] == expected
    np.testing.assert_array_equal(np.hstack([part.a[1:] for part in found]), X.T)
    np.testing.assert_array_equal(np.hstack([part.Y for part in found]), Y.T)


@pytest.mark.parametrize("features", [2, WIDE])
def test_equal_blocks_are_those_made_one_by_one(features):
    X, Y = examples(12, features)
    found = equal_blocks(X, Y, 4)
    assert len(found) == 3
    for number, part in enumerate(found):
        rows = slice(4 * number, 4 * number + 4)
        one = block(X[rows], Y[rows], 4)
        assert_same(part[:3], one[:3])
        assert part.share == one.share
        assert all(array.flags.c_contiguous == other.flags.c_contiguous for array, other in zip(part[:3], one[:3]))
