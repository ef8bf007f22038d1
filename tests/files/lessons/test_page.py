"""The page for those who write lessons has every name, verb, setting and id that there is."""

import re
from pathlib import Path

import pytest

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.data import SCALINGS
from nnviz.engine.faults import FAULTS
from nnviz.engine.initialise import INITIALISERS
from nnviz.engine.methods import METHODS
from nnviz.engine.slopes import WAYS
from nnviz.files.lessons.stage import KEYS
from nnviz.session.lesson.acts import VERBS
from nnviz.session.lesson.readers import NAMES

PAGE = (Path(__file__).parents[3] / "docs" / "lessons.md").read_text(encoding="utf-8")
CODE = re.findall("`([^`\n]+)`", PAGE)
TABLES = {
    "initial": INITIALISERS,
    "activation": ACTIVATIONS,
    "scaling": SCALINGS,
    "method": METHODS,
    "way": WAYS,
    "fault": FAULTS,
}


def test_every_name_that_can_be_read_is_on_it():
    said = set(re.findall(r"\w+", " ".join(CODE)))
    assert [name for name in NAMES if name not in said] == []


def test_all_that_a_link_can_do_is_on_it():
    said = {code.split()[0] for code in CODE if code.strip()}
    assert [verb for verb in VERBS if verb not in said] == []


def test_every_setting_of_a_stage_is_on_it():
    rows = re.findall(r"^\| ([^|`]+) \|", PAGE, re.MULTILINE)
    said = {name for row in rows for name in row.split(", ")}
    assert [key for key in KEYS if key not in said] == []


@pytest.mark.parametrize("name", TABLES)
def test_every_id_is_on_it(name):
    (row,) = re.findall(rf"^\| {name} \| (`.*`) \|$", PAGE, re.MULTILINE)
    assert row == ", ".join(f"`{one.name}`" for one in TABLES[name])
