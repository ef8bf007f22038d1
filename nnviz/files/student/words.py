"""The sentences about the student's code: what was recognised, what is wrong, what kept it from being judged."""

from collections.abc import Sequence

from nnviz.engine.faults import Fault
from nnviz.engine.quantities import Address
from nnviz.files.student.cases import Case
from nnviz.files.student.child import FUNCTIONS, MEMORY
from nnviz.files.student.costs import hint
from nnviz.files.student.judging import Findings, Judged
from nnviz.files.student.process import Problem
from nnviz.files.words import counted

_ORDERS = {
    "F": "the gradient as one vector, column by column",
    "C": "the gradient as one vector, row by row",
    None: "the gradient as matrices",
}
_HANDED = {
    "rows": "theta is unrolled row by row (the course's Theta(:) goes column by column)",
    "column": "y is a column, of shape (m, 1)",
}
_WANTED = " or ".join(f"{name}({', '.join(FUNCTIONS[name])})" for name in ("cost_function", "nnCostFunction"))


def recognised(function: str, found: Findings, handing: str) -> str:
    """What the student's code was taken for."""
    returned = ("J and " if found.told_J else "") + _ORDERS[found.order]
    parts = [f"{function}({', '.join(FUNCTIONS[function])}), which returns {returned}"]
    return "; ".join([*parts, *(said for mark, said in _HANDED.items() if mark in handing)])


def place(file: str, line: int | None) -> str:
    return file if line is None else f"{file}, line {line}"


def refusal(problem: Problem, name: str, seconds: float, function: str | None = None, case: Case | None = None) -> str:
    """Why the file *name* cannot be judged, with the line of it, and what to do; a case of None: none was reached."""
    on = "" if case is None else f" on the network {case}"
    aside = "" if case is not None or problem.file not in (None, name) else _ASIDE
    text = problem.text.rstrip(".")
    words = _REFUSALS.get(problem.kind, _REFUSALS["crash"])
    what = words.format(text=text, on=on, aside=aside, seconds=f"{seconds:g}", function=function)
    return f"{place(problem.file or name, problem.line)}: {what}"


_ASIDE = ' What is not a function belongs under: if __name__ == "__main__":'
_REFUSALS = {
    "syntax": "Python cannot read it: {text}.",
    "import": "It imports what is not there ({text}). Install it for the Python that runs nnviz, or do without.",
    "raised": "It stops{on} with {text}.",
    "memory": f"It takes more than {MEMORY // 2**30} GiB of memory{{on}}.{{aside}}",
    "exit": "It leaves Python ({text}){on}.{aside}",
    "no function": f"{{text}} is not a function. Expected is {_WANTED}.",
    "parameters": f"{{text}} has other parameters. Expected is {_WANTED}.",
    "missing": f"It has none of the functions that are looked for; those it has: {{text}}. Expected is {_WANTED}.",
    "no gradient": "{function} returns {text}{on}. Expected is (J, gradient), or the gradient alone.",
    "no numbers": "{function} returns what holds no real numbers ({text}){on}.",
    "shape": "{function} returns a gradient of the wrong shape{on}: {text}.",
    "endless": "It is not done after {seconds} seconds{on}: does a loop never end?{aside}",
    "crash": "It makes Python crash{on} ({text}).",
    "stopped": "It was stopped.",
}


def verdict(found: Findings, name: str, seconds: float, function: str) -> str:
    """What is to be said of numbers that could be compared."""
    said = _right(found) if found.right else _costs(found) + _gradients(found)
    if found.problems:
        case, problem = found.problems[0]
        limit = [] if found.serious else ["For other numbers of layers than three it could not be judged."]
        said = [*said, *limit, refusal(problem, name, seconds, function, case)]
    return " ".join(said)


def _right(found: Findings) -> list[str]:
    subject = "J and its gradient are" if found.told_J else "The gradient is"
    first, last = found.judged[0].case, found.judged[-1].case
    sizes = " to ".join("-".join(map(str, case.network.sizes)) for case in (first, last))
    return [f"{subject} right in all {len(found.judged)} cases, from {sizes}, at λ = 0 and at λ > 0."]


def _costs(found: Findings) -> list[str]:
    if not found.told_J:
        return []
    if not (wrong := found.wrong_costs):
        return ["J is right."]
    first = wrong[0]
    said = f"It {_instead(first.J, first.case.cost.total)}."
    slip = hint([(one.case, one.J) for one in found.judged if one.J is not None])
    return [f"J is wrong {_share(wrong, found.judged)}.", said, *([slip] if slip else [])]


def _gradients(found: Findings) -> list[str]:
    if not (wrong := found.wrong_gradients):
        return ["The gradient is right."] if not found.kept else [_KEPT]
    entry = wrong[0].check.worst(1)[0]
    yours, right = values(wrong[0], entry)
    said = [
        f"The gradient is wrong {_share(wrong, found.judged)}.",
        f"{label(entry)} {_instead(yours, right)}.",
    ]
    if found.diagnosis:
        return [*said, looks_like(found.diagnosis)]
    kept = [_KEPT] if found.kept else []
    first = ["J comes first: where h is wrong, the gradient cannot be right."] if found.wrong_costs else []
    return [*said, *kept, _nothing(found) or _digits(wrong) or found.pattern, *first]


_KEPT = "Called twice with the same arguments it gives two different results: something is kept from call to call."


def looks_like(rows: Sequence[Fault]) -> str:
    """The diagnosis in a sentence or two for each mistake."""
    return "It looks like " + " And like ".join(f"{row.title}. {row.sentence}" for row in rows)


def _share(wrong: Sequence[Judged], judged: Sequence[Judged]) -> str:
    share = f"in {len(wrong)} of {counted(len(judged), 'case')}"
    return f"{share}, the smallest of them {wrong[0].case}"


def _nothing(found: Findings) -> str:
    if not any(matrix.any() for one in found.judged for matrix in one.theirs):
        return "It is always 0: is it still to be written?"
    return ""


def _digits(wrong: Sequence[Judged]) -> str:
    if all(one.check.relative_difference < 1e-6 for one in wrong):
        return "It is right to a few digits: a numeric slope looks like that, and so does float32."
    return ""


def values(one: Judged, entry: Address) -> tuple[float, float]:
    """The student's and the right number at an entry of D."""
    at = entry.row - 1, entry.column or 0
    return float(one.check.D[entry.layer - 1][at]), float(one.check.slope[entry.layer - 1][at])


def label(entry: Address) -> str:
    """As NumPy counts, from 0: the row of a unit, the column of an input, column 0 the bias."""
    return f"D{entry.layer}[{entry.row - 1}, {entry.column}]"


def _instead(value: float | None, right: float) -> str:
    """Both with as many digits as show that they differ."""
    if value is None:
        return f"is no number, and should be {right:.6g}"
    digits = next((count for count in range(6, 17) if f"{value:.{count}g}" != f"{right:.{count}g}"), 17)
    return f"is {value:.{digits}g}, and should be {right:.{digits}g}".replace("-", "−")
