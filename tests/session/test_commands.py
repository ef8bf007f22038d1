"""Every command: what it does, where it stops, and what it refuses."""

import numpy as np
import pytest

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.story import STORY_LEVELS, Level
from nnviz.files.datasets import load
from nnviz.session.commands import (
    ChooseData,
    Command,
    GoTo,
    GoToExample,
    GoToSource,
    GoToStep,
    Jump,
    NextExample,
    Pause,
    Play,
    PointAt,
    ReduceMotion,
    Reset,
    SetActivation,
    SetClass,
    SetHidden,
    SetInput,
    SetLambda,
    SetLearningRate,
    SetScaling,
    SetSeed,
    SetSpeed,
    SetTheta,
    ShowCodeVersion,
    ShowDigits,
    ShowLanguage,
    ShowLevel,
    ShowTheme,
    ShowWholeCode,
    StepBack,
    StepForward,
    Zoom,
    at_the_end,
    editable,
)
from nnviz.session.examples import prepared
from nnviz.session.model import model_for
from nnviz.session.state import Moment, State, initial

LAST = 149


@pytest.fixture
def state() -> State:
    return initial(model_for(load("vehicles")), 6)


def after(state: State, *commands: Command) -> State:
    for command in commands:
        state = command.do(state)
    return state


def place(state: State) -> tuple[int, int]:
    return state.moment.example, state.moment.place


# Walking


@pytest.mark.parametrize("level", STORY_LEVELS)
def test_forward_through_an_example_and_back_meets_the_same_places(state, level):
    state = ShowLevel(level).do(state)
    places = [place(state)]
    while place(state)[0] == 6:
        state = StepForward().do(state)
        places.append(place(state))
    count = state.story.number(0, level)[1]
    assert len(places) == count + 2
    for expected in places[-2::-1]:
        state = StepBack().do(state)
        assert place(state) == expected


def test_a_step_of_another_level_than_the_one_shown(state):
    assert place(StepForward(Level.LAYER).do(state)) == (6, state.story.stops(Level.LAYER)[1])
    assert place(after(state, GoTo(30), StepBack(Level.LAYER))) == (6, 25)


def test_the_walk_ends_at_both_ends_of_the_set(state):
    first = GoToExample(0).do(state)
    assert StepBack().do(first) is first
    last = after(state, GoToExample(LAST), GoTo(10**9))
    assert StepForward().do(last) is last
    assert at_the_end(last)


def test_jumps_are_counted_in_steps_of_the_level_and_stay_within_the_example(state):
    assert place(Jump(10).do(state)) == (6, state.story.stops(Level.UNIT)[10])
    assert place(after(state, Jump(10), Jump(-3))) == (6, state.story.stops(Level.UNIT)[7])
    assert place(Jump(10**6).do(state)) == (6, state.story.length)
    assert place(Jump(-1).do(state)) == (6, 0)


@pytest.mark.parametrize(("number", "expected"), [(-1, 0), (0, 0), (27, 27), (49, 49), (1000, 49)])
def test_go_to_step(state, number, expected):
    assert place(GoToStep(number).do(state)) == (6, state.story.stops(Level.UNIT)[expected])


def test_go_to_a_place_clamps(state):
    assert [place(GoTo(at).do(state))[1] for at in (-1, 17, 10**9)] == [0, 17, state.story.length]


def test_go_to_where_a_number_comes_from(state):
    assert place(GoToSource(Address(Symbol.DELTA, 3, 2)).do(state)) == (
        6,
        state.story.first_place(Address(Symbol.DELTA, 3, 2)),
    )
    there = GoTo(20).do(state)
    assert GoToSource(Address(Symbol.THETA, 1, 1, 1)).do(there) is there


def test_another_example_begins_at_its_start_or_is_told_as_far(state):
    there = GoTo(50).do(state)
    assert place(GoToExample(9).do(there)) == (9, 0)
    assert place(NextExample().do(there)) == (7, 50)
    assert place(NextExample(-1).do(there)) == (5, 50)
    assert place(NextExample(-100).do(there)) == (0, 50)
    assert place(NextExample(1000).do(there)) == (LAST, 50)
    assert place(GoToExample(-3).do(there)) == (0, 0)


def test_play_and_pause(state):
    playing = Play().do(state)
    assert playing.playing
    assert StepForward().do(playing).playing
    assert not Pause().do(playing).playing
    for command in (GoTo(3), Jump(1), StepBack(), NextExample(), GoToExample(2), SetLambda(2.0), Reset()):
        assert not command.do(playing).playing, command


