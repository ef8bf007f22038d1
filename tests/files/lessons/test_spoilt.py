"""Two hundred lessons that chance has spoilt: each can be opened, or is refused in words, and nothing is altered."""

import random
from pathlib import Path

import numpy as np
import pytest

from nnviz.files.datasets import load
from nnviz.files.errors import FileProblem
from nnviz.files.lessons.reading import read_lesson
from nnviz.files.lessons.shelf import shelf
from nnviz.picture.written import formula
from nnviz.session.lesson.studying import Answer, GoToScene, LeaveLesson, NoticeDone, OpenLesson
from nnviz.session.lesson.values import Lesson, Link, Live
from nnviz.session.model import model_for
from nnviz.session.session import Session
from nnviz.session.state import initial
from tests.files.lessons.walker import lines

ODD = (
    "\x00",
    "\x1b",
    "\x07",
    "\u2028",
    "\u202e",
    "\ufffd",
    "\x85",
    "\t",
    "'",
    '"',
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "$$",
    "→",
)
NUMBERS = ("9" * 400, "1e999", "-1", "0", "1e-320", "nan", "½", "٣")


def spoilt(text: str, chance: random.Random) -> bytes:
    """The lesson after a few of the accidents that text can have."""
    for _ in range(chance.randint(1, 3)):
        text = chance.choice(ACCIDENTS)(text, chance)
    return chance.choice(ENCODINGS)(text)


def _lines(change):
    def accident(text: str, chance: random.Random) -> str:
        lines = text.split("\n")
        change(lines, chance.randrange(len(lines)), chance.randrange(len(lines)), chance)
        return "\n".join(lines)

    return accident


def _delete(lines, one, other, chance):
    del lines[one : one + chance.randint(1, 3)]


def _double(lines, one, other, chance):
    lines.insert(one, lines[other])


def _swap(lines, one, other, chance):
    lines[one], lines[other] = lines[other], lines[one]


def _replace(what):
    def accident(text: str, chance: random.Random) -> str:
        place = chance.randrange(len(text) + 1)
        return text[:place] + what(chance) + text[place + chance.randint(0, 2) :]

    return accident


def _number(text: str, chance: random.Random) -> str:
    places = [index for index, mark in enumerate(text) if mark.isdigit()]
    place = chance.choice(places) if places else 0
    return text[:place] + chance.choice(NUMBERS) + text[place + 1 :]


def _nest(text: str, chance: random.Random) -> str:
    opening, closing = chance.choice((("{", "}"), ("(", ")"), ("[", "]"), ("frac(", ")"), ("**", "**"), ("not ", "")))
    place, depth = chance.randrange(len(text) + 1), chance.randint(1, 400)
    return text[:place] + opening * depth + "1" + closing * depth + text[place:]


def _cut(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(len(text) + 1)]


ACCIDENTS = (
    _lines(_delete),
    _lines(_double),
    _lines(_swap),
    _replace(lambda chance: chance.choice(ODD)),
    _replace(lambda chance: chr(chance.randrange(32, 0x3000))),
    _replace(lambda chance: ""),
    _number,
    _nest,
    _cut,
)
ENCODINGS = (
    *[lambda text: text.encode("utf-8", "replace")] * 8,
    lambda text: text.encode("utf-16"),
    lambda text: text.encode("latin-1", "replace"),
    lambda text: text.encode("utf-8", "replace")[:-1],
)


@pytest.mark.parametrize("seed", range(200))
def test_a_spoilt_lesson_is_refused_in_words_or_can_be_opened(seed, tmp_path):
    chance = random.Random(seed)
    source = chance.choice(shelf())
    path = tmp_path / source.name
    content = spoilt(source.read_text("utf-8"), chance)
    path.write_bytes(content)
    before = {file: file.stat().st_mtime_ns for file in (*shelf(), path)}
    found = opened(path)
    if isinstance(found, FileProblem):
        assert len(found.what) > 10
        assert found.where.startswith(f"{path.name}, line ")
        assert found.remedy
    else:
        assert_lives(found)
    assert {file: file.stat().st_mtime_ns for file in (*shelf(), path)} == before
    assert path.read_bytes() == content
    assert [*tmp_path.iterdir()] == [path]


def opened(path: Path) -> Lesson | FileProblem:
    try:
        return read_lesson(path, formula)
    except FileProblem as problem:
        return problem


def assert_lives(found: Lesson) -> None:
    """Whatever it has become, all of it can be gone through."""
    session = Session(initial(model_for(load("xnor"))))
    own = session.state.model
    session.do(OpenLesson(found))
    for number, scene in enumerate(found.scenes):
        session.do(GoToScene(number))
        for line in lines(scene):
            for part in line:
                if isinstance(part, Live):
                    value = part.node.value(session.state)
                    assert value is None or isinstance(value, bool | int | float | str | np.number)
        for question in scene.questions:
            session.attempt(Answer(question.name, "1"))
        for task in scene.tasks:
            for part in task.line:
                if isinstance(part, Link) and part.command is not None:
                    session.attempt(part.command)
        session.do(NoticeDone())
    session.do(LeaveLesson())
    assert session.state.model is own
