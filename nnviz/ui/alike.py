"""What the drawing compares to know whether it has to be made anew."""

from PySide6.QtGui import QTransform

from nnviz.session.state import State


def shape(state: State) -> tuple[object, ...]:
    """What the places of things depend on."""
    return id(state.model.dataset), state.model.network.sizes


def wires(state: State) -> tuple[object, ...]:
    """What the links at rest depend on, and the places of things."""
    lively = (state.training.run, state.training.reached) if state.tool == "train" else ()
    checked = (state.fault, id(state.answer), id(state.own)) if state.tool == "check" else ()
    return id(state.model), state.tool, *lively, *checked


def looks_alike(old: State, new: State) -> bool:
    """Whether nothing that the drawing shows has changed."""
    return (
        old.story is new.story
        and old.model is new.model
        and old.tool == new.tool
        and old.answer is new.answer
        and old.fault == new.fault
        and old.own is new.own
        and old.moment == new.moment
        and old.step_level is new.step_level
        and old.view == new.view
        and (old.pointed, old.chosen) == (new.pointed, new.chosen)
    )


def same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Whether two keys are alike: their objects the same, their values equal."""
    return len(one) == len(other) and all(
        a is b or (isinstance(a, float | QTransform) and a == b) for a, b in zip(one, other, strict=True)
    )
