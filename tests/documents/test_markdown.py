"""Markdown: formulas between $$, and what comes from files is never taken for markup."""

import re
from dataclasses import replace

import pytest

from nnviz.documents.markdown import escaped, markdown_text
from nnviz.engine.story import STORY_LEVELS, Level
from nnviz.session.model import model_for
from nnviz.session.state import initial
from tests.documents.stories import told


@pytest.mark.parametrize("level", STORY_LEVELS, ids=lambda level: level.value)
def test_formulas_stand_between_dollars(level):
    text = "".join(markdown_text(told(), level))
    formulas = re.findall(r"^\$\$\n(.+)\n\$\$$", text, re.MULTILINE)
    assert text.count("$$") == 2 * len(formulas) > 0
    assert not any("$" in formula for formula in formulas)


def test_it_begins_with_what_is_told():
    text = "".join(markdown_text(told(), Level.UNIT))
    assert text.startswith("# The story of example 7\n\nVehicles · 3-5-5-4, Sigmoid · seed 4 · λ = 0.5 · α = 1\n")
    assert re.findall("^## (.*)$", text, re.MULTILINE) == ["Start", "Forward", "Cost", "Backward", "Accumulate Δ"]


def test_names_from_files_stay_names():
    assert escaped("<b>*a_b*</b> [x](y) `z` #1 $2") == r"\<b\>\*a\_b\*\</b\> \[x\](y) \`z\` \#1 \$2"
    data = told().model.dataset
    wicked = replace(data, feature_names=("<script>", "*mass*", "$x$"), name="wicked", title="<img>", weights=None)
    text = "".join(markdown_text(initial(model_for(wicked), 6), Level.UNIT))
    assert "<" not in text.replace(r"\<", "")
    assert "*mass*" not in text