def test_playing_stops_at_the_very_end_and_begins_anew_from_there(state):
    end = after(state, GoToExample(LAST), GoTo(10**9))
    again = Play().do(end)
    assert (again.playing, place(again)) == (True, (LAST, 0))
    assert not after(again, GoTo(10**9), Pause(), StepForward()).playing


# Looking


def test_pointing_lights_and_moving_on_forgets(state):
    theta = Address(Symbol.THETA, 1, 1, 1)
    lit = PointAt(theta).do(state)
    assert lit.pointed == theta
    assert PointAt(Address(Symbol.THETA, 1, 1, 1)).do(lit) is lit
    assert StepForward().do(lit).pointed is None
    assert PointAt(None).do(lit).pointed is None


@pytest.mark.parametrize(
    ("command", "field", "value"),
    [
        (ShowTheme("projector"), "theme", "projector"),
        (Zoom(1.25), "zoom", 1.25),
        (Zoom(100.0), "zoom", 3.0),
        (Zoom(0.0), "zoom", 0.6),
        (SetSpeed(5.0), "speed", 5.0),
        (SetSpeed(1000.0), "speed", 20.0),
        (SetSpeed(0.0), "speed", 0.1),
        (ShowLanguage("octave"), "language", "octave"),
        (ShowWholeCode(True), "whole_code", True),
        (ShowCodeVersion("vectorised"), "code_version", "vectorised"),
        (ShowDigits(4), "digits", 4),
        (ShowDigits(0), "digits", 1),
        (ShowDigits(99), "digits", 6),
        (ReduceMotion(True), "reduced_motion", True),
    ],
)
def test_the_view_changes_and_nothing_else(state, command, field, value):
    seen = command.do(state)
    assert getattr(seen.view, field) == value
    assert (seen.model, seen.story, seen.moment) == (state.model, state.story, state.moment)
    assert command.do(seen) is seen
    assert not command.title


# Changing the model


def test_theta(state):
    edited = after(state, GoTo(30), SetTheta(2, 3, 0, -1.5))
    assert edited.model.network.theta(2)[2, 0] == -1.5
    assert edited.story.trace.network is edited.model.network
    assert place(edited) == (6, 30)
    assert state.model.network.theta(2)[2, 0] != -1.5


@pytest.mark.parametrize("value", [np.nan, np.inf, 2e6, -2e6])
def test_theta_out_of_bounds_is_refused(state, value):
    with pytest.raises(ValueError, match="Θ⁽1⁾"):
        SetTheta(1, 1, 1, value).do(state)


def test_input_in_the_datas_units(state):
    edited = SetInput(2, 999.0).do(state)
    assert edited.model.raw(6)[1] == 999.0
    np.testing.assert_allclose(edited.model.fitted.raw(edited.story.trace.a[0])[1], 999.0)
    assert state.model.raw(6)[1] != 999.0


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        (SetInput(0, 1.0), "feature is 0; expected 1 to 3"),
        (SetInput(4, 1.0), "feature is 4; expected 1 to 3"),
        (SetInput(1, np.inf), "speed"),
        (SetInput(1, 1e13), "speed is 1e\\+13"),
        (SetClass(-1), "label is -1; expected 0 to 3"),
        (SetClass(4), "label is 4; expected 0 to 3"),
        (SetHidden((0,)), "layer 2 has 0 units"),
        (SetHidden((1,) * 20), "sizes has 22 layers"),
        (SetActivation("step"), "activation is 'step'"),
        (SetSeed(-1), "seed is -1"),
        (SetLambda(-1.0), "λ is -1"),
        (SetLambda(np.nan), "λ is nan"),
        (SetLearningRate(np.inf), "α is inf"),
        (SetScaling("big"), "scaling is 'big'"),
    ],
)
def test_what_cannot_be_is_refused_in_words(state, command, problem):
    with pytest.raises(ValueError, match=problem):
        command.do(state)


def test_class(state):
    assert SetClass(3).do(state).story.trace.y.tolist() == [0, 0, 0, 1]
    gate = initial(model_for(load("and")))
    assert SetClass(1).do(gate).story.trace.y.tolist() == [1]
    with pytest.raises(ValueError, match="label is 2; expected 0 to 1"):
        SetClass(2).do(gate)


def test_hidden_layers(state):
    assert SetHidden((7, 2)).do(state).model.network.sizes == (3, 7, 2, 4)
    assert SetHidden(()).do(state).model.network.sizes == (3, 4)
    assert SetHidden((5, 5)).do(state) is state
    kept = after(state, SetActivation("tanh"), SetLambda(2.0), SetSeed(8), SetHidden((2,))).model
    assert (kept.network.activation_name, kept.lambda_, kept.seed) == ("tanh", 2.0, 8)


