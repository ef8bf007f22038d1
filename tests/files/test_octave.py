"""Octave's text format: its matrices, and what is told of a broken one."""

import io

import numpy as np
import pytest

from nnviz.files.errors import FileProblem
from nnviz.files.octave import from_octave

HEAD = "# Created by Octave 8.4.0, Mon Jan 01 00:00:00 2024 UTC <ada@host>\n"
X = "# name: X\n# type: matrix\n# rows: 2\n# columns: 3\n 1 2 3\n 4 NA -Inf\n\n\n"
Y = "# name: y\n# type: int32 matrix\n# ndims: 2\n 2 1\n  1\n  2\n\n\n"
SCALAR = "# name: lambda\n# type: scalar\n0.5\n\n\n"
TEXT = "# name: s\n# type: string\n# elements: 1\n# length: 3\nabc\n\n\n"
CUBE = "# name: C\n# type: matrix\n# ndims: 3\n 2 1 2\n 1\n 2\n 3\n 4\n"
COMPLEX = "# name: c\n# type: complex matrix\n# rows: 1\n# columns: 1\n (1,2)\n"


def arrays(text):
    return from_octave(io.BytesIO((HEAD + text).encode()), "a.mat")


def test_matrices_and_scalars_and_nothing_else():
    found = arrays(X + TEXT + Y + COMPLEX + SCALAR + CUBE)
    assert sorted(found) == ["C", "X", "lambda", "y"]
    np.testing.assert_array_equal(found["X"], [[1, 2, 3], [4, np.nan, -np.inf]])
    assert found["y"].tolist() == [[1], [2]]
    assert found["lambda"].tolist() == [[0.5]]
    assert found["C"][:, 0, :].tolist() == [[1, 3], [2, 4]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (X.replace(" 4 NA -Inf\n", ""), r"a\.mat, row 2: The variable X does not have as many numbers as it says"),
        (X.replace("# rows: 2\n", ""), r"The variable X does not have"),
        (X.replace("rows: 2", "rows: many"), r"The variable X does not have"),
        (Y.replace(" 2 1\n", " -2 -1\n"), r"The variable y does not have"),
        (X.replace(" 4 NA", " 4 four"), r"a\.mat, row 7: Here a row of numbers was expected"),
        (SCALAR.replace("0.5", "1 2"), r"The variable lambda does not have"),
    ],
)
def test_damage_is_told_by_variable_or_row(text, message):
    with pytest.raises(FileProblem, match=message):
        arrays(text)


def test_the_limit_of_cells(monkeypatch):
    monkeypatch.setattr("nnviz.files.octave.MOST_CELLS", 4)
    with pytest.raises(FileProblem, match="more than 4 numbers"):
        arrays(X)
