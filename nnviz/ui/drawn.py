"""What the drawing shows of a state: in the Step tool a place in the story, in the Train tool the network as it is, in
the Check tool whether each entry of D is right.
"""

from typing import TYPE_CHECKING

from nnviz.engine.network import Network
from nnviz.engine.quantities import Address, Symbol
from nnviz.picture.layout import Layout
from nnviz.picture.parts import Picture
from nnviz.picture.reveal import picture
from nnviz.picture.wiring import LIVELY, Wiring, reach, wiring
from nnviz.session.command import Command
from nnviz.session.commands import GoToSource
from nnviz.session.state import State

if TYPE_CHECKING:
    from nnviz.engine.check import Mask


def wiring_of(state: State, plan: Layout) -> Wiring:
    """The links at rest. While a network is trained they are strong, on a scale that moves with Θ and never jumps."""
    network = state.model.network
    if state.tool == "step":
        return wiring(network, plan)
    if state.tool == "check":
        return _checked(state, plan)
    scale = max(1.0, *(reach(one) for one in {network, latest(state)}))  # one and the same while it is followed
    return wiring(network, plan, scale=scale, share=LIVELY)


def followed(state: State, address: Address) -> Command:
    """What a click on a number does: it goes where that is computed, or in the Check tool looks at an entry alone."""
    if state.tool != "check" or address.symbol is not Symbol.THETA:
        return GoToSource(address)
    from nnviz.session.checking import ChooseEntry

    return ChooseEntry(address)


def _checked(state: State, plan: Layout) -> Wiring:
    from nnviz.picture.agreement import agreement  # the first picture does without

    return agreement(state.model.network, plan, _agrees(state))


def _agrees(state: State) -> "tuple[Mask, ...] | None":
    """Where D is right; None while it is not known."""
    from nnviz.session.checking import present

    found = present(state)
    return found and found.agrees


def _alone(state: State) -> Address | None:
    """The Θ that the Check tool looks at alone."""
    if state.tool != "check" or state.chosen is None:
        return None
    from nnviz.session.checking import chosen

    return chosen(state)


def latest(state: State) -> Network:
    """Θ after all updates so far: what is seen of the past is drawn to the same scale."""
    training = state.training
    if training.run is None or state.moment.iteration == training.reached:
        return state.model.network
    return training.run.at(training.reached, state.model.recipe).network


def picture_of(state: State, plan: Layout, weights: Wiring) -> Picture:
    """What is drawn above the links."""
    places = {"step": state.moment.place, "train": state.story.forwarded, "check": 0}
    seen = picture(
        state.story,
        places[state.tool],
        plan,
        weights,
        state.model.dataset,
        raw=state.model.raw(state.moment.example),
        digits=state.view.digits,
        level=state.step_level,
        pointed=state.pointed,
        chosen=_alone(state),
    )
    if state.tool != "check":
        return seen
    from nnviz.picture.agreement import recoloured

    return recoloured(seen, plan, _agrees(state))
