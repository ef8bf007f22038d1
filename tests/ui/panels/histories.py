"""Histories that are given, and a way to put them into the state: no training is needed to see a plot."""

from dataclasses import dataclass, replace
from types import SimpleNamespace

import numpy as np

from nnviz.session.state import Training


@dataclass(frozen=True, eq=False)
class Set:
    """Puts a training into the state, as if it had been run."""

    training: Training
    title = ""

    def do(self, state):
        return replace(state, training=self.training).at(state.moment._replace(iteration=self.training.reached))


class Recorded:
    """A history that is given; Θ is the same at every iteration."""

    def __init__(self, network, total):
        total = np.asarray(total, dtype=float)
        self.costs = SimpleNamespace(total=total, data=0.75 * total, decay=0.25 * total)
        self._network = network

    @property
    def length(self):
        return len(self.costs.total)

    def nearest(self, iteration):
        return iteration

    def progress(self, iteration):
        return SimpleNamespace(network=self._network)


def falling(length, slope=0.5):
    return 2.0 / (1.0 + np.arange(length) / 10) ** slope
