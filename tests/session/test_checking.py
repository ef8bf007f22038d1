"""What the Check tool asks and is told."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine.faults import FAULTS, fault
from nnviz.engine.slopes import EPSILON
from nnviz.engine.steps import Phase
from nnviz.files.datasets import load
from nnviz.session.check import Question, answer
from nnviz.session.checking import (
    GuessFault,
    GuessLine,
    HideFault,
    PlantFault,
    SetEpsilon,
    SetWay,
    ShowAnswer,
    ShowShare,
    present,
)
from nnviz.session.commands import (
    ChooseData,
    GoTo,
    GoToExample,
    SetInitialiser,
    SetLambda,
    SetLearningRate,
    SetSeed,
    SetTestShare,
    SetTheta,
    ShowTool,
)
from nnviz.session.edits import trained_by
from nnviz.session.model import model_for
from nnviz.session.session import Session
from nnviz.session.state import Riddle, initial
from tests.engine.problems import drained

TWO_SIDED = "two-sided"


@pytest.fixture
def session():
    session = Session(initial(model_for(load("vehicles"))))
    session.do(SetLambda(1.0))
    return session


def asked(session):
    return Question(session.state.model, session.state.estimate)


def told(session):
    session.do(ShowAnswer(drained(answer(asked(session)))))
    return present(session.state)


def test_the_programs_own_gradient_is_right(session):
    found = told(session)
    assert found.check.passed
    assert found.wrong == 0
    assert found.diagnosis.right
    assert found.examples == 120


@pytest.mark.parametrize("row", FAULTS, ids=lambda row: row.name)
def test_a_planted_mistake_is_found_and_named(session, row):
    session.do(PlantFault(row.name))
    found = told(session)
    assert found.wrong > 0
    if row.phase is Phase.UPDATE:
        assert found.check.passed
    else:
        assert row in (*found.diagnosis.faults, *found.diagnosis.also)


def test_an_unknown_mistake_is_refused_and_nothing_changes(session):
    before = session.state
    with pytest.raises(ValueError, match="fault is 'typo'"):
        session.do(PlantFault("typo"))
    assert session.state is before


@pytest.mark.parametrize(
    "change",
    [SetLambda(2.0), SetLearningRate(0.3), SetSeed(9), SetTheta(1, 1, 0, 0.5), PlantFault("no-slope")],
    ids=lambda change: type(change).__name__,
)
def test_an_answer_holds_until_something_changes(session, change):
    found = told(session)
    session.do(GoToExample(3))
    session.do(ShowTool("check"))
    assert present(session.state) is found
    session.do(change)
    assert present(session.state) is None


def test_an_answer_that_comes_too_late_is_not_shown(session):
    late = drained(answer(asked(session)))
    session.do(PlantFault("no-slope"))
    before = session.state
    session.do(ShowAnswer(late))
    assert session.state is before


def test_undo_brings_the_answer_back(session):
    found = told(session)
    session.do(SetTheta(1, 1, 0, 0.5))
    assert present(session.state) is None
    session.undo()
    assert present(session.state) is found


def test_how_far_it_is_is_told_until_it_is_done(session):
    session.do(ShowShare(0.5))
    assert session.state.checked_share == 0.5
    told(session)
    assert session.state.checked_share is None


def test_of_many_weights_fewer_examples_are_asked():
    model = model_for(load("digits-28"))
    X, Y = Question(model).examples
    assert 1 <= len(X) == len(Y) < 100
    np.testing.assert_array_equal(X, model.examples.training[0][: len(X)])


def test_a_hidden_mistake_is_found_by_guessing(session):
    session.do(HideFault(1))
    hidden = session.state.fault
    assert session.state.riddle == Riddle()
    wrong = next(row.name for row in FAULTS if row.name != hidden)
    session.do(GuessFault(wrong))
    assert session.state.riddle == Riddle((wrong,))
    assert session.state.fault == hidden
    session.do(GuessFault(hidden))
    assert session.state.riddle == Riddle((wrong,), named=True)
    assert session.state.model.mistake is None
    session.do(GuessLine("import numpy as np"))
    assert session.state.riddle.lines == ("import numpy as np",)
    session.do(GuessLine(fault(hidden).right))
    assert session.state.riddle is None
    assert session.state.fault == hidden
    assert session.state.model.mistake is fault(hidden).step


def test_a_guess_that_gives_the_same_D_is_told_from_one_that_does_not(session):
    """Twice Δ, divided by two examples, is Δ without 1/m."""
    data = load("vehicles")
    session.do(ChooseData(replace(data, X=data.X[:2], Y=data.Y[:2])))
    session.do(SetTestShare(0.0))
    session.do(HideFault(1))
    session = Session(replace(trained_by(session.state, fault="not-over-m", hidden=True), riddle=Riddle()))
    session.do(GuessFault("no-slope"))
    assert not session.state.riddle.alike
    session.do(GuessFault("accumulator-not-reset"))
    assert session.state.riddle.alike


def test_the_line_is_asked_for_after_the_name(session):
    session.do(HideFault(1))
    with pytest.raises(ValueError, match="Say which mistake it is first"):
        session.do(GuessLine(fault(session.state.fault).right))


def test_undo_takes_a_mistake_out_and_redo_hides_it_again(session):
    session.do(HideFault(1))
    hidden = session.state.fault
    session.undo()
    assert (session.state.fault, session.state.riddle) == (None, None)
    session.redo()
    assert (session.state.fault, session.state.riddle) == (hidden, Riddle())


def test_what_is_hidden_changes_something_here(session):
    session.do(SetLambda(0.0))
    names = set()
    for number in range(100):
        session.do(HideFault(number))
        names.add(session.state.fault)
    assert names
    assert not names & {"lambda-not-over-m", "bias-regularised", "no-regularisation"}


def test_from_zero_nothing_is_hidden_that_changes_no_number(session):
    session.do(SetInitialiser("zeros"))
    for number in range(30):
        session.do(HideFault(number))
        assert session.state.fault == "bias-in-the-loop" or told(session).wrong, session.state.fault


@pytest.mark.parametrize("row", FAULTS, ids=lambda row: row.name)
def test_the_story_is_told_with_the_mistake_and_stays_where_it_was(session, row):
    session.do(GoToExample(0))
    for number in (7, 30):
        session.do(GoTo(session.state.story.ends[number]))
        step = session.state.story.telling(session.state.moment.place)
        session.do(PlantFault(row.name))
        there = session.state.story.telling(session.state.moment.place)
        assert (there.index, there.complete) == (step.index, step.complete)
        assert session.state.story.trace.epoch.lines == row.lines
        session.do(PlantFault(None))
        assert session.state.story.telling(session.state.moment.place).index == step.index


def test_each_number_hides_one_by_the_seed(session):
    names = set()
    for number in range(200):
        session.do(HideFault(number))
        names.add(session.state.fault)
    assert names == {row.name for row in FAULTS}
    session.do(HideFault(7))
    first = session.state.fault
    session.do(HideFault(8))
    session.do(HideFault(7))
    assert session.state.fault == first


def test_a_guess_needs_a_riddle(session):
    with pytest.raises(ValueError, match="Nothing is hidden"):
        session.do(GuessFault("no-slope"))


def test_planting_ends_the_riddle(session):
    session.do(HideFault(1))
    session.do(PlantFault(None))
    assert (session.state.fault, session.state.riddle) == (None, None)


def test_the_estimate_is_as_the_course_has_it_until_it_is_chosen(session):
    assert session.state.estimate == (TWO_SIDED, EPSILON)
    found = told(session)
    session.do(SetWay("one-sided"))
    assert present(session.state) is None
    session.do(SetEpsilon(1e-3))
    other = told(session)
    assert (other.check.method.name, other.check.epsilon) == ("one-sided", 1e-3)
    assert found.check.epsilon == EPSILON


@pytest.mark.parametrize("epsilon", [0.0, -1.0, 2.0, float("nan")])
def test_an_epsilon_out_of_range_is_refused(session, epsilon):
    with pytest.raises(ValueError, match="expected 1e-16 to 1"):
        session.do(SetEpsilon(epsilon))
