"""Export story: from the menu to the file, with what the window shows."""

import csv
import json
import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from nnviz.documents import pages
from nnviz.engine.story import Level
from nnviz.session.commands import ShowLevel
from nnviz.ui import place
from nnviz.ui.exporting import story as dialogs
from tests.ui.windows import choose, click

# Qt's offscreen platform says so of every window that opens above another.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_a_pdf_is_saved_beside_the_window(window, open_by_keys, save_as, qtbot, tmp_path):
    dialog = open_by_keys("y")
    assert dialog.windowTitle() == "Export story"
    assert dialog.level.currentText() == "By unit"
    assert dialog.meaning.text() == "The story of example 4 in 18 steps, with 11 pictures."
    path = tmp_path / "mine.pdf"
    save_as(dialog, path)
    qtbot.waitUntil(lambda: window._messages.text() == f"Saved to {path}", timeout=20_000)
    assert path.read_bytes().startswith(b"%PDF-")
    assert window.settings.export_folder == str(tmp_path)
    assert not window.exports.busy


@pytest.mark.parametrize(("format", "suffix"), [("CSV", ".csv"), ("JSON", ".json"), ("Markdown", ".md")])
def test_formats_by_the_keyboard(window, open_by_keys, save_as, qtbot, tmp_path, format, suffix):
    window.session.do(ShowLevel(Level.LAYER))
    dialog = open_by_keys("y")
    choose(dialog.format, format)
    assert dialog.level.currentText() == "By layer"
    assert "picture" not in dialog.meaning.text()
    path = tmp_path / f"mine{suffix}"
    save_as(dialog, path)
    qtbot.waitUntil(path.exists, timeout=20_000)
    a = window.session.state.story.trace.a[1]
    if suffix == ".csv":
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
        assert [float(row["value"]) for row in rows[:2]] == a.tolist()
    elif suffix == ".json":
        values = json.loads(path.read_text(encoding="utf-8"))["steps"][1]["values"]
        assert [value["value"] for value in values] == a.tolist()
    else:
        assert "# The story of example 4" in path.read_text(encoding="utf-8")
    qtbot.waitUntil(lambda: not window.exports.busy)


def test_the_suffix_comes_of_itself(window, open_by_keys, save_as, qtbot, tmp_path):
    dialog = open_by_keys("y")
    choose(dialog.format, "CSV")
    save_as(dialog, tmp_path / "mine")
    qtbot.waitUntil((tmp_path / "mine.csv").exists, timeout=20_000)
    qtbot.waitUntil(lambda: not window.exports.busy)


def test_a_file_with_the_suffix_that_came_of_itself_is_not_replaced_unasked(
    window, open_by_keys, save_as, qtbot, tmp_path, monkeypatch
):
    """Qt's dialog takes the .2 for a suffix, and asks about v1.2."""
    asked = []
    monkeypatch.setattr(place, "may_replace", lambda parent, path: asked.append(path.name))
    (tmp_path / "v1.2.csv").write_text("mine")
    dialog = open_by_keys("y")
    choose(dialog.format, "CSV")
    save_as(dialog, tmp_path / "v1.2")
    qtbot.waitUntil(lambda: asked == ["v1.2.csv"])
    qtbot.waitUntil(lambda: not window.exports.busy)
    assert (tmp_path / "v1.2.csv").read_text(encoding="utf-8") == "mine"


def test_what_is_too_long_for_paper_cannot_be_saved_as_pdf(window, open_by_keys, monkeypatch):
    monkeypatch.setattr(pages, "MOST_STEPS", 30)
    dialog = open_by_keys("y")
    choose(dialog.level, "By term")
    assert "a PDF takes 30 at the most" in dialog.problem.text()
    assert not dialog.save.isEnabled()
    choose(dialog.format, "CSV")
    assert dialog.problem.text() == ""
    assert dialog.save.isEnabled()


def test_where_it_cannot_be_written_is_told_in_the_dialog(window, open_by_keys, qtbot, tmp_path):
    dialog = open_by_keys("y")
    dialog.start(tmp_path / "nowhere" / "story.pdf")
    qtbot.waitUntil(lambda: not window.exports.busy)
    assert "cannot be saved" in dialog.problem.text()
    assert dialog.save.isEnabled()
    assert dialog.isVisible()


def test_cancel_leaves_nothing_and_the_window_goes_on(window, open_by_keys, save_as, qtbot, tmp_path, monkeypatch):
    held = hold(monkeypatch, dialogs, "drawing_of")
    dialog = open_by_keys("y")
    save_as(dialog, tmp_path / "story.pdf")
    qtbot.waitUntil(held.waiting.is_set)
    assert not dialog.level.isEnabled()
    assert (dialog.cancel.text(), dialog.bar.isVisible()) == ("Cancel", True)
    before = window.session.state.moment.place
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.board.setFocus()
    QTest.keyClick(window.board, Qt.Key.Key_Right)
    assert window.session.state.moment.place > before
    click(dialog.cancel)
    held.go.set()
    qtbot.waitUntil(lambda: not window.exports.busy)
    assert dialog.meaning.text() == "Stopped; nothing has been saved."
    assert os.listdir(tmp_path) == ["settings"]
    assert (dialog.cancel.text(), dialog.bar.isVisible()) == ("Close", False)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_closing_the_window_stops_it(window, open_by_keys, save_as, qtbot, tmp_path, monkeypatch):
    held = hold(monkeypatch, dialogs, "drawing_of")
    save_as(open_by_keys("y"), tmp_path / "story.pdf")
    qtbot.waitUntil(held.waiting.is_set)
    held.go.set()
    window.close()
    assert os.listdir(tmp_path) == ["settings"]


def test_only_one_is_open(window, open_by_keys):
    first = open_by_keys("y")
    open_by_keys("a")
    assert not first.isVisible()


def hold(monkeypatch, module, name):
    """Let drawing begin only when ``go`` is set; ``waiting`` says that it has come so far."""
    import threading

    class Held:
        waiting, go = threading.Event(), threading.Event()

    real = getattr(module, name)

    def made():
        draw = real()

        def slow(state):
            Held.waiting.set()
            Held.go.wait(10)
            return draw(state)

        return slow

    monkeypatch.setattr(module, name, made)
    return Held
