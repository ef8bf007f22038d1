"""The program as a whole: how it opens, follows the desktop, and survives what nobody expected."""

import gc
import os
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from nnviz.session.commands import ShowTheme
from nnviz.ui import app, theme
from nnviz.ui.settings import Settings


@pytest.fixture
def window(qtbot, tmp_path):
    settings = Settings(tmp_path / "nnviz.ini")
    window = app.build(app.session_for(settings), settings)
    qtbot.addWidget(window)
    return window


def test_smoke(tmp_path):
    """In a process of its own: it paints once and leaves with 0, and says nothing on stderr."""
    environment = os.environ | {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    command = "import sys; from nnviz.ui import app; sys.exit(app.run(reset=True, smoke=True))"
    done = subprocess.run(
        [sys.executable, "-c", command], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(app.PAINTED)
    assert list(tmp_path.rglob("nnviz.ini"))


def test_start_up_leaves_out_what_can_wait():
    command = (
        "import sys; from nnviz.ui import app; "
        "print([name for name in ('scipy', 'pyqtgraph', 'nnviz.ui.help', 'nnviz.ui.panels.inspector', "
        "'nnviz.session.lesson') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_once_the_window_stands_the_collector_passes_over_all_of_it(qtbot, tmp_path):
    settings = Settings(tmp_path / "nnviz.ini")
    settings.hints_seen = True
    window = app.build(app.session_for(settings), settings, furnished=False)
    qtbot.addWidget(window)
    gc.disable()  # as the command does
    try:
        app._settle(window)
        assert gc.isenabled()
        assert not any(known is window for known in gc.get_objects())
        assert "inspector" in window.panels
    finally:
        gc.enable()
        gc.unfreeze()  # this window is to go


def test_it_follows_the_desktop_from_light_to_dark(window, monkeypatch):
    seen = []
    window.session.listen(lambda old, new: seen.append(theme.theme_of(new.view).dress))
    monkeypatch.setattr(theme, "_system_dress", lambda: "dark")
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert seen[-1] == "dark"
    assert window.session.state.view.theme == "system"
    assert window.palette().window().color().lightness() < 128


def test_a_chosen_theme_does_not_follow(window):
    window.session.do(ShowTheme("light"))
    view = window.session.state.view
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert window.session.state.view is view


def test_what_nobody_expected_is_logged_and_told_and_the_program_goes_on(window, tmp_path):
    failures = app.Failures(window, tmp_path / "logs" / "failures.log")
    try:
        raise RuntimeError("out of cheese")
    except RuntimeError as error:
        failures.handle(RuntimeError, error, error.__traceback__)
    assert "out of cheese" in failures.log.read_text(encoding="utf-8")
    assert str(failures.log) in window._messages.text()
    assert "Traceback" not in window._messages.text()


def test_the_same_failure_many_times_in_a_second_is_told_once(window, tmp_path, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(app.time, "monotonic", lambda: now[0])
    failures = app.Failures(window, tmp_path / "failures.log")
    for later in (0.0, 0.02, 0.02, 2.0):
        now[0] += later
        failures.handle(ValueError, ValueError("x"), None)
    failures.handle(ValueError, ValueError("y"), None)
    assert failures.log.read_text(encoding="utf-8").count("ValueError: x") == 2
    assert failures.log.read_text(encoding="utf-8").count("ValueError: y") == 1


def test_a_log_that_cannot_be_written_goes_to_the_terminal(window, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    app.Failures(window, tmp_path / "file" / "failures.log").handle(ValueError, ValueError("x"), None)
    assert "ValueError: x" in capsys.readouterr().err
    assert "terminal" in window._messages.text()
