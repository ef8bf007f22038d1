"""Whether a step is told with a planted mistake, and how."""

from typing import TYPE_CHECKING

from nnviz.engine.steps import BiasError, HiddenError, MistakenStep, Step
from nnviz.engine.trace import Trace

if TYPE_CHECKING:
    from nnviz.picture.mistaken.told import Mistold


def mistold(step: Step) -> "Mistold | None":
    """How a step with a planted mistake is told; None for a right one."""
    return _mistold(type(step)) if isinstance(step, MistakenStep) else None


def layer_mistold(trace: Trace, step: Step) -> "Mistold | None":
    """The same of what is said of a step's whole layer: the bias unit, which ends it, speaks for the units in it."""
    kind = trace.mistake
    if isinstance(step, BiasError) and kind is not None and issubclass(kind, HiddenError):
        return _mistold(kind) if kind.strikes(trace, step.layer) else None
    return mistold(step)


def _mistold(kind: type[Step]) -> "Mistold":
    from nnviz.picture.mistaken.told import MISTOLD  # the window's start does without

    return MISTOLD[kind]
