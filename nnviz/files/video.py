"""Animations as MP4 (H.264), which slides and browsers play; needs PyAV, the extra `video`."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from nnviz.files.frames import Frame

FRAME = 40
"""Milliseconds of a frame: 25 a second."""
MISSING = "MP4 needs PyAV, which is not installed: pip install av. GIF needs nothing more."
BT_709 = 1
"""The colours of high definition, by the number that H.264 has for them."""
FROM_16_TO_235 = 1
"""And the range of their numbers."""
QUALITY = {"crf": "18", "preset": "veryfast", "tune": "animation"}


def check_encoder() -> None:
    """ValueError, in words for the user, if PyAV is not there."""
    try:
        import av  # noqa: F401 (an extra; and only who wants a film waits for it)
    except ImportError:
        raise ValueError(MISSING) from None


def write_mp4(file: BinaryIO, frames: Iterable[Frame]) -> Iterator[None]:
    """Write *frames*, at least one, all of one even width and height, one after the other; yields after each.

    They are not held. *file* can be sought in. Colours are those of high definition, which players expect of it.
    """
    check_encoder()
    import av

    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=1000 // FRAME, options=QUALITY)
        stream.pix_fmt = "yuv420p"  # what every player can show
        stream.color_range = FROM_16_TO_235
        stream.colorspace = stream.color_primaries = stream.color_trc = BT_709
        count = 0
        for frame in frames:
            if not count:
                stream.height, stream.width = frame.pixels.shape[:2]
            picture = av.VideoFrame.from_ndarray(frame.pixels, format="rgb24").reformat(
                format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG"
            )
            for _ in range(max(1, frame.milliseconds // FRAME)):
                picture.pts = count
                container.mux(stream.encode(picture))
                count += 1
            yield
        container.mux(stream.encode())
