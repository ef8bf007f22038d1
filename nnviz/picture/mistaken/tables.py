"""The tables of terms of steps with a planted mistake, where they have other headings than right ones."""

from collections.abc import Callable

from nnviz.engine import mistakes
from nnviz.engine.steps import Accumulate, Gradient, HiddenError, OutputError, Step, Update
from nnviz.picture import notation as m
from nnviz.picture.markup import Formula
from nnviz.picture.mistaken.formulas import sloped
from nnviz.picture.tables import TABLES, Kind

OUTPUT, HIDDEN = TABLES[OutputError], TABLES[HiddenError]


def _through(weight: Callable[[Step], Formula]) -> Kind:
    """δ through other weights."""

    def headings(step: Step) -> tuple[Formula, ...]:
        return m.symbol("k"), weight(step), m.delta(step.layer + 1, "k"), m.words("product")

    return HIDDEN._replace(headings=headings)


def _new(step: Step) -> Formula:
    return m.row(m.words("new ", "muted"), m.theta(step.layer, "k", step.unit))


MISTAKEN_TABLES: dict[type[Step], Kind] = {
    mistakes.FlippedError: OUTPUT._replace(label=lambda narrator, step, index: ("target y", "minus output a")[index]),
    mistakes.ShiftedError: OUTPUT._replace(label=lambda narrator, step, index: ("output a", "minus another y")[index]),
    mistakes.SlopedError: OUTPUT._replace(closing=sloped),
    mistakes.FlatError: HIDDEN._replace(closing=None),
    mistakes.SlopeOfAError: HIDDEN,
    mistakes.NeighbourError: _through(lambda step: m.theta(step.layer, "k", step.unit - 1)),
    mistakes.UntransposedError: _through(lambda step: m.theta(step.layer, step.unit, "k")),
    mistakes.EarlyError: _through(_new),
    mistakes.LeftOutAccumulate: TABLES[Accumulate],
    mistakes.CarriedAccumulate: TABLES[Accumulate],
    mistakes.UndividedDecay: TABLES[Gradient],
    mistakes.DecayedBias: TABLES[Gradient],
    mistakes.NoDecay: TABLES[Gradient],
    mistakes.UndividedSum: TABLES[Gradient],
    mistakes.NoBiasGradient: TABLES[Gradient],
    mistakes.BiasManyTimes: TABLES[Update],
}
