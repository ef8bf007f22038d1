"""What kind of file is meant by the ending of its name."""

from pathlib import Path

import pytest

from nnviz.files.endings import by_ending

KINDS = {".pdf": 1, ".md": 2}


@pytest.mark.parametrize("path", ["a.pdf", Path("somewhere/A.PDF"), "a.md.pdf"])
def test_the_ending_says_which(path):
    assert by_ending(path, KINDS) == 1


@pytest.mark.parametrize("path", ["a.docx", "pdf", ".pdf", "a.pdf.gz", ""])
def test_other_endings_are_refused(path):
    with pytest.raises(ValueError, match=r"expected a name that ends in \.pdf, \.md") as problem:
        by_ending(path, KINDS)
    assert Path(path).name in str(problem.value)
