"""Keeps an exception from leaving a handler of events: Qt would go on with it, and the program would end."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

from PySide6.QtCore import QTimer

Handler = Callable[[Any, Any], None]


def guarded(handler: Handler) -> Handler:
    """As *handler*, such as ``paintEvent``; what it raises goes where all unexpected errors go, once Qt is done.

    PySide leaves the exception of a handler pending while Qt goes on. Where the widget has an ``event`` in Python, and
    for painting where the window has one, that ends in a crash.
    """

    @wraps(handler)
    def handle(widget: Any, event: Any) -> None:
        try:
            handler(widget, event)
        except Exception as error:
            import traceback  # only when something goes wrong

            traceback.clear_frames(error.__traceback__)  # a painter that stayed open would end in a crash, too
            trouble = type(error), error, error.__traceback__
            QTimer.singleShot(0, lambda: sys.excepthook(*trouble))

    return handle
