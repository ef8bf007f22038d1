"""The commands of training, with a history that the test writes: no process, no window."""

from itertools import islice

import numpy as np
import pytest

from nnviz.engine.history import History, packed
from nnviz.engine.stops import Stops
from nnviz.engine.training import train
from nnviz.files.datasets import load
from nnviz.session import commands as c
from nnviz.session.model import model_for
from nnviz.session.run import TestLog, stops
from nnviz.session.session import Session
from nnviz.session.state import State, initial


@pytest.fixture
def session() -> Session:
    return Session(initial(model_for(load("vehicles")), 6))


def record(session: Session, count: int) -> None:
    """Let the present run make *count* iterations, and show them."""
    run = session.state.training.run
    recipe, (X, Y) = run.recipe, run.model.examples.training
    settings = {"method": recipe.method, "learning_rate": recipe.learning_rate, "lambda_": recipe.lambda_}
    training = train(run.model.network, X, Y, batch=recipe.batch, seed=run.model.seed, **settings)
    known = run.history.length
    run.history.append(packed(list(islice(training, known, known + count))))
    session.do(c.ShowProgress(run, run.history.length - 1))


@pytest.fixture
def trained(session: Session) -> Session:
    """After eleven records: iterations 0 … 10."""
    session.do(c.Train())
    record(session, 11)
    return session


def same(one: State, other: State) -> bool:
    thetas = zip(one.model.network.thetas, other.model.network.thetas, strict=True)
    return all(np.array_equal(a, b) for a, b in thetas)


def test_train_begins_a_run_at_the_start(session):
    before = session.state
    session.do(c.Train())
    training = session.state.training
    assert (training.active, training.reached, training.goal) == (True, 0, before.model.recipe.iterations)
    assert training.runs == (training.run,)
    assert training.run.model.network is before.model.network
    assert session.undo_title == "Training"


def test_the_moment_follows_what_is_learnt(trained):
    assert trained.state.moment.iteration == trained.state.training.reached == 10
    assert trained.state.story.trace.network is trained.state.model.network


def test_who_looks_at_the_past_stays_there(trained):
    trained.do(c.GoToIteration(4))
    before = trained.state
    record(trained, 5)
    assert trained.state.training.reached == 15
    assert trained.state.story is before.story


def test_what_comes_after_a_pause_is_not_shown(trained):
    trained.do(c.PauseTraining())
    before = trained.state
    record(trained, 5)
    assert trained.state is before


def test_progress_of_another_run_is_not_shown(trained):
    run = trained.state.training.run
    trained.do(c.SetTheta(1, 1, 1, 0.5))
    before = trained.state
    trained.do(c.ShowProgress(run, 10))
    assert trained.state is before


def test_a_goal_ends_it(session):
    session.do(c.SetIterations(5))
    session.do(c.Train())
    record(session, 9)
    training = session.state.training
    assert (training.reached, training.active) == (5, False)
    session.do(c.Train())
    assert (session.state.training.goal, session.state.training.active) == (10, True)


def test_an_ending_is_told(trained):
    trained.do(c.ShowProgress(trained.state.training.run, 10, "It blew up."))
    assert (trained.state.training.active, trained.state.training.ending) == (False, "It blew up.")


def test_iterations_are_clamped(trained):
    trained.do(c.GoToIteration(-3))
    assert trained.state.moment.iteration == 0
    trained.do(c.GoToIteration(10**9))
    assert trained.state.moment.iteration == 10


def thinned(session: Session) -> None:
    """Begin a run that remembers some Θ only, and let it make 411 iterations."""
    session.do(c.ContinueFromHere())
    run = session.state.training.run
    tiny = History(run.model.network, run.history._rerun, bound=20_000)
    object.__setattr__(run, "history", tiny)
    record(session, 411)
    assert tiny.nearest(399) < 399


def test_what_is_not_recorded_and_takes_long_comes_later(trained, monkeypatch):
    thinned(trained)
    monkeypatch.setattr("nnviz.session.run.AT_ONCE", 0)
    run, before = trained.state.training.run, trained.state
    wanted = next(k for k in range(100, 400) if run.history.nearest(k) < k)
    trained.do(c.GoToIteration(wanted))
    assert (trained.state.moment, trained.state.training.wanted) == (before.moment, wanted)
    trained.do(c.ShowRecalled(run, run.history.progress(wanted - 1)))
    assert trained.state.training.wanted == wanted, "another one comes too late"
    trained.do(c.ShowRecalled(run, run.history.progress(wanted)))
    assert (trained.state.moment.iteration, trained.state.training.wanted) == (wanted, None)
    assert np.array_equal(trained.state.model.network.unroll(), run.history.progress(wanted).network.unroll())


def test_who_drags_gets_the_nearest_that_is_recorded(trained, monkeypatch):
    thinned(trained)
    monkeypatch.setattr("nnviz.session.run.AT_ONCE", 0)
    history = trained.state.training.run.history
    trained.do(c.GoToIteration(333, near=True))
    assert trained.state.moment.iteration == history.nearest(333)
    assert trained.state.training.wanted is None


def test_continue_from_here_is_a_new_run_from_what_is_seen(trained):
    trained.do(c.GoToIteration(4))
    seen = trained.state
    trained.do(c.ContinueFromHere())
    training = trained.state.training
    assert len(training.runs) == 2
    assert same(trained.state, seen)
    assert training.run.model.iteration == 0
    trained.undo()
    assert trained.state.moment == seen.moment


