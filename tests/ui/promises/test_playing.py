"""Playing and movement in the real window: Space, speed, what moves and what does not."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from nnviz.session.state import View
from nnviz.ui import player
from tests.ui.windows import click, picture_of, press

MOVING = View(theme="light", speed=20.0)
LONG = 60_000.0
"""Milliseconds that are not over before the test is, however busy the machine."""


def place(window):
    return window.session.state.moment.place


def test_space_plays_and_pauses(window, qtbot):
    press(window, "+", times=3)
    press(window, Qt.Key.Key_Space)
    assert window.session.state.playing
    assert place(window) > 0  # something happens the moment play is pressed
    qtbot.waitUntil(lambda: place(window) >= window.session.state.story.ends[2], timeout=5000)
    press(window, Qt.Key.Key_Space)
    assert not window.session.state.playing
    stopped = place(window)
    qtbot.wait(250)
    assert place(window) == stopped


def test_the_button_plays_and_space_after_it_pauses(window):
    button = window.findChild(QToolButton, "button-play")
    click(button)
    assert window.session.state.playing
    assert button.accessibleName() == "Pause"
    press(window, Qt.Key.Key_Space)
    assert not window.session.state.playing
    assert button.accessibleName() == "Play"


def test_twenty_steps_a_second(open_window, qtbot):
    window = open_window(view=View(theme="light", speed=20.0, reduced_motion=True))
    number = lambda: window.session.state.story.number(place(window), window.session.state.level)[0]  # noqa: E731
    begun, start = time.monotonic(), number()
    press(window, Qt.Key.Key_Space)
    assert window.player._beat.interval() == 50
    qtbot.waitUntil(lambda: number() - start >= 8, timeout=5000)
    assert number() - start <= 20 * (time.monotonic() - begun) + 2  # a loaded machine may be late, never early


def test_stepping_back_while_playing_stops(window):
    press(window, Qt.Key.Key_Right, times=4)
    press(window, Qt.Key.Key_Space)
    press(window, Qt.Key.Key_Left)
    assert not window.session.state.playing


def test_plus_and_minus_change_the_speed_that_is_shown(window):
    shown = window.findChild(QToolButton, "speed")
    assert shown.text() == "1 /s"
    press(window, "+")
    assert (window.session.state.view.speed, shown.text()) == (2.0, "2 /s")
    press(window, "-", times=9)
    assert (window.session.state.view.speed, shown.text()) == (0.1, "0.1 /s")
    press(window, "+", times=12)
    assert (window.session.state.view.speed, shown.text()) == (20.0, "20 /s")
    assert "Not now:" in window.table["faster"].toolTip()


def test_playing_ends_with_the_last_example(open_window, qtbot):
    window = open_window("and", example=4, view=View(theme="light", speed=20.0, reduced_motion=True))
    press(window, Qt.Key.Key_End)
    press(window, Qt.Key.Key_Left)
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.session.state.playing, timeout=3000)
    assert place(window) == window.session.state.story.length


@pytest.fixture
def progress(open_window, monkeypatch):
    """A window that moves, and the list of how far its movements have come."""
    if player.desktop_reduces_motion():
        monkeypatch.setattr(player, "desktop_reduces_motion", lambda: False)
    window, told = open_window(view=MOVING), []
    window.player.progress_changed.connect(told.append)
    return window, told


def test_a_step_forward_moves_from_0_to_1(progress, qtbot, monkeypatch):
    window, told = progress
    monkeypatch.setattr(player, "MOVEMENT", 2 * player.MOVEMENT)  # some pictures of it, on a busy machine too
    press(window, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: told[-1:] == [1.0], timeout=5000)
    assert told[0] == 0.0
    assert told == sorted(told)
    assert len(told) > 3
    assert not window.player.moves


def test_what_has_moved_is_the_picture_at_rest(progress, qtbot, monkeypatch):
    window, told = progress
    monkeypatch.setattr(player, "MOVEMENT", LONG)
    press(window, Qt.Key.Key_Right)
    first = picture_of(window.board)
    window.player._length = 1.0
    qtbot.waitUntil(lambda: told[-1:] == [1.0], timeout=3000)
    moved = picture_of(window.board)
    window.table["reduced-motion"].trigger()
    press(window, Qt.Key.Key_Left)
    press(window, Qt.Key.Key_Right)
    assert moved == picture_of(window.board) != first


def test_stepping_on_goes_straight_to_the_next_step(progress, qtbot, monkeypatch):
    window, told = progress
    monkeypatch.setattr(player, "MOVEMENT", LONG)
    press(window, Qt.Key.Key_Right)
    qtbot.wait(player.REPEAT + 40)
    assert window.player.moves
    press(window, Qt.Key.Key_Right)
    assert place(window) == window.session.state.story.ends[1]
    assert told[-1] == 0.0  # the next step's own movement
    monkeypatch.setattr(player, "REPEAT", LONG)
    press(window, Qt.Key.Key_Right)  # at once: no movement at all
    assert told[-1] == 1.0
    assert not window.player.moves


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Home])
def test_going_elsewhere_moves_nothing(progress, key):
    window, told = progress
    press(window, Qt.Key.Key_PageDown)
    told.clear()
    press(window, key)
    assert 0.0 not in told
    assert not window.player.moves


def test_with_reduced_motion_nothing_moves(progress):
    window, told = progress
    window.table["reduced-motion"].trigger()
    press(window, Qt.Key.Key_Right, times=3)
    assert not told
    assert not window.player.moves
