"""Turns code that pushes its results through a callback into a generator that is pulled."""

import threading
import time
from collections.abc import Callable, Generator
from queue import SimpleQueue
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Closed(Exception):
    """Raised in code that pushes, when nobody pulls any more, to end it."""


TURN = 0.002
"""Seconds for which code that pushes may work ahead: to change threads takes longer than an item that is made soon."""


class Hand(Generic[Item]):
    """What code that pushes is given: ``give`` waits now and then until the next items are asked for."""

    def __init__(self) -> None:
        self.asked: SimpleQueue[bool] = SimpleQueue()
        self.given: SimpleQueue[list[Item] | None] = SimpleQueue()  # None: that was all
        self.closed = False
        self._ready: list[Item] = []
        self._since = time.perf_counter()

    def give(self, item: Item) -> None:
        """Hand *item* over, at the latest when the turn is over. Raises Closed if no more is wanted."""
        self._ready.append(item)
        self.check()

    def check(self) -> None:
        """Raises Closed if nobody pulls any more; for long work between two items."""
        if self._ready and time.perf_counter() - self._since >= TURN:
            self.given.put(self._ready)
            self._ready = []
            self.asked.get()
            self._since = time.perf_counter()
        if self.closed:
            raise Closed

    def end(self) -> None:
        """Hand over what is ready; that was all."""
        self.given.put(self._ready)
        self.given.put(None)


def pulled(push: Callable[[Hand[Item]], Result]) -> Generator[Item, None, Result]:
    """What *push* gives, one item at a time, and at the end what it returns; what it raises comes through.

    *push* runs in a thread of its own, but never at the same time as the code that pulls: each waits for the other.
    *push* may be ahead by a TURN. Closing or dropping the generator ends the thread before anything else happens.
    """
    hand: Hand[Item] = Hand()
    results: list[Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(push(hand))
        except Closed:
            pass
        except BaseException as error:
            errors.append(error)
        finally:
            hand.end()

    thread = threading.Thread(target=run, name="nnviz pulled", daemon=True)
    thread.start()
    try:
        while (items := hand.given.get()) is not None:
            yield from items
            hand.asked.put(True)
    finally:
        hand.closed = True
        hand.asked.put(False)
        thread.join()
    if errors:
        raise errors.pop()  # a list that kept it would make a ring of error, frame and list
    return results.pop()
