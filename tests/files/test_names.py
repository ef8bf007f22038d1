"""Names of columns are short, on one line, and different."""

import pytest

from nnviz.files.names import different, pixels, tidy


@pytest.mark.parametrize(
    ("text", "name"), [(" sepal\nlength ", "sepal length"), ("a\x1bb", "ab"), ("x" * 99, "x" * 60), ("", "")]
)
def test_tidy(text, name):
    assert tidy(text) == name


@pytest.mark.parametrize(
    ("names", "found", "notes"),
    [
        (["a", "b"], ("a", "b"), 0),
        (["a", "a", "a"], ("a", "a (2)", "a (3)"), 2),
        (["a (2)", "a", "a"], ("a (2)", "a", "a (3)"), 1),
        (["a", "a", "a (2)"], ("a", "a (2)", "a (2) (2)"), 2),
    ],
)
def test_different(names, found, notes):
    assert different(names)[0] == found
    assert len(different(names)[1]) == notes


def test_pixels_go_row_by_row():
    assert pixels(2, 2) == ("pixel 1,1", "pixel 1,2", "pixel 2,1", "pixel 2,2")
