"""Whatever the student's code does, an end is put to it, and nothing of it is left."""

import sys
import threading
import time

import pytest

from nnviz.files.student.examination import Examination
from tests.files.student.programs import (
    FIRST_LINE,
    MISTAKES,
    RIGHT,
    changed,
    judged,
    opening,
    saved,
)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory cannot be limited, or not so")
def test_memory_has_its_limit(tmp_path):
    verdict = judged(tmp_path, opening("x = np.ones(2**28)"))
    assert verdict.message.startswith("mine.py, line 18: It takes more than 1 GiB of memory on the network 2-1 (seed 1")


@pytest.mark.parametrize(
    ("program", "line", "on"),
    [
        (opening("x = 1", "while True:", "    x += 1"), 20, " on the network 2-1 (seed 1, m = 1, λ = 0)"),
        (RIGHT + "\nwhile True:\n    pass\n", RIGHT.count("\n") + 2, ""),
        (opening("try:", "    while True: pass", "finally:", "    while True: pass"), 19, " on the network 2-1"),
    ],
)
def test_an_endless_loop_is_ended_and_its_line_is_told(tmp_path, program, line, on):
    start = time.monotonic()
    verdict = judged(tmp_path, program, seconds=2)
    assert time.monotonic() - start < 6.1  # on a machine that is busy with something else, too
    assert (verdict.ran, abs(verdict.line - line) <= 1) == (False, True)
    assert f"It is not done after 2 seconds{on}" in verdict.message
    assert verdict.seconds >= 2


def test_what_ended_before_the_loop_is_judged(tmp_path):
    """A wrong number says more than what came after it."""
    program = changed(RIGHT, *MISTAKES["no-slope"])
    verdict = judged(tmp_path, changed(program, (FIRST_LINE, f"    while len(X) > 6: pass\n{FIRST_LINE}")), seconds=2)
    assert [row.name for row in verdict.diagnosis] == ["no-slope"]
    assert "mine.py, line 18: It is not done after 2 seconds on the network 3-5-4" in verdict.message


@pytest.mark.skipif(sys.platform == "win32", reason="no process can be forked there")
def test_what_a_forked_process_works_out_is_not_counted(tmp_path):
    assert judged(tmp_path, opening("import os", "os.fork()")).agrees


@pytest.mark.skipif(sys.platform == "win32", reason="there a process and what it started are not kept together")
def test_nothing_it_started_is_left(tmp_path):
    import psutil

    mark = str(tmp_path / "mark")  # an argument that nothing else on the machine has
    sleep = f"[sys.executable, '-c', 'import time; time.sleep(99)', {mark!r}]"
    assert judged(tmp_path, f"import subprocess, sys\nsubprocess.Popen({sleep})\n" + RIGHT).agrees
    for _ in range(100):
        if not any(mark in (found.info["cmdline"] or []) for found in psutil.process_iter(["cmdline"])):
            return
        time.sleep(0.05)
    pytest.fail("it still runs")


def test_it_can_be_stopped_from_another_thread(tmp_path):
    examination = Examination(saved(tmp_path, "while True:\n    pass\n"), seconds=60)
    threading.Timer(0.5, examination.stop).start()
    start = time.monotonic()
    verdict = examination.run()
    assert time.monotonic() - start < 10
    assert (verdict.ran, verdict.message) == (False, "mine.py: It was stopped.")


def test_what_was_stopped_before_it_began_does_not_run(tmp_path):
    examination = Examination(saved(tmp_path, f"open({str(tmp_path / 'trace')!r}, 'w')\n" + RIGHT))
    examination.stop()
    assert examination.run().message == "mine.py: It was stopped."
    assert not (tmp_path / "trace").exists()
