"""Animations as GIF: one palette for all frames, no dither, and of each frame only what has changed."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import GifImagePlugin, Image

from nnviz.files.frames import Frame, Pixels

FRAME = 80
"""Milliseconds of the shortest frame; some programs slow down what is shorter than 20, and files grow."""
SAMPLES = 8
"""Frames of which the colours are taken."""
COLOURS = 255
UNCHANGED = 255
"""The transparent colour, for pixels that stay as they are: long runs of it take no room."""
FOR_EVER = 0

Indices = NDArray[np.uint8]


class _Part(NamedTuple):
    """What has changed: a rectangle of colours and where its top left corner is."""

    indices: Indices
    x: int
    y: int


def write_gif(file: BinaryIO, samples: Iterable[Pixels], frames: Iterable[Frame]) -> Iterator[None]:
    """Write *frames*, at least one, all of one size, one after the other; yields after each. It plays for ever.

    They are not held: the colours come from *samples*, a few frames drawn before.
    """
    palette = _palette(list(samples))
    seen: Indices | None = None
    waiting: tuple[_Part, int] | None = None  # written once it is known how long it stays
    for frame in frames:
        image = Image.fromarray(frame.pixels).quantize(palette=palette, dither=Image.Dither.NONE)
        indices = np.asarray(image)
        if seen is None:
            file.writelines(GifImagePlugin.getheader(image, info={"loop": FOR_EVER})[0])
        part = _Part(indices, 0, 0) if seen is None else _changed(seen, indices)
        if waiting is not None and part is None:
            waiting = (waiting[0], waiting[1] + frame.milliseconds)
        elif part is not None:
            _write(file, waiting)
            waiting = part, frame.milliseconds
        seen = indices
        yield
    _write(file, waiting)
    file.write(b";")


def _write(file: BinaryIO, waiting: tuple[_Part, int] | None) -> None:
    if waiting is not None:
        part, milliseconds = waiting
        how = {"duration": milliseconds, "transparency": UNCHANGED, "disposal": 1}  # 1: the next is drawn over it
        file.writelines(GifImagePlugin.getdata(Image.fromarray(part.indices), (part.x, part.y), **how))


def _palette(samples: list[Pixels]) -> Image.Image:
    """The colours of all samples together. An octree keeps those that few pixels have, such as a tag's: of 40 pixels
    within 13 of 255, of fewer, as at the edge of a letter, within 43; a median cut, Pillow's default, is 60 and 65 off.
    """
    together = Image.fromarray(np.concatenate([pixels[::2] for pixels in samples]))
    return together.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)


def _changed(before: Indices, after: Indices) -> _Part | None:
    """The rectangle in which they differ, with what stays left out; None if they do not differ."""
    differs = before != after
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    if not len(rows):
        return None
    inside = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    return _Part(np.where(differs[inside], after[inside], np.uint8(UNCHANGED)), int(columns[0]), int(rows[0]))
