"""Takes the README's pictures from the real window: ``python docs/make_pictures.py`` writes ``docs/images``."""

import os
import tempfile
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported

from PySide6.QtTest import QTest

from nnviz.files.datasets import load
from nnviz.session.commands import GoToStep
from nnviz.session.model import model_for
from nnviz.session.session import Session
from nnviz.session.state import Theme, View, initial
from nnviz.ui.app import application_for_window, build
from nnviz.ui.settings import Settings

IMAGES = Path(__file__).with_name("images")
SIZE = (1440, 900)


class Shot(NamedTuple):
    """One picture: *example* counts from 1, *step* in units."""

    name: str
    data: str
    example: int
    step: int
    theme: Theme


SHOTS = (
    Shot("step_light", "vehicles", 7, 27, "light"),
    Shot("step_dark", "vehicles", 7, 27, "dark"),
    Shot("digits_light", "digits", 8, 64, "light"),
)


def take(shot: Shot, folder: Path) -> None:
    """Open the window at the shot's place and write what it shows."""
    view = View(theme=shot.theme, reduced_motion=True)
    session = Session(initial(model_for(load(shot.data)), shot.example - 1, view=view))
    settings = Settings(folder / "nnviz.ini")
    settings.hints_seen = True
    window = build(session, settings)
    window.resize(*SIZE)
    window.show()
    session.do(GoToStep(shot.step))
    QTest.qWait(500)  # for what the window does when it has nothing else to do
    window.grab().save(str(IMAGES / f"{shot.name}.png"))
    window.close()


def main() -> None:
    """Take them all."""
    application_for_window()
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for shot in SHOTS:
            take(shot, Path(folder))


if __name__ == "__main__":
    main()
