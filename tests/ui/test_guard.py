"""What a paint event raises does not end the program."""

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz import ui
from nnviz.ui.guard import guarded


class Broken(QWidget):
    """Fails with its painter open, and has an ``event`` in Python, as the window has."""

    def event(self, event):
        return super().event(event)

    @guarded
    def paintEvent(self, event):
        painter = QPainter(self)
        painter.drawLine(0, 0, 9, 9)
        raise ZeroDivisionError("no picture")


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_what_a_paint_event_raises_is_told_and_the_program_goes_on(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 200)
    QVBoxLayout(window).addWidget(Broken())
    with qtbot.captureExceptions() as told:
        window.show()
        qtbot.waitUntil(lambda: bool(told))
        first = len(told)
        window.grab()
        qtbot.waitUntil(lambda: len(told) > first)
    kind, error, trace = told[0]
    assert (kind, str(error)) == (ZeroDivisionError, "no picture")
    assert trace is not None


def test_every_paint_event_is_guarded():
    found, bare = 0, []
    for path in Path(ui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name == "paintEvent":
                found += 1
                if "guarded" not in [ast.unparse(one) for one in node.decorator_list]:
                    bare.append(f"{path.name}:{node.lineno}")
    assert found > 20
    assert not bare
