"""Compares what the student's code gave with J and its slope, case by case, and looks for the one mistake behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from nnviz.engine.arrays import Array, shown
from nnviz.engine.check import GradientCheck, check_gradient
from nnviz.engine.diagnosis import diagnose, explains
from nnviz.engine.faults import FAULTS, Fault, fault
from nnviz.engine.network import Order
from nnviz.files.student import costs
from nnviz.files.student.cases import Case
from nnviz.files.student.process import Answer, Outcome, Part, Problem

_RATES = (0.5, 0.3, 0.1, 0.03, 0.01, 0.001)
"""The α, besides 1, for which a Θ that changed too early is looked for."""
_EARLY = (fault("theta-changed-early"),)
_FRESH = tuple(row for row in FAULTS if not row.lines.carried)
"""The mistakes of code that gives the same twice."""


@dataclass(frozen=True, eq=False)
class Judged:
    """A case, the J (None: there was none) and the gradient that were given for it, and the check of that gradient."""

    case: Case
    J: float | None
    theirs: tuple[Array, ...]
    check: GradientCheck

    @property
    def cost_right(self) -> bool:
        return self.J is None or costs.same(self.J, self.case.cost.total)


@dataclass(frozen=True, eq=False)
class Findings:
    """All that was judged, the smallest case first, and the problems with other cases.

    ``order`` is how the gradient was unrolled: "F" column by column, "C" row by row, None for matrices. ``kept``: two
    equal calls gave different numbers. ``diagnosis`` explains every case; ``pattern`` says something if it is empty.
    """

    judged: tuple[Judged, ...]
    problems: tuple[tuple[Case, Problem], ...]
    order: Order | None
    kept: bool
    diagnosis: tuple[Fault, ...]
    pattern: str

    @cached_property
    def wrong_costs(self) -> tuple[Judged, ...]:
        return tuple(one for one in self.judged if not one.cost_right)

    @cached_property
    def wrong_gradients(self) -> tuple[Judged, ...]:
        return tuple(one for one in self.judged if not one.check.passed)

    @property
    def told_J(self) -> bool:
        return any(one.J is not None for one in self.judged)

    @property
    def wrong(self) -> bool:
        return bool(self.kept or self.wrong_costs or self.wrong_gradients)

    @property
    def serious(self) -> tuple[tuple[Case, Problem], ...]:
        """The problems, if any of them is more than an error on a network without exactly one hidden layer.

        Code for the course's one hidden layer is right code.
        """
        excused = all(case.deep and problem.kind == "raised" for case, problem in self.problems)
        return () if excused else self.problems

    @property
    def right(self) -> bool:
        return bool(self.judged) and not self.wrong and not self.serious

    @property
    def fits(self) -> bool:
        """Whether the arguments were understood as they were meant, as far as the numbers tell."""
        if not self.judged:
            return False
        return not self.wrong_costs if self.told_J else bool(not self.wrong_gradients or self.diagnosis)


def findings(outcome: Outcome, cases: Sequence[Case]) -> Findings:
    """What is to be said of these answers, one for each of the first cases."""
    answered = list(zip(cases, outcome.answers))
    problems = [(case, answer.problem) for case, answer in answered if answer.problem is not None]
    if outcome.problem is not None and len(answered) < len(cases):
        problems.append((cases[len(answered)], outcome.problem))
    elif len(answered) < len(cases):
        problems.append((cases[len(answered)], Problem("crash", "it ended before its time")))
    given = []
    for case, answer in answered:
        if answer.problem is None:
            misfit = _misfit(case, answer)
            given.append((case, answer)) if misfit is None else problems.append((case, misfit))
    problems.sort(key=lambda pair: cases.index(pair[0]))
    kept = any(answer.kept for _, answer in given)
    orders: tuple[Order, ...] = ("F", "C")
    return max(
        (_judged(given, tuple(problems), order, kept) for order in orders if order == "F" or _has_vectors(given)),
        key=lambda found: (len(found.judged) - len(found.wrong_gradients), bool(found.diagnosis)),
    )


def _judged(
    given: Sequence[tuple[Case, Answer]], problems: tuple[tuple[Case, Problem], ...], order: Order, kept: bool
) -> Findings:
    judged = tuple(_judge(case, answer, order) for case, answer in given)
    diagnosis, pattern = _diagnosis(judged, FAULTS if kept else _FRESH)
    return Findings(judged, problems, order if _has_vectors(given) else None, kept, diagnosis, pattern)


def _has_vectors(given: Sequence[tuple[Case, Answer]]) -> bool:
    """Whether there is one whose order could be told: between two layers a vector may as well be a list of one row."""
    return any(answer.vector is not None for case, answer in given if case.network.layers > 2)


def _judge(case: Case, answer: Answer, order: Order) -> Judged:
    theirs = _matrices(case, answer, order)
    check = check_gradient(*case.arguments, method="complex-step", gradient=theirs)
    return Judged(case, answer.J, theirs, check)


def _matrices(case: Case, answer: Answer, order: Order) -> tuple[Array, ...]:
    """The gradient shaped like Θ, its entries finite or not."""
    shapes = [theta.shape for theta in case.network.thetas]
    if answer.vector is None:
        return tuple(part.numbers.reshape(shape) for part, shape in zip(answer.matrices or (), shapes))
    matrices, stop = [], 0
    for theta in case.network.thetas:
        start, stop = stop, stop + theta.size
        matrices.append(answer.vector.numbers[start:stop].reshape(theta.shape, order=order))
    return tuple(matrices)


def _misfit(case: Case, answer: Answer) -> Problem | None:
    """What is wrong with the shape of the gradient."""
    shapes = [theta.shape for theta in case.network.thetas]
    if answer.vector is not None:
        entries = case.network.entries
        if answer.vector.shape in ((entries,), (entries, 1), (1, entries)):
            return None
        if len(shapes) == 1 and answer.vector.shape == shapes[0]:
            return None
        return Problem("shape", f"shape {shown(answer.vector.shape)}; expected {_expected(case)}")
    parts: Sequence[Part] = answer.matrices or ()
    if [part.shape for part in parts] == shapes:
        return None
    found = ", ".join(shown(part.shape) for part in parts)
    return Problem("shape", f"matrices of shape {found}; expected {_expected(case)}")


def _expected(case: Case) -> str:
    shapes = " and ".join(shown(theta.shape) for theta in case.network.thetas)
    return f"all of it in one vector of {case.network.entries}, or matrices shaped like Θ, {shapes}"


# --- What mistake it is ---


def _diagnosis(judged: Sequence[Judged], among: Sequence[Fault]) -> tuple[tuple[Fault, ...], str]:
    """Rows of *among* that together give every gradient of these; if there are none, what the pattern tells."""
    wrong = [one for one in judged if not one.check.passed]
    found = [diagnose(one.theirs, *one.case.arguments, among=among) for one in wrong]
    singles = [(row,) for one in found if len(one.faults) == 1 for row in (*one.faults, *one.also)]
    pairs = [one.faults for one in found if len(one.faults) == 2]
    different = {tuple(row.name for row in rows): rows for rows in (*singles, *pairs)}
    for rows in different.values():
        if _explained(judged, rows):
            return rows, ""
    if wrong and any(_explained(judged, _EARLY, rate) for rate in _RATES):
        return _EARLY, ""
    return (), next((one.words for one in found if not one.faults), "")


def _explained(judged: Sequence[Judged], rows: tuple[Fault, ...], learning_rate: float = 1.0) -> bool:
    """Whether these mistakes give every gradient, also those that are right where the mistake does not show."""
    return all(explains(rows, one.theirs, *one.case.arguments, learning_rate) for one in judged)
