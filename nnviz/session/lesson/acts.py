"""What a link in a lesson can do: one row of a table for each verb. Each is a command that the user could give, too."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, get_args

from nnviz.engine.check import LARGEST_EPSILON, SMALLEST_EPSILON
from nnviz.engine.faults import fault
from nnviz.engine.initialise import initialiser
from nnviz.engine.methods import method
from nnviz.engine.quantities import MATRICES, Address, Symbol
from nnviz.engine.slopes import way
from nnviz.engine.story import Level
from nnviz.session import checking, commands
from nnviz.session.command import Command
from nnviz.session.edits import DrawNext
from nnviz.session.evaluations import StepEvaluation
from nnviz.session.moment import Tool

Make = Callable[..., Command]

LARGEST = 10_000_000
TOOLS: tuple[Tool, ...] = get_args(Tool)
CONTROLS: Mapping[str, tuple[str, ...]] = {
    "": (
        *("board", "header", "chip-data", "chip-network", "chip-example", "chip-seed"),
        *(f"tool-{tool}" for tool in TOOLS),
    ),
    "step": (
        *("transport", "timeline", "button-first", "button-back", "button-play", "button-forward", "button-last"),
        *("step-field", "level", "speed", "inspector", "setup"),
    ),
    "train": ("training", "curves", "results"),
    "check": ("check", "bugs"),
}
"""What a link can point at, by the tool in which it is to be seen; of all tools under an empty name."""


class Verb(NamedTuple):
    """``arguments`` says what is to stand behind it; *make* makes the command of them or raises ValueError."""

    arguments: str
    make: Make


def _train(words: str = "") -> Command:
    return commands.TrainOnwards(_whole(words)) if words else commands.Train()


def _whole(words: str) -> int:
    if not words.isascii() or not words.isdigit() or len(words) > 10 or int(words) > LARGEST:
        raise ValueError(f"{words!r} is no whole number up to {LARGEST:,}.")
    return int(words)


def _number(words: str) -> float:
    try:
        value = float(words.replace("−", "-"))
    except ValueError:
        raise ValueError(f"{words!r} is no number.") from None
    if not abs(value) <= LARGEST:
        raise ValueError(f"{words!r} is too large.")
    return value


def _show(words: str) -> Command:
    """Light a number."""
    return commands.PointAt(address(words))


def address(words: str) -> Address:
    """``delta 3 1``: layer and unit; ``theta 2 1 0``: layer, row and column of a matrix, or without one the row.

    Raises ValueError for anything else; whether a network has such a number is not asked.
    """
    name, *indices = words.split()
    symbol = SYMBOLS.get(name)
    if symbol is None or not (len(indices) == 2 or (len(indices) == 3 and symbol in MATRICES)):
        raise ValueError(
            f"{words!r}; expected a number such as delta 3 1 or theta 2 1 0: {', '.join(SYMBOLS)} and layer, unit, or "
            "for a matrix layer, row, column."
        )
    return Address(symbol, *map(_whole, indices))


def _go(words: str) -> Command:
    """``delta 3 1``: to where a number is told; ``start``, ``end``, or a step."""
    if words in ("start", "end"):
        return commands.GoTo(0 if words == "start" else LARGEST)
    if words.isdigit():
        return commands.GoToStep(_whole(words))
    return commands.GoToSource(address(words))


def _plant(words: str) -> Command:
    return checking.PlantFault(None if words == "none" else fault(words).name)


def _seed(words: str) -> Command:
    return DrawNext() if words == "next" else commands.SetSeed(_whole(words))


def _layers(words: str) -> Command:
    """``5 5``: hidden layers; ``none``: logistic regression."""
    sizes = () if words == "none" else tuple(_whole(size) for size in words.split())
    if not all(sizes):
        raise ValueError(f"{words!r}: a layer has one unit at least.")
    return commands.SetHidden(sizes)


def _epsilon(words: str) -> Command:
    value = _number(words)
    if not SMALLEST_EPSILON <= value <= LARGEST_EPSILON:
        raise ValueError(f"epsilon is {words}; expected {SMALLEST_EPSILON:g} to {LARGEST_EPSILON:g}.")
    return checking.SetEpsilon(value)


def _choose(words: str) -> Command:
    """``2 1 0``: an entry of D by layer, row and column."""
    numbers = [_whole(index) for index in words.split()]
    if len(numbers) != 3:
        raise ValueError(f"{words!r}; expected layer, row, column of an entry, as in 2 1 0.")
    return checking.ChooseEntry(Address(Symbol.D, *numbers))


def _level(words: str) -> Command:
    try:
        return commands.ShowLevel(Level(words))
    except ValueError:
        raise ValueError(f"level is {words!r}; expected one of {', '.join(level.value for level in Level)}.") from None


def _tool(words: str) -> Command:
    for tool in TOOLS:
        if words == tool:
            return commands.ShowTool(tool)
    raise ValueError(f"tool is {words!r}; expected one of {', '.join(TOOLS)}.")


SYMBOLS: Mapping[str, Symbol] = {
    "a": Symbol.A,
    "z": Symbol.Z,
    "y": Symbol.Y,
    "cost": Symbol.COST,
    "sum": Symbol.WEIGHTED,
    "delta": Symbol.DELTA,
    "theta": Symbol.THETA,
    "Delta": Symbol.ACCUMULATOR,
    "D": Symbol.D,
    "newtheta": Symbol.THETA_NEW,
}

VERBS: Mapping[str, Verb] = {
    "step": Verb("", lambda words="": commands.StepForward()),
    "back": Verb("", lambda words="": commands.StepBack()),
    "play": Verb("", lambda words="": commands.Play()),
    "go": Verb("start, end, a step, or a number such as delta 3 1", _go),
    "example": Verb("its number", lambda words: commands.GoToExample(_whole(words) - 1)),
    "level": Verb("its name", _level),
    "tool": Verb("its name", _tool),
    "show": Verb("a number such as theta 2 1 0", _show),
    "train": Verb("how many iterations, or nothing", _train),
    "iteration": Verb("its number", lambda words: commands.GoToIteration(_whole(words))),
    "reset": Verb("", lambda words="": commands.Reset()),
    "seed": Verb("its number, or next", _seed),
    "layers": Verb("the sizes of the hidden layers, or none", _layers),
    "lambda": Verb("a number", lambda words: commands.SetLambda(_number(words))),
    "alpha": Verb("a number", lambda words: commands.SetLearningRate(_number(words))),
    "method": Verb("its name", lambda words: commands.SetMethod(method(words).name)),
    "initial": Verb("its name", lambda words: commands.SetInitialiser(initialiser(words).name)),
    "plant": Verb("the id of a mistake, or none", _plant),
    "hide": Verb("", lambda words="": checking.HideFault(1)),
    "guess": Verb("the id of a mistake", lambda words: checking.GuessFault(fault(words).name)),
    "way": Verb("its name", lambda words: checking.SetWay(way(words).name)),
    "epsilon": Verb("a number", _epsilon),
    "choose": Verb("layer, row, column", _choose),
    "evaluate": Verb("", lambda words="": StepEvaluation(1)),
    "both": Verb("", lambda words="": commands.TrainBoth()),
}


def act(text: str) -> Command:
    """The command that *text* says, such as ``train 100``. Raises ValueError that says what is wrong with it."""
    name, _, words = text.strip().partition(" ")
    if name not in VERBS:
        raise ValueError(f"{name!r} is nothing that a link can do; expected one of {', '.join(VERBS)}.")
    verb, words = VERBS[name], words.strip()
    if words and not verb.arguments:
        raise ValueError(f"{name} stands alone; {words!r} is too much.")
    if not words and verb.arguments and "nothing" not in verb.arguments:
        raise ValueError(f"{name} needs {verb.arguments}.")
    return verb.make(words) if words else verb.make()
