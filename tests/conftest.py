"""Settings of every test run, and what fails a test that does not clean up after itself."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy is imported: with more, timing swings

import gc
import threading
from collections.abc import Iterator

import hypothesis
import pytest

from tests import leftovers

# The same examples in every run: a red run can be run again.
hypothesis.settings.register_profile("nnviz", derandomize=True, deadline=None)
hypothesis.settings.load_profile("nnviz")


@pytest.fixture(autouse=True, scope="module")
def what_stays_is_set_aside() -> None:
    """Have the garbage collector pass over what was there before the module: pytest's own and the libraries'.

    These are half a million objects. Every full collection would go through them, and so would the search for what a
    test leaves behind.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Fail a test that leaves a thread behind."""
    before = threading.enumerate()
    yield
    assert not leftovers.threads(before)


@pytest.fixture(autouse=True)
def no_qt_object_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a running timer, a thread of Qt or a top-level widget behind."""
    with_qt = "qapp" in request.fixturenames
    if with_qt:
        gc.collect()  # the window of the test before goes here, and not whenever a worker sets off the collector
    yield
    if with_qt:
        assert not leftovers.qt_objects()
