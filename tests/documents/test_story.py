"""Saving a story: every step in every format, the engine's numbers, and never half a file."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
from contextlib import closing
from dataclasses import replace

import pytest

from nnviz.documents import pages, story
from nnviz.documents.markdown import markdown_text
from nnviz.documents.table import csv_text
from nnviz.documents.told import passages, title
from nnviz.documents.values import json_text
from nnviz.engine.story import STORY_LEVELS, Level
from nnviz.files.errors import FileProblem
from tests.documents.stories import told

PDFLATEX = shutil.which("pdflatex")
SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="5" height="5"/></svg>'
"""A drawing that takes no Qt."""


def square(state):
    return SQUARE


def saved(path, level=Level.UNIT, state=None):
    shares = list(story.saving(state or told(), level, path, square))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    return path.read_bytes()


@pytest.mark.parametrize("level", STORY_LEVELS, ids=lambda level: level.value)
def test_every_step_is_in_every_format(tmp_path, level):
    state = told("iris", 150)  # the last example of the pass: with D and the new Θ
    said = list(passages(state, level))
    markdown = saved(tmp_path / "a.md", level, state).decode()
    table = list(csv.DictReader(io.StringIO(saved(tmp_path / "a.csv", level, state).decode("utf-8-sig"))))
    values = json.loads(saved(tmp_path / "a.json", level, state), parse_constant=pytest.fail)
    assert [step["sentence"] for step in values["steps"]] == [one.caption.sentence for one in said]
    assert [int(row["step"]) for row in table] == sorted(int(row["step"]) for row in table)
    assert {row["step"]: row["sentence"] for row in table} == {
        str(one.number): one.caption.sentence for one in said if one.number
    }
    headings = re.findall("^#{2,3} ((?:Step|Start).*)$", markdown, re.MULTILINE)
    assert headings == [one.heading for one in said]
    blocks = [one for one in pages.blocks(state, level, {}) if isinstance(one, pages.paper.Passage)]
    assert [one.heading for one in blocks] == headings


@pytest.mark.skipif(PDFLATEX is None, reason="LaTeX is not installed")
@pytest.mark.parametrize(
    "state", [told("iris", 150), told("xnor", 4, fault="no-slope")], ids=["with D and the new Θ", "with a mistake"]
)
def test_latex_sets_every_formula(tmp_path, state):
    formulas = re.findall(r"\$\$(.+?)\$\$", "".join(markdown_text(state, Level.TERM)), re.DOTALL)
    assert len(formulas) > 90
    body = "".join(rf"\[{formula}\]" + "\n" for formula in formulas)
    opening = r"\documentclass{article}\usepackage[utf8]{inputenc}\usepackage{amsmath,cancel}\begin{document}"
    (tmp_path / "all.tex").write_text(f"{opening}\n{body}\\end{{document}}\n", encoding="utf-8")
    command = [PDFLATEX, "-interaction=nonstopmode", "-halt-on-error", "all.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout[-1000:]


def test_a_pdf_has_pages_and_all_drawings(tmp_path):
    state, drawn = told(), []

    def draw(moment):
        drawn.append(moment.moment.place)
        assert (moment.level, moment.tool) == (Level.LAYER, "step")
        return SQUARE

    list(story.saving(state, Level.UNIT, tmp_path / "story.pdf", draw))
    assert (tmp_path / "story.pdf").read_bytes().startswith(b"%PDF-")
    assert tuple(drawn) == state.story.stops(Level.LAYER)[1:]


@pytest.mark.parametrize(
    ("iteration", "words"), [(0, "α = 1"), (1, "after 1 iteration"), (1200, "after 1,200 iterations")]
)
def test_the_title_says_how_far_it_is_trained(iteration, words):
    state = told()
    assert title(replace(state, moment=state.moment._replace(iteration=iteration))).endswith(words)


@pytest.mark.parametrize("suffix", story.KINDS)
@pytest.mark.parametrize("share", [0.05, 1.0])
def test_stopped_on_the_way_it_leaves_what_was_there(tmp_path, suffix, share):
    path = tmp_path / f"story{suffix}"
    path.write_text("old")
    with closing(story.saving(told(), Level.UNIT, path, square)) as shares:
        assert next(done for done in shares if done >= share)
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == [path.name]


def test_the_pages_of_a_pdf_are_a_part_of_the_work_that_grows_with_the_steps():
    drawn = [max(pages.pages(told(), level, square)) for level in (Level.LAYER, Level.UNIT, Level.TERM)]
    assert drawn == sorted(drawn, reverse=True)
    assert 0.1 < drawn[2] < drawn[0] < 0.95


def test_a_failing_drawing_leaves_nothing(tmp_path):
    def broken(state):
        raise RuntimeError("no ink")

    with pytest.raises(RuntimeError, match="no ink"):
        list(story.saving(told(), Level.UNIT, tmp_path / "story.pdf", broken))
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("name", ["story.doc", "story", "story.svg"])
def test_another_name_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match=r"ends in \.pdf, \.md, \.csv, \.json"):
        list(story.saving(told(), Level.UNIT, tmp_path / name, square))


@pytest.mark.parametrize("suffix", story.KINDS)
def test_a_place_that_cannot_be_written_is_told_before_anything_is_drawn(tmp_path, suffix):
    with pytest.raises(FileProblem, match="cannot be saved"):
        next(
            story.saving(
                told(), Level.UNIT, tmp_path / "nowhere" / f"story{suffix}", lambda state: pytest.fail("drawn")
            )
        )


def test_a_story_too_long_for_paper_is_refused_and_written_as_text(tmp_path):
    state = told("digits", 8)
    with pytest.raises(ValueError, match=r"[\d,]+ steps at the level term; a PDF takes 1,500 at the most"):
        next(story.saving(state, Level.TERM, tmp_path / "story.pdf", square))
    assert os.listdir(tmp_path) == []
    text = csv_text(state, Level.TERM)
    assert [next(text).count("\n") for _ in range(100)] == [1] * 100


@pytest.mark.parametrize("text", [markdown_text, csv_text, json_text])
def test_a_planted_mistake_is_told_and_a_hidden_one_is_not(text):

    state = told("xnor", 4, fault="no-slope")
    assert "g′ left out" in "".join(text(state, Level.UNIT))
    hidden = replace(state.model, recipe=replace(state.model.recipe, hidden=True))
    secret = "".join(text(state.of(hidden), Level.UNIT))
    assert "left out" not in secret
    assert "no-slope" not in secret
