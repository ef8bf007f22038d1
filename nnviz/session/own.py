"""The student's own code as the window knows it: what is said of it, and the smallest case in which it is wrong."""

from typing import NamedTuple

import numpy as np

from nnviz.engine.arrays import Array
from nnviz.engine.data import Dataset
from nnviz.engine.network import Network
from nnviz.engine.theirs import Theirs
from nnviz.session.model import Model

NAME = "own-case"


class OwnCase(NamedTuple):
    """A network, X (m, s_1), Y (m, K) and λ, and ``theirs``, what the student's code gave for them."""

    network: Network
    X: Array
    Y: Array
    lambda_: float
    theirs: Theirs

    @property
    def dataset(self) -> Dataset:
        """Its examples as data to step through, with its Θ ready."""
        features, outputs = self.X.shape[1], self.Y.shape[1]
        return Dataset(
            name=NAME,
            title="The case of your code",
            X=self.X,
            Y=self.Y,
            feature_names=tuple(f"x{number}" for number in range(1, features + 1)),
            units=("",) * features,
            class_names=tuple(f"class {number}" for number in range(1, outputs + 1)) if outputs > 1 else ("no", "yes"),
            scaling="none",
            sizes=self.network.sizes,
            weights=self.network.thetas,
        )

    def is_in(self, model: Model) -> bool:
        """Whether the model is this very case, in all that J and D hang on."""
        if model.dataset.name != NAME or model.network.activation_name != self.network.activation_name:
            return False
        now, network = model.epoch, model.network
        pairs = [(now.X, self.X), (now.Y, self.Y), *zip(network.thetas, self.network.thetas)]
        same = now.lambda_ == self.lambda_ and network.sizes == self.network.sizes
        return same and all(np.array_equal(one, other) for one, other in pairs)


class OwnCode(NamedTuple):
    """A file that is watched. ``message`` is all that is to be said; ``agrees`` is None while it runs, or could not.

    ``faults`` are the names of the mistakes that it looks like; ``case`` the smallest in which its gradient is wrong,
    or else its J.
    """

    file: str
    running: bool = False
    agrees: bool | None = None
    message: str = ""
    recognised: str = ""
    faults: tuple[str, ...] = ()
    case: OwnCase | None = None
