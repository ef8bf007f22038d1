"""The state: what a fresh model is, what follows from a change of it, and what is refused."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine.data import Dataset
from nnviz.engine.quantities import Address, Symbol
from nnviz.files.datasets import load
from nnviz.session.model import model_for
from nnviz.session.state import Moment, State, initial


@pytest.fixture
def state() -> State:
    return initial(model_for(load("vehicles")), 6)


def test_the_start_tells_nothing_and_shows_everything_given(state):
    assert state.moment == Moment(iteration=0, example=6, place=0)
    assert state.model.network.sizes == (3, 5, 5, 4)
    assert (state.playing, state.pointed) == (False, None)
    assert state.model.network is state.model.start


def test_the_same_seed_is_the_same_network():
    one, other = (model_for(load("vehicles"), seed=11).network for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(one.thetas, other.thetas, strict=True))


def test_ready_weights_are_used_where_they_fit():
    xnor = load("xnor")
    assert np.array_equal(model_for(xnor).network.theta(2), [[-10, 20, 20]])
    assert not np.array_equal(model_for(xnor, activation="tanh").network.theta(2), [[-10, 20, 20]])
    assert model_for(xnor, sizes=(2, 3, 1)).network.sizes == (2, 3, 1)


@pytest.mark.parametrize("sizes", [(3, 5, 5), (4, 5, 4), (3, 5, 1)])
def test_sizes_that_do_not_fit_the_data_are_refused(sizes):
    with pytest.raises(ValueError, match="need 3 units in the first layer and 4 in the last, as in 3-5-5-4"):
        model_for(load("vehicles"), sizes=sizes)


@pytest.mark.parametrize("example", [-1, 150])
def test_an_example_there_is_not_is_refused(example):
    with pytest.raises(ValueError, match=f"example is {example + 1}; expected 1 to 150"):
        initial(model_for(load("vehicles")), example)


def test_at_clamps_and_keeps_the_story_of_the_same_example(state):
    far = state.at(Moment(0, 6, 10**9))
    assert far.moment.place == state.story.length
    assert far.story is state.story
    assert state.at(Moment(0, 10**9, -5)).moment == Moment(0, 149, 0)


def test_at_another_example_is_another_story(state):
    other = state.at(Moment(0, 7, 30))
    assert other.story.trace.row == 7
    assert other.moment.place == 30


def test_of_keeps_the_place_where_the_steps_are_the_same(state):
    there = replace(state.at(Moment(0, 6, 40)), pointed=Address(Symbol.THETA, 1, 1, 1), playing=True)
    edited = there.of(replace(state.model, network=state.model.network.with_theta(1, 1, 1, 9.0)))
    assert edited.moment == there.moment
    assert edited.story.trace.network.theta(1)[0, 1] == 9.0
    assert (edited.pointed, edited.playing) == (None, False)


def test_of_another_network_is_another_story_from_its_start(state):
    other = model_for(load("vehicles"), sizes=(3, 2, 4))
    assert state.at(Moment(0, 6, 40)).of(other).moment == Moment(0, 6, 0)


def test_of_fewer_examples_clamps_the_example(state):
    there = state.at(Moment(0, 100, 0))
    assert there.of(model_for(load("and"))).moment == Moment(0, 3, 0)


def test_a_changed_example_changes_itself_alone(state):
    model = state.model.with_change(6, x=[50.0, 1000.0, 2.0])
    assert model.raw(6).tolist() == [50.0, 1000.0, 2.0]
    assert np.array_equal(model.target(6), state.model.target(6))
    before, after = state.model.examples.X, model.examples.X
    assert np.array_equal(np.delete(before, 6, axis=0), np.delete(after, 6, axis=0))
    np.testing.assert_allclose(model.fitted.raw(after[6]), [50.0, 1000.0, 2.0])
    assert not after.flags.writeable


def test_the_class_follows_y(state):
    model = state.model.with_change(6, y=[0.0, 0.0, 0.0, 1.0])
    assert (state.model.class_name(6), model.class_name(6)) == (load("vehicles").class_name(6), "truck")
    gate = model_for(load("and"))
    assert [gate.class_name(example) for example in range(4)] == ["0", "0", "0", "1"]


def test_delta_of_the_examples_before_is_there_at_once(state):
    example = int(state.model.examples.training_rows[100])
    jumped = state.at(Moment(0, example, 0)).story.trace.accumulator_before
    walked = state.model.epoch.accumulator(100)
    assert all(np.array_equal(a, b) for a, b in zip(jumped, walked, strict=True))


def test_one_example_is_enough():
    tiny = Dataset("t", "T", [[1.0, 2.0]], [[1.0]], ("p", "q"), ("", ""), ("no", "yes"), "range", (2, 1))
    state = initial(model_for(tiny))
    assert state.story.trace.final


def test_a_network_too_large_for_the_window_is_refused():
    with pytest.raises(ValueError, match=r"network has 100,0\d\d,\d\d\d weights; expected 2,000,000 at the most"):
        model_for(load("vehicles"), sizes=(3, 10_000, 10_000, 4))
