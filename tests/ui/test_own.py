"""The student's own code in the window: nothing runs unasked, every save is checked, the case can be looked at."""

import os
import time

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QMessageBox, QPushButton

from nnviz.engine.quantities import Address, Symbol
from nnviz.picture.markup import plain
from nnviz.picture.numbers import full, shown
from nnviz.picture.palette import PALETTES
from nnviz.session.checking import asked, present
from nnviz.session.commands import SetLambda, ShowTool
from nnviz.ui.own import consent
from nnviz.ui.panels.own import WHERE_COST
from nnviz.ui.panels.rows import Spot
from tests.files.student.programs import RIGHT
from tests.ui.windows import click, picture_of, press, sentence

# Qt's offscreen platform says so of every window that opens above another.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

WRONG = RIGHT.replace("lambda_ / m * T[:, 1:]", "lambda_ * T[:, 1:]")
WAIT = 20_000
"""Milliseconds; a file is judged in some 300."""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "my_backprop.py"


def judged(window, qtbot):
    qtbot.waitUntil(lambda: window.session.state.own is not None and not window.session.state.own.running, timeout=WAIT)
    return window.session.state.own


def save(file, text, *, anew=False):
    """As an editor does: over the old file, or with a new one in its place."""
    if anew:
        other = file.with_suffix(".tmp")
        other.write_text(text)
        os.replace(other, file)
    else:
        file.write_text(text)


def colours(image):
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}


def answer(window, words):
    box = window.findChildren(QMessageBox)[-1]
    button = next(one for one in box.findChildren(QPushButton) if one.text().replace("&", "") == words)
    click(button)


def test_nothing_runs_before_the_user_agrees(window, file, qtbot):
    mark = file.with_name("ran")
    file.write_text(f"open({str(mark)!r}, 'w').close()\n")
    window.own.open(file)
    box = window.findChildren(QMessageBox)[-1]
    assert "is a program, and nnviz will run it" in box.text()
    answer(window, "Cancel")
    qtbot.wait(300)
    assert window.session.state.own is None
    assert not mark.exists()


def test_with_consent_it_is_judged_in_the_check_tool(window, file, qtbot):
    file.write_text(RIGHT)
    window.own.open(file)
    answer(window, "Run it")
    own = judged(window, qtbot)
    assert own.agrees
    assert window.session.state.tool == "check"
    section = window.panels["check"].own
    assert section.verdict.text() == "my_backprop.py: ✓ your gradient is right"
    assert "right in all" in section.words.text()
    assert not section.load.isVisible()


@pytest.mark.parametrize("anew", [False, True], ids=["over the old file", "a new file in its place"])
def test_every_save_is_checked(window, file, qtbot, anew):
    file.write_text(RIGHT)
    window.own.watch(file)
    assert judged(window, qtbot).agrees
    for text, agrees in ((WRONG, False), (RIGHT, True)):
        time.sleep(0.02)
        save(file, text, anew=anew)
        qtbot.waitUntil(lambda agrees=agrees: judged(window, qtbot).agrees is agrees, timeout=WAIT)


def test_a_wrong_file_is_named_and_its_case_can_be_stepped_through(window, file, qtbot):
    file.write_text(WRONG)
    window.own.watch(file)
    own = judged(window, qtbot)
    assert own.agrees is False
    assert own.faults == ("lambda-not-over-m",)
    section = window.panels["check"].own
    assert "λΘ instead of (λ/m)Θ" in section.words.text()
    click(section.load)
    state = window.session.state
    assert state.model.dataset.title == "The case of your code"
    assert state.model.lambda_ == own.case.lambda_
    for theta, expected in zip(state.model.network.thetas, own.case.network.thetas, strict=True):
        np.testing.assert_array_equal(theta, expected)
    assert asked(state).given is own.case.theirs.D
    qtbot.waitUntil(lambda: present(window.session.state) is not None, timeout=WAIT)
    found = present(window.session.state)
    assert not found.check.passed
    np.testing.assert_array_equal(found.check.D[0], own.case.theirs.D[0])
    assert {link.role for link in window.board.weights.links} == {"agree", "differ"}


def test_one_click_leads_to_the_row_that_is_wrong_and_theirs_stands_beside_ours(window, file, qtbot):
    file.write_text(WRONG)
    window.own.watch(file)
    case = judged(window, qtbot).case
    section, panel = window.panels["check"].own, window.panels["inspector"]
    assert not section.where.isVisible()
    click(section.step)
    state = window.session.state
    assert (state.tool, state.moment.example) == ("step", len(case.X) - 1)
    assert "Yours differs in 2 of 3 entries: D₁₁⁽¹⁾ is " in sentence(window)
    wrong = Address(Symbol.D, 1, 1, 1)
    spots = [Spot(row, 4) for row in range(3)]
    assert [panel.table.address(spot) for spot in spots] == [wrong._replace(column=column) for column in range(3)]
    notes = [panel.table.hint(spot) for spot in spots]
    assert "it agrees" in notes[0]
    assert f"Yours is {full(case.theirs.D[0][0, 1])}, and should be " in notes[1]
    theirs = panel.matrices._placed[-1]
    assert plain(theirs.matrix.title) == "your D⁽¹⁾"
    assert "and should be" in panel.matrices.hint(panel.matrices._corner(theirs, 0, 1))
    timeline = window.transport.timeline
    assert "Yours differs in 2 of 3 entries" in timeline.sentence(timeline.scale.x(state.moment.place))
    window.session.do(ShowTool("check"))
    assert section.where.isVisible()


