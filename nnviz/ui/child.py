"""The process beside the window and the threads that talk with it; nothing here waits for the other side."""

import multiprocessing
import queue
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from typing import Any

LEAVE = 0.5
"""Seconds that the process has to leave by itself; it may be in the middle of a long iteration."""


class Child:
    """Runs *target*, a function that takes a Connection, in a fresh process, from now until ``close``.

    ``send`` never blocks: a thread pickles and writes. What comes back is given to *receive* in another thread, and
    None when the process is gone.
    """

    def __init__(self, target: Callable[[Connection], None], receive: Callable[[Any], None]) -> None:
        self._receive = receive
        self._closed = False
        self._outgoing: queue.SimpleQueue[Any] = queue.SimpleQueue()
        # A fresh interpreter on every system: a forked one would share Qt's threads and locks.
        context = multiprocessing.get_context("spawn")
        self._connection, self._other = context.Pipe()
        self._process = context.Process(target=target, args=(self._other,), name="nnviz training", daemon=True)
        self._talking = threading.Thread(target=self._talk, name="to the child", daemon=True)
        self._listening = threading.Thread(target=self._listen, name="from the child", daemon=True)
        self._talking.start()

    def send(self, message: Any) -> None:
        """Send *message*, a picklable object that is not None, after those before it."""
        self._outgoing.put(message)

    def close(self) -> None:
        """Let the process go, hear of nothing any more, and leave no thread behind that can come to its end."""
        self._closed = True
        self._outgoing.put(None)
        self._talking.join(LEAVE)
        if self._talking.is_alive() and self._process.pid is not None:
            self._process.kill()  # it does not read what is being written
            self._talking.join(LEAVE)  # nor does Windows always say that nobody will, see ``_heard``
        else:
            self._talking.join()
        if self._process.pid is not None:
            self._process.join(LEAVE)
            self._process.kill()
            self._process.join()
        if self._listening.ident is not None:
            self._listening.join()
        if not self._talking.is_alive():
            self._connection.close()

    def _talk(self) -> None:
        """Start the process, then write what is to be sent; the last message is None."""
        try:
            if not self._closed:
                self._process.start()
        except OSError:
            self._receive(None)
            return
        finally:
            self._other.close()  # now the child's alone: when it goes, reading ends
        if self._closed:
            return
        self._listening.start()
        message: Any = ...
        while message is not None:
            message = self._outgoing.get()
            try:
                self._connection.send(message)
            except OSError:
                return  # the process is gone; who listens says so

    def _listen(self) -> None:
        message: Any = ...
        while message is not None:
            message = self._heard()
            if not self._closed:
                self._receive(message)

    def _heard(self) -> Any:
        """What has come, as soon as something has; None when the process is gone.

        The pipe alone need not tell: on Windows this process holds the other end, too, until the child has taken it
        over, and for ever if that dies before.
        """
        try:
            wait([self._connection, self._process.sentinel])
            return self._connection.recv() if self._connection.poll() else None
        except (EOFError, OSError):
            return None
