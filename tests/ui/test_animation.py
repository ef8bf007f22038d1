"""Saving films: they are read back with all their frames, or are not there."""

import os
import sys
from contextlib import closing

import pytest
from PIL import Image

from nnviz.files import gif, video
from nnviz.files.datasets import load
from nnviz.files.errors import FileProblem
from nnviz.picture.shots import length, story_shots
from nnviz.session.model import model_for
from nnviz.session.state import initial
from nnviz.ui import animation
from nnviz.ui.theme import load_fonts

SIZE = animation.size_of(320)


@pytest.fixture(autouse=True)
def fonts(qapp):
    load_fonts()


@pytest.fixture(scope="module")
def state():
    return initial(model_for(load("xnor")), 3)


def saving(state, path, frame=gif.FRAME):
    shots = story_shots(state.story.stops(state.level)[:5], 5.0, frame)
    return shots, animation.saving(animation.film(state, SIZE), shots, path)


def test_a_gif_has_every_step(state, tmp_path):
    path = tmp_path / "story.gif"
    shots, shares = saving(state, path)
    told = list(shares)
    assert told == sorted(told)
    assert (told[0], told[-1], len(told)) == (0.0, 1.0, len(shots) + 1)
    with Image.open(path) as image:
        assert (image.format, image.size) == ("GIF", SIZE)
        durations = []
        for index in range(image.n_frames):
            image.seek(index)
            durations.append(image.info["duration"])
    assert sum(durations) == length(shots)
    assert 5 <= len(durations) <= len(shots)
    assert durations[-1] >= 3000


def test_an_mp4_has_every_step(state, tmp_path):
    av = pytest.importorskip("av", reason="PyAV is an extra")
    path = tmp_path / "story.MP4"
    shots, shares = saving(state, path, video.FRAME)
    assert list(shares)[-1] == 1.0
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height, stream.codec_context.pix_fmt) == (*SIZE, "yuv420p")
        assert sum(1 for _ in container.decode(stream)) == length(shots) // video.FRAME


@pytest.mark.parametrize("name", ["story.gif", "story.mp4"])
def test_stopped_on_the_way_it_leaves_what_was_there(state, tmp_path, name):
    if name.endswith("mp4"):
        pytest.importorskip("av", reason="PyAV is an extra")
    path = tmp_path / name
    path.write_text("old")
    with closing(saving(state, path)[1]) as shares:
        for _ in range(5):
            assert next(shares) < 1.0
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == [name]


def test_refusals(state, tmp_path, monkeypatch):
    for name, error, words in (
        ("story.avi", ValueError, r"ends in \.gif, \.mp4"),
        ("no/where.gif", FileProblem, "cannot be saved"),
    ):
        with pytest.raises(error, match=words):
            next(saving(state, tmp_path / name)[1])
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(ValueError, match="pip install av"):
        next(saving(state, tmp_path / "story.mp4")[1])
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("width", "size"), [(1280, (1280, 720)), (1920, (1920, 1080)), (800, (800, 450)), (801, (800, 450))]
)
def test_sizes_are_16_to_9_and_even(width, size):
    assert animation.size_of(width) == size


def test_every_width_gives_even_sides():
    for width in range(animation.NARROWEST, 1400):
        wide, high = animation.size_of(width)
        assert (wide % 2, high % 2) == (0, 0)
        assert abs(high - width * 9 / 16) <= 1
    for width in (animation.NARROWEST - 1, animation.WIDEST + 1):
        with pytest.raises(ValueError, match="expected 320 to 3840 pixels"):
            animation.size_of(width)
