"""Every lesson that comes with nnviz, walked in its order and out of it: its words, its questions and its tasks."""

import pytest

from nnviz.files.datasets import load
from nnviz.files.lessons.shelf import shelf
from nnviz.picture.numbers import shown
from nnviz.session import commands as c
from nnviz.session.lesson.studying import Answer, GoToScene, LeaveLesson, NoticeDone, OpenLesson, Restage
from nnviz.session.lesson.values import Question
from nnviz.session.model import model_for
from nnviz.session.session import Session
from nnviz.session.state import initial
from tests.files.lessons.walker import Walker, lesson_of, lines, missing, shown_part

every_lesson = pytest.mark.parametrize("path", shelf(), ids=lambda path: path.stem)


def test_there_are_lessons_to_walk():
    assert len(shelf()) >= 8


@every_lesson
def test_in_its_own_order(path):
    walker = Walker(path)
    for number in range(len(walker.studying.lesson.scenes)):
        walker.do(GoToScene(number))
        walk(walker)
    assert walker.studying.finished == len(list(walker.studying.lesson.asked))


@every_lesson
def test_from_its_end_to_its_beginning(path):
    last = len(lesson_of(path).scenes) - 1
    walker = Walker(path, last)
    for number in range(last, -1, -1):
        walker.do(GoToScene(number))
        walk(walker)
    assert walker.studying.finished == len(list(walker.studying.lesson.asked))


def walk(walker: Walker) -> None:
    """Read the present scene, answer wrong and right, and do what there is to do; all must be as it should."""
    scene = walker.studying.scene
    assert not walker.studying.done & {task.name for task in scene.tasks}, f"{scene.title}: done at the beginning"
    assert not missing(lines(scene), walker.state), scene.title
    for question in scene.questions:
        ask(walker, question)
    for task in scene.tasks:
        assert task.name in walker.studying.done or walker.click(task) is None
        assert not missing(iter([task.done]), walker.state), scene.title
    assert not missing(lines(scene), walker.state), f"{scene.title}, when all is done"


def ask(walker: Walker, question: Question) -> None:
    """What is right is accepted, and nothing else."""
    if question.options:
        choose(walker, question)
        return
    assert question.answer is not None
    value = question.answer.value(walker.state)
    assert isinstance(value, int | float), question.name
    # as the engine has it, as it is written on the screen, and far off
    for text in (str(float(value)), shown(value, 3)):
        assert says(walker, question, text.replace("e−", "e-")), f"{question.name}: {text} of {value} is refused"
    assert not says(walker, question, str(float(value) + 10.0 * question.within + 1.0))
    says(walker, question, str(float(value)))


def choose(walker: Walker, question: Question) -> None:
    said = ["".join(shown_part(part, walker.state) for part in option.line) for option in question.options]
    assert len(set(said)) == len(said), f"two options are alike: {said}"
    right = [index for index, option in enumerate(question.options, 1) if option.right]
    for index, option in enumerate(question.options, 1):
        assert option.right or option.reply, f"nothing is said to {said[index - 1]!r}"
        assert says(walker, question, str(index)) is (index in right)
    says(walker, question, str(right[0]))


def says(walker: Walker, question: Question, text: str) -> bool:
    """Whether that is accepted as an answer."""
    walker.do(Answer(question.name, text))
    return walker.studying.replies[question.name].right


@every_lesson
def test_a_scene_begins_anew_as_it_was(path):
    walker = Walker(path)
    for number, scene in enumerate(walker.studying.lesson.scenes):
        walker.do(GoToScene(number))
        if scene.stage is None:
            continue
        fresh = walker.state
        for task in scene.tasks:
            walker.click(task) if task.name not in walker.studying.done else None
        walker.do(Restage())
        assert walker.state.model is fresh.model
        assert walker.state.moment == fresh.moment
        assert walker.state.tool == fresh.tool
        assert walker.state.training.runs == ()


@every_lesson
def test_the_students_own_work_comes_back(path):
    session = Session(initial(model_for(load("xnor")), 2))
    session.do(c.SetTheta(1, 1, 1, 0.5))
    session.do(c.SetLambda(3.0))
    session.do(c.GoTo(7))
    session.do(c.ShowTool("check"))
    own = session.state
    session.do(OpenLesson(lesson_of(path)))
    for number, scene in enumerate(lesson_of(path).scenes):
        session.do(GoToScene(number))
        session.do(c.SetTheta(1, 1, 0, 1.0 + number))
        session.do(NoticeDone())
        assert session.state.lesson.scene is scene
    session.do(LeaveLesson())
    there = session.state
    assert there.lesson is None
    assert there.model is own.model
    assert (there.moment, there.level, there.tool) == (own.moment, own.level, own.tool)
    assert there.estimate == own.estimate
    assert session.undo_title == "Change of λ"
    session.undo()
    session.undo()
    assert session.state.model.dataset is own.model.dataset
    assert session.state.model.network.theta(1)[0, 1] == load("xnor").weights[0][0, 1]
    assert session.undo_title is None
