"""The results panel: what it shows of scores, and what real clicks and keys on it do."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from nnviz.engine.network import Network
from nnviz.picture.confusion import summary
from nnviz.session.commands import ChooseData, Reset, SetTestShare, SetTheta, ShowScores, ShowTheme, ShowTool, Zoom
from nnviz.session.scores import Score, scores
from nnviz.ui.panels.confusion import NOT_YET, Cell
from nnviz.ui.panels.part import LEARNT, TEST, Part, parts
from nnviz.ui.panels.ranking import ROW
from nnviz.ui.panels.results import ResultsPanel
from tests.ui.windows import opened

# The offscreen platform says so of every tooltip and every change of a window's smallest size.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)")


@pytest.fixture
def panel(session, show):
    session.do(ShowTool("train"))
    return show(ResultsPanel(session))


@pytest.fixture
def scored(panel, session):
    session.do(ShowScores(scores(session.state.model)))
    return panel


def click(qtbot, widget, at=None):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())


def click_cell(qtbot, panel, cell):
    click(qtbot, panel.confusion.matrix, panel.confusion.matrix.area(cell).center().toPoint())


def click_line(qtbot, ranking, line):
    area = ranking.visualRect(ranking.examples.index(line))
    click(qtbot, ranking.viewport(), area.center())


def wrong_cell(session):
    """The most frequent mistake on the test part."""
    counts = np.array(session.state.scores.test.confusion)
    np.fill_diagonal(counts, 0)
    return Cell(*map(int, np.unravel_index(np.argmax(counts), counts.shape)))


# Nothing is shown before it is known


def test_without_scores_it_says_so(panel):
    assert panel.confusion.right.text() == NOT_YET
    assert not panel.confusion.matrix.isVisible()
    assert panel.costly.none.isVisible()
    assert not panel.costly.examples.isVisible()
    assert panel.confusion.accessibleDescription() == NOT_YET
    panel.classes.button.click()
    assert panel.classes.none.isVisible()
    assert not panel.classes.bars.isVisible()


# Confusion


def test_the_test_part_comes_first_and_the_switch_shows_the_other(scored, session, qtbot):
    test, training = session.state.scores.test, session.state.scores.training
    assert scored.confusion.right.text().startswith(f"{test.right} of 30 right")
    names = session.state.model.dataset.class_names
    assert scored.confusion.accessibleDescription() == summary("Test part", test.confusion, names)
    click(qtbot, scored.switch.buttons[LEARNT])
    assert scored.confusion.right.text().startswith(f"{training.right} of 120 right")
    assert scored.costly.examples.examples.index(0).data(ROW) == training.worst[0]
    click(qtbot, scored.switch.buttons[TEST])
    assert scored.confusion.right.text().startswith(f"{test.right} of 30 right")


def test_without_a_test_part_the_switch_says_why(scored, session):
    session.do(SetTestShare(0.0))
    assert scored.confusion.right.text() == NOT_YET  # the scores were of another split
    session.do(ShowScores(scores(session.state.model)))
    assert "of 150 right" in scored.confusion.right.text()
    button = scored.switch.buttons[TEST]
    assert not button.isEnabled()
    assert button.toolTip() == "No examples are kept for the test."
    assert scored.switch.buttons[LEARNT].isChecked()
    session.do(SetTestShare(0.2))
    assert scored.switch.buttons[TEST].isChecked()


def test_a_click_on_a_cell_lists_its_examples_and_another_puts_them_away(scored, session, qtbot):
    cell, test = wrong_cell(session), session.state.scores.test
    click_cell(qtbot, scored, cell)
    listed = scored.confusion.examples
    assert listed.isVisible()
    entries = [listed.examples.entry(line) for line in range(listed.examples.rowCount())]
    assert len(entries) == test.confusion[cell]
    names = session.state.model.dataset.class_names
    assert {(entry.true, entry.said) for entry in entries} == {(names[cell.true], names[cell.said])}
    costs = [entry.cost for entry in entries]
    assert costs == sorted(costs, reverse=True)
    click_cell(qtbot, scored, cell)
    assert not listed.isVisible()
    assert not scored.confusion.words.isVisible()


def test_the_keyboard_walks_over_the_cells_and_lists(scored, session, qtbot):
    matrix, cell = scored.confusion.matrix, wrong_cell(session)
    matrix.setFocus()
    for _ in range(cell.true):
        qtbot.keyClick(matrix, Qt.Key.Key_Down)
    for _ in range(cell.said):
        qtbot.keyClick(matrix, Qt.Key.Key_Right)
    assert matrix.accessibleDescription() == matrix.hint(cell)
    qtbot.keyClick(matrix, Qt.Key.Key_Return)
    assert scored.confusion.examples.examples.rowCount() == session.state.scores.test.confusion[cell]


def test_the_examples_of_a_cell_follow_the_scores(scored, session, qtbot):
    cell = wrong_cell(session)
    click_cell(qtbot, scored, cell)
    height = scored.confusion.examples.height()
    other = replace(session.state.model, network=Network.zeros((3, 5, 5, 4)))  # says the first class, always
    session.do(ShowScores(scores(other)))
    expected = 0 if cell.said else session.state.scores.test.confusion[cell]
    assert scored.confusion.examples.examples.rowCount() == expected
    assert scored.confusion.examples.height() >= height, "what lies below must not jump while the network learns"


def test_a_click_on_an_example_goes_to_it_in_step(scored, session, qtbot):
    row = int(session.state.scores.test.worst[2])
    click_line(qtbot, scored.costly.examples, 2)
    assert (session.state.moment.example, session.state.tool) == (row, "step")
    session.do(ShowTool("train"))
    qtbot.keyClick(scored.costly.examples, Qt.Key.Key_Down)
    qtbot.keyClick(scored.costly.examples, Qt.Key.Key_Return)
    assert (session.state.moment.example, session.state.tool) == (int(session.state.scores.test.worst[3]), "step")


def test_a_click_on_an_example_of_a_cell_goes_to_it_too(scored, session, qtbot):
    click_cell(qtbot, scored, wrong_cell(session))
    row = scored.confusion.examples.examples.index(0).data(ROW)
    click_line(qtbot, scored.confusion.examples, 0)
    assert (session.state.moment.example, session.state.tool) == (row, "step")


def test_ten_thousand_examples_are_asked_about_only_as_far_as_they_are_seen(scored, session, monkeypatch):
    asked = []
    part = parts(session.state.scores)[TEST]
    many = np.resize(part.score.rows, 10_000)
    monkeypatch.setattr(Part, "said", lambda self, rows: asked.append(len(rows)) or np.zeros(len(rows), int))
    scored.costly.examples.show_examples(part, many)
    scored.costly.examples.grab()
    assert scored.costly.examples.examples.rowCount() == 10_000
    assert sum(asked) < 200


def test_said_and_label_are_what_the_confusion_counts(make):
    for data in ("vehicles", "xor", "digits"):
        model = make(data).state.model
        for part in parts(scores(model)).values():
            counts = np.zeros_like(part.counts)
            np.add.at(counts, (part.labels, part.said(part.score.rows)), 1)
            assert (counts == part.counts).all()
            row = int(part.score.worst[0])
            assert part.cost(row) == part.score.costs.max()
            assert sum(len(part.taken(0, said)) for said in range(len(counts))) == counts[0].sum()


def test_scores_of_another_moment_are_muted(scored, session):
    bright = scored.confusion.matrix.grab().toImage()
    session.do(SetTheta(1, 1, 0, 3.0))
    assert scored.confusion.matrix.grab().toImage() != bright
    assert scored.confusion.right.text() != NOT_YET
    session.do(ShowScores(scores(session.state.model)))
    session.do(Reset())
    session.do(ShowScores(scores(session.state.model)))
    assert scored.confusion.matrix.grab().toImage() == bright


def test_while_training_they_are_not(scored, session):
    bright = scored.confusion.matrix.grab().toImage()
    state = session.state
    training = replace(state.training, active=True)
    scored._changed(state, replace(state, model=replace(state.model, iteration=9), training=training))
    assert scored.confusion.matrix.grab().toImage() == bright


def test_the_focus_is_seen_in_a_list(scored):
    examples = scored.costly.examples
    assert not examples.currentIndex().isValid()
    before = examples.grab().toImage()
    examples.setFocus()
    assert examples.currentIndex().row() == 0
    assert examples.grab().toImage() != before


# Cost by class


def test_cost_by_class_is_folded_until_it_is_wanted(scored, session, qtbot, monkeypatch):
    assert not scored.classes.bars.isVisible()
    assert scored.classes.bars.accessibleDescription() == ""
    click(qtbot, scored.classes.button)
    assert scored.classes.bars.isVisible()
    told = scored.classes.bars.accessibleDescription()
    assert told.startswith("Learnt from: pedestrian costs ")
    assert "\nTest part: pedestrian costs " in told
    click(qtbot, scored.classes.button)
    assert not scored.classes.bars.isVisible()


def test_a_class_without_examples_has_no_numbers(scored, session, qtbot):
    click(qtbot, scored.classes.button)
    found = session.state.scores
    keep = found.test.rows[:1]
    counts = np.zeros_like(found.test.confusion)
    label = parts(found)[TEST].label(int(keep[0]))
    counts[label, 0] = 1
    session.do(ShowScores(replace(found, test=Score(keep, found.test.costs[:1], counts))))
    assert scored.classes.bars.accessibleDescription().rpartition("Test part: ")[2].count("costs") == 1
    scored.classes.bars.grab()


# Looks


@pytest.mark.parametrize("data", ["iris", "xor", "digits"])
def test_every_data_set_is_shown_in_every_theme_and_at_every_zoom(scored, session, make, data):
    session.do(ChooseData(make(data).state.model.dataset))
    assert scored.confusion.right.text() == NOT_YET
    session.do(ShowScores(scores(session.state.model)))
    for theme in ("dark", "projector", "light"):
        session.do(ShowTheme(theme))
        for zoom in (0.6, 2.0, 1.0):
            session.do(Zoom(zoom))
            scored.grab()
    matrix = scored.confusion.matrix
    last = len(session.state.scores.training.confusion) - 1
    assert matrix.area(Cell(last, last)).right() <= matrix.width()
    assert matrix.spot_at(QPointF(matrix.area(Cell(last, 0)).center())) == Cell(last, 0)


def test_a_hundred_classes_still_fit(scored, session):
    found, counts = session.state.scores, np.diag(np.arange(100)) + 1
    model = replace(found.model, examples=found.model.examples)
    part = Part(TEST, model, replace(found.test, confusion=counts))
    names = tuple(f"class number {index}" for index in range(100))
    many = type("Many", (Part,), {"names": names})(TEST, model, part.score)
    matrix = scored.confusion.matrix
    matrix.show_part(many, "")
    matrix.grab()
    assert matrix.area(Cell(99, 99)).right() <= matrix.width()
    assert matrix.hint(Cell(3, 3)).startswith("4 examples of class number 3 are right.")


def test_pointing_at_a_cell_says_what_it_counts(scored, session, qtbot):
    cell = wrong_cell(session)
    count = int(session.state.scores.test.confusion[cell])
    assert scored.confusion.matrix.hint(cell).startswith(f"{count} ")
    assert scored.confusion.matrix.spot_at(QPointF(QPoint(1, 1))) is None


# In the window


def test_in_the_window_the_scores_come_by_themselves(tmp_path, qtbot):
    window = opened(tmp_path)
    qtbot.addWidget(window)
    window.session.do(ShowTool("train"))
    panel = window.workbench.show_panel("results")
    qtbot.waitUntil(lambda: panel.confusion.right.text() != NOT_YET, timeout=5000)
    row = int(window.session.state.scores.test.worst[0])
    click_line(qtbot, panel.costly.examples, 0)
    assert (window.session.state.moment.example, window.session.state.tool) == (row, "step")
    assert not panel.isVisible()
