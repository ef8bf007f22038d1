"""What the Check tool asks, a model with perhaps a mistake in its backpropagation, and what the check answers."""

from collections.abc import Generator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from nnviz.engine.arrays import Array
from nnviz.engine.check import GradientCheck, Mask, check_update, checking
from nnviz.engine.diagnosis import Diagnosis, diagnose
from nnviz.engine.epoch import descended
from nnviz.engine.faults import lines_with
from nnviz.engine.lines import RIGHT, gradient_by
from nnviz.engine.propagation import gradient
from nnviz.engine.slopes import Surroundings, part
from nnviz.engine.sweep import Sweep, sweep
from nnviz.session.costs import Clock, Costs, costs, timed
from nnviz.session.estimate import Estimate
from nnviz.session.model import Model

MOST_WORK = 3e7
"""Entries of Θ times outputs times examples that a check may take: two or three seconds."""
SWEPT = MOST_WORK / 40
"""The same for the sweep over ε, which asks some hundred times as often."""

ESTIMATED = 0.5
"""The share of a check after which the estimate is known; what follows is the complex step that judges."""


class Question(NamedTuple):
    """What is asked: whether D of this model is right, with the mistake that is planted in it, if any.

    Of a D that is ``given``, matrices shaped like Θ, that one.
    """

    model: Model
    estimate: Estimate = Estimate()
    given: tuple[Array, ...] | None = None

    @property
    def fault(self) -> str | None:
        """The name of the planted mistake."""
        return self.model.recipe.fault

    @property
    def rates(self) -> tuple[float, float]:
        """λ and α."""
        return self.model.lambda_, self.model.recipe.rate

    def same(self, other: "Question") -> bool:
        """Whether the answer to *other* is the answer to this."""
        mine, theirs = self.model, other.model
        if self.estimate != other.estimate or self.given is not other.given:
            return False
        same = mine.network is theirs.network and mine.examples is theirs.examples
        return mine is theirs or (same and (self.fault, self.rates) == (other.fault, other.rates))

    @property
    def examples(self) -> tuple[Array, Array]:
        """X and Y over which J is taken: all that is learnt from, or as many of them as can be checked in seconds."""
        return self.first(MOST_WORK)

    def first(self, work: float) -> tuple[Array, Array]:
        """As many examples as this work allows."""
        X, Y = self.model.examples.training
        network = self.model.network
        count = max(1, int(work / (network.entries * network.outputs)))
        return X[:count], Y[:count]


@dataclass(frozen=True, eq=False)
class Answer:
    """What was found. ``update`` says where Θ := Θ − αD is done as it should; ``diagnosis`` is of a wrong gradient.

    ``sweep`` has the errors of estimates by ε, over fewer examples if there are many. ``costs`` says how long things
    took, None where nobody measured.
    """

    question: Question
    check: GradientCheck
    update: tuple[Mask, ...]
    diagnosis: Diagnosis
    sweep: Sweep
    costs: Costs | None = None

    @property
    def agrees(self) -> tuple[Mask, ...]:
        """Where all is right, shaped like Θ: the gradient, or, if that is right everywhere, the update."""
        return self.update if self.check.passed else self.check.agrees

    @property
    def wrong(self) -> int:
        """In how many entries something is wrong."""
        return sum(int((~mask).sum()) for mask in self.agrees)

    @cached_property
    def around(self) -> Surroundings:
        """J around Θ, over the examples that were asked."""
        return Surroundings(self.question.model.network, *self.question.examples, self.question.model.lambda_)

    @property
    def examples(self) -> int:
        """Over how many examples J was taken."""
        return len(self.question.examples[0])


def _still() -> float:
    return 0.0


def answer(question: Question, clock: Clock | None = None) -> Generator[float, None, Answer]:
    """Check it; yields what share of the work is done, 0 … 1. With a *clock* what it costs is measured, too."""
    model, (X, Y) = question.model, question.examples
    network, rates = model.network, question.rates
    lines = lines_with(question.fault)
    right = lines is RIGHT
    D = question.given
    if D is None:
        D = gradient(network, X, Y, model.lambda_) if right else gradient_by(lines, network, X, Y, *rates)
    way, epsilon = question.estimate
    work = timed(checking(network, X, Y, model.lambda_, epsilon, way, D), clock or _still, ESTIMATED)
    check, seconds = yield from part(work, 0.0, 0.6)
    around = Surroundings(network, X, Y, model.lambda_)
    took = None if clock is None else costs(around, check.method, epsilon, seconds, clock)
    found = yield from part(sweep(Surroundings(network, *question.first(SWEPT), model.lambda_)), 0.6, 1.0)
    update = check_update(network, descended(network, D, rates[1], lines), D, rates[1])
    return Answer(question, check, update, diagnose(D, network, X, Y, *rates), found, took)
