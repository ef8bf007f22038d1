"""`nnviz check`: whether the student's own cost function and gradient are right, and if not, which mistake it is."""

import argparse
import json
import math
import sys
from textwrap import wrap
from typing import Any

from nnviz.cli import codes
from nnviz.cli.terminal import utf8
from nnviz.files.errors import FileProblem
from nnviz.files.resources import resource
from nnviz.files.student import words
from nnviz.files.student.examination import Verdict, bounds, examine
from nnviz.files.student.judging import Judged
from nnviz.picture.markup import plain
from nnviz.picture.notation import theta
from nnviz.picture.numbers import told_apart

TEMPLATES = ("loop", "vectorised")
WORST = 5  # entries of the gradient that are listed
WIDTH = 100
_DIGITS = 6
_ABOUT = f"FILE is a Python program, and it is run: {bounds()}. Check only what you would start yourself."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Tell *parser* what the command takes."""
    parser.description = f"{parser.description}. {_ABOUT}"
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        help="a .py file with cost_function(theta, sizes, X, Y, lambda_) or the course's nnCostFunction(…), which "
        "return (J, gradient) or the gradient alone, or with gradient(…), which takes what cost_function takes; theta "
        "is all of Θ in one vector, column by column, the gradient a vector in either order, or matrices",
    )
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")
    parser.add_argument("--template", choices=TEMPLATES, help="write a file to begin with, the heart of it left open")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write the template [to the terminal]")


def run(arguments: argparse.Namespace) -> int:
    """Print the verdict, or write a template, and return the exit code; FileProblem or ValueError say what is wrong."""
    utf8(sys.stdout)
    utf8(sys.stderr)
    if arguments.template is not None:
        _write_template(arguments)
        return codes.DONE
    if arguments.file is None:
        raise ValueError("No FILE is given; expected one to check, or --template for one to begin with.")
    if arguments.output is not None:
        raise ValueError(f"-o {arguments.output} is for --template; the verdict goes to the terminal.")
    verdict = examine(arguments.file)
    if arguments.json:
        print(json.dumps(_plain(verdict), ensure_ascii=False, allow_nan=False))
    elif verdict.ran:
        print("\n".join(_lines(verdict)))
    else:
        raise ValueError(verdict.message)
    return (codes.DONE if verdict.agrees else codes.WRONG) if verdict.ran else codes.USER_ERROR


def _write_template(arguments: argparse.Namespace) -> None:
    if arguments.file is not None or arguments.json:
        raise ValueError("--template writes a file to begin with; it takes neither a FILE to check nor --json.")
    text = resource("templates", f"{arguments.template}.py").read_text(encoding="utf-8")
    if arguments.output is None:
        print(text, end="")
        return
    try:
        with open(arguments.output, "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise FileProblem(
            "There is a file of that name, and it stays as it is.", arguments.output, "Choose another name."
        ) from None


def _lines(verdict: Verdict) -> list[str]:
    lines = [*_filled(f"Recognised: {verdict.recognised}."), *_filled(verdict.message)]
    wrong = verdict.gradient
    if wrong is not None:
        share = f"{wrong.check.wrong} of {wrong.check.entries} entries differ{'s' if wrong.check.wrong == 1 else ''}"
        lines += ["", f"{share} on {wrong.case}; the worst, counted from 0 as NumPy does:", *_table(wrong)]
    for row in verdict.diagnosis:
        lines += ["", f"{row.title}, in NumPy:", f"  wrong  {row.wrong}", f"  right  {row.right}"]
    return lines


def _filled(text: str) -> list[str]:
    """In lines that do not begin in the middle of m = 3."""
    kept = text.replace(" = ", "\xa0=\xa0")
    return [line.replace("\xa0", " ") for line in wrap(kept, WIDTH)]


def _table(wrong: Judged) -> list[str]:
    entries = [entry for entry in wrong.check.worst(WORST) if not _agrees(wrong, entry.layer, entry.row, entry.column)]
    rows = [("", "slope along", "yours", "nnviz")]
    for entry in entries:
        yours, right = told_apart(*words.values(wrong, entry), _DIGITS)
        weight = plain(theta(entry.layer, entry.row, entry.column))
        rows.append((words.label(entry), weight, "nan" if yours == "–" else yours, right))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return [f"  {a:<{widths[0]}}  {b:<{widths[1]}}  {c:>{widths[2]}}  {d:>{widths[3]}}" for a, b, c, d in rows]


def _agrees(wrong: Judged, layer: int, row: int, column: int | None) -> bool:
    return bool(wrong.check.agrees[layer - 1][row - 1, column or 0])


def _plain(verdict: Verdict) -> dict[str, Any]:
    return {
        "agrees": verdict.agrees,
        "cost_agrees": verdict.cost_agrees,
        "gradient_agrees": verdict.gradient is None if verdict.ran else None,
        "ran": verdict.ran,
        "diagnosis": [row.name for row in verdict.diagnosis],
        "message": verdict.message,
        "recognised": verdict.recognised,
        "line": verdict.line,
        "cases": verdict.compared,
        "wrong_cost": None if verdict.cost is None else _case(verdict.cost) | _plain_cost(verdict.cost),
        "wrong_gradient": None if verdict.gradient is None else _case(verdict.gradient) | _entries(verdict.gradient),
        "seconds": round(verdict.seconds, 3),
    }


def _case(wrong: Judged) -> dict[str, Any]:
    case = wrong.case
    return {"network": list(case.network.sizes), "seed": case.seed, "m": len(case.X), "lambda": case.lambda_}


def _plain_cost(wrong: Judged) -> dict[str, Any]:
    return {"yours": _number(wrong.J), "right": wrong.case.cost.total}


def _entries(wrong: Judged) -> dict[str, Any]:
    """The worst first; layer l is that of D⁽ˡ⁾, row and column count from 0 as NumPy's do."""
    told = []
    for entry in wrong.check.worst(WORST):
        yours, right = words.values(wrong, entry)
        place: dict[str, Any] = {"layer": entry.layer, "row": entry.row - 1, "column": entry.column}
        told.append(place | {"yours": _number(yours), "right": right})
    return {"entries": told}


def _number(value: float | None) -> float | None:
    """JSON knows no nan and no inf."""
    return value if value is not None and math.isfinite(value) else None
