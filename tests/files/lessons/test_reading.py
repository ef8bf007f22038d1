"""Lesson files: one with everything in it, and one mistake of each kind with its line."""

from pathlib import Path

import pytest

from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import Phase
from nnviz.engine.story import Level
from nnviz.files.errors import FileProblem
from nnviz.files.lessons.reading import LARGEST, LONGEST_REASON, MOST_BLOCKS, MOST_SCENES, lesson, read_lesson
from nnviz.files.lessons.shelf import shelf
from nnviz.picture.written import formula
from nnviz.session.commands import StepForward, TrainOnwards
from nnviz.session.estimate import Estimate
from nnviz.session.lesson.values import Formula, Lesson, Link, Live, Paragraph, Question, Task, Words

EVERYTHING = """\
\ufeff---
title: Everything
about: All that a lesson can have
minutes: 12
---

## First

::: stage
data: xnor
network: 2-3-1
seed: 8
initial: xavier
activation: tanh
theta: 1 1 0 = −1.5, 2 1 3 = 2e-1
scaling: none
test: 0.5
alpha: 0.3
lambda: 2
batch: 2
iterations: 40
method: adam
fault: no-slope
tool: check
level: term
example: 3
place: delta 2 1
lit: theta 2 1 0
way: one-sided
epsilon: 1e-6
:::

A line with **strong words**, *emphasis*, `code`, {a(2, 1)} and {s(2) + 1:0},
that goes on here: [step] or [go on](train 100), and [a button](point: transport).

- one
1. two
$$δ_k^(L) = a_k^(L) − y_k$$

::: question
ask: How many are {s(1)}?
[x] two → Yes: {s(1)}.
[ ] three
[x] as many as x has
:::

## Second

::: question
ask: What is J?
answer: J
within: 1/4
right: Yes.
wrong: No.
:::

::: task
do: Go [back].

until: J < 0.1 and known("delta", 2)
done: {J:3}
:::
"""


def read(text: str) -> Lesson:
    return lesson(text.removeprefix("\ufeff"), "mine.lesson", formula)


@pytest.fixture(scope="module")
def everything(tmp_path_factory) -> Lesson:
    path = tmp_path_factory.mktemp("lessons") / "mine.lesson"
    path.write_bytes(EVERYTHING.replace("\n", "\r\n").encode())
    return read_lesson(path, formula)


# --- What is right ---


def test_the_head(everything):
    assert (everything.title, everything.about) == ("Everything", "All that a lesson can have")
    assert Path(everything.name).name == "mine.lesson"
    assert everything.minutes == 12
    assert [scene.title for scene in everything.scenes] == ["First", "Second"]


def test_the_stage(everything):
    stage, model = everything.scenes[0].stage, everything.scenes[0].stage.model
    assert (model.dataset.name, model.network.sizes, model.seed) == ("xnor", (2, 3, 1), 8)
    assert (model.initialiser, model.network.activation_name) == ("xavier", "tanh")
    assert (model.network.theta(1)[0, 0], model.network.theta(2)[0, 3]) == (-1.5, 0.2)
    assert model.start is model.network
    assert (model.scaling, model.examples.test_share) == ("none", 0.5)
    recipe = model.recipe
    assert (recipe.learning_rate, recipe.lambda_, recipe.batch, recipe.iterations) == (0.3, 2.0, 2, 40)
    assert (recipe.method, recipe.fault, recipe.hidden) == ("adam", "no-slope", False)
    assert (stage.tool, stage.level, stage.example) == ("check", Level.TERM, 2)
    assert stage.place == Address(Symbol.DELTA, 2, 1)
    assert stage.lit == Address(Symbol.THETA, 2, 1, 0)
    assert stage.estimate == Estimate("one-sided", 1e-6)
    assert everything.scenes[1].stage is None


def test_the_words(everything):
    words, one, two, written = everything.scenes[0].blocks[:4]
    assert isinstance(words, Paragraph)
    assert [part.style for part in words.line if isinstance(part, Words)][1::2][:3] == ["strong", "emphasis", "code"]
    assert "{s(2) + 1:0},\n".strip() not in str(words)
    live = [part for part in words.line if isinstance(part, Live)]
    assert [part.digits for part in live] == [None, 0]
    links = [part for part in words.line if isinstance(part, Link)]
    assert [link.text for link in links] == ["step", "go on", "a button"]
    assert isinstance(links[0].command, StepForward)
    assert isinstance(links[1].command, TrainOnwards)
    assert (links[1].command.count, links[2].command, links[2].control) == (100, None, "transport")
    assert (one.mark, one.line[0].text, two.mark, two.line[0].text) == ("•", "one", "1.", "two")
    assert written == Formula("δ_k^(L) = a_k^(L) − y_k")


