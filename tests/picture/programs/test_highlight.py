"""Keywords, comments and symbols in a line of code."""

import pytest

from nnviz.picture.programs.highlight import spans


def marked(text, language):
    return [(text[one.start : one.start + one.length], one.role, one.bold) for one in spans(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "for l in range(2, L + 1):  # forward, in a",
            "numpy",
            [("for", "text", True), ("in", "text", True), ("# forward, in a", "muted", False)],
        ),
        (
            "delta[L] = h - y",
            "numpy",
            [("delta", "delta", False), ("h", "activation", False)],
        ),
        ('if __name__ == "__main__":', "numpy", [("if", "text", True)]),
        ('    """A list; an example is a row."""', "numpy", [('"""A list; an example is a row."""', "muted", False)]),
        ("  end", "octave", [("end", "text", True)]),
        (
            "h = a{L}(2:end);  % 2",
            "octave",
            [("h", "activation", False), ("a", "activation", False), ("% 2", "muted", False)],
        ),
        ("Delta{l} += D;", "octave", [("Delta", "accumulator", False), ("D", "accumulator", False)]),
    ],
)
def test_spans(text, language, expected):
    assert marked(text, language) == expected
