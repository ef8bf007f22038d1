"""Walking through the story in the real window: keys, buttons, timeline, step number, examples, numbers."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QListView, QToolButton

from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.story import Level
from nnviz.picture.captions import caption
from nnviz.ui.examples import ExamplePopup
from tests.ui.windows import click, in_cells, on_board, press, sentence, type_text

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def place(window):
    return window.session.state.moment.place


def example(window):
    return window.session.state.moment.example


def agrees(window):
    """Every part of the window tells of the same step."""
    state = window.session.state
    number, count = state.story.number(state.moment.place, state.level)
    said = caption(state.story, state.moment.place, state.model.dataset, state.view.digits, state.level)
    assert (window.transport.field.value(), window.transport.field.maximum()) == (number, count)
    assert (window.transport.timeline.value(), window.transport.timeline.maximum()) == (number, count)
    assert sentence(window) == said.sentence


@pytest.mark.parametrize(("key", "level"), [("1", "term"), ("2", "unit"), ("3", "layer"), ("4", "example")])
def test_right_and_left_walk_by_the_chosen_level(window, key, level):
    press(window, key)
    state = window.session.state
    assert state.level is Level(level)
    stops = list(state.story.stops(state.level))[:9]
    for stop in stops:
        assert place(window) == stop
        agrees(window)
        if stop != stops[-1]:
            press(window, Qt.Key.Key_Right)
    for stop in reversed(stops):
        assert place(window) == stop
        agrees(window)
        if stop:
            press(window, Qt.Key.Key_Left)


def test_all_of_the_story_is_walked_term_by_term_there_and_back(window):
    press(window, "1")
    length = window.session.state.story.length
    for stop in range(length + 1):
        assert place(window) == stop
        if stop < length:
            press(window, Qt.Key.Key_Right)
    agrees(window)
    for stop in reversed(range(length + 1)):
        assert place(window) == stop
        if stop:
            press(window, Qt.Key.Key_Left)
    agrees(window)


def test_the_story_goes_on_into_the_next_example_and_back(window):
    press(window, Qt.Key.Key_End)
    press(window, Qt.Key.Key_Right)
    assert (example(window), place(window)) == (7, 0)
    press(window, Qt.Key.Key_Left)
    assert (example(window), place(window)) == (6, window.session.state.story.length)
    agrees(window)


def test_shift_walks_by_layers_whatever_the_level(window):
    press(window, "1")
    press(window, Qt.Key.Key_Right, times=3)
    layers = window.session.state.story.stops(Level.LAYER)
    press(window, Qt.Key.Key_Right, SHIFT)
    assert place(window) == layers[1]
    press(window, Qt.Key.Key_Right, SHIFT)
    assert place(window) == layers[2]
    press(window, Qt.Key.Key_Left, SHIFT)
    assert place(window) == layers[1]
    agrees(window)


def test_control_goes_to_other_examples_told_as_far(window):
    press(window, Qt.Key.Key_Right, times=4)
    stop = place(window)
    press(window, Qt.Key.Key_Right, CONTROL)
    assert (example(window), place(window)) == (7, stop)
    press(window, Qt.Key.Key_Left, CONTROL, times=2)
    assert (example(window), place(window)) == (5, stop)
    agrees(window)


def test_page_keys_go_ten_steps(window):
    stops = window.session.state.story.stops(Level.UNIT)
    press(window, Qt.Key.Key_PageDown, times=2)
    assert place(window) == stops[20]
    press(window, Qt.Key.Key_PageUp)
    assert place(window) == stops[10]
    agrees(window)


def test_home_and_end(window):
    press(window, Qt.Key.Key_End)
    assert place(window) == window.session.state.story.length
    agrees(window)
    press(window, Qt.Key.Key_Home)
    assert place(window) == 0
    agrees(window)


def test_going_to_a_step_by_its_number(window):
    press(window, Qt.Key.Key_G, CONTROL)
    assert QApplication.focusWidget() is window.transport.field
    type_text(window, "27")
    assert window.session.state.story.number(place(window), Level.UNIT) == (27, 49)
    agrees(window)
    press(window, Qt.Key.Key_Right)
    assert window.session.state.story.number(place(window), Level.UNIT) == (28, 49)


def test_the_buttons_walk(window):
    button = {name: window.findChild(QToolButton, f"button-{name}") for name in ("first", "back", "forward", "last")}
    click(button["forward"])
    click(button["forward"])
    assert place(window) == window.session.state.story.stops(Level.UNIT)[2]
    click(button["back"])
    assert place(window) == window.session.state.story.stops(Level.UNIT)[1]
    click(button["last"])
    assert place(window) == window.session.state.story.length
    click(button["first"])
    assert place(window) == 0
    assert not button["back"].isEnabled() or example(window)
    assert "Not now:" in button["first"].toolTip()


def test_scrubbing_on_the_timeline(window):
    timeline, stops = window.transport.timeline, window.session.state.story.stops(Level.UNIT)
    y = timeline.height() / 2

    def mouse(kind, x, button, buttons):
        position = QPointF(x, y)
        everywhere = QPointF(timeline.mapToGlobal(position))
        QApplication.sendEvent(
            timeline, QMouseEvent(kind, position, everywhere, button, buttons, Qt.KeyboardModifier.NoModifier)
        )

    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    mouse(QEvent.Type.MouseButtonPress, timeline.scale.x(stops[20]), left, left)
    assert place(window) == stops[20]
    for stop in (stops[25], stops[40], stops[3]):
        mouse(QEvent.Type.MouseMove, timeline.scale.x(stop), none, left)
        assert place(window) == stop
        agrees(window)
    mouse(QEvent.Type.MouseButtonRelease, timeline.scale.x(stops[3]), left, none)
    mouse(QEvent.Type.MouseMove, timeline.scale.x(stops[30]), none, none)
    assert place(window) == stops[3]


def test_choosing_an_example_by_number_in_the_popup(window):
    click(window.header.example)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, ExamplePopup)
    type_text(window, "42")
    assert (example(window), place(window)) == (41, 0)
    assert QApplication.activePopupWidget() is None
    agrees(window)


def test_choosing_an_example_by_class_and_click_in_the_popup(window):
    click(window.header.example)
    popup = QApplication.activePopupWidget()
    type_text_only(popup.field, "truck")
    view = popup.findChild(QListView)
    index = popup.examples.index(2)
    click(view.viewport(), view.visualRect(index).center())
    model = window.session.state.model
    assert model.class_name(example(window)) == "truck"
    assert "truck" in window.header.example.value


def type_text_only(field, text):
    for letter in text:
        press(field, letter)


def test_the_set_up_panel_chooses_examples(window):
    section = window.panels["setup"].example
    click(section.next)
    assert example(window) == 7
    click(section.previous)
    click(section.previous)
    assert example(window) == 5
    section.number.setFocus()
    section.number.selectAll()
    type_text(window, "100")
    assert example(window) == 99
    agrees(window)


def test_a_click_on_a_number_goes_to_its_step(window):
    story = window.session.state.story
    activation, error = Address(Symbol.A, 3, 2), Address(Symbol.DELTA, 2, 1)
    press(window, Qt.Key.Key_End)
    click(window.board, on_board(window.board, activation))
    assert place(window) == story.first_place(activation)
    press(window, Qt.Key.Key_End)
    click(window.board, on_board(window.board, error))
    assert place(window) == story.first_place(error)
    agrees(window)


def test_a_click_in_the_table_matrix_or_formula_goes_to_the_step(window):
    inspector = window.panels["inspector"]
    press(window, Qt.Key.Key_G, CONTROL)
    type_text(window, "9")  # unit 4 of layer 3, made of layer 2's activations
    story, wanted = window.session.state.story, Address(Symbol.A, 2, 3)
    start = place(window)
    click(inspector.table, in_cells(inspector.table, wanted))
    assert place(window) == story.first_place(wanted)
    press(window, Qt.Key.Key_Right, times=6)
    assert place(window) == start
    click(inspector.matrices, in_cells(inspector.matrices, wanted))
    assert place(window) == story.first_place(wanted)
    press(window, Qt.Key.Key_Right, times=6)
    box = inspector.numbers.boxes("A/2/3/")[0]
    click(inspector.numbers, box.center().toPoint())
    assert place(window) == story.first_place(wanted)
    press(window, Qt.Key.Key_Right, times=6)  # after each click the keys go on telling the story
    assert place(window) == start


def test_keys_do_nothing_to_the_story_while_something_is_typed(window):
    press(window, Qt.Key.Key_Right, times=3)
    before = window.session.state
    for field in (window.transport.field, window.panels["setup"].learning.rate):
        field.setFocus()
        for key in (
            " ",
            "r",
            "1",
            "4",
            "+",
            "-",
            Qt.Key.Key_Left,
            Qt.Key.Key_Right,
            Qt.Key.Key_Home,
            Qt.Key.Key_End,
        ):
            press(window, key)
        state = window.session.state
        assert (state.moment, state.level, state.playing) == (before.moment, before.level, before.playing)
        assert state.model is before.model
        assert state.view == before.view
        press(window, Qt.Key.Key_Escape)


def test_the_drawing_tells_assistive_technology_the_sentence_once_the_story_rests(window, qtbot):
    press(window, Qt.Key.Key_Right, times=3)
    said = sentence(window)
    qtbot.waitUntil(lambda: window.board.accessibleDescription() == said, timeout=3000)
