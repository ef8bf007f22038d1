"""A task is noticed in whatever order it is done, and what a scene says is still so when all in it has been done."""

import pytest

from nnviz.picture.numbers import shown
from nnviz.session.lesson.acts import act
from nnviz.session.lesson.values import Live, Paragraph
from nnviz.session.state import State
from tests.files.lessons.test_claims import scene
from tests.files.lessons.walker import Walker

ORDERS = (
    ("05", "The sign", ("plant sign-flipped", "train 5")),
    ("10", "Try it", ("method cg", "train 40", "method gradient-descent", "train 40")),
    ("14", "One hidden layer", ("layers 8", "train 400", "layers 4", "train 400", "layers 2", "train 400")),
    ("14", "Two hidden layers", ("train 400", "layers 4", "train 400")),
)
"""The beginning of the file's name, the scene, and what a student may do who does not follow the links."""

FEWEST = 1
"""Digits, as the View menu may say."""

AFTERWARDS = (
    ("11", "How small should ε be?", (), "With ε = 1.0e−12 the check"),
    ("13", "Is it the zero?", (), "at the start all Θ are equal"),
    ("15", "6 Now digits", (), "Before anything is learnt"),
    ("04", "A network that knows something", ("example 2",), "The inputs are 0 and 1."),
)
"""What is read in a scene once its tasks, and what stands behind, have been done."""


@pytest.mark.parametrize(("start", "title", "acts"), ORDERS, ids=lambda text: str(text)[:30])
def test_a_task_is_noticed_in_another_order(start, title, acts):
    walker = scene(start, title)
    (task,) = walker.studying.scene.tasks
    for text in acts:
        assert task.name not in walker.studying.done
        walker.do(act(text))
    assert task.name in walker.studying.done


ENOUGH = (
    ("02", "When nothing is known", "Each output then costs 0.69,"),
    ("03", "Twice as much", "the weight decay is 0.67."),
    ("09", "Forward: a weighted sum", "Layer 2 is known: 0.90 and 0.22."),
)
"""Numbers to reckon with, to as many digits as the answer needs, however few the View menu says."""


@pytest.mark.parametrize(("start", "title", "words"), ENOUGH, ids=lambda text: text[:30])
def test_numbers_to_reckon_with_have_digits_enough(start, title, words):
    assert words in read(scene(start, title))


@pytest.mark.parametrize(("start", "title", "acts", "words"), AFTERWARDS, ids=lambda text: str(text)[:30])
def test_what_is_read_is_so_when_all_is_done(start, title, acts, words):
    walker = scene(start, title)
    for task in walker.studying.scene.tasks:
        walker.click(task)
    for text in acts:
        walker.do(act(text))
    assert words in read(walker)


def read(walker: Walker) -> str:
    """The paragraphs of the present scene."""
    blocks = (block for block in walker.studying.scene.blocks if isinstance(block, Paragraph))
    return " ".join("".join(said(part, walker.state) for part in block.line) for block in blocks)


def said(part: object, state: State) -> str:
    if not isinstance(part, Live):
        return part.text  # type: ignore[attr-defined]
    value = part.node.value(state)
    if not isinstance(value, float):
        return str(value)
    return f"{value:.0f}" if part.digits == 0 else shown(value, part.digits or FEWEST)


def test_what_is_said_of_a_hidden_mistake_is_so_of_another_one():
    """With another seed another mistake is hidden."""
    walker = scene("12", "Somebody hides one")
    for text in ("seed 5", "hide", "guess no-regularisation"):
        walker.do(act(text))
    (task,) = walker.studying.scene.tasks
    assert task.name in walker.studying.done
    assert "0 in the bias columns, 60 elsewhere" in "".join(said(part, walker.state) for part in task.done)
