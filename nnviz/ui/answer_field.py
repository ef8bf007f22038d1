"""A field for an answer: typing goes into it, and as long as nothing is typed every key does what it does elsewhere."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from nnviz.ui.guard import guarded
from nnviz.ui.theme import Theme

TYPED = set("0123456789.,+-−–/")
"""What a number begins with; the rest of the keyboard belongs to the window as long as the field is empty."""


class AnswerField(QLineEdit):
    """``answered`` tells what was typed when Return is pressed, ``skipped`` that there was nothing.

    What has been judged is selected and counts as nothing typed until it is changed.
    """

    answered = Signal(str)
    skipped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._judged = False
        self.setAcceptDrops(False)  # a file is for the window to open, not to be typed here
        self.setMaxLength(60)
        self.textEdited.connect(lambda _: self._set_judged(False))

    def dress(self, theme: Theme) -> None:
        """Take sizes from the theme."""
        self.setFont(theme.font(14))
        self.setMinimumHeight(theme.px(30))

    def judged(self) -> None:
        """What stands here has been judged: the next key begins anew."""
        self._set_judged(True)
        self.selectAll()

    def _set_judged(self, judged: bool) -> None:
        self._judged = judged

    @property
    def _untouched(self) -> bool:
        return self._judged or not self.text()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and self._untouched and self._is_of_window(event):
            event.ignore()
            return True
        return super().event(event)

    def _is_of_window(self, event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and event.text() not in TYPED

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            text = "" if self._judged else self.text().strip()
            self.answered.emit(text) if text else self.skipped.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the window gives the focus to the board
        else:
            super().keyPressEvent(event)
