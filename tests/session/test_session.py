"""The session: undo and redo, listeners in any order, problems in words, and a fuzz of random commands."""

import random
from functools import cache

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.story import STORY_LEVELS, Level
from nnviz.files.datasets import load
from nnviz.session import commands as c
from nnviz.session.model import Model, model_for
from nnviz.session.session import MOST_UNDO, Session
from nnviz.session.state import State, initial


@cache
def start() -> State:
    return initial(model_for(load("vehicles"), sizes=(3, 2, 4)), 6)


@pytest.fixture
def session() -> Session:
    return Session(start())


def theta(session: Session) -> float:
    return float(session.state.model.network.theta(1)[0, 1])


# Undo and redo


def test_undo_and_redo_bring_the_model_and_the_place(session):
    session.do(c.GoTo(10))
    session.do(c.SetTheta(1, 1, 1, 5.0))
    session.do(c.GoTo(20))
    session.undo()
    assert session.state.model.network is start().model.network
    assert session.state.moment.place == 10
    session.redo()
    assert theta(session) == 5.0
    assert session.state.moment.place == 20


def test_titles_say_what_would_be_undone(session):
    assert (session.undo_title, session.redo_title) == (None, None)
    session.do(c.SetLambda(2.0))
    session.do(c.SetSeed(9))
    assert (session.undo_title, session.redo_title) == ("New start", None)
    session.undo()
    assert (session.undo_title, session.redo_title) == ("Change of λ", "New start")


def test_nothing_to_undo_is_no_error(session):
    session.undo()
    session.redo()
    assert session.state is start()


def test_looking_and_walking_are_not_undone(session):
    for command in (c.Zoom(2.0), c.GoTo(5), c.PointAt(Address(Symbol.THETA, 1, 1, 1)), c.ShowLevel(Level.TERM)):
        session.do(command)
    assert session.undo_title is None


def test_undo_keeps_the_view_and_the_level(session):
    session.do(c.SetLambda(1.0))
    session.do(c.ShowDigits(4))
    session.do(c.ShowLevel(Level.LAYER))
    session.undo()
    assert (session.state.view.digits, session.state.level) == (4, Level.LAYER)


def test_the_turns_of_one_wheel_are_one_change(session):
    for value in (1.0, 1.1, 1.2):
        session.do(c.SetTheta(1, 1, 1, value))
        session.do(c.PointAt(Address(Symbol.THETA, 1, 1, 1)))  # the pointer stays where the wheel turns
    session.undo()
    assert session.state.model.network is start().model.network
    session.redo()
    assert theta(session) == 1.2


def test_another_entry_another_example_and_undo_begin_a_new_change(session):
    session.do(c.SetInput(1, 10.0))
    session.do(c.SetInput(2, 20.0))
    session.do(c.GoToExample(7))
    session.do(c.SetInput(2, 30.0))
    session.undo()
    assert set(session.state.model.changed) == {6}
    session.undo()
    assert session.state.model.raw(6)[0] == 10.0
    assert session.state.model.raw(6)[1] == start().model.raw(6)[1]
    session.do(c.SetInput(1, 11.0))
    session.undo()
    assert session.state.model.raw(6)[0] == 10.0


def test_a_new_change_ends_what_could_be_redone(session):
    session.do(c.SetLambda(1.0))
    session.undo()
    session.do(c.SetSeed(5))
    assert session.redo_title is None
    session.redo()
    assert (session.state.model.seed, session.state.model.lambda_) == (5, 0.0)


def test_undo_remembers_so_many_and_no_more(session):
    for seed in range(MOST_UNDO + 20):
        session.do(c.SetSeed(seed))
    for _ in range(MOST_UNDO + 20):
        session.undo()
    assert session.state.model.seed == 19
    assert session.undo_title is None


def test_undo_of_other_data_brings_the_old_example(session):
    session.do(c.GoTo(12))
    session.do(c.ChooseData(load("and"), 3))
    assert session.state.moment.example == 3
    session.undo()
    assert session.state.model.dataset is load("vehicles")
    assert (session.state.moment.example, session.state.moment.place) == (6, 12)
    session.redo()
    assert (session.state.model.dataset.name, session.state.moment.example) == ("and", 3)


