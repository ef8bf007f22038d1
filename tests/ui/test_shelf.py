"""The list of lessons: progress that is kept and forgotten, and a folder of one's own."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from nnviz.files.lessons.shelf import shelf
from nnviz.session.lesson.studying import GoToScene, LeaveLesson
from nnviz.ui.lessons.row import ABOUT
from nnviz.ui.lessons.shelf import Shelf
from tests.ui.windows import click, press

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TEXT = """---
title: Two scenes
about: for the tests
minutes: 3
---

## The first

::: stage
data: xnor
:::

Words.

## The second

More words.
"""


def test_progress_is_kept_and_can_be_forgotten(window, qtbot):
    window.lessons.open(shelf()[0])
    press(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    window.lessons.open(shelf()[0])
    assert window.session.state.lesson.number == 1
    press(window, Qt.Key.Key_F2)
    shown = window.findChild(Shelf)
    assert "scene 2 of" in shown.list.item(0).data(ABOUT)
    click(shown.reset)
    assert "scene" not in shown.list.item(0).data(ABOUT)
    QTest.keyClick(shown.list, Qt.Key.Key_Return)
    assert window.session.state.lesson.number == 0


def test_a_changed_copy_of_a_lesson_has_a_progress_of_its_own(window, tmp_path):
    copy = tmp_path / shelf()[0].name
    copy.write_text(TEXT, encoding="utf-8")
    for path, number in ((shelf()[0], 2), (copy, 1)):
        window.lessons.open(path)
        window.session.do(GoToScene(number))
    for path, number in ((shelf()[0], 2), (copy, 1)):
        window.lessons.open(path)
        assert window.session.state.lesson.number == number


def test_a_folder_of_ones_own_is_listed_below_the_chapter(window, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "good.lesson").write_text(TEXT, encoding="utf-8")
    (folder / "worse.LESSON").write_text("no lesson", encoding="utf-8")
    (folder / "notes.txt").write_text("no lesson", encoding="utf-8")
    press(window, Qt.Key.Key_F2)
    shown = window.findChild(Shelf)
    shown.list_folder(str(folder))
    assert shown.list.count() == len(shelf()) + 2
    good, worse = (shown.list.item(len(shelf()) + index) for index in (0, 1))
    assert good.text().endswith("Two scenes")
    assert worse.data(ABOUT).startswith("It cannot be opened.")
    shown.list.setCurrentItem(good)
    click(shown.begin)
    assert window.session.state.lesson.lesson.title == "Two scenes"
    press(window, Qt.Key.Key_F2)
    assert window.findChildren(Shelf)[-1].list.count() == len(shelf()) + 2


def test_the_list_stands_at_the_first_lesson_that_has_not_been_gone_through(window):
    for path in shelf()[:2]:
        window.lessons.open(path)
        window.session.do(GoToScene(1000))
        window.session.do(LeaveLesson())
    window.lessons.open(shelf()[2])
    window.session.do(GoToScene(1))
    window.session.do(LeaveLesson())
    window.lessons.show_list()
    found = window.findChild(Shelf)
    assert found.list.currentRow() == 2
    click(found.reset)
    assert found.list.currentRow() == 0
    found.close()
