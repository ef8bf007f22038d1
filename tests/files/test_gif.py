"""GIF: what is written, another program reads back: number of frames, durations, size and colours."""

import io

import numpy as np
import pytest
from PIL import Image

from nnviz.files.frames import Frame
from nnviz.files.gif import write_gif

HEIGHT, WIDTH = 45, 80


def picture(x, colour=(29, 106, 191)):
    """A square at *x* on a pale ground."""
    pixels = np.full((HEIGHT, WIDTH, 3), (251, 252, 254), np.uint8)
    pixels[10:20, x : x + 10] = colour
    return pixels


def written(frames):
    file = io.BytesIO()
    assert sum(1 for _ in write_gif(file, [frame.pixels for frame in frames], frames)) == len(frames)
    return file.getvalue()


def read(content):
    image, found = Image.open(io.BytesIO(content)), []
    for index in range(image.n_frames):
        image.seek(index)
        found.append(Frame(np.asarray(image.convert("RGB")), image.info["duration"]))
    return image, found


def test_it_is_read_back():
    frames = [Frame(picture(5 * index), 80 * (1 + index)) for index in range(6)]
    image, found = read(written(frames))
    assert (image.format, image.size, image.n_frames, image.info["loop"]) == ("GIF", (WIDTH, HEIGHT), 6, 0)
    assert [frame.milliseconds for frame in found] == [frame.milliseconds for frame in frames]
    for one, other in zip(frames, found, strict=True):
        assert np.abs(one.pixels.astype(int) - other.pixels).max() <= 6


def test_what_stays_is_one_frame_that_stays_longer():
    frames = [Frame(picture(5), 80), Frame(picture(5), 160), Frame(picture(30), 80), Frame(picture(30), 3000)]
    _, found = read(written(frames))
    assert [frame.milliseconds for frame in found] == [240, 3080]


def test_a_frame_takes_only_the_room_of_what_has_changed():
    rng = np.random.default_rng(1)
    noise = rng.integers(0, 255, (HEIGHT, WIDTH, 3)).astype(np.uint8)
    other = noise.copy()
    other[3:6, 7:12] = (251, 252, 254)
    alone, both = len(written([Frame(noise, 80)])), len(written([Frame(noise, 80), Frame(other, 80)]))
    assert both - alone < 200


def test_a_colour_of_few_pixels_is_kept():
    noise = np.tile(np.linspace(0, 255, WIDTH).astype(np.uint8)[None, :, None], (HEIGHT, 1, 3))
    noise[4:6, 4:6] = (190, 50, 123)
    _, [found] = read(written([Frame(noise, 80)]))
    assert np.abs(found.pixels[5, 5].astype(int) - (190, 50, 123)).max() <= 16


def test_frames_are_not_held():
    import gc
    import weakref

    alive = []

    def frames():
        for index in range(20):
            frame = Frame(picture(index), 80)
            alive.append(weakref.ref(frame.pixels))
            yield frame

    for _ in write_gif(io.BytesIO(), [picture(1)], frames()):
        gc.collect()
        assert sum(one() is not None for one in alive) <= 2


@pytest.mark.parametrize("size", [(1, 1), (3, 5)])
def test_tiny_ones(size):
    _, found = read(written([Frame(np.zeros((*size, 3), np.uint8), 80), Frame(np.full((*size, 3), 255, np.uint8), 80)]))
    assert len(found) == 2
