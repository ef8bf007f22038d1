"""Where lessons come in: the shipped ones and a teacher's own; tasks are noticed here, and progress is kept."""

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from nnviz.files.errors import FileProblem
from nnviz.files.lessons.reading import ENDING, read_lesson
from nnviz.picture.written import formula
from nnviz.session.lesson.studying import NoticeDone, OpenLesson, fulfilled
from nnviz.session.state import State
from nnviz.ui.lessons.spotlight import Spotlight

MISSING = "There is no control called {} here."


class LessonDesk(QObject):
    """For *window*; made with the first lesson."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._session, self._settings = window, window.session, window.settings
        self._forget = self._session.listen(self._changed)

    def close(self) -> None:
        """Stop for good."""
        self._forget()
        self._forget = lambda: None

    def show_list(self) -> None:
        """The lessons to choose from."""
        from nnviz.ui.lessons.shelf import Shelf

        Shelf(self._window, self).open()

    def ask(self) -> None:
        """Ask for the file of a lesson of one's own."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = self._settings.lesson_folder or documents
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Open a lesson", folder, f"Lessons (*{ENDING})")
        if chosen:
            self.open(Path(chosen))

    def open(self, path: Path) -> None:
        """Open the lesson in a file where it was left; what is wrong with it is said."""
        try:
            lesson = read_lesson(path, formula)
        except FileProblem as problem:
            self._window.tell(str(problem))
            return
        self._settings.lesson_folder = str(path.parent)
        scene, done = self._settings.progress(lesson.name)
        self._session.do(OpenLesson(lesson, scene, done))

    def point(self, name: str) -> None:
        """Light the control of that name."""
        found = [one for one in self._window.findChildren(QWidget, name) if one.isVisible()]
        if found:
            Spotlight(self._window, found[0])
        else:
            self._window.tell(MISSING.format(name))

    def _changed(self, old: State | None, new: State) -> None:
        if new.lesson is None:
            return
        if fulfilled(new):
            self._session.do(NoticeDone())
        if old is None or old.lesson is not new.lesson:
            self._settings.keep_progress(new.lesson.lesson.name, new.lesson.number, new.lesson.done)
