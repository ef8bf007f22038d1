"""J, D and predictions over all examples: against differences, against singles, and what is refused."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from nnviz.engine import Network, accuracy, cost, cost_function, gradient, predict, trace
from nnviz.engine.epoch import epoch
from nnviz.engine.propagation import hypothesis, one_hot
from tests.engine.problems import NAMES, assert_close, assert_same, assert_thetas_close, flat, problem, problems

COMPLEX = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.where(z.real > 0, z, 0),
    "linear": lambda z: z,
}


def course_cost(thetas, X, Y, lambda_, name):
    """J as the course writes it, one example and one unit after another; takes complex Θ."""
    m, J = len(X), 0
    for x, y in zip(X, Y, strict=True):
        a = x
        for theta in thetas[:-1]:
            a = COMPLEX[name](theta @ np.append(1, a))
        h = COMPLEX["sigmoid"](thetas[-1] @ np.append(1, a))
        J = J - (y * np.log(h) + (1 - y) * np.log(1 - h)).sum() / m
    return J + lambda_ / (2 * m) * sum((theta[:, 1:] ** 2).sum() for theta in thetas)


def complex_step(task):
    """∂J/∂Θ to rounding, for h = 1e-20 subtracts nothing."""
    thetas = [theta.astype(complex) for theta in task.network.thetas]
    D = [np.empty(theta.shape) for theta in thetas]
    for theta, matrix in zip(thetas, D, strict=True):
        for place in np.ndindex(theta.shape):
            kept = theta[place]
            theta[place] = kept + 1e-20j
            J = course_cost(thetas, task.X, task.Y, task.lambda_, task.network.activation_name)
            theta[place] = kept
            matrix[place] = J.imag / 1e-20
    return D


# Right.


@settings(max_examples=80)
@given(problems(widest=4, most_examples=3, most_outputs=3))
def test_gradient_is_the_derivative_of_the_cost_of_the_course(task):
    D, expected = gradient(*task.arguments), complex_step(task)
    scale = max(float(np.abs(flat(expected)).max()), 1e-3)  # where all of D cancels, as beside the terms it is made of
    assert_close(flat(D), flat(expected), 2000, scale)


@settings(max_examples=60)
@given(problems())
def test_cost_is_the_cost_of_the_course(task):
    name = task.network.activation_name
    expected = course_cost(task.network.thetas, task.X, task.Y, task.lambda_, name)
    assert cost(*task.arguments).total == pytest.approx(float(expected), rel=1e-12)


@pytest.mark.parametrize("sizes", [(3, 1), (3, 4), (2, 3, 1), (3, 5, 2), (3, 5, 5, 4), (2, 3, 3, 3, 3, 3)])
@pytest.mark.parametrize("name", NAMES)
def test_two_sided_differences_of_our_own_cost(sizes, name):
    task, step = problem(sizes, m=4, seed=6, activation=name, lambda_=0.7), 1e-5
    theta = task.network.unroll()

    def J(vector):
        return cost_function(vector, sizes, task.X, task.Y, task.lambda_, activation=name)[0]

    slope = cost_function(theta, sizes, task.X, task.Y, task.lambda_, activation=name)[1]
    numeric = [(J(theta + move) - J(theta - move)) / (2 * step) for move in step * np.eye(len(theta))]
    np.testing.assert_allclose(slope, numeric, rtol=0, atol=1e-9)


def test_by_hand():
    """2-1 with Θ = (0, ln 3, 0), x = (1, 5): z = ln 3, h = 3/4. y = 1: J = ln 4/3, δ = −1/4, D = (−1/4, −1/4, −5/4)."""
    network = Network.from_thetas([[[0, math.log(3), 0]]])
    assert hypothesis(network, [[1, 5]])[0, 0] == pytest.approx(0.75)
    assert cost(network, [[1, 5]], [1]).total == pytest.approx(math.log(4 / 3))
    np.testing.assert_allclose(gradient(network, [[1, 5]], [1])[0], [[-0.25, -0.25, -1.25]])


# The slip of the course's slide.


def test_gradient_is_delta_plus_lambda_theta_over_m_and_not_the_slides():
    """D = Δ/m + λΘ is not the derivative of the course's own J; (Δ + λΘ)/m is, and the bias column has no λ."""
    task = problem((3, 5, 4), m=5, lambda_=1.5)
    sums = epoch(task.network, task.X, task.Y).accumulator(5)
    decayed = [np.insert(theta[:, 1:], 0, 0.0, axis=1) for theta in task.network.thetas]
    ours = [(total + 1.5 * theta) / 5 for total, theta in zip(sums, decayed, strict=True)]
    slide = [total / 5 + 1.5 * theta for total, theta in zip(sums, decayed, strict=True)]
    everywhere = [(total + 1.5 * theta) / 5 for total, theta in zip(sums, task.network.thetas, strict=True)]
    D, truth = gradient(*task.arguments), complex_step(task)
    assert_thetas_close(D, ours, 8)
    assert_thetas_close(D, truth, 100)
    assert np.abs(flat(slide) - flat(truth)).max() > 0.1
    assert np.abs(flat(everywhere) - flat(truth)).max() > 0.1


