"""Things done beside the window: what is heard of them, and what is not."""

import threading

from nnviz.ui import worker
from nnviz.ui.worker import Background


def test_what_is_forgotten_is_not_heard_of_and_nobody_waits_for_it(qtbot):
    background, gate, heard = Background(), threading.Event(), []
    background.run(lambda: gate.wait(10), heard.append, heard.append)
    background.forget()
    assert not background.busy
    background.run(lambda: "newer", heard.append, heard.append)
    qtbot.waitUntil(lambda: not background.busy)
    gate.set()
    qtbot.wait(20)
    assert heard == ["newer"]


def test_a_failure_is_told(qtbot):
    background, heard = Background(), []

    def fail():
        raise ValueError("no")

    background.run(fail, heard.append, lambda error: heard.append(str(error)))
    qtbot.waitUntil(lambda: not background.busy)
    assert heard == ["no"]


def test_long_work_leaves_the_window_its_turn(monkeypatch):
    now, slept = [0.0], []
    monkeypatch.setattr(worker.time, "perf_counter", lambda: now[0])
    monkeypatch.setattr(worker.time, "sleep", slept.append)
    pause = worker.Pauses()
    for _ in range(20):  # of 1 ms
        now[0] += 0.001
        pause()
    assert slept == [worker.PAUSE] * 2
