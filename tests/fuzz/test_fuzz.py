"""The seeded walk over the real window: in every run as many actions from the same seed, so that it meets the same.

`NNVIZ_FUZZ_ACTIONS` makes it longer; `python -m tests.fuzz.fuzz` walks from other seeds.
"""

import os

import pytest

from tests.fuzz.fuzz import walk

ACTIONS = int(os.environ.get("NNVIZ_FUZZ_ACTIONS", "1800"))
LONGEST = 600.0
"""Seconds; it takes some 20, and on a machine that is busy with something else many times that."""


@pytest.mark.timeout(LONGEST + 60.0)  # the walk ends itself first, and tells what it did
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_nothing_breaks_on_a_random_walk_over_the_window(qapp):
    report = walk(1, LONGEST, most=ACTIONS)
    assert not report.problem, report.told
    assert len(report.actions) == ACTIONS


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_same_seed_takes_the_same_actions(qapp):
    one, other = (walk(7, 60.0, most=40) for _ in range(2))
    assert not one.problem, one.told
    assert one.actions == other.actions
