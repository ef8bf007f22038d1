"""Takes the README's pictures from the real window: ``python docs/make_pictures.py`` writes ``docs/images``."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported

from PySide6.QtCore import QDeadlineTimer
from PySide6.QtTest import QTest

from nnviz.files.datasets import load
from nnviz.files.lessons.shelf import shelf
from nnviz.session.checking import PlantFault, present
from nnviz.session.commands import (
    GoToIteration,
    GoToStep,
    SetLambda,
    SetLearningRate,
    SetMethod,
    ShowRun,
    ShowTool,
    Train,
)
from nnviz.session.lesson.studying import Answer, GoToScene
from nnviz.session.model import model_for
from nnviz.session.session import Session
from nnviz.session.state import Theme, View, initial
from nnviz.ui.app import application_for_window, build
from nnviz.ui.settings import Settings
from nnviz.ui.window import Window

IMAGES = Path(__file__).with_name("images")
SIZE = (1440, 900)


class Shot(NamedTuple):
    """One picture: *example* counts from 1, *step* in units."""

    name: str
    data: str
    example: int
    step: int
    theme: Theme


RATES = (1.0, 2.0)
"""Learning rates of the runs that the picture of training compares, before L-BFGS with weight decay."""
LESSON, SCENE = "06", 2
"""The lesson, by its number, and the scene, from 0, that are shown."""
PAST = 288
"""The iteration of the second run that it looks at."""
SHOTS = (
    Shot("step_light", "vehicles", 7, 27, "light"),
    Shot("step_dark", "vehicles", 7, 27, "dark"),
    Shot("digits_light", "digits", 8, 64, "light"),
)


def take(shot: Shot, folder: Path) -> None:
    """Open the window at the shot's place and write what it shows."""
    with opened(shot.data, shot.example, shot.theme, folder) as window:
        window.session.do(GoToStep(shot.step))
        QTest.qWait(500)  # for what the window does when it has nothing else to do
        save(window, shot.name)


def take_training(name: str, theme: Theme, folder: Path) -> None:
    """Three runs, and the past of the second."""
    with opened("vehicles", 7, theme, folder) as window:
        session = window.session
        session.do(ShowTool("train"))
        for rate in RATES:
            session.do(SetLearningRate(rate))
            train(window)
        session.do(SetMethod("l-bfgs"))
        session.do(SetLambda(0.1))
        train(window)
        session.do(ShowRun(session.state.training.runs[1]))
        session.do(GoToIteration(PAST))
        wait(lambda: session.state.scores is not None and session.state.scores.model is session.state.model)
        wait(lambda: False, 0.5)
        save(window, name)


def take_check(name: str, theme: Theme, folder: Path) -> None:
    """A planted mistake, checked."""
    with opened("vehicles", 7, theme, folder) as window:
        session = window.session
        session.do(SetLambda(1.0))
        session.do(PlantFault("lambda-not-over-m"))
        session.do(ShowTool("check"))
        wait(lambda: present(session.state) is not None)
        wait(lambda: False, 0.5)
        save(window, name)


def take_lesson(name: str, theme: Theme, folder: Path) -> None:
    """A scene in which a question has been answered."""
    with opened("vehicles", 7, theme, folder) as window:
        window.lessons.open(next(path for path in shelf() if path.stem.startswith(LESSON)))
        window.session.do(GoToScene(SCENE))
        scene = window.session.state.lesson.scene
        question = next(one for one in scene.questions if one.options)
        wrong = next(index for index, option in enumerate(question.options, 1) if not option.right)
        window.session.do(Answer(question.name, str(wrong)))
        wait(lambda: False, 1.0)
        save(window, name)


def train(window: Window) -> None:
    """One run to its end."""
    window.session.do(Train())
    wait(lambda: not window.session.state.training.active, 60.0)


def wait(done: Callable[[], bool], seconds: float = 10.0) -> None:
    """Let the window work until *done*, or for so long."""
    deadline = QDeadlineTimer(round(1000 * seconds))
    while not done() and not deadline.hasExpired():
        QTest.qWait(10)


@contextmanager
def opened(data: str, example: int, theme: Theme, folder: Path) -> Iterator[Window]:
    """The window on an example, counted from 1, with nothing that moves."""
    view = View(theme=theme, reduced_motion=True, pace=0)
    session = Session(initial(model_for(load(data)), example - 1, view=view))
    settings = Settings(folder / "nnviz.ini")
    settings.hints_seen = True
    window = build(session, settings)
    window.resize(*SIZE)
    window.show()
    yield window
    window.close()


def save(window: Window, name: str) -> None:
    """Write what the window shows."""
    window.grab().save(str(IMAGES / f"{name}.png"))


def main() -> None:
    """Take them all."""
    application_for_window()
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for shot in SHOTS:
            take(shot, Path(folder))
        take_training("train_light", "light", Path(folder))
        take_training("train_dark", "dark", Path(folder))
        take_check("check_light", "light", Path(folder))
        take_lesson("lesson_light", "light", Path(folder))


if __name__ == "__main__":
    main()
