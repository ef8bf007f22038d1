"""A run: what was trained and how, and the record of every iteration of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from nnviz.engine.stops import Stops
from nnviz.session.live import CheckLog
from nnviz.session.model import Model
from nnviz.session.recipe import Recipe


class TestLog:
    """J on the test part after some of the iterations of a run, as it was measured on the way; it only grows."""

    __test__ = False  # not a test of pytest's

    def __init__(self) -> None:
        self._rows: list[tuple[int, float, float]] = []

    def add(self, rows: Iterable[tuple[int, float, float]]) -> None:
        """Add (iteration, J, accuracy) of later iterations."""
        self._rows.extend(rows)

    @property
    def rows(self) -> Sequence[tuple[int, float, float]]:
        """(iteration, J, accuracy) in the order of the iterations: the record itself, for it grows long."""
        return self._rows


if TYPE_CHECKING:  # what only training needs is imported with the first run: the window's start does without
    from nnviz.engine.history import History

AT_ONCE = 2e7
"""Products of a weight and an example, some 20 ms of them, that may be worked out while the user waits."""


@dataclass(frozen=True, eq=False)
class Run:
    """A training from iteration 0 on. ``model`` is what is trained, with Θ as it is before the first update.

    ``number`` counts the runs from 1. ``history`` only grows; how much of it is shown, the state says.
    """

    number: int
    model: Model
    history: "History"
    tests: TestLog = field(default_factory=TestLog)
    checks: CheckLog = field(default_factory=CheckLog)

    @property
    def recipe(self) -> Recipe:
        """How it is trained."""
        return self.model.recipe

    def ready(self, iteration: int) -> bool:
        """Whether Θ of an iteration is there at once: recorded, or worked out again in no time."""
        from nnviz.engine.methods import method

        missing = iteration - self.history.nearest(iteration)
        if missing and not method(self.recipe.method).resumes:
            missing = iteration  # it can only be run again from the start
        numbers = sum(theta.size for theta in self.model.network.thetas)
        return missing * numbers * len(self.model.examples.training_rows) <= AT_ONCE

    def at(self, iteration: int, recipe: Recipe) -> Model:
        """The model with Θ as it was after *iteration* updates, to be trained on by *recipe*."""
        network = self.model.network if iteration == 0 else self.history.progress(iteration).network
        return self.model.at(network, iteration, recipe)


def new_run(number: int, model: Model) -> Run:
    """A run of *model* with nothing recorded yet."""
    from nnviz.engine.history import History
    from nnviz.engine.training import train

    (X, Y), arguments = model.examples.training, settings(model)
    history = History(model.network, lambda start: train(model.network, X, Y, **arguments, start=start))
    return Run(number, model, history)


def settings(model: Model) -> dict[str, Any]:
    """The arguments of ``train`` that say which way Θ takes, by the model's recipe."""
    from nnviz.engine.methods import method

    recipe = model.recipe
    return {
        "method": recipe.method,
        "learning_rate": None if method(recipe.method).learning_rate is None else recipe.learning_rate,
        "lambda_": recipe.lambda_,
        "batch": recipe.batch,
        "seed": model.seed,
        "fault": recipe.fault,
    }


def stops(model: Model) -> Stops:
    """What ends a run of the model, as ``train`` takes it: an example by its place in the training part.

    One that is not there, since the data or the split are others by now, ends nothing.
    """
    asked = model.recipe.stops
    if asked.example is None:
        return asked
    places = np.flatnonzero(model.examples.training_rows == asked.example)
    return asked._replace(example=int(places[0]) if len(places) else None)


def differences(runs: Sequence[Run]) -> tuple[dict[str, Any], ...]:
    """For each run the settings in which the runs differ, by name; of runs that differ in none, the method."""
    settings = [{**described(run.model), "number": run.number} for run in runs]
    first = settings[0] if settings else {}
    differing = [name for name in first if name != "number" and any(other[name] != first[name] for other in settings)]
    names = differing or ["method", "learning_rate"]
    if len({tuple(one[name] for name in names) for one in settings}) < len(settings):
        names = [*names, "number"]  # two are alike in all of these
    return tuple({name: one[name] for name in names} for one in settings)


def described(model: Model) -> dict[str, Any]:
    """By what a run of the model can be told from others; a mistake that is hidden has no name yet."""
    recipe = model.recipe
    return {
        "method": recipe.method,
        "learning_rate": settings(model)["learning_rate"],
        "lambda_": recipe.lambda_,
        "batch": recipe.batch,
        "fault": "" if recipe.hidden else recipe.fault,  # the name is for the student to find
        "sizes": model.network.sizes,
        "activation": model.network.activation_name,
        "initialiser": model.initialiser,
        "seed": model.seed,
        "iteration": model.iteration,
    }
