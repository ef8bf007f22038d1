"""The set-up panel: real keys and clicks change the state; the state, however changed, shows in the panel."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLabel, QLineEdit

from nnviz.files.datasets import load
from nnviz.session.commands import ChooseData, NextExample, SetHidden, SetLambda, SetLearningRate, SetSeed, Zoom
from nnviz.ui.panels.setup import SetupPanel
from tests.ui.panels.events import wheel

# The offscreen platform says so of every tooltip and every change of a window's smallest size.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)")


@pytest.fixture
def panel(session, show):
    return show(SetupPanel(session), 258)


def typed(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_it_shows_the_example_and_how_it_is_scaled(panel, session):
    fields = panel.example.features.fields
    assert [float(field.text()) for field in fields] == session.state.model.raw(6).tolist()
    scaled = panel.example.features._scaled[0].text()
    assert scaled.startswith("x₁ = (speed − ")
    assert panel.example.category.currentText() == session.state.model.class_name(6)
    assert "7 of 150" in panel.example.number.text()


def test_one_example_is_no_examples(panel, session):
    """As when the smallest case that the student's code has wrong is looked at."""
    whole = load("xor")
    session.do(ChooseData(replace(whole, X=whole.X[:1], Y=whole.Y[:1])))
    said = {label.text() for label in panel.findChildren(QLabel)}
    assert "1 example · 2 features · 2 classes" in said


def test_previous_and_next(panel, session, qtbot):
    qtbot.mouseClick(panel.example.next, Qt.MouseButton.LeftButton)
    assert session.state.moment.example == 7
    qtbot.mouseClick(panel.example.previous, Qt.MouseButton.LeftButton)
    assert session.state.moment.example == 6
    session.do(NextExample(-6))
    assert not panel.example.previous.isEnabled()
    assert panel.example.previous.toolTip() == "This is the first example."


def test_choosing_an_example_by_number(panel, session, qtbot):
    typed(qtbot, panel.example.number, "12")
    assert session.state.moment.example == 11


@pytest.mark.parametrize("text", ["12.5", "12,5", " 12.5 "])
def test_a_feature_is_changed_with_point_or_comma(panel, session, qtbot, text):
    typed(qtbot, panel.example.features.fields[0], text)
    assert session.state.model.raw(6)[0] == 12.5
    assert panel.example.note.isVisible()


@pytest.mark.parametrize("text", ["12abc", "1e999", "nan", ""])
def test_what_is_no_number_is_marked_and_explained(panel, session, qtbot, text):
    before, field = session.state.model, panel.example.features.fields[0]
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    typed(qtbot, field, text)
    assert session.state.model is before
    assert field.problem == field.toolTip() == "Expected a number for speed, such as 12.5."
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.problem == ""
    assert float(field.text()) == before.raw(6)[0]


def test_what_the_state_refuses_is_marked_too(panel, session, qtbot):
    problems = []
    session.listen_to_problems(problems.append)
    typed(qtbot, panel.learning.decay, "-1")
    assert session.state.model.lambda_ == 0
    assert panel.learning.decay.problem == "Expected a number, 0 or larger."
    assert problems


def test_arrows_turn_a_field(panel, session, qtbot):
    panel.learning.rate.setFocus()
    qtbot.keyClick(panel.learning.rate, Qt.Key.Key_Up)
    assert session.state.model.learning_rate == pytest.approx(1.1)


def test_the_class(panel, session, qtbot):
    panel.example.category.setFocus()
    qtbot.keyClick(panel.example.category, Qt.Key.Key_Down)
    names = session.state.model.dataset.class_names
    chosen = panel.example.category.currentText()
    assert session.state.model.class_name(6) == chosen != session.state.model.dataset.class_name(6)
    assert chosen in names


def test_layers_can_be_added_resized_and_removed(panel, session, qtbot):
    qtbot.mouseClick(panel.network.add, Qt.MouseButton.LeftButton)
    assert session.state.model.network.sizes == (3, 5, 5, 5, 4)
    typed(qtbot, panel.network.hidden[1].size_field, "2")
    assert session.state.model.network.sizes == (3, 5, 2, 5, 4)
    qtbot.mouseClick(panel.network.hidden[0].remove, Qt.MouseButton.LeftButton)
    assert session.state.model.network.sizes == (3, 2, 5, 4)
    assert [row.isVisible() for row in panel.network.hidden] == [True, True, False]


def test_a_size_that_is_refused_does_not_stay_in_the_field(panel, session, qtbot):
    first, second = (row.size_field for row in panel.network.hidden)
    typed(qtbot, first, "1999")
    typed(qtbot, second, "1999")  # that would be four million weights
    assert session.state.model.network.sizes == (3, 1999, 5, 4)
    assert (first.value(), second.value()) == (1999, 5)


