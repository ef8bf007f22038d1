"""Lessons in the window: opened, gone through with the keys, answered, done, left; one's own work comes back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from nnviz.files.lessons.reading import lesson
from nnviz.files.lessons.shelf import shelf
from nnviz.picture.written import formula
from nnviz.session.commands import SetTheta, StepForward
from nnviz.session.lesson.studying import GoToScene, OpenLesson
from nnviz.session.state import View
from nnviz.ui.click_label import ClickLabel
from nnviz.ui.lessons.shelf import Shelf
from nnviz.ui.lessons.spotlight import Spotlight
from tests.ui.windows import click, opened, press, type_text

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TEXT = """---
title: Two scenes
about: for the tests
minutes: 3
---

## The first

::: stage
data: vehicles
network: 3-5-5-4
example: 7
place: forward
:::

Output one says {h(1)}. [On](step), or see [the story](point: transport); there is no [such thing](point: curves).

$$δ_k^(L) = a_k^(L) − y_k$$

::: question
ask: To lower J, its z should …
[ ] grow → No: y is {y(1):0}.
[x] shrink → Yes.
:::

## The second

::: question
ask: What is δ of output one?
answer: delta(4, 1)
within: 0.01
right: It is.
wrong: Take y from a.
:::

::: task
do: Step until δ of every output is known: [step].
until: known("delta", 4)
done: That of the first is {delta(4, 1)}.
:::
"""


@pytest.fixture
def studying(window):
    """The lesson above, begun."""
    window.lessons  # noqa: B018 (it listens from now on)
    window.session.do(OpenLesson(lesson(TEXT, "two.lesson", formula)))
    return window


def panel(window):
    return window.panels["lesson"]


def link(label, words):
    """Follow the link with these words, as a click or Return on it does."""
    name = next(name for name, link in label.links.items() if link.text == words)
    label.linkActivated.emit(name)


def test_a_lesson_takes_the_place_of_the_controls(studying):
    assert studying.shown("lesson")
    assert not studying.shown("setup")
    assert panel(studying).heading.text() == "The first"
    assert panel(studying).count.text() == "1 of 2"
    click(panel(studying).controls)
    assert studying.shown("setup")
    assert studying.shown("lesson")
    click(panel(studying).controls)
    assert not studying.shown("setup")


def test_live_values_are_those_of_the_moment(studying):
    words = panel(studying).blocks[0]
    h = studying.session.state.story.trace.h[0]
    assert f"<b>{h:.2f}</b>" in words.text()
    studying.session.do(SetTheta(3, 1, 0, 5.0))
    assert f"<b>{h:.2f}</b>" not in words.text()
    assert words.accessibleName().startswith("Output one says ")


def test_links_do_what_they_say(studying):
    words, place = panel(studying).blocks[0], studying.session.state.moment.place
    link(words, "On")
    assert studying.session.state.moment.place > place
    link(words, "the story")
    assert studying.findChild(Spotlight) is not None
    link(words, "such thing")
    assert any("no control called curves" in label.text() for label in studying.findChildren(QLabel))


def test_a_wrong_option_is_told_why_and_another_can_be_chosen(studying):
    question = panel(studying).blocks[2]
    click(question.options[0])
    assert question.options[0].text().startswith("✕")
    assert "No: y is <b>0</b>." in question.reply.text()
    QTest.keyClick(question.options[1], Qt.Key.Key_Return)
    assert question.options[1].text().startswith("✓")
    assert question.options[0].text().startswith("○")
    assert question.options[1].accessibleName() == "Option 2: shrink, right"
    assert studying.session.state.lesson.replies["1"].right


def test_a_number_is_compared_and_words_are_refused_kindly(studying):
    press(studying, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    question = panel(studying).blocks[0]
    question.field.setFocus()
    type_text(studying, "1,5")
    assert "Take y from a." in question.reply.text()
    question.field.clear()
    type_text(studying, "abc")
    assert any("is no number" in label.text() for label in studying.findChildren(QLabel))
    question.field.setText(f"{studying.session.state.story.trace.delta[3][0]:.2f}".replace("-", "−"))
    click(question.send)
    assert "It is." in question.reply.text()


def test_a_task_is_noticed_when_it_is_done_by_whatever_way(studying):
    press(studying, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    task = panel(studying).blocks[1]
    assert task.line.text().startswith("☐")
    assert not task.done.isVisible()
    studying.board.setFocus()
    press(studying, Qt.Key.Key_Right, times=12)
    assert task.line.text().startswith("☑")
    assert task.done.isVisible()
    press(studying, Qt.Key.Key_Home)
    assert task.line.text().startswith("☑"), "what has been done stays done"
    assert studying.session.state.lesson.finished == 1


def test_the_scene_can_be_set_anew_and_the_one_before_begins_as_it_did(studying):
    place = studying.session.state.moment.place
    studying.session.do(StepForward())
    click(panel(studying).again)
    assert studying.session.state.moment.place == place
    studying.session.do(StepForward())
    click(panel(studying).on)
    assert studying.session.state.moment.place > place, "a scene without a stage goes on"
    click(panel(studying).back)
    assert studying.session.state.moment.place == place
    assert not panel(studying).back.isEnabled()


def test_leaving_brings_ones_own_work_back_and_its_undo(window):
    session = window.session
    session.do(SetTheta(1, 1, 0, 3.0))
    mine = session.state
    window.lessons.open(shelf()[0])
    assert session.state.model is not mine.model
    assert session.undo_title is None
    session.do(SetTheta(1, 1, 0, 0.25))
    assert session.undo_title == "Change of Θ"
    click(panel(window).leave)
    assert session.state.lesson is None
    assert session.state.model is mine.model
    assert session.state.moment == mine.moment
    assert window.shown("setup")
    assert session.undo_title == "Change of Θ"
    session.undo()
    assert session.state.model.network.theta(1)[0, 0] != 3.0
    assert session.undo_title is None


def test_the_last_scene_ends_the_lesson(studying):
    press(studying, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert panel(studying).on.text() == "Done"
    click(panel(studying).on)
    assert studying.session.state.lesson is None


def test_a_field_for_a_number_takes_the_keys_from_nobody(studying):
    """Made as a window of its own, if only for a moment, it would."""
    session = studying.session
    session.do(GoToScene(1))
    assert panel(studying).blocks[0].field.isVisible()
    QApplication.processEvents()
    assert QApplication.activeWindow() is studying


def test_a_screen_reader_reads_the_scene_before_the_way_on(studying):
    studying.session.do(GoToScene(1))
    read = panel(studying)._content.children()
    order = [read.index(one) for one in (*panel(studying).blocks, panel(studying).back, panel(studying).on)]
    assert order == sorted(order)
    assert panel(studying).blocks[0].field.accessibleDescription() == "What is δ of output one?"


def test_the_keyboard_alone_leads_through_a_lesson(window):
    press(window, Qt.Key.Key_F2)
    shown = window.findChild(Shelf)
    QTest.keyClick(shown.list, Qt.Key.Key_Down)
    QTest.keyClick(shown.list, Qt.Key.Key_Return)
    lesson_shown = panel(window)
    assert window.session.state.lesson.lesson.title in lesson_shown.accessibleDescription()
    lesson_shown.leave.setFocus()
    reached = []
    for _ in range(40):
        press(window, Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
        if reached[-1] is lesson_shown.on:
            break
    assert reached[-1] is lesson_shown.on
    stops = [one for block in lesson_shown.blocks for one in block.findChildren(ClickLabel)]
    assert set(stops) <= set(reached)
    for one in reached:
        assert one.accessibleName() or one.text(), one
    press(window, Qt.Key.Key_Space)
    assert window.session.state.lesson.number == 1


def test_f6_leads_from_the_drawing_to_the_lesson(studying):
    assert studying.board.hasFocus()
    press(studying, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert panel(studying).isAncestorOf(studying.focusWidget())


def test_a_file_that_is_no_lesson_is_told_with_its_line_and_nothing_changes(window, tmp_path):
    wrong = tmp_path / "wrong.lesson"
    wrong.write_text(TEXT.replace("known(", "knows("), encoding="utf-8")
    before = window.session.state
    window.lessons.open(wrong)
    assert window.session.state.lesson is None
    assert window.session.state.model is before.model
    said = [label.text() for label in window.findChildren(QLabel)]
    assert any("wrong.lesson, line 38" in text and "'knows' is not known" in text for text in said)


def test_a_dropped_lesson_opens(window, tmp_path):
    path = tmp_path / "mine.lesson"
    path.write_text(TEXT, encoding="utf-8")
    window._opened([Path(path)])
    assert window.session.state.lesson.lesson.title == "Two scenes"


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_the_panel_is_dressed_in_every_theme_and_never_scrolls_to_the_side(tmp_path, qtbot, theme):
    window = opened(tmp_path, view=View(theme=theme, reduced_motion=True))
    qtbot.addWidget(window)
    window.resize(1024, 700)
    window.lessons.open(shelf()[0])
    for _ in window.session.state.lesson.lesson.scenes:
        qtbot.wait(10)
        content = panel(window).widget()
        assert content.minimumSizeHint().width() <= panel(window).viewport().width()
        press(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)


class Windows(QObject):
    """Notes every window that opens."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.opened.append(watched)
        return False


def test_no_part_of_a_scene_opens_a_window_of_its_own(studying):
    """For a moment it would take the focus, and the answer that is typed would be lost."""
    windows = Windows()
    QApplication.instance().installEventFilter(windows)
    press(studying, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    QApplication.instance().removeEventFilter(windows)
    assert studying.session.state.lesson.number == 1
    assert windows.opened == []
    assert studying.isActiveWindow()


def test_who_has_answered_wrong_types_anew(studying):
    press(studying, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    field = panel(studying).blocks[0].field
    field.setFocus()
    type_text(studying, "77")
    assert field.hasFocus()
    press(studying, "5")
    assert field.text() == "5"
