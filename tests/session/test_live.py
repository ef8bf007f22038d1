"""The record of the check along with training, where it is offered, and the command that switches it."""

from dataclasses import replace

import pytest

from nnviz.engine.live import Verdict
from nnviz.files.datasets import load
from nnviz.session import commands as c
from nnviz.session.live import CheckLog, evaluations, failed, refusal
from nnviz.session.model import model_for
from nnviz.session.session import Session
from nnviz.session.state import initial


@pytest.fixture
def session() -> Session:
    return Session(initial(model_for(load("vehicles")), 6))


def test_the_record_grows_and_keeps_its_order():
    log = CheckLog()
    assert log.up_to(100).shape == (3, 0)
    log.add([Verdict(0, 0, 0)])
    log.add([])
    log.add([Verdict(7 * k, k % 3, 0) for k in range(1, 200)])
    log.add([Verdict(1400, 0, 5)])
    assert log.up_to(10_000).shape == (3, 201)
    assert log.up_to(14)[0].tolist() == [0, 7, 14]
    assert log.up_to(13)[0].tolist() == [0, 7]
    assert failed(log.up_to(35)).tolist() == [7, 14, 28, 35]
    assert failed(log.up_to(10_000))[-1] == 1400


def test_the_record_gives_the_verdict_on_one_iteration():
    log = CheckLog()
    log.add([Verdict(0, 0, 0), Verdict(3, 74, 2)])
    assert log.at(3) == Verdict(3, 74, 2)
    assert log.at(0) == Verdict(0, 0, 0)
    assert (log.at(2), log.at(4), CheckLog().at(0)) == (None, None, None)


def test_it_is_off_until_it_is_asked_for(session):
    assert not session.state.live
    session.do(c.CheckAlong(True))
    assert session.state.live
    session.do(c.CheckAlong(False))
    assert not session.state.live


def test_it_changes_neither_the_run_nor_what_can_be_undone(session):
    session.do(c.Train())
    before, title = session.state, session.undo_title
    session.do(c.CheckAlong(True))
    after = session.state
    assert (after.training, after.model, after.moment) == (before.training, before.model, before.moment)
    assert session.undo_title == title
    session.undo()
    assert session.state.live, "undo leaves it alone"


def test_where_it_would_take_too_long_it_is_refused_in_words():
    model = model_for(load("digits"))
    reason = refusal(model)
    assert f"{evaluations(model):,} times" in reason
    with pytest.raises(ValueError, match="too slow along the way"):
        c.CheckAlong(True).do(initial(model))


def test_where_it_is_not_offered_it_waits(session):
    session.do(c.CheckAlong(True))
    assert session.state.checks_along
    session.do(c.ChooseData(load("digits")))
    assert session.state.live
    assert not session.state.checks_along


def test_small_batches_make_it_quick_enough():
    model = model_for(load("digits"))
    assert refusal(replace(model, recipe=replace(model.recipe, batch=10))) is None


def test_it_costs_j_twice_for_each_weight(session):
    assert evaluations(session.state.model) == 148
    assert refusal(session.state.model) is None
