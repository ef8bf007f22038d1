"""The only home of threads: one thing done beside the window, its result brought back into the window's thread."""

import threading
import time
from collections.abc import Callable, Generator
from contextlib import closing
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

BREATH = 0.001
"""Seconds that long work leaves to the window, which shares the interpreter with it, after each part."""
BUSY = 0.008
"""Seconds that it may take at a stretch, where it is not done in parts."""
LONGEST, FORGOTTEN = 10.0, 2.0
"""Seconds for which the end of the program waits for what is under way, and for what nobody wants to hear of any more:
time to clear away what it has begun."""


class Pauses:
    """Called often by long work beside the window, leaves the window its turn, for Python runs one thread at a time."""

    def __init__(self) -> None:
        self._since = time.perf_counter()

    def __call__(self) -> None:
        if time.perf_counter() - self._since > BUSY:
            time.sleep(BREATH)
            self._since = time.perf_counter()


class Cancelled(Exception):
    """The work is wanted no longer; nobody hears of it."""


class Watch:
    """Called often by long work: leaves the window its turn, and raises Cancelled once the work is not ``wanted``."""

    def __init__(self) -> None:
        self.wanted = True
        self._pause = Pauses()

    def __call__(self) -> None:
        self._pause()
        if not self.wanted:
            raise Cancelled


class Background(QObject):
    """Does one thing at a time; of several begun in a row only the newest is heard of."""

    _finished = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._newest = 0
        self._thread: threading.Thread | None = None
        self._forgotten: list[threading.Thread] = []
        self._done: Callable[[Any], None] = lambda result: None
        self._failed: Callable[[Exception], None] = lambda error: None
        # A bound method of an object of this thread: Qt brings the call here from the other one.
        self._finished.connect(self._receive)

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._thread is not None

    def run(self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
        """Call *work* in a thread, then here *done* with its result or *failed* with what it raised."""
        self.forget()
        self._done, self._failed = done, failed
        self._thread = threading.Thread(target=self._work, args=(self._newest, work), name="background", daemon=True)
        self._thread.start()

    def forget(self) -> None:
        """Hear of nothing that is under way; it comes to its end by itself, and until ``close`` nobody waits for it."""
        self._newest += 1
        if self._thread is not None:
            self._forgotten.append(self._thread)
        self._thread = None
        self._forgotten = [thread for thread in self._forgotten if thread.is_alive()]

    def close(self) -> None:
        """Hear of nothing any more, and wait until all is at its end: a program that ends would cut it off."""
        newest = self._thread
        self.forget()
        if newest is not None:
            newest.join(LONGEST)
        last = time.monotonic() + FORGOTTEN
        for thread in self._forgotten:
            thread.join(max(0.0, last - time.monotonic()))

    def _work(self, number: int, work: Callable[[], Any]) -> None:
        result, problem = None, None
        try:
            result = work()
        except Exception as error:  # told in the window's thread
            problem = error
        if number == self._newest and isValid(self):
            self._finished.emit(number, result, problem)

    def _receive(self, number: int, result: Any, problem: Exception | None) -> None:
        if number != self._newest:
            return
        self._thread = None
        if problem is None:
            self._done(result)
        else:
            self._failed(problem)


class Job:
    """Work that yields the share of it that is done, to be run beside the window; ``cancel`` ends it on the way."""

    def __init__(self, work: Callable[[], Generator[float, None, None]]) -> None:
        self._work = work
        self._cancelled = False
        self.share = 0.0
        """How much is done, 0 … 1; whoever shows it looks from time to time."""

    def cancel(self) -> None:
        """Do no more; what has been begun is cleared away by the work itself."""
        self._cancelled = True

    def run(self) -> bool:
        """Do it, in the thread that calls; whether it was done to the end."""
        with closing(self._work()) as shares:
            for self.share in shares:
                if self._cancelled:
                    return False
                time.sleep(BREATH)
        return True
