"""Lines one by one: none too long, none of bytes that no text has, not without end."""

import io

import pytest

from nnviz.files import lines
from nnviz.files.errors import FileProblem
from nnviz.files.lines import checked_lines, sampled


def text(content: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content.encode()), "utf-8", newline="")


def test_lines_keep_their_ends():
    assert list(checked_lines(text("a\nb\r\nc\rd"), "t")) == ["a\n", "b\r\n", "c\r", "d"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a\n" + "x" * 101, r"t, row 2: The line has more than 100 characters"),
        ("a\nb\0\n", r"t, row 2: It holds a NUL byte"),
        ("\n" * 9, r"t: It has more than 8 lines; at most 8 are read"),
    ],
)
def test_what_cannot_be(monkeypatch, content, message):
    monkeypatch.setattr(lines, "LONGEST_LINE", 100)
    monkeypatch.setattr(lines, "MOST_LINES", 8)
    with pytest.raises(FileProblem, match=message):
        list(checked_lines(text(content), "t"))


def test_a_sample_is_bounded_and_leaves_the_rest():
    rest = iter(["x" * 1000 + "\n"] * 100)
    assert len(sampled(rest, "t")) == 66
    assert len(list(rest)) == 34
    assert len(sampled(iter(["\n"] * 5000), "t")) == 1000


def test_a_sample_of_no_text():
    with pytest.raises(FileProblem, match="holds bytes that no text has"):
        sampled(iter(["a\n", "\x1b[31m\n"]), "t")