@pytest.mark.parametrize("name", [row.name for row in ACTIVATIONS if row.name != "sigmoid"])
def test_activation_keeps_theta(state, name):
    edited = SetActivation(name).do(state)
    assert edited.model.network.activation_name == edited.model.start.activation_name == name
    assert edited.model.network.thetas is state.model.network.thetas


def test_seed(state):
    other = SetSeed(5).do(state).model
    assert other.seed == 5
    assert other.network is other.start
    back = after(state, SetSeed(5), SetSeed(4)).model.network
    assert all(np.array_equal(a, b) for a, b in zip(back.thetas, state.model.network.thetas, strict=True))


def test_rates_and_scaling(state):
    edited = after(state, SetLambda(0.5), SetLearningRate(0.1), SetScaling("standard"))
    epoch = edited.story.trace.epoch
    assert (epoch.lambda_, epoch.learning_rate, edited.model.scaling) == (0.5, 0.1, "standard")
    np.testing.assert_allclose(edited.model.examples.X.mean(axis=0), 0.0, atol=1e-12)


def test_what_is_already_so_changes_nothing(state):
    model = state.model
    label = int(model.target(6).argmax())
    for command in (
        SetTheta(1, 2, 3, float(model.network.theta(1)[1, 3])),
        SetInput(1, float(model.raw(6)[0])),
        SetClass(label),
        SetActivation("sigmoid"),
        SetLambda(0.0),
        SetLearningRate(1.0),
        SetScaling("range"),
    ):
        assert command.do(state) is state, command


def test_other_data(state):
    other = after(state, SetSeed(8), SetLambda(3.0), GoTo(20), ChooseData(load("iris"), 99))
    assert (other.model.dataset.name, other.model.seed, other.model.lambda_) == ("iris", 8, 3.0)
    assert other.moment == Moment(0, 99, 0)
    assert ChooseData(load("and"), 99).do(state).moment.example == 3
    assert ChooseData(load("and"), -1).do(state).moment.example == 0
    ready = prepared(load("iris"))
    assert ChooseData(load("iris"), prepared=ready).do(state).model.examples is ready


def test_reset_returns_to_the_very_same_start(state):
    edited = after(state, SetTheta(1, 1, 1, 9.0), SetInput(1, 50.0), SetClass(0), GoTo(40), Play())
    back = Reset().do(edited)
    assert back.model.network is state.model.network
    assert not back.model.changed
    assert (back.playing, place(back)) == (False, (6, 0))
    assert np.array_equal(back.story.trace.h, state.story.trace.h)


def test_reset_of_an_unchanged_model_only_goes_back(state):
    back = after(state, GoTo(40), Reset())
    assert back.model is state.model
    assert place(back) == (6, 0)


def test_commands_that_can_be_undone_say_what_they_are_and_no_others():
    training = {"SetMethod", "SetBatch", "SetIterations", "SetStops", "SetTestShare", "SetSplitSeed"}
    training |= {
        "Train",
        "TrainBoth",
        "TrainOnce",
        "TrainOnwards",
        "ContinueFromHere",
        "PlantFault",
        "HideFault",
        "GuessLine",
    }
    for kind in Command.__subclasses__():
        undone = kind.__module__ == "nnviz.session.edits" or kind.__name__ in training
        assert bool(kind.title) == undone, kind.__name__


def test_what_can_be_edited(state):
    assert editable(state.story, Address(Symbol.THETA, 1, 1, 0))
    assert editable(state.story, Address(Symbol.A, 1, 2))
    assert not editable(state.story, Address(Symbol.A, 1, 0))
    assert not editable(state.story, Address(Symbol.A, 2, 1))
    assert not editable(state.story, Address(Symbol.DELTA, 3, 1))
    assert not editable(state.story, Address(Symbol.THETA, 1, 1))


@pytest.mark.parametrize(
    "address",
    [
        Address(Symbol.THETA, 0, 1, 1),
        Address(Symbol.THETA, 4, 1),
        Address(Symbol.D, 1, 6, 0),
        Address(Symbol.D, 1, 1, 4),
        Address(Symbol.A, 5, 1),
        Address(Symbol.DELTA, 3, 6),
    ],
)
def test_what_is_not_in_the_network_is_not_pointed_at(address):
    state = initial(model_for(load("vehicles")))
    there = Address(Symbol.THETA, 1, 5, 3)
    assert PointAt(there).do(state).pointed == there
    assert PointAt(address).do(PointAt(there).do(state)).pointed is None
