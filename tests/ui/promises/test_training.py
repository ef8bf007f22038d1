"""Training in a process beside the window: it arrives, it pauses, it ends, and it leaves nothing behind."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSplitter

from nnviz.engine.epoch import descended
from nnviz.engine.propagation import gradient
from nnviz.files.datasets import load
from nnviz.session.commands import (
    ChooseData,
    GoToIteration,
    PauseTraining,
    SetIterations,
    SetLearningRate,
    SetPace,
    SetTheta,
    ShowTheme,
    ShowTool,
    Train,
    TrainOnce,
)
from nnviz.ui.panels.training import TrainingPanel
from nnviz.ui.window import Window
from tests.ui.windows import press

PATIENCE = 20_000  # milliseconds until a process has come up on a machine that is busy


@pytest.fixture
def trained(open_window: Callable[..., Window], qtbot) -> Window:
    """Vehicles after 60 iterations."""
    window = open_window()
    window.session.do(SetPace(0))
    window.session.do(SetIterations(60))
    window.session.do(Train())
    wait_for_end(window, qtbot)
    return window


def wait_for_end(window: Window, qtbot) -> None:
    qtbot.waitUntil(lambda: not window.session.state.training.active, timeout=PATIENCE)


def test_a_run_reaches_its_goal_and_is_what_stepping_gives(trained):
    state = trained.session.state
    assert (state.training.reached, state.moment.iteration, state.tool) == (60, 60, "train")
    model = state.training.run.model
    network, (X, Y) = model.network, model.examples.training
    for _ in range(60):
        network = descended(network, gradient(network, X, Y, model.lambda_), model.learning_rate)
    assert all(np.array_equal(a, b) for a, b in zip(network.thetas, state.model.network.thetas, strict=True))


def test_the_past_can_be_gone_to_and_is_what_it_was(trained):
    session = trained.session
    run = session.state.training.run
    session.do(GoToIteration(37))
    seen = session.state
    assert seen.moment.iteration == 37
    assert seen.story.trace.network is seen.model.network
    session.do(GoToIteration(38))
    updated = seen.model.epoch.updated
    assert all(np.array_equal(a, b) for a, b in zip(updated.thetas, session.state.model.network.thetas, strict=True)), (
        "the update that the story tells is the one that was made"
    )
    assert session.state.training.run is run


def test_train_goes_on_from_the_latest_iteration(trained, qtbot):
    session = trained.session
    session.do(GoToIteration(10))
    session.do(Train())
    assert session.state.moment.iteration == 60
    wait_for_end(trained, qtbot)
    assert session.state.training.reached == 120
    assert len(session.state.training.runs) == 1


def test_another_learning_rate_is_another_run_from_the_same_start(trained, qtbot):
    session = trained.session
    first = session.state.training.run
    session.do(SetLearningRate(0.5))
    assert session.state.moment.iteration == 60, "what is looked at stays"
    session.do(Train())
    wait_for_end(trained, qtbot)
    second = session.state.training.run
    assert session.state.training.runs == (first, second)
    assert second.model.network is first.model.network
    session.undo()
    assert session.state.training.run is first
    assert session.state.moment.iteration == 60


def test_an_edit_begins_from_what_is_seen_and_undo_brings_the_run_back(trained):
    session = trained.session
    run = session.state.training.run
    session.do(GoToIteration(30))
    before = session.state.model.network.theta(1)
    session.do(SetTheta(1, 1, 1, 7.0))
    assert session.state.training.run is None
    assert session.state.moment.iteration == 0
    after = session.state.model.network.theta(1)
    assert np.argwhere(after != before).tolist() == [[0, 1]]
    session.undo()
    assert session.state.training.run is run
    assert session.state.moment.iteration == 30


def test_one_undo_takes_a_run_back_and_redo_brings_it(trained):
    session = trained.session
    run = session.state.training.run
    session.undo()
    assert (session.state.training.run, session.state.moment.iteration) == (None, 0)
    assert session.state.model.network is session.state.model.start
    session.redo()
    assert (session.state.training.run, session.state.moment.iteration) == (run, 60)


def test_a_run_that_is_no_more_is_let_go_of_and_goes_on_after_undo(trained, qtbot):
    session = trained.session
    run = session.state.training.run
    session.do(ChooseData(load("iris")))
    assert run not in session.state.training.runs
    assert trained.trainer._run is None
    session.undo()
    assert session.state.training.run is run
    session.do(Train())
    wait_for_end(trained, qtbot)
    assert session.state.training.reached == 120


def test_t_trains_and_pauses(window, qtbot):
    window.session.do(SetPace(50))
    press(window, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: window.session.state.training.reached > 3, timeout=PATIENCE)
    press(window, Qt.Key.Key_T)
    reached = window.session.state.training.reached
    assert not window.session.state.training.active
    qtbot.wait(200)
    assert window.session.state.training.reached == reached < 2000
    press(window, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: window.session.state.training.reached > reached, timeout=PATIENCE)
    window.session.do(PauseTraining())


def test_the_arrows_walk_over_iterations_and_the_last_makes_one_more(trained, qtbot):
    press(trained, Qt.Key.Key_Left, times=2)
    assert trained.session.state.moment.iteration == 58
    press(trained, Qt.Key.Key_Right, times=2)
    assert trained.session.state.moment.iteration == 60
    press(trained, Qt.Key.Key_Right)
    wait_for_end(trained, qtbot)
    assert trained.session.state.moment.iteration == 61


def test_one_step_of_a_network_that_was_never_trained(window, qtbot):
    window.session.do(TrainOnce())
    wait_for_end(window, qtbot)
    assert window.session.state.moment.iteration == 1


def test_training_leaves_the_example_and_its_place_alone(trained, qtbot):
    session = trained.session
    session.do(ShowTool("step"))
    session.do(GoToIteration(20))
    press(trained, Qt.Key.Key_Right, times=5)
    before = session.state
    session.do(Train())
    session.do(GoToIteration(20))
    assert session.state.moment == before.moment
    wait_for_end(trained, qtbot)
    assert session.state.moment == before.moment
    assert np.array_equal(session.state.story.trace.h, before.story.trace.h)


def test_the_test_part_is_measured_on_the_way(trained):
    rows = trained.session.state.training.run.tests.rows
    assert rows
    iterations = [iteration for iteration, *_ in rows]
    assert iterations == sorted(set(iterations))
    assert all(np.isfinite(cost) and 0.0 <= share <= 1.0 for _, cost, share in rows)


@pytest.mark.parametrize("moment", [0, 30, 300])
def test_closing_in_the_middle_leaves_nothing(window, qtbot, moment):
    window.session.do(Train())
    qtbot.wait(moment)
    window.close()  # fixtures look for threads; the process is joined


def test_a_process_that_dies_is_told_of_and_replaced(trained, qtbot):
    window = trained
    child = window.trainer._child
    window.session.do(Train())
    child._process.kill()
    wait_for_end(window, qtbot)
    assert "stopped unexpectedly" in window.session.state.training.ending
    reached = window.session.state.training.reached
    window.session.do(Train())
    qtbot.waitUntil(lambda: window.session.state.training.reached > reached, timeout=PATIENCE)
    window.session.do(PauseTraining())


def test_the_key_that_trains_takes_the_number_that_is_being_typed(open_window, qtbot):
    window = open_window()
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    rate = window.findChild(TrainingPanel).recipe.rate
    rate.setFocus()
    rate.selectAll()
    press(window, "0")
    press(window, ".")
    press(window, "5")
    press(window, "t")
    assert window.session.state.training.run.recipe.learning_rate == 0.5
    assert rate.text() == "0.5"
    press(window, "t")
    assert not window.session.state.training.active
    press(window, "2")
    press(window, Qt.Key.Key_Return)
    press(window, "t")
    assert window.session.state.training.run.recipe.learning_rate != 0.5
    window.session.do(PauseTraining())


@pytest.mark.parametrize("theme", ["light", "projector"])
def test_nothing_of_the_panel_is_cut_off_in_the_past(trained, qtbot, theme):
    trained.session.do(ShowTheme(theme))
    for tool, name in (("train", "training"), ("step", "setup")):
        trained.session.do(ShowTool(tool))
        trained.session.do(GoToIteration(37))
        panel = trained.workbench.show_panel(name)
        narrow(trained)
        assert panel.isVisible()
        qtbot.waitUntil(lambda panel=panel: panel.widget().width() <= panel.viewport().width())


def narrow(window: Window) -> None:
    """Drag the line beside the left panel as far to the left as it goes."""
    QApplication.processEvents()
    splitter = window.findChild(QSplitter)
    sizes = [0 if index < 2 else size for index, size in enumerate(splitter.sizes())]
    splitter.setSizes(sizes)
    QApplication.processEvents()
