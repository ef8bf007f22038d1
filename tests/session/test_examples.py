"""What is learnt from, and what is kept for the test before anybody has said so."""

import numpy as np
import pytest

from nnviz.engine.data import Dataset
from nnviz.session import commands as c
from nnviz.session.examples import TEST_SHARE
from nnviz.session.model import model_for
from nnviz.session.state import initial


def data(counts: list[int]) -> Dataset:
    """Of each class so many examples."""
    labels = np.repeat(np.arange(len(counts)), counts)
    names = tuple(f"class {number}" for number in range(len(counts)))
    X, Y = labels[:, None] / len(counts), np.eye(len(counts))[labels]
    return Dataset("t", "T", X, Y, ("p",), ("",), names, "range", (1, len(counts)))


@pytest.mark.parametrize(
    ("counts", "share"), [([30, 30, 30], TEST_SHARE), ([20, 20, 9], 0.0), ([13, *[1] * 47], TEST_SHARE)]
)
def test_a_fifth_of_what_is_large_enough_is_kept(counts, share):
    assert model_for(data(counts)).examples.test_share == share


def test_data_with_many_rare_classes_are_learnt_from_whole():
    state = initial(model_for(data([30, 30, 30])))
    chosen = c.ChooseData(data([12, *[1] * 48])).do(state)
    assert len(chosen.model.examples.training_rows) == 60
    with pytest.raises(ValueError, match="12 examples; expected 11 or fewer"):
        c.SetTestShare(TEST_SHARE).do(chosen)
