"""The window's desk for data of the user's own: it asks for files, and opens the dialogs."""

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from nnviz.files.reading import SUFFIXES
from nnviz.ui.drops import MOST_FILES
from nnviz.ui.style import dress
from nnviz.ui.theme import theme_of
from nnviz.ui.worker import Background

FILTERS = (f"Data ({' '.join(f'*{suffix}' for suffix in SUFFIXES)})", "All files (*)")


class DataDesk(QObject):
    """One dialog at a time, over *window*. What takes long is done by one worker, which outlives the dialogs."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._background = Background(self)

    @property
    def busy(self) -> bool:
        """Whether something is being read or worked out."""
        return self._background.busy

    def close(self) -> None:
        """Let go of what is being read."""
        self._background.close()

    def ask(self) -> None:
        """Ask for a file, or for two that belong together."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        wanted = self._window.settings.data_folder or documents
        folder = wanted if os.path.isdir(wanted) else str(Path.home())
        dialog = QFileDialog(self._window, "Open data: one file, or two that belong together (X and y)", folder)
        dress(dialog, theme_of(self._session.state.view))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(FILTERS)
        dialog.filesSelected.connect(lambda names: self.open([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open(self, paths: Sequence[Path]) -> None:
        """Read the file, or the two files, at *paths* and show what is in them."""
        if len(paths) > MOST_FILES:
            self._window.tell(f"These are {len(paths)} files. Choose one, or two that belong together: X and y.")
            return
        from nnviz.ui.data.opening import OpenDialog

        self._window.settings.data_folder = str(paths[0].parent)
        dialog = OpenDialog(self._session, self._background, paths, self._window)
        dialog.another_asked.connect(self.ask)
        dialog.open()

    def generate(self) -> None:
        """Make points by a rule."""
        from nnviz.ui.data.generating import GenerateDialog

        GenerateDialog(self._session, self._background, self._window).open()

    def enter(self) -> None:
        """Type, paste or draw a small data set."""
        from nnviz.ui.data.entering import EnterDialog

        EnterDialog(self._session, self._background, self._window).open()
