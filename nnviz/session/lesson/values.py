"""What a lesson is made of: scenes with a stage, words, questions and tasks; nothing in it does anything by itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from nnviz.engine.quantities import Address
from nnviz.engine.steps import Phase
from nnviz.engine.story import Level
from nnviz.session.estimate import Estimate
from nnviz.session.lesson.expression import Node
from nnviz.session.model import Model
from nnviz.session.moment import Moment, Tool, Training


class Words(NamedTuple):
    """Plain words, or emphasised, or as code."""

    text: str
    style: str = ""


class Live(NamedTuple):
    """A number that is worked out when it is shown, with so many ``digits`` behind the point; None: as the view has."""

    node: Node
    digits: int | None = None


class Link(NamedTuple):
    """Words that send a command when they are clicked; without one they point at the control called ``control``."""

    text: str
    command: Any
    control: str = ""


Inline = Words | Live | Link
Line = tuple[Inline, ...]


class Paragraph(NamedTuple):
    """``mark`` is what stands before it in a list: a dot, or a number."""

    line: Line
    mark: str = ""


class Formula(NamedTuple):
    """A formula that stands alone, as the file writes it."""

    source: str


class Option(NamedTuple):
    """An answer to choose, with what is said to whoever chooses it."""

    line: Line
    right: bool
    reply: Line


class Question(NamedTuple):
    """Something asked: ``options`` to choose from, or a number that is ``answer``, off by ``within`` at the most.

    ``name`` tells it from the others of its lesson.
    """

    name: str
    line: Line
    options: tuple[Option, ...] = ()
    answer: Node | None = None
    within: float = 0.0
    right: Line = ()
    wrong: Line = ()


class Task(NamedTuple):
    """Something to do: done once ``condition`` has been true."""

    name: str
    line: Line
    condition: Node
    done: Line = ()


Block = Paragraph | Formula | Question | Task


@dataclass(frozen=True, eq=False)
class Stage:
    """What a scene begins with. ``place`` is where the story stands: a number or a phase to have been told, or a place.

    ``lit`` is a number that is pointed at. What is None stays as it is.
    """

    model: Model
    tool: Tool = "step"
    level: Level | None = None
    example: int = 0
    place: int | Address | Phase = 0
    lit: Address | None = None
    estimate: Estimate | None = None


@dataclass(frozen=True, eq=False)
class Scene:
    """One screen of a lesson. Without a ``stage`` it goes on with what the scene before it has left."""

    title: str
    stage: Stage | None
    blocks: tuple[Block, ...]

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What is asked in it."""
        return tuple(block for block in self.blocks if isinstance(block, Question))

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """What is to be done in it."""
        return tuple(block for block in self.blocks if isinstance(block, Task))


@dataclass(frozen=True, eq=False)
class Lesson:
    """``name`` is that of its file, no other lesson's, ``minutes`` how long it takes."""

    name: str
    title: str
    about: str
    minutes: int
    scenes: tuple[Scene, ...]

    @property
    def asked(self) -> Iterator[str]:
        """The names of all questions and tasks."""
        for scene in self.scenes:
            yield from (question.name for question in scene.questions)
            yield from (task.name for task in scene.tasks)


class Reply(NamedTuple):
    """What was answered to a question, whether that is right, and what is said to it."""

    text: str
    right: bool
    line: Line


@dataclass(frozen=True, eq=False)
class Own:
    """The student's own work, kept while a lesson has the stage."""

    model: Model
    training: Training
    moment: Moment
    level: Level
    tool: Tool
    estimate: Estimate
    riddle: Any = None
    chosen: Address | None = None
    stage: int = 0


@dataclass(frozen=True, eq=False)
class Studying:
    """Scene ``number`` (from 0) of a lesson; ``replies`` by the question's name, ``done`` the names of the tasks."""

    lesson: Lesson
    number: int
    own: Own
    replies: Mapping[str, Reply] = field(default_factory=lambda: MappingProxyType({}))
    done: frozenset[str] = frozenset()

    @property
    def scene(self) -> Scene:
        """The present scene."""
        return self.lesson.scenes[self.number]

    @property
    def begun(self) -> Stage | None:
        """The stage of the present scene, or of the last one before it that has one."""
        stages = (scene.stage for scene in reversed(self.lesson.scenes[: self.number + 1]))
        return next((stage for stage in stages if stage is not None), None)

    @property
    def finished(self) -> int:
        """How many of the questions and tasks of the lesson are answered right, or done."""
        return sum(
            name in self.done or (name in self.replies and self.replies[name].right) for name in self.lesson.asked
        )
