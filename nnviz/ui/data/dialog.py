"""What the dialogs for data share: dress, what is wrong or understood, and the two buttons."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from nnviz.engine.data import Dataset
from nnviz.session.commands import ChooseData
from nnviz.session.examples import Examples, prepared
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.fields import Label, dress_children
from nnviz.ui.style import dress, within
from nnviz.ui.theme import Theme, theme_of
from nnviz.ui.worker import Background

AT_ONCE = 500_000
"""As many numbers are scaled before anybody notices; for more, the window does not wait."""


class DataDialog(QDialog):
    """Offers a data set, and sends it to *session* when it is taken; until then nothing else changes.

    ``column`` is for what is chosen from. *background* does what takes long; nothing of it is heard of once the dialog
    is closed.
    """

    def __init__(self, session: Session, background: Background, title: str, take: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.session, self.background = session, background
        self.data: Dataset | None = None
        self.column = QVBoxLayout()
        self.meaning = Label("", bold=True)
        self.problem = Label("", "differ")
        self.take = QPushButton(take, autoDefault=False)
        self.cancel = QPushButton("Cancel", autoDefault=False)
        self._fill()
        self.take.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)

    def follow(self) -> None:
        """Take the theme, now and when it changes; called when everything is in the dialog."""
        self._forget = self.session.listen(self._changed)

    @property
    def theme(self) -> Theme:
        """How things look at present."""
        return theme_of(self.session.state.view)

    def offer(self, data: Dataset, meaning: str) -> None:
        """Let *data* be taken; *meaning* says what they are."""
        self.data = data
        self._say(meaning, "")
        self.take.setEnabled(True)
        self.take.setToolTip("Study these data; Ctrl+Z brings back those of before")

    def refuse(self, reason: str) -> None:
        """Say why there is nothing to take."""
        self.withhold(reason)
        self._say("", reason)

    def wait(self, words: str) -> None:
        """Say that it is not known yet what there is to take."""
        self.withhold(words)
        self._say(words, "")

    def withhold(self, reason: str) -> None:
        """Let nothing be taken for now."""
        self.data = None
        self.take.setEnabled(False)
        self.take.setToolTip(f"Not now: {reason}")

    def accept(self) -> None:
        data = self.data
        if data is None:
            return
        if data.X.size <= AT_ONCE:
            self._use(data, None)
            return
        self.wait("The data are being prepared …")
        self.background.run(
            lambda: prepared(data), lambda examples: self._use(data, examples), lambda error: self.refuse(str(error))
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button with the focus, and nothing else: in fields it only ends the typing."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(self.focusWidget(), QPushButton):
            self.focusWidget().click()

    def done(self, result: int) -> None:
        self.background.forget()
        self._forget()
        self._forget = lambda: None
        super().done(result)

    def dress(self, theme: Theme) -> None:
        """Take colours and sizes from the theme."""
        dress(self, theme)
        dress_children(self, theme)
        margin = theme.px(16)
        self.layout().setContentsMargins(margin, margin, margin, margin)
        self.layout().setSpacing(theme.px(10))
        self.column.setSpacing(theme.px(10))
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """As large as what is chosen from needs, and not larger than the window that it lies over."""
        return within(self.parentWidget().window(), self.wanted_size(self.theme))

    def wanted_size(self, theme: Theme) -> QSize:
        """The size when there is room enough."""
        return QSize(theme.px(880), theme.px(620))

    def _use(self, data: Dataset, examples: Examples | None) -> None:
        try:
            self.session.do(ChooseData(data, prepared=examples))
        except ValueError as problem:
            self.refuse(str(problem))
        else:
            super().accept()

    def _fill(self) -> None:
        for label in (self.meaning, self.problem):
            label.setWordWrap(True)
        self.meaning.setAccessibleName("What it means")
        self.problem.setAccessibleName("What is wrong")
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.cancel)
        self.buttons.addWidget(self.take)
        whole = QVBoxLayout(self)
        whole.addLayout(self.column, 1)
        whole.addWidget(self.meaning)
        whole.addWidget(self.problem)
        whole.addLayout(self.buttons)

    def _say(self, meaning: str, problem: str) -> None:
        for label, text in ((self.meaning, meaning), (self.problem, problem)):
            if text and text != label.text():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
            label.setText(text)
            label.setVisible(bool(text))

    def _changed(self, old: State | None, new: State) -> None:
        if old is None or theme_of(old.view) is not theme_of(new.view):
            self.dress(theme_of(new.view))
