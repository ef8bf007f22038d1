"""What the lessons say in words of their numbers is so: a condition for each claim, in the scene that makes it."""

import pytest

from nnviz.files.lessons.shelf import shelf
from nnviz.session.lesson.expression import parsed
from nnviz.session.lesson.readers import NAMES
from tests.files.lessons.walker import Walker

CLAIMS = (
    ("01", "One class of many", 'y(1) + y(2) + y(3) + y(4) = 1 and class = "motorcycle" and y(3) = 1'),
    ("01", "Two classes", "y(1) = 0 and h(1) < 0.01 and x(1) ≠ x(2)"),
    ("02", "One unit", "y(1) = 0 and h(1) > 0.9 and cost(1) > 2"),
    ("02", "A slip in the notes", "y(1) = 0 and h(1) > 0.9"),
    ("02", "One output after the other", "cost(4) > cost(1) and cost(4) > cost(2) and cost(4) > cost(3)"),
    ("02", "When nothing is known", "h(1) = 0.5 and h(4) = 0.5 and cost(1) = cost(2) and J - K * cost(1) < 0.000001"),
    ("03", "λ goes up", "lambda = 0 and decay = 0"),
    ("04", "From z to a", "z(2, 1) > 0 and z(2, 2) = 0 and a(2, 2) = 0.5"),
    ("04", "The next layer", "h(1) > 0.5 and h(1) < 0.6"),
    ("04", "A network that knows something", "a(2, 1) > 0.99 and x(1) = 1 and x(2) = 1 and h(1) > 0.99"),
    ("05", "What δ is", 'class = "car" and y(2) = 1 and delta(4, 2) < 0'),
    ("05", "δ at the output", "delta(4, 1) > 0 and delta(4, 2) < 0 and delta(4, 3) > 0 and delta(4, 4) > 0"),
    ("06", "The weighted sum", "theta(3, 3, 1) > 0 and delta(4, 3) < 0 and y(3) = 1 and theta(3, 1, 1) > 0"),
    ("06", "A unit that is sure", "a(2, 1) > 0.99 and slope(2, 1) < 0.001"),
    ("07", "When nothing complains", "s(2) = s(3) and s(3) ≠ s(4)"),
    ("08", "How large is Δ?", "m ≠ s(1) + 1 and m ≠ s(1)"),
)
"""The beginning of the file's name, the scene, and what is to be true there."""

AFTERWARDS = (
    ("02", "J is one number", "J < J(0)"),
    ("02", "A slip in the notes", "y(1) = 1 and cost(1) < 0.1"),
    ("03", "λ goes up", "J > decay and decay > 0"),
    ("03", "What it does to Θ", "decay < 0.001 and theta(3, 1, 0) < -0.5"),
    ("03", "And if the bias decays, too?", 'differ(0, "bias") > 0 and differ(0, "others") = 0'),
    ("05", "The sign", "J > J(0)"),
    ("05", "Why no g′ here", "differ = weights"),
    ("06", "Leaving g′ out", "differ(1) > 0 and differ(2) > 0 and differ(3) = 0"),
    ("07", "When nothing complains", "differ(1) > 0 and differ(2) = 0 and differ(3) = 0"),
    ("07", "But the bias learns", "differ(1) > 0 and differ(3) = 0"),
    ("08", "Now with λ", 'differ(0, "bias") = 0 and differ(0, "others") = weights - s(2) - s(3)'),
)
"""The same, once the tasks of the scene are done."""


def scene(start: str, title: str) -> Walker:
    walker = Walker(next(path for path in shelf() if path.name.startswith(start)))
    titles = [one.title for one in walker.studying.lesson.scenes]
    return Walker(next(path for path in shelf() if path.name.startswith(start)), titles.index(title))


def said(condition: str, walker: Walker) -> bool:
    return parsed(condition, NAMES).value(walker.state) is True


@pytest.mark.parametrize(("start", "title", "condition"), CLAIMS, ids=lambda text: text[:30])
def test_the_words_of_a_scene_are_so(start, title, condition):
    assert said(condition, scene(start, title))


@pytest.mark.parametrize(("start", "title", "condition"), AFTERWARDS, ids=lambda text: text[:30])
def test_what_is_said_when_all_is_done_is_so(start, title, condition):
    walker = scene(start, title)
    for task in walker.studying.scene.tasks:
        if task.name not in walker.studying.done:
            walker.click(task)
    assert said(condition, walker)
