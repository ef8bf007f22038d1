"""Every lesson that comes with the program is gone through in the window, by doing what it says."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from nnviz.files.lessons.shelf import shelf
from nnviz.picture.numbers import shown
from nnviz.session.commands import SetPace
from nnviz.ui.lessons.asked import QuestionSection, TaskSection
from nnviz.ui.lessons.words import MISSING
from tests.ui.windows import click, opened, press

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MOST = 200
"""Clicks on the links of a task."""


@pytest.fixture
def window(tmp_path, qtbot):
    window = opened(tmp_path)
    qtbot.addWidget(window)
    window.session.do(SetPace(0))
    return window


@pytest.mark.parametrize("path", shelf(), ids=lambda path: path.stem)
def test_a_lesson_is_gone_through_by_doing_what_it_says(window, qtbot, path):
    window.lessons.open(path)
    panel, session = window.panels["lesson"], window.session
    for number, scene in enumerate(session.state.lesson.lesson.scenes):
        assert session.state.lesson.number == number
        assert panel.heading.text() == scene.title
        settle(window, qtbot)
        for block in list(panel.blocks):
            if isinstance(block, QuestionSection):
                answer(window, block)
            elif isinstance(block, TaskSection):
                do(window, qtbot, block)
        assert not [label for label in panel.blocks if hasattr(label, "text") and f"<b>{MISSING}</b>" in label.text()]
        assert window.isActiveWindow()  # no part of a scene was a window for a moment
        press(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert session.state.lesson.finished == len(list(session.state.lesson.lesson.asked))
    click(panel.leave)
    assert session.state.lesson is None


def settle(window, qtbot):
    """Until nothing is trained or checked any more."""
    state = window.session
    qtbot.waitUntil(lambda: not state.state.training.active and not window.checker.busy, timeout=20_000)
    qtbot.waitUntil(lambda: state.state.tool != "check" or state.state.checked_share is None, timeout=20_000)


def answer(window, block):
    """The right answer, by a click or typed."""
    name = block.question.name
    if block.options:
        right = next(index for index, option in enumerate(block.question.options) if option.right)
        click(block.options[right])
    else:
        block.field.setText(shown(float(block.question.answer.value(window.session.state)), 3))
        assert isinstance(block.field, QLineEdit)
        click(block.send)
    assert window.session.state.lesson.replies[name].right, block.question
    assert block.reply.text()


def do(window, qtbot, block):
    """The links of the task, again and again, until it is ticked."""
    name = block.task.name
    links = list(block.line.links)
    assert links, "a task of ours can be done by its links"
    for count in range(MOST):
        if name in window.session.state.lesson.done:
            break
        block.line.linkActivated.emit(links[count % len(links)])
        settle(window, qtbot)
    assert name in window.session.state.lesson.done, block.task
    assert block.line.text().startswith("☑")
