"""`nnviz animate`: films without a screen, and refusals in one line."""

import os
import subprocess
import sys

import pytest
from PIL import Image

from nnviz.cli import main
from nnviz.picture.shots import length, training_shots

SMALL = ("--data", "xnor", "--example", "4", "--width", "320")


def made(path, *words):
    assert main.main(["animate", *SMALL, *words, "-o", str(path)]) == 0
    with Image.open(path) as image:
        durations = []
        for index in range(image.n_frames):
            image.seek(index)
            durations.append(image.info["duration"])
        return image.size, durations


def test_in_a_process_without_a_display(tmp_path):
    path = tmp_path / "story.gif"
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    words = ["--data", "xnor", "--level", "layer", "--steps-per-second", "5", "--width", "320", "-o", str(path)]
    done = subprocess.run(
        [sys.executable, "-m", "nnviz", "animate", *words], capture_output=True, text=True, env=environment, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert path.read_bytes().startswith(b"GIF89a")


def test_a_stretch_lasts_as_long_as_its_steps(tmp_path, qapp):
    size, durations = made(tmp_path / "a.gif", "--from", "2", "--to", "5", "--steps-per-second", "2.5")
    assert size == (320, 180)
    assert sum(durations) == 4 * 400 + 3040


def test_a_training(tmp_path, qapp):
    _, durations = made(tmp_path / "a.gif", "--training", "--iterations", "20", "--alpha", "3")
    assert sum(durations) == length(training_shots(20, 20.0, 80))


def test_an_mp4(tmp_path, qapp):
    av = pytest.importorskip("av", reason="PyAV is an extra")
    path = tmp_path / "a.mp4"
    words = ("--training", "--iterations", "10", "--method", "adam", "--theme", "dark")
    assert main.main(["animate", *SMALL, *words, "-o", str(path)]) == 0
    with av.open(str(path)) as container:
        assert (
            sum(1 for _ in container.decode(container.streams.video[0])) == length(training_shots(10, 20.0, 40)) // 40
        )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--from x", "--from is 'x'; expected 0 to 18."),
        ("--to 99", "--to is 99; expected 0 to 18."),
        ("--from 5 --to 3", "--to is 3; expected 5 to 18."),
        ("--level word", "--level is 'word'; expected one of term, unit, layer, example."),
        ("--steps-per-second 0", "--steps-per-second is 0; expected 0.1 to 1000."),
        ("--steps-per-second fast", "--steps-per-second is 'fast'; expected 0.1 to 1000."),
        ("--width 99999", "--width is 99999; expected 320 to 3840."),
        ("--theme pink", "--theme is 'pink'; expected one of light, dark, projector."),
        ("--training --from 3", "--from is 3; expected none beside --training"),
        ("--training --iterations 0", "The training has no iteration to show"),
        ("--training --iterations 9000000", "The animation would last 7,500 minutes; expected 10 at the most."),
        ("--training --method magic", "--method is 'magic'; expected one of"),
        ("--alpha fast", "--alpha is 'fast'; expected a number, 0 or larger."),
        ("--network 2-9000-9000-1", "network has 81,045,001 weights; expected"),
        ("--level term --data digits", "The animation would last"),
    ],
)
def test_refusals_are_one_line(capsys, tmp_path, qapp, words, said):
    assert main.main(["animate", *SMALL, *words.split(), "-o", str(tmp_path / "a.gif")]) == main.USER_ERROR
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1
    assert os.listdir(tmp_path) == []


def test_places_and_encoders(capsys, tmp_path, qapp, monkeypatch):
    def refused(name):
        assert main.main(["animate", *SMALL, "-o", str(tmp_path / name)]) == main.USER_ERROR
        return capsys.readouterr().err

    assert "It cannot be saved (there is no such folder)" in refused("no/where.gif")
    assert "expected a name that ends in .gif, .mp4" in refused("film.avi")
    monkeypatch.setitem(sys.modules, "av", None)
    assert refused("film.mp4") == "nnviz: MP4 needs PyAV, which is not installed: pip install av. " + (
        "GIF needs nothing more.\n"
    )
    assert os.listdir(tmp_path) == []


def test_ctrl_c_leaves_nothing(tmp_path, qapp, monkeypatch):
    from nnviz.ui.film import StoryFilm

    def interrupted(film, shot):
        raise KeyboardInterrupt

    monkeypatch.setattr(StoryFilm, "image", interrupted)
    assert main.main(["animate", *SMALL, "-o", str(tmp_path / "a.gif")]) == main.INTERRUPTED
    assert os.listdir(tmp_path) == []
