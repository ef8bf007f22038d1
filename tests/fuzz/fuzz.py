"""A seeded random walk over the real window: `python -m tests.fuzz.fuzz --seed 1 --seconds 60 [--log FILE]`.

The same seed takes the same actions. It ends with what went wrong first (an exception, a message of Qt's, a broken
invariant, memory that grows) and the actions that led there; the exit code is then 1.
"""

import os

if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import ctypes
import gc
import itertools
import random
import sys
import tempfile
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMenu, QWidget

from nnviz.files import datasets
from nnviz.picture.captions import caption
from nnviz.session.commands import ChooseData, GoTo
from nnviz.session.session import Session
from nnviz.session.state import State, View, initial, model_for
from nnviz.ui.app import application_for_window, build
from nnviz.ui.settings import Settings
from nnviz.ui.window import Window

LAST = 50
"""How many actions are told when something goes wrong."""
WARM_UP, GROWTH, PER_ACTION = 300, 100.0, 0.004
"""Until this many actions memory may grow freely; then by so many MB (caches fill up), and more for each action.

What the model and undo need is not counted: users decide on that.
"""
NOT_HERE = {"quit", "export", "show-full-screen"}
"""Actions that end the walk, ask for a file, or mean a screen."""
NOT_OURS = ("This plugin does not support", "Keyboard event not accepted by receiving widget")
"""What Qt's screen without a display cannot do, and what Qt's test says of keys that nobody wants."""
SMALL = ("vehicles", "and", "or", "xor", "xnor", "iris")
LARGE = ("digits", "digits-28")
TEXTS = (
    "0", "1", "−1", "-0.5", "2,5", "1e3", "1e-9", "1e999", "-1e999", "nan", "inf", "", " ", "abc", "1/2", "0x10",
    "1e12", "999999", "1e6", "-1000000", "٣", "½", "<b>x</b>", "%s", "1 2", "--1", "+.5", "9" * 40, "δ", "car",
)  # fmt: skip
NONE = Qt.KeyboardModifier.NoModifier
MENU_KEYS = (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Left)
MODIFIERS = (NONE, NONE, NONE, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier)
KEYS = (
    Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space,
    Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Escape,
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F2, Qt.Key.Key_1,
    Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_R, Qt.Key.Key_G,
    Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_0, Qt.Key.Key_Equal, Qt.Key.Key_F1, Qt.Key.Key_A, Qt.Key.Key_C,
    Qt.Key.Key_V, Qt.Key.Key_5, Qt.Key.Key_Period,
)  # fmt: skip


class Broken(AssertionError):
    """Something that must hold does not."""


@dataclass
class Report:
    """What happened: the actions with their numbers, and what went wrong, if anything."""

    seed: int
    actions: list[str] = field(default_factory=list)
    problem: str = ""

    @property
    def told(self) -> str:
        """The problem and what led there."""
        last = "\n".join(f"{number}: {action}" for number, action in list(enumerate(self.actions, 1))[-LAST:])
        head = f"seed {self.seed}: {len(self.actions)} actions"
        return (
            f"{head}, nothing went wrong." if not self.problem else f"{head}, then:\n{self.problem}\n{last}"
        )


def walk(seed: int, seconds: float, *, most: int | None = None) -> Report:
    """Walk for so many *seconds*, or *most* actions, and stop at the first problem."""
    report = Report(seed)
    problems: deque[str] = deque()
    with tempfile.TemporaryDirectory() as folder, _watched(problems):
        walker = Walker(report, Path(folder), problems)
        try:
            walker.run(time.monotonic() + seconds, most)
        except Exception:
            problems.append(traceback.format_exc())
        finally:
            walker.close()
    report.problem = "\n".join(problems)
    return report


