"""Export animation: from the menu to a film that is read back."""

import os
import sys
import threading

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from nnviz.session.commands import GoTo, ShowTool, Train
from nnviz.session.train import SetIterations
from nnviz.ui.film import StoryFilm
from tests.ui.windows import choose, click

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def rows(field):
    return [field.itemText(index) for index in range(field.count())]


def seconds(path):
    with Image.open(path) as image:
        total = 0
        for index in range(image.n_frames):
            image.seek(index)
            total += image.info["duration"]
        return image.size, total / 1000


def test_the_rest_of_the_story_as_gif(window, open_by_keys, save_as, qtbot, tmp_path):
    stops = window.session.state.story.stops(window.session.state.level)
    window.session.do(GoTo(stops[-4]))
    dialog = open_by_keys("a")
    assert rows(dialog.stretch) == ["This example’s story", "From here to the end"]
    assert rows(dialog.frame_size) == ["800 × 450", "1280 × 720", "1920 × 1080"]
    assert dialog.meaning.text() == "18 steps by unit, 12 seconds in all."
    choose(dialog.stretch, "From")
    choose(dialog.frame_size, "800")
    choose(dialog.pace, "5")
    assert dialog.meaning.text() == "3 steps by unit, 4 seconds in all."
    path = tmp_path / "film.gif"
    save_as(dialog, path)
    qtbot.waitUntil(lambda: window._messages.text() == f"Saved to {path}", timeout=30_000)
    size, length = seconds(path)
    assert size == (800, 450)
    assert length == pytest.approx(4 * 0.16 + 3.04, abs=0.2)


def test_the_training(window, open_by_keys, save_as, qtbot, tmp_path):
    window.session.do(ShowTool("train"))
    window.session.do(SetIterations(30))
    window.session.do(Train())
    qtbot.waitUntil(lambda: window.session.state.training.reached == 30, timeout=30_000)
    dialog = open_by_keys("a")
    assert dialog.stretch.currentText() == "The training"
    assert dialog.meaning.text().startswith("30 iterations, 6 seconds")
    choose(dialog.pace, "100")
    choose(dialog.frame_size, "800")
    path = tmp_path / "film.gif"
    save_as(dialog, path)
    qtbot.waitUntil(lambda: window._messages.text() == f"Saved to {path}", timeout=30_000)
    assert seconds(path)[0] == (800, 450)


def test_without_a_training_it_is_not_offered(open_by_keys):
    assert rows(open_by_keys("a").stretch) == ["This example’s story"]


def test_mp4_without_its_encoder(window, open_by_keys, save_as, qtbot, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "av", None)
    dialog = open_by_keys("a")
    choose(dialog.format, "MP4")
    save_as(dialog, tmp_path / "film.mp4")
    qtbot.waitUntil(lambda: not window.exports.busy)
    assert "pip install av" in dialog.problem.text()
    assert os.listdir(tmp_path) == ["settings"]
    choose(dialog.format, "GIF")
    assert dialog.problem.text() == ""


def test_cancel_by_escape_leaves_nothing(window, open_by_keys, save_as, qtbot, tmp_path, monkeypatch):
    waiting, go, image = threading.Event(), threading.Event(), StoryFilm.image

    def slow(film, shot):
        waiting.set()
        go.wait(10)
        return image(film, shot)

    monkeypatch.setattr(StoryFilm, "image", slow)
    dialog = open_by_keys("a")
    save_as(dialog, tmp_path / "film.gif")
    qtbot.waitUntil(waiting.is_set)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    go.set()
    qtbot.waitUntil(lambda: not window.exports.busy)
    assert dialog.isVisible()
    assert dialog.meaning.text() == "Stopped; nothing has been saved."
    assert os.listdir(tmp_path) == ["settings"]
    click(dialog.cancel)
    assert not dialog.isVisible()


def test_how_far_it_is_and_what_is_left_is_shown(window, open_by_keys, save_as, qtbot, tmp_path):
    dialog = open_by_keys("a")
    save_as(dialog, tmp_path / "film.gif")
    qtbot.waitUntil(lambda: dialog.bar.value() > 10 and dialog.rest.text().endswith("s left"), timeout=30_000)
    click(dialog.cancel)
    qtbot.waitUntil(lambda: not window.exports.busy)
