"""The check along with training in words, and the pixels where it failed."""

import numpy as np
import pytest

from nnviz.engine.live import Verdict
from nnviz.picture.curves import iteration_scale
from nnviz.picture.live import columns, offer, spoken, summary

LINEAR, LOG = iteration_scale(False), iteration_scale(True)


def rows(*verdicts):
    return np.array(verdicts, np.int64).reshape(-1, 3).T


def test_the_price_is_told_and_what_is_not_seen():
    assert offer(148, True) == "Costs 148 evaluations of J where backprop costs about two."
    assert "Only D is checked" in offer(148, False)


def test_nothing_was_checked():
    assert summary(rows(), 100, 74) == ""


def test_all_is_right():
    assert summary(rows((0, 0, 0), (1, 0, 0)), 1, 74) == "✓ Checked all of iterations 0 … 1: all right."
    assert summary(rows((0, 0, 0), (5, 0, 0)), 2000, 74) == "✓ Checked 2 of iterations 0 … 2,000: all right."
    assert summary(rows((0, 0, 0)), 0, 74) == "✓ Checked iteration 0: all right."


def test_what_differs_and_since_when():
    found = summary(rows((0, 0, 0), (3, 50, 0), (9, 74, 0)), 2000, 74)
    assert found == (
        "✕ D differs in up to 74 of 74 entries in 2 iterations, first in iteration 3. "
        "Checked 3 of iterations 0 … 2,000."
    )
    update = summary(rows((0, 0, 0), (1, 0, 14)), 1, 74)
    assert update.startswith("✕ The update is wrong in up to 14 of 74 entries in iteration 1.")


def test_one_iteration_in_a_few_words():
    assert spoken(None, 74) == "not checked"
    assert spoken(Verdict(3, 0, 0), 74) == "right"
    assert spoken(Verdict(3, 74, 0), 74) == "74 of 74 entries of D differ"
    assert spoken(Verdict(3, 0, 14), 74) == "14 of 74 entries updated wrongly"


def test_each_pixel_column_is_the_place_of_its_iterations():
    assert columns(np.array([0, 10, 11, 12, 50, 100]), LINEAR, (0.0, 100.0), 100) == [
        (0, 0), (10, 12), (50, 50), (100, 100),
    ]  # fmt: skip


def test_on_a_logarithmic_axis_too():
    width = 300
    seen = (0.0, LOG.place(999))
    for iteration in (0, 1, 9, 57, 999):
        ((first, last),) = columns(np.array([iteration]), LOG, seen, width)
        assert first == last == pytest.approx(LOG.place(iteration) / seen[1] * width, abs=0.51)


@pytest.mark.parametrize("scale", [LINEAR, LOG])
def test_a_hundred_thousand_are_few_bars(scale):
    every = columns(np.arange(100_001), scale, (0.0, scale.place(100_000)), 600)
    assert len(every) < 300
    assert every[-1][1] == 600
    odd = columns(np.arange(0, 100_001, 1001), scale, (0.0, scale.place(100_000)), 600)
    assert 0 < len(odd) <= 100


def test_what_is_out_of_sight_has_no_bar():
    assert columns(np.array([3, 500]), LINEAR, (100.0, 200.0), 100) == []
    assert columns(np.array([], np.int64), LINEAR, (0.0, 100.0), 100) == []
