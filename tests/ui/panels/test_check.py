"""The panels of the check: planting by click and key, what they say, and that nothing old is shown as new."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from nnviz.engine.faults import FAULTS, fault
from nnviz.engine.quantities import Address, Symbol
from nnviz.files.datasets import load
from nnviz.session.checking import ChooseEntry, PlantFault, SetWay, ShowOwn, chosen, present
from nnviz.session.commands import ChooseData, SetHidden, SetLambda, ShowTool
from nnviz.session.own import OwnCode
from nnviz.session.state import Riddle, View
from nnviz.ui.panels.bugs import _told
from nnviz.ui.panels.check import HIDDEN, NAMED
from nnviz.ui.panels.slice import INVITATION
from tests.ui.windows import click, link, on_board, opened, press, type_text

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


def test_a_wrong_guess_is_told_why(window):
    state = window.session.state
    for alike, words in ((False, "it would give other numbers"), (True, "though D would be the same here")):
        assert words in _told(None, replace(state, riddle=Riddle(("no-slope",), alike=alike)))


def test_the_worst_entries_are_listed_and_the_links_are_red(window, qtbot):
    window.session.do(PlantFault("lambda-not-over-m"))
    wait(window, qtbot)
    rows = window.panels["check"].worst.rows
    assert all(label.text() for labels in rows for label in labels)
    roles = {link.address.column == 0: link.role for link in window.board.weights.links}
    assert roles == {True: "agree", False: "differ"}


def test_pointing_at_one_of_the_worst_lights_it_and_a_click_looks_at_it_alone(window, qtbot):
    window.session.do(PlantFault("lambda-not-over-m"))
    wait(window, qtbot)
    panel, worst = window.panels["check"], present(window.session.state).check.worst(5)
    name, *numbers = panel.worst.rows[1]
    name.setFocus()
    assert window.session.state.pointed == worst[1]
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert chosen(window.session.state) == worst[1]
    name.clearFocus()
    assert window.session.state.pointed is None
    assert panel.agreement.view._lit == worst[1]  # it stays marked in the map
    for number in numbers:
        click(panel.worst.rows[0][0])
        click(number)
        assert chosen(window.session.state) == worst[1]


def test_the_sweep_says_where_epsilon_is_best(window):
    section = window.panels["check"].sweep
    assert section.isVisible()
    assert "Two-sided is best near 1e−" in section.words.text()
    assert section.view.accessibleDescription() == section.words.text()


def test_a_click_on_a_link_shows_J_along_it(window, qtbot):
    part = window.panels["check"].slice
    assert part.words.text() == INVITATION
    assert not part.view.isVisible()
    click(window.board, on_board(window.board, link(3, 1, 2)))
    assert window.session.state.tool == "check"
    assert window.session.state.chosen == Address(Symbol.D, 3, 1, 2)
    assert part.view.isVisible()
    assert "ε = 0.500" in part.words.text()


def test_a_cell_is_chosen_too(window, qtbot):
    view = window.panels["check"].agreement.view
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.area(link(1, 2, 3)).center().toPoint())
    assert window.session.state.chosen == Address(Symbol.D, 1, 2, 3)


def test_epsilon_is_dragged_and_moved_by_keys(window, qtbot):
    window.session.do(ChooseEntry(link(3, 1, 2)))
    part = window.panels["check"].slice
    area = part.view.area
    at = area.center().toPoint()
    at.setX(round(area.left() + area.width() * 0.6))
    QTest.mousePress(part.view, Qt.MouseButton.LeftButton, pos=at)
    assert part.view._slice.epsilon == pytest.approx(0.2, abs=0.02)
    before = part.view._slice.epsilon
    part.view.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(part.view, Qt.Key.Key_Left)
    assert part.view._slice.epsilon == pytest.approx(before / 1.25)
    assert f"ε = {part.view._slice.epsilon:.3f}" in part.words.text()


def test_the_slice_follows_the_planted_mistake(window, qtbot):
    window.session.do(ChooseEntry(link(2, 1, 1)))
    window.session.do(PlantFault("no-slope"))
    wait(window, qtbot)
    one = window.panels["check"].slice.view._slice
    assert not one.right
    assert present(window.session.state).check.D[1][0, 1] == one.D


def test_an_entry_that_is_no_more_is_not_shown(window, qtbot):
    window.session.do(ChooseEntry(link(2, 5, 5)))
    window.session.do(SetHidden((2, 2)))
    wait(window, qtbot)
    assert not window.panels["check"].slice.view.isVisible()


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


def test_a_large_check_shows_how_far_it_is_and_can_be_stopped_and_begun_again(window, qtbot):
    window.session.do(ChooseData(load("digits")))
    panel = window.panels["check"].verdict
    qtbot.waitUntil(panel.stop.isVisible, timeout=10_000)
    assert panel.progress.isVisible()
    assert texts(window)[0] == "checking …"
    click(panel.stop)
    qtbot.waitUntil(lambda: not window.checker.busy, timeout=10_000)
    assert texts(window)[0] == "not checked"
    assert present(window.session.state) is None
    qtbot.waitUntil(panel.again.isVisible, timeout=10_000)
    click(panel.again)
    qtbot.waitUntil(panel.stop.isVisible, timeout=10_000)


def test_right_entries_are_not_among_the_worst(window, qtbot):
    """Of D⁽³⁾ with a wrong bias column there are four wrong entries, fewer than are listed at most."""
    window.session.do(PlantFault("no-bias-gradient"))
    window.session.do(SetHidden(()))
    wait(window, qtbot)
    rows = window.panels["check"].worst.rows
    rows[4][0].pointed.emit(True)
    assert window.session.state.pointed is None
    assert [labels[0].isVisible() for labels in rows] == [True] * 4 + [False]


def test_a_mistake_is_hidden_guessed_and_found(window, qtbot):
    faults, panel = window.panels["bugs"].faults, window.panels["check"]
    click(window.panels["bugs"].deeds.riddle)
    hidden = window.session.state.fault
    wait(window, qtbot)
    assert not any(button.isChecked() for button in faults.buttons.values())
    assert not window.panels["bugs"].code.isVisible()
    assert panel.diagnosis.words.text() == HIDDEN
    wrong = next(row for row in FAULTS if row.name != hidden)
    click(faults.buttons[wrong.name])
    assert faults.told.text().startswith(f"Not {wrong.title}")
    assert not faults.buttons[wrong.name].isEnabled()
    assert window.session.state.fault == hidden
    click(faults.buttons[hidden])
    lines = window.panels["bugs"].lines
    assert faults.told.text() == f"Yes, it is {fault(hidden).title}. In which line does it stand?"
    assert panel.diagnosis.words.text() == NAMED
    assert lines.isVisible()
    assert not faults.buttons[hidden].isVisible()
    click(lines.lines["h = a"])
    assert faults.told.text().startswith("Not in that line.")
    assert not lines.lines["h = a"].isEnabled()
    QTest.keyClick(lines.lines[fault(hidden).right], Qt.Key.Key_Return)
    assert not lines.isVisible()
    assert faults.told.text().startswith("That is it")
    assert faults.buttons[hidden].isChecked()
    assert window.panels["bugs"].code.isVisible()
    assert panel.diagnosis.words.text() != HIDDEN


def test_giving_up_a_riddle_takes_the_mistake_out(window, qtbot):
    faults = window.panels["bugs"].faults
    click(window.panels["bugs"].deeds.riddle)
    click(faults.buttons[None])
    assert (window.session.state.fault, window.session.state.riddle) == (None, None)
    assert all(button.isEnabled() for button in faults.buttons.values())
    assert not faults.told.isVisible()


def test_no_line_stands_above_the_first_section_that_is_seen(window):
    panel = window.panels["check"]
    assert not panel.own.isVisible()
    lines = {section: line for section, line in panel._lines.items() if line.isVisible()}
    assert panel.verdict not in lines
    assert panel.agreement in lines


def test_the_way_and_epsilon_are_chosen(window, qtbot):
    panel = window.panels["check"].verdict
    before = present(window.session.state).check.relative_difference
    panel.way.setCurrentIndex(panel.way.findData("one-sided"))
    panel.way.activated.emit(panel.way.currentIndex())
    panel.epsilon.setCurrentIndex(panel.epsilon.findData(1e-2))
    panel.epsilon.activated.emit(panel.epsilon.currentIndex())
    wait(window, qtbot)
    check = present(window.session.state).check
    assert (check.method.name, check.epsilon) == ("one-sided", 1e-2)
    assert check.relative_difference > 1000 * before
    assert check.passed  # the verdict does not hang on the estimate
    assert "One-sided, ε = 1e−2" in panel.words.text()
    assert panel.evaluations.text().startswith("loop: 75 J, ")
    assert "vectorised: " in panel.evaluations.text()
    assert "one backprop" in panel.evaluations.toolTip()
    assert window.panels["check"].agreement.relative.text().startswith("Relative difference: D⁽¹⁾")


def test_the_complex_step_has_no_epsilon_to_choose(window, qtbot):
    window.session.do(SetWay("complex-step"))
    wait(window, qtbot)
    panel = window.panels["check"].verdict
    assert not panel.epsilon.isEnabled()
    assert panel.words.text().startswith("Complex step, λ = 1.0")


def test_on_a_projector_of_1024_nothing_is_cut_off(tmp_path, qtbot):
    window = opened(tmp_path, view=View(theme="projector", reduced_motion=True))
    qtbot.addWidget(window)
    window.resize(1024, 700)
    window.session.do(SetLambda(1.0))
    window.session.do(PlantFault("lambda-not-over-m"))
    window.session.do(
        ShowOwn(OwnCode("a_file_with_quite_a_long_name_of_its_own.py", agrees=False, message="J is wrong."))
    )
    press(window, Qt.Key.Key_G)
    wait(window, qtbot)
    for name in ("bugs", "check"):
        panel = window.panels[name]
        right = panel.mapTo(window, panel.rect().topRight()).x()
        assert right < window.width()
        qtbot.waitUntil(lambda panel=panel: panel.widget().width() <= panel.viewport().width())


def test_keys_of_the_story_do_nothing_that_is_not_seen(window):
    before = window.session.state.moment
    for key in (Qt.Key.Key_Space, Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_Right):
        press(window, key)
    assert window.session.state.moment == before
    assert not window.session.state.playing
    assert "told in Step" in window.table["play"].toolTip()
    window.session.do(ShowTool("step"))
    window.board.setFocus()
    press(window, Qt.Key.Key_Right)
    assert window.session.state.moment.place > before.place
