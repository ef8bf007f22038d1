"""A line of a lesson: its live values follow the state, its links send commands."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel

from nnviz.session.lesson.values import Line, Link
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.lessons.words import html, text
from nnviz.ui.theme import Theme, theme_of


class LineLabel(QLabel):
    """``pointed`` names a control that a link without a command speaks of."""

    pointed = Signal(str)

    def __init__(self, session: Session, line: Line = (), size: float = 13.0, role: str = "text") -> None:
        super().__init__()
        self._session, self._line, self._size, self._role = session, line, size, role
        self._shown = ""
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setOpenExternalLinks(False)
        self.linkActivated.connect(self.follow_link)

    @property
    def links(self) -> dict[str, Link]:
        """The links by their place in the line."""
        return {str(index): part for index, part in enumerate(self._line) if isinstance(part, Link)}

    def show_line(self, line: Line, role: str | None = None) -> None:
        """Show another line, in the colour of *role*."""
        self._line = line
        self._role = role or self._role
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self.links else Qt.FocusPolicy.NoFocus)
        self.dress(theme_of(self._session.state.view))
        self.follow(self._session.state)

    def follow(self, state: State) -> None:
        """Work the live values out anew; what has not changed is not set anew."""
        written = html(self._line, state, theme_of(state.view))
        if written != self._shown:
            self._shown = written
            self.setText(written)
            self.setAccessibleName(text(self._line, state))

    def follow_link(self, name: str) -> None:
        """Do what the link called *name* says."""
        link = self.links.get(name)
        if link is None:
            return
        if link.command is None:
            self.pointed.emit(link.control)
        else:
            self._session.attempt(link.command)

    def dress(self, theme: Theme) -> None:
        """Take colours and size from the theme."""
        self.setFont(theme.font(self._size))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour(self._role))
        self.setPalette(palette)
        self.follow(self._session.state)
