"""The lessons to choose from: the chapter in its order, how far each has been gone through, and files of one's own."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from nnviz.files.lessons.reading import read_lesson
from nnviz.files.lessons.shelf import shelf
from nnviz.picture.written import formula
from nnviz.session.lesson.values import Lesson
from nnviz.ui.fields import Label, beside
from nnviz.ui.lessons.row import ABOUT, RowPainter
from nnviz.ui.style import dress
from nnviz.ui.theme import theme_of

INTRODUCTION = "A chapter in some two hours, by doing it. Your own work waits meanwhile."


class Shelf(QDialog):
    """A list; Return or a double click opens."""

    def __init__(self, window: QWidget, desk: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("lessons")
        self.setWindowTitle("nnviz: lessons")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window, self._desk = window, desk
        self._paths = shelf()
        self.list = QListWidget(accessibleName="Lessons", wordWrap=True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda item: self._open())
        self.begin, self.other = QPushButton("Open"), QPushButton("Open a file…")
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
        column.addLayout(beside(self.reset, self.other, QWidget(), self.begin, stretch=2))
        theme = theme_of(window.session.state.view)
        dress(self, theme)
        words.dress(theme)
        self.list.setItemDelegate(RowPainter(theme, self.list))
        for button in (self.begin, self.other, self.reset):
            button.setFont(theme.font(12.5))
        self.resize(theme.px(560), theme.px(620))
        self._fill()

    def _fill(self) -> None:
        self.list.clear()
        for number, path in enumerate(self._paths, 1):
            lesson = read_lesson(path, formula)
            self.list.addItem(_row(number, lesson, self._window.settings.progress(lesson.name)))
        self.list.setCurrentRow(0)

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

    def paths(self) -> tuple[Path, ...]:
        """The files, in order."""
        return self._paths


def _row(number: int, lesson: Lesson, progress: tuple[int, frozenset[str]]) -> QListWidgetItem:
    scene, done = progress
    began = f" · scene {scene + 1} of {len(lesson.scenes)}" if scene or done else ""
    about = f"{lesson.about} · {lesson.minutes} min{began}"
    item = QListWidgetItem(f"{number}. {lesson.title}")
    item.setData(ABOUT, about)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{number}. {lesson.title}: {about}")
    return item