def test_a_whole_number_has_no_point_in_its_tooltip(panel, session, qtbot):
    session.do(SetSeed(12))
    assert panel.network.seed.toolTip().splitlines()[-1] == "12"


def test_no_hidden_layer_and_then_one(panel, session, qtbot):
    session.do(SetHidden(()))
    assert not any(row.isVisible() for row in panel.network.hidden)
    qtbot.mouseClick(panel.network.add, Qt.MouseButton.LeftButton)
    assert session.state.model.network.sizes == (3, 5, 4)


def test_there_is_a_most_of_layers(panel, session):
    session.do(SetHidden((2,) * 10))
    assert not panel.network.add.isEnabled()
    assert panel.network.add.toolTip() == "There can be at most 12 layers."


def test_input_and_output_say_why_they_are_fixed(panel):
    assert not panel.network.inputs.isEnabled()
    assert panel.network.inputs.toolTip() == "Fixed: The data have 3 features."
    assert "4 classes" in panel.network.outputs.toolTip()


def test_seeds(panel, session, qtbot):
    before = session.state.model.network
    qtbot.mouseClick(panel.network.new_seed, Qt.MouseButton.LeftButton)
    assert session.state.model.seed == 5
    typed(qtbot, panel.network.seed, "4")
    assert (session.state.model.network.theta(1) == before.theta(1)).all()
    typed(qtbot, panel.network.seed, "1.5")
    assert "whole number" in panel.network.seed.problem


def test_a_rate_that_blows_up_is_said(panel, session):
    assert not panel.learning.note.isVisible()
    session.do(SetLambda(400.0))
    session.do(SetLearningRate(1.0))
    assert panel.learning.note.isVisible()
    assert "2.66667" in panel.learning.note.text()


def test_scaling(panel, session, qtbot):
    panel.data.scaling.setFocus()
    qtbot.keyClick(panel.data.scaling, Qt.Key.Key_Home)
    assert session.state.model.scaling == "none"


def test_setting_controls_from_the_state_sends_nothing(panel, session):
    states = []
    session.listen(lambda old, new: states.append(new))
    session.do(SetSeed(9))
    session.do(SetHidden((4, 4)))
    session.do(NextExample(3))
    assert len(states) == 4  # one at once, and one for each command


def test_undo_shows(panel, session, qtbot):
    typed(qtbot, panel.example.features.fields[0], "12.5")
    session.undo()
    assert float(panel.example.features.fields[0].text()) == session.state.model.raw(6)[0] != 12.5
    assert not panel.example.note.isVisible()


def test_the_wheel_turns_nothing_without_the_focus(panel, session, qtbot):
    before = session.state.model
    panel.network.add.setFocus()
    for control in (panel.learning.rate, panel.network.hidden[0].size_field, panel.network.activation):
        wheel(control, -120)
    assert session.state.model is before


def test_an_image_is_painted_with_pointer_and_keys(panel, session, qtbot):
    session.do(ChooseData(load("digits"), 3))
    pixels = panel.example.pixels
    assert pixels.isVisible()
    assert not panel.example.features.isVisible()
    side = pixels._area().width() / 8
    before = session.state.model.raw(3)[0]
    assert before == 0
    qtbot.mouseClick(pixels, Qt.MouseButton.LeftButton, pos=QPoint(int(side / 2), int(side / 2)))
    assert session.state.model.raw(3)[0] == 16
    qtbot.mouseClick(pixels, Qt.MouseButton.LeftButton, pos=QPoint(int(side / 2), int(side / 2)))
    assert session.state.model.raw(3)[0] == 0
    qtbot.keyClick(pixels, Qt.Key.Key_Right)
    qtbot.keyClick(pixels, Qt.Key.Key_9)
    assert session.state.model.raw(3)[1] == 16


def test_other_data_make_other_rows(panel, session):
    session.do(ChooseData(load("iris")))
    assert len(panel.example.features.fields) == 4
    assert panel.data._title.text() == load("iris").title


def test_everything_grows_with_the_zoom(panel, session):
    before = panel.data._title.font().pixelSize()
    session.do(Zoom(2.0))
    assert panel.data._title.font().pixelSize() == 2 * before


def test_every_control_has_a_name(panel):
    for kind in (QAbstractButton, QAbstractSpinBox, QComboBox):
        assert all(control.accessibleName() for control in panel.findChildren(kind))
    fields = [field for field in panel.findChildren(QLineEdit) if field.objectName() != "qt_spinbox_lineedit"]
    assert all(field.accessibleName() for field in fields)
