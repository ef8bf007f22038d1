"""A process of its own that runs the student's file on the cases it is given, and notes what came back.

The student's code may loop for ever, crash or take all memory; here it takes nobody with it. Run as a script: it
imports nothing of nnviz, and is never imported for more than its names. Nothing is judged here.
"""

import contextlib
import faulthandler
import inspect
import json
import math
import os
import sys
import traceback
from collections.abc import Callable
from functools import partial
from types import CodeType, ModuleType
from typing import Any, TextIO

CASES, NOTES, PLACES = "cases.json", "notes.jsonl", "places.txt"  # what is read and what is written, in one folder
MEMORY = 2**30
_OUTPUT = 2**28
_LONGEST_TEXT = 200
_OWN = os.getpid()

FUNCTIONS = {
    "cost_function": ("theta", "sizes", "X", "Y", "lambda_"),
    "nnCostFunction": (
        "nn_params",
        "input_layer_size",
        "hidden_layer_size",
        "num_labels",
        "X",
        "y",
        "lambda_",
    ),
    "gradient": ("theta", "sizes", "X", "Y", "lambda_"),
}
"""The functions that are looked for, the first that is there counts, and their parameters."""


class Refused(Exception):
    """The student's file cannot be used; ``note`` says why, as the parent's ``Problem`` has it."""

    def __init__(self, kind: str, text: str = "", line: int | None = None) -> None:
        super().__init__(kind)
        self.note = {"kind": kind, "text": text, "line": line}


class File:
    """The student's file: where it is, and how its lines are found in a traceback."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.folder, self.name = os.path.split(path)

    def compiled(self) -> CodeType:
        with open(self.path, "rb") as file:
            # By its name alone, so that its lines are found where a long path would be cut.
            return compile(file.read(), self.name, "exec", dont_inherit=True)

    def is_own(self, filename: str | None) -> bool:
        """Whether the student wrote that file, too: it is this one, or stands beside it."""
        return filename is not None and (filename == self.name or os.path.dirname(filename) == self.folder)

    def place(self, error: BaseException) -> dict[str, Any]:
        """The last line of the student's that took part in *error*."""
        own = [frame for frame in traceback.extract_tb(error.__traceback__) if self.is_own(frame.filename)]
        return {"file": os.path.basename(own[-1].filename), "line": own[-1].lineno} if own else {}

    def note(self, error: BaseException) -> dict[str, Any]:
        """What is to be told of an error that the student's code raised."""
        if isinstance(error, Refused):
            return error.note
        if isinstance(error, SyntaxError) and self.is_own(error.filename):
            place = {"file": os.path.basename(error.filename or ""), "line": error.lineno}
            return {"kind": "syntax", "text": _cut(error.msg), **place}
        kinds = (("exit", SystemExit), ("memory", MemoryError), ("import", ImportError))
        kind = next((name for name, of_that in kinds if isinstance(error, of_that)), "raised")
        return {"kind": kind, "text": _text(error), **self.place(error)}


def main(folder: str, path: str, handing: str, seconds: str) -> None:
    """Run the file at *path* on the cases in *folder*; *handing* has the marks of how their arguments are handed in."""
    with (
        open(os.path.join(folder, PLACES), "w", encoding="ascii") as places,
        open(os.path.join(folder, NOTES), "w", encoding="utf-8") as notes,
    ):
        faulthandler.enable(places)
        faulthandler.dump_traceback_later(float(seconds), exit=True, file=places)
        _limit()
        with open(os.path.join(folder, CASES), encoding="utf-8") as file:
            cases = json.load(file)
        student = File(path)
        _watch_exit(student, notes)
        import numpy.random  # noqa: F401 (before the student's folder is searched: a secrets.py there is not for it)

        sys.path.insert(0, student.folder)
        sys.argv = [path]
        try:
            module = _module(student)
            name, function = _function(module, student)
            _tell(notes, {"function": name, "line": _first_line(function, student)})
        except BaseException as error:
            _tell(notes, {"problem": student.note(error)})
            return
        for case in cases[name]:
            answer = _answer(student, function, partial(_arguments, name, case, handing))
            _tell(notes, answer)
            if answer.get("kept"):  # from one call to the next; the next case begins afresh
                function = getattr(_module(student), name)


def _limit() -> None:
    """So much memory and output and no more, where the system can be asked for that."""
    if sys.platform != "win32":
        import resource

        for kind, most in (
            (resource.RLIMIT_AS, MEMORY),
            (resource.RLIMIT_FSIZE, _OUTPUT),
            (resource.RLIMIT_CORE, 0),
        ):
            _, hard = resource.getrlimit(kind)
            with contextlib.suppress(ValueError, OSError):  # macOS refuses any limit of the address space
                resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _watch_exit(student: File, notes: TextIO) -> None:
    """Have ``os._exit`` say from which line it was called: no error is raised that could be caught."""
    leave = os._exit

    def noted(status: int) -> None:
        if os.getpid() != _OWN:  # a process that the student's code forked
            leave(status)
        frame = inspect.currentframe()
        while frame is not None and not student.is_own(frame.f_code.co_filename):
            frame = frame.f_back
        line = frame.f_lineno if frame else None
        _tell(notes, {"left": {"kind": "exit", "text": "os._exit", "line": line}})
        leave(status)

    os._exit = noted  # type: ignore[assignment]


def _module(student: File) -> ModuleType:
    """The file, run as an import would. Its name is none that any file could have."""
    module = ModuleType("the student's file")
    module.__file__ = student.path
    sys.modules[module.__name__] = module
    exec(student.compiled(), module.__dict__)
    return module


