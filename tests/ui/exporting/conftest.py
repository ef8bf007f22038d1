"""The real window, and its dialogs that save."""

import pytest
from PySide6.QtCore import QDir, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLineEdit

from nnviz.ui.exporting.dialog import ExportDialog
from tests.ui.windows import click, opened


@pytest.fixture
def window(qtbot, tmp_path):
    (tmp_path / "settings").mkdir()
    window = opened(tmp_path / "settings", "xnor", example=4)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def open_by_keys(window, qtbot):
    """Open a dialog through the menu File by its letter; the dialog that is open."""

    def wait(letter):
        QTest.keyClick(window.header.menus, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
        QTest.keyClick(QApplication.activePopupWidget(), letter)
        qtbot.waitUntil(lambda: dialog_of(window) is not None)
        found = dialog_of(window)
        found.activateWindow()
        assert QTest.qWaitForWindowActive(found, 5000)
        return found

    return wait


def dialog_of(window):
    shown = [one for one in window.findChildren(ExportDialog) if one.isVisible()]
    return shown[0] if shown else None


@pytest.fixture
def save_as(qtbot):
    """Press Save, and type a path where the file is asked for."""

    def save(dialog, path):
        click(dialog.save)
        asked = dialog.findChild(QFileDialog)
        qtbot.waitUntil(asked.isVisible)
        asked.setDirectory(QDir(str(path.parent)))
        asked.findChild(QLineEdit).setText(str(path))
        click(asked.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save))

    return save
