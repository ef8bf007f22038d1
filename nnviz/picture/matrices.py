"""A step's whole layer at once: the matrices of its formula, with the row in use framed. Large ones are folded."""

from nnviz.engine.story import Story
from nnviz.picture.matrix import Part
from nnviz.picture.matrix_rows import PARTS, Place, given
from nnviz.picture.mistold import layer_mistold


def matrices(story: Story, place: int) -> tuple[Part, ...]:
    """The formula of the step at *place*, for its whole layer; at the start x and y."""
    telling = story.telling(place)
    at = Place(story, place, telling)
    if telling is None:
        return given(at)
    wrong = layer_mistold(story.trace, telling.step)
    return (wrong.parts if wrong else PARTS[type(telling.step)])(at, telling.step)
