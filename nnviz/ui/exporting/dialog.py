"""What the dialogs that save have in common: where, how far it is, and a way to stop."""

from collections.abc import Callable, Generator, Mapping
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QStandardPaths, QTimer
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nnviz.files.errors import FileProblem
from nnviz.session.state import State
from nnviz.ui.dialog import Dialog
from nnviz.ui.fields import Choice, Label
from nnviz.ui.place import settled
from nnviz.ui.style import dress
from nnviz.ui.theme import Theme
from nnviz.ui.worker import Background, Job

LOOK = 50
"""Milliseconds between two looks at how far it is."""
TELLING = 0.05
"""The share that has to be done before the rest can be guessed."""
WIDTH = 440

Shares = Generator[float, None, None]


class ExportDialog(Dialog):
    """Fields, a line on what comes of them, and Save, which asks for a file and then works beside the window.

    It shows the state as it was when it was opened; the window can be used meanwhile. The subclass fills ``form`` and
    says what is written; *kinds* are what the formats are called, by suffix.
    """

    def __init__(self, window: QWidget, title: str, kinds: Mapping[str, str], background: Background) -> None:
        super().__init__(window.session, title, window)
        self.kinds = kinds
        self.owner, self.background = window, background
        self.state: State = window.session.state
        self.form = QFormLayout()
        self.format = Choice("Format")
        self.bar = QProgressBar(textVisible=False)
        self.rest = Label("", "muted", 12)
        self.save = QPushButton("Save…", autoDefault=False)
        self.cancel = QPushButton("Close", autoDefault=False)
        self._job: Job | None = None
        self._since = QElapsedTimer()
        self._looking = QTimer(self, interval=LOOK)
        self._looking.timeout.connect(self._look)
        self.save.clicked.connect(self._ask)
        self.cancel.clicked.connect(self.reject)

    def work(self, path: Path) -> Callable[[], Shares]:
        """What writes *path* as the fields say."""
        raise NotImplementedError

    def told(self) -> str:
        """What comes of the fields, in words. Raises ValueError in words for the user."""
        raise NotImplementedError

    def first_name(self) -> str:
        """A name for the file, without its suffix."""
        raise NotImplementedError

    @property
    def suffix(self) -> str:
        """The format that is chosen."""
        return str(self.format.currentData())

    def fill(self) -> None:
        """Put everything in its place, and follow the theme; called by the subclass when its fields are in the form."""
        self.format.offer({words: suffix for suffix, words in self.kinds.items()})
        self.add("Format", self.format)
        self.meaning.setAccessibleName("What will be saved")
        self.bar.setAccessibleName("How far it is")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        column = QVBoxLayout(self)
        column.addLayout(self.form)
        for widget in (self.meaning, self.problem, self.bar, self.rest):
            column.addWidget(widget)
        column.addStretch(1)
        column.addLayout(buttons)
        self._show_work(False)
        self.refresh()
        self.follow()
        self.fields[0].setFocus()

    @property
    def fields(self) -> list[Choice]:
        """What is chosen, from top to bottom."""
        return [self.form.itemAt(row, QFormLayout.ItemRole.FieldRole).widget() for row in range(self.form.rowCount())]

    def add(self, name: str, field: Choice) -> None:
        """One more field below the others."""
        self.form.addRow(Label(name), field)
        field.currentIndexChanged.connect(self.refresh)

    def refresh(self) -> None:
        """Say what comes of the fields as they are."""
        try:
            self.say(self.told(), "")
        except ValueError as problem:
            self.say("", str(problem))
        self.save.setEnabled(not self.problem.text())

    def reject(self) -> None:
        """Stop what is under way; if nothing is, close."""
        if self._job is None:
            super().reject()
        else:
            self._job.cancel()

    def done(self, result: int) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.background.forget()
        self._looking.stop()
        super().done(result)

    def start(self, path: Path) -> None:
        """Save to *path*, beside the window."""
        self._job = Job(self.work(path))
        self.say(f"Saving {path.name} …", "")
        self._show_work(True)
        self._since.start()
        self._looking.start()
        self.background.run(self._job.run, lambda whole: self._ended(path, whole), self._failed)

    def _ask(self) -> None:
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        folder = self.owner.settings.export_folder or pictures
        dialog = QFileDialog(self, self.windowTitle(), folder, f"{self.kinds[self.suffix]} (*{self.suffix})")
        dress(dialog, self.theme)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(self.suffix.removeprefix("."))
        dialog.selectFile(self.first_name() + self.suffix)
        dialog.fileSelected.connect(self._chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _chosen(self, name: str) -> None:
        path = settled(self, Path(name), self.suffix, (self.suffix,))
        if path is not None:
            self.owner.settings.export_folder = str(path.parent)
            self.start(path)

    def _look(self) -> None:
        if self._job is not None:
            share = self._job.share
            self.bar.setValue(round(share * self.bar.maximum()))
            left = self._since.elapsed() / 1000 * (1 - share) / share if share > TELLING else None
            self.rest.setText("" if left is None else f"about {left:.0f} s left")

    def _ended(self, path: Path, whole: bool) -> None:
        self._stop()
        if whole:
            self.owner.tell(f"Saved to {path}")
            super().accept()
        else:
            self.say("Stopped; nothing has been saved.", "")

    def _failed(self, problem: Exception) -> None:
        self._stop()
        if not isinstance(problem, FileProblem | OSError | ValueError):
            raise problem  # ours: it goes where all unexpected errors go
        self.say("", str(problem))

    def _stop(self) -> None:
        self._job = None
        self._looking.stop()
        self._show_work(False)

    def _show_work(self, under_way: bool) -> None:
        """The bar while something is under way, the fields otherwise."""
        self.bar.setValue(0)
        self.rest.setText("")
        self.bar.setVisible(under_way)
        self.rest.setVisible(under_way)
        self.cancel.setText("Cancel" if under_way else "Close")
        self.save.setEnabled(not under_way)
        self.save.setToolTip("Not now: it is being saved." if under_way else "Choose where to save it")
        for field in self.fields:
            field.setEnabled(not under_way)
        if under_way:
            self.cancel.setFocus()

    def dress(self, theme: Theme) -> None:
        super().dress(theme)
        self.form.setSpacing(theme.px(8))
        self.bar.setFixedHeight(theme.px(8))
        self.setMinimumWidth(theme.px(WIDTH))
        self.adjustSize()
