"""The table of methods: every row can be shown, found by its name, and says where it comes from."""

import re

import pytest

from nnviz.engine import METHODS, method

EVERY = pytest.mark.parametrize("row", METHODS, ids=lambda row: row.name)


@EVERY
def test_a_row_is_found_by_its_name(row):
    assert method(row.name) is row
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", row.name)


@EVERY
def test_a_row_has_one_sentence_and_a_source_with_a_year(row):
    assert row.title
    assert row.words.endswith(".")
    assert re.search(r"\b(18|19|20)\d\d\b", row.source)


@EVERY
def test_what_has_a_learning_rate_can_use_batches(row):
    assert row.batches == (row.learning_rate is not None)


def test_names_and_titles_differ():
    assert len({row.name for row in METHODS}) == len({row.title for row in METHODS}) == len(METHODS)


def test_an_unknown_name_is_refused_with_those_there_are():
    with pytest.raises(
        ValueError, match=r"method is 'Adam'; expected one of gradient-descent, .*adam.*, trust-region\."
    ):
        method("Adam")
