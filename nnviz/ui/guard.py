"""Keeps an exception from leaving a paint event: Qt would go on with it, and the program would end."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

from PySide6.QtCore import QTimer

Paint = Callable[[Any, Any], None]


def guarded(paint: Paint) -> Paint:
    """As *paint*, the ``paintEvent`` of a widget; what it raises goes where all unexpected errors go, once Qt is done.

    PySide leaves the exception of a handler pending while Qt calls the next one. Where a widget or its window has an
    ``event`` in Python, that ends in a crash.
    """

    @wraps(paint)
    def paint_event(widget: Any, event: Any) -> None:
        try:
            paint(widget, event)
        except Exception as error:
            import traceback  # only when something goes wrong

            traceback.clear_frames(error.__traceback__)  # a painter that stayed open would end in a crash, too
            trouble = type(error), error, error.__traceback__
            QTimer.singleShot(0, lambda: sys.excepthook(*trouble))

    return paint_event
