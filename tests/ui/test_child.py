"""The process beside the window: what is heard of it when it goes, and that it can always be let go."""

import os
import queue
import sys
import time

import pytest

from nnviz.ui.child import LEAVE, Child


def die(connection):
    """What an interpreter does that cannot start."""
    os._exit(1)


def speak_and_die(connection):
    connection.send("the last word")
    os._exit(1)


def sleep(connection):
    """A process that does not read what is sent to it."""
    time.sleep(60)


class Held(Child):
    """Its pipe stays open when the process is gone, as on Windows where it dies before it has taken over its end."""

    def _talk(self):
        self.end = os.dup(self._other.fileno())
        super()._talk()


@pytest.fixture
def started():
    """Starts a process that does something, gives it and what is heard of it, and closes it in good time."""
    children = []

    def start(target, kind=Child):
        heard = queue.SimpleQueue()
        children.append(kind(target, heard.put))
        return children[-1], heard

    yield start
    for child in children:
        before = time.monotonic()
        child.close()
        assert time.monotonic() - before < 4 * LEAVE + 2.0  # and a busy machine
        if isinstance(child, Held):
            os.close(child.end)
            child._talking.join(20.0)


def test_the_last_word_is_heard_before_the_end(started):
    _, heard = started(speak_and_die)
    assert (heard.get(timeout=20), heard.get(timeout=20)) == ("the last word", None)


@pytest.mark.skipif(sys.platform == "win32", reason="there the pipe has no number to be doubled")
def test_its_end_is_heard_of_where_the_pipe_stays_open(started):
    _, heard = started(die, Held)
    assert heard.get(timeout=20) is None


@pytest.mark.skipif(sys.platform == "win32", reason="there the pipe has no number to be doubled")
def test_it_is_let_go_where_the_pipe_stays_open_and_is_full(started):
    child, _ = started(sleep, Held)
    child.send(bytes(2**24))
    time.sleep(1.0)  # it is being written by now
