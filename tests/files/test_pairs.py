"""X in one file, y in another."""

import numpy as np
import pytest

from nnviz.files.errors import FileProblem
from nnviz.files.examples import dataset
from nnviz.files.reading import read


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "X.csv": "1,2\n3,4\n5,6\n",
        "named.csv": "a,b\n1,2\n3,4\n5,6\n",
        "y.csv": "2\n1\n2\n",
        "words.csv": "kind\nIris setosa\nIris virginica\nIris setosa\n",
        "short.csv": "1\n2\n",
        "a.csv": "a\n1\n2\n1\n",
    }.items():
        (tmp_path / name).write_text(text)
    np.save("X.npy", [[1.0, 2], [3, 4], [5, 6]])
    np.save("y.npy", [2, 1, 2])
    np.savez("both.npz", X=[[1.0, 2], [3, 4], [5, 6]], y=[2, 1, 2])


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("first", "second", "classes", "label"),
    [
        ("X.csv", "y.csv", ("1", "2"), "y"),
        ("X.csv", "words.csv", ("Iris setosa", "Iris virginica"), "kind"),
        ("X.npy", "y.npy", ("1", "2"), "y"),
        ("y.npy", "X.npy", ("1", "2"), "y"),
        ("named.csv", "y.npy", ("1", "2"), "y"),
        ("named.csv", "a.csv", ("1", "2"), "a (2)"),
    ],
)
def test_joined(first, second, classes, label):
    table = read(first, second)
    data = dataset(table)
    assert table.label == label
    assert data.X.tolist() == [[1, 2], [3, 4], [5, 6]]
    assert data.class_names == classes
    assert data.name == f"{'X.npy' if first == 'y.npy' else first} + {'y.npy' if first == 'y.npy' else second}"


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("X.csv", "X.npy", r"X\.csv and X\.npy: Both have several columns \(2 and 2\)"),
        ("X.csv", "short.csv", "They have 3 and 2 rows"),
        ("both.npz", "y.csv", "both.npz has its own classes, “y”"),
        ("X.csv", "none.csv", r"none\.csv: There is no such file"),
    ],
)
def test_not_to_be_joined(first, second, message):
    with pytest.raises(FileProblem, match=message):
        read(first, second)
