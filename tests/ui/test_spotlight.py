"""What a link of a lesson points at: there, in its tool, framed for a moment, and told to teachers."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from nnviz.session.commands import ShowTool
from nnviz.session.lesson.acts import CONTROLS, TOOLS
from nnviz.ui.lessons.spotlight import Spotlight

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_a_spotlight_goes_with_its_control(window, qtbot):
    for gone in (QWidget.hide, delete):
        target = QWidget(window)
        target.show()
        spotlight = Spotlight(window, target)
        gone(target)
        assert not spotlight.isVisible()
        window.grab()
        qtbot.wait(1)


def test_a_spotlight_follows_its_control(window, qtbot):
    target = QWidget(window)
    target.setGeometry(40, 40, 60, 20)
    target.show()
    spotlight = Spotlight(window, target)
    before = spotlight.grab().toImage()
    target.move(300, 200)
    assert spotlight.grab().toImage() != before


def test_what_a_link_can_point_at_is_there_in_its_tool(window):
    for tool in TOOLS:
        window.session.do(ShowTool(tool))
        for name in (*CONTROLS[""], *CONTROLS[tool]):
            assert any(one.isVisible() for one in window.findChildren(QWidget, name)), name


def test_the_page_for_teachers_names_every_control():
    page = (Path(__file__).parents[2] / "docs" / "lessons.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for names in CONTROLS.values() for name in names)
