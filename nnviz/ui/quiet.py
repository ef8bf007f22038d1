"""Set controls from the state without an echo."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject


@contextmanager
def quiet(*objects: QObject) -> Iterator[None]:
    """Set controls from the state without their telling it back: the only place where signals are blocked."""
    blocked = [(one, one.blockSignals(True)) for one in objects]
    try:
        yield
    finally:
        for one, before in blocked:
            one.blockSignals(before)
