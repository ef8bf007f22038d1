"""The clock: when it moves, and that it stops."""

import pytest
from PySide6.QtWidgets import QApplication

from nnviz.engine.story import Level
from nnviz.files import datasets
from nnviz.session.commands import (
    GoTo,
    GoToExample,
    Pause,
    Play,
    ReduceMotion,
    SetSpeed,
    ShowLevel,
    StepBack,
    StepForward,
)
from nnviz.session.model import model_for
from nnviz.session.session import Session
from nnviz.session.state import initial
from nnviz.ui import player as player_module
from nnviz.ui.player import Player


@pytest.fixture
def session():
    return Session(initial(model_for(datasets.load("xor"))))


@pytest.fixture
def player(session, qapp):
    player = Player(session)
    yield player
    player.close()


@pytest.fixture
def progress(player):
    seen = []
    player.progress_changed.connect(seen.append)
    return seen


def test_a_step_forward_moves_and_comes_to_rest(session, player, progress, qtbot):
    session.do(StepForward())
    assert progress == [0.0]
    assert player.moves
    qtbot.waitUntil(lambda: not player.moves, timeout=3000)
    assert progress[-1] == 1.0
    assert progress == sorted(progress)


@pytest.mark.parametrize("command", [StepBack(), GoTo(9), GoToExample(2)])
def test_other_ways_are_at_their_end_at_once(session, player, progress, command):
    session.do(GoTo(5))
    session.do(command)
    assert not player.moves
    assert 0.0 not in progress


def test_a_step_during_a_movement_goes_straight_to_the_new_one(session, player, progress, qtbot, monkeypatch):
    monkeypatch.setattr(player_module, "MOVEMENT", 60_000.0)  # not over before the test is, on a busy machine too
    session.do(StepForward())
    qtbot.wait(player_module.REPEAT + 20)
    session.do(StepForward())
    assert progress[-1] == 0.0
    assert player.moves


def test_a_held_key_shows_no_movement(session, player, progress):
    session.do(StepForward())
    session.do(StepForward())
    assert progress == [0.0, 1.0]
    assert not player.moves


def test_reduced_motion_shows_none(session, player, progress):
    session.do(ReduceMotion(True))
    session.do(StepForward())
    assert not player.moves
    assert progress == []


def test_the_desktop_can_ask_for_less(session, player, progress, monkeypatch):
    assert not player_module.desktop_reduces_motion()
    monkeypatch.setattr(player_module, "desktop_reduces_motion", lambda: True)
    session.do(StepForward())
    assert progress == []


def test_playing_steps_at_once_and_then_at_the_speed(session, player, qtbot):
    session.do(SetSpeed(20.0))
    session.do(Play())
    assert session.state.moment.place == session.state.story.stops(Level.UNIT)[1]
    qtbot.waitUntil(lambda: session.state.moment.place >= session.state.story.stops(Level.UNIT)[4], timeout=3000)
    session.do(Pause())
    place = session.state.moment.place
    qtbot.wait(150)
    assert session.state.moment.place == place


def test_it_pauses_at_the_end_of_all(session, player, qtbot):
    session.do(GoToExample(3))
    session.do(ShowLevel(Level.LAYER))
    session.do(SetSpeed(20.0))
    session.do(Play())
    qtbot.waitUntil(lambda: not session.state.playing, timeout=5000)
    assert session.state.moment.place == session.state.story.length
    qtbot.waitUntil(lambda: not player.moves, timeout=3000)


def test_a_step_by_hand_sets_the_beat_anew(session, player):
    session.do(SetSpeed(0.1))
    session.do(Play())
    assert player._beat.remainingTime() > 9000
    session.do(StepForward())
    assert player._beat.remainingTime() > 9000


def test_movements_fit_between_the_steps_of_play(session, player):
    session.do(SetSpeed(20.0))
    session.do(Play())
    assert player._length == pytest.approx(40.0)


def test_closed_it_hears_nothing(session, player):
    player.close()
    session.do(Play())
    assert session.state.moment.place == 0
    QApplication.processEvents()
