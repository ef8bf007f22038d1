"""What dialogs that lie over the window share: dress, what comes of the fields or is wrong with them, and Enter."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.fields import Label, dress_children
from nnviz.ui.style import dress
from nnviz.ui.theme import Theme, theme_of


class Dialog(QDialog):
    """Empty: the subclass lays out its fields, ``meaning`` and ``problem``, and then calls ``follow``.

    It takes the theme of *session* as long as it is open, and is gone once it is closed.
    """

    def __init__(self, session: Session, title: str, parent: QWidget, meaning: Label | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.session = session
        self.meaning, self.problem = meaning or Label("", "muted", 12), Label("", "differ")
        for label in (self.meaning, self.problem):
            label.setWordWrap(True)
        self.problem.setAccessibleName("What is wrong")
        self._forget = lambda: None

    @property
    def theme(self) -> Theme:
        """How things look at present."""
        return theme_of(self.session.state.view)

    def follow(self) -> None:
        """Take the theme, now and when it changes; called when everything is in the dialog."""
        self._forget = self.session.listen(self._changed)

    def say(self, meaning: str, problem: str) -> None:
        """Say what comes of the fields, and what is wrong with them; a screen reader is told of what is new."""
        for label, text in ((self.meaning, meaning), (self.problem, problem)):
            if text and text != label.text():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
            label.setText(text)
            label.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button with the focus; in fields it ends the typing, and sends as far as ``enter`` says."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(self.focusWidget(), QPushButton):
            self.focusWidget().click()
        else:
            self.enter()

    def enter(self) -> None:
        """What Enter does in a field; nothing here."""

    def done(self, result: int) -> None:
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

    def _changed(self, old: State | None, new: State) -> None:
        if old is None or theme_of(old.view) is not theme_of(new.view):
            self.dress(theme_of(new.view))
