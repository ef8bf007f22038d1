"""What is remembered from one start to the next; what can't be read is forgotten, one value at a time."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, get_args

from PySide6.QtCore import QByteArray, QSettings

from nnviz.engine.story import Level
from nnviz.session.state import (
    FASTEST,
    LARGEST_ZOOM,
    PACES,
    SLOWEST,
    SMALLEST_ZOOM,
    CodeVersion,
    Language,
    State,
    Theme,
    View,
)

ORGANISATION = "nnviz"


class Settings:
    """An ini file, the user's own unless *path* names another."""

    def __init__(self, path: Path | None = None) -> None:
        ini = QSettings.Format.IniFormat
        self._store = (
            QSettings(str(path), ini)
            if path is not None
            else QSettings(ini, QSettings.Scope.UserScope, ORGANISATION, ORGANISATION)
        )

    def forget(self) -> None:
        """Forget everything."""
        self._store.clear()
        self._store.sync()

    def view(self) -> View:
        """How things are shown; what is missing or strange has its first value."""
        known = {name: self._read(f"view/{name}", read) for name, read in _VIEW.items()}
        return View(**{name: value for name, value in known.items() if value is not None})

    def level(self) -> Level:
        """How far one step goes."""
        return self._read("level", Level) or Level.UNIT

    def remember(self, state: State) -> None:
        """Keep what of the state belongs to the user and not to the model."""
        for name, value in state.view._asdict().items():
            self._store.setValue(f"view/{name}", _written(value))
        self._store.setValue("level", state.level.value)

    def geometry(self) -> QByteArray | None:
        """Where the window was, for ``restoreGeometry``."""
        return self._bytes("window/geometry")

    def splitter(self) -> QByteArray | None:
        """The widths of the panels, for ``QSplitter.restoreState``."""
        return self._bytes("window/splitter")

    def remember_geometry(self, geometry: QByteArray) -> None:
        """Keep where the window is."""
        self._store.setValue("window/geometry", _text(geometry))

    def remember_splitter(self, splitter: QByteArray) -> None:
        """Keep how wide the panels are."""
        self._store.setValue("window/splitter", _text(splitter))

    def panel(self, name: str) -> bool | None:
        """Whether the user asked for a panel (True), put it away (False), or said nothing (None)."""
        return self._read(f"panels/{name}", _truth)

    def remember_panels(self, wanted: Mapping[str, bool | None]) -> None:
        """Keep which panels were asked for."""
        for name, value in wanted.items():
            if value is None:
                self._store.remove(f"panels/{name}")
            else:
                self._store.setValue(f"panels/{name}", _written(value))

    @property
    def hints_seen(self) -> bool:
        """Whether the first run's hints have been shown."""
        return self._read("hints_seen", _truth) or False

    @hints_seen.setter
    def hints_seen(self, seen: bool) -> None:
        self._store.setValue("hints_seen", _written(seen))

    @property
    def export_folder(self) -> str:
        """Where the last picture was saved, "" if none was or the folder is gone."""
        return self._folder("export/folder")

    @export_folder.setter
    def export_folder(self, folder: str) -> None:
        self._store.setValue("export/folder", folder)

    @property
    def data_folder(self) -> str:
        """Where data were last opened, "" if none were or the folder is gone."""
        return self._folder("data/folder")

    @data_folder.setter
    def data_folder(self, folder: str) -> None:
        self._store.setValue("data/folder", folder)

    @property
    def lesson_folder(self) -> str:
        """Where a lesson was last opened, "" if none was or the folder is gone."""
        return self._folder("lessons/folder")

    @lesson_folder.setter
    def lesson_folder(self, folder: str) -> None:
        self._store.setValue("lessons/folder", folder)

    @property
    def own_lessons(self) -> str:
        """The folder of a teacher's own lessons, "" if none was chosen or it is gone."""
        return self._folder("lessons/own")

    @own_lessons.setter
    def own_lessons(self, folder: str) -> None:
        self._store.setValue("lessons/own", folder)

    def progress(self, lesson: str) -> tuple[int, frozenset[str]]:
        """The scene, from 0, at which a lesson was left, and the tasks that had been done."""
        words = (self._read(f"lessons/at/{lesson}", _words) or "").split()
        if not words or not all(word.isascii() and word.isdigit() for word in words):
            return 0, frozenset()
        return int(words[0]), frozenset(words[1:])

    def keep_progress(self, lesson: str, scene: int, done: frozenset[str]) -> None:
        """Keep how far a lesson has been gone through."""
        self._store.setValue(f"lessons/at/{lesson}", " ".join((str(scene), *sorted(done))))

    def forget_progress(self) -> None:
        """Forget how far lessons have been gone through."""
        self._store.remove("lessons/at")

    def sync(self) -> None:
        """Write to the disk."""
        self._store.sync()

    def _folder(self, key: str) -> str:
        folder = self._read(key, str) or ""
        return folder if os.path.isdir(folder) else ""  # a Path raises an error where the folder is out of reach

    def _read(self, key: str, read: Callable[[Any], Any]) -> Any:
        """The value as *read* takes it, None if it is missing or *read* refuses it."""
        try:
            value = self._store.value(key)
            return None if value is None else read(value)
        except (ValueError, TypeError, EOFError, OverflowError, RuntimeError):
            return None

    def _bytes(self, key: str) -> QByteArray | None:
        return self._read(key, lambda text: QByteArray.fromHex(QByteArray(_words(text).encode("ascii"))))


def _within(least: float, most: float) -> Callable[[Any], float]:
    def read(text: Any) -> float:
        value = float(text)
        if not least <= value <= most:
            raise ValueError(text)
        return value

    return read


def _one_of(choices: tuple[str, ...]) -> Callable[[Any], str]:
    def read(text: Any) -> str:
        if text not in choices:
            raise ValueError(text)
        return str(text)

    return read


def _truth(text: Any) -> bool:
    return {"yes": True, "no": False}[_one_of(("yes", "no"))(text)]


def _words(text: Any) -> str:
    if not isinstance(text, str):
        raise ValueError(text)
    return text


def _digits(text: Any) -> int:
    return int(_within(1, 6)(int(text)))


def _pace(text: Any) -> int:
    value = int(text)
    if value not in PACES:
        raise ValueError(text)
    return value


_VIEW: Mapping[str, Callable[[Any], Any]] = {
    "theme": _one_of(get_args(Theme)),
    "zoom": _within(SMALLEST_ZOOM, LARGEST_ZOOM),
    "speed": _within(SLOWEST, FASTEST),
    "language": _one_of(get_args(Language)),
    "digits": _digits,
    "reduced_motion": _truth,
    "whole_code": _truth,
    "code_version": _one_of(get_args(CodeVersion)),
    "pace": _pace,
}


def _written(value: Any) -> str:
    """As text: an ini file holds no Qt object that could fail to be read back."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _text(data: QByteArray) -> str:
    return data.toHex().data().decode("ascii")
