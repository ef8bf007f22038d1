"""Fields that take a number: what may be typed, how it is written, how it moves by a notch."""

import math

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolTip

from nnviz.picture.numbers import MINUS, full
from nnviz.ui.guard import guarded
from nnviz.ui.nudge import NOTCH
from nnviz.ui.theme import Theme


def number(text: str) -> float:
    """What was typed, as a finite number; a decimal comma and a real minus are taken. Raises ValueError otherwise."""
    value = float(text.strip().replace(MINUS, "-").replace(",", "."))
    if not math.isfinite(value):
        raise ValueError(f"{text.strip()} is too large.")
    return value


def written(value: float) -> str:
    """A number as it stands in a field: up to six significant digits, with a real minus."""
    return f"{value:.6g}".replace("-", MINUS)


def nudged(value: float, notches: float) -> float:
    """*value* moved by a tenth of its magnitude for each notch, at least 0.01, without digits that nobody asked for."""
    step = 10.0 ** max(-2, math.floor(math.log10(max(abs(value), 1e-9))) - 1)
    return round((round(value / step) + notches) * step, 12)


class NumberField(QLineEdit):
    """A field for one number. ``entered`` tells what was typed, or chosen with ↑, ↓ or, with the focus, the wheel.

    What is not a number stays as it was typed, marked, with what is expected in a tip; Escape takes it back.
    """

    entered = Signal(float)

    def __init__(self, name: str, expected: str, *, whole: bool = False) -> None:
        super().__init__()
        self._expected, self._whole = expected, whole
        self._value = 0.0
        self._tip = ""
        self._problem = ""
        self._given = False  # by Return, and nothing has been typed since
        self._mark = QColor()
        self.setAccessibleName(name)
        self.setAcceptDrops(False)  # a file is for the window to open, not to be typed here
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.editingFinished.connect(self._finished)
        self.textEdited.connect(self._edited)

    @property
    def problem(self) -> str:
        """What is wrong with what stands in the field, "" if nothing."""
        return self._problem

    def dress(self, theme: Theme) -> None:
        """Take colours from the theme."""
        self._mark = theme.colour("differ")
        self.setFont(theme.font())
        self.setMinimumHeight(theme.px(26))

    def show_value(self, value: float, tip: str = "") -> None:
        """Set from the state. What the user is typing stays, unless the number is another one."""
        digits = str(int(value)) if self._whole else full(value)
        self._tip = f"{tip}\n{digits}" if tip else digits
        if value == self._value and (self._problem or self.isModified()):
            return
        self._value = value
        self._write(value)

    def refuse(self, problem: str) -> None:
        """Mark what stands in the field and say what is expected."""
        self._mark_problem(problem)
        if self.isVisible():
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), problem, self)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._problem:
            painter = QPainter(self)
            painter.setPen(QPen(self._mark, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and self._is_key_of_window(event):
            self._finished()  # T trains, and with the number that has just been typed
            event.ignore()
            return True
        return super().event(event)

    def _is_key_of_window(self, event: QEvent) -> bool:
        """Of a number that is complete: a letter that none is written with, and that does something in the window."""
        if not isinstance(event, QKeyEvent) or not event.text().isalpha() or event.text() in "eE":
            return False
        key = QKeySequence(event.keyCombination())
        return self._complete() and any(key in action.shortcuts() for action in self.window().actions())

    def _complete(self) -> bool:
        try:
            return self._given or (self.isModified() and math.isfinite(self._typed()))
        except ValueError:
            return False

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._turn(1 if event.key() == Qt.Key.Key_Up else -1)
            case Qt.Key.Key_Escape:
                self._write(self._value)
            case _:
                super().keyPressEvent(event)

    @guarded
    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus():
            event.ignore()  # the panel scrolls
            return
        self._turn(event.angleDelta().y() / NOTCH)

    @guarded
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._given = False
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def _edited(self) -> None:
        self._given = False
        self._mark_problem("")

    def _turn(self, notches: float) -> None:
        try:
            value = number(self.text())
        except ValueError:
            value = self._value
        self.entered.emit(value + math.copysign(1, notches) if self._whole else nudged(value, notches))

    def _finished(self) -> None:
        if not self.isModified() or self.text() == written(self._value):
            return
        try:
            value = self._typed()
        except ValueError:
            self.refuse(f"Expected {self._expected}.")
            return
        self.setModified(False)
        self._given = True
        if value == self._value:
            self._write(value)
        else:
            self.entered.emit(value)

    def _typed(self) -> float:
        value = number(self.text())
        if self._whole and value != int(value):
            raise ValueError
        return value

    def _write(self, value: float) -> None:
        self.setText(str(int(value)) if self._whole else written(value))
        self.setCursorPosition(0)
        self._mark_problem("")

    def _mark_problem(self, problem: str) -> None:
        self._problem = problem
        self.setToolTip(problem or self._tip)
        self.setAccessibleDescription(problem)
        self.update()
