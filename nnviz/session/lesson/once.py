"""What is worked out over all examples is worked out once for each model: a lesson's lines ask at every step."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from nnviz.session.model import Model

Found = TypeVar("Found")

_FOUND: WeakKeyDictionary[Model, dict[Hashable, Any]] = WeakKeyDictionary()


def once(model: Model, name: Hashable, work: Callable[[], Found]) -> Found:
    """What *work* gives, or gave when it was last asked for of this *model* by this *name*."""
    known = _FOUND.setdefault(model, {})
    if name not in known:
        known[name] = work()
    found: Found = known[name]
    return found
