"""What must hold after every action, and how much memory may be held."""

import ctypes
import gc
import sys

import numpy as np
import psutil
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
)
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from nnviz.picture.captions import caption
from nnviz.session.commands import step_number
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.window import Window

WARM_UP, GROWTH, PER_ACTION = 300, 140.0, 0.004
"""Until this many actions memory may grow freely; then by so many MB (caches fill up), and more for each action.

What the model and undo need is not counted: users decide on that.
"""


class Broken(AssertionError):
    """Something that must hold does not."""


def check(window: Window) -> None:
    """Whether all that is shown is of one moment, and every number finite. Raises Broken."""
    state = window.session.state
    story, place = state.story, state.moment.place
    _holds(0 <= place <= story.length, f"place {place} of {story.length}")
    _holds(0 <= state.moment.example < len(state.model.dataset), f"example {state.moment.example}")
    _holds(story.trace.network is state.model.network, "the story is of another network")
    _holds(story.trace.row == state.moment.example, "the story is of another example")
    _holds(all(np.isfinite(theta).all() for theta in state.model.network.thetas), "Θ is not finite")
    _holds(all(np.isfinite(delta).all() for delta in story.trace.delta), "δ is not finite")
    _holds(np.isfinite(story.trace.cost), "J is not finite")
    number = step_number(state)
    field, timeline = window.transport.field, window.transport.line
    _holds(
        (field.value(), field.maximum()) == number,
        f"step field {field.value()}/{field.maximum()}, not {number}",
    )
    _holds((timeline.value(), timeline.maximum()) == number, f"timeline {timeline.value()}, not {number}")
    said = caption(story, place, state.model.dataset, state.view.digits, state.level).sentence
    inspector = window.panels["inspector"]
    _holds(state.tool != "step" or inspector.sentence.text() == said, "the inspector tells of another step")
    _holds(window.board._state is state, "the drawing shows another state")
    sizes = "-".join(map(str, state.model.network.sizes))
    _holds(
        window.header.network.value == sizes,
        f"the header says {window.header.network.value}, not {sizes}",
    )
    _holds(
        window.header.example.value.replace(",", "").startswith(f"{state.moment.example + 1} of "),
        "the header's example",
    )
    _holds(window.isVisible(), "the window is closed")
    strange = [one for one in QApplication.topLevelWidgets() if one.isVisible() and not _expected(one, window)]
    _holds(len(strange) <= 2, f"many windows: {strange}")


class Scale:
    """Weighs the process now and then."""

    def __init__(self) -> None:
        self._memory = 0.0

    def weigh(self, window: Window, count: int) -> None:
        """What was shown and let go of must be gone again; caches are bounded, so after a while memory is level."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
        _return_memory()
        megabytes = psutil.Process().memory_info().rss / 2**20
        held = _held(window.session)
        if count <= WARM_UP:
            self._memory = max(self._memory, megabytes - held)
            return
        most = self._memory + GROWTH + PER_ACTION * (count - WARM_UP) + held
        _holds(
            megabytes < most,
            f"memory grew from {self._memory:.0f} to {megabytes:.0f} MB; {held:.0f} MB are the model's and undo's",
        )
        tops = len(QApplication.topLevelWidgets())
        _holds(tops < 150, f"{tops} top-level widgets")


def _holds(fact: object, words: str) -> None:
    if not fact:
        raise Broken(words)


def _return_memory() -> None:
    """Have the C library give back what is free; otherwise it keeps what large networks took."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).malloc_trim(0)


def described(state: State) -> str:
    model = state.model
    return f"{model.dataset.name} {model.network.sizes} seed {model.seed} λ {model.lambda_} α {model.learning_rate}"


def _held(session: Session) -> float:
    """MB that the present model takes, with Δ after every block of examples, and what undo, redo and runs keep.

    While a lesson is gone through, so does the student's own work, which waits for its end.
    """
    model = session.state.model
    waiting = [] if session.state.lesson is None else [session.state.lesson.own]
    entries = (*session._undo, *session._redo, *session._aside[0], *session._aside[1], *waiting)
    trainings = (session.state.training, *(entry.training for entry in entries))
    runs = {id(run): run for one in trainings for run in (*one.runs, one.run) if run is not None}.values()
    answer = session.state.answer  # the latest, so that undo brings it back; perhaps of a model that is no more
    models = [model, *(entry.model for entry in entries), *(run.model for run in runs)]
    models += [] if answer is None else [answer.question.model]
    checked = 0 if answer is None else sum(_bytes(value) for value in vars(answer.check).values())
    kept = {id(one.examples): one.examples for one in models}.values()
    scaled = sum(_bytes(value) for examples in kept for value in vars(examples).values())
    raw = sum(X.nbytes for X in {id(one.dataset.X): one.dataset.X for one in models}.values())
    recorded = sum(run.history.nbytes + run.history._curves.nbytes for run in runs)
    arrays = {id(theta): theta for one in models for theta in (*one.network.thetas, *one.start.thetas)}
    blocks = len(model.dataset) ** 0.5 + 6
    present = blocks * sum(theta.nbytes for theta in model.network.thetas) + 3 * model.dataset.X.nbytes
    return (present + scaled + raw + recorded + checked + sum(theta.nbytes for theta in arrays.values())) / 2**20


def _bytes(value: object) -> int:
    parts = value if isinstance(value, tuple) else (value,)
    return sum(part.nbytes for part in parts if isinstance(part, np.ndarray))


def _expected(widget: QWidget, window: Window) -> bool:
    return widget is window or isinstance(widget, QMenu)
