"""Qt itself: what nnviz relies on, and that the tests notice what is left behind."""

import sys
import threading

import pytest
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from tests import leftovers


def test_a_thousand_updates_lose_no_reference_to_none(qtbot):
    """PySide6 6.12.0 on Python < 3.12 loses one at each call until the process aborts."""
    widget, label = QWidget(), QLabel()
    qtbot.addWidget(widget)
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(1000):
        widget.update()
        label.setText(str(number))
    assert sys.getrefcount(None) > before - 500


def test_a_running_timer_is_noticed(qapp):
    timer = QTimer()
    assert leftovers.qt_objects() == []
    timer.start(1000)
    assert "QTimer" in leftovers.qt_objects()[0]
    timer.stop()


def test_a_running_thread_of_qt_is_noticed(qapp):
    thread = QThread()
    thread.start()
    assert "QThread" in leftovers.qt_objects()[0]
    thread.quit()
    assert thread.wait(5000)


def test_a_widget_left_behind_is_noticed(qapp):
    widget = QWidget()
    assert "QWidget" in leftovers.qt_objects()[0]
    widget.deleteLater()


def test_a_widget_in_a_cycle_is_not_left_behind(qapp):
    widget = QWidget()
    widget.itself = widget
    del widget
    assert leftovers.qt_objects() == []


def test_a_thread_left_behind_is_noticed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(leftovers, "GRACE", 0.0)
    before, done = threading.enumerate(), threading.Event()
    thread = threading.Thread(target=done.wait, name="forgotten")
    thread.start()
    assert leftovers.threads(before) == ["thread forgotten"]
    done.set()
    thread.join()
    assert leftovers.threads(before) == []