# A batch is the sum of its examples.


@given(problems(most_examples=8))
def test_batch_is_the_sum_of_singles(task):
    m = len(task.X)
    singles = [gradient(task.network, task.X[i : i + 1], task.Y[i : i + 1]) for i in range(m)]
    mean = [sum(matrices) / m for matrices in zip(*singles, strict=True)]
    D = gradient(task.network, task.X, task.Y)
    assert_close(flat(D), flat(mean), 100, max(1e-3, *(np.abs(flat(single)).max() for single in singles)))
    costs = [cost(task.network, task.X[i : i + 1], task.Y[i : i + 1]).total for i in range(m)]
    assert cost(task.network, task.X, task.Y).total == pytest.approx(sum(costs) / m, rel=1e-13)


@pytest.mark.parametrize(
    ("sizes", "m"),
    [
        *[((3, 5, 4), m) for m in (449, 450, 451, 511, 512, 513, 1500)],
        ((40, 5, 4), 901),
        ((60, 50, 4), 1500),
        ((60, 50, 4), 1501),
    ],
)
def test_many_examples_are_their_parts(sizes, m):
    """However many are taken at once inside: cut at 100, and the parts weigh as many as they hold."""
    task = problem(sizes, m=m)
    parts = [(task.network, task.X[part], task.Y[part]) for part in (slice(100), slice(100, None))]
    sums = [[len(X) * matrix for matrix in gradient(network, X, Y)] for network, X, Y in parts]
    D = [(first + second) / m for first, second in zip(*sums, strict=True)]
    assert_close(flat(gradient(task.network, task.X, task.Y)), flat(D), 500, 1.0)
    J = sum(len(X) * cost(network, X, Y).total for network, X, Y in parts) / m
    assert cost(task.network, task.X, task.Y).total == pytest.approx(J, rel=1e-13)
    found = cost_function(task.network.unroll(), task.network.sizes, task.X, task.Y)
    assert found[0] == cost(task.network, task.X, task.Y).total
    assert_close(epoch(task.network, task.X, task.Y).accumulator(m)[0], m * D[0], 500, m)
    assert len(predict(task.network, task.X)) == m


@pytest.mark.parametrize("inputs", [31, 32, 40])
@pytest.mark.parametrize("gaps", [1, 2])
def test_many_inputs_are_as_few_if_the_others_are_0(inputs, gaps):
    """A wide X goes another way; and what does not lie row by row in memory is no obstacle."""
    task = problem((3, 5, 4), m=7, lambda_=1.0)
    Theta1 = np.zeros((5, inputs + 1))
    Theta1[:, :4] = task.network.theta(1)
    X = np.zeros((7, inputs * gaps))[:, ::gaps]
    X[:, :3] = task.X
    D = gradient(Network.from_thetas([Theta1, task.network.theta(2)]), X, task.Y, task.lambda_)
    assert_thetas_close([D[0][:, :4], D[1]], gradient(*task.arguments), 20)
    assert not D[0][:, 4:].any()


