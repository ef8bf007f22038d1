"""What a hand at the keyboard and the mouse may do: one method each, which says what it did."""

import random
import time

import numpy as np
from PySide6.QtCore import (
    QEvent,
    QPoint,
    QPointF,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget

from nnviz.files import datasets
from nnviz.files.lessons.shelf import shelf
from nnviz.session.commands import ChooseData
from nnviz.ui.file_actions import DATA
from nnviz.ui.window import Window
from tests.fuzz.invariants import Broken, described

SAVING = {"export", "export-story", "export-film", "save-thetas"}
NOT_HERE = {
    "quit",
    *SAVING,
    "load-thetas",
    "worksheet",
    *DATA,
    "check-own",
    "lessons",
    "open-lesson",
    "show-full-screen",
}
"""Actions that end the walk, open a dialog over the window, or mean a screen."""
SMALL = ("vehicles", "and", "or", "xor", "xnor", "iris")
LARGE = ("digits", "digits-28")
TEXTS = (
    "0", "1", "−1", "-0.5", "2,5", "1e3", "1e-9", "1e999", "-1e999", "nan", "inf", "", " ", "abc", "1/2", "0x10",
    "1e12", "999999", "1e6", "-1000000", "٣", "½", "<b>x</b>", "%s", "1 2", "--1", "+.5", "9" * 40, "δ", "car",
)  # fmt: skip
NONE = Qt.KeyboardModifier.NoModifier
MENU_KEYS = (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Left)
MODIFIERS = (NONE, NONE, NONE, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier)
KEYS = (
    Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space,
    Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Escape,
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F2, Qt.Key.Key_1,
    Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_R, Qt.Key.Key_G,
    Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_0, Qt.Key.Key_Equal, Qt.Key.Key_F1, Qt.Key.Key_A, Qt.Key.Key_C,
    Qt.Key.Key_V, Qt.Key.Key_5, Qt.Key.Key_T, Qt.Key.Key_T, Qt.Key.Key_Period, Qt.Key.Key_P,
)  # fmt: skip


class Hand:
    """Gestures over the real window, chosen by a seeded ``random.Random``."""

    def __init__(self, window: Window, chance: random.Random, application: QApplication) -> None:
        self.window, self._random, self._application = window, chance, application

    def _widgets(self) -> list[QWidget]:
        """What can be clicked now, in an order that the same walk always has."""
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        roots = [top] if top is not None else [self.window, *self.window.findChildren(QDialog)]
        found = [one for root in roots for one in (root, *root.findChildren(QWidget))]
        return [one for one in found if one.isVisible() and one.width() > 1 and one.height() > 1 and not _passing(one)]

    def _target(self) -> tuple[QWidget, QPoint]:
        """Mostly a widget that shows or takes something; the drawing more often than others."""
        widgets = self._widgets()
        widget = self.window.board if self._random.random() < 0.3 else self._random.choice(widgets)
        if not widget.isVisible() or (QApplication.activePopupWidget() and widget is self.window.board):
            widget = self._random.choice(widgets)
        return widget, QPoint(self._random.randrange(widget.width()), self._random.randrange(widget.height()))

    def _button(self) -> Qt.MouseButton:
        few = (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton)
        return Qt.MouseButton.LeftButton if self._random.random() < 0.93 else self._random.choice(few)

    def _focus(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        return (popup and (popup.focusWidget() or popup)) or QApplication.focusWidget() or self.window

    def _key(self) -> str:
        key, modifier = self._random.choice(KEYS), self._random.choice(MODIFIERS)
        times, widget = self._random.choice((1, 1, 1, 2, 8)), self._focus()
        said = f"key {modifier.name} {key.name} × {times} at {_named(widget)}"
        for _ in range(times):
            QTest.keyClick(self._focus(), key, modifier)
        return said

    def _escape(self) -> str:
        """Leave what is open: a popup would otherwise keep all to itself for long."""
        widget = self._focus()
        said = f"Escape at {_named(widget)}"
        QTest.keyClick(widget, Qt.Key.Key_Escape)
        if (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        return said

    def _click(self) -> str:
        widget, at = self._target()
        button, modifier = self._button(), self._random.choice(MODIFIERS)
        said = f"click {button.name} {modifier.name} at {at.x()}, {at.y()} of {_named(widget)}"
        QTest.mouseClick(widget, button, modifier, at)
        return said

    def _double_click(self) -> str:
        widget, at = self._target()
        said = f"double-click at {at.x()}, {at.y()} of {_named(widget)}"
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NONE, at)
        if _alive(widget):
            QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, NONE, at)
        return said

    def _move(self) -> str:
        widget, at = self._target()
        QTest.mouseMove(widget, at)
        return f"move to {at.x()}, {at.y()} of {_named(widget)}"

    def _drag(self) -> str:
        widget, at = self._target()
        said = f"drag over {_named(widget)} from {at.x()}, {at.y()}"
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, NONE, at)
        for _ in range(4):
            to = QPoint(
                self._random.randrange(-20, widget.width() + 20),
                self._random.randrange(-20, widget.height() + 20),
            )
            if _alive(widget):
                QTest.mouseMove(widget, to)
        if _alive(widget):
            QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, NONE, to)
        return said

    def _wheel(self) -> str:
        widget, at = self._target()
        notches, modifier = self._random.choice((-3, -1, 1, 1, 4, 0.25)), self._random.choice(MODIFIERS)
        turned = QPoint(0, round(120 * notches))
        event = QWheelEvent(
            QPointF(at),
            QPointF(widget.mapToGlobal(at)),
            QPoint(),
            turned,
            Qt.MouseButton.NoButton,
            modifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        said = f"wheel {notches} {modifier.name} at {at.x()}, {at.y()} of {_named(widget)}"
        QApplication.sendEvent(widget, event)
        return said

    def _menu(self) -> str:
        rows = [row for row in self.window.table.rows if row.name not in NOT_HERE]
        row = self._random.choice(rows)
        action = self.window.table[row.name]
        if action.isEnabled():
            action.trigger()
        return f"action {row.name}{'' if action.isEnabled() else ' (disabled)'}"

    def _type(self) -> str:
        widget, text = self._focus(), self._random.choice(TEXTS)
        said = f"type {text!r} into {_named(widget)}"
        _typed(widget, text)
        if self._random.random() < 0.7:
            QTest.keyClick(self._focus(), Qt.Key.Key_Return)
        return said

    def _edit(self) -> str:
        """Choose a field and put odd text into it."""
        fields = [one for one in self._widgets() if isinstance(one, QLineEdit) and one.isEnabled()]
        if not fields:
            return "edit nothing"
        widget, text = self._random.choice(fields), self._random.choice(TEXTS)
        said = f"edit {_named(widget)}: {text!r}"
        widget.setFocus()
        widget.selectAll()
        _typed(widget, text)
        if _alive(widget):
            QTest.keyClick(widget, self._random.choice((Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape)))
        return said

    def _resize(self) -> str:
        size = self._random.choice(((640, 480), (800, 600), (1100, 760), (1440, 900), (1600, 700), (700, 1000)))
        self.window.resize(*size)
        return f"resize to {size[0]} × {size[1]}"

    def _data(self) -> str:
        name = self._random.choice(SMALL if self._random.random() < 0.85 else LARGE)
        if self._random.random() < 0.5:
            self.window.header.choose_data(name)
        else:
            self.window.session.do(ChooseData(datasets.load(name), self._random.randrange(200)))
        return f"data {name}"

    def _lesson(self) -> str:
        """Open a lesson where it was left; its panel has links, answers and buttons to press."""
        path = self._random.choice(shelf())
        self.window.lessons.open(path)
        return f"lesson {path.stem}"

    def _rest(self) -> str:
        """Let the clock tick, if the story plays, and time pass for what moves."""
        if self.window.session.state.playing:
            self.window.player._step()
        time.sleep(0.02)
        return "rest"

    def _undo_redo(self) -> str:
        """Undo, then redo: the very same Θ, and the same story."""
        session = self.window.session
        if session.undo_title is None:
            return "undo and redo: nothing"
        before = session.state
        said = f"undo and redo: {session.undo_title}"
        session.undo()
        self._application.processEvents()
        session.redo()
        after = session.state
        same = len(before.model.network.thetas) == len(after.model.network.thetas) and all(
            np.array_equal(one, other)
            for one, other in zip(before.model.network.thetas, after.model.network.thetas, strict=True)
        )
        if not same or before.model.dataset is not after.model.dataset or before.model.seed != after.model.seed:
            raise Broken(f"{said} does not lead back to the same model: from {described(before)} to {described(after)}")
        return said


def _passing(widget: QWidget) -> bool:
    """Whether it goes away by the clock: a tip or a message."""
    return widget.objectName() == "messages" or (widget.isWindow() and type(widget) is QLabel)


def _alive(widget: QWidget) -> bool:
    from shiboken6 import isValid

    return isValid(widget) and widget.isVisible()


def _typed(widget: QWidget, text: str) -> None:
    """Type *text*; Qt's own test aborts over letters beyond ASCII."""
    for letter in text:
        if not _alive(widget):
            return
        kinds = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        for kind in kinds:
            if _alive(widget):
                QApplication.sendEvent(widget, QKeyEvent(kind, 0, NONE, letter))


def _named(widget: QWidget) -> str:
    name = widget.objectName() or widget.accessibleName()
    return f"{type(widget).__name__}{f' {name!r}' if name else ''}"
