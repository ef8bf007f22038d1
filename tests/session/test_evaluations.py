"""The loop over n: forward and back through the evaluations of every entry, by every way."""

import pytest

from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.slopes import WAYS
from nnviz.files.datasets import load
from nnviz.session.check import Question, answer
from nnviz.session.checking import ChooseEntry, SetWay, ShowAnswer, chosen
from nnviz.session.commands import SetHidden
from nnviz.session.evaluations import LeaveEvaluations, StepEvaluation, beside, place, stage, stages
from nnviz.session.model import model_for
from nnviz.session.session import Session
from nnviz.session.state import initial
from tests.engine.problems import drained


@pytest.fixture
def session():
    session = Session(initial(model_for(load("xor"))))
    check(session)
    return session


def check(session):
    state = session.state
    session.do(ShowAnswer(drained(answer(Question(state.model, state.estimate)))))


def where(session):
    return place(session.state), stage(session.state)


def test_it_begins_with_the_first_entry(session):
    assert where(session) == (0, 0)
    session.do(StepEvaluation(-1))
    assert where(session) == (0, 0)
    session.do(StepEvaluation(1))
    assert where(session) == (1, 1)
    assert chosen(session.state) == Address(Symbol.D, 1, 1, 0)


@pytest.mark.parametrize("row", WAYS, ids=lambda row: row.name)
def test_the_whole_loop_is_walked_and_back(session, row):
    session.do(SetWay(row.name))
    check(session)
    entries = session.state.model.network.entries
    every = [(n, step) for n in range(1, entries + 1) for step in range(1, row.evaluations + 2)]
    seen = []
    while beside(session.state, 1) is not None:
        session.do(StepEvaluation(1))
        seen.append(where(session))
    assert seen == every
    before = session.state
    session.do(StepEvaluation(1))
    assert session.state is before
    back = [where(session)]
    while beside(session.state, -1) is not None:
        session.do(StepEvaluation(-1))
        back.append(where(session))
    assert back == every[::-1]


def test_from_an_entry_that_was_chosen_it_goes_on_there(session):
    session.do(ChooseEntry(Address(Symbol.THETA, 1, 2, 1)))
    assert where(session) == (4, 0)
    session.do(StepEvaluation(1))
    assert where(session) == (4, 1)
    session.do(StepEvaluation(-1))
    assert where(session) == (3, 3)


def test_another_entry_and_leaving_show_the_whole_curve(session):
    session.do(StepEvaluation(1))
    session.do(ChooseEntry(Address(Symbol.D, 1, 1, 0)))
    assert where(session) == (1, 0)
    session.do(StepEvaluation(1))
    session.do(LeaveEvaluations())
    assert where(session) == (1, 0)
    before = session.state
    session.do(LeaveEvaluations())
    assert session.state is before


def test_the_entry_is_lit_everywhere(session):
    session.do(StepEvaluation(1))
    assert session.state.pointed == Address(Symbol.THETA, 1, 1, 0)


def test_while_there_is_no_check_nothing_is_walked(session):
    session.do(SetWay("richardson"))
    before = session.state
    session.do(StepEvaluation(1))
    assert session.state is before


def test_a_way_with_fewer_evaluations_ends_at_its_slope(session):
    session.do(SetWay("richardson"))
    check(session)
    for _ in range(5):
        session.do(StepEvaluation(1))
    assert where(session) == (1, 5) == (1, stages(session.state))
    session.do(SetWay("complex-step"))
    check(session)
    assert where(session) == (1, 2)


def test_an_entry_that_is_no_more_is_not_gone_on_from(session):
    session.do(ChooseEntry(Address(Symbol.D, 2, 1, 2)))
    session.do(SetHidden(()))
    check(session)
    assert where(session) == (0, 0)
    session.do(StepEvaluation(1))
    assert where(session) == (1, 1)
