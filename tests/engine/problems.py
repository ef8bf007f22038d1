"""Random problems (a network, examples and λ) for property tests, and how close is close enough."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from nnviz.engine import Network
from nnviz.engine.activations import ACTIVATIONS

EPS = float(np.finfo(np.float64).eps)
NAMES = tuple(row.name for row in ACTIVATIONS)


@dataclass(frozen=True, eq=False)
class Problem:
    """X of shape (m, s_1), Y of shape (m, K) with entries 0 and 1, or anything between."""

    network: Network
    X: np.ndarray
    Y: np.ndarray
    lambda_: float

    @property
    def arguments(self):
        return self.network, self.X, self.Y, self.lambda_

    def __repr__(self) -> str:
        sizes = "-".join(map(str, self.network.sizes))
        return f"<{sizes} {self.network.activation_name}, m = {len(self.X)}, λ = {self.lambda_}>"


def problem(sizes, m=5, *, seed=1, activation="sigmoid", lambda_=0.0, soft=False, epsilon=None) -> Problem:
    generator = np.random.default_rng(seed)
    network = Network.random(sizes, seed=seed, activation=activation, epsilon=epsilon)
    X = generator.normal(size=(m, sizes[0]))
    Y = generator.random((m, sizes[-1]))
    return Problem(network, X, Y if soft else np.round(Y), lambda_)


@st.composite
def problems(draw, most_hidden=4, widest=5, most_examples=6, most_outputs=4):
    """Any depth from no hidden layer to *most_hidden*, K from 1, every activation, with and without λ."""
    hidden = draw(st.lists(st.integers(1, widest), max_size=most_hidden))
    sizes = (draw(st.integers(1, widest)), *hidden, draw(st.integers(1, most_outputs)))
    return problem(
        sizes,
        draw(st.integers(1, most_examples)),
        seed=draw(st.integers(0, 2**32 - 1)),
        activation=draw(st.sampled_from(NAMES)),
        lambda_=draw(st.sampled_from((0.0, 0.03, 1.0, 7.5))),
        soft=draw(st.booleans()),
    )


def assert_close(found, expected, units: float, scale: float | None = None) -> None:
    """Every component within *units* · eps of the largest component (or of *scale*)."""
    found, expected = np.asarray(found, float), np.asarray(expected, float)
    assert found.shape == expected.shape
    size = float(np.abs(expected).max(initial=0.0)) if scale is None else scale
    worst = float(np.abs(found - expected).max(initial=0.0))
    assert worst <= units * EPS * size, f"off by {worst / (EPS * size or 1):.3g} eps; {units:.3g} allowed"


def assert_thetas_close(found, expected, units: float) -> None:
    """As ``assert_close``, for all matrices together."""
    assert [matrix.shape for matrix in found] == [np.shape(matrix) for matrix in expected]
    assert_close(flat(found), flat(expected), units)


def assert_same(found, expected) -> None:
    """Bit for bit, but for the sign of a zero."""
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_array_equal(one, other, strict=True)


def flat(matrices) -> np.ndarray:
    return np.concatenate([np.ravel(matrix) for matrix in matrices])


def finished(items):
    """All items, and the ending."""
    found = []
    while True:
        try:
            found.append(next(items))
        except StopIteration as end:
            return found, end.value


def assert_same_progress(one, other):
    assert (one.iteration, one.cost, one.norm, one.evaluations) == (
        other.iteration,
        other.cost,
        other.norm,
        other.evaluations,
    )
    assert_same(one.network.thetas, other.network.thetas)
    assert_same(one.memory, other.memory)


def drained(work):
    """What work that tells its share returns; the shares rise to 1."""
    shares = []
    while True:
        try:
            shares.append(next(work))
        except StopIteration as end:
            assert shares == sorted(shares)
            assert shares[-1] == 1.0
            return end.value