def test_the_questions_and_the_task(everything):
    choice, number, task = *everything.scenes[0].questions, *everything.scenes[1].blocks
    assert isinstance(choice, Question)
    assert [option.right for option in choice.options] == [True, False, True]
    assert [bool(option.reply) for option in choice.options] == [True, False, False]
    assert isinstance(number, Question)
    assert (number.options, number.within) == ((), 0.25)
    assert (number.right[0].text, number.wrong[0].text) == ("Yes.", "No.")
    assert isinstance(task, Task)
    assert [part.text for part in task.line if isinstance(part, Link)] == ["back"]
    assert len({*everything.asked}) == len([*everything.asked]) == 3


@pytest.mark.parametrize(
    ("place", "read_as"), [("start", 0), ("forward", Phase.FORWARD), ("update", Phase.UPDATE), ("z 2 1", Symbol.Z)]
)
def test_places(place, read_as):
    found = read(EVERYTHING.replace("place: delta 2 1", f"place: {place}")).scenes[0].stage.place
    assert found == read_as or found.symbol is read_as


def test_what_need_not_be_said():
    short = read("---\ntitle: Short\n---\n## One\n::: stage\ndata: or\n:::\nWords.")
    assert (short.about, short.minutes, len(short.scenes)) == ("", 5, 1)
    stage = short.scenes[0].stage
    assert (stage.tool, stage.level, stage.example, stage.place, stage.estimate) == ("step", None, 0, 0, None)


def test_lines_may_be_indented_and_end_as_they_like():
    plain = read(EVERYTHING)
    other = read("\r".join(f"  {line} " for line in EVERYTHING.removeprefix("\ufeff").split("\n")))
    assert [scene.title for scene in other.scenes] == [scene.title for scene in plain.scenes]
    assert [len(scene.blocks) for scene in other.scenes] == [len(scene.blocks) for scene in plain.scenes]


@pytest.mark.parametrize("path", shelf(), ids=lambda path: path.stem)
def test_the_lessons_that_come_with_nnviz_keep_to_their_form(path):
    found = read_lesson(path, formula)
    assert 3 <= len(found.scenes) <= 8
    assert 5 <= found.minutes <= 12
    assert found.about
    for scene in found.scenes[1:]:
        assert scene.questions or scene.tasks, scene.title
    for task in (task for scene in found.scenes for task in scene.tasks):
        assert any(isinstance(part, Link) for part in task.line)
        assert task.done


# --- What is wrong, and where ---

