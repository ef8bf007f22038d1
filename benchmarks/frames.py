"""From a key press to the painted window, at 1440 × 900: the slowest of a hundred against one frame of a screen."""

import gc
import importlib.util
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Missing, Row
from nnviz.engine.story import STORY_LEVELS, Level

if TYPE_CHECKING:
    from nnviz.ui.window import Window

FRAME = 1 / 60
PRESSES = 200
PLAYED = 4.0
"""Seconds of playing, at twenty steps a second."""
SETTLED = 20
"""Steps before the first that counts: letters and circles are painted for the first time only once."""


@dataclass(frozen=True)
class Frames:
    """Key presses that step by *level*; None: playing at full speed, each turn of the event loop that did something.

    With *whole* the whole function is shown, too.
    """

    name: str
    data: str
    level: Level | None
    whole: bool = False

    def measure(self, quick: bool) -> Row:
        """The 99th percentile; Missing without Qt."""
        if importlib.util.find_spec("PySide6") is None:
            raise Missing("PySide6 is not installed")
        with opened(self.data) as window:
            _show_code(window, self.whole)
            times = _playing(window, quick) if self.level is None else _pressing(window, self.level, quick)
        times.sort()
        return Row(self.name, times[int(0.99 * len(times))], FRAME, 1.0)


@contextmanager
def opened(data: str) -> Iterator["Window"]:
    """The real window, with settings of its own, on no screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Qt is imported here: the other benchmarks do without.
    from PySide6.QtCore import QCoreApplication, QEvent

    from nnviz.files.datasets import load
    from nnviz.session.model import model_for
    from nnviz.session.session import Session
    from nnviz.session.state import initial
    from nnviz.ui import app
    from nnviz.ui.settings import Settings

    application = app.application_for_window()
    with tempfile.TemporaryDirectory() as folder:
        session = Session(initial(model_for(load(data)), 0))
        window = app.build(session, Settings(Path(folder) / "nnviz.ini"))
        window.resize(1440, 900)
        window.show()
        application.processEvents()
        app.set_aside()  # as the program does once its window stands
        yield window
        gc.unfreeze()
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _show_code(window: "Window", whole: bool) -> None:
    from PySide6.QtWidgets import QApplication

    from nnviz.session.commands import ShowWholeCode

    window.session.do(ShowWholeCode(whole))
    QApplication.processEvents()


def _pressing(window: "Window", level: Level, quick: bool) -> list[float]:
    """Seconds from each press of → until everything is painted, all over the story."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from nnviz.session.commands import GoTo, ShowLevel

    session = window.session
    session.do(ShowLevel(level))
    stops = session.state.story.stops(level)
    presses = 2 if quick else PRESSES
    times = []
    for number in range(presses + SETTLED):
        if len(stops) > presses:  # spread over a story that is too long to walk through
            session.do(GoTo(stops[number * (len(stops) - 2) // (presses + SETTLED)]))
            QApplication.processEvents()
        start = time.perf_counter()
        QTest.keyClick(window, Qt.Key.Key_Right)
        QApplication.processEvents()
        times.append(time.perf_counter() - start)
    return times[SETTLED:]


def _playing(window: "Window", quick: bool) -> list[float]:
    """Seconds of each turn of the event loop while the story plays, if it did anything."""
    from PySide6.QtWidgets import QApplication

    from nnviz.session.commands import Pause, Play, SetSpeed

    window.session.do(SetSpeed(20.0))
    window.session.do(Play())
    times = []
    end = time.perf_counter() + (0.2 if quick else PLAYED)
    while (start := time.perf_counter()) < end:
        QApplication.processEvents()
        took = time.perf_counter() - start
        if took > 5e-4:
            times.append(took)
    window.session.do(Pause())
    return times[SETTLED:] or times


_NETWORKS = {"vehicles": "3-5-5-4", "digits": "64-25-10", "digits-28": "784-100-10"}
BENCHMARKS = tuple(
    Frames(f"{sizes}, {f'by {level.value}' if level else 'playing'}, 99th percentile : frame", data, level)
    for data, sizes in _NETWORKS.items()
    for level in (*STORY_LEVELS, None)
) + tuple(
    Frames(f"{sizes}, by {level.value}, whole function, 99th percentile : frame", data, level, whole=True)
    for data, sizes in _NETWORKS.items()
    for level in (Level.TERM, Level.UNIT)
)
