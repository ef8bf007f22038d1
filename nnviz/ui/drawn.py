"""What the drawing shows of a state: in the Step tool a place in the story, in the Train tool the network as it is."""

from nnviz.engine.network import Network
from nnviz.picture.layout import Layout
from nnviz.picture.parts import Picture
from nnviz.picture.reveal import picture
from nnviz.picture.wiring import LIVELY, Wiring, reach, wiring
from nnviz.session.state import State


def wiring_of(state: State, plan: Layout) -> Wiring:
    """The links at rest. While a network is trained they are strong, on a scale that moves with Θ and never jumps."""
    network = state.model.network
    if state.tool == "step":
        return wiring(network, plan)
    scale = max(1.0, *(reach(one) for one in {network, latest(state)}))  # one and the same while it is followed
    return wiring(network, plan, scale=scale, share=LIVELY)


def latest(state: State) -> Network:
    """Θ after all updates so far: what is seen of the past is drawn to the same scale."""
    training = state.training
    if training.run is None or state.moment.iteration == training.reached:
        return state.model.network
    return training.run.at(training.reached, state.model.recipe).network


def picture_of(state: State, plan: Layout, weights: Wiring) -> Picture:
    """What is drawn above the links."""
    training = state.tool == "train"
    return picture(
        state.story,
        state.story.forwarded if training else state.moment.place,
        plan,
        weights,
        state.model.dataset,
        raw=state.model.raw(state.moment.example),
        digits=state.view.digits,
        level=state.step_level,
        pointed=state.pointed,
    )
