"""Turns code that pushes its results through a callback into a generator that is pulled."""

import threading
from collections.abc import Callable, Generator
from queue import SimpleQueue
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Closed(Exception):
    """Raised in code that pushes, when nobody pulls any more, to end it."""


class Hand(Generic[Item]):
    """What code that pushes is given: ``give`` waits until the next item is asked for."""

    def __init__(self) -> None:
        self.asked: SimpleQueue[bool] = SimpleQueue()
        self.given: SimpleQueue[Item | None] = SimpleQueue()  # None: that was all
        self.closed = False

    def give(self, item: Item) -> None:
        """Hand *item* over. Raises Closed if no more is wanted."""
        self.given.put(item)
        self.asked.get()
        self.check()

    def check(self) -> None:
        """Raises Closed if nobody pulls any more; for long work between two items."""
        if self.closed:
            raise Closed


def pulled(push: Callable[[Hand[Item]], Result]) -> Generator[Item, None, Result]:
    """What *push* gives, one item at a time, and at the end what it returns; what it raises comes through.

    *push* runs in a thread of its own, but never at the same time as the code that pulls: each waits for the other.
    Closing or dropping the generator ends the thread before anything else happens.
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
            hand.given.put(None)

    thread = threading.Thread(target=run, name="nnviz pulled", daemon=True)
    thread.start()
    try:
        while (item := hand.given.get()) is not None:
            yield item
            hand.asked.put(True)
    finally:
        hand.closed = True
        hand.asked.put(False)
        thread.join()
    if errors:
        raise errors.pop()  # a list that kept it would make a ring of error, frame and list
    return results.pop()
