"""The listing: every classic mistake has its line in it."""

import pytest

from nnviz.engine.faults import FAULTS
from nnviz.picture.listing import LISTING


@pytest.mark.parametrize("row", FAULTS, ids=lambda row: row.name)
def test_every_mistake_stands_in_exactly_one_line(row):
    assert [line.remark for line in LISTING if line.text == row.right] == [False]


def test_remarks_are_comments_and_nothing_else_is():
    assert all(line.text.startswith("#") == line.remark for line in LISTING)
