"""Goes through a lesson as a student who follows every link; training and the check are done at once, windowless."""

from collections.abc import Iterator
from functools import cache
from itertools import chain, cycle, islice
from pathlib import Path

from nnviz.engine.history import packed
from nnviz.engine.training import train
from nnviz.files.datasets import load
from nnviz.files.lessons.reading import read_lesson
from nnviz.picture.written import formula
from nnviz.session import commands as c
from nnviz.session.check import Question as Checked
from nnviz.session.check import answer
from nnviz.session.checking import ShowAnswer, present
from nnviz.session.command import Command
from nnviz.session.lesson.studying import NoticeDone, OpenLesson
from nnviz.session.lesson.values import (
    Formula,
    Lesson,
    Line,
    Link,
    Live,
    Paragraph,
    Question,
    Scene,
    Studying,
    Task,
)
from nnviz.session.model import model_for
from nnviz.session.run import settings
from nnviz.session.session import Session
from nnviz.session.state import State, initial

MOST_CLICKS = 300
PLAYED = 1000
"""Steps that a story is played on, at the most."""


@cache
def lesson_of(path: Path) -> Lesson:
    """The lesson in a file; the same object each time, as Θ of its stages takes a while to draw."""
    return read_lesson(path, formula)


class Walker:
    """A session with a lesson open; *number* is the scene that it begins with."""

    def __init__(self, path: Path, number: int = 0) -> None:
        self.session = Session(initial(model_for(load("vehicles"))))
        self.do(OpenLesson(lesson_of(path), number))

    @property
    def state(self) -> State:
        """The present state."""
        return self.session.state

    @property
    def studying(self) -> Studying:
        """Where in the lesson one is."""
        assert self.state.lesson is not None
        return self.state.lesson

    def do(self, command: Command) -> None:
        """Carry it out, and what the window would do then: train, check, play, and notice what is done."""
        self.session.do(command)
        while self.state.training.active:
            self._train()
        self._check()
        self.session.do(NoticeDone())
        if isinstance(command, c.Play):
            self._play()

    def click(self, task: Task) -> None:
        """Click the links of the task, in order and again and again, until it is done."""
        links = [part.command for part in task.line if isinstance(part, Link) and part.command is not None]
        assert links, "there is no link to click"
        for command in islice(cycle(links), MOST_CLICKS):
            self.do(command)
            if task.name in self.studying.done:
                return
        raise AssertionError(f"{MOST_CLICKS} clicks have not done it")

    def _train(self) -> None:
        training = self.state.training
        run, goal = training.run, training.goal
        assert run is not None
        known = run.history.length
        fresh = list(islice(train(run.model.network, *run.model.examples.training, **settings(run.model)), goal + 1))
        run.history.append(packed(fresh[known:]))
        ending = "" if len(fresh) > goal else "It can go on no further."
        self.session.do(c.ShowProgress(run, run.history.length - 1, ending))

    def _check(self) -> None:
        if self.state.tool != "check" or present(self.state) is not None:
            return
        work = answer(Checked(self.state.model, self.state.estimate))
        while True:
            try:
                next(work)
            except StopIteration as done:
                self.session.do(ShowAnswer(done.value))
                return

    def _play(self) -> None:
        for _ in range(PLAYED):
            if not self.state.playing:
                return
            self.session.do(c.StepForward())
            self.session.do(NoticeDone())
        self.session.do(c.Pause())


def lines(scene: Scene) -> Iterator[Line]:
    """All that can be read in a scene but for what is said once a task is done."""
    for block in scene.blocks:
        if isinstance(block, Paragraph | Task):
            yield block.line
        elif isinstance(block, Question):
            yield from (block.line, block.right, block.wrong)
            yield from chain.from_iterable((option.line, option.reply) for option in block.options)
        else:
            assert isinstance(block, Formula)


def missing(scene_lines: Iterator[Line], state: State) -> list[str]:
    """The lines with a live value that is not there, as they would be read."""
    return [
        "".join(shown_part(part, state) for part in line)
        for line in scene_lines
        if any(isinstance(part, Live) and part.node.value(state) is None for part in line)
    ]


def shown_part(part: object, state: State) -> str:
    """A part of a line in plain words; numbers to a few digits."""
    if not isinstance(part, Live):
        return part.text  # type: ignore[attr-defined]
    value = part.node.value(state)
    return f"{value:.{2 if part.digits is None else part.digits}f}" if isinstance(value, float) else str(value)