def test_one_example_of_many_inputs_is_its_trace_bit_for_bit():
    task = problem((40, 5, 4), m=1)
    told = trace(task.network, task.X[0], task.Y[0])
    assert_same(told.contribution, gradient(task.network, task.X, task.Y))
    np.testing.assert_array_equal(told.a[0], task.X[0])


@given(problems())
def test_one_example_is_its_trace_bit_for_bit(task):
    x, y = task.X[0], task.Y[0]
    told = trace(task.network, x, y)
    assert_same(told.contribution, gradient(task.network, x[None], y[None]))
    np.testing.assert_array_equal(told.h, hypothesis(task.network, x[None])[0])
    assert_close(told.cost, cost(task.network, x[None], y[None]).total, 4)


@given(problems())
def test_cost_function_is_cost_and_gradient_bit_for_bit(task):
    J, slope = cost_function(
        task.network.unroll(),
        task.network.sizes,
        task.X,
        task.Y,
        task.lambda_,
        activation=task.network.activation_name,
    )
    assert cost(*task.arguments).total == J
    np.testing.assert_array_equal(slope, Network.from_thetas(gradient(*task.arguments)).unroll())


@given(problems(), st.randoms(use_true_random=False))
def test_order_of_examples_does_not_matter(task, random):
    order = list(range(len(task.X)))
    random.shuffle(order)
    D = gradient(*task.arguments)
    other = gradient(task.network, task.X[order], task.Y[order], task.lambda_)
    assert_close(flat(other), flat(D), 200, max(1e-2, np.abs(flat(D)).max()))


def test_hidden_units_that_start_equal_stay_equal_for_a_step():
    D = gradient(Network.zeros((3, 4, 2)), np.arange(12.0).reshape(4, 3), [1, 2, 1, 2])
    assert (D[0] == D[0][0]).all()
    assert (D[1][:, 1:] == D[1][:, 1:2]).all()


# What comes out.


def test_shapes_and_types():
    task = problem((3, 5, 5, 4), m=6)
    D = gradient(*task.arguments)
    assert [matrix.shape for matrix in D] == [theta.shape for theta in task.network.thetas]
    assert hypothesis(task.network, task.X).shape == (6, 4)
    assert predict(task.network, task.X).shape == (6,)
    assert predict(task.network, task.X).dtype == np.int64
    assert all(type(part) is float for part in cost(*task.arguments))
    assert type(accuracy(task.network, task.X, task.Y)) is float
    J, slope = cost_function(task.network.unroll(), task.network.sizes, task.X, task.Y)
    assert type(J) is float
    assert slope.shape == task.network.unroll().shape


def test_results_are_read_only_and_arguments_untouched():
    task = problem((3, 5, 4), lambda_=1.0)
    X, Y = task.X.copy(), task.Y.copy()
    for matrix in gradient(*task.arguments):
        with pytest.raises(ValueError, match="read-only"):
            matrix[0, 0] = 1
    cost(*task.arguments)
    predict(task.network, task.X)
    np.testing.assert_array_equal(task.X, X)
    np.testing.assert_array_equal(task.Y, Y)


@pytest.mark.parametrize("name", NAMES)
def test_read_only_and_odd_layouts_of_memory_give_the_same(name):
    task = problem((3, 5, 4), m=6, activation=name)
    wide = np.repeat(task.X, 2, axis=1)[:, ::2]
    wide.setflags(write=False)
    for X in (wide, np.asfortranarray(task.X), task.X.tolist()):
        assert_thetas_close(gradient(task.network, X, task.Y.tolist()), gradient(*task.arguments), 20)


