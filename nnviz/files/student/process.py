"""Starts the process that runs the student's file, stops it in time, and reads what it noted."""

import contextlib
import json
import math
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from nnviz.engine.arrays import Array
from nnviz.files.student import child
from nnviz.files.student.cases import Case

_GRACE = 0.5  # seconds after which the process is killed that should have ended itself, saying where it was
_MOST_NOTED = 2**24
_PLACE = re.compile(r'^  File "(.*)", line (\d+)', re.MULTILINE)
_ENVIRONMENT = {"MPLBACKEND": "Agg", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class Problem(NamedTuple):
    """What keeps the student's code from being judged: see ``words``. The line counts from 1; a file of None: theirs.

    ``kind``: syntax, import, raised, memory, exit, no function, parameters, missing, no gradient, no numbers, shape;
    endless, crash and stopped concern the whole process.
    """

    kind: str
    text: str = ""
    line: int | None = None
    file: str | None = None


class Part(NamedTuple):
    """The entries of something that was returned, row by row, and its shape."""

    numbers: Array
    shape: tuple[int, ...]


class Answer(NamedTuple):
    """What came back for a case: J (None: there was none) and a vector or matrices, or the problem there was.

    ``kept``: two equal calls gave different numbers; these are those of the second.
    """

    J: float | None = None
    vector: Part | None = None
    matrices: tuple[Part, ...] | None = None
    kept: bool = False
    problem: Problem | None = None


@dataclass(frozen=True)
class Outcome:
    """What was noted: the function that was found and its line, an answer for each case that ended, and what happened
    that kept the others from it."""

    function: str | None
    line: int | None
    answers: tuple[Answer, ...]
    problem: Problem | None

    @property
    def stopped(self) -> bool:
        return self.problem is not None and self.problem.kind == "stopped"


class Process:
    """Runs the file at *path* on cases, those for each function by name. ``stop`` may be called from any thread."""

    def __init__(self, path: Path) -> None:
        self._path = path.resolve()
        self._running: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def run(self, cases: Mapping[str, Sequence[Case]], handing: str, seconds: float) -> Outcome:
        """What came of it; *handing* as in the child, *seconds* for everything."""
        with tempfile.TemporaryDirectory(prefix="nnviz-", ignore_cleanup_errors=True) as folder:
            plain = {name: [_plain(case) for case in some] for name, some in cases.items()}
            Path(folder, child.CASES).write_text(json.dumps(plain), encoding="utf-8")
            code = self._wait(folder, handing, seconds)
            notes = _notes(Path(folder, child.NOTES))
            places = _read(Path(folder, child.PLACES))
        problem = Problem("stopped") if self._stopped else _ending(code, places, self._path.name)
        return _outcome(notes, problem)

    def stop(self) -> None:
        """End it now."""
        self._stopped = True
        if (running := self._running) is not None and running.poll() is None:
            _kill(running)

    def _wait(self, folder: str, handing: str, seconds: float) -> int | None:
        """The exit code of the process; None when it had to be killed for taking too long."""
        # -B: no __pycache__ beside the student's file. -P: the child's own folder is nothing to import from.
        command = [sys.executable, "-B", "-P", child.__file__, folder, str(self._path), handing, str(seconds)]
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self._path.parent,
            env=os.environ | _ENVIRONMENT,
            start_new_session=True,
        ) as running:
            self._running = running
            try:
                if self._stopped:
                    return None
                return running.wait(seconds + _GRACE)
            except subprocess.TimeoutExpired:
                return None
            finally:
                _kill(running)  # and what it may have started and left behind
                self._running = None


def _kill(running: subprocess.Popen[bytes]) -> None:
    """The process and all that it started, where the system keeps them together."""
    if sys.platform == "win32":
        running.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(running.pid, signal.SIGKILL)


def _plain(case: Case) -> dict[str, Any]:
    thetas = [theta.tolist() for theta in case.network.thetas]
    return {
        "sizes": case.network.sizes,
        "thetas": thetas,
        "X": case.X.tolist(),
        "Y": case.Y.tolist(),
        "lambda_": case.lambda_,
    }


# --- What the child left behind; the student's code may have spoilt it ---


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_NOTED).decode("utf-8", "replace")
    except OSError:
        return ""


def _notes(path: Path) -> list[dict[str, Any]]:
    """The lines that are whole."""
    found = []
    for line in _read(path).splitlines():
        with contextlib.suppress(ValueError, RecursionError):
            note = json.loads(line)
            if isinstance(note, dict):
                found.append(note)
    return found


def _ending(code: int | None, places: str, name: str) -> Problem | None:
    """Why the process ended, if not by itself, with the line of the student's file it was in."""
    if code == 0:
        return None
    escaped = name.encode("ascii", "backslashreplace").decode()
    line = next((int(number) for file, number in _PLACE.findall(places) if file == escaped), None)
    if code is None or places.startswith("Timeout"):
        return Problem("endless", line=line)
    return Problem("crash", f"signal {-code}" if code < 0 else f"exit code {code}", line)


def _outcome(notes: list[dict[str, Any]], problem: Problem | None) -> Outcome:
    function, first_line = None, None
    answers = []
    try:
        for note in notes:
            if "function" in note:
                function, first_line = _known(note["function"]), _line(note["line"])
            elif "left" in note:  # on the spot
                problem = _problem(note["left"])
            elif "problem" not in note:
                answers.append(_answer(note))
            elif function is None:
                problem = _problem(note["problem"])
            else:
                answers.append(Answer(problem=_problem(note["problem"])))
    except (KeyError, TypeError, ValueError, OverflowError):
        problem = Problem("crash", "what it noted cannot be read")
    return Outcome(function, first_line, tuple(answers), problem)


def _known(function: Any) -> str:
    if function not in child.FUNCTIONS:
        raise ValueError
    return str(function)


def _line(number: Any) -> int | None:
    return None if number is None else int(number)


def _problem(note: dict[str, Any]) -> Problem:
    file = note.get("file")
    return Problem(str(note["kind"]), str(note["text"]), _line(note.get("line")), None if file is None else str(file))


def _answer(note: dict[str, Any]) -> Answer:
    J = None if note["J"] is None else float(note["J"])
    vector = _part(note["vector"]) if "vector" in note else None
    matrices = tuple(map(_part, note["matrices"])) if "matrices" in note else None
    return Answer(J, vector, matrices, bool(note["kept"]))


def _part(note: dict[str, Any]) -> Part:
    numbers, shape = np.array(note["numbers"], dtype=np.float64), tuple(int(length) for length in note["shape"])
    if numbers.size and numbers.shape != (math.prod(shape),):
        raise ValueError
    return Part(numbers, shape)
