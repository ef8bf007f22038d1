"""What a check costs, measured with a clock that is wound by hand."""

from itertools import count

import pytest

from nnviz.engine.slopes import WAYS, Surroundings
from nnviz.files.datasets import load
from nnviz.session import costs as module
from nnviz.session.check import Question, answer
from nnviz.session.costs import Costs, costs, timed
from nnviz.session.model import model_for
from tests.engine.problems import drained, problem

TWO_SIDED = WAYS[1]


@pytest.fixture
def around():
    return Surroundings(*problem((2, 2, 1), m=3, lambda_=0.5).arguments)


class Clock:
    """A clock that goes on only when something is worked out: so many seconds for each J, each backprop, each check."""

    def __init__(self, monkeypatch, J=1.0, backprop=2.0, check=5.0):
        self.now = 0.0
        self.entries = []
        monkeypatch.setattr(module, "gradient", lambda *arguments: self.pass_by(backprop))
        monkeypatch.setattr(module, "_slopes", lambda *arguments: self.pass_by(check))
        monkeypatch.setattr(module, "looped", lambda around, method, epsilon, entries: self.loop(entries, J))

    def pass_by(self, seconds):
        self.now += seconds

    def loop(self, entries, J):
        self.entries.append(entries)
        self.pass_by(2 * J * entries)

    def __call__(self):
        return self.now


def test_a_long_loop_is_run_for_an_entry_and_multiplied(around, monkeypatch):
    clock = Clock(monkeypatch)
    assert costs(around, TWO_SIDED, 1e-4, 7.0, clock) == Costs(2.0, 7.0, 2.0 * 9, whole=False)
    assert clock.entries == [1, 1]


def test_a_short_loop_is_run_as_a_whole(around, monkeypatch):
    clock = Clock(monkeypatch, J=2.0**-12)
    found = costs(around, TWO_SIDED, 1e-4, 7.0, clock)
    assert found == Costs(2.0, 7.0, pytest.approx(9 * 2.0**-11), whole=True)
    assert clock.entries[0] == 1
    assert set(clock.entries[1:]) == {9}


def test_a_short_check_is_done_again_and_the_shortest_counts(around, monkeypatch):
    clock = Clock(monkeypatch, check=2.0**-10)
    assert costs(around, TWO_SIDED, 1e-4, 2.0**-8, clock).vectorised == pytest.approx(2.0**-10)


def test_the_complex_step_has_no_loop(around, monkeypatch):
    clock = Clock(monkeypatch)
    assert costs(around, WAYS[3], 1e-4, 7.0, clock) == Costs(2.0, 7.0, None)
    assert clock.entries == []


def test_work_is_timed_until_a_share_of_it_is_done():
    ticks = count(10.0)
    clock = lambda: next(ticks)  # noqa: E731 - a second at each look

    def work():
        yield 0.25
        yield 0.5
        yield 1.0
        return "done"

    assert drained(timed(work(), clock, 0.5)) == ("done", 1.0)


@pytest.mark.parametrize("row", WAYS, ids=lambda row: row.name)
def test_an_answer_says_what_it_cost_if_there_is_a_clock(row):
    ticks = count()
    question = Question(model_for(load("xor")))
    question = question._replace(estimate=question.estimate._replace(way=row.name))
    assert drained(answer(question)).costs is None
    found = drained(answer(question, lambda: float(next(ticks)))).costs
    assert found.backprop > 0.0
    assert found.vectorised > 0.0
    assert (found.loop is None) is (not row.steps)
