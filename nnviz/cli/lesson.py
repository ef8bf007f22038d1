"""`nnviz lesson`: what lessons there are, and whether one of a teacher's own is written right."""

import argparse
import sys
from pathlib import Path

from nnviz.cli import codes
from nnviz.cli.terminal import complain, utf8
from nnviz.files.errors import FileProblem
from nnviz.files.lessons.reading import read_lesson
from nnviz.files.lessons.shelf import shelf
from nnviz.files.resources import page
from nnviz.files.words import counted
from nnviz.picture.written import formula
from nnviz.session.lesson.values import Lesson

GUIDE = "lessons.md"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Tell *parser* what the command takes."""
    parser.usage = (
        f"{parser.prog} [-h] list\n       {parser.prog} [-h] guide\n       {parser.prog} [-h] check FILE [FILE ...]"
    )
    words = (
        "list: the lessons that there are; guide: how one is written; "
        "check: read each FILE and say what is wrong with it"
    )
    parser.add_argument("what", choices=("list", "guide", "check"), help=words)
    parser.add_argument("files", nargs="*", metavar="FILE", help="lessons of your own, for check")


def run(arguments: argparse.Namespace) -> int:
    """Print what was found and return the exit code; ValueError says what is wrong with the arguments."""
    utf8(sys.stdout)
    utf8(sys.stderr)
    if arguments.what != "check" and arguments.files:
        raise ValueError(f"{arguments.what} takes no file; {arguments.files[0]!r} is too much.")
    if arguments.what == "guide":
        print(page(GUIDE).read_text(encoding="utf-8"), end="")
        return codes.DONE
    if arguments.what == "list":
        for number, path in enumerate(shelf(), 1):
            one = read_lesson(path, formula)
            print(f"{number:2} {one.title} ({one.minutes} min): {one.about}")
        return codes.DONE
    if not arguments.files:
        raise ValueError("check needs the file of a lesson.")
    right = [_checked(file) for file in arguments.files]  # all of them: a teacher mends them in one go
    return codes.DONE if all(right) else codes.USER_ERROR


def _checked(file: str) -> bool:
    """Whether the lesson can be opened; that, or what is wrong with it and in which line, is printed."""
    try:
        print(_told(file, read_lesson(Path(file), formula)))
    except FileProblem as problem:
        complain(str(problem))
        return False
    return True


def _told(file: str, lesson: Lesson) -> str:
    questions = sum(len(scene.questions) for scene in lesson.scenes)
    tasks = sum(len(scene.tasks) for scene in lesson.scenes)
    parts = (counted(len(lesson.scenes), "scene"), counted(questions, "question"), counted(tasks, "task"))
    return f"{file}: {lesson.title}, {', '.join(parts)}; it can be opened."
