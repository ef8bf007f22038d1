"""The real window, for the dialogs over it."""

import pytest
from PySide6.QtTest import QTest

from nnviz.ui.data.dialog import DataDialog
from tests.ui.windows import opened


@pytest.fixture
def window(qtbot, tmp_path):
    window = opened(tmp_path)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def dialog(window, qtbot):
    """The dialog that is open, once it is."""

    def found():
        shown = [one for one in window.findChildren(DataDialog) if one.isVisible()]
        return shown[0] if shown else None

    def wait():
        qtbot.waitUntil(lambda: found() is not None)
        found().activateWindow()
        assert QTest.qWaitForWindowActive(found(), 5000)
        return found()

    return wait


@pytest.fixture
def ready(window, dialog, qtbot):
    """The dialog that is open, once nothing is under way beside it."""

    def wait():
        shown = dialog()
        qtbot.waitUntil(lambda: not window.desk.busy)
        return shown

    return wait
