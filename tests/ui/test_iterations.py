"""The line of iterations: press, drag, wheel and keys move over the run, with a history that is given."""

import pytest
from PySide6.QtCore import QPoint, Qt

from nnviz.engine.story import Level
from nnviz.files.datasets import load
from nnviz.session.commands import ShowLevel
from nnviz.session.model import model_for
from nnviz.session.run import Run
from nnviz.session.session import Session
from nnviz.session.state import Training, initial
from nnviz.ui.iterations import Iterations
from tests.ui.panels.histories import Recorded, Set, falling
from tests.ui.windows import turn


@pytest.fixture
def session() -> Session:
    session = Session(initial(model_for(load("vehicles")), 6))
    model = session.state.model
    run = Run(1, model, Recorded(model.network, falling(101)))
    session.do(Set(Training(run, (run,), reached=100, goal=100)))
    session.do(ShowLevel(Level.ITERATION))
    return session


@pytest.fixture
def line(session, qtbot) -> Iterations:
    line = Iterations(session)
    qtbot.addWidget(line)
    line.resize(420, 50)
    line.show()
    return line


def at(line: Iterations, share: float) -> QPoint:
    margin = line.margin()
    return QPoint(round(margin + share * (line.width() - 2 * margin)), round(line.middle()))


def test_a_press_goes_there(line, session, qtbot):
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=at(line, 0.37))
    assert session.state.moment.iteration == 37
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(line.width(), 5))
    assert session.state.moment.iteration == 100


def test_a_drag_scrubs(line, session, qtbot):
    qtbot.mousePress(line, Qt.MouseButton.LeftButton, pos=at(line, 0.9))
    seen = []
    for share in (0.7, 0.4, 0.1):
        qtbot.mouseMove(line, at(line, share))
        seen.append(session.state.moment.iteration)
    qtbot.mouseRelease(line, Qt.MouseButton.LeftButton, pos=at(line, 0.1))
    assert seen == sorted(seen, reverse=True)
    assert session.state.moment.iteration == 10


def test_wheel_and_keys_step(line, session, qtbot):
    turn(line, at(line, 0.5), 3)
    assert session.state.moment.iteration == 97
    qtbot.keyClick(line, Qt.Key.Key_Down)
    qtbot.keyClick(line, Qt.Key.Key_Down)
    qtbot.keyClick(line, Qt.Key.Key_Up)
    assert session.state.moment.iteration == 96


def test_it_tells_assistive_technology_where_it_stands(line, session):
    assert (line.value(), line.maximum()) == (100, 100)
    assert line.accessibleDescription() == "Iteration 100 of 100"
