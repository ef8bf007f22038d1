"""Which classic mistake a wrong gradient looks like, and what its pattern tells if it is none of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from nnviz.engine.arrays import Array
from nnviz.engine.check import Mask, checked_gradient
from nnviz.engine.faults import FAULTS, Fault
from nnviz.engine.lines import RIGHT, Lines, gradient_by
from nnviz.engine.network import Network
from nnviz.engine.propagation import checked_rate, examples
from nnviz.engine.propagation import gradient as right_gradient
from nnviz.engine.rounding import gradient_rounding

REPRODUCED = 1e-9  # of the largest entry of a layer: mistakes that share all their digits but for rounding


@dataclass(frozen=True)
class Diagnosis:
    """What was found. ``right``: there is nothing wrong.

    ``faults`` are rows of FAULTS that, together, give this gradient to rounding; empty when none do. ``also`` are other
    single rows that give the very same numbers here. ``words`` say it in a sentence or two.
    """

    right: bool
    faults: tuple[Fault, ...]
    also: tuple[Fault, ...]
    words: str


def diagnose(
    gradient: Sequence[ArrayLike],
    network: Network,
    X: ArrayLike,
    Y: ArrayLike,
    lambda_: float = 0.0,
    learning_rate: float = 1.0,
    among: Sequence[Fault] = FAULTS,
) -> Diagnosis:
    """What is wrong with *gradient*, matrices shaped like Θ. It names a mistake only if that reproduces the numbers.

    Other arguments and errors as for ``check_gradient``; the learning rate is for mistakes that update Θ too early.
    Mistakes are looked for *among* these.
    """
    X, Y = examples(network.sizes, X, Y)
    lambda_ = checked_rate("lambda_", lambda_)
    given = checked_gradient(network, gradient)
    right, rounding = right_gradient(network, X, Y, lambda_), gradient_rounding(network, X, Y, lambda_)
    if all(bool((np.abs(g - r) <= off).all()) for g, r, off in zip(given, right, rounding)):
        return Diagnosis(True, (), (), "The gradient is right.")

    def reproduced(lines: Lines) -> bool:
        found = gradient_by(lines, network, X, Y, lambda_, learning_rate)
        return _same(given, found, rounding, len(X)) and not _same(right, found, rounding, len(X))

    with np.errstate(all="ignore"):
        singles = tuple(row for row in among if reproduced(row.lines))
        if singles:
            return Diagnosis(False, singles[:1], singles[1:], _named(singles[:1], singles[1:]))
        for pair in _pairs(among):
            if reproduced(RIGHT._replace(**pair[0].changes, **pair[1].changes)):
                return Diagnosis(False, pair, (), _named(pair, ()))
        return Diagnosis(False, (), (), _pattern(given, right, rounding))


def explains(
    faults: Sequence[Fault],
    gradient: Sequence[ArrayLike],
    network: Network,
    X: ArrayLike,
    Y: ArrayLike,
    lambda_: float = 0.0,
    learning_rate: float = 1.0,
) -> bool:
    """Whether these mistakes together give *gradient* to rounding, be it right or wrong there. Errors as above."""
    X, Y = examples(network.sizes, X, Y)
    lambda_ = checked_rate("lambda_", lambda_)
    given, rounding = checked_gradient(network, gradient), gradient_rounding(network, X, Y, lambda_)
    lines = RIGHT._replace(**{name: line for row in faults for name, line in row.changes.items()})
    with np.errstate(all="ignore"):
        return _same(given, gradient_by(lines, network, X, Y, lambda_, learning_rate), rounding, len(X))


def _pairs(among: Sequence[Fault]) -> Iterator[tuple[Fault, Fault]]:
    """Two mistakes in different lines."""
    return ((one, other) for one, other in combinations(among, 2) if not one.changes.keys() & other.changes.keys())


def _same(given: Sequence[Array], found: Sequence[Array], rounding: Sequence[Array], m: int) -> bool:
    """Whether all entries agree: a mistake may make rounding m times larger, too."""
    return all(
        bool((np.abs(g - f) <= m * off + REPRODUCED * np.abs(f).max()).all())
        for g, f, off in zip(given, found, rounding)
    )


def _named(faults: Sequence[Fault], also: Sequence[Fault]) -> str:
    said = " And: ".join(f"{row.title}. {row.sentence}" for row in faults)
    others = f" The same numbers would come from: {'; '.join(row.title for row in also)}." if also else ""
    return f"It looks like {said}{others}"


def _pattern(given: Sequence[Array], right: Sequence[Array], rounding: Sequence[Array]) -> str:
    """What can be said from where it is wrong, and by how much."""
    wrong = [~(np.abs(g - r) <= off) for g, r, off in zip(given, right, rounding)]
    return " ".join(said for said in (_where(wrong), _how(given, right, wrong)) if said)


def _where(wrong: Sequence[Mask]) -> str:
    layers = [layer for layer, mask in enumerate(wrong, 1) if mask.any()]
    count = sum(int(mask.sum()) for mask in wrong)
    entries = f"{count} of {sum(mask.size for mask in wrong)} entries {'is' if count == 1 else 'are'} wrong"
    where = ""
    if len(layers) < len(wrong):
        where = f", {'all of them ' if count > 1 else ''}in " + " and ".join(f"D{layer}" for layer in layers)
    if not any(mask[:, 1:].any() for mask in wrong):
        return f"{entries}{where}: only the bias columns."
    if not any(mask[:, 0].any() for mask in wrong):
        return f"{entries}{where}; the bias columns are right."
    return f"{entries}{where}."


def _how(given: Sequence[Array], right: Sequence[Array], wrong: Sequence[Mask]) -> str:
    off = np.concatenate([g[mask] for g, mask in zip(given, wrong)])
    if not np.isfinite(off).all():
        return "Some are not finite."
    with np.errstate(all="ignore"):
        ratios = off / np.concatenate([r[mask] for r, mask in zip(right, wrong)])
    if len(ratios) > 1 and np.isfinite(ratios).all() and np.ptp(ratios) <= 1e-6 * abs(ratios[0]):
        return _all_times(float(ratios[0]))
    for layer, (g, r) in enumerate(zip(given, right), 1):
        square = g[:, 1:]
        if square.shape[0] == square.shape[1] > 1 and np.allclose(square.T, r[:, 1:], rtol=1e-9, atol=0.0):
            return f"D{layer} without its bias column is transposed."
    return ""


def _all_times(ratio: float) -> str:
    """All wrong entries are so many times what they should be."""
    if ratio == 0.0:
        return "They are all 0."
    if abs(ratio + 1.0) <= 1e-6:
        return "Only their sign is wrong."
    return f"Each of them is {ratio:.6g} times what it should be.".replace("-", "−")
