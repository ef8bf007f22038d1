"""A planted mistake through the whole window: in the story, in training, on the timeline, in the header."""

import pytest
from PySide6.QtCore import Qt

from nnviz.engine.faults import FAULTS, fault
from nnviz.engine.steps import MistakenStep
from nnviz.session.checking import HideFault, PlantFault
from nnviz.session.commands import GoTo, GoToExample, SetIterations, SetLambda, SetPace
from tests.ui.promises.test_training import wait_for_end
from tests.ui.windows import click, picture_of, press


@pytest.fixture
def planted(window):
    """No slope in the hidden layers, λ = 1."""
    window.session.do(SetLambda(1.0))
    window.session.do(PlantFault("no-slope"))
    return window


def go_to_it(window):
    story = window.session.state.story
    index = next(index for index, step in enumerate(story.steps) if isinstance(step, MistakenStep))
    window.session.do(GoTo(story.ends[index]))


def at(window):
    """The step that is told."""
    return window.session.state.story.telling(window.session.state.moment.place).step


def red(image):
    """How many pixels have the colour of what differs."""
    colours = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(colour.red() > 180 and colour.green() < 60 and colour.blue() < 70 for colour in colours)


def test_the_step_in_which_it_strikes_is_marked_and_told_wrong(planted):
    go_to_it(planted)
    inspector = planted.panels["inspector"]
    assert inspector.mistake.isVisible()
    assert inspector.mistake.text() == "✕ g′ left out"
    assert inspector.sentence.text().startswith(fault("no-slope").sentence)
    assert "(1 - a" not in inspector.code.text()
    press(planted, Qt.Key.Key_Left, times=4)
    assert not inspector.mistake.isVisible()


@pytest.mark.parametrize("row", FAULTS, ids=lambda row: row.name)
def test_every_mistake_can_be_stepped_through_with_the_keys(window, row):
    window.session.do(SetLambda(1.0))
    window.session.do(PlantFault(row.name))
    last = int(window.session.state.model.epoch.rows[-1])
    window.session.do(GoToExample(int(window.session.state.model.epoch.rows[0]) if "reset" in row.name else last))
    inspector, seen = window.panels["inspector"], 0
    for _ in window.session.state.story.steps:
        press(window, Qt.Key.Key_Right)
        seen += inspector.mistake.isVisible()
    assert seen
    assert window.session.state.moment.place == window.session.state.story.length


def test_the_drawing_lights_the_link_that_is_taken_by_mistake(window):
    window.session.do(PlantFault("bias-row-kept"))
    go_to_it(window)
    tags = {tag.address for tag in window.board.seen.tags}
    taken = [quantity.address for quantity in (term.operands[0] for term in at(window).terms)]
    assert {address.column for address in taken} == {0}
    assert set(taken) <= tags


def test_the_timeline_shows_where_it_strikes(window):
    before = red(picture_of(window.transport.timeline))
    window.session.do(PlantFault("no-slope"))
    assert red(picture_of(window.transport.timeline)) > before
    window.session.do(PlantFault(None))
    assert red(picture_of(window.transport.timeline)) == before


def test_the_header_says_so_in_every_tool_and_leads_to_the_bug_lab(planted):
    for key in ("1", "2"):
        press(planted, key, Qt.KeyboardModifier.ControlModifier)
        assert planted.header.bug.isVisible()
    assert "g′ left out" in planted.header.bug.toolTip()
    click(planted.header.bug)
    assert planted.session.state.tool == "check"
    planted.session.do(PlantFault(None))
    assert not planted.header.bug.isVisible()


def test_nothing_gives_a_hidden_one_away(window):
    window.session.do(HideFault(3))
    title = fault(window.session.state.fault).title
    assert window.header.bug.isVisible()
    assert title not in window.header.bug.toolTip()
    inspector, story = window.panels["inspector"], window.session.state.story
    for place in story.ends:
        window.session.do(GoTo(place))
        assert not inspector.mistake.isVisible()
        assert title not in inspector.sentence.text()


def test_undo_takes_it_out(planted):
    press(planted, "z", Qt.KeyboardModifier.ControlModifier)
    assert planted.session.state.fault is None


def test_J_with_it_and_without_it_side_by_side(planted, qtbot):
    window, session = planted, planted.session
    session.do(SetPace(0))
    session.do(SetIterations(300))
    press(window, Qt.Key.Key_G)
    click(window.panels["bugs"].deeds.both)
    assert session.state.tool == "train"
    wait_for_end(window, qtbot)
    qtbot.waitUntil(lambda: len(session.state.training.runs) == 2 and not session.state.training.active, timeout=20_000)
    right, wrong = session.state.training.runs
    assert [run.recipe.fault for run in (right, wrong)] == [None, "no-slope"]
    assert right.history.cost_at(0) == wrong.history.cost_at(0)
    assert [row.name.text() for row in window.panels["training"].runs.rows] == ["right", "g′ left out"]
    assert session.state.fault == "no-slope"


def test_once_more_the_right_run_is_not_trained_again(planted, qtbot):
    session = planted.session
    session.do(SetPace(0))
    session.do(SetIterations(50))
    press(planted, Qt.Key.Key_G)
    both = planted.panels["bugs"].deeds.both
    click(both)
    qtbot.waitUntil(lambda: len(session.state.training.runs) == 2 and not session.state.training.active, timeout=20_000)
    press(planted, Qt.Key.Key_G)
    session.do(PlantFault("sign-flipped"))
    click(both)
    qtbot.waitUntil(lambda: not session.state.training.active, timeout=20_000)
    assert [run.recipe.fault for run in session.state.training.runs] == [None, "no-slope", "sign-flipped"]


def test_a_curve_that_leaves_the_picture_is_drawn_once(planted, qtbot):
    """Qt kept a picture of the curve as it was before it grew out of what is seen, and showed both."""
    window, session = planted, planted.session
    session.do(SetPace(0))
    session.do(SetIterations(500))
    press(window, "2", Qt.KeyboardModifier.ControlModifier)
    curves = window.panels["curves"]
    qtbot.waitUntil(lambda: curves.plot is not None, timeout=10_000)
    press(window, Qt.Key.Key_G)
    click(window.panels["bugs"].deeds.both)
    qtbot.waitUntil(lambda: len(session.state.training.runs) == 2 and not session.state.training.active, timeout=20_000)
    qtbot.wait(300)
    image, room = window.grab().toImage(), curves.plot.room.toRect()
    corner = curves.plot.viewport().mapTo(window, room.topLeft())
    magenta = [image.pixelColor(corner.x() + 8, corner.y() + y) for y in range(room.height())]
    lit = [colour.red() > 160 and colour.green() < 90 and 90 < colour.blue() < 170 for colour in magenta]
    assert sum(now and not before for before, now in zip([False, *lit], lit)) == 1
