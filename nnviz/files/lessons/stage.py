"""The stage of a scene: which settings there are, and the model that they make."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from nnviz.engine.activations import activation
from nnviz.engine.data import scaling
from nnviz.engine.faults import fault
from nnviz.engine.initialise import initialiser
from nnviz.engine.methods import method
from nnviz.engine.network import parse_sizes
from nnviz.engine.quantities import Address
from nnviz.engine.slopes import way
from nnviz.engine.steps import Phase
from nnviz.engine.story import Level
from nnviz.files import sources
from nnviz.files.errors import FileProblem
from nnviz.session.estimate import Estimate
from nnviz.session.lesson.acts import TOOLS, address
from nnviz.session.lesson.values import Stage
from nnviz.session.model import DEFAULT_SEED, Model, model_for

MOST_EXAMPLES = 100_000
MOST_ITERATIONS = 100_000
MOST_WEIGHTS = 200_000
"""Of one stage; a lesson may have a hundred, each with a Θ of its own."""
MOST_THETAS = 500
Settings = Mapping[str, Any]
RECIPE = {"alpha": "learning_rate", "lambda": "lambda_", "batch": "batch", "iterations": "iterations", "fault": "fault"}
"""The settings that belong to the recipe, and what they are called there."""


def stage(settings: Mapping[str, str]) -> Stage:
    """The stage that these settings, as they are written, make. ValueError begins with a wrong one's name."""
    values = {}
    for name, text in settings.items():
        if name not in KEYS:
            raise ValueError(f"{name!r} is no setting of a stage; expected one of {', '.join(KEYS)}.")
        try:
            values[name] = KEYS[name](text)
        except (ValueError, FileProblem) as problem:
            raise ValueError(f"{name}: {problem}") from None
    return _made(values)


def _made(values: Settings) -> Stage:
    model = _model(values)
    example = values.get("example", 1)
    if example > len(model.dataset):
        raise ValueError(f"example: there are {len(model.dataset)}, and {example} is asked for.")
    level, estimate = values.get("level"), values.get("epsilon")
    asked = None
    if estimate is not None or "way" in values:
        asked = Estimate(values.get("way", Estimate().way), estimate or Estimate().epsilon)
    place, lit = values.get("place", 0), values.get("lit")
    for name, at in (("place", place), ("lit", lit)):
        if isinstance(at, Address) and not at.is_in(model.network.sizes):
            raise ValueError(f"{name}: a network {'-'.join(map(str, model.network.sizes))} has no such number.")
    return Stage(model, values.get("tool", "step"), level, example - 1, place, lit, asked)


def _sizes(text: str) -> tuple[int, ...]:
    sizes = parse_sizes(text)
    weights = sum((inputs + 1) * outputs for inputs, outputs in zip(sizes, sizes[1:]))
    if weights > MOST_WEIGHTS:
        raise ValueError(f"{text} has {weights:,} weights; in a lesson it may have {MOST_WEIGHTS:,}.")
    return sizes


def _model(values: Settings) -> Model:
    dataset = sources.find(values.get("data", "vehicles"))
    fresh = model_for(
        dataset,
        seed=values.get("seed", DEFAULT_SEED),
        sizes=values.get("network"),
        activation=values.get("activation", "sigmoid"),
        initialiser=values.get("initial"),
    )
    examples = fresh.examples
    if "scaling" in values:
        examples = replace(examples, scaling=values["scaling"])
    if "test" in values:
        examples = replace(examples, test_share=values["test"])
    network = fresh.network
    for layer, row, column, value in values.get("theta", ()):
        if not 1 <= layer < network.layers or not 1 <= row <= network.sizes[layer] or column > network.sizes[layer - 1]:
            raise ValueError(f"theta: this network has no Θ {layer} {row} {column}.")
        network = network.with_theta(layer, row, column, value)
    recipe = {field: values[name] for name, field in RECIPE.items() if name in values}
    if "method" in values:
        row = method(values["method"])
        recipe |= {"method": row.name, "learning_rate": values.get("alpha", row.learning_rate or 1.0)}
    return replace(fresh, examples=examples, network=network, start=network, recipe=replace(fresh.recipe, **recipe))


def _data(text: str) -> str:
    if text not in sources.names():
        raise ValueError(f"{text!r} is none of the data that come with nnviz: {', '.join(sources.names())}.")
    return text


def _whole(first: int, last: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 20 and first <= int(text) <= last):
            raise ValueError(f"{text!r}; expected a whole number from {first} to {last:,}.")
        return int(text)

    return read


def _number(low: float, high: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            value = float(text.replace("−", "-"))
        except ValueError:
            raise ValueError(f"{text!r} is no number.") from None
        if not low <= value <= high:
            raise ValueError(f"{text!r}; expected a number from {low:g} to {high:g}.")
        return value

    return read


def _level(text: str) -> Level:
    for level in Level:
        if level.value == text:
            return level
    raise ValueError(f"{text!r}; expected one of {', '.join(level.value for level in Level)}.")


def _tool(text: str) -> str:
    if text not in TOOLS:
        raise ValueError(f"{text!r}; expected one of {', '.join(TOOLS)}.")
    return text


def _place(text: str) -> int | Address | Phase:
    """``start``, ``end``, the end of a phase such as ``forward``, or a number that is to have been told last."""
    if text in ("start", "end"):
        return 0 if text == "start" else 10**9
    for phase in Phase:
        if phase.name.lower() == text:
            return phase
    return address(text)


def _is_index(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _thetas(text: str) -> tuple[tuple[int, int, int, float], ...]:
    """``2 1 0 = -1.5, 2 1 1 = 2``: single entries of Θ by layer, row and column."""
    parts = text.split(",")
    if len(parts) > MOST_THETAS:
        raise ValueError(f"{len(parts):,} entries; expected {MOST_THETAS} at the most.")
    return tuple(_theta(part) for part in parts)


def _theta(text: str) -> tuple[int, int, int, float]:
    indices, equals, value = text.partition("=")
    numbers = indices.split()
    if not equals or len(numbers) != 3 or not all(map(_is_index, numbers)):
        raise ValueError(f"{text.strip()!r}; expected layer, row, column = value, as in 2 1 0 = -1.5.")
    layer, row, column = map(int, numbers)
    return layer, row, column, _number(-1e6, 1e6)(value.strip())


KEYS: Mapping[str, Callable[[str], Any]] = {
    "data": _data,
    "network": _sizes,
    "seed": _whole(0, 2**32 - 1),
    "initial": lambda text: initialiser(text).name,
    "activation": lambda text: activation(text).name,
    "theta": _thetas,
    "scaling": lambda text: scaling(text).name,
    "test": _number(0.0, 0.9),
    "alpha": _number(0.0, 1e6),
    "lambda": _number(0.0, 1e6),
    "batch": _whole(1, MOST_EXAMPLES),
    "iterations": _whole(1, MOST_ITERATIONS),
    "method": lambda text: method(text).name,
    "fault": lambda text: fault(text).name,
    "tool": _tool,
    "level": _level,
    "example": _whole(1, MOST_EXAMPLES),
    "place": _place,
    "lit": address,
    "way": lambda text: way(text).name,
    "epsilon": _number(1e-15, 1.0),
}
"""The settings of a stage, each with what reads it."""
