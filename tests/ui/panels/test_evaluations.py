"""Walking through the evaluations of J in the window, by key and by click: what is shown at each, and what not yet."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from nnviz.engine.quantities import Address, Symbol
from nnviz.session.checking import ChooseEntry, PlantFault, SetWay, present
from nnviz.session.commands import SetLambda, ShowLanguage, ShowTool
from nnviz.session.evaluations import place, stage
from nnviz.session.state import View
from tests.ui.windows import click, link, on_board, opened, press

RIGHT, LEFT = Qt.Key.Key_Right, Qt.Key.Key_Left


@pytest.fixture
def window(tmp_path, qtbot):
    window = opened(tmp_path)
    qtbot.addWidget(window)
    window.session.do(SetLambda(1.0))
    window.session.do(ShowLanguage("octave"))
    press(window, Qt.Key.Key_G)
    wait(window, qtbot)
    return window


def wait(window, qtbot):
    qtbot.waitUntil(lambda: present(window.session.state) is not None and not window.checker.busy, timeout=10_000)


def where(window):
    return place(window.session.state), stage(window.session.state)


def results(window):
    part = window.panels["check"].slice
    return {
        name.text(): value.text().removeprefix("= ")
        for name, value in part.lines.results
        if name.isVisible() and name.text()
    }


def number(text):
    return float(text.replace("−", "-"))


def test_the_keys_walk_through_the_loop_and_back(window):
    part = window.panels["check"].slice
    assert part.controls.where.text() == "for n = 1 … 74: J one by one"
    seen = []
    for _ in range(5):
        press(window, RIGHT)
        seen.append(where(window))
    assert seen == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]
    assert part.controls.where.text() == "n = 2 of 74 · 2/3"
    for _ in range(3):
        press(window, LEFT)
        seen.append(where(window))
    assert seen[5:] == [(2, 1), (1, 3), (1, 2)]
    press(window, LEFT, times=2)
    assert where(window) == (1, 1)
    assert not part.controls.back.isEnabled()
    assert "begins here" in window.table["back"].toolTip()


def test_the_buttons_walk_too_and_the_whole_curve_comes_back(window):
    part = window.panels["check"].slice
    click(window.board, on_board(window.board, link(1, 2, 1)))
    assert part.controls.where.text() == "n = 7 of 74"
    click(part.controls.forward)
    click(part.controls.forward)
    assert where(window) == (7, 2)
    click(part.controls.back)
    assert where(window) == (7, 1)
    assert part.lines.isVisible()
    click(part.controls.leave)
    assert where(window) == (7, 0)
    assert not part.lines.isVisible()
    assert not part.controls.leave.isVisible()
    assert "ε = 0.500" in part.words.text()


def test_each_stage_shows_its_line_and_its_numbers_and_no_more(window):
    part = window.panels["check"].slice
    window.session.do(ChooseEntry(link(1, 2, 1)))
    press(window, RIGHT)
    assert part.lines.code.text() == "thetaPlus = theta;  thetaPlus(7) += 1e-4;\nJ(thetaPlus)"
    assert list(results(window)) == ["J(thetaPlus)"]
    assert len(part.view._walk.points(part.view._stage)) == 1
    press(window, RIGHT)
    assert "thetaMinus(7) -= 1e-4" in part.lines.code.text()
    assert list(results(window)) == ["J(thetaPlus)", "J(thetaMinus)"]
    press(window, RIGHT)
    assert part.lines.code.text().startswith("gradApprox(7) = (J(thetaPlus) - J(thetaMinus)) / (2 * 1e-4)")
    found = results(window)
    assert list(found) == ["J(thetaPlus)", "J(thetaMinus)", "gradApprox(7)", "DVec(7)", "difference"]
    slope = (number(found["J(thetaPlus)"]) - number(found["J(thetaMinus)"])) / 2e-4
    assert slope == pytest.approx(number(found["gradApprox(7)"]), rel=1e-4)
    assert number(found["DVec(7)"]) == pytest.approx(float(present(window.session.state).check.D[0][1, 1]), rel=1e-9)
    assert found["gradApprox(7)"] != found["DVec(7)"]


def dots(view, role):
    """How many dots of the plot have this colour, at a size of its own: that in the panel may still be to come."""
    view.resize(300, 160)
    wanted = view._theme.colour(role).rgb()
    image = view.grab().toImage()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_the_secant_and_the_slope_of_D_are_painted_at_the_last_stage_only(window, qtbot):
    window.session.do(PlantFault("lambda-not-over-m"))
    wait(window, qtbot)
    window.session.do(ChooseEntry(link(1, 2, 1)))
    view = window.panels["check"].slice.view
    secant, slope = [], []
    for _ in range(3):
        press(window, RIGHT)
        secant.append(dots(view, "backward"))
        slope.append(dots(view, "differ"))
    assert slope[0] == slope[1] == 0 < slope[2]
    assert secant[2] > max(secant[:2]) + 50


def test_the_language_of_the_line_follows_the_view(window):
    press(window, RIGHT)
    window.session.do(ShowLanguage("numpy"))
    assert window.panels["check"].slice.lines.code.text() == (
        "thetaPlus = theta.copy()\nthetaPlus[0] += 1e-4\nJ(thetaPlus)"
    )


@pytest.mark.parametrize(("name", "count"), [("one-sided", 2), ("richardson", 4), ("complex-step", 1)])
def test_another_way_has_its_own_evaluations(window, qtbot, name, count):
    window.session.do(SetWay(name))
    wait(window, qtbot)
    press(window, RIGHT, times=count + 1)
    assert where(window) == (1, count + 1)
    found = results(window)
    assert len(found) == count + 3
    assert "gradApprox(1)" in found
    press(window, RIGHT)
    assert where(window) == (2, 1)


def test_arrows_change_epsilon_only_while_the_whole_curve_is_seen(window):
    part = window.panels["check"].slice
    window.session.do(ChooseEntry(link(1, 2, 1)))
    part.view.setFocus(Qt.FocusReason.TabFocusReason)
    press(window, RIGHT)
    assert where(window) == (7, 0)
    assert part.view._slice.epsilon == pytest.approx(0.625)
    click(part.controls.forward)
    press(window, RIGHT)
    assert where(window) == (7, 2)
    before = part.view._slice
    QTest.mousePress(part.view, Qt.MouseButton.LeftButton, pos=part.view.rect().center())
    assert part.view._slice is before


def test_the_link_and_the_row_of_the_entry_are_lit(window):
    press(window, RIGHT, times=4)
    assert window.session.state.pointed == Address(Symbol.THETA, 1, 2, 0)
    assert window.panels["check"].vectors.list.lines.lit == 1


def test_walking_scrolls_to_what_is_walked_through(window, qtbot):
    window.resize(1024, 560)
    panel = window.panels["check"]
    panel.verticalScrollBar().setValue(0)
    press(window, RIGHT)
    qtbot.waitUntil(lambda: panel.slice.visibleRegion().boundingRect().height() >= panel.slice.view.geometry().bottom())
    assert panel.slice.controls.visibleRegion().boundingRect().height() == panel.slice.controls.height()


def test_in_the_other_tools_the_keys_tell_the_story(window):
    press(window, RIGHT)
    assert window.table["forward"].text() == "Next evaluation o&f J"
    window.session.do(ShowTool("step"))
    window.board.setFocus()
    before = window.session.state.moment.place
    press(window, RIGHT)
    assert window.session.state.moment.place > before
    assert where(window) == (1, 1)
    assert window.table["forward"].text() == "Step &forward"


@pytest.mark.parametrize("theme", ["light", "projector"])
def test_in_a_small_window_nothing_is_cut_off(tmp_path, qtbot, theme):
    window = opened(tmp_path, view=View(theme=theme, reduced_motion=True))
    qtbot.addWidget(window)
    window.resize(1024, 700)
    press(window, Qt.Key.Key_G)
    wait(window, qtbot)
    window.session.do(SetWay("richardson"))
    wait(window, qtbot)
    window.session.do(ChooseEntry(link(3, 4, 5)))
    press(window, RIGHT, times=5)
    assert where(window) == (74, 5)
    panel = window.panels["check"]
    qtbot.waitUntil(lambda: panel.widget().width() <= panel.viewport().width())
    assert panel.mapTo(window, panel.rect().topRight()).x() < window.width()