MISTAKES = (
    # a line of the lesson above, what stands there instead, how many lines below that it is told, and what is said
    ("\ufeff---", "", 1, "A lesson begins with a line ---"),
    ("title: Everything", "", -1, "The head has no title"),
    ("title: Everything", "title:", 0, "title has no value"),
    ("about: All", "author: me", 0, "'author' does not belong in the head; expected title, about, minutes"),
    ("minutes: 12", "minutes: soon", 0, "minutes is 'soon'; expected a whole number from 1 to 999"),
    ("minutes: 12", "minutes: 0", 0, "minutes is '0'"),
    ("minutes: 12", "minutes: " + "9" * 5000, 0, "minutes is '999"),
    ("minutes: 12", "title: Again", 0, "title is set twice"),
    ("minutes: 12\n---", "minutes: 12", 2, "'## First' is no setting, name: value; is the line --- missing before it?"),
    ("## First", "# First", 0, "Before the first words of a scene stands its heading: ## The set-up"),
    ("## First", "Words before a scene.", 0, "Before the first words of a scene stands its heading"),
    ("## First\n", "## First\n\nWords.\n", 4, "The stage of a scene stands once, right below its heading"),
    ("## Second", "##", 0, "Only scenes have headings, and they begin with ##"),
    ("## Second", "### Deeper", 0, "Only scenes have headings"),
    ("## Second", "## Empty\n\n## Second", 0, "A scene has a title and some words"),
    (
        "::: stage",
        "::: stages",
        0,
        "'::: stages'; expected ::: stage, ::: question or ::: task",
    ),
    ("data: xnor", "data: /etc/passwd", 0, "data: '/etc/passwd' is none of the data that come with nnviz"),
    ("data: xnor", "colour: red", 0, "'colour' is no setting of a stage; expected one of data, network"),
    ("data: xnor", "data: xnor\ndata: or", 1, "data is set twice"),
    ("network: 2-3-1", "network: 3-3-1", 0, "network is 3-3-1; the data 'xnor' need 2 units in the first layer"),
    ("network: 2-3-1", "network: two", 0, "network is 'two'; expected layer sizes such as 3-5-5-4"),
    ("network: 2-3-1", "network: 2-9999-9999-1", 0, "in a lesson it may have 200,000"),
    ("seed: 8", "seed: −8", 0, "seed: '−8'; expected a whole number from 0"),
    ("seed: 8", "seed: " + "8" * 5000, 0, "expected a whole number from 0"),
    ("initial: xavier", "initial: ones", 0, "initial: initialiser is 'ones'; expected one of uniform"),
    ("activation: tanh", "activation: step", 0, "activation: activation is 'step'; expected one of sigmoid"),
    ("theta: 1 1 0 = −1.5", "theta: 1 1 = 2", 0, "'1 1 = 2'; expected layer, row, column = value"),
    ("theta: 1 1 0 = −1.5", "theta: 1 1 0 = 1e9", 0, "theta: '1e9'; expected a number from -1e+06 to 1e+06"),
    ("theta: 1 1 0 = −1.5", "theta: 9 1 0 = 1", 0, "theta: this network has no Θ 9 1 0"),
    ("theta: 1 1 0 = −1.5", "theta: " + "1 1 0 = 1, " * 600 + "1 1 1 = 1", 0, "entries; expected 500 at the most"),
    ("scaling: none", "scaling: large", 0, "scaling: "),
    ("test: 0.5", "test: 1", 0, "test: '1'; expected a number from 0 to 0.9"),
    ("alpha: 0.3", "alpha: fast", 0, "alpha: 'fast' is no number"),
    ("alpha: 0.3", "alpha: nan", 0, "alpha: 'nan'; expected a number"),
    ("lambda: 2", "lambda: -1", 0, "lambda: '-1'; expected a number from 0"),
    ("batch: 2", "batch: 0", 0, "batch: '0'; expected a whole number from 1"),
    ("iterations: 40", "iterations: 4e9", 0, "iterations: '4e9'; expected a whole number"),
    ("method: adam", "method: eve", 0, "method: method is 'eve'; expected one of gradient-descent"),
    ("fault: no-slope", "fault: none", 0, "fault: fault is 'none'; expected one of"),
    ("tool: check", "tool: hammer", 0, "tool: 'hammer'; expected one of step, train, check"),
    ("level: term", "level: deep", 0, "level: 'deep'; expected one of term, unit, layer"),
    ("example: 3", "example: 5", 0, "example: there are 4, and 5 is asked for"),
    ("place: delta 2 1", "place: home", 0, "place: 'home'; expected a number such as delta 3 1"),
    ("place: delta 2 1", "place: delta 2 9", 0, "place: a network 2-3-1 has no such number"),
    ("place: delta 2 1", "place: delta 2 1 1", 0, "place: 'delta 2 1 1'; expected a number such as delta 3 1"),
    ("lit: theta 2 1 0", "lit: theta 3 1 0", 0, "lit: a network 2-3-1 has no such number"),
    ("way: one-sided", "way: none", 0, "way: method is 'none'; expected one of one-sided"),
    ("epsilon: 1e-6", "epsilon: 0", 0, "epsilon: '0'; expected a number from 1e-15 to 1"),
    ("epsilon: 1e-6\n:::", "epsilon: 1e-6", 2, "is the line ::: missing before it?"),
    ("A line with", "A line with } and", 0, "'}' stands alone; live values are written"),
    ("A line with", "A line with {J", 0, "'{' stands alone"),
    ("A line with", "A line with {J:many}", 0, "after the colon stands how many digits to show, 0 to 12"),
    ("A line with", "A line with {J.real}", 0, "'.' means nothing here"),
    ("A line with", 'A line with {open("x")}', 0, "'open' is not known; expected one of"),
    ("A line with", "A line with {a(1)}", 0, "a has 1 numbers in brackets; expected 2"),
    ("A line with", "A line with {}", 0, "The expression is empty"),
    ("A line with", "A line with " + "{" + "(" * 99 + "1" + ")" * 99 + "}", 0, "nested more than 20 times"),
    ("that goes on here:", "that goes on here: [explode]", 0, "'[explode]' does nothing; write what it does"),
    ("that goes on here:", "that goes on here: [x](run me)", 0, "'run' is nothing that a link can do"),
    ("that goes on here:", "that goes on here: [x](train x)", 0, "'x' is no whole number"),
    ("that goes on here:", "that goes on here: [x](step 3)", 0, "step stands alone; '3' is too much"),
    ("that goes on here:", "that goes on here: [x](point:)", 0, "after point: stands the name of a control"),
    ("that goes on here:", "that goes on here: [x](point: curve)", 0, "the name of a control: board, header"),
    ("- one", "- one {", 0, "'{' stands alone"),
    ("$$δ_k^(L)", "$$δ_k^(L) = a$$ δ", 0, "means nothing in a formula"),
    ("$$δ_k^(L) = a_k^(L) − y_k$$", "$$δ", 0, "A formula stands in one line between $$ and $$"),
    ("$$δ_k^(L) = a_k^(L) − y_k$$", "$$frac(1)$$", 0, "frac has two parts"),
    ("ask: How many are {s(1)}?", "", -1, "A question has a line ask: what is asked"),
    ("ask: How many are {s(1)}?", "ask:", -1, "A question has a line ask: what is asked"),
    ("ask: How many are {s(1)}?", "ask: {no}", 0, "'no' is not known"),
    ("[x] two → Yes: {s(1)}.", "[X] two", 0, "'[X] two'; expected ask, answer, within, right, wrong, or an option"),
    ("[x] two → Yes: {s(1)}.", "[x] → Yes", 0, "An option has some words"),
    ("[x] two → Yes: {s(1)}.", "[x] two → {s()}", 0, "stands where a number or a name is expected"),
    ("[ ] three\n[x] as many as x has\n", "", -3, "two options at least"),
    ("[ ] three\n[x] as many as x has\n", "within: 3\n[ ] four\n", -3, "has ask and nine options at the most"),
    ("[x] two → Yes: {s(1)}.", "[ ] two\n" * 9, -2, "has ask and nine options at the most"),
    ("answer: J\n", "", -2, "A question has options such as [x] two, or a line answer: the number"),
    ("answer: J", "answer: J +", 0, "ends where a number or a name is expected"),
    ("answer: J", "answer: J\nanswer: J", 1, "answer is set twice"),
    ("within: 1/4", "within: little", 0, "That is no number. Type one such as 0.25"),
    ("within: 1/4", "within: 1e999", 0, "That number is too large to be meant."),
    ("wrong: No.", "wrong: No [.", 0, "'[' stands alone"),
    ("do: Go [back].", "", -1, "A task has a line do: what is to be done"),
    ("do: Go [back].", "do: Go [back](somewhere).", 0, "'somewhere' is nothing that a link can do"),
    ('until: J < 0.1 and known("delta", 2)', "", -3, "A task has a line until: what is true when"),
    ('until: J < 0.1 and known("delta", 2)', "until: J <", 0, "ends where a number or a name is expected"),
    ('until: J < 0.1 and known("delta", 2)', "until: J is small", 0, "nothing is expected before 'is'"),
    ('until: J < 0.1 and known("delta", 2)', "until: __import__", 0, "stands where a number or a name is expected"),
    ("done: {J:3}", "done: {J:99}", 0, "after the colon stands how many digits"),
    ("done: {J:3}", "after: {J:3}", 0, "'after' does not belong in a task; expected do, until, done"),
    ("done: {J:3}\n:::\n", "done: {J:3}\n", 1, "The file ends too early: a task is not ended by a line :::"),
    ("right: Yes.\nwrong: No.\n:::", "right: Yes.\nwrong: No.", 3, "'::: task'; expected ask, answer"),
)


