"""`nnviz lesson`: what lessons there are, and whether one of a teacher's own is written right."""

import argparse
import sys
from pathlib import Path

from nnviz.cli import codes
from nnviz.cli.terminal import utf8
from nnviz.files.lessons.reading import read_lesson
from nnviz.files.lessons.shelf import shelf
from nnviz.files.words import counted
from nnviz.picture.written import formula
from nnviz.session.lesson.values import Lesson


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Tell *parser* what the command takes."""
    parser.add_argument("what", choices=("check", "list"), help="check: read a lesson and say what is wrong with it")
    parser.add_argument("files", nargs="*", metavar="FILE", help="lessons of your own")


def run(arguments: argparse.Namespace) -> int:
    """Print what was found and return 0; FileProblem says what is wrong with a lesson, and in which line."""
    utf8(sys.stdout)
    if arguments.what == "list":
        if arguments.files:
            raise ValueError(f"list takes no file; {arguments.files[0]!r} is too much.")
        for number, path in enumerate(shelf(), 1):
            one = read_lesson(path, formula)
            print(f"{number:2} {one.title} ({one.minutes} min): {one.about}")
        return codes.DONE
    if not arguments.files:
        raise ValueError("check needs the file of a lesson.")
    for file in arguments.files:
        print(_told(file, read_lesson(Path(file), formula)))
    return codes.DONE


def _told(file: str, lesson: Lesson) -> str:
    questions = sum(len(scene.questions) for scene in lesson.scenes)
    tasks = sum(len(scene.tasks) for scene in lesson.scenes)
    counts = counted(len(lesson.scenes), "scene"), counted(questions, "question"), counted(tasks, "task")
    return f"{file}: {lesson.title}, {', '.join(counts)}; it can be opened."
