"""The lines of a text file one by one, none too long and none of bytes that no text has."""

import io
import re
from collections.abc import Iterator
from itertools import islice

from nnviz.files.errors import FileProblem
from nnviz.files.limits import MOST_ROWS, too_many

LONGEST_LINE = 1_000_000  # characters: 10,000 columns of 100
MOST_LINES = 2 * MOST_ROWS  # blank ones cost time, too
_SAMPLE_LINES, _SAMPLE_LETTERS = 1000, 2**16
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_SAVE_AS_CSV = "Open it in the program it comes from and save it as CSV."


def checked_lines(text: io.TextIOWrapper, name: str) -> Iterator[str]:
    """The lines with their ends; FileProblem names the row of one that cannot be."""
    number = 0
    while line := text.readline(LONGEST_LINE + 1):
        number += 1
        if number > MOST_LINES:
            raise too_many("lines", None, MOST_LINES, name)
        if len(line) > LONGEST_LINE:
            raise FileProblem(
                f"The line has more than {LONGEST_LINE:,} characters.",
                f"{name}, row {number}",
                "Put each example on a line of its own.",
            )
        if "\0" in line:
            raise FileProblem("It holds a NUL byte: this is no text.", f"{name}, row {number}", _SAVE_AS_CSV)
        yield line


def sampled(lines: Iterator[str], name: str) -> list[str]:
    """The first lines, taken from *lines*, by which a file is judged; FileProblem when they are no text."""
    sample, letters = [], 0
    for line in islice(lines, _SAMPLE_LINES):
        if _CONTROL.search(line):
            raise FileProblem("This is no text: it holds bytes that no text has.", name, _SAVE_AS_CSV)
        sample.append(line)
        letters += len(line)
        if letters > _SAMPLE_LETTERS:
            break
    return sample