def test_reset_returns_to_the_very_same_start(trained):
    start = trained.state.model.start
    trained.do(c.Reset())
    state = trained.state
    assert state.model.network is start
    assert (state.training.run, len(state.training.runs), state.moment.iteration) == (None, 1, 0)


def test_other_data_forget_the_runs(trained):
    trained.do(c.ChooseData(load("iris")))
    assert trained.state.training.runs == ()
    trained.undo()
    assert len(trained.state.training.runs) == 1
    assert trained.state.moment.iteration == 10


def test_a_kept_run_can_be_looked_at_again(trained):
    first = trained.state.training.run
    trained.do(c.SetLearningRate(0.1))
    trained.do(c.Train())
    trained.do(c.ShowRun(first))
    assert (trained.state.training.run, trained.state.moment.iteration) == (first, 10)
    assert trained.state.model.learning_rate == 1.0


def test_a_run_that_is_left_shows_no_more_than_was_seen(trained):
    run = trained.state.training.run
    trained.do(c.PauseTraining())
    record(trained, 50)  # what was on its way
    trained.do(c.Reset())
    assert trained.state.training.reached_of(run) == 10
    trained.do(c.ShowRun(run))
    assert (trained.state.training.reached, trained.state.moment.iteration) == (10, 10)


def test_a_run_that_was_left_before_it_began_is_its_start(session):
    session.do(c.Train())
    run = session.state.training.run
    session.do(c.SetTheta(1, 1, 1, 0.5))
    session.do(c.ShowRun(run))
    assert (session.state.moment.iteration, session.state.training.reached) == (0, 0)
    assert session.state.model.network is run.model.network


def test_the_present_run_can_be_forgotten(trained):
    trained.do(c.ForgetRun(trained.state.training.run))
    state = trained.state
    assert (state.training.run, state.training.runs, state.moment.iteration) == (None, (), 0)
    assert state.model.network is state.model.start


def test_the_oldest_of_too_many_runs_goes(session):
    for rate in range(1, 12):
        session.do(c.SetLearningRate(float(rate)))
        session.do(c.Train())
    runs = session.state.training.runs
    assert [run.number for run in runs] == list(range(4, 12))


def test_the_story_of_a_batch_is_the_update_that_is_made(session):
    session.do(c.SetBatch(11))
    session.do(c.SetLambda(0.3))
    session.do(c.Train())
    record(session, 30)
    for iteration in (0, 12, 13, 28):
        session.do(c.GoToIteration(iteration))
        updated = session.state.model.epoch.updated
        assert len(session.state.model.epoch.X) in (11, 10)
        session.do(c.GoToIteration(iteration + 1))
        for a, b in zip(updated.thetas, session.state.model.network.thetas, strict=True):
            np.testing.assert_array_equal(a, b)


def test_an_example_that_is_learnt_from_no_more_ends_nothing(session):
    session.do(c.SetStops(Stops(example=6)))
    assert stops(session.state.model).example == int(np.flatnonzero(session.state.model.examples.training_rows == 6)[0])
    session.do(c.ChooseData(load("xor")))
    assert stops(session.state.model).example is None
    session.do(c.Train())
    record(session, 3)
    assert session.state.training.reached == 2


def test_a_test_example_cannot_be_waited_for(session):
    example = int(session.state.model.examples.test_rows[0])
    with pytest.raises(ValueError, match="is in the test part"):
        session.do(c.SetStops(Stops(example=example)))


def test_a_test_example_ends_with_its_cost(session):
    example = int(session.state.model.examples.test_rows[0])
    session.do(c.GoToExample(example))
    story = session.state.story
    assert not story.trace.learnt
    assert story.phases[-1].phase.value == "Cost"
    assert story.trace.row == example


def test_the_parts_share_the_examples_out(session):
    examples = session.state.model.examples
    both = np.concatenate((examples.training_rows, examples.test_rows))
    assert sorted(both.tolist()) == list(range(150))
    assert len(examples.test_rows) == 30
    session.do(c.SetTestShare(0.0))
    assert len(session.state.model.examples.training_rows) == 150


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (c.SetMethod("magic"), "magic"),
        (c.SetBatch(0), "batch is 0; expected 1 to"),
        (c.SetIterations(0), "iterations is 0; expected 1 to"),
        (c.SetTestShare(0.95), "test share is 0.95; expected 0 to 0.9"),
        (c.SetSplitSeed(-1), "seed of the split is -1"),
        (c.SetPace(7), "pace is 7; expected one of"),
    ],
)
def test_what_cannot_be_is_refused_in_words(session, command, words):
    with pytest.raises(ValueError, match=words):
        session.do(command)


def test_a_method_that_takes_no_batches_takes_all(session):
    session.do(c.SetBatch(10))
    session.do(c.SetMethod("l-bfgs"))
    assert session.state.model.recipe.batch is None
    with pytest.raises(ValueError, match="learns from all examples at once"):
        session.do(c.SetBatch(10))


def test_of_another_method_the_story_ends_with_d(session):
    session.do(c.SetMethod("l-bfgs"))
    last = int(session.state.model.examples.training_rows[-1])
    session.do(c.GoToExample(last))
    assert session.state.story.phases[-1].phase.value == "Gradient D"


def test_the_record_of_the_test_part_is_added_to_and_not_copied():
    """Of an hour's million rows a copy with each addition would take the window more time than there is."""
    log = TestLog()
    log.add([(0, 0.7, 0.5)])
    rows = log.rows
    log.add([(1, 0.6, 0.5)])
    assert log.rows is rows
    assert list(rows) == [(0, 0.7, 0.5), (1, 0.6, 0.5)]
