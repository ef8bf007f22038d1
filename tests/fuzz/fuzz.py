"""A seeded random walk over the real window: `python -m tests.fuzz.fuzz --seed 1 --seconds 60 [--log FILE]`.

The same seed takes the same actions. It ends with what went wrong first (an exception, a message of Qt's, a broken
invariant, memory that grows) and the actions that led there; the exit code is then 1.
"""

import os

if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
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
from typing import Any, get_args

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from nnviz.files import datasets
from nnviz.session.commands import ChooseData, GoTo, PauseTraining, Reset, SetHidden, SetIterations, ShowTool, Train
from nnviz.session.model import model_for
from nnviz.session.session import Session
from nnviz.session.state import Tool, View, initial
from nnviz.ui.app import application_for_window, build
from nnviz.ui.settings import Settings
from tests.fuzz.hands import MENU_KEYS, NOT_HERE, Hand
from tests.fuzz.invariants import Scale, check

LAST = 50
"""How many actions are told when something goes wrong."""
MOST = 30
"""Iterations of a run: each is waited for."""
LARGEST = (("digits", (9999,)), ("digits-28", (100,)))
"""Data and hidden layers that take the most memory of all that the walk can come to."""
NOT_OURS = ("This plugin does not support", "Keyboard event not accepted by receiving widget")
"""What Qt's screen without a display cannot do, and what Qt's test says of keys that nobody wants."""


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
        return f"{head}, nothing went wrong." if not self.problem else f"{head}, then:\n{self.problem}\n{last}"


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


class Walker(Hand):
    """Takes one action after the other, and looks after each whether all is well."""

    def __init__(self, report: Report, folder: Path, problems: deque[str]) -> None:
        self._report, self._problems = report, problems
        application = application_for_window()
        state = initial(model_for(datasets.load("vehicles")), 6, view=View(theme="light", speed=5.0))
        window = build(Session(state), Settings(folder / "nnviz.ini"))
        super().__init__(window, random.Random(report.seed), application)
        for name in NOT_HERE:
            self.window.table._deeds[name] = lambda: None
        self.window.resize(1100, 760)
        self.window.show()
        QTest.qWaitForWindowActive(self.window, 5000)
        # The walk is the clock, so that the same seed meets the same widgets.
        self.window.player._beat.timeout.disconnect()
        self._scale = Scale()
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
            (1, self._lesson),
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
            check(self.window)
            if self._count % 100 == 0:
                self._see_all_tools()
                self._scale.weigh(self.window, self._count)

    def _see_all_tools(self) -> None:
        """What is not looked at keeps what it showed last: have all show the present, and what is put away, too."""
        session, bench = self.window.session, self.window.workbench
        before, beside = dict(bench._wanted), bench._beside
        bench._wanted, bench._beside = dict.fromkeys(before, True), True
        for tool in (*get_args(Tool), session.state.tool):
            session.do(ShowTool(tool))
            bench.arrange()
            self._settle()
        bench._wanted, bench._beside = before, beside
        bench.arrange()
        self._settle()

    def _warm_up(self) -> None:
        """Open the largest networks once: what they take, and Qt keeps, is no growth."""
        first = self.window.session.state.model.dataset
        for name, hidden in LARGEST:
            self.window.session.do(ChooseData(datasets.load(name)))
            self.window.session.do(SetHidden(hidden))
            self.window.session.do(GoTo(10**9))
            self._settle()
            self.window.grab()
        self.window.session.do(ChooseData(first, 6))
        self.window.session.do(Train())
        self._settle()
        deadline = time.monotonic() + 10
        while self.window.panels["curves"].plot is None and time.monotonic() < deadline:  # a library is being read
            self._application.processEvents()
        self.window.grab()
        self.window.session.do(Reset())
        self._see_all_tools()
        self.window.session.do(ShowTool("step"))
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
        while self._busy and time.monotonic() < deadline:
            self._application.processEvents()
            time.sleep(0.001)  # what is waited for needs the processor, and so may another test beside this one
        self.window.session.do(PauseTraining())

    @property
    def _busy(self) -> bool:
        """Whether something goes on beside the window: with it, the same seed would meet another window."""
        session = self.window.session
        training = session.state.training
        if training.active and training.goal > training.reached + MOST:
            session.do(PauseTraining())
            session.do(SetIterations(MOST))
        beside = self.window.header.loading or self.window.scorer.busy or self.window.checker.busy
        return beside or session.state.training.active


def main() -> int:
    """Walk as the arguments say; 1 when something went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, help="of the walk; otherwise one after the other, from the clock on")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--actions", type=int, help="stop after so many")
    parser.add_argument("--log", type=Path, help="a file for all actions")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else int(time.time()) % 1_000_000
    print(f"seed {seed}", flush=True)
    report = walk(seed, options.seconds, most=options.actions)
    if options.log is not None:
        options.log.write_text("".join(f"{n}: {action}\n" for n, action in zip(itertools.count(1), report.actions)))
    print(report.told)
    return 1 if report.problem else 0


if __name__ == "__main__":
    sys.exit(main())
