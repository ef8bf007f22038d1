"""The lines of the plot: what is recorded of each run, and how it is drawn."""

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from nnviz.engine.arrays import Array
from nnviz.picture.curves import DIGITS, Record, Scale
from nnviz.picture.numbers import shown
from nnviz.picture.palette import blend
from nnviz.session.run import Run
from nnviz.session.state import Training
from nnviz.ui.theme import Theme

if TYPE_CHECKING:  # importing pyqtgraph takes a while
    from nnviz.ui.plotting import Plot

PALE = 0.28
"""How much is left of the colour of runs that are not pointed at, while one is."""
DIVERGED = 10.0
"""J is followed up to so many times its largest start: a run that blows up leaves the picture at the top."""


class Kind(NamedTuple):
    """What a line shows, in words, and how: its pen, so many pixels wide."""

    name: str
    words: str
    style: Qt.PenStyle
    width: float


TRAINING = Kind("training", "J over what the run learns from", Qt.PenStyle.SolidLine, 1.5)
TEST = Kind("test", "J over the test part, which the run never sees", Qt.PenStyle.DashLine, 1.2)
DATA = Kind("data part", "The mean of the examples' costs", Qt.PenStyle.DotLine, 1.5)
DECAY = Kind("weight decay", "λ/(2m) ΣΘ², without the bias columns", Qt.PenStyle.DashDotLine, 1.2)
KINDS = (TRAINING, TEST, DATA, DECAY)
TRAVEL = 4.0
"""So many heights of the plot up and down together is much."""
STRONG = 1.5
"""How much wider the present run is drawn."""
PRESENT, POINTED = 1e6, 1e7
"""Above what the present run is drawn, and the one that is pointed at; the others in the order of their numbers."""


class Line(NamedTuple):
    """One line of one run."""

    run: Run
    kind: Kind


def recorded(run: Run, count: int) -> dict[Kind, Array]:
    """The first *count* values of J and its parts, iteration by iteration. All that is known here of a history."""
    costs = run.history.costs
    return {TRAINING: costs.total[:count], DATA: costs.data[:count], DECAY: costs.decay[:count]}


