"""A step's whole layer at once: the matrices of its formula, with the row in use framed. Large ones are folded."""

from nnviz.engine.steps import Gradient
from nnviz.engine.story import Story
from nnviz.engine.theirs import Theirs
from nnviz.picture.matrix import Part
from nnviz.picture.matrix_rows import PARTS, Place, beside, given
from nnviz.picture.mistold import layer_mistold


def matrices(story: Story, place: int, theirs: Theirs | None = None) -> tuple[Part, ...]:
    """The formula of the step at *place*, for its whole layer; at the start x and y. That of *theirs* follows D."""
    telling = story.telling(place)
    at = Place(story, place, telling)
    if telling is None:
        return given(at)
    step, wrong = telling.step, layer_mistold(story.trace, telling.step)
    parts = (wrong.parts if wrong else PARTS[type(step)])(at, step)
    return parts if theirs is None or not isinstance(step, Gradient) else (*parts, *beside(at, step, theirs))
