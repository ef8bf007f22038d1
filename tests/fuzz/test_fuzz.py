"""The seeded walk over the real window, 20 seconds in every run, always from the same seed."""

import os

import pytest

from tests.fuzz.fuzz import walk

SECONDS = float(os.environ.get("NNVIZ_FUZZ_SECONDS", "20"))


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_nothing_breaks_on_a_random_walk_over_the_window(qapp):
    report = walk(1, SECONDS)
    assert not report.problem, report.told
    assert len(report.actions) > SECONDS


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_same_seed_takes_the_same_actions(qapp):
    one, other = (walk(7, 60.0, most=40) for _ in range(2))
    assert not one.problem, one.told
    assert one.actions == other.actions
