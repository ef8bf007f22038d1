"""The network refuses what does not fit, never changes, and unrolls as the course does."""

from dataclasses import FrozenInstanceError
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine import Network
from nnviz.engine.network import checked_seed, checked_sizes, parse_sizes
from tests.engine.problems import NAMES, assert_same

sizes_of_layers = st.lists(st.integers(1, 6), min_size=2, max_size=6).map(tuple)


def message_of(call, *arguments, **named):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 — the whole message is compared by the caller
        call(*arguments, **named)
    return str(caught.value)


# What it is.


@given(sizes_of_layers, st.sampled_from(NAMES))
def test_shapes(sizes, name):
    network = Network.random(sizes, seed=1, activation=name)
    assert network.sizes == sizes
    assert network.layers == len(sizes)
    assert network.outputs == sizes[-1]
    assert network.activation.name == name
    for layer, (inputs, outputs) in enumerate(pairwise(sizes), 1):
        assert network.theta(layer).shape == (outputs, inputs + 1)


def test_zeros():
    network = Network.zeros((3, 5, 4))
    assert network.sizes == (3, 5, 4)
    assert not network.unroll().any()


def test_no_hidden_layer_is_logistic_regression():
    assert Network.zeros((3, 1)).layers == 2


@pytest.mark.parametrize(("outputs", "said"), [(1, False), (2, True), (3, False)])
def test_two_outputs_are_explained(outputs, said):
    remark = Network.zeros((2, outputs)).remark()
    assert (remark is not None) is said
    if remark:
        assert "one would do" in remark


# It never changes.


def test_frozen():
    network = Network.random((2, 3, 1), seed=1)
    with pytest.raises(FrozenInstanceError):
        network.thetas = ()
    for theta in network.thetas:
        with pytest.raises(ValueError, match="read-only"):
            theta[0, 0] = 1


@pytest.mark.parametrize("make", ["from_thetas", "from_unrolled"])
def test_what_the_caller_keeps_is_not_shared(make):
    source = np.ones((2, 4)) if make == "from_thetas" else np.ones(8)
    network = Network.from_thetas([source]) if make == "from_thetas" else Network.from_unrolled(source, (3, 2))
    source[:] = 9
    assert (network.theta(1) == 1).all()


def test_changing_one_theta_makes_another_network():
    network = Network.random((2, 3, 2), seed=1, activation="tanh")
    other = network.with_theta(2, 1, 3, 0.25)
    assert other.theta(2)[0, 3] == 0.25
    assert network.theta(2)[0, 3] != 0.25
    assert other.theta(1) is network.theta(1)
    assert np.count_nonzero(other.unroll() != network.unroll()) == 1
    assert other.activation_name == "tanh"
    assert not other.theta(2).flags.writeable
    assert not np.shares_memory(other.theta(2), network.theta(2))


@pytest.mark.parametrize("place", [(0, 1, 0), (1, 0, 0), (1, 1, -1), (3, 1, 0), (1, 4, 0), (1, 1, 3)])
def test_there_is_no_theta_outside(place):
    with pytest.raises(IndexError):
        Network.zeros((2, 3, 1)).with_theta(*place, 1.0)


@pytest.mark.parametrize(
    ("value", "found"), [(np.nan, "nan"), (np.inf, "inf"), ("1", "<U1"), ([1], "(1,)"), (2j, "complex")]
)
def test_a_theta_is_a_finite_number(value, found):
    message = message_of(Network.zeros((2, 3, 1)).with_theta, 1, 2, 0, value)
    assert message.startswith("Theta1[2, 0] ")
    assert found in message


def test_another_activation_keeps_theta():
    network = Network.random((2, 3, 1), seed=1)
    other = network.with_activation("relu")
    assert other.thetas is network.thetas
    assert other.activation.title == "ReLU"
    assert network.activation.name == "sigmoid"


# Unrolled and back.


@given(sizes_of_layers, st.sampled_from(["F", "C"]), st.sampled_from(NAMES))
def test_from_unrolled_is_the_reverse_of_unroll(sizes, order, name):
    network = Network.random(sizes, seed=3, activation=name)
    vector = network.unroll(order)
    back = Network.from_unrolled(vector, sizes, order=order, activation=name)
    assert_same(back.thetas, network.thetas)
    assert back.activation_name == name
    np.testing.assert_array_equal(back.unroll(order), vector)


def test_columns_come_first_and_theta1_before_theta2():
    network = Network.from_thetas([[[1, 2, 3], [4, 5, 6]], [[7, 8, 9]]])
    assert network.unroll().tolist() == [1, 4, 2, 5, 3, 6, 7, 8, 9]
    assert network.unroll("C").tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_the_unrolled_vector_is_the_callers_own():
    network = Network.zeros((2, 1))
    vector = network.unroll()
    vector[:] = 5
    assert not network.unroll().any()


# What is refused.


@pytest.mark.parametrize(
    ("thetas", "message"),
    [
        ([], "thetas is empty; expected at least one matrix, Theta1."),
        ([[1, 2, 3]], "Theta1 has shape (3,); expected (m, m)."),
        ([np.ones((2, 3)), np.ones((1, 4))], "Theta2 has shape (1, 4); expected (m, 3)."),
        ([np.ones((2, 1))], "layer 1 has 0 units; expected 1 to 10000."),
        ([np.ones((0, 3))], "layer 2 has 0 units; expected 1 to 10000."),
        ([[[1, np.nan]]], "Theta1 holds nan at index (0, 1); expected finite numbers."),
        ([np.ones((2, 2)), [[1, 2, np.inf]]], "Theta2 holds inf at index (0, 2); expected finite numbers."),
        ([np.ones((1, 2))] * 12, "sizes has 13 layers; expected 2 to 12, input and output included."),
    ],
)
def test_thetas_that_do_not_fit(thetas, message):
    assert message_of(Network.from_thetas, thetas) == message


