"""The whole window, with real keys and clicks."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from nnviz.engine.story import Level
from nnviz.session.commands import GoTo, GoToStep, SetTheta, ShowLevel, ShowTheme, Zoom
from nnviz.ui import app
from nnviz.ui.settings import Settings


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "nnviz.ini")


@pytest.fixture
def window(qtbot, settings):
    window = app.build(app.session_for(settings), settings)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.board.setFocus()
    return window


def place(window):
    return window.session.state.moment.place


def test_it_opens_ready_to_step(window):
    state = window.session.state
    assert state.model.network.sizes == (3, 5, 5, 4)
    assert (state.moment.example, state.moment.place, state.model.seed) == (6, 0, 4)
    assert window.header.example.value.startswith("7 of 150")


def test_arrows_step_there_and_back(window, qtbot):
    state = window.session.state
    first = state.story.stops(Level.UNIT)[1]
    qtbot.keyClick(window.board, Qt.Key.Key_Right)
    assert place(window) == first
    qtbot.keyClick(window.board, Qt.Key.Key_Left)
    assert place(window) == 0


@pytest.mark.parametrize(
    ("key", "modifier", "expected"),
    [
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, lambda story: story.length),
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, lambda story: story.stops(Level.UNIT)[10]),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, lambda story: story.stops(Level.LAYER)[1]),
    ],
)
def test_keys_walk(window, qtbot, key, modifier, expected):
    qtbot.keyClick(window.board, key, modifier)
    assert place(window) == expected(window.session.state.story)


def test_control_and_an_arrow_change_the_example_at_the_same_place(window, qtbot):
    window.session.do(GoToStep(9))
    before = place(window)
    qtbot.keyClick(window.board, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert window.session.state.moment.example == 7
    assert place(window) == before


@pytest.mark.parametrize(("key", "level"), [*zip("12345", Level, strict=True)])
def test_digits_choose_the_level(window, qtbot, key, level):
    qtbot.keyClicks(window.board, key)
    assert window.session.state.level is level


def test_plus_and_minus_change_the_speed(window, qtbot):
    qtbot.keyClicks(window.board, "+")
    assert window.session.state.view.speed == 2.0
    qtbot.keyClicks(window.board, "--")
    assert window.session.state.view.speed == 0.5


def test_space_plays_and_pauses(window, qtbot):
    qtbot.keyClick(window.board, Qt.Key.Key_Space)
    assert window.session.state.playing
    assert place(window) > 0  # something moves at once
    qtbot.keyClick(window.board, Qt.Key.Key_Space)
    assert not window.session.state.playing


def test_nothing_is_a_shortcut_while_typing(window, qtbot):
    field = window.panels["setup"].findChild(QLineEdit)
    field.setFocus()
    assert field.hasFocus()
    for key in (Qt.Key.Key_R, Qt.Key.Key_1, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_Plus):
        qtbot.keyClick(field, key)
    state = window.session.state
    assert (state.moment.place, state.playing, state.view.speed) == (0, False, 1.0)
    assert state.level is Level.UNIT


def test_arrows_step_with_the_focus_on_a_button(window, qtbot):
    button = window.transport.findChild(object, "button-play")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Right)
    assert place(window) > 0
    assert button.hasFocus()


def test_space_presses_the_button_that_has_the_focus(window, qtbot):
    button = window.transport.findChild(object, "button-last")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert place(window) == window.session.state.story.length
    assert not window.session.state.playing


def test_a_click_on_a_button_leaves_the_focus(window, qtbot):
    qtbot.mouseClick(window.transport.findChild(object, "button-forward"), Qt.MouseButton.LeftButton)
    assert place(window) > 0
    assert window.board.hasFocus()


def test_reset_says_how_to_get_the_changes_back(window, qtbot):
    window.session.do(SetTheta(1, 1, 0, 0.5))
    window.session.do(GoToStep(3))
    qtbot.keyClicks(window.board, "r")
    assert place(window) == 0
    assert window.session.state.model.network is window.session.state.model.start
    assert "Ctrl+Z" in window._messages.text()
    qtbot.keyClick(window.board, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.state.model.network.theta(1)[0, 0] == 0.5


def test_a_refused_edit_is_told(window):
    assert not window.session.attempt(SetTheta(1, 1, 0, float("inf")))
    assert window._messages.isVisible()
    assert "Θ" in window._messages.text()


def test_zoom_and_theme_restyle_everything_live(window, qtbot):
    before = window.transport.field.font().pixelSize()
    qtbot.keyClick(window.board, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    window.session.do(Zoom(1.5))
    assert window.transport.field.font().pixelSize() == round(12 * 1.5) > before
    window.session.do(ShowTheme("dark"))
    label = window.transport._count
    assert label.palette().windowText().color().lightness() > 128
    window.session.do(ShowTheme("light"))
    assert label.palette().windowText().color().lightness() < 128


def test_the_left_panel_hides_where_it_is_narrow_unless_asked_for(window, qtbot):
    assert window.shown("setup")
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: window.width() == 1024)
    assert not window.shown("setup")
    assert window.shown("inspector")
    assert not window.table["show-setup"].isChecked()
    window.table["show-setup"].trigger()
    assert window.shown("setup")
    assert window.table["show-setup"].isChecked()


def test_the_chip_of_the_network_leads_to_the_layers(window, qtbot):
    window.table["show-setup"].trigger()
    assert not window.shown("setup")
    qtbot.mouseClick(window.header.network, Qt.MouseButton.LeftButton)
    assert window.shown("setup")
    assert window.panels["setup"].network.isAncestorOf(window.focusWidget())


def test_go_to_step(window, qtbot):
    qtbot.keyClick(window.board, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    field = window.transport.field
    assert field.hasFocus()
    qtbot.keyClicks(field, "27")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    state = window.session.state
    assert state.story.number(state.moment.place, state.level)[0] == 27


def test_escape_gives_the_keys_back_to_the_board(window, qtbot):
    window.transport.go_to_step()
    qtbot.keyClick(window.transport.field, Qt.Key.Key_Escape)
    assert window.board.hasFocus()


def test_everything_can_be_reached_with_tab(window, qtbot):
    seen = set()
    for _ in range(120):
        window.focusNextChild()
        seen.add(window.focusWidget())
    names = {widget.objectName() for widget in seen}
    assert {"chip-data", "chip-network", "chip-example", "chip-seed", "board", "timeline", "step-field"} <= names
    assert {f"button-{name}" for name in ("back", "play", "forward", "last")} <= {
        name for name in names if name.startswith("button-")
    } | {"button-back"}  # back has nothing to do yet


def test_f6_goes_from_part_to_part_and_back(window, qtbot):
    parts = [window.header, window.panels["setup"], window.board, window.transport, window.panels["inspector"]]
    window.board.setFocus()
    at = 2
    for key, step in [*[(Qt.KeyboardModifier.NoModifier, 1)] * 6, *[(Qt.KeyboardModifier.ShiftModifier, -1)] * 6]:
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F6, key)
        at = (at + step) % len(parts)
        focus = window.focusWidget()
        assert focus is parts[at] or parts[at].isAncestorOf(focus)
    window.table["show-inspector"].trigger()  # what is put away is passed over
    window.transport.field.setFocus()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F6)
    assert window.header.isAncestorOf(window.focusWidget())


def test_what_was_shown_is_remembered(window, settings):
    window.session.do(ShowTheme("dark"))
    window.session.do(ShowLevel(Level.TERM))
    window.table["show-inspector"].trigger()
    window.close()
    again = app.session_for(settings)
    assert again.state.view.theme == "dark"
    assert again.state.level is Level.TERM
    assert settings.panel("inspector") is False
    assert settings.geometry() is not None


def test_closing_stops_what_moves(window, qtbot):
    qtbot.keyClick(window.board, Qt.Key.Key_Space)
    window.close()
    assert not window.player.moves
    assert not window.session.state.playing


def test_full_screen_there_and_back(window, qtbot):
    qtbot.keyClick(window.board, Qt.Key.Key_F11)
    assert window.isFullScreen()
    assert window.table["show-full-screen"].isChecked()
    qtbot.keyClick(window.board, Qt.Key.Key_F11)
    assert not window.isFullScreen()


def test_the_board_follows_the_player(window, qtbot):
    window.session.do(GoTo(0))
    qtbot.keyClick(window.board, Qt.Key.Key_Right)
    assert window.player.moves
    qtbot.waitUntil(lambda: not window.player.moves, timeout=3000)
