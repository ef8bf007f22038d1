"""Predict mode: asking, answering, skipping, and going elsewhere."""

import pytest

from nnviz.engine.asking.judging import Mark
from nnviz.engine.asking.question import Kind
from nnviz.engine.quantities import Symbol
from nnviz.engine.story import Level
from nnviz.files.datasets import load
from nnviz.picture.numbers import shown
from nnviz.session.checking import PlantFault
from nnviz.session.commands import (
    GoTo,
    NextExample,
    Play,
    SetTheta,
    ShowLevel,
    ShowTool,
    StepBack,
    StepForward,
    Train,
)
from nnviz.session.model import model_for
from nnviz.session.predicting import (
    AnswerQuestion,
    AskFor,
    PredictForward,
    SkipQuestion,
    TellAnswer,
    TogglePredict,
    pending,
)
from nnviz.session.session import Session
from nnviz.session.state import initial


@pytest.fixture
def session():
    session = Session(initial(model_for(load("vehicles")), 6))
    session.do(TogglePredict())
    session.do(AskFor(Kind.NUMBER))
    return session


@pytest.fixture
def asking(session):
    session.do(PredictForward())
    return session


def right(session):
    return shown(pending(session.state).value)


def count(session):
    predict = session.state.predict
    return predict.right, predict.answered


def test_a_step_is_asked_for_before_it_is_told(session):
    assert pending(session.state) is None
    session.do(PredictForward())
    assert session.state.moment.place == 0
    assert pending(session.state).target.symbol is Symbol.Z


def test_the_next_step_goes_on_without_an_answer_and_costs_nothing(asking):
    unit = asking.state.story.after(0, Level.UNIT)
    asking.do(PredictForward())
    assert asking.state.moment.place == unit
    assert (pending(asking.state), count(asking)) == (None, (0, 0))


def test_a_right_answer_is_told_and_a_is_asked_next(asking):
    asking.do(AnswerQuestion(right(asking)))
    outcome = asking.state.predict.outcome
    assert asking.state.story.known(outcome.question.target, asking.state.moment.place)
    assert (outcome.found, count(asking), pending(asking.state)) == (True, (1, 1), None)
    asking.do(PredictForward())
    assert pending(asking.state).target.symbol is Symbol.A
    assert asking.state.predict.outcome is None


def test_after_a_wrong_answer_one_may_try_again_but_the_first_counts(asking):
    asking.do(AnswerQuestion("77"))
    assert asking.state.moment.place == 0
    assert (asking.state.predict.said.mark, count(asking)) == (Mark.WRONG, (0, 1))
    asking.do(AnswerQuestion("78"))
    asking.do(AnswerQuestion(right(asking)))
    assert count(asking) == (0, 1)
    assert asking.state.predict.outcome.found


def test_what_is_no_number_does_not_count(asking):
    asking.do(AnswerQuestion("what?"))
    assert (asking.state.predict.said.mark, count(asking)) == (Mark.NONE, (0, 0))
    asking.do(AnswerQuestion(right(asking)))
    assert count(asking) == (1, 1)


def test_the_answer_can_be_shown(asking):
    asked = pending(asking.state)
    asking.do(TellAnswer())
    assert asking.state.moment.place == asked.told
    assert asking.state.predict.outcome == (asked, False)
    assert count(asking) == (0, 0)


def test_skipping_tells_the_unit(asking):
    unit = asking.state.story.after(0, Level.UNIT)
    asking.do(SkipQuestion())
    assert (asking.state.moment.place, asking.state.predict.outcome) == (unit, None)


@pytest.mark.parametrize(
    "command", [GoTo(9), NextExample(1), StepForward(), SetTheta(1, 1, 0, 0.5), PlantFault("no-slope")], ids=repr
)
def test_whoever_goes_elsewhere_is_not_asked_any_more(asking, command):
    asking.do(command)
    assert pending(asking.state) is None
    assert asking.state.predict.question is None
    for other in (StepBack(), AnswerQuestion("1"), TellAnswer(), SkipQuestion()):
        before = asking.state.moment if not isinstance(other, StepBack) else None
        asking.do(other)
        assert before in (None, asking.state.moment)
    assert count(asking) == (0, 0)


@pytest.mark.parametrize("command", [ShowLevel(Level.LAYER), ShowTool("train"), Play()], ids=repr)
def test_nothing_is_asked_elsewhere(asking, command):
    asking.do(command)
    assert pending(asking.state) is None


@pytest.mark.parametrize("level", [Level.TERM, Level.LAYER, Level.EXAMPLE])
def test_other_levels_are_not_asked_about(session, level):
    session.do(ShowLevel(level))
    session.do(PredictForward())
    assert session.state.moment.place == session.state.story.after(0, level)


def test_nothing_is_asked_while_it_plays(session):
    session.do(Play())
    session.do(PredictForward())
    assert session.state.moment.place > 0


def test_nothing_is_asked_while_training_goes_on(asking):
    asking.do(ShowTool("train"))
    asking.do(Train())
    assert pending(asking.state) is None


def test_another_kind_is_asked_for_at_once(asking):
    target = pending(asking.state).target
    asking.do(AskFor(Kind.SIGN))
    assert (pending(asking.state).kind, pending(asking.state).target) == (Kind.SIGN, target)
    asking.do(AnswerQuestion("−" if pending(asking.state).value < 0 else "+"))
    asking.do(AskFor(None))
    assert pending(asking.state) is None


def test_it_is_no_part_of_undo(asking):
    asking.do(AnswerQuestion(right(asking)))
    asking.do(SetTheta(1, 1, 0, 0.5))
    asking.undo()
    assert count(asking) == (1, 1)
    assert asking.undo_title is None


def test_off_and_on_is_a_new_tally(asking):
    asking.do(AnswerQuestion("77"))
    asking.do(TogglePredict())
    assert asking.state.predict is None
    asking.do(TogglePredict())
    assert count(asking) == (0, 0)


def test_a_whole_story_answered_right(session):
    session.do(AskFor(None))
    while session.state.moment.place < session.state.story.length:
        session.do(PredictForward())
        asked = pending(session.state)
        if asked is not None:
            signs = {True: "−", False: "+"}
            text = signs[asked.value < 0] if asked.kind is Kind.SIGN and asked.value else shown(asked.value)
            session.do(AnswerQuestion(text))
            assert session.state.predict.outcome.found
    answered, of = count(session)
    assert answered == of > 50
