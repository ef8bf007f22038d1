"""What training came to: a line on the way, a summary in words at the end, and the same as plain values."""

from typing import Any

from nnviz.cli.learning import Outcome
from nnviz.engine.faults import fault
from nnviz.engine.methods import method
from nnviz.engine.progress import Progress
from nnviz.files.words import counted
from nnviz.picture.narrator import setting
from nnviz.picture.numbers import measured
from nnviz.session.account import account
from nnviz.session.model import Model
from nnviz.session.scores import Score, Scores


def line(progress: Progress, known: Scores) -> str:
    """Where a run stands."""
    parts = [f"iteration {progress.iteration:>5}", f"J {measured(known.cost.total)}", _right(known.training)]
    if known.test is not None:
        parts.append(f"test J {measured(known.test.J)}, {_right(known.test)}")
    return " · ".join(parts)


def summary(outcome: Outcome) -> str:
    """What was trained, why it ended and how good the result is."""
    known, progress = outcome.scores, outcome.progress
    J, data, decay = (measured(value) for value in known.cost)
    return "\n".join(
        [
            _title(known.model),
            outcome.ending.words,
            f"Learnt from {_examples(known.training)}: J = {J} (data {data}, weight decay {decay}), "
            f"{_right(known.training)}",
            "No example was kept for the test"
            if known.test is None
            else f"Kept {_examples(known.test)} for the test: J = {measured(known.test.J)}, {_right(known.test)}",
            f"{counted(progress.iteration, 'iteration')}, {counted(progress.evaluations, 'evaluation')} of J and D, "
            f"{outcome.seconds:.2f} seconds",
        ]
    )


def plain(outcome: Outcome, start: str | None) -> dict[str, Any]:
    """All of it as values for JSON, with every digit; *start* is the file that Θ came from, if any."""
    known, progress = outcome.scores, outcome.progress
    model, cost, test = known.model, known.cost, known.test
    return {
        **account(model),
        "initial": model.initialiser if start is None else None,
        "start": start,
        "iterations": progress.iteration,
        "evaluations": progress.evaluations,
        "seconds": outcome.seconds,
        "J": cost.total,
        "data_part": cost.data,
        "weight_decay": cost.decay,
        "train_accuracy": known.training.accuracy,
        "J_test": None if test is None else test.J,
        "test_accuracy": None if test is None else test.accuracy,
        "ending": outcome.ending._asdict(),
    }


def _title(model: Model) -> str:
    recipe = model.recipe
    sizes = "-".join(map(str, model.network.sizes))
    how = [method(recipe.method).title]
    if _has_rate(model):
        how.append(f"α = {setting(recipe.learning_rate)}")
    if recipe.batch is not None:
        how.append(f"{counted(recipe.batch, 'example')} at a time")
    parts = [f"{sizes}, {model.network.activation.title}", f"seed {model.seed}", ", ".join(how)]
    planted = [] if recipe.fault is None else [f"planted: {fault(recipe.fault).title}"]
    return " · ".join([model.dataset.title, *parts, f"λ = {setting(recipe.lambda_)}", *planted])


def _has_rate(model: Model) -> bool:
    return method(model.recipe.method).learning_rate is not None


def _examples(score: Score) -> str:
    return counted(len(score.rows), "example")


def _right(score: Score) -> str:
    return f"{100 * score.accuracy:.1f} % right"
