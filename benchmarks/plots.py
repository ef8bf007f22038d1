"""The plot of J(Θ) at 1440 × 900 with a million iterations: panning, and a run that grows, against a frame."""

import importlib.util
import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.frames import FRAME
from benchmarks.measure import Missing, Row

if TYPE_CHECKING:
    from nnviz.session.session import Session
    from nnviz.ui.panels.curves import CurvesPanel

MILLION = 1_000_000
SIZE = (792, 390)
"""Of the panel, in a window of 1440 × 900."""
STEPS = 100
LIVE = 0.3
"""Goal of a live update, of a frame of 60 a second: 5 ms."""


@dataclass(frozen=True)
class Plotting:
    """The median of what *act* takes with *runs* runs of a million iterations."""

    name: str
    act: "Callable[[CurvesPanel, Session, int], Iterator[float]]"
    runs: int
    limit: float

    def measure(self, quick: bool) -> Row:
        """Missing without Qt or pyqtgraph."""
        for needed in ("PySide6", "pyqtgraph"):
            if importlib.util.find_spec(needed) is None:
                raise Missing(f"{needed} is not installed")
        with _panel(self.runs) as (panel, session):
            times = list(self.act(panel, session, 2 if quick else STEPS))
        return Row(self.name, statistics.median(times[len(times) // 5 :]), FRAME, self.limit)


@contextmanager
def _panel(count: int) -> "Iterator[tuple[CurvesPanel, Session]]":
    """The panel alone, with runs that were never trained: what is recorded of them is made up."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Qt is imported here: the other benchmarks do without.
    from PySide6.QtCore import QCoreApplication, QEvent

    from nnviz.files.datasets import load
    from nnviz.session.model import model_for
    from nnviz.session.run import Run
    from nnviz.session.session import Session
    from nnviz.session.state import Training, initial
    from nnviz.ui import app
    from nnviz.ui.panels.curves import CurvesPanel

    application = app.application_for_window()
    state = initial(model_for(load("vehicles")))
    runs = tuple(Run(number + 1, state.model, _history(number)) for number in range(count))
    training = Training(runs[-1], runs, reached=MILLION - 1, goal=2 * MILLION, active=True)
    session = Session(replace(state, training=training, tool="train"))
    panel = CurvesPanel(session)
    panel.resize(*SIZE)
    panel.show()
    while panel.plot is None:
        application.processEvents()
    yield panel, session
    panel.close()
    panel.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _history(seed: int) -> Any:
    """J that falls and trembles, as with mini-batches."""
    noise = np.random.default_rng(seed).normal(0.0, 0.1, MILLION)
    total = 2.5 * np.exp(noise) / (1.0 + np.arange(MILLION) / 300.0) ** (0.3 + 0.05 * seed)
    return SimpleNamespace(length=MILLION, costs=SimpleNamespace(total=total, data=0.9 * total, decay=0.1 * total))


def _panning(panel: "CurvesPanel", session: "Session", steps: int) -> Iterator[float]:
    """Seconds from each movement of the mouse until everything is painted."""
    from PySide6.QtCore import QEvent, QPointF, Qt
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    plot, none, left = panel.plot, Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
    assert plot is not None

    def send(kind: QEvent.Type, x: float, button: Qt.MouseButton) -> None:
        at = QPointF(x, plot.room.center().y())
        view = plot.viewport()
        event = QMouseEvent(kind, at, view.mapToGlobal(at), button, left, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(view, event)

    panel.log_iteration.setChecked(False)
    plot.zoom(1.25)
    QApplication.processEvents()
    start = plot.room.center().x()
    send(QEvent.Type.MouseButtonPress, start, left)
    for step in range(steps):
        before = time.perf_counter()
        send(QEvent.Type.MouseMove, start + 10 + 40 * np.sin(step / 5), none)
        QApplication.processEvents()
        yield time.perf_counter() - before
    send(QEvent.Type.MouseButtonRelease, start, left)


def _growing(panel: "CurvesPanel", session: "Session", steps: int) -> Iterator[float]:
    """Seconds of each update of a run that goes on, until it is painted: as the state changes, 30 times a second."""
    from PySide6.QtWidgets import QApplication

    from nnviz.session.commands import ShowProgress

    run = session.state.training.run
    assert run is not None
    far = 700_000
    session.do(_Restart(far))
    for step in range(steps):
        panel._pause.stop()  # whatever the pace, this one is shown at once
        QApplication.processEvents()
        before = time.perf_counter()
        session.do(ShowProgress(run, far + 2_000 * step))
        QApplication.processEvents()
        yield time.perf_counter() - before


@dataclass(frozen=True, eq=False)
class _Restart:
    """As if the run had come only so far."""

    reached: int
    title = ""

    def do(self, state: Any) -> Any:
        return replace(state, training=replace(state.training, reached=self.reached))


BENCHMARKS = (
    Plotting("plot of 1e6 iterations, step of panning : frame", _panning, 1, 1.0),
    Plotting("plot of 3 runs of 1e6, step of panning : frame", _panning, 3, 1.0),
    Plotting("plot of a run growing to 1e6, update : frame", _growing, 1, LIVE),
    Plotting("plot of 3 runs of 1e6, one growing, update : frame", _growing, 3, LIVE),
)