def test_undo_keeps_no_computed_numbers_alive(session):
    session.do(c.SetLambda(1.0))
    assert "epoch" not in session._undo[-1].model.__dict__


# Listeners


def test_a_listener_is_told_at_once_and_of_each_change_only(session):
    heard: list[tuple[State | None, State]] = []
    stop = session.listen(lambda old, new: heard.append((old, new)))
    assert heard == [(None, start())]
    session.do(c.GoTo(5))
    session.do(c.Zoom(1.0))  # it already is
    assert [new.moment.place for _, new in heard] == [0, 5]
    assert heard[-1][0] is heard[0][1]
    stop()
    session.do(c.GoTo(6))
    assert len(heard) == 2


def test_all_hear_the_same_states_in_one_order_whoever_speaks_up(session):
    """A listener that answers a change with a command does not make others hear it too early."""
    names = ["first", "second", "third"]
    for shuffled in (names, names[::-1], [names[1], names[0], names[2]]):
        session = Session(start())
        heard: dict[str, list[int]] = {name: [] for name in names}

        def listener(name, session=session, heard=heard):
            def hear(old, new):
                heard[name].append(new.moment.place)
                if name == "second" and new.moment.place == 5:
                    session.do(c.GoTo(9))

            return hear

        for name in shuffled:
            session.listen(listener(name))
        session.do(c.GoTo(5))
        assert all(places == [0, 5, 9] for places in heard.values())


def test_undo_asked_for_while_telling_waits_its_turn(session):
    heard: list[float] = []

    def regret(old, new):
        if new.model.lambda_ == 1.0:
            session.undo()

    session.listen(regret)
    session.listen(lambda old, new: heard.append(new.model.lambda_))
    session.do(c.SetLambda(1.0))
    assert heard == [0.0, 1.0, 0.0]


def test_a_listener_that_has_left_is_not_called(session):
    heard: list[int] = []
    stops = []

    def closer(old, new):
        if old is not None and stops:
            stops.pop()()

    session.listen(closer)
    stops.append(session.listen(lambda old, new: heard.append(new.moment.place)))
    session.do(c.GoTo(5))
    assert heard == [0]


def test_an_error_in_a_listener_leaves_the_session_usable(session):
    def broken(old, new):
        if new.moment.place == 5:
            session.do(c.GoTo(1))
            raise RuntimeError("ours")

    session.listen(broken)
    with pytest.raises(RuntimeError, match="ours"):
        session.do(c.GoTo(5))
    session.do(c.GoTo(7))
    assert session.state.moment.place == 7


# Problems


def test_a_problem_is_told_in_words_and_changes_nothing(session):
    problems: list[str] = []
    session.listen_to_problems(problems.append)
    assert not session.attempt(c.SetLambda(-1.0))
    assert problems == ["λ is -1; expected a finite number, 0 or larger."]
    assert session.state is start()
    assert session.undo_title is None
    assert session.attempt(c.SetLambda(1.0))
    with pytest.raises(ValueError, match="λ"):
        session.do(c.SetLambda(-1.0))


def test_a_problem_of_a_waiting_command_is_told_too(session):
    problems: list[str] = []
    session.listen_to_problems(problems.append)
    session.listen(lambda old, new: new.moment.place == 5 and session.attempt(c.SetLambda(-1.0)))
    assert session.attempt(c.GoTo(5))
    assert len(problems) == 1
    assert session.state.moment.place == 5


# Fuzz

