"""Watches the student's own file: asks before it is run, runs it beside the window, and again at every save."""

import os
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from nnviz.engine.theirs import Theirs
from nnviz.files.errors import FileProblem
from nnviz.files.student.examination import SECONDS, Examination, Verdict, bounds
from nnviz.session.checking import ShowOwn
from nnviz.session.commands import ShowTool
from nnviz.session.own import OwnCase, OwnCode
from nnviz.ui.style import dress
from nnviz.ui.theme import theme_of
from nnviz.ui.worker import Background

SETTLES = 150
"""Milliseconds after a change in which an editor may still be writing."""


class OwnDesk(QObject):
    """One file at a time, for *window*. Nothing is run that the user has not agreed to."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._path: Path | None = None
        self._examination: Examination | None = None
        self._background = Background(self)
        self._watcher = QFileSystemWatcher(self)
        self._soon = QTimer(self, singleShot=True, interval=SETTLES)
        self._soon.timeout.connect(self._run)
        self._watcher.fileChanged.connect(lambda _: self._soon.start())
        self._watcher.directoryChanged.connect(lambda _: self._returned())

    @property
    def busy(self) -> bool:
        """Whether the file is being run."""
        return self._background.busy

    def close(self) -> None:
        """End what is running, and watch nothing any more."""
        self._soon.stop()
        self._forget_watched()
        self._stop()
        self._background.close()

    def leave(self) -> None:
        """Let go of the file."""
        self._path = None
        self._soon.stop()
        self._forget_watched()
        self._stop()
        self._background.forget()
        self._session.do(ShowOwn(None))

    def ask(self) -> None:
        """Ask for a file."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        wanted = self._window.settings.data_folder or documents
        folder = wanted if os.path.isdir(wanted) else str(Path.home())
        dialog = QFileDialog(self._window, "Check my own backprop", folder, "Python (*.py)")
        dress(dialog, theme_of(self._session.state.view))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open(self, path: Path) -> None:
        """Ask whether the file may be run; if it may, run it and watch it."""
        question = consent(path, self._window)
        dress(question, theme_of(self._session.state.view))
        question.accepted.connect(lambda: self.watch(path))
        question.open()

    def watch(self, path: Path) -> None:
        """Run it now, and whenever it is saved."""
        self._window.settings.data_folder = str(path.parent)
        self._path = path
        self._forget_watched()
        self._watcher.addPaths([str(path), str(path.parent)])
        self._session.do(ShowTool("check"))
        self._run()

    def _returned(self) -> None:
        """Many editors save by putting a new file in the place of the old one, which then is watched no more."""
        if self._path is not None and str(self._path) not in self._watcher.files() and os.path.exists(self._path):
            self._watcher.addPath(str(self._path))
            self._soon.start()

    def _run(self) -> None:
        if self._path is None:
            return
        self._stop()
        self._session.do(ShowOwn(OwnCode(self._path.name, running=True)))
        self._examination = examination = Examination(self._path, SECONDS)
        self._background.run(examination.run, self._take, self._give_up)

    def _stop(self) -> None:
        if self._examination is not None:
            self._examination.stop()

    def _take(self, verdict: Verdict) -> None:
        if self._path is not None:
            self._session.do(ShowOwn(told(self._path.name, verdict)))

    def _give_up(self, error: Exception) -> None:
        if not isinstance(error, FileProblem):
            raise error
        if self._path is not None:
            self._session.do(ShowOwn(OwnCode(self._path.name, message=str(error))))

    def _forget_watched(self) -> None:
        if watched := [*self._watcher.files(), *self._watcher.directories()]:
            self._watcher.removePaths(watched)


def consent(path: Path, parent: QWidget) -> QMessageBox:
    """The question before a file is run for the first time; accepted means yes."""
    box = QMessageBox(parent)
    box.setWindowTitle("Run this program?")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"{path.name} is a program, and nnviz will run it.")
    box.setInformativeText(f"Now, and again at every save: {bounds()}. Run only what you would start yourself.")
    run = box.addButton("Run it", QMessageBox.ButtonRole.AcceptRole)
    box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(run)
    box.finished.connect(box.deleteLater)
    return box


def told(file: str, verdict: Verdict) -> OwnCode:
    """The verdict as the session keeps it."""
    case = None
    judged = verdict.gradient or verdict.cost
    if judged is not None:
        check = judged.check
        theirs = Theirs(check.D, check.agrees, judged.J, judged.case.cost.total, judged.cost_right)
        case = OwnCase(*judged.case.arguments, theirs)
    return OwnCode(
        file,
        agrees=verdict.agrees if verdict.ran else None,
        message=verdict.message,
        recognised=verdict.recognised,
        faults=tuple(row.name for row in verdict.diagnosis),
        case=case,
    )
