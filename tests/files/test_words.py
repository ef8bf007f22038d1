"""Pieces of sentences: counts, sizes, and what a file says, made harmless."""

import pytest

from nnviz.files.words import counted, quoted, size


def test_counted():
    assert (counted(1, "row"), counted(2000, "row"), counted(0, "class", "classes")) == (
        "1 row",
        "2,000 rows",
        "0 classes",
    )


@pytest.mark.parametrize(
    ("text", "shown"), [("car", "“car”"), ("a\n\x1b[1m", "“a��[1m”"), ("x" * 31, f"“{'x' * 30}…”"), ("", "“”")]
)
def test_quoted(text, shown):
    assert quoted(text) == shown


def test_size():
    assert (size(10), size(2**20 - 1), size(600 * 2**20)) == ("10 bytes", "1,048,575 bytes", "600 MiB")
