"""What an animation is made of, whatever its format: pictures, each seen for a while."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""Shape (height, width, 3): red, green, blue."""


class Frame(NamedTuple):
    """A picture and for how long it is seen: a multiple of what the format's shortest frame takes."""

    pixels: Pixels
    milliseconds: int
