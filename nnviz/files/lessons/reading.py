"""Reads a lesson from text, line by line; what is wrong is told with its line."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from nnviz.engine.asking.typed import typed
from nnviz.files.errors import FileProblem
from nnviz.files.lessons.inline import line as inline
from nnviz.files.lessons.stage import stage
from nnviz.files.resources import resource
from nnviz.session.lesson.expression import parsed
from nnviz.session.lesson.readers import NAMES
from nnviz.session.lesson.values import (
    Block,
    Formula,
    Lesson,
    Line,
    Option,
    Paragraph,
    Question,
    Scene,
    Stage,
    Task,
)

ENDING = ".lesson"
LARGEST = 200_000
"""Bytes of a lesson: some hundred pages."""
LONGEST_REASON = 1000
"""Letters: what is quoted in it may be a whole line."""
MOST_SCENES, MOST_BLOCKS = 100, 200
HEAD = ("title", "about", "minutes")
REMEDY = "`nnviz lesson guide` says how a lesson is written."
_LIST = re.compile(r"(-|\d+\.)\s+(.*)")
_SETTING = re.compile(r"([A-Za-z]+)\s*:\s*(.*)")
_OPTION = re.compile(r"\[( |x)\]\s*(.*)")
_ARROW = "→"
_MINUTES = re.compile(r"[1-9][0-9]{0,2}")
_LINES = re.compile(r"\r\n|\r|\n")
CheckFormula = Callable[[str], object]
Made = TypeVar("Made")


class Written(NamedTuple):
    """A line of the file and its number, from 1."""

    number: int
    text: str


class _Wrong(Exception):
    """What is wrong, and in which line."""

    def __init__(self, number: int, what: str) -> None:
        super().__init__(what)
        self.number = number


def read_lesson(path: Path, formula: CheckFormula) -> Lesson:
    """The lesson in a file. *formula* raises ValueError for a formula that cannot be set. FileProblem otherwise."""
    content = _bytes(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise FileProblem("This is no text in UTF-8.", f"{path.name}, line {line}", REMEDY) from None
    found = lesson(text, path.name, formula)
    path = path.resolve()
    # A teacher's own may be a changed copy of one of the chapter: its name is where it is.
    return found if path.parent == resource("lessons").resolve() else replace(found, name=str(path))


def _bytes(path: Path) -> bytes:
    """All of a file that is none of the endless ones, and not too large."""
    try:
        if path.exists() and not path.is_file():
            raise FileProblem("This is no file.", str(path), "Choose another one.")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise FileProblem(f"It cannot be read: {error.strerror}.", str(path), "Choose another file.") from None
    if len(content) > LARGEST:
        raise FileProblem(f"It is larger than {LARGEST:,} bytes.", str(path), REMEDY)
    return content


def lesson(text: str, name: str, formula: CheckFormula) -> Lesson:
    """The lesson that *text* writes; *name* is that of its file. As ``read_lesson``."""
    lines = [Written(index, line.strip()) for index, line in enumerate(_LINES.split(text), 1)]
    try:
        return _Reader(lines, name, formula).lesson()
    except _Wrong as wrong:
        reason = str(wrong)
        if len(reason) > LONGEST_REASON:
            reason = f"{reason[: LONGEST_REASON // 2]} … {reason[-LONGEST_REASON // 2 :]}"
        raise FileProblem(reason, f"{name}, line {wrong.number}", REMEDY) from None


class _Reader:
    """Goes through the lines once."""

    def __init__(self, lines: list[Written], name: str, formula: CheckFormula) -> None:
        self._lines, self._place = lines, 0
        self._name, self._formula = name, formula
        self._asked = 0

    def lesson(self) -> Lesson:
        """The head between two lines ``---``, then scenes, each from a heading on."""
        title, about, minutes = self._head()
        scenes = tuple(self._scenes())
        if not scenes:
            raise self._wrong("There is no scene: a scene begins with a heading such as ## The set-up.")
        return Lesson(Path(self._name).stem, title, about, minutes, scenes)

    def _head(self) -> tuple[str, str, int]:
        """Title, what it is about, and minutes."""
        self._skip()
        if self._next is None or self._next.text != "---":
            raise self._wrong("A lesson begins with a line --- and its title: title: The set-up.")
        opened = self._take()
        head = self._settings("---", HEAD, "the head")
        if "title" not in head:
            raise _Wrong(opened.number, "The head has no title.")
        minutes = head.get("minutes", Written(opened.number, "5"))
        if _MINUTES.fullmatch(minutes.text) is None:
            raise _Wrong(minutes.number, f"minutes is {minutes.text!r}; expected a whole number from 1 to 999.")
        return head["title"].text, head["about"].text if "about" in head else "", int(minutes.text)

    def _settings(self, end: str, names: tuple[str, ...] | None, what: str) -> dict[str, Written]:
        """Lines ``name: value`` up to the line *end*: each value with its line."""
        found: dict[str, Written] = {}
        while True:
            written = self._take(f"{what} is not ended by a line {end}.")
            if written.text == end:
                return found
            if not written.text.strip():
                continue
            match = _SETTING.fullmatch(written.text)
            if match is None:
                missing = f"{written.text!r} is no setting, name: value; is the line {end} missing before it?"
                raise _Wrong(written.number, missing)
            name, value = match.groups()
            if names is not None and name not in names:
                raise _Wrong(written.number, f"{name!r} does not belong in {what}; expected {', '.join(names)}.")
            if name in found:
                raise _Wrong(written.number, f"{name} is set twice.")
            if not value:
                raise _Wrong(written.number, f"{name} has no value.")
            found[name] = Written(written.number, value)

    def _scenes(self) -> Iterator[Scene]:
        count = 0
        while True:
            self._skip()
            if self._next is None:
                return
            heading = self._take()
            if not heading.text.startswith("## "):
                raise _Wrong(heading.number, "Before the first words of a scene stands its heading: ## The set-up.")
            count += 1
            if count > MOST_SCENES:
                raise _Wrong(heading.number, f"A lesson has {MOST_SCENES} scenes at the most.")
            yield self._scene(heading.text[3:].strip(), first=count == 1, line=heading.number)

    def _scene(self, title: str, *, first: bool, line: int) -> Scene:
        blocks: list[Block] = []
        begun: Stage | None = None
        while True:
            self._skip()
            if self._next is None or self._next.text.startswith("## "):
                break
            if self._next.text == "::: stage":
                if begun is not None or blocks:
                    raise self._wrong("The stage of a scene stands once, right below its heading.")
                begun = self._stage()
                continue
            blocks.append(self._block())
            if len(blocks) > MOST_BLOCKS:
                raise self._wrong(f"A scene has {MOST_BLOCKS} paragraphs at the most.")
        if first and begun is None:
            raise _Wrong(line, "The first scene needs a stage: what is to be seen when the lesson begins.")
        if not title or not blocks:
            raise _Wrong(line, "A scene has a title and some words.")
        return Scene(title, begun, tuple(blocks))

    def _stage(self) -> Stage:
        opened = self._take()
        settings = self._settings(":::", None, "the stage")
        try:
            return stage({name: written.text for name, written in settings.items()})
        except ValueError as problem:  # its first word is the setting in question
            name = str(problem).partition(" ")[0].strip("':")
            raise _Wrong(settings.get(name, opened).number, str(problem)) from None

    def _block(self) -> Block:
        written = self._next
        assert written is not None
        if written.text == "::: task":
            return self._task()
        if written.text == "::: question":
            return self._question()
        if written.text.startswith(":::"):
            raise self._wrong(f"{written.text!r}; expected ::: stage, ::: question or ::: task.")
        if written.text.startswith("#"):
            raise self._wrong("Only scenes have headings, and they begin with ##.")
        if written.text.startswith("$$"):
            self._take()
            return self._written_formula(written)
        return self._paragraph()

    def _written_formula(self, written: Written) -> Formula:
        source = written.text.strip()
        if len(source) < 5 or not source.endswith("$$"):
            raise _Wrong(written.number, "A formula stands in one line between $$ and $$.")
        inside = source[2:-2].strip()
        self._right(written.number, lambda: self._formula(inside))
        return Formula(inside)

    def _paragraph(self) -> Paragraph:
        first = self._take()
        item = _LIST.fullmatch(first.text)
        mark, text = ("", first.text) if item is None else (item[1].replace("-", "•"), item[2])
        parts = [Written(first.number, text)]
        while self._next is not None and self._next.text and not self._starts_another(self._next.text):
            parts.append(self._take())
        try:
            return Paragraph(inline(" ".join(part.text for part in parts)), mark)
        except ValueError as problem:
            raise _Wrong(_first_wrong(parts), str(problem)) from None

    @staticmethod
    def _starts_another(text: str) -> bool:
        return text.startswith(("#", ":::", "$$")) or _LIST.fullmatch(text) is not None

    def _task(self) -> Task:
        opened = self._take()
        settings = self._settings(":::", ("do", "until", "done"), "a task")
        for name in ("do", "until"):
            if name not in settings:
                raise _Wrong(opened.number, f"A task has a line {name}: what {_NEEDS[name]}.")

        until = settings["until"]
        condition = self._right(until.number, lambda: parsed(until.text, NAMES))
        return Task(self._new_name(), self._line(settings["do"]), condition, self._line(settings.get("done")))

    def _question(self) -> Question:
        opened = self._take()
        settings: dict[str, Written] = {}
        options: list[Option] = []
        while (written := self._take("a question is not ended by a line :::.")).text != ":::":
            text = written.text
            if not text:
                continue
            option, setting = _OPTION.fullmatch(text), _SETTING.fullmatch(text)
            if option is not None:
                options.append(self._right(written.number, lambda found=option: _option(found)))  # type: ignore[misc]
            elif setting is not None and setting[1] in _ASKED:
                if setting[1] in settings:
                    raise _Wrong(written.number, f"{setting[1]} is set twice.")
                settings[setting[1]] = Written(written.number, setting[2])
            else:
                raise _Wrong(written.number, f"{text!r}; expected {', '.join(_ASKED)}, or an option such as [x] two.")
        return self._right(opened.number, lambda: self._asked_question(settings, tuple(options)))

    def _asked_question(self, settings: dict[str, Written], options: tuple[Option, ...]) -> Question:
        if "ask" not in settings or not settings["ask"].text:
            raise ValueError("A question has a line ask: what is asked.")
        asked = self._line(settings["ask"])
        if options:
            if len(options) < 2 or not any(option.right for option in options):
                raise ValueError("A question to choose from has two options at least, and [x] before a right one.")
            if len(options) > 9 or set(settings) - {"ask"}:
                raise ValueError("A question to choose from has ask and nine options at the most.")
            return Question(self._new_name(), asked, options)
        if "answer" not in settings:
            raise ValueError("A question has options such as [x] two, or a line answer: the number.")
        written, tolerance = settings["answer"], settings.get("within", Written(0, "0.01"))
        answer = self._right(written.number, lambda: parsed(written.text, NAMES))
        within = self._right(tolerance.number, lambda: abs(typed(tolerance.text).value))
        replies = (self._line(settings.get(name)) for name in ("right", "wrong"))
        return Question(self._new_name(), asked, (), answer, within, *replies)

    def _line(self, written: Written | None) -> Line:
        return () if written is None else self._right(written.number, lambda: inline(written.text))

    def _new_name(self) -> str:
        self._asked += 1
        return str(self._asked)

    @property
    def _next(self) -> Written | None:
        return self._lines[self._place] if self._place < len(self._lines) else None

    def _take(self, missing: str = "") -> Written:
        if self._next is None:
            raise self._wrong(f"The file ends too early: {missing}")
        self._place += 1
        return self._lines[self._place - 1]

    def _skip(self) -> None:
        while self._next is not None and not self._next.text.strip():
            self._place += 1

    def _wrong(self, what: str) -> _Wrong:
        line = self._next or (self._lines[-1] if self._lines else Written(1, ""))
        return _Wrong(line.number, what)

    @staticmethod
    def _right(line: int, make: Callable[[], Made]) -> Made:
        try:
            return make()
        except ValueError as problem:
            raise _Wrong(line, str(problem)) from None


def _first_wrong(parts: list[Written]) -> int:
    """The line of a paragraph that is wrong by itself; the first if none is."""
    for part in parts:
        try:
            inline(part.text)
        except ValueError:
            return part.number
    return parts[0].number


def _option(match: re.Match[str]) -> Option:
    mark, text = match.groups()
    words, _, reply = (part.strip() for part in text.partition(_ARROW))
    if not words:
        raise ValueError("An option has some words.")
    return Option(inline(words), mark == "x", inline(reply) if reply else ())


_NEEDS = {"do": "is to be done", "until": 'is true when it has been done, such as known("delta", 3)'}
_ASKED = ("ask", "answer", "within", "right", "wrong")
