"""Settings of every test run, and what fails a test that does not clean up after itself."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy is imported: with more, timing swings

import threading
from collections.abc import Iterator

import hypothesis
import pytest

from tests import leftovers

# The same examples in every run: a red run can be run again.
hypothesis.settings.register_profile("nnviz", derandomize=True, deadline=None)
hypothesis.settings.load_profile("nnviz")


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Fail a test that leaves a thread behind."""
    before = threading.enumerate()
    yield
    assert not leftovers.threads(before)


@pytest.fixture(autouse=True)
def no_qt_object_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a running timer, a thread of Qt or a top-level widget behind."""
    yield
    if "qapp" in request.fixturenames:
        assert not leftovers.qt_objects()
