"""How many iterations are checked along with training, by a clock that the test winds."""

import pytest

from nnviz.engine.live import Verdict
from nnviz.engine.progress import Progress
from nnviz.ui import live
from nnviz.ui.live import SAVED, SHARE, Companion, Watch

ITERATION = 40e-6


@pytest.fixture
def checked(monkeypatch):
    """The iterations checked among *count* that take ITERATION each, where a check takes *cost* seconds."""

    def run(count, cost, watch, companion=None):
        now = [0.0]

        def judge(progress, before):
            assert before is None or before.iteration == progress.iteration - 1
            now[0] += cost
            return Verdict(progress.iteration, 0, 0)

        monkeypatch.setattr(live.time, "perf_counter", lambda: now[0])
        companion = Companion(judge, watch)
        for iteration in range(count):
            companion.look(Progress(iteration, None, None, 0.0, 1), ITERATION)
        return [one.iteration for one in companion.collect(done=True)], now[0]

    return run


def test_nothing_is_checked_unless_it_is_asked_for(checked):
    assert checked(1000, 1e-3, Watch(on=False)) == ([], 0.0)


def test_checks_that_are_quick_are_made_at_every_iteration(checked):
    found, _ = checked(1000, SHARE * ITERATION, Watch(on=True))
    assert found == list(range(1000))


@pytest.mark.parametrize("cost", [1e-3, 2e-3, 20e-3])
def test_at_full_speed_training_keeps_more_than_a_quarter(checked, cost):
    count = 20_000
    found, spent = checked(count, cost, Watch(on=True))
    assert spent <= SAVED + 2 * cost + SHARE * count * ITERATION
    assert spent >= 0.9 * SHARE * count * ITERATION, "what there is time for is used"
    assert found[0] == 0
    assert found[-1] == count - 1, "where a run stops it is checked"


def test_at_a_pace_there_is_time_for_all(checked):
    found, _ = checked(1000, 4e-3, Watch(on=True, pace=200))
    assert found == list(range(1000))


def test_beyond_the_pace_as_many_as_fit(checked):
    found, spent = checked(1000, 10e-3, Watch(on=True, pace=200))
    assert 400 < len(found) < 500
    assert spent < 1000 / 200


def test_it_can_be_switched_at_any_time():
    companion = Companion(lambda progress, before: Verdict(progress.iteration, 0, 0))
    for iteration in range(30):
        if iteration in (10, 20):
            companion.watch(Watch(on=iteration == 10))
        companion.look(Progress(iteration, None, None, 0.0, 1), ITERATION)
    found = [one.iteration for one in companion.collect(done=True)]
    assert found[0] == 10
    assert found[-1] < 20


def test_a_training_that_goes_on_knows_the_iteration_before():
    befores = []
    companion = Companion(lambda progress, before: befores.append(before) or Verdict(8, 0, 0), Watch(on=True))
    start = Progress(7, None, None, 0.0, 1)
    companion.begin(start)
    companion.look(Progress(8, None, None, 0.0, 1), ITERATION)
    assert befores == [start]
