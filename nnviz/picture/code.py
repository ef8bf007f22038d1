"""The line of NumPy or Octave of a place in the story."""

from typing import Literal

from nnviz.engine.story import Story
from nnviz.picture.code_lines import START, STEP_CODE
from nnviz.picture.mistold import layer_mistold

Language = Literal["numpy", "octave"]


def code(story: Story, place: int, language: Language) -> str:
    """The line (or two) for what is told at *place*; at place 0 the input is taken."""
    telling = story.telling(place)
    if telling is None:
        return str(getattr(START, language))
    step, wrong = telling.step, layer_mistold(story.trace, telling.step)
    lines = (wrong.code if wrong else STEP_CODE[type(step)])(step)
    return str(getattr(lines, language))
