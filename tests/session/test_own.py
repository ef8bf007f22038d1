"""The case of the student's own code: when it is the one in the window, and how one steps to where it goes wrong."""

import numpy as np
import pytest

from nnviz.engine.check import check_gradient
from nnviz.engine.network import Network
from nnviz.engine.propagation import cost
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import ExampleCost
from nnviz.engine.story import Level
from nnviz.engine.theirs import Theirs
from nnviz.files.datasets import load
from nnviz.session.checking import PlantFault, ShowOwn
from nnviz.session.commands import (
    LoadCase,
    SetActivation,
    SetBatch,
    SetInput,
    SetLambda,
    SetLearningRate,
    SetScaling,
    SetTheta,
    ShowLevel,
    StepToWrong,
)
from nnviz.session.model import model_for
from nnviz.session.own import OwnCase, OwnCode
from nnviz.session.session import Session
from nnviz.session.state import initial

WRONG = Address(Symbol.D, 2, 2, 1)
"""The first entry of D that differs."""


@pytest.fixture
def case():
    random = np.random.default_rng(1)
    X, Y, network = random.normal(size=(5, 3)), np.eye(3)[[0, 1, 2, 0, 1]], Network.random((3, 4, 3), seed=2)
    D = [np.array(matrix) for matrix in check_gradient(network, X, Y, 0.5).D]
    D[1][1, 1] += 1.0
    D[1][2, 0] += 1.0
    check = check_gradient(network, X, Y, 0.5, gradient=D)
    return OwnCase(network, X, Y, 0.5, Theirs(check.D, check.agrees, 1.0, cost(network, X, Y, 0.5).total, False))


@pytest.fixture
def session(case):
    session = Session(initial(model_for(load("vehicles"))))
    session.do(ShowOwn(OwnCode("mine.py", agrees=False, case=case)))
    return session


def test_before_the_case_is_loaded_nothing_stands_beside_ours(session, case):
    assert session.state.theirs is None
    session.do(LoadCase())
    assert session.state.theirs is case.theirs


@pytest.mark.parametrize(
    "change",
    [
        SetTheta(1, 1, 1, 0.5),
        SetInput(1, 3.0),
        SetLambda(2.0),
        SetScaling("standard"),
        SetActivation("tanh"),
        SetBatch(2),
        PlantFault("no-slope"),
        ShowOwn(None),
    ],
    ids=lambda change: type(change).__name__,
)
def test_theirs_is_for_these_numbers_alone(session, change):
    session.do(LoadCase())
    session.do(change)
    assert session.state.theirs is None


def test_the_learning_rate_and_the_level_change_nothing_of_it(session, case):
    session.do(LoadCase())
    session.do(SetLearningRate(0.1))
    session.do(ShowLevel(Level.LAYER))
    assert session.state.theirs is case.theirs


@pytest.mark.parametrize("loaded", [False, True])
@pytest.mark.parametrize("level", list(Level))
def test_one_command_steps_to_the_first_row_that_differs(session, case, loaded, level):
    session.do(ShowLevel(level))
    if loaded:
        session.do(LoadCase())
    session.do(StepToWrong())
    state = session.state
    assert (state.tool, state.theirs, state.moment.example) == ("step", case.theirs, 4)
    step = state.story.telling(state.moment.place).step
    assert step.target == WRONG._replace(column=None)
    assert state.story.known(WRONG, state.moment.place)
    after = WRONG._replace(column=2)
    assert state.story.known(after, state.moment.place) == (level is not Level.TERM)


@pytest.mark.parametrize("level", list(Level))
def test_where_only_J_is_wrong_it_steps_to_J(session, case, level):
    check = check_gradient(case.network, case.X, case.Y, case.lambda_)
    theirs = Theirs(check.D, check.agrees, 1.0, case.theirs.cost, False)
    session.do(ShowOwn(OwnCode("mine.py", agrees=False, case=case._replace(theirs=theirs))))
    session.do(ShowLevel(level))
    session.do(StepToWrong())
    telling = session.state.story.telling(session.state.moment.place)
    assert (session.state.tool, session.state.moment.example) == ("step", 4)
    assert isinstance(telling.step, ExampleCost)
    assert telling.complete


def test_it_is_undone_at_once(session):
    session.do(StepToWrong())
    session.undo()
    assert session.state.model.dataset.name == "vehicles"
    assert session.state.theirs is None


def test_without_a_case_there_is_nowhere_to_step(session):
    session.do(ShowOwn(OwnCode("mine.py", agrees=True)))
    before = session.state
    with pytest.raises(ValueError, match="no case in which your code is wrong"):
        session.do(StepToWrong())
    assert session.state is before
