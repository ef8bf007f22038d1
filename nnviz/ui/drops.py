"""Files that are dragged onto the window: it lights up and says what will happen, or why nothing will."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt
from PySide6.QtGui import QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.ui.guard import guarded
from nnviz.ui.theme import theme_of

MOST_FILES = 2
_ENTERS = {QEvent.Type.DragEnter, QEvent.Type.DragMove}


class Drops(QWidget):
    """Lies over *window* while something is dragged above it, so that no field below takes it for text.

    *opened* gets the paths of one file, or of two that belong together; *tell* says why nothing else is taken.
    """

    def __init__(self, window: QWidget, tell: Callable[[str], None], opened: Callable[[list[Path]], None]) -> None:
        super().__init__(window)
        self._tell, self._opened = tell, opened
        self._words, self._refused = "", False
        self.setAccessibleName("Drop files here")
        self.hide()
        for widget in (window, self):
            widget.setAcceptDrops(True)
            widget.installEventFilter(self)

    def greet(self, event: QDropEvent) -> None:
        """Light up, for what *event* brings, and say to it what would be done."""
        paths = dropped(event.mimeData())
        refusal = self._refusal(paths)
        self._refused = bool(refusal)
        self._words = refusal or f"Open {' + '.join(path.name for path in paths)}"
        self.setGeometry(self.parentWidget().rect())
        self.show()
        self.raise_()
        self.update()
        event.setDropAction(Qt.DropAction.IgnoreAction if refusal else Qt.DropAction.CopyAction)
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ENTERS:
            self.greet(event)
        elif event.type() is QEvent.Type.Drop:
            self._take(event)
        elif event.type() is QEvent.Type.DragLeave:
            self.hide()
        else:
            return False
        return True

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.window().session.state.view)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = theme.colour("window")
        veil.setAlphaF(0.88)
        painter.fillRect(self.rect(), veil)
        gap = theme.px(16)
        painter.setPen(QPen(theme.colour("differ" if self._refused else "accent"), theme.px(3), Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(gap, gap, -gap, -gap), theme.px(12), theme.px(12))
        painter.setFont(theme.font(20, bold=True))
        painter.setPen(theme.colour("text"))
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        painter.drawText(self.rect().adjusted(3 * gap, 0, -3 * gap, 0), flags, self._words)

    def _take(self, event: QDropEvent) -> None:
        self.hide()
        paths = dropped(event.mimeData())
        if refusal := self._refusal(paths):
            event.ignore()
            self._tell(refusal)
        else:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._opened(paths)

    @staticmethod
    def _refusal(paths: list[Path]) -> str:
        if not paths:
            return "Only files of this computer can be dropped here: data, a lesson, or a program of your own."
        if len(paths) > MOST_FILES:
            return f"These are {len(paths)} files. Drop one, or two that belong together: X and y."
        return ""


def dropped(mime: QMimeData) -> list[Path]:
    """The files of this computer that *mime* brings; none if anything else is among them."""
    urls = mime.urls() if mime.hasUrls() else []
    return [Path(url.toLocalFile()) for url in urls] if all(url.isLocalFile() for url in urls) else []
