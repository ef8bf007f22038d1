"""The actions of training."""

from nnviz.session.commands import CheckAlong, ContinueFromHere, GoToIteration, PauseTraining, Train, TrainOnce
from nnviz.ui import reasons
from nnviz.ui.action import Action

RUN: tuple[Action, ...] = (
    Action(
        "train",
        "&Train",
        "Run",
        "Learn from the examples, iteration by iteration; again to pause",
        ("T",),
        "player-play",
        command=lambda state: PauseTraining() if state.training.active else Train(),
        wording=lambda session: "&Pause" if session.state.training.active else "&Train",
    ),
    Action(
        "train-once",
        "One &iteration",
        "Run",
        "One update of Θ, or the next one that is recorded",
        ("Shift+T",),
        "player-track-next",
        command=lambda state: TrainOnce(),
        refusal=reasons.training,
        repeats=True,
    ),
    Action(
        "first-iteration",
        "To the &start",
        "Run",
        "Θ as it was before the first update",
        ("Ctrl+Home",),
        "player-skip-back",
        command=lambda state: GoToIteration(0),
        refusal=reasons.first_iteration,
        starts_group=True,
    ),
    Action(
        "last-iteration",
        "To the &latest iteration",
        "Run",
        "Θ as it is after all updates so far",
        ("Ctrl+End",),
        "player-skip-forward",
        command=lambda state: GoToIteration(state.training.reached),
        refusal=reasons.last_iteration,
    ),
    Action(
        "continue-from-here",
        "&Continue from here",
        "Run",
        "Begin a new run from Θ as it is at this iteration",
        command=lambda state: ContinueFromHere(),
        refusal=reasons.no_run,
    ),
    Action(
        "check-along",
        "Check &D along the way",
        "Run",
        "At each iteration compare D with the slope of J; where it fails, the plot of J has a mark",
        command=lambda state: CheckAlong(not state.live),
        checked=lambda state: state.checks_along,
        refusal=reasons.too_large_to_check,
        starts_group=True,
    ),
)
