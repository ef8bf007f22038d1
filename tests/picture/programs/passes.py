"""Passes over a few examples, to be gone through by the engine and by the text of the whole function."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from nnviz.engine.epoch import Epoch, epoch
from nnviz.engine.faults import FAULTS, fault, lines_with
from nnviz.engine.network import Network
from nnviz.picture.programs.program import Kind

NETWORKS = [
    ((3, 4), "sigmoid", 0.5, 6),
    ((2, 2, 1), "sigmoid", 0.0, 1),
    ((2, 1), "tanh", 0.3, 4),
    ((3, 5, 5, 4), "sigmoid", 1.5, 7),
    ((3, 5, 5, 4), "tanh", 0.7, 5),
    ((4, 3, 2), "relu", 0.7, 5),
    ((4, 3, 1, 3), "linear", 0.2, 3),
]
"""Sizes, activation, λ, m."""


class Pass(NamedTuple):
    """What the text is made for, and what the engine has of it."""

    kind: Kind
    epoch: Epoch


def made(sizes=(3, 5, 5, 4), activation="sigmoid", lambda_=0.5, m=6, name=None) -> Pass:
    generator = np.random.default_rng(5)
    network = Network.random(sizes, seed=3, activation=activation)
    X = generator.uniform(-1, 1, (m, sizes[0]))
    Y = np.eye(sizes[-1])[generator.integers(0, sizes[-1], m)] if sizes[-1] > 1 else generator.integers(0, 2, (m, 1))
    right = epoch(network, X, Y.astype(float), lambda_, 0.7)
    mistake = None if name is None else fault(name).step
    return Pass(Kind(activation, mistake), replace(right, lines=lines_with(name)))


def all_passes() -> list[Pass]:
    right = [made(*row) for row in NETWORKS]
    return (
        right + [made(name=row.name) for row in FAULTS] + [made((3, 2, 4, 2), "tanh", name=row.name) for row in FAULTS]
    )
