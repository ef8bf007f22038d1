"""The whole function in the inspector: its text in step with the story, its variables, and how it is taken along."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.engine.story import Story
from nnviz.picture.narrator import Narrator
from nnviz.picture.programs.execution import execution
from nnviz.picture.programs.program import Kind, Program
from nnviz.picture.programs.usage import whole
from nnviz.session.commands import ShowCodeVersion
from nnviz.session.session import Session
from nnviz.session.state import CodeVersion, Language, State
from nnviz.ui.fields import Choice, IconButton, beside
from nnviz.ui.keep_program import ask_and_save
from nnviz.ui.panels.program_text import ProgramText
from nnviz.ui.panels.variables import VariableList
from nnviz.ui.style import PHASE_ROLES
from nnviz.ui.theme import Theme


class ProgramView(QWidget):
    """Loops or vectors, the text, the variables. Made when it is first looked at."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._made_of: tuple[Story, Kind, CodeVersion, Language] | None = None
        self.program: Program | None = None
        self.version = Choice("How the function is written")
        self.version.offer({"Unit by unit, in loops": "loop", "A layer at a time, vectorised": "vectorised"})
        self.version.activated.connect(lambda: session.attempt(ShowCodeVersion(self.version.currentData())))
        self.save = IconButton(
            "file-export", "Save the function…", "Save the function as a file that runs as it stands"
        )
        self.save.clicked.connect(lambda: ask_and_save(self.window(), self.program))
        self.text, self.variables = ProgramText(), VariableList()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(beside(self.version, self.save, stretch=0))
        self._column.addWidget(self.text)
        self._column.addWidget(self.variables)

    def show_state(self, state: State) -> None:
        """Show the program of the present story and where in it the story is."""
        story, place, view = state.story, state.moment.place, state.view
        model = state.model
        kind = Kind(model.network.activation_name, model.mistake, model.recipe.descends)
        made_of = story, kind, view.code_version, view.language
        if self.program is None or self._made_of != made_of:
            self._made_of = made_of
            self.program = whole(story.trace, kind, view.code_version, view.language)
        self.version.choose(view.code_version)
        now = execution(story, place, self.program, Narrator(story.trace, model.dataset, view.digits))
        telling = story.telling(place)
        self.text.show_program(self.program)
        self.text.light(now.line, "accent" if telling is None else PHASE_ROLES[telling.step.phase])
        self.text.setAccessibleDescription(now.described(self.program))
        self.variables.show_variables(now.variables)

    def dress(self, theme: Theme) -> None:
        """Take sizes from the theme."""
        self._column.setSpacing(theme.px(6))