@contextmanager
def _watched(problems: deque[str]) -> Iterator[None]:
    """Collect exceptions that Qt swallows, and what Qt itself complains about."""

    def complained(kind: QtMsgType, context: Any, message: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and not message.startswith(NOT_OURS):
            problems.append(f"Qt says: {message}")

    def raised(kind: type[BaseException], error: BaseException, trace: Any) -> None:
        problems.append("".join(traceback.format_exception(kind, error, trace)))

    hook, sys.excepthook = sys.excepthook, raised
    handler = qInstallMessageHandler(complained)
    try:
        yield
    finally:
        sys.excepthook = hook
        qInstallMessageHandler(handler)


class Walker:
    """Takes one action after the other, and looks after each whether all is well."""

    def __init__(self, report: Report, folder: Path, problems: deque[str]) -> None:
        self._report, self._problems = report, problems
        self._random = random.Random(report.seed)
        self._application = application_for_window()
        state = initial(model_for(datasets.load("vehicles")), 6, view=View(theme="light", speed=5.0))
        self.window: Window = build(Session(state), Settings(folder / "nnviz.ini"))
        for name in NOT_HERE:
            self.window.table._deeds[name] = lambda: None
        self.window.resize(1100, 760)
        self.window.show()
        QTest.qWaitForWindowActive(self.window, 5000)
        # The walk is the clock, so that the same seed meets the same widgets.
        self.window.player._beat.timeout.disconnect()
        self._memory = 0.0
        self._warm_up()
        self._ways: tuple[tuple[int, Callable[[], str]], ...] = (
            (30, self._key),
            (22, self._click),
            (6, self._double_click),
            (12, self._wheel),
            (8, self._move),
            (4, self._drag),
            (10, self._menu),
            (6, self._type),
            (5, self._edit),
            (2, self._resize),
            (1, self._data),
            (4, self._rest),
            (3, self._undo_redo),
            (2, self._escape),
        )

    def run(self, deadline: float, most: int | None) -> None:
        """Until the *deadline* (of ``time.monotonic``), or *most* actions, or the first problem."""
        weights = [weight for weight, _ in self._ways]
        while not self._problems and time.monotonic() < deadline and (most is None or self._count < most):
            way = self._random.choices([way for _, way in self._ways], weights)[0]
            self._report.actions.append(way.__name__.strip("_"))
            with self._answering():
                said = way()
            self._report.actions[-1] = said
            self._settle()
            self._check()

    def _warm_up(self) -> None:
        """Open the largest data once: what they take, and Qt keeps, is no growth."""
        first = self.window.session.state.model.dataset
        for name in LARGE:
            self.window.session.do(ChooseData(datasets.load(name)))
            self.window.session.do(GoTo(10**9))
            self._settle()
            self.window.grab()
        self.window.session.do(ChooseData(first, 6))
        self._settle()

    @property
    def _count(self) -> int:
        return len(self._report.actions)

    def close(self) -> None:
        """Close the window and all that belongs to it."""
        for widget in QApplication.topLevelWidgets():
            if widget is not self.window:
                widget.close()
        self.window.close()
        self.window.deleteLater()
        self._settle()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Answer menus, in the loop of their own in which some wait, or at once: others open by the clock."""
        keys = [self._random.choice(MENU_KEYS) for _ in range(self._random.randrange(7))]
        keys.append(self._random.choice((Qt.Key.Key_Return, Qt.Key.Key_Escape)))
        timer = QTimer(interval=0)
        timer.timeout.connect(lambda: self._answer(keys))
        timer.start()
        try:
            yield
            self._answer(keys)
        finally:
            timer.stop()

    def _answer(self, keys: list[Qt.Key]) -> None:
        for key in keys:
            popup = QApplication.activePopupWidget()
            if isinstance(popup, QMenu):
                QTest.keyClick(popup, key)
        while isinstance(popup := QApplication.activePopupWidget(), QMenu):
            popup.close()
        modal = QApplication.activeModalWidget()
        if modal is not None:
            modal.close()

    def _settle(self) -> None:
        for _ in range(4):  # what is laid out anew asks others to be
            self._application.processEvents()
        deadline = time.monotonic() + 10
        while self.window.header.loading and time.monotonic() < deadline:
            self._application.processEvents()

    # Actions

    def _widgets(self) -> list[QWidget]:
        """What can be clicked now, in an order that the same walk always has."""
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        roots = [top] if top is not None else [self.window, *self.window.findChildren(QDialog)]
        found = [one for root in roots for one in (root, *root.findChildren(QWidget))]
        return [
            one
            for one in found
            if one.isVisible() and one.width() > 1 and one.height() > 1 and not _passing(one)
        ]

    def _target(self) -> tuple[QWidget, QPoint]:
        """Mostly a widget that shows or takes something; the drawing more often than others."""
        widgets = self._widgets()
        widget = self.window.board if self._random.random() < 0.3 else self._random.choice(widgets)
        if not widget.isVisible() or (QApplication.activePopupWidget() and widget is self.window.board):
            widget = self._random.choice(widgets)
        return widget, QPoint(self._random.randrange(widget.width()), self._random.randrange(widget.height()))

    def _button(self) -> Qt.MouseButton:
        few = (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton)
        return Qt.MouseButton.LeftButton if self._random.random() < 0.93 else self._random.choice(few)

    def _focus(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        return (popup and (popup.focusWidget() or popup)) or QApplication.focusWidget() or self.window

    def _key(self) -> str:
        key, modifier = self._random.choice(KEYS), self._random.choice(MODIFIERS)
        times, widget = self._random.choice((1, 1, 1, 2, 8)), self._focus()
        said = f"key {modifier.name} {key.name} × {times} at {_named(widget)}"
        for _ in range(times):
            QTest.keyClick(self._focus(), key, modifier)
        return said

    def _escape(self) -> str:
        """Leave what is open: a popup would otherwise keep all to itself for long."""
        widget = self._focus()
        said = f"Escape at {_named(widget)}"
        QTest.keyClick(widget, Qt.Key.Key_Escape)
        if (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        return said

    def _click(self) -> str:
        widget, at = self._target()
        button, modifier = self._button(), self._random.choice(MODIFIERS)
        said = f"click {button.name} {modifier.name} at {at.x()}, {at.y()} of {_named(widget)}"
        QTest.mouseClick(widget, button, modifier, at)
        return said

    def _double_click(self) -> str:
        widget, at = self._target()
        said = f"double-click at {at.x()}, {at.y()} of {_named(widget)}"
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NONE, at)
        if _alive(widget):
            QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, NONE, at)
        return said

    def _move(self) -> str:
        widget, at = self._target()
        QTest.mouseMove(widget, at)
        return f"move to {at.x()}, {at.y()} of {_named(widget)}"

    def _drag(self) -> str:
        widget, at = self._target()
        said = f"drag over {_named(widget)} from {at.x()}, {at.y()}"
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, NONE, at)
        for _ in range(4):
            to = QPoint(
                self._random.randrange(-20, widget.width() + 20),
                self._random.randrange(-20, widget.height() + 20),
            )
            if _alive(widget):
                QTest.mouseMove(widget, to)
        if _alive(widget):
            QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, NONE, to)
        return said

    def _wheel(self) -> str:
        widget, at = self._target()
        notches, modifier = self._random.choice((-3, -1, 1, 1, 4, 0.25)), self._random.choice(MODIFIERS)
        turned = QPoint(0, round(120 * notches))
        event = QWheelEvent(
            QPointF(at),
            QPointF(widget.mapToGlobal(at)),
            QPoint(),
            turned,
            Qt.MouseButton.NoButton,
            modifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        said = f"wheel {notches} {modifier.name} at {at.x()}, {at.y()} of {_named(widget)}"
        QApplication.sendEvent(widget, event)
        return said

    def _menu(self) -> str:
        rows = [row for row in self.window.table.rows if row.name not in NOT_HERE]
        row = self._random.choice(rows)
        action = self.window.table[row.name]
        if action.isEnabled():
            action.trigger()
        return f"action {row.name}{'' if action.isEnabled() else ' (disabled)'}"

    def _type(self) -> str:
        widget, text = self._focus(), self._random.choice(TEXTS)
        said = f"type {text!r} into {_named(widget)}"
        _typed(widget, text)
        if self._random.random() < 0.7:
            QTest.keyClick(self._focus(), Qt.Key.Key_Return)
        return said

    def _edit(self) -> str:
        """Choose a field and put odd text into it."""
        fields = [one for one in self._widgets() if isinstance(one, QLineEdit) and one.isEnabled()]
        if not fields:
            return "edit nothing"
        widget, text = self._random.choice(fields), self._random.choice(TEXTS)
        said = f"edit {_named(widget)}: {text!r}"
        widget.setFocus()
        widget.selectAll()
        _typed(widget, text)
        if _alive(widget):
            QTest.keyClick(
                widget, self._random.choice((Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape))
            )
        return said

    def _resize(self) -> str:
        size = self._random.choice(
            ((640, 480), (800, 600), (1100, 760), (1440, 900), (1600, 700), (700, 1000))
        )
        self.window.resize(*size)
        return f"resize to {size[0]} × {size[1]}"

    def _data(self) -> str:
        name = self._random.choice(SMALL if self._random.random() < 0.85 else LARGE)
        if self._random.random() < 0.5:
            self.window.header.choose_data(name)
        else:
            self.window.session.do(ChooseData(datasets.load(name), self._random.randrange(200)))
        return f"data {name}"

    def _rest(self) -> str:
        """Let the clock tick, if the story plays, and time pass for what moves."""
        if self.window.session.state.playing:
            self.window.player._step()
        time.sleep(0.02)
        return "rest"

    def _undo_redo(self) -> str:
        """Undo, then redo: the very same Θ, and the same story."""
        session = self.window.session
        if session.undo_title is None:
            return "undo and redo: nothing"
        before = session.state
        said = f"undo and redo: {session.undo_title}"
        session.undo()
        self._application.processEvents()
        session.redo()
        after = session.state
        same = len(before.model.network.thetas) == len(after.model.network.thetas) and all(
            np.array_equal(one, other)
            for one, other in zip(before.model.network.thetas, after.model.network.thetas, strict=True)
        )
        if (
            not same
            or before.model.dataset is not after.model.dataset
            or before.model.seed != after.model.seed
        ):
            raise Broken(
                f"{said} does not lead back to the same model: from {_described(before)} to {_described(after)}"
            )
        return said

    # What must hold

    def _check(self) -> None:
        window, state = self.window, self.window.session.state
        story, place = state.story, state.moment.place
        _holds(0 <= place <= story.length, f"place {place} of {story.length}")
        _holds(0 <= state.moment.example < len(state.model.dataset), f"example {state.moment.example}")
        _holds(story.trace.network is state.model.network, "the story is of another network")
        _holds(story.trace.example == state.moment.example, "the story is of another example")
        _holds(all(np.isfinite(theta).all() for theta in state.model.network.thetas), "Θ is not finite")
        _holds(all(np.isfinite(delta).all() for delta in story.trace.delta), "δ is not finite")
        _holds(np.isfinite(story.trace.cost), "J is not finite")
        number = story.number(place, state.level)
        field, timeline = window.transport.field, window.transport.timeline
        _holds(
            (field.value(), field.maximum()) == number,
            f"step field {field.value()}/{field.maximum()}, not {number}",
        )
        _holds((timeline.value(), timeline.maximum()) == number, f"timeline {timeline.value()}, not {number}")
        said = caption(story, place, state.model.dataset, state.view.digits, state.level).sentence
        _holds(window.panels["inspector"].sentence.text() == said, "the inspector tells of another step")
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
        strange = [
            one for one in QApplication.topLevelWidgets() if one.isVisible() and not _expected(one, window)
        ]
        _holds(len(strange) <= 2, f"many windows: {strange}")
        if self._count % 100 == 0:
            self._weigh()

    def _weigh(self) -> None:
        """What was shown and let go of must be gone again; caches are bounded, so after a while memory is level."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
        _return_memory()
        megabytes = psutil.Process().memory_info().rss / 2**20
        held = _held(self.window.session)
        if self._count <= WARM_UP:
            self._memory = max(self._memory, megabytes - held)
            return
        most = self._memory + GROWTH + PER_ACTION * (self._count - WARM_UP) + held
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


def _described(state: State) -> str:
    model = state.model
    return f"{model.dataset.name} {model.network.sizes} seed {model.seed} λ {model.lambda_} α {model.learning_rate}"


def _held(session: Session) -> float:
    """MB that the present model takes, with Δ after every block of examples, and of Θ that undo and redo keep."""
    model = session.state.model
    models = [model, *(entry.model for entry in (*session._undo, *session._redo))]
    arrays = {id(theta): theta for one in models for theta in (*one.network.thetas, *one.start.thetas)}
    blocks = len(model.dataset) ** 0.5 + 6
    present = blocks * sum(theta.nbytes for theta in model.network.thetas) + 3 * model.dataset.X.nbytes
    return (present + sum(theta.nbytes for theta in arrays.values())) / 2**20


def _expected(widget: QWidget, window: Window) -> bool:
    return widget is window or isinstance(widget, QMenu)


def _passing(widget: QWidget) -> bool:
    """Whether it goes away by the clock: a tip or a message."""
    return widget.objectName() == "messages" or (widget.isWindow() and type(widget) is QLabel)


def _alive(widget: QWidget) -> bool:
    from shiboken6 import isValid

    return isValid(widget) and widget.isVisible()


def _typed(widget: QWidget, text: str) -> None:
    """Type *text*; Qt's own test aborts over letters beyond ASCII."""
    for letter in text:
        if not _alive(widget):
            return
        kinds = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        for kind in kinds:
            if _alive(widget):
                QApplication.sendEvent(widget, QKeyEvent(kind, 0, NONE, letter))


def _named(widget: QWidget) -> str:
    name = widget.objectName() or widget.accessibleName()
    return f"{type(widget).__name__}{f' {name!r}' if name else ''}"


def main() -> int:
    """Walk as the arguments say; 1 when something went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.fuzz", description=__doc__)
    parser.add_argument(
        "--seed", type=int, help="of the walk; otherwise one after the other, from the clock on"
    )
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--actions", type=int, help="stop after so many")
    parser.add_argument("--log", type=Path, help="a file for all actions")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else int(time.time()) % 1_000_000
    print(f"seed {seed}", flush=True)
    report = walk(seed, options.seconds, most=options.actions)
    if options.log is not None:
        options.log.write_text(
            "".join(f"{n}: {action}\n" for n, action in zip(itertools.count(1), report.actions))
        )
    print(report.told)
    return 1 if report.problem else 0


if __name__ == "__main__":
    sys.exit(main())
