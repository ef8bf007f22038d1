"""Walking through a lesson out of its order, and what leaving it brings back."""

import pytest

from nnviz.engine.quantities import Address, Symbol
from nnviz.files.datasets import load
from nnviz.files.lessons.reading import lesson
from nnviz.picture.written import formula
from nnviz.session import commands as c
from nnviz.session.check import answer
from nnviz.session.checking import ChooseEntry, GuessFault, HideFault, ShowAnswer, asked
from nnviz.session.evaluations import StepEvaluation
from nnviz.session.lesson.expression import parsed
from nnviz.session.lesson.readers import NAMES
from nnviz.session.lesson.studying import GoToScene, LeaveLesson, OpenLesson, Restage, replied
from nnviz.session.lesson.values import Question
from nnviz.session.model import model_for
from nnviz.session.session import Session
from nnviz.session.state import initial
from tests.engine.problems import drained

TEXT = """---
title: Three scenes
---
## First

::: stage
data: xnor
example: 2
:::

Words.

## Second

Goes on.

## Third

::: stage
data: vehicles
example: 7
:::

Words.
"""


@pytest.fixture
def session() -> Session:
    return Session(initial(model_for(load("vehicles")), 6))


def open_at(session: Session, number: int) -> None:
    session.do(OpenLesson(lesson(TEXT, "three.lesson", formula), number))


def check(session: Session) -> None:
    """As the window does while the check is looked at."""
    session.do(ShowAnswer(drained(answer(asked(session.state)))))


def test_a_scene_without_a_stage_goes_on_with_what_is_there(session):
    open_at(session, 0)
    session.do(c.StepForward())
    before = session.state
    session.do(GoToScene(1))
    assert (session.state.model, session.state.moment) == (before.model, before.moment)


def test_who_comes_to_it_from_elsewhere_finds_the_stage_before_it(session):
    open_at(session, 2)
    session.do(GoToScene(1))
    assert session.state.model.dataset.name == "xnor"
    assert session.state.moment == (0, 1, 0)


def test_a_lesson_can_be_opened_at_a_scene_without_a_stage(session):
    open_at(session, 1)
    assert session.state.model.dataset.name == "xnor"


def test_a_scene_without_a_stage_can_begin_anew(session):
    open_at(session, 1)
    session.do(c.StepForward())
    session.do(Restage())
    assert session.state.moment == (0, 1, 0)


def test_undo_does_not_reach_into_the_scene_before(session):
    open_at(session, 0)
    session.do(c.SetTheta(1, 1, 1, 0.5))
    session.do(GoToScene(2))
    assert session.undo_title is None
    session.do(c.SetLambda(2.0))
    session.undo()
    assert session.state.model.dataset.name == "vehicles"
    assert session.state.model.lambda_ != 2.0


def test_a_riddle_and_a_chosen_entry_come_back(session):
    session.do(HideFault(1))
    session.do(GuessFault(next(name for name in ("no-slope", "sign-flipped") if name != session.state.fault)))
    session.do(ChooseEntry(Address(Symbol.D, 1, 1, 0)))
    check(session)
    session.do(StepEvaluation(1))
    own = session.state
    assert own.stage == 1
    open_at(session, 0)
    assert (session.state.riddle, session.state.chosen, session.state.stage) == (None, None, 0)
    check(session)
    for _ in range(2):
        session.do(StepEvaluation(1))
    assert session.state.stage == 2
    session.do(LeaveLesson())
    assert session.state.riddle == own.riddle
    assert session.state.riddle.guesses
    assert (session.state.chosen, session.state.stage) == (own.chosen, own.stage)


@pytest.mark.parametrize("text", ["-1.5", "−1,5", "–1.5", " -3/2 "])
def test_a_number_is_read_as_in_predict_mode(session, text):
    asked = Question("1", (), answer=parsed("-1.5", {}))
    assert replied(asked, text, session.state).right


def test_where_nothing_could_be_right_nothing_is_called_wrong(session):
    session.do(c.SetLambda(0.0))
    asked = Question("1", (), answer=parsed("24 * decay / lambda", NAMES))
    with pytest.raises(ValueError, match="sets the scene anew"):
        replied(asked, "1.35", session.state)


@pytest.mark.parametrize("text", ["3,760", "3760", "3760.0", "+3,760"])
def test_thousands_may_be_written_as_the_window_writes_them(session, text):
    asked = Question("1", (), answer=parsed("3760", {}))
    assert replied(asked, text, session.state).right
    assert not replied(asked, "3,76", session.state).right
