"""What the numbers of each kind of step are called in the whole function."""

from typing import NamedTuple

from nnviz.engine import mistakes
from nnviz.engine.quantities import Symbol
from nnviz.engine.steps import (
    Accumulate,
    Activate,
    BiasError,
    ExampleCost,
    Gradient,
    HiddenError,
    OutputCost,
    OutputError,
    Step,
    Update,
)
from nnviz.picture.code import Language


class LoopNames(NamedTuple):
    """In the loops, as Octave writes them. ``counters`` are the loops' indices; ``sum`` is the running sum.

    ``operands`` go with those of a term, of the output's δ one with each term; "" is not shown. ``results`` are what a
    unit has in the end; ``result`` is the entry of the matrix of which a step fills a row.
    """

    counters: str
    operands: tuple[str, ...] = ()
    sum: str = ""
    results: tuple[tuple[str, Symbol], ...] = ()
    result: str = ""


class LayerNames(NamedTuple):
    """A layer at a time. ``vectors``: name, symbol, how many layers from the step's own, whether with bias unit;
    ``rows`` of matrices."""

    counters: str = ""
    vectors: tuple[tuple[str, Symbol, int, bool], ...] = ()
    rows: tuple[tuple[str, Symbol], ...] = ()


_DELTA = ("delta{l}(j)", Symbol.DELTA)
_BLAME = "delta{l + 1}(k)"
_HIDDEN = LoopNames("iljk", ("Theta{l}(k, j + 1)", _BLAME), "total", (("g_prime(z{l}(j))", Symbol.SLOPE), _DELTA))
_OUTPUT = LoopNames("ij", ("h(j)", "Y(i, j)"), results=(("delta{L}(j)", Symbol.DELTA),))

LOOP_NAMES: dict[type[Step], LoopNames] = {
    Activate: LoopNames(
        "iljk",
        ("Theta{l - 1}(j, k)", "a{l - 1}(k)"),
        "total",
        (("z{l}(j)", Symbol.Z), ("a{l}(j + 1)", Symbol.A)),
    ),
    OutputCost: LoopNames("ik", ("Y(i, k)", "h(k)"), "cost(k)"),
    ExampleCost: LoopNames("ik", ("cost(k)",), "total"),
    OutputError: _OUTPUT,
    mistakes.FlippedError: _OUTPUT._replace(operands=("Y(i, j)", "h(j)")),
    mistakes.ShiftedError: _OUTPUT._replace(operands=("h(j)", "Y(i, mod(j - 2, s(L)) + 1)")),
    HiddenError: _HIDDEN,
    mistakes.FlatError: _HIDDEN._replace(results=(_DELTA,)),
    mistakes.SlopeOfAError: _HIDDEN._replace(results=(("g_prime(a{l}(j + 1))", Symbol.SLOPE), _DELTA)),
    mistakes.NeighbourError: _HIDDEN._replace(operands=("Theta{l}(k, j)", _BLAME)),
    mistakes.UntransposedError: _HIDDEN._replace(operands=("Theta{l}(j, k + 1)", _BLAME)),
    mistakes.EarlyError: _HIDDEN._replace(operands=("newTheta{l}(k, j + 1)", _BLAME)),
    BiasError: LoopNames("il"),
    Accumulate: LoopNames("iljk", ("", "delta{l + 1}(j)", "a{l}(k)"), result="Delta{l}(j, k)"),
    Gradient: LoopNames("ljk", ("Delta{l}(j, k)", "Theta{l}(j, k)"), result="D{l}(j, k)"),
    Update: LoopNames("ljk", ("Theta{l}(j, k)", "D{l}(j, k)"), result="newTheta{l}(j, k)"),
}

_BACK = LayerNames(
    "l",
    (
        ("delta{l + 1}", Symbol.DELTA, 1, False),
        ("g_prime(z{l})", Symbol.SLOPE, 0, False),
        ("delta{l}", Symbol.DELTA, 0, False),
    ),
)

LAYER_NAMES: dict[type[Step], LayerNames] = {
    Activate: LayerNames(
        "l",
        (("a{l - 1}", Symbol.A, -1, True), ("z{l}", Symbol.Z, 0, False), ("a{l}", Symbol.A, 0, True)),
    ),
    OutputCost: LayerNames(
        vectors=(("y", Symbol.Y, 0, False), ("h", Symbol.A, 0, False), ("cost", Symbol.COST, 0, False))
    ),
    ExampleCost: LayerNames(vectors=(("cost", Symbol.COST, 0, False),)),
    OutputError: LayerNames(
        vectors=(("h", Symbol.A, 0, False), ("y", Symbol.Y, 0, False), ("delta{L}", Symbol.DELTA, 0, False))
    ),
    HiddenError: _BACK,
    mistakes.FlatError: _BACK._replace(vectors=(_BACK.vectors[0], _BACK.vectors[2])),
    mistakes.SlopeOfAError: _BACK._replace(
        vectors=(_BACK.vectors[0], ("g_prime(a{l}(2:end))", Symbol.SLOPE, 0, False), _BACK.vectors[2])
    ),
    Accumulate: LayerNames(
        "l",
        (("delta{l + 1}", Symbol.DELTA, 1, False), ("a{l}", Symbol.A, 0, True)),
        (("Delta{l}(j, :)", Symbol.ACCUMULATOR),),
    ),
    Gradient: LayerNames(
        "l", rows=(("Delta{l}(j, :)", Symbol.ACCUMULATOR), ("Theta{l}(j, :)", Symbol.THETA), ("D{l}(j, :)", Symbol.D))
    ),
    Update: LayerNames(
        "l", rows=(("Theta{l}(j, :)", Symbol.THETA), ("D{l}(j, :)", Symbol.D), ("newTheta{l}(j, :)", Symbol.THETA_NEW))
    ),
}

_NUMPY = {
    "Y(i, mod(j - 2, s(L)) + 1)": "Y[i, j - 1]",
    "g_prime(z{l}(j))": "g_prime(z[l][j])",
    "g_prime(a{l}(j + 1))": "g_prime(a[l][j + 1])",
    "g_prime(z{l})": "g_prime(z[l])",
    "g_prime(a{l}(2:end))": "g_prime(a[l][1:])",
    "sum(cost)": "np.sum(cost)",
    "X(i, :)": "X[i]",
}
_BRACKETS = str.maketrans("(){}", "[][]")


def in_language(name: str, language: Language) -> str:
    """A name as it is written in the language."""
    return name if language == "octave" else _NUMPY.get(name) or name.translate(_BRACKETS)
