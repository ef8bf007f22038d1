"""Where a file is saved: it has an ending that is written, and what is there already is not replaced unasked."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from nnviz.ui import keep
from nnviz.ui.place import ask_place, with_ending
from nnviz.ui.save import KINDS
from tests.ui import windows

# Qt's offscreen platform says so of every window that opens above another.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(qtbot, tmp_path):
    window = windows.opened(tmp_path)
    qtbot.addWidget(window)
    return window


@pytest.mark.parametrize(
    ("name", "expected"), [("a.svg", "a.svg"), ("a.PDF", "a.PDF"), ("a", "a.png"), ("v1.2", "v1.2.png")]
)
def test_a_missing_ending_is_the_chosen_kind(tmp_path, name, expected):
    assert with_ending(tmp_path / name, ".png", KINDS) == tmp_path / expected


def typed(monkeypatch, path) -> None:
    """Let the dialog give this name, as it was typed; that of the desktop may add no ending."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))


def answering(text: str) -> list[str]:
    """Click the button of this name in the question that is to come; what was asked."""
    asked = []

    def answer():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        QTest.mouseClick(next(one for one in box.buttons() if one.text() == text), Qt.MouseButton.LeftButton)

    QTimer.singleShot(100, answer)
    return asked


@pytest.mark.parametrize(("button", "replaced"), [("Cancel", False), ("Replace it", True)])
def test_a_file_that_the_dialog_did_not_ask_about_is_asked_about(
    window, monkeypatch, tmp_path, qtbot, button, replaced
):
    there = tmp_path / "theta.npz"
    there.write_text("a term's work")
    typed(monkeypatch, tmp_path / "theta")
    asked = answering(button)
    keep.ask_and_save(window)
    qtbot.waitUntil(lambda: not window.files.busy)
    assert asked == ["theta.npz is there already."]
    assert (there.read_bytes() != b"a term's work") is replaced


@pytest.mark.parametrize("name", ["new", "theta.svg"])
def test_nothing_is_asked_of_a_new_file_or_twice(window, monkeypatch, tmp_path, name):
    (tmp_path / "theta.svg").touch()
    typed(monkeypatch, tmp_path / name)
    monkeypatch.setattr(QMessageBox, "exec", lambda box: pytest.fail(box.text()))
    assert ask_place(window, "Export picture", tmp_path / "nnviz.svg", KINDS).suffix == ".svg"


def test_no_file_is_none(window, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    assert ask_place(window, "Export picture", tmp_path / "nnviz.svg", KINDS) is None
