"""What a test may not leave behind: threads, running timers, top-level widgets."""

import gc
import sys
import threading
import time
from collections.abc import Iterable

GRACE = 2.0  # seconds that a thread which was told to stop has to do so


def threads(before: Iterable[threading.Thread]) -> list[str]:
    """Python threads that run now and did not *before*, after a moment of grace."""
    known = set(before)
    deadline = time.monotonic() + GRACE
    while (new := set(threading.enumerate()) - known) and time.monotonic() < deadline:
        time.sleep(0.01)
    return [f"thread {thread.name}" for thread in new]


def qt_objects() -> list[str]:
    """Running QTimers and QThreads, and top-level widgets; none when Qt has no application."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets and widgets.QApplication.instance()
    if not application:
        return []
    _settle(application)
    found = _running() + _windows(application)
    if found:  # perhaps only held by a cycle
        gc.collect()
        _settle(application)
        found = _running() + _windows(application)
    return found


def _settle(application: object) -> None:
    from PySide6.QtCore import QEvent

    application.processEvents()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _running() -> list[str]:
    from PySide6.QtCore import QCoreApplication, QThread, QTimer
    from shiboken6 import isValid

    timers, threads = _kinds(QTimer), _kinds(QThread)
    kinds, main = timers | threads, QCoreApplication.instance().thread()
    # Comparing types, not isinstance: there are some hundred thousand objects.
    alive = [found for found in gc.get_objects() if type(found) in kinds and isValid(found)]
    active = [found for found in alive if type(found) in timers and found.isActive()]
    active += [found for found in alive if type(found) in threads and found.isRunning() and found is not main]
    return [f"running {found}" for found in active]


def _kinds(kind: type) -> set[type]:
    return {kind}.union(*(_kinds(below) for below in kind.__subclasses__()))


def _windows(application: object) -> list[str]:
    return [f"top-level widget {widget}" for widget in application.topLevelWidgets()]