class Lines:
    """Every line with its record, as far as it is shown; drawn again only if something about it has changed."""

    def __init__(self) -> None:
        self.records: dict[Line, Record] = {}
        self._drawn: dict[Line, tuple[object, ...]] = {}

    def follow(self, training: Training, parts: bool) -> None:
        """Take what has been recorded since the last time; *parts* of J, too, of the present run."""
        kept: dict[Line, Record] = {}
        for run in training.runs:
            present = run is training.run
            count = min(training.reached_of(run) + 1, run.history.length)
            for kind, values in recorded(run, count).items():
                if kind is TRAINING or (present and parts):
                    kept[Line(run, kind)] = self._grown(Line(run, kind), values)
            if run.tests.rows:
                kept[Line(run, TEST)] = self._tested(Line(run, TEST), count)
        self.records = kept
        self._drawn = {line: drawn for line, drawn in self._drawn.items() if line in kept}

    def value(self, run: Run, kind: Kind, iteration: int) -> float:
        """A value of a run; nan where there is none."""
        record = self.records.get(Line(run, kind))
        return record.value(iteration) if record is not None else math.nan

    def tested(self, run: Run, iteration: int) -> str:
        """J on the test part as it was last measured, and when, if that was a little earlier; "" if never."""
        value = self.value(run, TEST, iteration)
        if math.isnan(value) or iteration > self.last(run):
            return ""
        taken = self.records[Line(run, TEST)].taken(iteration)
        return shown(value, DIGITS) + ("" if taken == iteration else f" (iteration {taken:,})")

    def last(self, run: Run) -> int:
        """The latest iteration of a run that is shown; −1 if none is."""
        record = self.records.get(Line(run, TRAINING))
        return len(record) - 1 if record is not None else -1

    @property
    def longest(self) -> int:
        """The latest iteration of all."""
        return max((len(record) - 1 for line, record in self.records.items() if line.kind is TRAINING), default=0)

    @property
    def bounds(self) -> tuple[float, float]:
        """The least J above 0 and the greatest that is to be followed."""
        starts = [record.value(0) for line, record in self.records.items() if line.kind is TRAINING]
        most = DIVERGED * max((start for start in starts if math.isfinite(start)), default=1.0)
        greatest = min(max((record.greatest for record in self.records.values()), default=1.0), most)
        least = min((record.least for record in self.records.values()), default=1.0)
        greatest = greatest if greatest > 0 else 1.0
        return min(least, greatest), greatest

    def draw(
        self, plot: "Plot", scales: tuple[Scale, Scale], theme: Theme, present: Run | None, lit: Run | None
    ) -> None:
        """Draw on *plot* what is seen of it; the *present* run stronger and above the others, all but *lit* pale."""
        plot.keep(self.records)
        width = max(2, round(plot.room.width()))
        for line in self.records:
            pen = _pen(line, theme, present, lit)
            pen.setWidthF(pen.widthF() * plot.devicePixelRatioF())  # Qt counts a cosmetic pen's in the screen's dots
            drawn = (len(self.records[line]), plot.seen, width, scales, pen.color().rgb(), pen.widthF())
            if self._drawn.get(line) != drawn:
                self._drawn[line] = drawn
                self._draw(plot, line, scales, pen, POINTED if line.run is lit else _above(line, present))

    def _draw(self, plot: "Plot", line: Line, scales: tuple[Scale, Scale], pen: QPen, above: float) -> None:
        """What is seen of one line, two points for each column of pixels."""
        across, up = scales
        columns = np.linspace(*plot.seen[0], max(2, round(plot.room.width())))
        at, values = self.records[line].thinned(across.numbers(columns))
        x, y = across.places(at), up.places(values)
        placed = np.isfinite(y)
        x, y = x[placed], _not_too_far(y[placed], plot.seen[1])
        trembles = _trembles(y, plot.seen[1])
        if trembles and (pen.style() is not Qt.PenStyle.SolidLine or above < PRESENT):
            pen.setWidthF(plot.devicePixelRatioF())
        plot.draw(line, x, y, pen, above, smooth=not trembles)

    def _grown(self, line: Line, values: Array) -> Record:
        record = self.records.get(line)
        if record is None or len(record) > len(values):  # undo has gone back in this run
            record = Record()
        if len(values) > len(record):
            record.grow(values)
        return record

    def _tested(self, line: Line, count: int) -> Record:
        record = self.records.get(line)
        if record is None or (len(record) and record.at[-1] >= count):
            record = Record()
        fresh = [row[:2] for row in line.run.tests.rows[len(record) :] if row[0] < count]
        if fresh:
            at, values = np.array(fresh, dtype=float).T
            before = np.empty(0) if record.at is None else record.at
            record.grow(np.concatenate([record.values, values]), np.concatenate([before, at]))
        return record


def _trembles(places: Array, seen: tuple[float, float]) -> bool:
    """Whether a line goes up and down so much that a wide pen takes long: Qt a tenth of a second for its dashes."""
    return float(np.abs(np.diff(places)).sum()) > TRAVEL * (seen[1] - seen[0])


def _not_too_far(places: Array, seen: tuple[float, float]) -> Array:
    """The places, but for those so far out of sight that Qt could not count their pixels."""
    far = 1000.0 * (seen[1] - seen[0])
    return np.clip(places, seen[0] - far, seen[1] + far)


def _above(line: Line, present: Run | None) -> float:
    return PRESENT if line.run is present else float(line.run.number)


def _pen(line: Line, theme: Theme, present: Run | None, lit: Run | None) -> QPen:
    colour = theme.run_colour(line.run.number)
    if lit is not None and line.run is not lit:
        colour = QColor(blend(colour.name(), theme.palette.panel, PALE))
    width = line.kind.width * theme.zoom * (STRONG if line.run is (lit or present) else 1.0)
    pen = QPen(colour, width, line.kind.style)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    return pen
