"""Things done beside the window: what is heard of them, and what is not."""

import threading

from nnviz.ui import worker
from nnviz.ui.worker import Background, Job


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


def test_closing_waits_for_what_was_forgotten_too(qtbot):
    background, gates, ended = Background(), [threading.Event(), threading.Event()], []

    def work(number):
        gates[number].wait(10)
        ended.append(number)

    for number in (0, 1):
        background.run(lambda number=number: work(number), ended.append, ended.append)
    background.forget()
    threading.Timer(0.1, lambda: [gate.set() for gate in gates]).start()
    background.close()
    assert sorted(ended) == [0, 1]


def test_what_was_forgotten_does_not_keep_the_window_open_for_long(qtbot, monkeypatch):
    monkeypatch.setattr(worker, "FORGOTTEN", 0.05)
    background, gate = Background(), threading.Event()
    background.run(lambda: gate.wait(10), print, print)
    background.forget()
    background.close()
    assert not gate.is_set()
    gate.set()


def test_a_failure_is_told(qtbot):
    background, heard = Background(), []

    def fail():
        raise ValueError("no")

    background.run(fail, heard.append, lambda error: heard.append(str(error)))
    qtbot.waitUntil(lambda: not background.busy)
    assert heard == ["no"]


def test_a_job_says_how_far_it_is_and_closes_its_work_when_cancelled():
    closed = []

    def work():
        try:
            yield from (0.25, 0.5, 1.0)
        finally:
            closed.append(job.share)

    job = Job(work)
    assert job.run()
    assert (job.share, closed) == (1.0, [1.0])
    job = Job(work)
    job.cancel()
    assert not job.run()
    assert closed == [1.0, 0.25]


def test_long_work_leaves_the_window_its_turn(monkeypatch):
    now, slept = [0.0], []
    monkeypatch.setattr(worker.time, "perf_counter", lambda: now[0])
    monkeypatch.setattr(worker.time, "sleep", slept.append)
    pause = worker.Pauses()
    for _ in range(20):  # of 1 ms
        now[0] += 0.001
        pause()
    assert slept == [worker.BREATH] * 2