def _function(module: ModuleType, student: File) -> tuple[str, Callable[..., Any]]:
    """The first of FUNCTIONS that is there and takes what it will be given."""
    for name, parameters in FUNCTIONS.items():
        function = getattr(module, name, None)
        if function is None:
            continue
        if not callable(function):
            raise Refused("no function", name)
        try:
            signature = inspect.signature(function)
            signature.bind(*parameters)
        except TypeError:
            raise Refused("parameters", f"{name}{signature}", _first_line(function, student)) from None
        except ValueError:  # one written in C does not say
            pass
        return name, function
    there = [
        name
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__
    ]
    raise Refused("missing", _cut(", ".join(there)) or "none")


def _first_line(function: Callable[..., Any], student: File) -> int | None:
    code = getattr(inspect.unwrap(function), "__code__", None)
    return code.co_firstlineno if code is not None and code.co_filename == student.name else None


def _arguments(name: str, case: dict[str, Any], handing: str) -> tuple[Any, ...]:
    """What the function called *name* is given: new arrays each time, which it may write into."""
    import numpy as np

    sizes = tuple(case["sizes"])
    matrices = [np.array(theta) for theta in case["thetas"]]
    theta = np.concatenate([matrix.ravel(order="C" if "rows" in handing else "F") for matrix in matrices])
    X, Y = np.array(case["X"]), np.array(case["Y"])
    if name != "nnCostFunction":
        return theta, sizes, X, Y, case["lambda_"]
    labels = Y.argmax(axis=1) + 1
    return theta, *sizes, X, labels[:, None] if "column" in handing else labels, case["lambda_"]


def _answer(student: File, function: Callable[..., Any], arguments: Callable[[], tuple[Any, ...]]) -> dict[str, Any]:
    """What comes back from the second of two equal calls, as plain numbers, or the problem there was."""
    try:
        first, second = (_plain(function(*arguments())) for _ in range(2))
    except BaseException as error:
        return {"problem": student.note(error)}
    return second | {"kept": not _alike(first, second)}


def _plain(value: Any) -> dict[str, Any]:
    """J, and the parts of the gradient with their shapes: one vector, or matrices. Numbers only."""
    J = None
    if isinstance(value, tuple | list) and len(value) == 2 and value[1] is None:
        raise Refused("no gradient", "None in place of the gradient")
    if isinstance(value, tuple | list) and len(value) > 1 and _is_number(value[0]) and not _is_number(value[1]):
        J, value = _numbers(value[0])["numbers"][0], value[1] if len(value) == 2 else value[1:]
    elif value is None or _is_number(value):
        raise Refused("no gradient", "nothing" if value is None else "one number")
    if _holds_matrices(value):
        return {"J": J, "matrices": [_numbers(part) for part in value]}
    return {"J": J, "vector": _numbers(value)}


def _is_number(value: Any) -> bool:
    """One number of any type, also in an array of one."""
    if value is None or isinstance(value, str | bytes | dict | set) or getattr(value, "dtype", None) == "object":
        return False
    return math.prod(_shape(value)) == 1


def _holds_matrices(value: Any) -> bool:
    """A list of numbers is a vector; one of anything longer is meant for a list of matrices."""
    several = isinstance(value, tuple | list) or getattr(value, "dtype", None) == "object"
    return several and any(_shape(part) != () for part in value)


def _shape(value: Any) -> tuple[int, ...]:
    """(-1,) for rows of different lengths."""
    import numpy as np

    try:
        return np.shape(value)
    except ValueError:  # ragged
        return (-1,)


def _numbers(value: Any) -> dict[str, Any]:
    """The entries row by row and the shape; of far too many the shape alone."""
    import numpy as np

    try:
        array = np.asarray(value)
        if array.dtype.kind not in "fiub" and not (array.dtype == object and array.size):
            raise ValueError
        array = array.astype(np.float64)
    except (OverflowError, TypeError, ValueError):
        found = f"{type(value).__name__} of {array.dtype}" if isinstance(value, np.ndarray) else type(value).__name__
        raise Refused("no numbers", found) from None
    return {"shape": list(array.shape), "numbers": array.ravel().tolist() if array.size < 10_000 else []}


def _alike(first: dict[str, Any], second: dict[str, Any]) -> bool:
    """Whether the two are the same, but for the last digits."""
    import numpy as np

    def flat(plain: dict[str, Any]) -> list[float]:
        parts = plain.get("matrices") or [plain["vector"]]
        return [math.nan if plain["J"] is None else plain["J"], *(x for part in parts for x in part["numbers"])]

    one, other = flat(first), flat(second)
    return len(one) == len(other) and bool(np.allclose(one, other, rtol=1e-9, atol=1e-300, equal_nan=True))


def _text(error: BaseException) -> str:
    """The type of the error and its first line, whatever its ``__str__`` may do."""
    try:
        said = str(error)
    except Exception:
        said = ""
    return _cut(f"{type(error).__name__}: {said}" if said else type(error).__name__)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_TEXT else line[:_LONGEST_TEXT] + "…"


def _tell(notes: TextIO, note: dict[str, Any]) -> None:
    """At once: the next call may be the last. A process that the student's code has forked ends instead."""
    if os.getpid() != _OWN:
        os._exit(0)
    notes.write(json.dumps(note) + "\n")
    notes.flush()


if __name__ == "__main__":
    _leave = os._exit
    main(*sys.argv[1:])
    _leave(0)  # whatever threads the student's code left running
