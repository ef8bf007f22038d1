"""Random small networks in the middle and at the end of a pass, and all that is asked in their stories."""

from collections.abc import Iterator

import numpy as np

from nnviz.engine.asking.question import Kind, Question, question
from nnviz.engine.epoch import epoch
from nnviz.engine.network import Network
from nnviz.engine.story import Level, Story
from nnviz.engine.trace import trace_in

SIZES = ((2, 2, 1), (3, 3, 3), (4, 2, 3, 2), (2, 4, 4, 3))
ACTIVATIONS = ("sigmoid", "tanh", "relu", "linear")


def story(seed: int, example: int = 2, lambda_: float = 1.5) -> Story:
    """A story of the first, the middle or the last of three examples."""
    rng = np.random.default_rng(seed)
    sizes = SIZES[seed % len(SIZES)]
    thetas = tuple(rng.normal(0.0, 1.2, (after, before + 1)) for before, after in zip(sizes, sizes[1:]))
    network = Network(thetas, ACTIVATIONS[seed // len(SIZES) % len(ACTIVATIONS)])
    X = rng.uniform(0.0, 1.0, (3, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(sizes[-1], size=3)] if sizes[-1] > 1 else rng.integers(2, size=(3, 1))
    return Story(trace_in(epoch(network, X, Y, lambda_, 0.5), example))


def questions(told: Story, digits: int, wish: Kind | None = None) -> Iterator[Question]:
    """Every question on the way through a story."""
    place: int | None = 0
    while place is not None:
        found = question(told, place, digits, wish)
        if found is not None:
            yield found
        place = told.after(place, Level.UNIT) if found is None else found.told
