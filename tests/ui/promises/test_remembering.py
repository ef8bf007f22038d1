"""What the real window remembers, forgets and leaves behind."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QCoreApplication, QSettings, Qt
from PySide6.QtWidgets import QApplication

from nnviz.engine.story import Level
from nnviz.session.session import Session
from nnviz.ui.app import application_for_window, build, session_for
from nnviz.ui.settings import ORGANISATION, Settings
from tests import leftovers
from tests.ui.windows import press, show


@pytest.fixture
def restarted(qtbot, tmp_path):
    """Opens the window as the program does, with settings of its own."""

    def opened():
        application_for_window()
        settings = Settings(tmp_path / "nnviz.ini")
        window = build(session_for(settings), settings)
        qtbot.addWidget(window)
        return show(window)

    return opened


def test_the_view_is_remembered_over_a_restart(restarted):
    window = restarted()
    press(window, "+", times=2)
    press(window, "3")
    press(window, "=", Qt.KeyboardModifier.ControlModifier)
    for name in ("theme-dark", "digits-4", "code-octave", "reduced-motion", "show-setup"):
        window.table[name].trigger()
    view, shown = window.session.state.view, window.shown("setup")
    window.close()
    again = restarted()
    assert again.session.state.view == view
    assert again.session.state.level is Level.LAYER
    assert again.transport.findChild(type(again.transport._speed), "speed").text() == "5 /s"
    assert again.shown("setup") is shown


def test_the_model_is_not_remembered(restarted):
    window = restarted()
    press(window, Qt.Key.Key_Right, times=5)
    window.table["next-seed"].trigger()
    window.close()
    state = restarted().session.state
    assert (state.model.seed, state.moment.place, state.moment.example) == (4, 0, 6)


def test_what_was_remembered_and_makes_no_sense_is_forgotten(restarted, tmp_path):
    (tmp_path / "nnviz.ini").write_text(
        "[General]\nlevel=chapter\n[view]\nspeed=1e9\nzoom=nan\ntheme=pink\ndigits=x\n[window]\ngeometry=zz\nsplitter=@\n"
    )
    window = restarted()
    assert window.session.state.view.speed == 1.0
    assert window.session.state.level is Level.UNIT
    press(window, Qt.Key.Key_Right)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere settings cannot be put in a folder")
def test_reset_forgets(tmp_path):
    stored = QSettings(str(tmp_path / ORGANISATION / f"{ORGANISATION}.ini"), QSettings.Format.IniFormat)
    stored.setValue("view/speed", "5.0")
    stored.sync()
    for arguments, speed in (["--smoke"], "5.0"), (["--reset", "--smoke"], "1.0"):
        ended = subprocess.run(
            [sys.executable, "-m", "nnviz", *arguments],
            env=os.environ | {"XDG_CONFIG_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert (ended.returncode, ended.stdout[:10]) == (0, "painted at"), ended.stderr
        stored.sync()
        assert stored.value("view/speed") == speed


def test_nothing_runs_on_after_the_window_is_closed_while_it_plays_moves_and_loads(open_window, qtbot):
    window = open_window()
    window.table["reduced-motion"].trigger()
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_Space)
    window.header.choose_data("digits")
    window.close()
    assert not window.player.moves
    qtbot.waitUntil(lambda: not any("running" in found for found in leftovers.qt_objects()), timeout=2000)
    assert not window.session.state.playing
    assert not window.header.loading


def test_a_closed_window_is_gone(qtbot, tmp_path):
    application_for_window()
    settings = Settings(tmp_path / "nnviz.ini")
    window = show(build(session_for(settings), settings))
    session: Session = window.session
    press(window, Qt.Key.Key_Right)
    window.close()
    window.deleteLater()
    del window
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, 52)  # DeferredDelete
    assert leftovers.qt_objects() == []
    assert session.state.moment.place > 0
