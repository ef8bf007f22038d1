"""MP4: what is written, another program reads back; without PyAV it is said what to install."""

import io
import sys

import numpy as np
import pytest

from nnviz.files import video
from nnviz.files.frames import Frame

av = pytest.importorskip("av", reason="PyAV is an extra")

COLOURS = ((251, 252, 254), (29, 106, 191), (190, 50, 123))


def flat(colour, size=(90, 160)):
    return np.full((*size, 3), colour, np.uint8)


def written(frames):
    file = io.BytesIO()
    assert sum(1 for _ in video.write_mp4(file, frames)) == len(frames)
    return file.getvalue()


def test_it_is_read_back():
    frames = [Frame(flat(colour), 120 * (index + 1)) for index, colour in enumerate(COLOURS)]
    with av.open(io.BytesIO(written(frames))) as container:
        stream = container.streams.video[0]
        found = [frame.to_ndarray(format="rgb24") for frame in container.decode(stream)]
        context = stream.codec_context
        assert (context.name, context.pix_fmt, context.width, context.height) == ("h264", "yuv420p", 160, 90)
        assert stream.average_rate == 25
        assert container.duration / 1000 == pytest.approx(720, abs=1)
    assert len(found) == 720 // video.FRAME
    for index, colour in ((0, COLOURS[0]), (5, COLOURS[1]), (17, COLOURS[2])):
        assert np.abs(found[index][45, 80].astype(int) - colour).max() <= 6


def test_frames_are_not_held():
    import gc
    import weakref

    alive = []

    def frames():
        for index in range(60):
            frame = Frame(flat((index, 0, 0)), 40)
            alive.append(weakref.ref(frame.pixels))
            yield frame

    most = 0
    for _ in video.write_mp4(io.BytesIO(), frames()):
        gc.collect()
        most = max(most, sum(one() is not None for one in alive))
    assert most <= 3


def test_without_pyav_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(ValueError, match="pip install av"):
        video.check_encoder()
    with pytest.raises(ValueError, match="pip install av"):
        next(video.write_mp4(io.BytesIO(), [Frame(flat((0, 0, 0)), 40)]))
