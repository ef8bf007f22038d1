"""What a run is called: by the settings in which it differs from the others."""

from collections.abc import Callable, Mapping
from typing import Any

from nnviz.engine.faults import fault
from nnviz.engine.initialise import initialiser
from nnviz.engine.methods import method
from nnviz.picture.narrator import setting


def title(settings: Mapping[str, Any]) -> str:
    """``α = 1, λ = 0.1``, ``L-BFGS``: the settings by name, as ``session.run.differences`` gives them."""
    words = (_WORDS[name](value) for name, value in settings.items())
    return ", ".join(word for word in words if word)


def learnt_by(settings: Mapping[str, Any]) -> list[str]:
    """The lines that say of one run how it has learnt, and which mistake is planted, if one is."""
    rate_and_decay = title({name: settings[name] for name in ("learning_rate", "lambda_")})
    planted = [] if settings["fault"] is None else [f"planted: {_fault(settings['fault'])}"]
    return [title({"method": settings["method"]}), rate_and_decay.replace(", ", " · "), *planted]


def _initialiser(name: str) -> str:
    return initialiser(name).title


def _fault(name: str | None) -> str:
    if name is None:
        return "right"
    return fault(name).title if name else "the hidden mistake"


_WORDS: Mapping[str, Callable[[Any], str]] = {
    "method": lambda name: method(name).title,
    "learning_rate": lambda rate: "" if rate is None else f"α = {setting(rate)}",
    "lambda_": lambda decay: f"λ = {setting(decay)}",
    "fault": _fault,
    "batch": lambda size: "all examples" if size is None else f"batch {size}",
    "sizes": lambda sizes: "-".join(map(str, sizes)),
    "activation": lambda name: f"g: {name}",
    "initialiser": _initialiser,
    "seed": lambda seed: f"seed {seed}",
    "iteration": lambda iteration: f"from iteration {iteration:,}",
    "number": lambda number: f"run {number}",
}
