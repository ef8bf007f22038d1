"""The gradient is checked along with training in the real window, where it is asked for, and the plot tells."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from nnviz.session.checking import PlantFault
from nnviz.session.commands import PauseTraining, SetIterations, SetLambda, SetPace, ShowTool
from nnviz.session.live import failed
from nnviz.ui.panels.curves import CurvesPanel
from nnviz.ui.panels.live import LiveSection
from nnviz.ui.panels.training import TrainingPanel
from nnviz.ui.window import Window
from tests.ui.windows import click, press

PATIENCE = 20_000  # milliseconds until a process has come up on a machine that is busy
FEW = 12


@pytest.fixture
def window(open_window: Callable[..., Window], qtbot) -> Window:
    """Vehicles, about to be trained for FEW iterations."""
    window = open_window()
    window.session.do(SetPace(0))
    window.session.do(SetLambda(1.0))
    window.session.do(SetIterations(FEW))
    window.session.do(ShowTool("train"))
    qtbot.waitUntil(lambda: window.findChild(CurvesPanel).plot is not None, timeout=PATIENCE)
    return window


def section(window: Window) -> LiveSection:
    return window.findChild(TrainingPanel).live


def switch(window: Window) -> None:
    box = section(window).switch
    click(box, QPoint(8, box.height() // 2))


def trained(window: Window, qtbot) -> None:
    """Train by the key until the run pauses."""
    press(window, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: not window.session.state.training.active, timeout=PATIENCE)
    QApplication.processEvents()


def test_it_is_off_says_what_it_costs_and_then_nothing_is_checked(window, qtbot):
    assert not section(window).switch.isChecked()
    assert "148 evaluations of J where backprop costs about two" in section(window).words.text()
    trained(window, qtbot)
    assert window.session.state.training.run.checks.up_to(FEW).size == 0
    assert section(window).right.isHidden()
    assert section(window).wrong.isHidden()


def test_right_code_passes_and_the_panel_says_so(window, qtbot):
    switch(window)
    assert window.session.state.live
    trained(window, qtbot)
    rows = window.session.state.training.run.checks.up_to(FEW)
    assert {0, FEW} <= set(rows[0].tolist())
    assert not failed(rows).size
    assert section(window).right.text().startswith("✓ Checked")
    assert section(window).wrong.isHidden()
    panel = window.findChild(CurvesPanel)
    assert panel._failures() == ()
    assert "✓ Checked" in panel.plot.accessibleDescription()


def test_a_planted_mistake_leaves_marks_on_the_plot(window, qtbot):
    window.session.do(PlantFault("no-slope"))
    switch(window)
    trained(window, qtbot)
    run = window.session.state.training.run
    rows = run.checks.up_to(FEW)
    assert failed(rows).tolist() == rows[0].tolist(), "J may fall, and D is wrong in each"
    assert section(window).wrong.text().startswith("✕ D differs in up to 50 of 74 entries")
    assert section(window).right.isHidden()
    panel = window.findChild(CurvesPanel)
    assert panel._failures()[0] == (0, 0)
    assert "D differs in up to 50 of 74 entries" in panel.plot.accessibleDescription()
    assert "check failed" in [entry.name for entry in panel.kinds.entries]


def test_a_mistake_in_the_update_is_found_too(window, qtbot):
    window.session.do(PlantFault("bias-in-the-loop"))
    switch(window)
    trained(window, qtbot)
    assert section(window).wrong.text().startswith("✕ The update is wrong in up to 14 of 74 entries")


def test_a_run_that_goes_on_is_checked_on(window, qtbot):
    switch(window)
    trained(window, qtbot)
    first = window.session.state.training.run.checks.up_to(FEW)[0].tolist()
    trained(window, qtbot)
    run, reached = window.session.state.training.run, window.session.state.training.reached
    assert reached == 2 * FEW
    found = run.checks.up_to(reached)[0].tolist()
    assert found[: len(first)] == first
    assert FEW + 1 in found
    assert found == sorted(set(found))


def test_switched_on_and_off_during_a_run_it_counts_from_there(window, qtbot):
    window.session.do(SetPace(50))
    window.session.do(SetIterations(10_000))
    session = window.session
    press(window, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: session.state.training.reached > 3, timeout=PATIENCE)
    run = session.state.training.run
    assert run.checks.up_to(10_000).size == 0
    switch(window)
    qtbot.waitUntil(lambda: run.checks.up_to(10_000).shape[1] > 3, timeout=PATIENCE)
    assert session.state.training.run is run
    assert run.checks.up_to(10_000)[0, 0] > 3
    switch(window)
    known = run.history.length
    qtbot.waitUntil(lambda: run.history.length > known + 50, timeout=PATIENCE)
    until = run.checks.up_to(10_000).shape[1]
    made = run.history.length
    qtbot.waitUntil(lambda: run.history.length > made + 20, timeout=PATIENCE)
    assert run.checks.up_to(10_000).shape[1] == until
    session.do(PauseTraining())


def test_each_run_keeps_what_was_found_in_it(window, qtbot):
    switch(window)
    trained(window, qtbot)
    right = window.session.state.training.run
    window.session.do(PlantFault("sign-flipped"))
    trained(window, qtbot)
    wrong = window.session.state.training.run
    assert wrong is not right
    assert section(window).wrong.isVisible()
    window.session.undo()
    assert window.session.state.training.run is right
    assert section(window).right.isVisible()


def test_a_network_that_is_too_large_is_refused_with_the_reason(open_window):
    window = open_window("digits")
    window.session.do(ShowTool("train"))
    box = section(window).switch
    assert not box.isEnabled()
    assert "too slow along the way" in box.toolTip()
    switch(window)
    assert not window.session.state.live
