"""Hidden units that are the same in every way, as all are after an equal start: they must stay so to the last bit.

BLAS rounds each row of a product in its own way, so twins drift apart: by 1e-10 in 5,000 updates, by 3 in 20,000. What
is computed for the first of them is therefore given to the others.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.arrays import Array

Rows = NDArray[np.intp]


def twins(thetas: Sequence[Array]) -> tuple[Rows | None, ...]:
    """For layers 2 … L−1: the index of each unit's first twin, shape (s_l,), its own if it has none; None: no twins.

    Empty where no layer has any.
    """
    for theta in thetas[:-1]:
        biases = theta[:, 0].tolist()
        if len(set(biases)) < len(biases):
            break
    else:  # nearly always, and all that this then costs
        return ()
    found = tuple([_first_twins(into, out) for into, out in zip(thetas, thetas[1:])])
    return found if any(first is not None for first in found) else ()


def _first_twins(into: Array, out: Array) -> Rows | None:
    """Twins have equal rows of *into*, the Θ that leads to them, and equal columns of *out*, which leads from them."""
    _, first, which = np.unique(np.hstack((into, out[:, 1:].T)), axis=0, return_index=True, return_inverse=True)
    return None if len(first) == len(into) else first[which.reshape(-1)]


def even_out(first: Rows | None, *matrices: Array) -> None:
    """Give the rows of twins the numbers of the first of them, in place."""
    if first is not None:
        for matrix in matrices:
            matrix[:] = matrix[first]
