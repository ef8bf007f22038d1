"""Why something can't be done now: each gives a sentence for the tooltip, or None when it can."""

from collections.abc import Callable

from nnviz.session.commands import at_the_end
from nnviz.session.live import refusal
from nnviz.session.session import Session


def all_told(session: Session) -> str | None:
    return "The last example has been told to its end." if at_the_end(session.state) else None


def nothing_told(session: Session) -> str | None:
    moment = session.state.moment
    return "Nothing has been told yet." if moment.place == moment.example == moment.iteration == 0 else None


def unseen(otherwise: Callable[[Session], str | None]) -> Callable[[Session], str | None]:
    """In the Check tool no story is told; elsewhere as *otherwise* says."""

    def refusal(session: Session) -> str | None:
        return "The story is told in Step (Ctrl+1)." if session.state.tool == "check" else otherwise(session)

    return refusal


def no_evaluation(direction: int, otherwise: Callable[[Session], str | None]) -> Callable[[Session], str | None]:
    """In the Check tool whether there is an evaluation of J in that direction; elsewhere as *otherwise* says."""

    def refusal(session: Session) -> str | None:
        if session.state.tool != "check":
            return otherwise(session)
        from nnviz.session.checking import present  # the first picture does without
        from nnviz.session.evaluations import beside

        if present(session.state) is None:
            return "Nothing has been checked yet."
        if beside(session.state, direction) is not None:
            return None
        return "This is the slope along the last Θ." if direction > 0 else "The loop over n begins here."

    return refusal


def at_start(session: Session) -> str | None:
    return "Nothing of this example has been told yet." if session.state.moment.place == 0 else None


def at_end(session: Session) -> str | None:
    state = session.state
    return "This example has been told to its end." if state.moment.place == state.story.length else None


def last_example(session: Session) -> str | None:
    state = session.state
    return "This is the last example." if state.moment.example + 1 == len(state.model.dataset) else None


def first_example(session: Session) -> str | None:
    return "This is the first example." if session.state.moment.example == 0 else None


def untouched(session: Session) -> str | None:
    state = session.state
    as_drawn = state.model.network is state.model.start and state.training.run is None
    untouched = as_drawn and not state.model.changed and state.moment.place == 0
    return "Everything is as it was at the start." if untouched else None


def training(session: Session) -> str | None:
    return "The training is running; pause it first." if session.state.training.active else None


def no_run(session: Session) -> str | None:
    return "Nothing has been trained yet." if session.state.training.run is None else None


def too_large_to_check(session: Session) -> str | None:
    return refusal(session.state.model)


def first_iteration(session: Session) -> str | None:
    return "This is the start." if session.state.moment.iteration == 0 else None


def last_iteration(session: Session) -> str | None:
    state = session.state
    return "This is the latest iteration." if state.moment.iteration == state.training.reached else None


def speed_is(bound: float, words: str) -> Callable[[Session], str | None]:
    return lambda session: words if session.state.view.speed == bound else None


def zoom_is(bound: float, words: str) -> Callable[[Session], str | None]:
    return lambda session: words if session.state.view.zoom == bound else None


def no_lesson(session: Session) -> str | None:
    """Scenes belong to a lesson."""
    return None if session.state.lesson is not None else "No lesson is open; F2 lists them."
