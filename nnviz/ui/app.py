"""Puts the program together: the only file that knows every part."""

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, QObject, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from nnviz.files import datasets
from nnviz.files.resources import resource
from nnviz.session.commands import ShowTheme
from nnviz.session.model import model_for
from nnviz.session.session import Session
from nnviz.session.state import initial
from nnviz.ui.settings import ORGANISATION, Settings
from nnviz.ui.theme import load_fonts
from nnviz.ui.window import Window

FIRST_DATA = "vehicles"
FIRST_EXAMPLE = 7  # counted from 1, as on the screen
PAINTED = "painted at"
AGAIN = 1.0
"""Seconds within which the same failure is passed over: what cannot be painted fails many times in each."""


def run(*, reset: bool = False, smoke: bool = False, lesson: Path | None = None) -> int:
    """Open the window, with a lesson if one is given, and return the exit code. *reset* forgets what was remembered.

    With *smoke* it paints once, prints the time of that (of ``time.monotonic``, in seconds) and quits.
    """
    application = application_for_window()
    settings = Settings()
    if reset:
        settings.forget()
    window = build(session_for(settings), settings, furnished=False)
    sys.excepthook = Failures(window).handle
    FirstPaint(window, lambda: _finish_smoke(window) if smoke else _settle(window, lesson))
    window.show()
    code: int = application.exec()
    return code


def application_for_window() -> QApplication:
    """The application, with our style, fonts and icon."""
    # As an argument: `setStyle` would first make QStyle with all its enumerations (12 ms).
    application = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "Fusion"])
    application.setOrganizationName(ORGANISATION)
    application.setApplicationName("nnviz")
    application.setDesktopFileName("nnviz")
    application.setWindowIcon(QIcon(str(resource("icons", "nnviz.svg"))))
    load_fonts()
    return application


def session_for(settings: Settings) -> Session:
    """The program as it opens: vehicles, an example, and the view as it was left."""
    model = model_for(datasets.load(FIRST_DATA))
    return Session(initial(model, FIRST_EXAMPLE - 1, view=settings.view(), level=settings.level()))


def build(session: Session, settings: Settings, *, furnished: bool = True) -> Window:
    """The window on *session*, not shown yet; its panels are still empty if it is not *furnished*."""
    window = Window(session, settings)
    Desktop(session, window)
    if furnished:
        window.furnish()
    return window


class Desktop(QObject):
    """Follows the desktop from light to dark and back, where the user left that to it."""

    def __init__(self, session: Session, window: Window) -> None:
        super().__init__(window)
        self._session = session
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._turned)

    def _turned(self, scheme: Qt.ColorScheme) -> None:
        if self._session.state.view.theme == "system":
            # Every view compares the themes before and after; both of "system" would already be the new one.
            self._session.do(ShowTheme("light" if scheme is Qt.ColorScheme.Dark else "dark"))
            self._session.do(ShowTheme("system"))


class FirstPaint(QObject):
    """Calls *then* once, after the window has been painted for the first time."""

    def __init__(self, window: Window, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then = then
        window.board.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._then)  # the paint is still to come: a filter is asked before
        return False


class Failures:
    """What no part of the program expected: written to a file, said in one line, and the program goes on."""

    def __init__(self, window: Window, log: Path | None = None) -> None:
        self._window = window
        places = QStandardPaths.StandardLocation
        self.log = log or Path(QStandardPaths.writableLocation(places.AppLocalDataLocation)) / "failures.log"
        self._latest, self._at = "", 0.0

    def handle(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """As ``sys.excepthook``."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.exit(130)
            return
        import traceback  # only when something goes wrong

        text = "".join(traceback.format_exception(kind, error, trace))
        before, self._latest, at, self._at = self._latest, text, self._at, time.monotonic()
        if text == before and self._at - at < AGAIN:
            return
        self._window.tell(f"Something in nnviz went wrong; you can go on. {self._written(text)}")

    def _written(self, text: str) -> str:
        try:
            self.log.parent.mkdir(parents=True, exist_ok=True)
            with self.log.open("a", encoding="utf-8") as file:
                file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')}\n{text}\n")
        except OSError:
            print(text, file=sys.stderr)
            return "What happened stands in the terminal."
        return f"What happened stands in {self.log}"


def _finish_smoke(window: Window) -> None:
    print(f"{PAINTED} {time.monotonic():.6f}", flush=True)
    window.close()


def _settle(window: Window, lesson: Path | None = None) -> None:
    """What can wait until the first picture stands."""
    window.furnish()
    if lesson is not None:
        window.lessons.open(lesson)
    set_aside()
    if not window.settings.hints_seen:
        from nnviz.ui.hints import Hints  # once in a lifetime

        Hints(window)


def set_aside() -> None:
    """Let the garbage collector pass over what stays as long as the window.

    A full collection goes through all objects of the program and its libraries: 20 to 45 ms on the machine of the
    benchmarks, more than a frame, some time during the steps. Of what has been set aside it does not.
    """
    gc.collect()
    gc.freeze()
    gc.enable()  # the command turned it off for the start
