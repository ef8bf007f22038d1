"""Saving a film to a file, frame by frame: GIF or MP4, by its name."""

from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
from PySide6.QtGui import QImage

from nnviz.files import gif, video
from nnviz.files.atomic import check_writable, written
from nnviz.files.endings import by_ending
from nnviz.files.frames import Frame, Pixels
from nnviz.picture.palette import Dress
from nnviz.picture.shots import Shot, samples
from nnviz.session.state import State
from nnviz.ui.film import Film, StoryFilm, TrainingFilm

NARROWEST, WIDEST = 320, 3840
LEAST_PACE, MOST_PACE = 0.1, 1000.0

Write = Callable[[BinaryIO, Film, Sequence[Shot]], Iterator[None]]


class Kind(NamedTuple):
    """A kind of file: *words* for who chooses it, its shortest frame in milliseconds, and what is needed, checked."""

    words: str
    frame: int
    write: Write
    check: Callable[[], None] = lambda: None


def _gif(file: BinaryIO, film: Film, shots: Sequence[Shot]) -> Iterator[None]:
    looks = (pixels(film.image(shot)) for shot in samples(shots, gif.SAMPLES))
    return gif.write_gif(file, looks, _frames(film, shots))


def _mp4(file: BinaryIO, film: Film, shots: Sequence[Shot]) -> Iterator[None]:
    return video.write_mp4(file, _frames(film, shots))


KINDS = {
    ".gif": Kind("GIF, for every slide and page", gif.FRAME, _gif),
    ".mp4": Kind("MP4, smoother, for slides and the web", video.FRAME, _mp4, video.check_encoder),
}


def size_of(width: int) -> tuple[int, int]:
    """Width and height, 16 : 9, both even as MP4 needs them. Raises ValueError for a width outside the range."""
    if not NARROWEST <= width <= WIDEST:
        raise ValueError(f"width is {width}; expected {NARROWEST} to {WIDEST} pixels.")
    return width // 2 * 2, round(width * 9 / 32) * 2


def film(state: State, size: tuple[int, int], dress: Dress = "light", *, training: bool = False) -> Callable[[], Film]:
    """What makes the film of the state's story, or of its run, in the thread that is to draw it."""
    return lambda: (TrainingFilm if training else StoryFilm)(state, size, dress)


def saving(make: Callable[[], Film], shots: Sequence[Shot], path: str | Path) -> Generator[float, None, None]:
    """Write the film that *make* makes to *path*; yields the share that is done, 0 … 1.

    The film is made by who asks for the first share, and drawn in that thread. Closed on the way, it leaves nothing
    behind, and what was at *path* as it was. Raises ValueError for another name or a missing encoder, FileProblem if
    *path* cannot be written.
    """
    chosen = by_ending(path, KINDS)
    chosen.check()
    check_writable(path)
    yield 0.0
    with written(path) as file:
        for done, _ in enumerate(chosen.write(file, make(), shots), start=1):
            yield done / len(shots)


def _frames(film: Film, shots: Sequence[Shot]) -> Iterator[Frame]:
    for shot in shots:
        yield Frame(pixels(film.image(shot)), shot.milliseconds)


def pixels(image: QImage) -> Pixels:
    """The picture as numbers."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return lines[:, : 3 * rgb.width()].reshape(rgb.height(), rgb.width(), 3).copy()
