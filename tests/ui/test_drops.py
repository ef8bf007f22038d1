"""Dropping files on the window."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from nnviz.session.commands import ShowTool
from nnviz.ui.data.dialog import DataDialog
from nnviz.ui.drops import Drops
from tests.ui.windows import opened

# Qt's offscreen platform says so of every window that opens above another.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot, tmp_path):
    window = opened(tmp_path)
    qtbot.addWidget(window)
    return window


def drops(window):
    return window.findChild(Drops)


def carrying(*urls, text=""):
    mime = QMimeData()
    mime.setUrls([QUrl(url) for url in urls])
    mime.setText(text) if text else None
    return mime


def enter(widget, mime):
    event = QDragEnterEvent(QPointF(60, 60).toPoint(), Qt.DropAction.CopyAction, mime, LEFT, NONE)
    QApplication.sendEvent(widget, event)
    return event


def drop(widget, mime):
    event = QDropEvent(QPointF(60, 60), Qt.DropAction.CopyAction, mime, LEFT, NONE)
    QApplication.sendEvent(widget, event)
    return event


def test_a_file_is_opened(window, qtbot, tmp_path):
    path = tmp_path / "gates.csv"
    path.write_text("0,0,no\n0,1,yes\n1,0,yes\n1,1,no\n")
    mime = carrying(path.as_uri())
    assert enter(window, mime).dropAction() is Qt.DropAction.CopyAction
    assert drops(window).isVisible()
    assert drops(window).size() == window.size()
    drop(drops(window), mime)
    assert not drops(window).isVisible()
    qtbot.waitUntil(lambda: not window.desk.busy)
    assert len(window.findChild(DataDialog).data) == 4


@pytest.mark.parametrize(
    ("mime", "words"),
    [
        (lambda: carrying(text="1,2,3"), "data, a lesson, or a program of your own"),
        (lambda: carrying("https://example.org/data.csv"), "Only files"),
        (lambda: carrying("file:///a.csv", "file:///b.csv", "file:///c.csv"), "These are 3 files"),
    ],
)
def test_what_is_no_file_is_declined_with_words(window, mime, words):
    mime = mime()
    assert enter(window, mime).dropAction() is Qt.DropAction.IgnoreAction
    assert words in drops(window)._words
    drop(window, mime)
    assert words in window._messages.text()
    assert window.findChild(DataDialog) is None


def test_the_light_goes_out_when_the_file_leaves(window):
    enter(window, carrying("file:///a.csv"))
    window.grab()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not drops(window).isVisible()


def test_no_field_takes_a_file_for_text(window):
    window.session.do(ShowTool("train"))
    fields = [*window.findChildren(QLineEdit), *window.findChildren(QPlainTextEdit)]
    assert fields
    assert [field.accessibleName() or field.parent() for field in fields if field.acceptDrops()] == []