@pytest.mark.parametrize("theta", [[[1, 2], [3]], [["a", "b"]], [[1, 2j]]])
def test_thetas_that_are_no_matrices_of_real_numbers(theta):
    assert message_of(Network.from_thetas, [theta]).startswith("Theta1 is not an array of real numbers")


@pytest.mark.parametrize(
    ("vector", "message"),
    [
        (np.ones(7), "theta has shape (7,); expected (8,)."),
        (np.ones((2, 4)), "theta has shape (2, 4); expected (8,)."),
        ([np.nan] * 8, "theta holds nan at index (0,); expected finite numbers."),
    ],
)
def test_unrolled_vectors_that_do_not_fit(vector, message):
    assert message_of(Network.from_unrolled, vector, (3, 2)) == message


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ((), "sizes has 0 layers; expected 2 to 12, input and output included."),
        ((3,), "sizes has 1 layer; expected 2 to 12, input and output included."),
        ((2,) * 13, "sizes has 13 layers; expected 2 to 12, input and output included."),
        ((3, 0, 2), "layer 2 has 0 units; expected 1 to 10000."),
        ((3, -1), "layer 2 has -1 units; expected 1 to 10000."),
        ((3, 10_001), "layer 2 has 10001 units; expected 1 to 10000."),
        ((3, 2.5), "sizes is (3, 2.5); expected whole numbers such as (3, 5, 5, 4)."),
        ("3-5", "sizes is '3-5'; expected whole numbers such as (3, 5, 5, 4)."),
        (3, "sizes is 3; expected whole numbers such as (3, 5, 5, 4)."),
        (None, "sizes is None; expected whole numbers such as (3, 5, 5, 4)."),
    ],
)
@pytest.mark.parametrize(
    "call",
    [
        checked_sizes,
        Network.zeros,
        lambda sizes: Network.random(sizes, seed=1),
        lambda sizes: Network.from_unrolled([1.0], sizes),
    ],
    ids=["checked_sizes", "zeros", "random", "from_unrolled"],
)
def test_sizes_that_are_none(call, sizes, message):
    assert message_of(call, sizes) == message


def test_sizes_of_numpy_are_whole_numbers_too():
    assert checked_sizes(np.array([3, 4])) == (3, 4)


@pytest.mark.parametrize(
    ("seed", "message"),
    [
        (-1, "seed is -1; expected 0 to 4294967295."),
        (2**32, "seed is 4294967296; expected 0 to 4294967295."),
        (1.5, "seed is 1.5; expected a whole number."),
        ("4", "seed is '4'; expected a whole number."),
        (None, "seed is None; expected a whole number."),
    ],
)
def test_seeds_that_are_none(seed, message):
    assert message_of(checked_seed, seed) == message
    assert message_of(Network.random, (2, 1), seed=seed) == message


@pytest.mark.parametrize(
    ("epsilon", "message"),
    [
        (-0.1, "epsilon is -0.1; expected a finite number, 0 or larger."),
        (np.nan, "epsilon holds nan at index (); expected finite numbers."),
        ("a", "epsilon is not an array of real numbers (<U1 found; expected real numbers)."),
        ([1, 2], "epsilon has shape (2,); expected ()."),
    ],
)
def test_bounds_that_are_none(epsilon, message):
    assert message_of(Network.random, (2, 1), seed=1, epsilon=epsilon) == message


@pytest.mark.parametrize(
    "make",
    [
        lambda name: Network.zeros((2, 1), activation=name),
        lambda name: Network.random((2, 1), seed=1, activation=name),
        lambda name: Network.from_thetas([[[1, 2]]], activation=name),
        lambda name: Network.from_unrolled([1, 2], (1, 1), activation=name),
        lambda name: Network.zeros((2, 1)).with_activation(name),
    ],
)
def test_an_unknown_activation_is_refused_when_a_network_is_made(make):
    assert message_of(make, "gelu") == "activation is 'gelu'; expected one of sigmoid, tanh, relu, linear."


# Sizes as they are written.


@pytest.mark.parametrize(
    ("text", "sizes"),
    [("3-5-5-4", (3, 5, 5, 4)), (" 2-1 ", (2, 1)), ("784–100–10", (784, 100, 10)), ("3 - 5 - 4", (3, 5, 4))],
)
def test_sizes_from_text(text, sizes):
    assert parse_sizes(text) == sizes


@given(sizes_of_layers)
def test_sizes_there_and_back(sizes):
    assert parse_sizes("-".join(map(str, sizes))) == sizes


@pytest.mark.parametrize("text", ["", "a", "3,5,4", "3--4", "-3-4", "3-5.5", "3x4"])
def test_text_that_is_no_sizes(text):
    assert message_of(parse_sizes, text) == f"network is {text!r}; expected layer sizes such as 3-5-5-4."


@pytest.mark.parametrize(("text", "found"), [("3", "sizes has 1 layer"), ("3-0", "layer 2 has 0 units")])
def test_text_of_impossible_sizes(text, found):
    assert message_of(parse_sizes, text).startswith(found)