def test_predictions_are_labels_from_1():
    network = Network.from_thetas([[[0, 1, 0], [0, 0, 1], [0.5, 0, 0]]])
    assert predict(network, [[2, 1], [1, 2], [-1, -1]]).tolist() == [1, 2, 3]
    assert accuracy(network, [[2, 1], [1, 2], [-1, -1]], [1, 2, 1]) == pytest.approx(2 / 3)
    assert accuracy(network, [[2, 1], [1, 2]], np.eye(3)[:2]) == 1.0


def test_one_output_predicts_0_or_1():
    network = Network.from_thetas([[[0, 1]]])
    assert predict(network, [[-1], [0], [1]]).tolist() == [0, 1, 1]
    assert accuracy(network, [[-1], [1]], [0, 1]) == 1.0
    assert accuracy(network, [[-1], [1]], [[1], [1]]) == 0.5


def test_predictions_tell_saturated_outputs_apart():
    network = Network.from_thetas([[[100, 0], [101, 0], [99, 0]]])
    assert hypothesis(network, [[0]]).tolist() == [[1, 1, 1]]
    assert predict(network, [[0]]).tolist() == [2]


def test_labels_become_rows():
    assert one_hot("Y", np.array([2.0, 1, 3]), 3).tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 1]]
    assert one_hot("Y", np.array([0.0, 1]), 1).tolist() == [[0], [1]]


def test_scipy_minimises_it():
    X, y = [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1]
    start = Network.random((2, 2, 1), seed=1).unroll()
    found = minimize(cost_function, start, args=((2, 2, 1), X, y, 1e-3), jac=True, method="L-BFGS-B")
    assert found.success
    assert np.abs(found.jac).max() < 1e-4
    assert predict(Network.from_unrolled(found.x, (2, 2, 1)), X).tolist() == y


# What is refused. Every entrance says the same.

X, Y = [[1.0, 2.0], [3.0, 4.0]], [[1, 0, 0], [0, 0, 1]]
NETWORK = Network.zeros((2, 3))
ENTRANCES = {
    "cost": cost,
    "gradient": gradient,
    "cost_function": lambda network, *arguments: cost_function(network.unroll(), network.sizes, *arguments),
    "epoch": epoch,
    "accuracy": accuracy,
}

REFUSED_X = [
    ([[1, 2, 3]], "X has shape (1, 3); expected (m, 2)."),
    ([1, 2], "X has shape (2,); expected (m, 2)."),
    (3.0, "X has shape (); expected (m, 2)."),
    (np.empty((0, 2)), "X has no rows; expected at least one example."),
    ([], "X has shape (0,); expected (m, 2)."),
    ([[1, np.nan], [3, 4]], "X holds nan at index (0, 1); expected finite numbers."),
    ([[1, 2], [-np.inf, 4]], "X holds -inf at index (1, 0); expected finite numbers."),
    ([[1, 2], [3]], "X is not an array of real numbers ("),
    ([[1, 2], [3, 4j]], "X is not an array of real numbers (complex128 found; expected real numbers)."),
    ([["1", "2"]], "X is not an array of real numbers (<U1 found; expected real numbers)."),
    (None, "X is not an array of real numbers (NoneType found; expected real numbers)."),
]
REFUSED_Y = [
    ([1, 4], "Y holds the label 4 at index (1,); expected 1 to 3."),
    ([0, 1], "Y holds the label 0 at index (0,); expected 1 to 3."),
    ([1, 1.5], "Y holds the label 1.5 at index (1,); expected 1 to 3."),
    ([-1, 1], "Y holds the label -1 at index (0,); expected 1 to 3."),
    ([1, 2, 3], "Y has shape (3,); expected (2,)."),
    ([[1, 0], [0, 1]], "Y has shape (2, 2); expected (2, 3)."),
    ([[1, 0, 0]], "Y has shape (1, 3); expected (2, 3)."),
    ([[1, 0, 0], [0, 0, 2]], "Y holds 2; expected entries from 0 to 1, or a vector of labels 1 to 3."),
    ([[1, 0, 0], [0, 0, -0.5]], "Y holds -0.5; expected entries from 0 to 1, or a vector of labels 1 to 3."),
    ([[1, 0, np.nan], [0, 0, 1]], "Y holds nan at index (0, 2); expected finite numbers."),
    ([1, np.inf], "Y holds inf at index (1,); expected finite numbers."),
    ([[1, 0, 0], [0, 1]], "Y is not an array of real numbers ("),
    (["car", "truck"], "Y is not an array of real numbers (<U5 found; expected real numbers)."),
    ([1j, 2], "Y is not an array of real numbers (complex128 found; expected real numbers)."),
    (1, "Y has shape (); expected (2, 3)."),
    ([], "Y has shape (0,); expected (2,)."),
]
REFUSED_LAMBDA = [
    (-1, "lambda_ is -1; expected a finite number, 0 or larger."),
    (-1e-9, "lambda_ is -1e-09; expected a finite number, 0 or larger."),
    (np.nan, "lambda_ is nan; expected a finite number, 0 or larger."),
    (np.inf, "lambda_ is inf; expected a finite number, 0 or larger."),
    ("0.1", "lambda_ is '0.1'; expected a number, 0 or larger."),
    (None, "lambda_ is None; expected a number, 0 or larger."),
    (1j, "lambda_ is 1j; expected a number, 0 or larger."),
]
everywhere = pytest.mark.parametrize("call", ENTRANCES.values(), ids=ENTRANCES)


