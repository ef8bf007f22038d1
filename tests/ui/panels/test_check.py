"""The panels of the check: planting by click and key, what they say, and that nothing old is shown as new."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from nnviz.engine.faults import FAULTS
from nnviz.session.checking import PlantFault, present
from nnviz.session.commands import SetLambda, ShowTool
from tests.ui.windows import click, opened, press, type_text

# Qt's offscreen platform says so of every window that opens above another.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(tmp_path, qtbot):
    window = opened(tmp_path)
    qtbot.addWidget(window)
    window.session.do(SetLambda(1.0))
    press(window, Qt.Key.Key_G)
    wait(window, qtbot)
    return window


def wait(window, qtbot):
    qtbot.waitUntil(lambda: present(window.session.state) is not None and not window.checker.busy, timeout=10_000)


def texts(window):
    panel = window.panels["check"]
    verdict = panel.verdict
    return verdict.verdict.text(), verdict.wrong.text(), panel.diagnosis.words.text()


def test_the_right_gradient_is_said_to_be_right(window):
    verdict, wrong, words = texts(window)
    assert verdict == "✓ gradient is right"
    assert wrong == "0 / 74"
    assert "Every entry of D is the slope of J" in words
    assert not window.panels["check"].worst.isVisible()


@pytest.mark.parametrize("row", FAULTS, ids=lambda row: row.name)
def test_a_click_plants_and_the_panel_names_it(window, qtbot, row):
    click(window.panels["bugs"].faults.buttons[row.name])
    assert window.session.state.fault == row.name
    wait(window, qtbot)
    verdict, wrong, words = texts(window)
    assert verdict.startswith("✕")
    assert not wrong.startswith("0 ")
    assert row.title in words or row.name == "bias-in-the-loop"
    assert window.panels["bugs"].code.wrong.text() == row.wrong
    assert window.panels["bugs"].code.right.text() == row.right


def test_the_worst_entries_are_listed_and_the_links_are_red(window, qtbot):
    window.session.do(PlantFault("lambda-not-over-m"))
    wait(window, qtbot)
    rows = window.panels["check"].worst.rows
    assert all(label.text() for labels in rows for label in labels)
    roles = {link.address.column == 0: link.role for link in window.board.weights.links}
    assert roles == {True: "agree", False: "differ"}


def test_the_sweep_says_where_epsilon_is_best(window):
    section = window.panels["check"].sweep
    assert section.isVisible()
    assert "Two-sided is best near 1e−" in section.words.text()
    assert section.view.accessibleDescription() == section.words.text()


def test_an_update_fault_is_called_that(window, qtbot):
    window.session.do(PlantFault("bias-in-the-loop"))
    wait(window, qtbot)
    verdict, wrong, words = texts(window)
    assert verdict == "✕ update is wrong"
    assert wrong == "14 / 74"
    assert "no check of the gradient can see that" in words


def test_while_it_is_not_known_nothing_old_is_shown(window, qtbot, monkeypatch):
    monkeypatch.setattr(window.checker._background, "run", lambda *parts: None)
    window.session.do(PlantFault("no-slope"))
    assert texts(window)[:2] == ("checking …", "–")
    assert not window.panels["check"].diagnosis.isVisible()
    assert {link.role for link in window.board.weights.links} == {"muted"}
    assert not window.panels["check"].agreement.isVisible()


def test_at_no_decay_a_fault_of_decay_changes_nothing_and_the_panel_says_so(window, qtbot):
    window.session.do(PlantFault("lambda-not-over-m"))
    window.session.do(SetLambda(0.0))
    wait(window, qtbot)
    verdict, _, words = texts(window)
    assert verdict == "✓ gradient is right"
    assert "Here this mistake changes no number" in words
    assert window.panels["bugs"].decay.note.isVisible()


def test_decay_is_typed(window, qtbot):
    window.panels["bugs"].decay.decay.setFocus()
    window.panels["bugs"].decay.decay.selectAll()
    type_text(window, "2.5")
    assert window.session.state.model.lambda_ == 2.5


def test_the_keyboard_alone_plants(window, qtbot):
    button = window.panels["bugs"].faults.buttons[None]
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Down)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert window.session.state.fault == FAULTS[0].name


def test_pointing_at_an_entry_lights_its_link(window, qtbot):
    view = window.panels["check"].agreement.view
    spot = view.neighbour(None, 0, 0)
    QTest.mouseMove(view, view.area(spot).center().toPoint())
    qtbot.waitUntil(lambda: window.session.state.pointed is not None)
    assert window.session.state.pointed[1:] == (1, 1, 0)
    assert "right" in view.hint(spot)
    assert "slope of J" in view.hint(spot)


def test_leaving_the_tool_shows_the_story_again(window):
    window.session.do(ShowTool("step"))
    assert {link.role for link in window.board.weights.links} <= {"positive", "negative"}
    assert not window.panels["check"].isVisible()


def test_a_check_that_is_stopped_says_so_by_not_going_on(window, qtbot):
    """The answer does not come, and the window lives on."""
    window.checker.stop()
    window.session.do(PlantFault("no-slope"))
    window.checker.stop()
    qtbot.waitUntil(lambda: not window.checker.busy, timeout=10_000)
    window.session.do(PlantFault("sign-flipped"))
    wait(window, qtbot)
    assert texts(window)[0] == "✕ gradients differ"