def test_what_differs_is_painted_in_red_in_the_table_and_the_matrix(window, file, qtbot):
    file.write_text(WRONG)
    window.own.watch(file)
    judged(window, qtbot)
    click(window.panels["check"].own.step)
    panel = window.panels["inspector"]
    red = QColor(PALETTES["light"].differ).rgb()
    for view in (panel.table, panel.matrices):
        assert red in colours(picture_of(view))
    press(window, Qt.Key.Key_R)  # the first place: nothing of D is told
    assert red not in colours(picture_of(panel.matrices))


def test_the_story_follows_each_save_and_lets_go_with_the_file(window, file, qtbot):
    file.write_text(WRONG)
    window.own.watch(file)
    judged(window, qtbot)
    click(window.panels["check"].own.step)
    file.write_text(WRONG.replace("lambda_ * T[:, 1:]", "2 * lambda_ * T[:, 1:]"))
    before = window.session.state.theirs
    qtbot.waitUntil(lambda: window.session.state.theirs not in (None, before), timeout=WAIT)
    value = window.session.state.theirs.D[0][0, 1]
    assert f"D₁₁⁽¹⁾ is {shown(value)} and should be" in sentence(window)
    window.session.do(ShowTool("check"))
    click(window.panels["check"].own.leave)
    window.session.do(ShowTool("step"))
    assert "Yours" not in sentence(window)
    assert plain(window.panels["inspector"].matrices._placed[-1].matrix.title) == "D⁽¹⁾"


def test_numbers_that_are_none_can_be_looked_at(window, file, qtbot):
    file.write_text(RIGHT.replace("return J, ", "return J, np.nan * "))
    window.own.watch(file)
    judged(window, qtbot)
    click(window.panels["check"].own.step)
    assert "D₁₀⁽¹⁾ is no number and should be" in sentence(window)
    picture_of(window.panels["inspector"])


def test_once_something_is_changed_the_check_is_of_the_programs_own_gradient(window, file, qtbot):
    file.write_text(WRONG)
    window.own.watch(file)
    judged(window, qtbot)
    click(window.panels["check"].own.load)
    window.session.do(SetLambda(3.0))
    assert asked(window.session.state).given is None
    window.session.undo()
    assert asked(window.session.state).given is not None


def test_a_wrong_J_with_a_right_gradient_has_its_case_too(window, file, qtbot):
    file.write_text(RIGHT.replace("return J, ", "return 2 * J, "))
    window.own.watch(file)
    judged(window, qtbot)
    part = window.panels["check"].own
    click(part.load)
    assert part.where.text() == WHERE_COST
    click(part.step)
    state = window.session.state
    assert state.tool == "step"
    assert state.theirs.differing() == ()
    J, right = (shown(value, state.view.digits) for value in (state.theirs.J, state.theirs.cost))
    assert sentence(window).endswith(f"your J is {J} and should be {right}.")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def cost_function(theta, sizes, X, Y, lambda_)\n    return 0\n", "line 1: Python cannot read it"),
        ("import nothing_like_this\n", "line 1: It imports what is not there"),
        ("x = 1\n", "none of the functions that are looked for"),
    ],
)
def test_what_could_not_be_judged_is_said(window, file, qtbot, text, words):
    file.write_text(text)
    window.own.watch(file)
    own = judged(window, qtbot)
    assert own.agrees is None
    assert words in own.message
    assert "it could not be judged" in window.panels["check"].own.verdict.text()


def test_a_file_that_hangs_leaves_the_window_alive_and_is_ended_by_the_next_save(window, file, qtbot):
    file.write_text("while True:\n    pass\n")
    window.own.watch(file)
    qtbot.waitUntil(lambda: window.own.busy, timeout=WAIT)
    press(window, Qt.Key.Key_G)
    file.write_text(RIGHT)
    qtbot.waitUntil(lambda: window.session.state.own.agrees is True, timeout=8_000)  # sooner than the limit of 10 s


def test_closing_the_window_ends_what_runs(window, file, qtbot):
    file.write_text("while True:\n    pass\n")
    window.own.watch(file)
    qtbot.waitUntil(lambda: window.own.busy, timeout=WAIT)
    start = time.monotonic()
    window.close()
    assert time.monotonic() - start < 5.0
    assert not window.own.busy


def test_a_file_that_is_let_go_is_watched_no_more(window, file, qtbot):
    file.write_text(RIGHT)
    window.own.watch(file)
    judged(window, qtbot)
    click(window.panels["check"].own.leave)
    assert window.session.state.own is None
    file.write_text("x = 1\n")
    qtbot.wait(400)
    assert window.session.state.own is None


def test_a_file_that_is_not_there_is_said(window, file, qtbot):
    window.own.watch(file)
    assert "There is no such file" in judged(window, qtbot).message


def test_the_question_can_be_answered_by_key(window, file, qtbot):
    box = consent(file, window)
    with qtbot.waitSignal(box.rejected):
        box.open()
        qtbot.keyClick(box, Qt.Key.Key_Escape)


def test_a_name_is_shown_as_it_is_in_the_question(window, tmp_path):
    box = consent(tmp_path / "<h1>mine<br>.py", window)
    assert box.textFormat() == Qt.TextFormat.PlainText
    box.done(0)