def message_of(call, *arguments):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 — the whole message is compared by the caller
        call(*arguments)
    return str(caught.value)


@everywhere
@pytest.mark.parametrize(("wrong", "message"), REFUSED_X)
def test_wrong_x(call, wrong, message):
    assert message_of(call, NETWORK, wrong, Y).startswith(message)


@pytest.mark.parametrize("call", [predict, hypothesis])
@pytest.mark.parametrize(("wrong", "message"), REFUSED_X)
def test_wrong_x_to_predict(call, wrong, message):
    assert message_of(call, NETWORK, wrong).startswith(message)


@everywhere
@pytest.mark.parametrize(("wrong", "message"), REFUSED_Y)
def test_wrong_y(call, wrong, message):
    assert message_of(call, NETWORK, X, wrong).startswith(message)


@everywhere
def test_one_output_takes_labels_0_and_1(call):
    network = Network.zeros((2, 1))
    call(network, X, [0, 1])
    call(network, X, [[0], [0.5]])
    assert message_of(call, network, X, [1, 2]) == "Y holds the label 2 at index (1,); expected 0 to 1."


@pytest.mark.parametrize("call", [cost, gradient, ENTRANCES["cost_function"], epoch])
@pytest.mark.parametrize(("wrong", "message"), REFUSED_LAMBDA)
def test_wrong_lambda(call, wrong, message):
    assert message_of(call, NETWORK, X, Y, wrong) == message


@pytest.mark.parametrize(
    ("theta", "message"),
    [
        (np.zeros(8), "theta has shape (8,); expected (9,)."),
        (np.zeros((3, 3)), "theta has shape (3, 3); expected (9,)."),
        ([np.nan] + [0] * 8, "theta holds nan at index (0,); expected finite numbers."),
        ([1j] * 9, "theta is not an array of real numbers (complex128 found; expected real numbers)."),
    ],
)
def test_wrong_theta(theta, message):
    assert message_of(cost_function, theta, (2, 3), X, Y) == message


def test_wrong_sizes_and_activation():
    assert message_of(cost_function, np.zeros(9), (2,), X, Y).startswith("sizes has 1 layer; expected 2 to 12")
    with pytest.raises(ValueError, match=r"^activation is 'swish'; expected one of sigmoid, tanh, relu, linear\.$"):
        cost_function(np.zeros(9), (2, 3), X, Y, activation="swish")
