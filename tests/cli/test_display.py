"""Which libraries are missed, and how that is told."""

import pytest

from nnviz.cli import display

NOWHERE = "libnowhere.so.9"


@pytest.mark.parametrize(
    ("environment", "platforms"),
    [
        ({}, ()),
        ({"DISPLAY": ""}, ()),
        ({"DISPLAY": ":0"}, ("xcb",)),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, ("wayland", "xcb")),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, ("offscreen",)),
        ({"QT_QPA_PLATFORM": "wayland;xcb"}, ("wayland", "xcb")),
        ({"QT_QPA_PLATFORM": "vnc:size=800x600"}, ("vnc",)),
    ],
)
def test_platforms(environment, platforms):
    assert display.platforms(environment) == platforms


def test_no_display_is_told(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    assert display.problem({}) == display.NO_DISPLAY


def test_elsewhere_than_on_linux_a_window_can_always_open(monkeypatch):
    monkeypatch.setattr("sys.platform", "darwin")
    assert display.problem({}) is None


def lack(monkeypatch, *libraries: str) -> None:
    monkeypatch.setattr(display, "_loads", lambda library: library not in libraries)


def test_a_missing_library_is_named_with_its_package(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    lack(monkeypatch, "libxcb-cursor.so.0")
    assert display.problem({"QT_QPA_PLATFORM": "offscreen"}) is None
    assert display.problem({"DISPLAY": ":0"}) == (
        "missing libxcb-cursor.so.0; on Debian: sudo apt-get install libxcb-cursor0"
    )


def test_one_platform_that_works_is_enough(monkeypatch):
    lack(monkeypatch, "libxcb-cursor.so.0")
    assert display.missing_for(("wayland", "xcb")) == ()
    lack(monkeypatch, "libxcb-cursor.so.0", "libwayland-client.so.0")
    assert display.missing_for(("wayland", "xcb")) == ("libxcb-cursor.so.0",)


def test_what_every_platform_needs_is_missed_on_each(monkeypatch):
    lack(monkeypatch, "libEGL.so.1")
    for platform in ("offscreen", "xcb", "wayland"):
        assert display.missing_for((platform,)) == ("libEGL.so.1",)


def test_an_import_that_failed_for_a_library_names_its_package():
    text = "{}: cannot open shared object file: No such file or directory"
    told = display.import_problem(ImportError(text.format("libEGL.so.1")))
    assert told == "missing libEGL.so.1; on Debian: sudo apt-get install libegl1"
    told = display.import_problem(ImportError(text.format(NOWHERE)))
    assert told == f"missing {NOWHERE}; on Debian: sudo apt-get install {NOWHERE}"


def test_another_failed_import_is_not_explained_away():
    assert display.import_problem(ImportError("No module named 'PySide6'")) is None


def test_the_loader_is_asked():
    assert display.missing([NOWHERE]) == (NOWHERE,)
