"""What is remembered, and that nothing in the file can stop the program."""

import pytest
from PySide6.QtCore import QByteArray

from nnviz.engine.story import Level
from nnviz.files import datasets
from nnviz.session.commands import (
    ReduceMotion,
    SetSpeed,
    ShowCodeVersion,
    ShowDigits,
    ShowLanguage,
    ShowLevel,
    ShowTheme,
    ShowWholeCode,
    Zoom,
)
from nnviz.session.model import model_for
from nnviz.session.session import Session
from nnviz.session.state import View, initial
from nnviz.ui.settings import Settings


@pytest.fixture
def path(tmp_path, qapp):
    return tmp_path / "nnviz.ini"


def test_an_empty_file_gives_the_first_values(path):
    settings = Settings(path)
    assert settings.view() == View()
    assert settings.level() is Level.UNIT
    assert settings.geometry() is settings.splitter() is settings.panel("setup") is None
    assert not settings.hints_seen


def test_there_and_back(path):
    session = Session(initial(model_for(datasets.load("xor"))))
    for command in (
        ShowTheme("projector"),
        Zoom(1.4),
        SetSpeed(0.2),
        ShowLanguage("octave"),
        ShowWholeCode(True),
        ShowCodeVersion("vectorised"),
        ShowDigits(4),
        ReduceMotion(True),
        ShowLevel(Level.TERM),
    ):
        session.do(command)
    settings = Settings(path)
    settings.remember(session.state)
    settings.remember_geometry(QByteArray(b"\x00\x01"))
    settings.remember_splitter(QByteArray(b"\xff"))
    settings.remember_panels({"setup": True, "inspector": None})
    settings.hints_seen = True
    settings.sync()
    again = Settings(path)
    assert again.view() == session.state.view
    assert again.level() is Level.TERM
    assert again.geometry() == b"\x00\x01"
    assert again.splitter() == b"\xff"
    assert again.panel("setup") is True
    assert again.panel("inspector") is None
    assert again.hints_seen


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("theme=neon", "theme"),
        ("zoom=huge", "zoom"),
        ("zoom=1e9", "zoom"),
        ("zoom=nan", "zoom"),
        ("speed=-1", "speed"),
        ("speed=@Invalid()", "speed"),
        ("digits=2.5", "digits"),
        ("digits=99", "digits"),
        ("digits=1, 2, 3", "digits"),
        ("reduced_motion=perhaps", "reduced_motion"),
        ("language=fortran", "language"),
        ("whole_code=maybe", "whole_code"),
        ("code_version=recursive", "code_version"),
    ],
)
def test_a_strange_value_is_forgotten_and_the_others_are_kept(path, line, field):
    other = "speed=5.0" if field != "speed" else "zoom=1.5"
    path.write_text(f"[view]\n{line}\n{other}\n", encoding="utf-8")
    view = Settings(path).view()
    assert getattr(view, field) == getattr(View(), field)
    assert view != View()


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe garbage", b"[[[[\n=\n", b"[view\nzoom=2", b"level=\x80"])
def test_no_file_can_stop_it(path, content):
    path.write_bytes(content)
    settings = Settings(path)
    assert settings.level() in Level
    assert settings.view().digits == 2
    assert settings.geometry() is None or isinstance(settings.geometry(), QByteArray)


def test_reset_forgets_everything(path):
    settings = Settings(path)
    settings.hints_seen = True
    settings.forget()
    assert not Settings(path).hints_seen


def test_a_folder_that_is_gone_is_not_offered(path, tmp_path):
    settings = Settings(path)
    settings.export_folder = str(tmp_path)
    assert settings.export_folder == str(tmp_path)
    for gone in ("gone", "x" * 300):  # of such a name the system says another thing than that nothing is there
        settings.export_folder = str(tmp_path / gone)
        assert settings.export_folder == ""
