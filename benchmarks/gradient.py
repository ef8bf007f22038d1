"""The gradient against PyTorch's autograd and against its bare matrix products; entering a pass against a loop."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from benchmarks.measure import Comparison, Missing, Run
from nnviz.engine import Network, gradient
from nnviz.engine.epoch import Epoch, epoch
from nnviz.engine.trace import trace_in

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Problem:
    """A network, seeded, and m random examples."""

    sizes: tuple[int, ...]
    m: int

    def __str__(self) -> str:
        return f"gradient {'-'.join(map(str, self.sizes))}, m = {self.m:,}"

    @cached_property
    def network(self) -> Network:
        """With random Θ."""
        return Network.random(self.sizes, seed=1)

    @cached_property
    def examples(self) -> tuple[Array, Array]:
        """X of shape (m, s_1) and Y of shape (m, K), one 1 in each row."""
        generator = np.random.default_rng(0)
        X = generator.standard_normal((self.m, self.sizes[0]))
        return X, np.eye(self.sizes[-1])[generator.integers(0, self.sizes[-1], self.m)]


def with_torch(problem: Problem) -> Run:
    """Forward and backward in PyTorch, on tensors made beforehand, with one thread as ours; checked to give the same D.

    Of its ways this is the quickest: ``Module`` with ``zero_grad`` takes a third longer, ``autograd.grad`` a little.
    """
    try:
        import torch  # optional, and only needed here
    except ImportError:
        raise Missing("PyTorch is not installed") from None
    torch.set_num_threads(1)
    linear, sigmoid = torch.nn.functional.linear, torch.sigmoid
    loss = torch.nn.functional.binary_cross_entropy_with_logits
    X, Y = map(torch.tensor, problem.examples)
    biases = [torch.tensor(theta[:, 0]).requires_grad_() for theta in problem.network.thetas]
    weights = [torch.tensor(np.array(theta[:, 1:], order="C")).requires_grad_() for theta in problem.network.thetas]

    def run() -> None:
        for parameter in (*biases, *weights):
            parameter.grad = None
        a = X
        for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
            a = sigmoid(linear(a, weight, bias))
        (loss(linear(a, weights[-1], biases[-1]), Y, reduction="sum") / problem.m).backward()

    run()
    for D, bias, weight in zip(gradient(problem.network, *problem.examples), biases, weights, strict=True):
        np.testing.assert_allclose(D, np.column_stack([bias.grad, weight.grad]), rtol=0, atol=1e-12)
    return run


def products(problem: Problem) -> Run:
    """X Θᵀ, δ Θ and δᵀ a alone, on contiguous arrays without bias columns."""
    generator = np.random.default_rng(2)
    thetas = [np.ascontiguousarray(theta[:, 1:]) for theta in problem.network.thetas]
    a = [problem.examples[0], *(generator.random((problem.m, size)) for size in problem.sizes[1:-1])]
    delta = [generator.random((problem.m, size)) for size in problem.sizes[1:]]

    def run() -> None:
        for activations, theta in zip(a, thetas, strict=True):
            activations @ theta.T
        for d, theta in zip(delta[1:], thetas[1:], strict=True):
            d @ theta
        for d, activations in zip(delta, a, strict=True):
            d.T @ activations

    return run


def exponentials(problem: Problem) -> Run:
    """The bare products and e^z once for each unit: as little as a network of sigmoids can do with NumPy."""
    z = np.random.default_rng(3).standard_normal((problem.m, sum(problem.sizes[1:])))
    multiply = products(problem)

    def run() -> None:
        multiply()
        np.exp(z)

    return run


def entering() -> tuple[Run, Run]:
    """The last of 150 examples of a fresh pass, with Δ as it stands there; and Δ from what each single contributes."""
    problem = Problem((3, 5, 5, 4), 150)
    whole = epoch(problem.network, *problem.examples)
    last = problem.m - 1

    def at_once() -> object:
        fresh = Epoch(whole.network, whole.X, whole.Y)
        return fresh.accumulator(last), trace_in(fresh, last)

    def one_by_one() -> object:
        sums = [np.zeros_like(theta) for theta in whole.network.thetas]
        for example in range(last):
            for matrix, part in zip(sums, trace_in(whole, example).contribution, strict=True):
                matrix += part
        return sums, trace_in(whole, last)

    return at_once, one_by_one


def against(other: Callable[[Problem], Run], problem: Problem) -> Callable[[], tuple[Run, Run]]:
    """Sets up gradient and another run on the same problem."""
    return lambda: (lambda: gradient(problem.network, *problem.examples), other(problem))


ONE, SMALL = Problem((3, 5, 5, 4), 1), Problem((3, 5, 5, 4), 150)
DIGITS, LARGE = Problem((64, 25, 10), 1_797), Problem((784, 100, 10), 10_000)

BENCHMARKS = (
    Comparison(f"{ONE} : PyTorch", against(with_torch, ONE), 1 / 5),
    Comparison(f"{SMALL} : PyTorch", against(with_torch, SMALL), 1 / 5),
    Comparison(f"{DIGITS} : PyTorch", against(with_torch, DIGITS), 1.0),
    Comparison(f"{DIGITS} : its matrix products", against(products, DIGITS), 1.5),
    Comparison(f"{DIGITS} : products and e^z", against(exponentials, DIGITS), None),
    Comparison(f"{LARGE} : PyTorch", against(with_torch, LARGE), 1.0, rounds=15),
    Comparison(f"{LARGE} : its matrix products", against(products, LARGE), 1.5, rounds=15),
    Comparison("enter a pass at its last example : one by one", entering, 1 / 5, rounds=30),
)