MISTAKEN = [f"{instead[:14]}:{said[:14]}" for _, instead, _, said in MISTAKES]


@pytest.mark.parametrize(("there", "instead", "below", "said"), MISTAKES, ids=MISTAKEN)
def test_a_mistake_is_told_with_its_line(there, instead, below, said):
    assert EVERYTHING.count(there) >= 1
    before, _, after = EVERYTHING.partition(there)
    with pytest.raises(FileProblem) as problem:
        lesson(f"{before}{instead}{after}".removeprefix("\ufeff"), "mine.lesson", formula)
    assert said in problem.value.what
    assert problem.value.where == f"mine.lesson, line {before.count(chr(10)) + 1 + below}"
    assert problem.value.remedy == "`nnviz lesson guide` says how a lesson is written."
    assert len(problem.value.what) <= LONGEST_REASON + 3


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("", "A lesson begins with a line ---", 1),
        ("\n\n\n", "A lesson begins with a line ---", 4),
        ("---\ntitle: x\n---\n", "There is no scene", 4),
        ("---\ntitle: x\n", "The file ends too early: the head is not ended by a line ---", 3),
        ("---\ntitle: x\n---\n## One\nWords.\n", "The first scene needs a stage", 4),
        ("---\ntitle: x\n---\n## One\n::: stage\ndata: or\n:::\n", "A scene has a title and some words", 4),
        ("---\ntitle: x\n---\n## One\n::: stage\n", "The file ends too early: the stage is not ended", 6),
        (
            "---\ntitle: x\n---\n" + "## S\n::: stage\ndata: or\n:::\nW\n" * (MOST_SCENES + 1),
            "100 scenes at the most",
            504,
        ),
        ("---\ntitle: x\n---\n## S\n::: stage\ndata: or\n:::\n" + "- W\n" * (MOST_BLOCKS + 1), "200 paragraphs", 209),
    ],
)
def test_what_is_missing_or_too_much(text, said, line):
    with pytest.raises(FileProblem) as problem:
        read(text)
    assert said in problem.value.what
    assert problem.value.where == f"mine.lesson, line {line}"


