"""The lessons to choose from: the chapter in its order, how far each has been gone through, and files of one's own."""

from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from nnviz.files.errors import FileProblem
from nnviz.files.lessons.reading import ENDING, read_lesson
from nnviz.files.lessons.shelf import in_folder, shelf
from nnviz.picture.written import formula
from nnviz.ui.fields import Label, beside
from nnviz.ui.lessons.row import ABOUT, RowPainter
from nnviz.ui.style import dress, within
from nnviz.ui.theme import theme_of

ENDED = ABOUT + 1
"""Whether a lesson has been gone through to its last scene: the next one is offered."""
INTRODUCTION = "A chapter in some two hours, by doing it. Your own work waits meanwhile."


class Shelf(QDialog):
    """A list, at the first lesson that has not been gone through; Return or a double click opens."""

    def __init__(self, window: QWidget, desk: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("lessons")
        self.setWindowTitle("nnviz: lessons")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window, self._desk = window, desk
        self._paths: tuple[Path, ...] = ()
        self.list = QListWidget(accessibleName="Lessons", wordWrap=True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda item: self._open())
        self.begin, self.other = QPushButton("Open"), QPushButton("Open a file…")
        self.folder = QPushButton("My folder…")
        self.folder.setToolTip("The lessons in a folder of your own are listed below the chapter")
        self.folder.clicked.connect(self._choose_folder)
        self.reset = QPushButton("Forget my progress")
        self.begin.setDefault(True)
        self.begin.clicked.connect(self._open)
        self.other.clicked.connect(self._ask)
        self.reset.clicked.connect(self._forget)
        words = Label(INTRODUCTION, "muted", 12.5)
        words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addWidget(self.list, 1)
        column.addLayout(beside(self.reset, self.folder, self.other, QWidget(), self.begin, stretch=3))
        theme = theme_of(window.session.state.view)
        dress(self, theme)
        words.dress(theme)
        self.list.setItemDelegate(RowPainter(theme, self.list))
        for button in (self.begin, self.other, self.folder, self.reset):
            button.setFont(theme.font(12.5))
        self.resize(within(window, QSize(theme.px(560), theme.px(620))))
        self._fill()

    def _fill(self) -> None:
        folder = self._window.settings.own_lessons
        self._paths = (*shelf(), *(in_folder(Path(folder)) if folder else ()))
        self.list.clear()
        for number, path in enumerate(self._paths, 1):
            self.list.addItem(self._row(number, path))
        rows = (self.list.item(row) for row in range(self.list.count()))
        self.list.setCurrentRow(next((row for row, item in enumerate(rows) if not item.data(ENDED)), 0))

    def _row(self, number: int, path: Path) -> QListWidgetItem:
        """A lesson, or what is wrong with the file."""
        try:
            lesson = read_lesson(path, formula)
        except FileProblem as problem:
            return _item(f"{number}. {path.name}", f"It cannot be opened. {problem}")
        scene, done = self._window.settings.progress(lesson.name)
        began = f" · scene {scene + 1} of {len(lesson.scenes)}" if scene or done else ""
        item = _item(f"{number}. {lesson.title}", f"{lesson.about} · {lesson.minutes} min{began}")
        item.setData(ENDED, bool(began) and scene + 1 >= len(lesson.scenes))
        return item

    def _choose_folder(self) -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        begin = self._window.settings.own_lessons or documents
        if chosen := QFileDialog.getExistingDirectory(self, "A folder of lessons", begin):
            self.list_folder(chosen)

    def list_folder(self, folder: str) -> None:
        """List the lessons of this folder, too, from now on."""
        self._window.settings.own_lessons = folder
        self._fill()
        if len(self._paths) == len(shelf()):
            self._window.tell(f"There is no lesson in {folder}; their names end in {ENDING}.")

    def _open(self) -> None:
        path = self._paths[self.list.currentRow()]
        self.accept()
        self._desk.open(path)

    def _ask(self) -> None:
        self.accept()
        self._desk.ask()

    def _forget(self) -> None:
        self._window.settings.forget_progress()
        self._fill()


def _item(title: str, about: str) -> QListWidgetItem:
    item = QListWidgetItem(title)
    item.setData(ABOUT, about)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}: {about}")
    return item
