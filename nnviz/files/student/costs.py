"""What a wrong J looks like: the slips that are common, each known by the number it gives."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from nnviz.engine.propagation import cost, hypothesis
from nnviz.files.student.cases import Case

RELATIVE = 1e-9
"""How far right code may be off; rounding takes about 1e-15 of these."""
_NEARLY = 1e-4


class Slip(NamedTuple):
    """A sentence that says what is wrong, and the J it gives."""

    sentence: str
    cost: Callable[[Case], float]


def same(J: float, right: float) -> bool:
    return abs(J - right) <= RELATIVE * abs(right)


def _of_ones(case: Case) -> float:
    """−(1/m) Σ y log h."""
    return -float((case.Y * np.log(hypothesis(case.network, case.X))).sum()) / len(case.X)


def _squares(case: Case) -> float:
    """λ/(2m) Σ Θ², the bias column included."""
    return case.lambda_ / (2 * len(case.X)) * sum(float(np.square(theta).sum()) for theta in case.network.thetas)


def _printed(case: Case) -> float:
    """y log h + (1 − y) log h is log h for every unit."""
    return -float(np.log(hypothesis(case.network, case.X)).sum()) / len(case.X) + case.cost.decay


def _without_last(case: Case) -> float:
    """The sum over all but one, divided by m."""
    rest = len(case.X) - 1
    data = cost(case.network, case.X[:rest], case.Y[:rest]).data * rest / len(case.X) if rest else 0.0
    return data + case.cost.decay


def _shifted(case: Case) -> float:
    """Class k taken for class k + 1."""
    return cost(case.network, case.X, np.roll(case.Y, 1, axis=1), case.lambda_).total


_SLIPS = (
    Slip("It is always 0: is it still to be written?", lambda case: 0.0),
    Slip("It looks as if the weight decay were left out.", lambda case: case.cost.data),
    Slip("It looks like λ/m instead of λ/(2m) in the weight decay.", lambda case: case.cost.total + case.cost.decay),
    Slip(
        "It looks like λ/2 instead of λ/(2m) in the weight decay.",
        lambda case: case.cost.data + len(case.X) * case.cost.decay,
    ),
    Slip(
        "It looks as if the bias column were regularised, too.",
        lambda case: case.cost.data + _squares(case),
    ),
    Slip("It looks as if 1/m were left out.", lambda case: len(case.X) * case.cost.data + case.cost.decay),
    Slip("It looks as if 1/m were left out.", lambda case: len(case.X) * case.cost.total),
    Slip("It looks as if the last example were left out.", _without_last),
    Slip("It looks as if the labels were shifted by one class.", _shifted),
    Slip("It looks as if the minus in front of the sum were missing.", lambda case: -case.cost.data + case.cost.decay),
    Slip("It looks as if its sign were the wrong way round.", lambda case: -case.cost.total),
    Slip(
        "It looks as if the mean over the K outputs were taken, which belongs to no sum.",
        lambda case: case.cost.data / case.network.outputs + case.cost.decay,
    ),
    Slip("It looks as if the part (1 − y) log(1 − h) were missing.", lambda case: _of_ones(case) + case.cost.decay),
    Slip("It looks like (1 − y) log h instead of (1 − y) log(1 − h).", _printed),
)


def hint(told: Sequence[tuple[Case, float]]) -> str:
    """The slip that gives every one of these J, some of them wrong; "" when none does."""
    for slip in _SLIPS:
        if all(same(J, slip.cost(case)) for case, J in told):
            return slip.sentence
    if all(abs(J - case.cost.total) <= _NEARLY * case.cost.total for case, J in told):
        return "It is right to a few digits: look for float32, or for a small number that was added inside a log."
    return ""
