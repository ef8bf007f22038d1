"""The code of the step: its line alone, or the whole function with the line in it."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from nnviz.picture.code import code
from nnviz.session.commands import ShowLanguage, ShowWholeCode
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.fields import Choice, Heading, IconButton, Label, beside, dress_children
from nnviz.ui.quiet import quiet
from nnviz.ui.theme import Theme

if TYPE_CHECKING:  # the window's start does without
    from nnviz.ui.panels.program import ProgramView


class CodeSection(QWidget):
    """*line* shows the line alone. The whole function is made when it is first asked for."""

    def __init__(self, session: Session, line: Label) -> None:
        super().__init__()
        self._session, self.line = session, line
        self._theme: Theme | None = None
        self.program: ProgramView | None = None
        self.whole = QCheckBox("Whole function")
        self.whole.setToolTip("The whole function that the story executes, with the current line and its variables (W)")
        self.whole.clicked.connect(lambda on: session.attempt(ShowWholeCode(on)))
        self.language = Choice("Language of the code")
        self.language.offer({"NumPy": "numpy", "Octave": "octave"})
        self.language.activated.connect(lambda: session.attempt(ShowLanguage(self.language.currentData())))
        self.copy = IconButton("copy", "Copy the code")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(beside(Heading("Code"), QWidget(), self.language, self.copy, stretch=1))
        self._column.addWidget(self.whole)
        self._column.addWidget(line)

    @property
    def text(self) -> str:
        """The code that is shown, to be taken along."""
        if self.program is not None and not self.program.isHidden():
            return str(self.program.program.text)
        return self.line.text()

    def show_state(self, state: State) -> None:
        """Show the code of the present step."""
        view = state.view
        self.language.choose(view.language)
        with quiet(self.whole):
            self.whole.setChecked(view.whole_code)
        if view.whole_code:
            self._shown_whole().show_state(state)
        else:
            self.line.setText(code(state.story, state.moment.place, view.language))
        self.line.setVisible(not view.whole_code)
        if self.program is not None:
            self.program.setVisible(view.whole_code)

    def dress(self, theme: Theme) -> None:
        """Take sizes from the theme."""
        self._theme = theme
        self._column.setSpacing(theme.px(6))

    def _shown_whole(self) -> "ProgramView":
        if self.program is None:
            from nnviz.ui.panels.program import ProgramView  # the window's start does without

            self.program = ProgramView(self._session)
            self._column.addWidget(self.program)
            if self._theme is not None:
                self.program.dress(self._theme)
                dress_children(self.program, self._theme)
        return self.program
