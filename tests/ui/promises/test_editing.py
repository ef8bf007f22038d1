"""Changing the network and the example in the real window, and taking it back."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from nnviz.engine.quantities import Address, Symbol
from nnviz.files.datasets import load
from nnviz.session.commands import ChooseData
from tests.ui.windows import (
    click,
    double_click,
    in_cells,
    link,
    on_board,
    picture_of,
    press,
    sentence,
    theta,
    turn,
    type_text,
)

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LINK = (2, 3, 1)


def taken_back(window, before, after):
    """Undo leads to where *before* holds, redo to where *after* does, with the very same Θ."""
    thetas = window.session.state.model.network.thetas
    press(window, Qt.Key.Key_Z, CONTROL)
    assert before(window)
    press(window, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert after(window)
    again = window.session.state.model.network.thetas
    assert all(np.array_equal(one, other) for one, other in zip(thetas, again, strict=True))


def test_double_click_on_a_link_sets_theta_and_tells_the_story_anew(window):
    press(window, Qt.Key.Key_Right, times=8)
    place, story, said = window.session.state.moment.place, window.session.state.story, sentence(window)
    old = theta(window, *LINK)
    double_click(window.board, on_board(window.board, link(*LINK)))
    type_text(window, "−1,25")
    assert theta(window, *LINK) == -1.25
    assert window.session.state.story is not story
    assert window.session.state.moment.place == place
    assert sentence(window) != said
    assert QApplication.focusWidget() is window.board
    taken_back(window, lambda w: theta(w, *LINK) == old, lambda w: theta(w, *LINK) == -1.25)


def test_escape_leaves_theta_as_it_is(window):
    model = window.session.state.model
    double_click(window.board, on_board(window.board, link(*LINK)))
    press(window, "7")
    press(window, Qt.Key.Key_Escape)
    assert window.session.state.model is model
    assert QApplication.focusWidget() is window.board


def test_the_wheel_on_a_link_turns_theta_and_is_undone_at_once(window):
    old = theta(window, *LINK)
    at = on_board(window.board, link(*LINK))
    for _ in range(3):
        turn(window.board, at, 1)
    assert theta(window, *LINK) == pytest.approx(old + 0.15)
    turn(window.board, at, -1, SHIFT)
    assert theta(window, *LINK) == pytest.approx(old + 0.14)
    press(window, Qt.Key.Key_Z, CONTROL)
    assert theta(window, *LINK) == old


def test_the_cell_of_a_matrix_sets_theta(window):
    press(window, Qt.Key.Key_Right)
    matrices, old = window.panels["inspector"].matrices, theta(window, 1, 2, 3)
    double_click(matrices, in_cells(matrices, link(1, 2, 3)))
    type_text(window, "0.5")
    assert theta(window, 1, 2, 3) == 0.5
    taken_back(window, lambda w: theta(w, 1, 2, 3) == old, lambda w: theta(w, 1, 2, 3) == 0.5)
    turn(matrices, in_cells(matrices, link(1, 2, 3)), 1)
    assert theta(window, 1, 2, 3) > 0.5


def test_the_row_of_the_terms_sets_theta(window):
    press(window, Qt.Key.Key_Right)
    table, old = window.panels["inspector"].table, theta(window, 1, 1, 2)
    double_click(table, in_cells(table, link(1, 1, 2)))
    type_text(window, "2")
    assert theta(window, 1, 1, 2) == 2.0
    taken_back(window, lambda w: theta(w, 1, 1, 2) == old, lambda w: theta(w, 1, 1, 2) == 2.0)
    turn(table, in_cells(table, link(1, 1, 2)), -1)
    assert theta(window, 1, 1, 2) < 2.0


def raw(window, feature):
    state = window.session.state
    return float(state.model.raw(state.moment.example)[feature - 1])


def test_double_click_on_an_input_sets_x_in_its_own_units(window):
    old = raw(window, 2)
    double_click(window.board, on_board(window.board, Address(Symbol.A, 1, 2)))
    type_text(window, "900")
    assert raw(window, 2) == 900.0
    assert window.panels["setup"].example.features.fields[1].text() == "900"
    taken_back(window, lambda w: raw(w, 2) == old, lambda w: raw(w, 2) == 900.0)


def test_the_wheel_on_an_input_sets_x(window):
    old = window.session.state.story.trace.a[0][2]
    turn(window.board, on_board(window.board, Address(Symbol.A, 1, 3)), 2)
    assert window.session.state.story.trace.a[0][2] == pytest.approx(old + 0.1)
    press(window, Qt.Key.Key_Z, CONTROL)
    assert window.session.state.story.trace.a[0][2] == old


def test_a_field_of_the_set_up_panel_sets_x(window):
    field, old = window.panels["setup"].example.features.fields[0], raw(window, 1)
    field.setFocus()
    field.selectAll()
    type_text(window, "33.5")
    assert raw(window, 1) == 33.5
    assert "(changed)" in window.header.example.value
    window.board.setFocus()
    taken_back(window, lambda w: raw(w, 1) == old, lambda w: raw(w, 1) == 33.5)


def test_the_class_is_chosen(window):
    category = window.panels["setup"].example.category
    category.setFocus()
    old = category.currentIndex()
    press(window, Qt.Key.Key_Down)
    assert window.session.state.model.target(6)[old + 1] == 1.0
    window.board.setFocus()
    taken_back(
        window,
        lambda w: w.session.state.model.target(6)[old] == 1.0,
        lambda w: category.currentIndex() == old + 1,
    )


def test_a_double_click_on_y_makes_it_the_class(window):
    double_click(window.board, on_board(window.board, Address(Symbol.Y, 4, 4)))
    assert window.session.state.model.class_name(6) == "truck"
    press(window, Qt.Key.Key_Z, CONTROL)
    assert window.session.state.model.class_name(6) == "car"


def sizes(window):
    return window.session.state.model.network.sizes


def test_layers_are_resized_added_and_removed(window):
    section = window.panels["setup"].network
    section.hidden[0].size_field.setFocus()
    section.hidden[0].size_field.selectAll()
    type_text(window, "7")
    assert sizes(window) == (3, 7, 5, 4)
    click(section.add)
    assert sizes(window) == (3, 7, 5, 5, 4)
    click(section.hidden[1].remove)
    assert sizes(window) == (3, 7, 5, 4)
    assert window.header.network.value == "3-7-5-4"
    window.board.setFocus()
    press(window, Qt.Key.Key_Z, CONTROL, times=3)
    assert sizes(window) == (3, 5, 5, 4)
    press(window, Qt.Key.Key_Z, CONTROL | SHIFT, times=3)
    assert sizes(window) == (3, 7, 5, 4)


def test_without_hidden_layers_it_is_logistic_regression(window):
    section = window.panels["setup"].network
    click(section.hidden[1].remove)
    click(section.hidden[0].remove)
    assert sizes(window) == (3, 4)
    window.board.setFocus()
    press(window, Qt.Key.Key_End)
    press(window, Qt.Key.Key_Left, times=5)
    click(section.add)
    assert sizes(window) == (3, 5, 4)


def test_a_new_seed_is_drawn_shown_and_taken_back(window):
    thetas = window.session.state.model.network.thetas
    click(window.panels["setup"].network.new_seed)
    assert window.session.state.model.seed == 5
    assert "5" in window.header.seed.text()
    assert not np.array_equal(window.session.state.model.network.thetas[0], thetas[0])
    window.board.setFocus()
    press(window, Qt.Key.Key_Z, CONTROL)
    assert window.session.state.model.seed == 4
    assert np.array_equal(window.session.state.model.network.thetas[0], thetas[0])


def test_other_data_are_chosen_and_taken_back(window, qtbot):
    window.header.choose_data("xor")
    qtbot.waitUntil(lambda: window.session.state.model.dataset.name == "xor", timeout=5000)
    press(window, Qt.Key.Key_Right)
    assert sentence(window)
    press(window, Qt.Key.Key_Z, CONTROL)
    assert window.session.state.model.dataset.name == "vehicles"


def test_reset_returns_to_the_very_same_start(window):
    parts = [window.board, *window.panels.values(), window.transport, window.header]
    first = [picture_of(part) for part in parts]
    press(window, Qt.Key.Key_Right, times=11)
    turn(window.board, on_board(window.board, link(*LINK)), 5)
    turn(window.board, on_board(window.board, Address(Symbol.A, 1, 3)), 2)
    press(window, Qt.Key.Key_Right, times=11)
    assert picture_of(window.board) != first[0]
    press(window, "r")
    for part, before in zip(parts, first, strict=True):
        assert picture_of(part) == before, part.objectName()
    press(window, Qt.Key.Key_Z, CONTROL)
    assert window.session.state.model.changed


def told(window):
    return window.findChild(type(window._messages), "messages")


@pytest.mark.parametrize("typed", ["1e9", "−2000000"])
def test_a_number_that_is_too_large_is_refused_in_words(window, typed):
    model = window.session.state.model
    double_click(window.board, on_board(window.board, link(*LINK)))
    type_text(window, typed)
    assert window.session.state.model is model
    assert told(window).isVisible()
    assert "Θ" in told(window).text()
    assert "expected" in told(window).text()
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_Escape)
    assert not told(window).isVisible()


@pytest.mark.parametrize("typed", ["1e999", "three", "nan", "", "0x10", "1/2", "inf"])
def test_what_is_no_number_is_marked_and_explained(window, typed):
    model = window.session.state.model
    double_click(window.board, on_board(window.board, link(*LINK)))
    editor = QApplication.focusWidget()
    editor.selectAll()
    press(window, Qt.Key.Key_Delete)
    type_text(window, typed)
    assert window.session.state.model is model
    assert editor.isVisible()
    assert "number" in editor.accessibleDescription()
    field = window.panels["setup"].learning.rate
    field.setFocus()
    field.selectAll()
    press(window, Qt.Key.Key_Delete)
    type_text(window, typed)
    assert window.session.state.model is model
    assert "number" in field.problem


def test_what_is_typed_and_not_finished_is_not_applied_to_other_layers_or_data(window):
    section = window.panels["setup"].network
    click(section.add)
    field = section.hidden[2].size_field
    field.setFocus()
    field.selectAll()
    press(window, "7")
    window.session.undo()
    assert sizes(window) == (3, 5, 5, 4)
    window.session.redo()
    assert sizes(window) == (3, 5, 5, 5, 4)
    first = window.session.state.model.dataset
    window.session.do(ChooseData(load("iris")))
    field = window.panels["setup"].example.features.fields[0]
    field.setFocus()
    field.selectAll()
    press(window, "7")
    window.session.undo()
    assert window.session.state.model.dataset is first
    assert not window.session.state.model.changed
    window.session.redo()
    assert window.session.state.model.dataset is not first


@pytest.mark.parametrize(
    ("section", "field", "part"),
    [
        ("learning", "decay", lambda model: model.lambda_),
        ("learning", "rate", lambda model: model.learning_rate),
        ("network", "seed", lambda model: model.seed),
        ("network", "activation", lambda model: model.network.activation_name),
        ("data", "scaling", lambda model: model.scaling),
    ],
)
def test_every_other_setting_is_changed_and_taken_back(window, section, field, part):
    widget, before = (
        getattr(getattr(window.panels["setup"], section), field),
        part(window.session.state.model),
    )
    widget.setFocus()
    press(window, Qt.Key.Key_Up)
    if part(window.session.state.model) == before:  # a choice that stood at its first row
        press(window, Qt.Key.Key_Down)
    after = part(window.session.state.model)
    assert after != before
    window.board.setFocus()
    taken_back(
        window,
        lambda w: part(w.session.state.model) == before,
        lambda w: part(w.session.state.model) == after,
    )