@pytest.mark.parametrize(
    ("content", "said", "where"),
    [
        (b"---\ntitle: x\n\xff\n", "This is no text in UTF-8", "mine.lesson, line 3"),
        ("---\ntitle: Δ".encode("utf-16"), "This is no text in UTF-8", "mine.lesson, line 1"),
        ("---\ntitle: x".encode("utf-16-le"), "A lesson begins with a line ---", "mine.lesson, line 1"),
        ("---\ntitle: é\n".encode("latin-1"), "This is no text in UTF-8", "mine.lesson, line 2"),
        (bytes(range(256)), "This is no text in UTF-8", "mine.lesson, line 2"),
        (b" " * (LARGEST + 1), "It is larger than 200,000 bytes", "mine.lesson"),
    ],
    ids=["byte", "utf-16", "utf-16 without mark", "latin-1", "all bytes", "large"],
)
def test_what_is_no_text(tmp_path, content, said, where):
    path = tmp_path / "mine.lesson"
    path.write_bytes(content)
    with pytest.raises(FileProblem) as problem:
        read_lesson(path, formula)
    assert said in problem.value.what
    assert problem.value.where.endswith(where)


@pytest.mark.parametrize("path", ["/dev/zero", ".", "none.lesson"])
def test_what_is_no_file(path):
    with pytest.raises(FileProblem, match="file"):
        read_lesson(Path(path), formula)


def test_a_line_of_spaces_takes_no_time():
    """What stands behind an arrow was looked for from every space on: 1e10 steps."""
    spaces = " " * 150_000
    with pytest.raises(FileProblem, match="An option has some words"):
        read(EVERYTHING.replace("[x] two → Yes: {s(1)}.", f"[x] {spaces}→ x"))
    text = EVERYTHING.replace("[x] two → Yes: {s(1)}.", f"[x] a{spaces}b")
    assert len(read(text).scenes[0].questions[0].options) == 3


def test_the_lesson_on_the_page_for_teachers_can_be_opened():
    page = (Path(__file__).parents[3] / "docs" / "lessons.md").read_text(encoding="utf-8")
    begin, end = page.index("    ---"), page.index("## The head")
    written = "\n".join(line.removeprefix("    ") for line in page[begin:end].splitlines())
    found = lesson(written, "page.lesson", formula)
    assert found.scenes[0].tasks
