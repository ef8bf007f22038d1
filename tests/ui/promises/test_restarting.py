"""Training is begun, paused, left and begun again, and windows close in the middle of it: nothing is left behind."""

import random
import sys

import psutil
import pytest

from nnviz.files.datasets import load
from nnviz.session import commands as c
from nnviz.ui.window import Window
from tests.ui import windows

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="how Windows names its processes was not looked at")
TIMES = 50
CLOSED = 8
GROWTH = 60.0  # MB: what stays is the memory of runs that undo keeps


def children() -> list[psutil.Process]:
    """The processes of training; multiprocessing's own book-keeper may stay as long as we do."""
    return [one for one in psutil.Process().children() if "resource_tracker" not in " ".join(one.cmdline())]


def megabytes() -> float:
    return psutil.Process().memory_info().rss / 2**20


ACTIONS = (
    lambda session: session.do(c.Train()),
    lambda session: session.do(c.Train()),
    lambda session: session.do(c.PauseTraining()),
    lambda session: session.do(c.ContinueFromHere()),
    lambda session: session.do(c.Reset()),
    lambda session: session.do(c.TrainOnce()),
    lambda session: session.do(c.GoToIteration(session.state.training.reached // 2)),
    lambda session: session.do(c.ChooseData(load("iris"))),
    lambda session: session.do(c.ChooseData(load("vehicles"), 6)),
    lambda session: session.do(c.SetMethod("l-bfgs")),
    lambda session: session.do(c.SetMethod("gradient-descent")),
    lambda session: session.do(c.SetTheta(1, 1, 1, 0.5)),
    lambda session: session.undo(),
    lambda session: session.redo(),
)


def test_fifty_times_over_one_process_is_enough_and_it_goes_with_the_window(window: Window, qtbot):
    chance, session = random.Random(3), window.session
    session.do(c.SetPace(0))
    session.do(c.Train())
    qtbot.wait(400)
    before = megabytes()
    for _ in range(TIMES):
        chance.choice(ACTIONS)(session)
        qtbot.wait(chance.choice((0, 5, 40)))
        assert len(children()) <= 1
    assert megabytes() < before + GROWTH
    window.close()
    assert children() == []


@pytest.mark.parametrize("number", range(CLOSED))
def test_a_window_closes_in_the_middle_of_anything(tmp_path, qtbot, number):
    chance = random.Random(number)
    window = windows.opened(tmp_path, chance.choice(("vehicles", "digits")))
    qtbot.addWidget(window)
    window.session.do(c.SetPace(chance.choice((0, 200))))
    for _ in range(chance.randrange(1, 4)):
        chance.choice(ACTIONS)(window.session)
        qtbot.wait(chance.choice((0, 30, 300)))
    window.close()
    assert children() == []