VALUES = st.one_of(st.floats(), st.floats(-3, 3))
WALKS = st.one_of(
    st.builds(c.StepForward, st.one_of(st.none(), st.sampled_from(STORY_LEVELS))),
    st.builds(c.StepBack, st.one_of(st.none(), st.sampled_from(STORY_LEVELS))),
    st.builds(c.Jump, st.integers(-50, 50)),
    st.builds(c.GoToStep, st.integers(-5, 200)),
    st.builds(c.GoTo, st.integers(-5, 2000)),
    st.builds(c.GoToExample, st.integers(-5, 200)),
    st.builds(c.NextExample, st.integers(-3, 3)),
    st.builds(c.ShowLevel, st.sampled_from(STORY_LEVELS)),
    st.just(c.Play()),
    st.just(c.Pause()),
)
LOOKS = st.one_of(
    st.builds(c.Zoom, VALUES),
    st.builds(c.SetSpeed, VALUES),
    st.builds(c.ShowDigits, st.integers(-9, 99)),
    st.builds(c.ReduceMotion, st.booleans()),
    st.builds(c.PointAt, st.one_of(st.none(), st.builds(Address, st.sampled_from(Symbol), st.integers(1, 4)))),
)
EDITS = st.one_of(
    st.builds(c.SetTheta, st.just(1), st.integers(1, 1), st.integers(0, 2), VALUES),
    st.builds(c.SetInput, st.integers(-1, 5), VALUES),
    st.builds(c.SetClass, st.integers(-1, 5)),
    st.builds(c.SetHidden, st.lists(st.integers(0, 4), max_size=3).map(tuple)),
    st.builds(c.SetActivation, st.sampled_from(("sigmoid", "tanh", "relu", "linear", "step"))),
    st.builds(c.SetSeed, st.integers(-1, 50)),
    st.builds(c.SetLambda, VALUES),
    st.builds(c.SetLearningRate, VALUES),
    st.builds(c.SetScaling, st.sampled_from(("none", "range", "standard", "pixels", "big"))),
    st.builds(c.ChooseData, st.sampled_from(("and", "xnor", "vehicles")).map(load), st.integers(-2, 200)),
    st.just(c.Reset()),
)
ACTIONS = st.lists(st.one_of(WALKS, LOOKS, EDITS, st.sampled_from(("undo", "redo"))), max_size=25)


def check(state: State) -> None:
    """What holds in every state."""
    assert 0 <= state.moment.example < len(state.model.dataset)
    assert 0 <= state.moment.place <= state.story.length
    trace = state.story.trace
    assert trace.row == state.moment.example
    assert trace.network is state.model.network
    assert (trace.epoch.lambda_, trace.epoch.learning_rate) == (state.model.lambda_, state.model.learning_rate)
    assert state.model.start.sizes == state.model.network.sizes
    sizes = state.model.network.sizes
    assert (sizes[0], sizes[-1]) == (state.model.dataset.features, state.model.dataset.outputs)
    assert np.isfinite(trace.h).all()
    assert 0.1 <= state.view.speed <= 20
    assert 0.6 <= state.view.zoom <= 3.0


def thetas(model: Model) -> list[bytes]:
    return [theta.tobytes() for theta in model.network.thetas]


@settings(max_examples=150)
@given(ACTIONS, st.integers(0, 5))
def test_whatever_is_done_the_state_holds_and_undo_returns(actions, order):
    session = Session(start())
    screens: list[list[State]] = [[], [], []]
    listeners = [lambda old, new, screen=screen: screen.append(new) for screen in screens]
    random.Random(order).shuffle(listeners)
    for listener in listeners:
        session.listen(listener)
    for action in actions:
        if isinstance(action, str):
            getattr(session, action)()
        else:
            session.attempt(action)
        check(session.state)
    assert screens[0] == screens[1] == screens[2]
    assert screens[0][-1] is session.state
    models = [thetas(session.state.model)]
    while session.undo_title is not None:
        session.undo()
        check(session.state)
        models.append(thetas(session.state.model))
    assert models[-1] == thetas(start().model)
    for expected in models[-2::-1]:
        session.redo()
        assert thetas(session.state.model) == expected


@settings(max_examples=50)
@given(st.sampled_from(STORY_LEVELS), st.integers(1, 40), st.integers(0, 149), st.integers(0, 130))
def test_forward_then_back_is_the_same_place(level, steps, example, place):
    """From a stop of the level; from between two stops, back goes to the stop before."""
    session = Session(start())
    session.do(c.GoToExample(example))
    session.do(c.ShowLevel(level))
    stops = session.state.story.stops(level)
    session.do(c.GoTo(stops[place % len(stops)]))
    trail = [session.state.moment]
    for _ in range(steps):
        session.do(c.StepForward())
        if session.state.moment != trail[-1]:
            trail.append(session.state.moment)
    for expected in trail[-2::-1]:
        session.do(c.StepBack())
        assert session.state.moment == expected
