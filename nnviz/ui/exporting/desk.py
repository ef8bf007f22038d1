"""The window's desk for what is saved: it opens the dialogs, one of each kind at a time."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from nnviz.ui.exporting.dialog import ExportDialog
from nnviz.ui.worker import Background


class ExportDesk(QObject):
    """Opens a dialog over *window*, or brings the one that is open to the front."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._background = Background(self)

    @property
    def busy(self) -> bool:
        """Whether something is being saved."""
        return self._background.busy

    def close(self) -> None:
        """Wait until what was being saved has stopped; it leaves nothing behind."""
        self._background.close()

    def story(self) -> None:
        """Save the story as a document."""
        from nnviz.ui.exporting.story import StoryDialog

        self._show(StoryDialog)

    def film(self) -> None:
        """Save an animation."""
        from nnviz.ui.exporting.film import FilmDialog

        self._show(FilmDialog)

    def _show(self, kind: type[ExportDialog]) -> None:
        open_now = self._open()
        if open_now and self.busy:
            shown = open_now[0]  # one thing at a time
        else:
            for dialog in open_now:
                dialog.done(ExportDialog.DialogCode.Rejected)
            shown = kind(self._window, self._background)
        shown.show()
        shown.raise_()
        shown.activateWindow()

    def _open(self) -> list[ExportDialog]:
        return [dialog for dialog in self._window.findChildren(ExportDialog) if dialog.isVisible()]
