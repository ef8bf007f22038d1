"""The first run points at three things, and is quiet afterwards."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from nnviz.session.state import State
from nnviz.ui.card import Card
from nnviz.ui.fields import Label, dress_children
from nnviz.ui.theme import Theme, theme_of

CANCEL = QKeySequence.StandardKey.Cancel


class Hint(NamedTuple):
    """What is said, and the object name of the widget it is said of."""

    target: str
    words: str


HINTS = (
    Hint("transport", "Press → to tell the story step by step, ← to go back. Space lets it run."),
    Hint(
        "inspector",
        "Here is what the step computes, with every number. Point at one to see where it comes from. "
        "A right click, here and elsewhere, says what you are looking at.",
    ),
    Hint(
        "board",
        "New to it? The lessons (F2) lead you through the chapter. "
        "Or try things: double-click a link to change its Θ; Ctrl+Z takes everything back. F1 helps.",
    ),
)


class Hints(Card):
    """One hint at a time, beside what it speaks of; the story can be stepped meanwhile."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(border="accent", edge=14, parent=window)
        self.setObjectName("hint")
        self.setAccessibleName("Hint")
        self._window = window
        self._shown = -1
        self._forget: Callable[[], object] = lambda: None
        self._words, self._count = Label(), Label("", "muted", 12)
        self._words.setWordWrap(True)
        self._next = QPushButton("Next")
        self._next.clicked.connect(self.advance)
        self._skip = QPushButton("Skip")
        self._skip.clicked.connect(self.finish)
        line = QHBoxLayout()
        self.column.addWidget(self._words)
        line.addWidget(self._count)
        line.addStretch(1)
        line.addWidget(self._skip)
        line.addWidget(self._next)
        self.column.addLayout(line)
        self.dress(theme_of(window.session.state.view))
        window.installEventFilter(self)
        self.advance()
        self._forget = window.session.listen(self._changed)

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        super().dress(theme)
        dress_children(self, theme)
        self._words.setFixedWidth(theme.px(270))
        self.layout().activate()
        self.adjustSize()

    def advance(self) -> None:
        """Show the next hint whose widget is to be seen."""
        self._shown += 1
        while self._shown < len(HINTS) and self._target() is None:
            self._shown += 1
        if self._shown >= len(HINTS):
            self.finish()
            return
        self._words.setText(HINTS[self._shown].words)
        self._count.setText(f"{self._shown + 1} of {len(HINTS)}")
        last = self._shown + 1 == len(HINTS)
        self._next.setText("Got it" if last else "Next")
        self._skip.setVisible(not last)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()

    def finish(self) -> None:
        """No more hints, ever."""
        self._window.settings.hints_seen = True
        self._forget()
        self._forget = lambda: None
        self._window.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(CANCEL):
            self.finish()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.matches(CANCEL):
            self.finish()  # wherever the focus is
        return False

    def _changed(self, old: State | None, new: State) -> None:
        """They speak of stepping: over another tool or beside a lesson they would only be in the way."""
        if old is None:
            return
        if theme_of(old.view) is not theme_of(new.view):
            self.dress(theme_of(new.view))
            self._place()
        if _room(old) != _room(new):
            self.setVisible(_room(new))
            self._place()

    def _target(self) -> QWidget | None:
        found = self._window.findChild(QWidget, HINTS[self._shown].target)
        return found if found is not None and found.isVisible() else None

    def _place(self) -> None:
        """Beside the target where there is room, over its edge where there is none, always inside the window."""
        target = self._target()
        if target is None:
            return
        area = QRect(target.mapTo(self._window, QPoint(0, 0)), target.size())
        gap = 12
        if area.top() > self._window.height() // 2:
            corner = QPoint(area.left() + gap, area.top() - self.height() - gap)
        elif area.left() > self._window.width() // 2:
            corner = QPoint(area.left() - self.width() - gap, area.top() + 6 * gap)
        else:
            corner = QPoint(area.center().x() - self.width() // 2, area.top() + gap)
        right, bottom = self._window.width() - self.width() - gap, self._window.height() - self.height() - gap
        self.move(max(gap, min(corner.x(), right)), max(gap, min(corner.y(), bottom)))


def _room(state: State) -> bool:
    """Whether what they speak of is what one is at."""
    return state.tool == "step" and state.lesson is None
