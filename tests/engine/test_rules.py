"""Each rule against a transcription of its source in a few lines, and against PyTorch's optimisers."""

import math

import numpy as np
import pytest

from nnviz.engine import batch_rows, gradient, train
from tests.engine.problems import assert_close, flat, problem

TASK = problem((3, 5, 4), m=20, lambda_=0.3)
COUNT = 30


def D(task, vector, rows=slice(None)):
    """∂J/∂Θ at *vector*, over some rows; weight decay as over all of them."""
    network = type(task.network).from_unrolled(vector, task.network.sizes, order="C")
    X, Y = task.X[rows], task.Y[rows]
    return flat(gradient(network, X, Y, task.lambda_ * (len(X) / len(task.X))))


def gradient_descent(theta, slope, alpha):
    for k in range(COUNT):
        theta = theta - alpha * slope(theta, k)
    return theta


def momentum(theta, slope, alpha):
    speed = 0.0
    for k in range(COUNT):
        speed = 0.9 * speed - alpha * slope(theta, k)
        theta = theta + speed
    return theta


def nesterov(theta, slope, alpha):
    """As Nesterov has it: the gradient is taken ahead, at Θ + 0.9 v; what is compared is that point."""
    speed, ahead = 0.0, theta
    for k in range(COUNT):
        speed = 0.9 * speed - alpha * slope(ahead, k)
        theta = theta + speed
        ahead = theta + 0.9 * speed
    return ahead


def rmsprop(theta, slope, alpha):
    mean_square = 0.0
    for k in range(COUNT):
        g = slope(theta, k)
        mean_square = 0.9 * mean_square + 0.1 * g**2
        theta = theta - alpha * g / (np.sqrt(mean_square) + 1e-8)
    return theta


def adam(theta, slope, alpha):
    first, second = 0.0, 0.0
    for k in range(COUNT):
        g = slope(theta, k)
        first, second = 0.9 * first + 0.1 * g, 0.999 * second + 0.001 * g**2
        corrected = first / (1 - 0.9 ** (k + 1)), second / (1 - 0.999 ** (k + 1))
        theta = theta - alpha * corrected[0] / (np.sqrt(corrected[1]) + 1e-8)
    return theta


TRANSCRIPTIONS = {
    "gradient-descent": gradient_descent,
    "momentum": momentum,
    "nesterov": nesterov,
    "rmsprop": rmsprop,
    "adam": adam,
}


@pytest.mark.parametrize("method", TRANSCRIPTIONS)
@pytest.mark.parametrize("batch", [None, 1, 6])
def test_first_iterations_are_those_of_the_source(method, batch):
    *_, last = train(
        *TASK.arguments[:3],
        method=method,
        learning_rate=0.05,
        lambda_=TASK.lambda_,
        batch=batch,
        seed=3,
        iterations=COUNT,
    )
    slope = lambda theta, k: D(TASK, theta, batch_rows(k, 20, batch, 3))  # noqa: E731
    expected = TRANSCRIPTIONS[method](TASK.network.unroll("C"), slope, 0.05)
    assert_close(last.network.unroll("C"), expected, 500_000)


def torch_optimiser(torch, method, parameters):
    return {
        "gradient-descent": lambda: torch.optim.SGD(parameters, lr=0.05),
        "momentum": lambda: torch.optim.SGD(parameters, lr=0.05, momentum=0.9),
        "nesterov": lambda: torch.optim.SGD(parameters, lr=0.05, momentum=0.9, nesterov=True),
        "rmsprop": lambda: torch.optim.RMSprop(parameters, lr=0.05, alpha=0.9, eps=1e-8),
        "adam": lambda: torch.optim.Adam(parameters, lr=0.05, betas=(0.9, 0.999), eps=1e-8),
    }[method]()


@pytest.mark.parametrize("method", TRANSCRIPTIONS)
@pytest.mark.parametrize("batch", [None, 6])
def test_first_iterations_are_those_of_pytorch(method, batch):
    """PyTorch's own gradient, too: only the order of the examples is ours."""
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    thetas = [torch.tensor(theta.copy(), requires_grad=True) for theta in TASK.network.thetas]
    X, Y = torch.tensor(TASK.X), torch.tensor(TASK.Y)
    optimiser = torch_optimiser(torch, method, thetas)
    for k in range(COUNT):
        rows = torch.tensor(batch_rows(k, 20, batch, 3))
        optimiser.zero_grad()
        a = torch.sigmoid(X[rows] @ thetas[0][:, 1:].T + thetas[0][:, 0])
        z = a @ thetas[1][:, 1:].T + thetas[1][:, 0]
        loss = torch.nn.functional.binary_cross_entropy_with_logits(z, Y[rows], reduction="sum") / len(rows)
        loss = loss + TASK.lambda_ / 40 * sum((theta[:, 1:] ** 2).sum() for theta in thetas)
        loss.backward()
        optimiser.step()
    *_, last = train(
        *TASK.arguments[:3],
        method=method,
        learning_rate=0.05,
        lambda_=TASK.lambda_,
        batch=batch,
        seed=3,
        iterations=COUNT,
    )
    assert_close(flat(last.network.thetas), flat([theta.detach().numpy() for theta in thetas]), 500_000)


def test_adam_s_first_step_is_alpha_in_every_entry():
    """v̂ = D and ŝ = D², so each entry moves by α·D/|D|, whatever its size."""
    first, second = train(*TASK.arguments[:3], method="adam", learning_rate=0.01, iterations=1)
    moved = np.abs(second.network.unroll() - first.network.unroll())
    np.testing.assert_allclose(moved, 0.01, rtol=1e-3)


def test_momentum_in_a_constant_slope_reaches_ten_times_the_speed():
    """v = D (1 + 0.9 + 0.81 + …) = 10 D: with a J that is nearly a plane, ten times as far an update."""
    task = problem((1, 1), m=1, epsilon=1e-9)
    items = list(train(*task.arguments[:3], method="momentum", learning_rate=1e-9, iterations=200))
    steps = [abs(items[k + 1].network.unroll()[0] - items[k].network.unroll()[0]) for k in (0, 199)]
    assert math.isclose(steps[1] / steps[0], 10.0, rel_tol=1e-3)
