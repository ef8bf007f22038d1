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
    ("09", "The cost of one example", "y(1) = 0 and h(1) > 0.6"),
    ("09", "From the cost to δ", "y(1) = 0"),
    ("09", "One step back", "sum(3, 1) > 3 * delta(3, 1) and delta(3, 1) > 0"),
    ("10", "Many matrices, one vector", "L = 4 and weights = 74"),
    ("11", "From one side", "lambda = 0"),
    ("11", "Which D is the derivative of J?", 'lambda = 0 and fault = "lambda-not-over-m"'),
    ("13", "Everything at zero", "alike(2) and theta(1, 1, 1) = 0 and theta(2, 1, 1) = 0"),
    ("13", "Two thousand steps", "J - log(2) < 0.000001 and log(2) - J < 0.000001"),
    ("13", "Is it the zero?", "alike(2) and alike(3) and theta(1, 1, 1) ≠ 0"),
    ("13", "At random", "not alike(2) and J > log(2) - 0.1"),
    ("14", "Rules of thumb", "s(2) < s(1) / 2"),
    ("15", "1 Choose a network", "accuracy > 20 and accuracy < 50"),
    ("15", "5 Learn", "100 / (examples - m) < 5 and 200 / (examples - m) > 5"),
    ("15", "6 Now digits", "accuracy < 20"),
    ("16", "It can be done", "h(1) > 0.999 and J < 0.001"),
    ("16", "What does it say there?", "J - log(2) / 2 < 0.002 and log(2) / 2 - J < 0.002 and h(1) > 0.99 and y(1) = 1"),
    ("16", "What a local minimum is", "D(1, 1, 1) < 0.001 and D(2, 1, 1) < 0.001 and J > 0.3"),
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
    ("10", "In which order?", "thetaVec(n) = theta(1, 2, 0)"),
    ("10", "Try it", "J = lowest and highest > 10 * lowest and highest > 2"),
    ("11", "From one side", 'error("one-sided", 1e-4) > 1000 * error("two-sided", 1e-4)'),
    (
        "11",
        "How small should ε be?",
        'relative > 1000 * error("two-sided", 1e-4) and best("two-sided") > best("one-sided")',
    ),
    ("11", "Which D is the derivative of J?", 'differ = weights - s(2) - s(3) - s(4) and differ(0, "bias") = 0'),
    ("12", "Which entries are wrong?", 'differ(0, "bias") = s(2) + s(3) + s(4) and differ(0, "others") = 0'),
    ("12", "But J goes down!", "J < J(0) / 2 and lowest < J / 2"),
    ("12", "Somebody hides one", 'fault = "no-bias-gradient" and differ = differ(0, "bias") and differ > 0'),
    ("12", "One more", 'fault = "no-slope" and differ(3) = 0 and differ(1) > 0 and differ(2) > 0'),
    ("13", "Everything at zero", "delta(2, 1) = 0 and delta(2, 4) = 0"),
    ("13", "Two thousand steps", "theta(1, 1, 1) = 0 and theta(2, 1, 1) = 0 and theta(2, 1, 0) = 0 and alike(2)"),
    ("13", "Is it the zero?", "alike(2) and alike(3) and theta(1, 1, 1) ≠ 0.5 and theta(1, 1, 1) = theta(1, 2, 1)"),
    ("13", "At random", "not alike(2) and J < 0.1 and accuracy > 90"),
    ("13", "Between 0 and ε?", "J > 2 * lowest"),
    ("13", "When zero is fine", "accuracy > 90"),
    ("14", "No hidden layer", "accuracy > 40 and accuracy < 60"),
    ("14", "One hidden layer", "highest > 0.6 and J < 0.1 and above(0.6) = 1"),
    ("14", "Rules of thumb", "accuracy > 95 and s(2) = 25"),
    ("16", "From one start", "J > 0.3"),
    ("16", "What does it say there?", "h(1) > 0.49 and h(1) < 0.51"),
    ("16", "Eight starts", "above(0.1) > 0 and above(0.1) < runs"),
    ("16", "What to do about it", "above(0.1) = 0"),
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
