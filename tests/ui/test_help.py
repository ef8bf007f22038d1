"""The page of help, hints of the first run, messages, saving a picture."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPushButton, QWidget

from nnviz.files.lessons.shelf import shelf
from nnviz.session.commands import ShowTheme, ShowTool, StepForward
from nnviz.session.lesson.studying import LeaveLesson
from nnviz.ui import app
from nnviz.ui.actions import ACTIONS
from nnviz.ui.help import Help, page
from nnviz.ui.hints import HINTS, Hints
from nnviz.ui.menus import key_text
from nnviz.ui.settings import Settings
from nnviz.ui.views import VIEWS
from nnviz.ui.workbench import PANELS

# Qt's offscreen platform says so of every window that opens above another.
TAB = Qt.FocusPolicy.TabFocus
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(qtbot, tmp_path):
    settings = Settings(tmp_path / "nnviz.ini")
    window = app.build(app.session_for(settings), settings)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    qtbot.waitExposed(window)
    return window


def test_f1_opens_one_page_that_stays_beside_the_window(window, qtbot):
    window.board.setFocus()
    qtbot.keyClick(window.board, Qt.Key.Key_F1)
    qtbot.keyClick(window.board, Qt.Key.Key_F1)
    shown = window.findChildren(Help)
    assert len(shown) == 1
    assert not shown[0].isModal()
    window.session.do(ShowTheme("dark"))
    window.session.do(StepForward())
    shown[0].close()


@pytest.mark.parametrize("name", ["help", "lessons", "worksheet"])
def test_a_dialog_is_no_larger_than_the_window(window, name):
    """The screen of a projector is small, and the projector theme large: the buttons are to be reached."""
    window.session.do(ShowTheme("projector"))
    window.resize(1024, 700)
    window.table["zoom-in"].trigger()
    window.table[name].trigger()
    dialog = next(one for one in window.findChildren(QDialog) if one.isVisible())
    assert dialog.height() <= window.height()
    assert dialog.width() <= window.width()
    dialog.close()


def test_the_page_names_every_key(qapp):
    text = page(ACTIONS, "#000000")
    for row in ACTIONS:
        assert not row.keys or row.help.replace("’", "'") in text
        assert all(key_text(key) in text for key in row.keys)


def test_hints_point_at_three_things_once(window, qtbot):
    hints = Hints(window)
    for hint in HINTS:
        assert hint.words in {label.text() for label in hints.findChildren(type(hints._words))}
        assert window.rect().contains(hints.geometry())
        qtbot.mouseClick(hints._next, Qt.MouseButton.LeftButton)
    assert window.settings.hints_seen
    assert hints.isHidden()


def test_the_first_start_tells_of_lessons_and_of_help(window):
    said = " ".join(hint.words for hint in HINTS)
    assert len(HINTS) == 3
    assert f"lessons ({window.table['lessons'].shortcut().toString()})" in said
    assert "right click" in said
    assert f"{window.table['help'].shortcut().toString()} helps" in said


def test_hints_follow_the_theme_and_have_room_for_their_words(window, qtbot):
    hints = Hints(window)
    before = hints.size()
    window.session.do(ShowTheme("projector"))
    assert hints.width() > before.width()
    words = hints._words
    assert words.height() >= words.heightForWidth(words.width())
    assert window.rect().contains(hints.geometry())


def test_hints_leave_the_room_to_a_lesson(window, qtbot):
    hints = Hints(window)
    window.lessons.open(shelf()[0])
    assert hints.isHidden()
    window.session.do(LeaveLesson())
    assert not hints.isHidden()


def test_the_page_tells_what_the_mouse_does(qapp):
    text = page(ACTIONS, "#000000")
    assert "What am I looking at?" in text
    assert all(one in text for one in (".lesson", "backprop.py", "X and y"))


def test_hints_can_be_skipped_and_do_not_stop_the_story(window, qtbot):
    hints = Hints(window)
    window.board.setFocus()
    qtbot.keyClick(window.board, Qt.Key.Key_Right)
    assert window.session.state.moment.place > 0
    window.resize(1024, 700)
    assert window.rect().contains(hints.geometry())
    skip = next(button for button in hints.findChildren(QPushButton) if button.text() == "Skip")
    qtbot.mouseClick(skip, Qt.MouseButton.LeftButton)
    assert window.settings.hints_seen


def test_hints_leave_with_escape_wherever_the_focus_is(window, qtbot):
    hints = Hints(window)
    window.board.setFocus()
    qtbot.keyClick(window.board, Qt.Key.Key_Escape)
    assert hints.isHidden()
    assert window.settings.hints_seen


def test_hints_are_not_in_the_way_of_another_tool(window):
    hints = Hints(window)
    window.session.do(ShowTool("train"))
    assert hints.isHidden()
    window.session.do(ShowTool("step"))
    assert hints.isVisible()
    hints.finish()


def test_a_hint_of_a_panel_that_is_put_away_is_left_out(window):
    window.table["show-inspector"].trigger()
    hints = Hints(window)
    hints.advance()
    assert hints._words.text() == HINTS[2].words
    hints.finish()


def test_a_message_is_plain_text_in_reach_and_goes_away(window, qtbot, monkeypatch):
    told = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: told.append(event.type()))
    monkeypatch.setattr("nnviz.ui.messages.LEAST", 50)
    monkeypatch.setattr("nnviz.ui.messages.FOR_A_LETTER", 0)
    window.tell("<b>x</b> " * 60)
    line = window._messages
    assert line.textFormat() == Qt.TextFormat.PlainText
    assert line.parentWidget().rect().contains(line.geometry())
    assert QAccessible.Event.Announcement in told
    qtbot.waitUntil(lambda: line.isHidden(), timeout=2000)


@pytest.mark.parametrize("name", [*VIEWS])
def test_every_view_says_what_it_is(window, name):
    title, words = VIEWS[name]
    assert title
    assert all(sentence.endswith((".", "?")) and len(sentence) < 130 for sentence in words)


def test_every_panel_is_among_the_views():
    assert {panel.name for panel in PANELS} | {"board", "transport", "header"} == set(VIEWS)


@pytest.mark.parametrize(("tool", "name"), [("step", "inspector"), ("train", "curves"), ("check", "check")])
def test_f1_begins_with_the_view_in_use(window, qtbot, tool, name):
    window.session.do(ShowTool(tool))
    panel = window.panels[name]
    stop = next(one for one in panel.findChildren(QWidget) if one.isVisible() and one.focusPolicy() & TAB)
    stop.setFocus()
    qtbot.keyClick(stop, Qt.Key.Key_F1)
    (shown,) = window.findChildren(Help)
    assert shown.text.toPlainText().startswith(f"What am I looking at? {VIEWS[name].title}")


def test_a_right_click_offers_what_one_is_looking_at(window, qtbot):
    centre = window.board.rect().center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, window.board.mapTo(window, centre), window.board.mapToGlobal(centre)
    )
    QApplication.sendEvent(window, event)
    menu = next(menu for menu in window.findChildren(QMenu) if menu.isVisible())
    menu.actions()[0].trigger()
    menu.close()
    (shown,) = window.findChildren(Help)
    assert "The network" in shown.text.toPlainText().splitlines()[0]
