"""A name, a generator or a file: what a user types finds a data set."""

import pytest

from nnviz.engine.generators import GENERATORS
from nnviz.files import datasets, sources
from nnviz.files.errors import FileProblem

ROWS = "a,b,class\n1,2,x\n3,4,y\n"


def test_names():
    assert sources.names() == (*datasets.names(), *(row.name for row in GENERATORS))
    assert len(set(sources.names())) == len(sources.names())


@pytest.mark.parametrize("name", ["iris", "moons", "xor", "xor-cloud"])
def test_a_name(name):
    assert sources.find(name).name == name


@pytest.mark.parametrize(("typed", "name"), [("a.csv", "a.csv"), ("./iris", "iris"), ("plain", "plain")])
def test_a_file(tmp_path, monkeypatch, typed, name):
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text(ROWS)
    assert sources.find(typed).class_names == ("x", "y")


def test_a_name_wins_over_a_file_of_that_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "iris").write_text(ROWS)
    assert sources.find("iris") is datasets.load("iris")


def test_neither():
    with pytest.raises(FileProblem, match=r"flowers: There is no data set of this name\. .*iris.*moons.*file"):
        sources.find("flowers")
    with pytest.raises(FileProblem, match=r"flowers\.csv: There is no such file"):
        sources.find("flowers.csv")
