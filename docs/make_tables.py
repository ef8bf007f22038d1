"""Measures what the tables in ``docs/model.md`` say: ``python docs/make_tables.py`` writes them anew."""

import os
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported

from nnviz.engine import FAULTS, Network, check_gradient, check_update, diagnose, gradient
from nnviz.engine.epoch import descended
from nnviz.engine.lines import gradient_by
from nnviz.engine.slopes import WAYS, Surroundings
from nnviz.engine.sweep import EPSILONS, Sweep, sweep
from nnviz.files.datasets import load
from nnviz.session.model import model_for

PAGE = Path(__file__).with_name("model.md")
LAMBDA, RATE, SEEDS = 1.0, 1.0, range(1, 21)
BEGIN, END = "<!-- {}: made by docs/make_tables.py -->", "<!-- end -->"


def errors() -> str:
    """The errors of all ways by ε, for the network that the program opens with, at λ = 1."""
    model = model_for(load("vehicles"))
    work = sweep(Surroundings(model.network, *model.examples.training, LAMBDA))
    found = drained(work)
    head = "| ε | " + " | ".join(row.title.lower() for row in WAYS) + " |\n|" + "---|" * (len(WAYS) + 1)
    rows = (
        f"| {epsilon:.0e} | " + " | ".join(f"{found.errors[row.name][index]:.0e}" for row in WAYS) + " |"
        for index, epsilon in enumerate(EPSILONS)
    )
    return "\n".join((head, *rows))


def drained(work: object) -> Sweep:
    """What the work returns."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def faults() -> str:
    """Of 20 random networks at λ = 1: in how many a mistake is found, by which check, and named."""
    model = model_for(load("vehicles"))
    X, Y = (part[:30] for part in model.examples.training)
    rows = ["| mistake | found by | found | named |", "|---|---|---|---|"]
    for row in FAULTS:
        found = named = 0
        by = "the gradient check"
        for seed in SEEDS:
            network = Network.random((3, 5, 5, 4), seed=seed, epsilon=1.5)
            D = gradient_by(row.lines, network, X, Y, LAMBDA, RATE)
            passed = check_gradient(network, X, Y, LAMBDA, method="complex-step", gradient=D).passed
            if passed:
                by = "the update check"
                masks = check_update(network, descended(network, D, RATE, row.lines), D, RATE)
                found += not all(mask.all() for mask in masks)
            else:
                found += 1
                named += row in diagnose(D, network, X, Y, LAMBDA, RATE).faults
        rows.append(
            f"| {row.title} | {by} | {found} of {len(SEEDS)} | {f'{named} of {len(SEEDS)}' if named else '–'} |"
        )
    right = sum(
        check_gradient(network, X, Y, LAMBDA, gradient=gradient(network, X, Y, LAMBDA)).passed
        for network in (Network.random((3, 5, 5, 4), seed=seed, epsilon=1.5) for seed in SEEDS)
    )
    rows.append(f"| none (right) | – | {len(SEEDS) - right} of {len(SEEDS)} | – |")
    return "\n".join(rows)


def main() -> None:
    """Write both."""
    text = PAGE.read_text(encoding="utf-8")
    for name, table in (("errors", errors()), ("faults", faults())):
        before, _, rest = text.partition(BEGIN.format(name))
        text = before + BEGIN.format(name) + "\n\n" + table + "\n\n" + END + rest.partition(END)[2]
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
