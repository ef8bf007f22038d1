"""Parts by class: every share as near as whole numbers allow, nothing lost, nothing twice."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nnviz.engine import split

labels = st.lists(st.integers(0, 4), min_size=1, max_size=60)


@given(labels, st.floats(0, 0.99), st.integers(0, 2**32 - 1))
def test_both_parts_together_are_all(labels, share, seed):
    assume(round(share * len(labels)) <= len(labels) - len(set(labels)))
    training, test = split(labels, share, seed)
    assert len(test) == round(share * len(labels))
    assert sorted([*training, *test]) == list(range(len(labels)))
    assert (np.diff(training) > 0).all()
    assert (np.diff(test) > 0).all()
    assert {labels[row] for row in training} == set(labels)


@given(st.lists(st.integers(10, 30), min_size=1, max_size=6), st.floats(0, 0.9), st.integers(0, 9))
def test_every_class_gives_its_share_to_within_one(counts, share, seed):
    labels = np.repeat(np.arange(len(counts)), counts)
    _, test = split(labels, share, seed)
    found = np.bincount(labels[test], minlength=len(counts))
    assert (np.abs(found - share * np.array(counts)) < 1 + 1e-9).all()


def test_what_remains_goes_to_the_largest_remainders():
    """0.25 of 10, 7 and 3: 2.5, 1.75 and 0.75, 5 in all; 2 + 1 + 0, and one more each for 0.75 and 0.75."""
    labels = [0] * 10 + [1] * 7 + [2] * 3
    _, test = split(labels, 0.25)
    assert np.bincount(np.array(labels)[test]).tolist() == [2, 2, 1]


def test_iris_in_thirds():
    training, test = split(np.repeat([1, 2, 3], 50), 0.3, 7)
    assert np.bincount(test // 50).tolist() == [15, 15, 15]
    assert len(training) == 105


def test_a_seed_says_which():
    many = np.repeat([0, 1], 50)
    np.testing.assert_array_equal(split(many, 0.4, 1).test, split(many, 0.4, 1).test)
    assert not np.array_equal(split(many, 0.4, 1).test, split(many, 0.4, 2).test)


def test_share_0_keeps_all_to_learn_from():
    training, test = split([0, 1, 1], 0)
    assert (training.tolist(), test.tolist()) == ([0, 1, 2], [])


def test_a_class_of_one_is_learned_from():
    _, test = split([0, 1, 1, 1, 1], 0.8 - 0.2, 3)
    assert 0 not in test


def test_the_rows_are_read_only():
    assert not any(rows.flags.writeable for rows in split([0, 1, 1], 0.3))


@pytest.mark.parametrize(
    ("labels", "share", "words"),
    [
        ([0, 1], 1.0, "share is 1.0; expected 0 up to, not including, 1"),
        ([0, 1], -0.1, "share is -0.1"),
        ([0, 1], float("nan"), "share is nan"),
        ([], 0.5, "labels is empty"),
        ([0, 1, 2, 3], 0.5, "share 0.5 of 4 is 2 examples; expected 0 or fewer"),
        ([[0, 1]], 0.5, "labels has shape"),
    ],
)
def test_what_cannot_be_split_is_refused(labels, share, words):
    with pytest.raises(ValueError, match=words):
        split(labels, share)
