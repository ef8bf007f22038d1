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


def test_handlers_are_guarded_where_an_exception_would_end_the_program():
    """Every ``paintEvent``, and of widgets with an ``event`` of their own all that give nothing back."""
    found, bare = 0, []
    for path in Path(ui.__file__).parent.rglob("*.py"):
        for owner in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(owner, ast.ClassDef):
                continue
            handlers = [one for one in owner.body if isinstance(one, ast.FunctionDef)]
            has_event = any(one.name == "event" for one in handlers)
            for one in handlers:
                if one.name == "paintEvent" or (has_event and one.name.endswith("Event")):
                    found += 1
                    if "guarded" not in [ast.unparse(decorator) for decorator in one.decorator_list]:
                        bare.append(f"{path.name}:{one.lineno} {one.name}")
    assert found > 60
    assert not bare
