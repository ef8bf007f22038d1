"""The dialog for worksheets, with real clicks and keys."""

import itertools
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from nnviz.picture.worksheet.formats import FORMATS, Order, worksheet
from nnviz.session.commands import ShowTheme
from nnviz.ui import worksheet as module
from nnviz.ui.worksheet import WorksheetDialog
from tests.ui.windows import choose, click, opened

# Qt's offscreen platform says so of every window that opens above another.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(qtbot, tmp_path):
    window = opened(tmp_path, "xnor", example=1)
    window.settings.export_folder = str(tmp_path)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def dialog(window):
    window.table["worksheet"].trigger()
    [dialog] = window.findChildren(WorksheetDialog)
    dialog.activateWindow()
    assert QTest.qWaitForWindowActive(dialog, 5000)
    return dialog


def typed(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def saved(qtbot, window, dialog):
    """Click Save and wait for what the window says."""
    click(dialog.save)
    qtbot.waitUntil(lambda: not window.files.busy)
    return window._messages.text()


def test_it_offers_the_network_of_the_window_and_writes_a_pdf(window, dialog, qtbot, tmp_path):
    assert dialog.network.text() == "-".join(map(str, window.session.state.model.network.sizes))
    assert dialog.network.hasFocus()
    assert saved(qtbot, window, dialog) == f"Saved to {tmp_path / 'worksheet.pdf'}"
    assert (tmp_path / "worksheet.pdf").read_bytes() == worksheet(Order(), FORMATS[".pdf"])


def test_every_field_counts(window, dialog, qtbot, tmp_path):
    typed(qtbot, dialog.network, "3-2-2")
    for field, text in ((dialog.digits, "3"), (dialog.variants, "2"), (dialog.seed, "5"), (dialog.decay, "0.5")):
        typed(qtbot, field, text)
        qtbot.keyClick(field, Qt.Key.Key_Tab)
    for choice in (dialog.activation, dialog.examples):
        choice.setFocus()
        qtbot.keyClick(choice, Qt.Key.Key_Down)
    dialog.kind.setFocus()
    qtbot.keyClick(dialog.kind, Qt.Key.Key_End)
    qtbot.keyClick(dialog.kind, Qt.Key.Key_Home)
    qtbot.keyClick(dialog.kind, Qt.Key.Key_Down)
    assert dialog.file.text() == str(tmp_path / "worksheet.tex")
    wanted = Order((3, 2, 2), 5, 2, 3, 2, 0.5, "tanh")
    assert dialog.wanted().order == wanted
    assert saved(qtbot, window, dialog).startswith("Saved to")
    assert (tmp_path / "worksheet.tex").read_bytes() == worksheet(wanted, FORMATS[".tex"])


def test_the_ending_that_is_typed_chooses_the_format(dialog, qtbot, tmp_path):
    typed(qtbot, dialog.file, str(tmp_path / "sheet.md"))
    assert dialog.kind.currentText() == "Markdown"
    typed(qtbot, dialog.file, str(tmp_path / "sheet.docx"))
    assert "expected a name that ends in .pdf, .tex, .md" in dialog.problem.text()
    assert not dialog.save.isEnabled()
    typed(qtbot, dialog.file, " ")
    assert "which file" in dialog.problem.text()


def test_what_is_wrong_is_said_at_once_and_taken_back(dialog, qtbot):
    typed(qtbot, dialog.network, "9-9")
    assert "a worksheet has room for" in dialog.problem.text()
    assert not dialog.save.isEnabled()
    assert "Not now" in dialog.save.toolTip()
    typed(qtbot, dialog.network, "2-1")
    assert (dialog.problem.text(), dialog.save.isEnabled()) == ("", True)
    typed(qtbot, dialog.decay, "11")
    qtbot.keyClick(dialog.decay, Qt.Key.Key_Tab)
    assert "0 to 10" in dialog.problem.text()
    assert not dialog.save.isEnabled()
    typed(qtbot, dialog.decay, "1")
    qtbot.keyClick(dialog.decay, Qt.Key.Key_Tab)
    assert (dialog.problem.text(), dialog.save.isEnabled()) == ("", True)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("~nobody-of-that-name/a.pdf", "Nobody here is called ~nobody-of-that-name"),
        (f"{'long' * 80}.pdf", "It cannot be saved (File name too long)"),
        ("/", "The file is called ''"),
    ],
)
def test_a_name_that_no_file_can_have_is_told(window, dialog, qtbot, name, problem):
    typed(qtbot, dialog.file, name)
    if dialog.save.isEnabled():
        saved(qtbot, window, dialog)
    assert problem in dialog.problem.text()


