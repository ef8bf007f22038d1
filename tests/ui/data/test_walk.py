"""A random walk over the editor: whatever is typed, drawn and taken back, table and points stay one thing."""

import random

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnviz.engine.generators import generate
from nnviz.files import sheet
from nnviz.files.errors import FileProblem
from nnviz.session.commands import ChooseData
from nnviz.ui.data.sheet_view import NameField

# Qt's offscreen platform says so of every window that opens above another.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TEXTS = ("1", "2.5", "-3", "1,5", "abc", "", "1e999", "1\t2\tred\n3\t4\tblue", "5\t6\t7\t8\t9", "\n\n", '"', "nan", "0")
KEYS = (
    *(Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Delete),
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_7, Qt.Key.Key_F2, Qt.Key.Key_Space),
)
CONTROL = Qt.KeyboardModifier.ControlModifier
MODIFIERS = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


class Walk:
    """Gestures at the dialog, chosen by a seed."""

    def __init__(self, dialog, seed):
        self.dialog, self.chance = dialog, random.Random(seed)
        self.ways = (self.key, self.key, self.paste, self.button, self.draw, self.undo, self.rename)

    def focus(self):
        return QApplication.focusWidget() or self.dialog.view

    def key(self):
        QTest.keyClick(self.focus(), self.chance.choice(KEYS), self.chance.choice(MODIFIERS))

    def paste(self):
        QApplication.clipboard().setText(self.chance.choice(TEXTS))
        self.dialog.view.setFocus()
        QTest.keyClick(self.dialog.view, self.chance.choice((Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_C)), CONTROL)

    def button(self):
        dialog = self.dialog
        buttons = (dialog.add_row, dialog.remove_rows, dialog.add_feature, dialog.remove_features, dialog.clear_all)
        self.chance.choice((*buttons, dialog.classes.another, *dialog.classes.buttons)).click()

    def draw(self):
        drawing = self.dialog.drawing
        if not drawing.isVisible():
            return
        start, end = (
            QPoint(self.chance.randrange(drawing.width()), self.chance.randrange(drawing.height())) for _ in range(2)
        )
        button = self.chance.choice((Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton))
        QTest.mousePress(drawing, button, MODIFIERS[0], start)
        QTest.mouseMove(drawing, end)
        QTest.mouseRelease(drawing, button, MODIFIERS[0], end)

    def undo(self):
        self.dialog.view.setFocus()
        for _ in range(self.chance.randrange(4)):
            QTest.keyClick(self.dialog.view, Qt.Key.Key_Z, self.chance.choice((CONTROL, CONTROL | MODIFIERS[2])))

    def rename(self):
        self.dialog.rename.click()
        name = self.dialog.view.findChild(NameField)
        QTest.keyClicks(name, self.chance.choice(("x2", "size", "", "<b>")))
        QTest.keyClick(name, self.chance.choice((Qt.Key.Key_Return, Qt.Key.Key_Escape)))


@pytest.mark.parametrize("seed", range(4))
def test_nothing_breaks(window, ready, seed):
    if seed % 2:
        window.session.do(ChooseData(generate("moons", 20)))
    window.table["enter-data"].trigger()
    dialog = ready()
    walk = Walk(dialog, seed)
    for _ in range(150):
        walk.chance.choice(walk.ways)()
        QApplication.processEvents()
        assert dialog.isVisible()
        present = dialog.sheet.sheet
        assert len(set(present.names)) == present.width == dialog.sheet.columnCount()
        assert all(len(row) == present.width for row in present.rows)
        if present.width == 3:
            shown = dialog.drawing.points
            assert np.array_equal(shown.X, sheet.drawn(present, shown.classes).X)
            assert dialog.drawing.plane.holds(shown.X)
    dialog = ready()
    try:
        expected = sheet.dataset(dialog.sheet.sheet)
    except FileProblem:
        assert dialog.data is None
    else:
        assert np.array_equal(dialog.data.X, expected.X)
    dialog.grab()
