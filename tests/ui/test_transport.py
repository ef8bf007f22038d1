"""The controls of the story."""

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from nnviz.engine.story import Level
from nnviz.files import datasets
from nnviz.session.commands import GoTo, GoToStep, Play, SetSpeed, ShowLevel, Zoom
from nnviz.session.model import model_for
from nnviz.session.session import Session
from nnviz.session.state import initial
from nnviz.ui.actions import ACTIONS
from nnviz.ui.menus import Actions
from nnviz.ui.transport import Transport


@pytest.fixture
def session():
    return Session(initial(model_for(datasets.load("vehicles")), 6))


@pytest.fixture
def host(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1000, 100)
    return host


@pytest.fixture
def transport(session, host, qtbot):
    actions = Actions(session, dict.fromkeys((row.name for row in ACTIONS), lambda: None), print, host)
    transport = Transport(session, actions, host)
    transport.resize(900, 60)
    host.show()
    qtbot.waitExposed(host)
    return transport


def button(transport, name):
    return transport.findChild(QToolButton, f"button-{name}")


def press(qtbot, transport, name):
    qtbot.mouseClick(button(transport, name), Qt.MouseButton.LeftButton)


def test_buttons_walk(transport, session, qtbot):
    press(qtbot, transport, "forward")
    assert session.state.moment.place == session.state.story.stops(Level.UNIT)[1]
    press(qtbot, transport, "back")
    assert session.state.moment.place == 0
    press(qtbot, transport, "last")
    assert session.state.moment.place == session.state.story.length
    press(qtbot, transport, "first")
    assert session.state.moment.place == 0


def test_play_and_pause_share_a_button(transport, session, qtbot):
    assert button(transport, "play").accessibleName() == "Play"
    press(qtbot, transport, "play")
    assert session.state.playing
    assert button(transport, "play").accessibleName() == "Pause"
    press(qtbot, transport, "play")
    assert not session.state.playing


def test_the_play_button_has_the_colour_of_the_phase(transport, session):
    before = button(transport, "play").styleSheet()
    session.do(GoTo(session.state.story.length))
    assert button(transport, "play").styleSheet() != before


def test_a_disabled_button_says_why(transport):
    assert not button(transport, "first").isEnabled()
    assert "Not now: Nothing of this example has been told yet." in button(transport, "first").toolTip()


def test_the_number_is_counted_in_the_level_shown(transport, session):
    session.do(GoToStep(27))
    assert (transport.field.value(), transport.field.maximum()) == (27, 49)
    assert transport._count.text() == "/ 49"
    session.do(ShowLevel(Level.TERM))
    assert transport.field.value() == session.state.moment.place
    assert transport.field.maximum() == session.state.story.length


def test_typing_a_number_goes_there_once_it_is_finished(transport, session, qtbot):
    transport.go_to_step()
    qtbot.keyClicks(transport.field, "12")
    assert session.state.moment.place == 0
    qtbot.keyClick(transport.field, Qt.Key.Key_Return)
    assert session.state.story.number(session.state.moment.place, Level.UNIT)[0] == 12


def test_escape_takes_the_typing_back(transport, session, qtbot):
    session.do(GoToStep(3))
    transport.go_to_step()
    qtbot.keyClicks(transport.field, "40")
    qtbot.keyClick(transport.field, Qt.Key.Key_Escape)
    assert transport.field.text() == "3"
    assert session.state.story.number(session.state.moment.place, Level.UNIT)[0] == 3


def test_level_and_speed_are_shown_and_chosen(transport, session):
    assert (transport._level.text(), transport._speed.text()) == ("unit ▾", "1 /s")
    rows = {action.objectName(): action for action in transport._level.menu().actions()}
    rows["level-layer"].trigger()
    assert session.state.level is Level.LAYER
    assert transport._level.text() == "layer ▾"
    session.do(SetSpeed(0.5))
    assert transport._speed.text() == "0.5 /s"
    assert {"speed-0.1", "speed-20"} <= {action.objectName() for action in transport._speed.menu().actions()}


def test_the_timeline_has_a_line_of_its_own_where_it_is_narrow(transport, qtbot):
    wide = transport.timeline.geometry()
    transport.resize(500, 110)
    qtbot.waitUntil(lambda: transport.timeline.y() + transport.timeline.height() <= button(transport, "play").y() + 4)
    assert transport.timeline.width() > 450
    transport.resize(900, 60)
    qtbot.waitUntil(lambda: transport.timeline.geometry() == wide)


@pytest.mark.parametrize("width", range(420, 900, 20))
def test_no_control_covers_another_however_narrow_it_is(transport, session, width, qapp):
    """As beside a lesson in large type; what is left out has keys and menus."""
    session.do(Zoom(1.5))
    transport.resize(width, 150)
    qapp.processEvents()
    controls = [one for one in transport.findChildren(QWidget) if one.parent() is transport and one.isVisible()]
    assert {"button-play", "button-back", "button-forward", "step-field"} <= {one.objectName() for one in controls}
    covered = [(one, other) for one, other in combinations(controls, 2) if one.geometry().intersects(other.geometry())]
    assert not covered


def test_all_controls_come_back_where_there_is_room(transport, qapp):
    transport.resize(250, 150)
    assert not transport.findChild(QToolButton, "speed").isVisible()
    transport.resize(900, 60)
    assert all(one.isVisible() for one in transport.findChildren(QToolButton))


def test_playing_changes_nothing_else(transport, session):
    session.do(Play())
    assert transport.field.isEnabled()
