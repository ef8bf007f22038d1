"""Training with the window open: the speed it keeps, and how long the window is held at a time."""

import importlib.util
import random
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.frames import opened
from benchmarks.measure import Missing, Row

if TYPE_CHECKING:
    from nnviz.session.session import Session
    from nnviz.ui.window import Window

SECONDS = 4.0
KEPT = 0.85
"""The share of its speed that training has to keep."""
HELD, LONGEST = 0.020, 0.050
"""How long the window may be held: the 99th percentile, and the longest."""
PLACE = 0.033
RECORDED = 10_000
SCRUBS = 300


@dataclass(frozen=True)
class Speed:
    """Seconds for an iteration with the window open and animating, and in a bare loop of the same training."""

    name: str
    data: str

    def measure(self, quick: bool) -> Row:
        """Both for the same time, one after the other; Missing without Qt."""
        with _training(self.data, quick) as (window, turns):
            for _ in turns:
                pass
            session, seconds = window.session, 0.1 if quick else SECONDS
            run = session.state.training.run
            assert run is not None
            ours = seconds / max(1, _made(session) - _warm(session))
            other = _bare(session, seconds)
        return Row(self.name, ours, other, 1 / KEPT)


_warmed: dict[int, int] = {}


def _made(session: "Session") -> int:
    run = session.state.training.run
    return 0 if run is None else run.history.length


def _warm(session: "Session") -> int:
    return _warmed[id(session)]


def _bare(session: "Session", seconds: float) -> float:
    """Seconds for an iteration without a window."""
    from nnviz.engine.training import train
    from nnviz.session.run import settings

    run = session.state.training.run
    assert run is not None
    training = train(run.model.network, *run.model.examples.training, **settings(run.model))
    next(training)
    count, end = 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        next(training)
        count += 1
    training.close()
    return seconds / max(1, count)


@dataclass(frozen=True)
class Held:
    """How long the event loop is held at a time while training runs, against what is allowed."""

    name: str
    data: str
    share: float
    limit: float

    def measure(self, quick: bool) -> Row:
        """The *share* (0.99, or 1.0 for the longest) of the turns that did anything; Missing without Qt."""
        with _training(self.data, quick) as (_, turns):
            times = sorted(turns)
        place = min(len(times) - 1, int(self.share * len(times)))
        return Row(self.name, times[place], self.limit, 1.0)


@dataclass(frozen=True)
class Scrub:
    """From a command to the painted window, going to any of ten thousand iterations."""

    name: str
    data: str

    def measure(self, quick: bool) -> Row:
        """The 99th percentile; Missing without Qt."""
        from PySide6.QtWidgets import QApplication

        from nnviz.session.commands import GoToIteration

        with _training(self.data, quick, iterations=20 if quick else RECORDED) as (window, _):
            session = window.session
            while session.state.training.active:
                QApplication.processEvents()
            chance, times = random.Random(1), []
            for _ in range(3 if quick else SCRUBS):
                start = time.perf_counter()
                session.do(GoToIteration(chance.randrange(session.state.training.reached + 1)))
                window.repaint()
                QApplication.processEvents()
                times.append(time.perf_counter() - start)
        times.sort()
        return Row(self.name, times[int(0.99 * len(times))], PLACE, 1.0)


@dataclass(frozen=True)
class Pausing:
    """From the command to pause until no iteration is made any more."""

    name: str
    data: str
    limit: float = 0.1

    def measure(self, quick: bool) -> Row:
        """The median of a few; Missing without Qt."""
        from PySide6.QtWidgets import QApplication

        from nnviz.session.commands import PauseTraining, Train

        times = []
        with _training(self.data, quick) as (window, turns):
            next(turns)
            for _ in range(1 if quick else 9):
                window.session.do(Train())
                _spin(0.3)
                start = time.perf_counter()
                window.session.do(PauseTraining())
                last = start
                made = _made(window.session)
                while time.perf_counter() < last + 0.25:
                    QApplication.processEvents()
                    if _made(window.session) != made:
                        made, last = _made(window.session), time.perf_counter()
                times.append(max(last - start, 1e-4))
        return Row(self.name, statistics.median(times), self.limit, 1.0)


def _spin(seconds: float) -> None:
    from PySide6.QtWidgets import QApplication

    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        QApplication.processEvents()


@contextmanager
def _training(data: str, quick: bool, iterations: int = 10_000_000) -> Iterator[tuple["Window", Iterator[float]]]:
    """The real window while it trains at full speed, and the turns of its event loop that did something, in seconds."""
    if importlib.util.find_spec("PySide6") is None:
        raise Missing("PySide6 is not installed")
    from nnviz.session.commands import PauseTraining, SetIterations, SetPace, ShowTool, Train

    with opened(data) as window:
        session = window.session
        session.do(ShowTool("train"))
        session.do(SetPace(0))
        session.do(SetIterations(iterations))
        _spin(0.1 if quick else 1.5)  # the process comes up, and so does what draws the curves
        session.do(Train())
        _spin(0.2 if quick else 0.5)
        _warmed[id(session)] = _made(session)
        yield window, _turns(0.1 if quick else SECONDS)
        session.do(PauseTraining())


def _turns(seconds: float) -> Iterator[float]:
    from PySide6.QtWidgets import QApplication

    end = time.perf_counter() + seconds
    while (start := time.perf_counter()) < end:
        QApplication.processEvents()
        if (took := time.perf_counter() - start) > 5e-4:
            yield took
        else:
            time.sleep(2e-4)  # an idle window waits; it does not take the processor from training


_NETWORKS = {"vehicles": "3-5-5-4", "digits": "64-25-10", "digits-28": "784-100-10"}
BENCHMARKS = (
    *(Speed(f"train {sizes} with the window : without", data) for data, sizes in _NETWORKS.items()),
    *(
        Held(f"train {sizes}, window held, {words} : allowed", data, share, limit)
        for data, sizes in _NETWORKS.items()
        for words, share, limit in (("99th percentile", 0.99, HELD), ("longest", 1.0, LONGEST))
    ),
    *(Pausing(f"pause {sizes} : allowed", data) for data, sizes in _NETWORKS.items()),
    *(Scrub(f"any of 10,000 iterations of {sizes} : two frames", data) for data, sizes in tuple(_NETWORKS.items())[:2]),
)
