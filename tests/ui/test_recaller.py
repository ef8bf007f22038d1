"""Θ of a past iteration, worked out beside the window: what is wanted no longer is done no further."""

import threading
from dataclasses import replace

import pytest

from nnviz.files.datasets import load
from nnviz.session.command import Command
from nnviz.session.model import model_for
from nnviz.session.run import new_run
from nnviz.session.session import Session
from nnviz.session.state import State, Training, initial
from nnviz.ui.recaller import Recaller
from nnviz.ui.worker import Cancelled


class Want(Command):
    """As ``GoToIteration`` does for what has to be worked out."""

    iteration: int | None

    def do(self, state: State) -> State:
        return replace(state, training=replace(state.training, wanted=self.iteration))


class Endless:
    """A history that never comes to the iteration, unless it is stopped."""

    def __init__(self):
        self.began, self.stopped = threading.Event(), []

    def progress(self, iteration, watch):
        self.began.set()
        for _ in range(10_000):
            try:
                watch()
            except Cancelled:
                self.stopped.append(iteration)
                raise
            threading.Event().wait(0.001)
        raise AssertionError("nobody stopped it")


@pytest.mark.parametrize("then", ["another", "none", "close"])
def test_what_is_wanted_no_longer_is_stopped(qtbot, then):
    model, history = model_for(load("xnor")), Endless()
    run = replace(new_run(1, model), history=history)
    session = Session(replace(initial(model), training=Training(run=run, runs=(run,), reached=9)))
    recaller = Recaller(session)
    session.do(Want(3))
    assert history.began.wait(10)
    if then == "another":
        session.do(Want(4))
    elif then == "none":
        session.do(Want(None))
    else:
        recaller.close()
    qtbot.waitUntil(lambda: history.stopped == [3])
    recaller.close()
    assert history.stopped == ([3, 4] if then == "another" else [3])
