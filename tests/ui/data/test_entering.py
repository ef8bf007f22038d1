"""Typing and drawing data, with real keys, clicks and the clipboard."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnviz.engine.generators import generate
from nnviz.files import datasets
from nnviz.session.commands import ChooseData, Zoom
from nnviz.ui.data.sheet_view import NameField
from tests.ui.windows import click

# Qt's offscreen platform says so of every window that opens above another.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT, RIGHT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def entering(window, ready):
    """The dialog on the data called *name*, or on an empty table."""

    def enter(name=None):
        data = (
            datasets.load("digits") if name is None else generate(name, 40) if name == "moons" else datasets.load(name)
        )
        window.session.do(ChooseData(data))
        window.table["enter-data"].trigger()
        return ready()

    return enter


def press(key, modifier=NONE, times=1):
    for _ in range(times):
        QTest.keyClick(QApplication.focusWidget(), key, modifier)
        QApplication.processEvents()  # a cell takes what was typed a little later


def type_cells(*texts):
    """Type and go to the right after each."""
    for text in texts:
        type_text(text)
        press(Qt.Key.Key_Tab)


def type_text(text):
    """Type where the focus is; the first letter opens the cell."""
    for letter in text:
        QTest.keyClick(QApplication.focusWidget(), letter)


def at(dialog, x, y):
    """The place of the drawing where the point is."""
    drawing = dialog.drawing
    area, (across, down) = drawing.area, drawing.plane.shares(np.array([[x, y]]))[0]
    return QPoint(round(area.x() + across * area.width()), round(area.y() + down * area.height()))


# --- The table ---


def test_the_keyboard_alone_makes_a_data_set(window, entering, ready):
    dialog = entering()
    assert "Type some" in dialog.problem.text()
    assert not dialog.take.isEnabled()
    assert dialog.view.hasFocus()
    type_cells("0", "0", "no", "0", "1", "yes", "1", "0", "yes", "1", "1", "no")
    press(Qt.Key.Key_Escape, times=2)
    dialog = ready()
    assert dialog.sheet.sheet.rows == (("0", "0", "no"), ("0", "1", "yes"), ("1", "0", "yes"), ("1", "1", "no"))
    assert dialog.meaning.text() == "4 examples, 2 features, 2 classes: no 2, yes 2; suggested network 2-4-1."
    dialog.take.setFocus()
    press(Qt.Key.Key_Return)
    data = window.session.state.model.dataset
    assert (data.title, data.source, len(data)) == ("Entered data", "entered by you", 4)
    window.session.undo()
    assert window.session.state.model.dataset is datasets.load("digits")


def test_it_begins_with_the_present_data(entering):
    dialog = entering("vehicles")
    assert dialog.sheet.rowCount() == 151
    assert dialog.sheet.index(0, 3).data() == "motorcycle"
    assert not dialog.drawing.isVisible()
    assert dialog.data.units == datasets.load("vehicles").units


def test_cells_of_a_spreadsheet_are_pasted_copied_and_cleared(entering, ready):
    dialog = entering()
    QApplication.clipboard().setText("1\t2\t3\tred\r\n4\t5\t6\tblue\r\n")
    press(Qt.Key.Key_V, CONTROL)
    assert dialog.sheet.sheet.names == ("x1", "x2", "x3", "class")
    assert dialog.sheet.sheet.rows == (("1", "2", "3", "red"), ("4", "5", "6", "blue"))
    press(Qt.Key.Key_Right, SHIFT)
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == "1\t2\n4\t5"
    press(Qt.Key.Key_Delete)
    assert dialog.sheet.sheet.rows[0] == ("", "", "3", "red")
    press(Qt.Key.Key_Z, CONTROL, times=2)
    assert dialog.sheet.sheet.rows == ()
    press(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert dialog.sheet.sheet.rows[1] == ("4", "5", "6", "blue")
    assert ready().data.class_names == ("blue", "red")


def test_one_text_is_pasted_into_all_that_is_selected(entering):
    dialog = entering("xor")
    QApplication.clipboard().setText("7")
    press(Qt.Key.Key_Right, SHIFT)
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_V, CONTROL)
    assert [row[:2] for row in dialog.sheet.sheet.rows] == [("7", "7"), ("7", "7"), ("1", "0"), ("1", "1")]


def test_what_is_left_out_is_told(entering):
    dialog = entering("xor")
    QApplication.clipboard().setText("1\t2\tred\n" * 2005)
    press(Qt.Key.Key_V, CONTROL)
    assert "at most 2,000 rows" in dialog.hint.text()
    assert len(dialog.sheet.sheet.rows) == 2000
    press(Qt.Key.Key_Z, CONTROL)
    assert "2,000" not in dialog.hint.text()
    press(Qt.Key.Key_Right, times=2)
    press(Qt.Key.Key_V, CONTROL)
    assert "left out" in dialog.hint.text()


def test_wrong_cells_are_marked_with_the_reason(entering, ready):
    dialog = entering("xor")
    type_text("abc")
    press(Qt.Key.Key_Return)
    cell = dialog.sheet.index(0, 0)
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == "This is no number."
    assert cell.data(Qt.ItemDataRole.BackgroundRole) is not None
    assert dialog.view.currentIndex().row() == 1
    assert "row 1, column “x1” (“abc”)" in ready().problem.text().replace("x₁", "x1")
    assert not dialog.take.isEnabled()


def test_rows_and_columns_are_added_taken_out_and_renamed(entering, qtbot):
    dialog = entering("xor")
    click(dialog.add_row)
    assert len(dialog.sheet.sheet.rows) == 5
    click(dialog.remove_rows)
    assert len(dialog.sheet.sheet.rows) == 4
    click(dialog.add_feature)
    assert dialog.sheet.sheet.width == 4
    assert not dialog.drawing.isVisible()
    dialog.view.go_to(0, 2)
    click(dialog.remove_features)
    assert dialog.sheet.sheet.width == 3
    header = dialog.view.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(1) + 20, 10)
    click(header.viewport(), place)
    qtbot.mouseDClick(header.viewport(), LEFT, pos=place)
    name = dialog.view.findChild(NameField)
    qtbot.keyClicks(name, "height")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert dialog.sheet.sheet.names[1] == "height"
    assert dialog.view.hasFocus()
    assert dialog.isVisible()


def test_escape_leaves_a_name_as_it_was(entering, qtbot):
    dialog = entering("xor")
    before = dialog.sheet.sheet.names
    click(dialog.rename)
    name = dialog.view.findChild(NameField)
    qtbot.keyClicks(name, "oops")
    qtbot.keyClick(name, Qt.Key.Key_Escape)
    assert dialog.sheet.sheet.names == before
    assert dialog.isVisible()


def test_escape_leaves_the_table_from_any_cell_and_then_the_dialog(window, entering):
    dialog = entering("xor")
    press(Qt.Key.Key_Right)
    place = dialog.view.currentIndex()
    press(Qt.Key.Key_Escape)
    assert not dialog.view.hasFocus()
    assert dialog.view.currentIndex() == place
    closed = []
    dialog.finished.connect(closed.append)
    press(Qt.Key.Key_Escape)
    assert closed


def test_what_was_typed_is_not_given_up_at_once(window, entering):
    dialog = entering("xor")
    type_text("5")
    press(Qt.Key.Key_Return)
    click(dialog.cancel)
    assert dialog.isVisible()
    assert dialog.cancel.text() == "Give up the changes"
    click(dialog.cancel)
    assert not dialog.isVisible()
    assert window.session.state.model.dataset is datasets.load("xor")


def test_tab_leaves_the_table_at_its_end(entering):
    dialog = entering("moons")
    dialog.view.go_to(40, 2)
    press(Qt.Key.Key_Tab)
    assert not dialog.view.hasFocus()
    seen = []
    for _ in range(5):
        seen.append(dialog.focusWidget())
        press(Qt.Key.Key_Tab)
    assert seen == [dialog.classes.buttons[0], dialog.classes.another, dialog.drawing, dialog.cancel, dialog.take]


def test_closing_the_window_gives_up(window, entering):
    dialog = entering("xor")
    type_text("5")
    press(Qt.Key.Key_Return)
    window.close()
    assert not dialog.isVisible()


# --- The points ---


def test_a_click_adds_a_point_and_a_row(entering, ready):
    dialog = entering("moons")
    click(dialog.classes.buttons[1])
    click(dialog.drawing, at(dialog, -1.0, -1.0))
    x1, x2, name = dialog.sheet.sheet.rows[-1]
    assert (float(x1), float(x2), name) == (pytest.approx(-1.0, abs=0.02), pytest.approx(-1.0, abs=0.02), "lower")
    assert len(ready().data) == 41
    QTest.keyClick(dialog.drawing, Qt.Key.Key_Z, CONTROL)
    assert len(dialog.sheet.sheet.rows) == 40


def test_points_are_dragged_and_taken_away(entering):
    dialog = entering("moons")
    x, y = dialog.drawing.points.X[0]
    QTest.mousePress(dialog.drawing, LEFT, NONE, at(dialog, x, y))
    QTest.mouseMove(dialog.drawing, at(dialog, 0.0, -1.0))
    assert dialog.drawing.hidden_point() is not None
    dialog.drawing.grab()
    QTest.mouseRelease(dialog.drawing, LEFT, NONE, at(dialog, 0.0, -1.0))
    changed = [row for row in dialog.sheet.sheet.rows if len(row[0]) < 6]
    assert len(changed) == 1
    assert float(changed[0][1]) == pytest.approx(-1.0, abs=0.02)
    QTest.mouseClick(dialog.drawing, RIGHT, NONE, at(dialog, 0.0, -1.0))
    assert len(dialog.sheet.sheet.rows) == 39


def test_the_point_of_the_present_row_has_a_ring(entering):
    dialog = entering("moons")
    plain = dialog.drawing.grab().toImage()
    press(Qt.Key.Key_Down)
    assert dialog.drawing._marked == 1
    assert dialog.drawing.grab().toImage() != plain
    dialog.view.go_to(40, 0)
    assert dialog.drawing._marked is None


def test_a_click_on_a_point_changes_nothing(entering):
    dialog = entering("moons")
    before = dialog.sheet.sheet
    click(dialog.drawing, at(dialog, *dialog.drawing.points.X[3]))
    assert dialog.sheet.sheet is before


def test_the_keys_draw_too(entering, ready):
    dialog = entering()
    dialog.drawing.setFocus()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Right, SHIFT, times=2)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return)
    assert dialog.sheet.sheet.rows == (("0", "0", "0"), ("0.6", "0.03", "1"))
    assert "x1 = 0.6" in dialog.drawing.accessibleDescription()
    assert ready().data is not None
    press(Qt.Key.Key_Delete)
    assert dialog.sheet.sheet.rows == (("0", "0", "0"),)
    dialog.drawing.grab()


def test_a_class_of_its_own(entering):
    dialog = entering()
    click(dialog.classes.another)
    assert [button.text() for button in dialog.classes.buttons] == ["0", "1", "2"]
    click(dialog.drawing, at(dialog, 1.0, 1.0))
    assert dialog.sheet.sheet.rows[0][2] == "2"


def test_pasted_classes_replace_those_that_were_offered(entering):
    dialog = entering()
    QApplication.clipboard().setText("1\t2\tred\n3\t4\tblue")
    press(Qt.Key.Key_V, CONTROL)
    assert [button.text() for button in dialog.classes.buttons] == ["red", "blue"]
    assert dialog.drawing.nearest(QPointF(at(dialog, 1, 2))) == 0


def test_a_full_table_takes_no_more_points(entering, window, ready):
    window.session.do(ChooseData(generate("moons", 2000)))
    window.table["enter-data"].trigger()
    dialog = ready()
    assert len(dialog.drawing.points.X) == 2000
    before = dialog.sheet.sheet
    click(dialog.drawing, at(dialog, -1.0, -1.0))
    assert dialog.sheet.sheet is before
    assert "2,000" in dialog.hint.text()


@pytest.mark.parametrize("zoom", [1.0, 1.5])
def test_it_fits_the_smallest_screens(window, entering, zoom):
    window.resize(1024, 700)
    window.session.do(Zoom(zoom))
    dialog = entering("moons")
    assert dialog.width() <= 1024
    assert dialog.height() <= 700