def test_a_folder_gets_a_name_with_the_format(dialog, qtbot, tmp_path):
    typed(qtbot, dialog.file, "/")
    choose(dialog.kind, "LaTeX")
    assert dialog.file.text() == "/worksheet.tex"


def test_a_file_that_cannot_be_written_leaves_the_dialog_open(window, dialog, qtbot, tmp_path):
    typed(qtbot, dialog.file, str(tmp_path / "nowhere" / "sheet.md"))
    saved(qtbot, window, dialog)
    assert "It cannot be saved" in dialog.problem.text()
    assert dialog.isVisible()
    assert dialog.save.isEnabled()


def test_a_file_that_exists_is_announced(dialog, qtbot, tmp_path):
    assert dialog.meaning.text() == ""
    (tmp_path / "there.md").write_text("mine", encoding="utf-8")
    typed(qtbot, dialog.file, str(tmp_path / "there.md"))
    assert dialog.meaning.text() == "This file exists; it will be replaced."


def test_browsing_chooses_a_file(dialog, qtbot, tmp_path):
    click(dialog.browse)
    [browser] = dialog.findChildren(QFileDialog)
    browser.fileSelected.emit(str(tmp_path / "chosen.tex"))
    browser.reject()
    assert dialog.file.text() == str(tmp_path / "chosen.tex")
    assert dialog.kind.currentData() == ".tex"


def test_return_saves_and_escape_leaves(window, dialog, qtbot, tmp_path):
    typed(qtbot, dialog.file, str(tmp_path / "sheet.md"))
    qtbot.keyClick(dialog.file, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.files.busy)
    assert (tmp_path / "sheet.md").exists()
    window.table["worksheet"].trigger()
    again = next(one for one in window.findChildren(WorksheetDialog) if one.isVisible())
    qtbot.keyClick(again, Qt.Key.Key_Escape)
    assert not again.isVisible()


def test_the_window_does_not_wait(window, dialog, qtbot, tmp_path, monkeypatch):
    """While a worksheet is made elsewhere the dialog tells how far it is; after a cancel nothing comes of it."""
    go_on, begun, threads = threading.Event(), threading.Event(), []

    def slow(order, suffix, watch):
        threads.append(threading.current_thread())
        watch(2)
        begun.set()
        go_on.wait(10)
        return b"made"

    monkeypatch.setattr(module, "worksheet", slow)
    typed(qtbot, dialog.variants, "8")
    click(dialog.save)
    assert begun.wait(10)
    assert threads != [threading.main_thread()]
    assert dialog.meaning.text() == "The worksheet is being made …"
    assert not dialog.save.isEnabled()
    qtbot.waitUntil(lambda: dialog.meaning.text().startswith("2 of 8 variants are made; about "))
    dialog._watch.made = 8
    qtbot.waitUntil(lambda: dialog.meaning.text() == "All 8 variants are made; the pages are being set …")
    click(dialog.cancel)
    go_on.set()
    threads[0].join(10)
    assert not window.files.busy
    assert not window._messages.text().startswith("Saved")
    assert not (tmp_path / "worksheet.pdf").exists()


def test_closing_the_window_stops_it_and_nothing_is_written(window, dialog, qtbot, tmp_path, monkeypatch):
    begun = threading.Event()

    def endless(order, suffix, watch):
        begun.set()
        for made in itertools.count():
            watch(made)

    monkeypatch.setattr(module, "worksheet", endless)
    click(dialog.save)
    assert begun.wait(10)
    window.close()
    assert not dialog.isVisible()
    assert not (tmp_path / "worksheet.pdf").exists()


def test_it_follows_the_theme(window, dialog):
    window.session.do(ShowTheme("dark"))
    assert dialog.palette().window().color().lightness() < 80
