"""A column knows what it holds, and a table its columns by name and by place."""

import pytest

from nnviz.files.errors import FileProblem
from tests.files.tabular import table


@pytest.mark.parametrize(
    ("cells", "kind", "gaps"),
    [
        ("1 2 3", "numbers", []),
        ("1 heavy 3", "numbers", [1]),
        ("1 ? inf", "numbers", [1, 2]),
        ("a b ?", "words", [2]),
        ("a b 3", "words", []),
        ("? NA inf", "nothing", [0, 1, 2]),
    ],
)
def test_kind_and_gaps(cells, kind, gaps):
    (column,) = table("x", *([cell] for cell in cells.split())).columns
    assert (column.kind, column.gaps()) == (kind, gaps)
    assert [column.text(row) for row in range(3)] == cells.split()


def test_a_column_by_name_before_place():
    found = table("a 1 b", [1, 2, 3])
    assert found.column("a").name == "a"
    assert found.column("1").name == "1"
    assert found.column("3").name == "b"


@pytest.mark.parametrize("text", ["c", "0", "4", "²"])
def test_an_unknown_column_is_told_with_the_known(text):
    with pytest.raises(FileProblem, match=rf"t\.csv: There is no column “{text}”\. Choose one of a, 1, b\."):
        table("a 1 b", [1, 2, 3]).column(text)
