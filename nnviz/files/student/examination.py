"""Examines a file with the student's own cost function: whether J and its gradient are right, and if not, why."""

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from nnviz.engine.faults import Fault
from nnviz.files.errors import FileProblem
from nnviz.files.student import words
from nnviz.files.student.cases import Case, cases
from nnviz.files.student.child import FUNCTIONS
from nnviz.files.student.judging import Findings, Judged, findings
from nnviz.files.student.process import Outcome, Problem, Process

SECONDS = 10.0


def bounds(platform: str = sys.platform) -> str:
    """How far a student's program may go, in words; of the systems only Linux lets its memory be limited."""
    memory = " and with at most 1 GiB of memory" if platform == "linux" else ""
    return f"in a process of its own, for at most {SECONDS:g} seconds{memory}, but with your rights"


"""How long the student's code may take for everything."""
_HANDINGS = {
    "cost_function": ("", "rows"),
    "nnCostFunction": ("", "column", "rows", "column rows"),
    "gradient": ("", "rows"),
}
"""The ways in which theta and y may be handed in, for each function: the next is tried where the first does not fit."""


@dataclass(frozen=True, eq=False)
class Verdict:
    """What came of it.

    ``ran``: there were numbers to compare. ``cost_agrees`` is None if there was no J. ``cost`` and ``gradient`` are the
    smallest cases in which J and the gradient are wrong, None if there are none. ``diagnosis`` explains every case, or
    is empty. ``recognised`` says what the code was taken for, "" if for nothing. ``line`` is a line of the student's
    file, from 1: that of the problem, if there is one, else where the function begins. ``compared`` says how many
    cases were.
    """

    agrees: bool
    ran: bool
    message: str
    seconds: float
    cost_agrees: bool | None = None
    cost: Judged | None = None
    gradient: Judged | None = None
    diagnosis: tuple[Fault, ...] = ()
    recognised: str = ""
    line: int | None = None
    compared: int = 0


def examine(path: str | Path, seconds: float = SECONDS) -> Verdict:
    """Runs the file in a process of its own, for so many seconds at most. FileProblem if there is no such file."""
    return Examination(path, seconds).run()


class Examination:
    """One run of ``examine`` that can be stopped, from another thread."""

    def __init__(self, path: str | Path, seconds: float = SECONDS) -> None:
        self._path = Path(path)
        self._seconds = seconds
        self._process = Process(self._path)

    def stop(self) -> None:
        """End the student's code now, or before it begins; ``run`` returns at once, and says so."""
        self._process.stop()

    def run(self) -> Verdict:
        """As ``examine``."""
        _check(self._path)
        start = time.monotonic()
        outcome, found, handing = self._understood(start)
        return self._verdict(outcome, found, handing, time.monotonic() - start)

    def _understood(self, start: float) -> tuple[Outcome, Findings, str]:
        """The answers, with the arguments handed in as the function seems to expect them."""
        outcome, found = self._tried("", self._seconds)
        best = outcome, found, ""
        if outcome.function is None or outcome.problem is not None:
            return best
        for handing in _HANDINGS[outcome.function][1:]:
            left = self._seconds - (time.monotonic() - start)
            if (best[1].fits and not best[1].problems) or left <= 0.0:
                break
            outcome, found = self._tried(handing, left)
            if _rank(found) > _rank(best[1]) and outcome.function is not None:
                best = outcome, found, handing
        return best

    def _tried(self, handing: str, seconds: float) -> tuple[Outcome, Findings]:
        outcome = self._process.run({name: cases(name) for name in FUNCTIONS}, handing, seconds)
        return outcome, findings(outcome, cases(outcome.function) if outcome.function else ())

    def _verdict(self, outcome: Outcome, found: Findings, handing: str, seconds: float) -> Verdict:
        name, function = self._path.name, outcome.function
        if outcome.stopped or function is None or (not found.wrong and found.serious) or not found.judged:
            case, problem = _obstacle(outcome, found)
            line = problem.line if problem.line is not None else outcome.line
            message = words.refusal(problem._replace(line=line), name, self._seconds, function, case)
            return Verdict(False, False, message, seconds, line=line, compared=len(found.judged))
        first = found.problems[0][1] if found.problems else None
        return Verdict(
            agrees=found.right,
            ran=True,
            message=words.verdict(found, name, self._seconds, function),
            seconds=seconds,
            cost_agrees=not found.wrong_costs if found.told_J else None,
            cost=found.wrong_costs[0] if found.wrong_costs else None,
            gradient=found.wrong_gradients[0] if found.wrong_gradients else None,
            diagnosis=found.diagnosis,
            recognised=words.recognised(function, found, handing),
            line=first.line if first else outcome.line,
            compared=len(found.judged),
        )


def _check(path: Path) -> None:
    if os.path.isdir(path):
        raise FileProblem("This is a folder.", str(path), "Name the .py file in it.")
    if not os.path.exists(path):
        raise FileProblem("There is no such file.", str(path), "Check its name and folder.")
    if path.suffix.lower() not in ("", ".py"):  # a table is no program, and is not run as one
        raise FileProblem(
            "Only a file of Python is run.", str(path), "Save it as .py; nnviz check --template shows what is expected."
        )


def _rank(found: Findings) -> tuple[bool, bool, int]:
    return found.right, found.fits, len(found.judged)


def _obstacle(outcome: Outcome, found: Findings) -> tuple[Case | None, Problem]:
    """What to tell of that which was in the way."""
    if outcome.stopped or outcome.function is None:
        return None, outcome.problem or Problem("crash", "it ended before its time")
    return found.problems[0]
