"""What stands in the box beside the pointer of the plot: the values of every run at an iteration."""

import textwrap
from collections.abc import Mapping

from nnviz.picture.curves import DIGITS
from nnviz.picture.live import spoken
from nnviz.picture.numbers import shown
from nnviz.session.run import Run
from nnviz.session.state import Training
from nnviz.ui.panels.lines import DATA, DECAY, TRAINING, Lines
from nnviz.ui.panels.marks import Value
from nnviz.ui.theme import Theme

WIDTH = 44
"""Letters of a line that tells why a run ended."""


def values(lines: Lines, names: Mapping[Run, str], training: Training, iteration: int, theme: Theme) -> list[Value]:
    """J of each run by its name, on its training and its test part, and what was found where D was checked."""
    rows = [Value(f"iteration {iteration:,}", heading=True)]
    for run, name in names.items():
        text, test = shown(lines.value(run, TRAINING, iteration), DIGITS), lines.tested(run, iteration)
        text += f" · test {test}" if test else ""
        rows.append(Value(name, text, theme.run_colour(run.number)))
        parts = [(kind, lines.value(run, kind, iteration)) for kind in (DATA, DECAY)]
        rows += [Value(kind.name, shown(part, DIGITS)) for kind, part in parts if part == part]
        if iteration <= lines.last(run) and run.checks.up_to(training.reached_of(run)).size:
            rows.append(Value("check", spoken(run.checks.at(iteration), run.model.network.entries)))
    if training.run is not None and training.ending and iteration == lines.last(training.run):
        rows += [Value(line) for line in textwrap.wrap(training.ending, WIDTH)]
    return rows
