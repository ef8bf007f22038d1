"""`nnviz data`: what it says of a file, in words and in JSON, and how it refuses."""

import json

import numpy as np
import pytest

from nnviz.cli import main
from nnviz.files.resources import resource

IRIS = str(resource("datasets", "iris.csv"))


@pytest.fixture
def mine(tmp_path):
    """A file of a country with decimal commas, with two rows that cannot be used."""
    path = tmp_path / "mine.csv"
    path.write_bytes("größe;name;art\n1,5;u;b\n2,5;v;a\n?;w;a\n3,5;x;\n4,5;y;c\n".encode("cp1252"))
    return str(path)


def told(capsys, *arguments: str) -> str:
    assert main.main(["data", *arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def refused(capsys, *arguments: str) -> str:
    assert main.main(["data", *arguments]) == main.USER_ERROR
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


def test_iris_needs_no_choices(capsys):
    assert told(capsys, IRIS).splitlines() == [
        "iris.csv: UTF-8, cells separated by comma, decimal point, names in the first row",
        "150 examples in rows 2 to 151",
        "",
        "4 features",
        "  sepal length  4.3 to 7.9",
        "  sepal width   2 to 4.4",
        "  petal length  1 to 6.9",
        "  petal width   0.1 to 2.5",
        "",
        "3 classes, from column “class”",
        "  setosa      50 examples",
        "  versicolor  50 examples",
        "  virginica   50 examples",
        "",
        "No missing values",
        "Network: 4-4-3",
        "Scaling: standard (Mean 0, deviation 1)",
    ]


def test_a_file_with_holes_is_refused_until_they_may_be_dropped(capsys, mine):
    first = "2 cells in 2 rows of 5 cannot be used: row 4, column “größe” (“?”); row 5, column “art” (empty)."
    assert first in refused(capsys, mine)
    out = told(capsys, mine, "--drop-missing")
    assert "mine.csv: Windows-1252, cells separated by semicolon, decimal comma, names in the first row\n" in out
    assert "3 examples in rows 2 to 6\n" in out
    assert "Not used: name (words)\n" in out
    assert "2 rows left out, for 2 cells: row 4, column “größe” (“?”); row 5, column “art” (empty)\n" in out


def test_json_says_the_same(capsys, mine):
    out = json.loads(told(capsys, mine, "--drop-missing", "--json"), parse_constant=pytest.fail)
    assert out == {
        "file": "mine.csv",
        "format": "text",
        "encoding": "Windows-1252",
        "delimiter": ";",
        "decimal": ",",
        "header": True,
        "rows": 5,
        "columns": {"größe": "numbers", "name": "words", "art": "words"},
        "m": 3,
        "features": [{"name": "größe", "least": 1.5, "largest": 4.5}],
        "image_shape": None,
        "label": "art",
        "classes": {"a": 1, "b": 1, "c": 1},
        "missing": [{"row": 4, "column": "größe", "text": "?"}, {"row": 5, "column": "art", "text": ""}],
        "dropped": 2,
        "network": [1, 4, 3],
        "scaling": "standard",
        "weights": False,
        "notes": [],
    }


def test_choices(capsys, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('"x, y",b,c\n1,2,0\n3,4,1\n5,2,1\n')
    out = json.loads(told(capsys, str(path), "--label", "2", "--features", '"x, y",c', "--scaling", "range", "--json"))
    assert out["label"] == "b"
    assert [feature["name"] for feature in out["features"]] == ["x, y", "c"]
    assert (out["classes"], out["scaling"]) == ({"2": 2, "4": 1}, "range")


def test_the_header_can_be_denied_and_insisted_on(capsys, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("1,x\n2,y\n3,x\n")
    assert "no row of names" in told(capsys, str(path))
    assert json.loads(told(capsys, str(path), "--header", "--json"))["columns"] == {"1": "numbers", "x": "words"}
    path.write_text("u,x\n2,y\n3,x\n")
    assert "row 1, column “column 1” (“u”)" in refused(capsys, str(path), "--no-header")


def test_arrays_images_and_many_features(capsys, tmp_path):
    np.savez(tmp_path / "a.npz", X=np.arange(24).reshape(3, 2, 4), y=["a", "b", "a"])
    out = told(capsys, str(tmp_path / "a.npz"))
    assert out.startswith("a.npz: npz file of arrays\n3 examples in rows 1 to 3\n\n8 features\n")
    assert "  images of 2 × 4 pixels, 0 to 23\n" in out
    np.savez(tmp_path / "b.npz", X=np.ones((2, 20)), y=[0, 1])
    out = told(capsys, str(tmp_path / "b.npz"))
    assert "  X12  always 1\n  … and 8 more\n" in out


def test_two_files(capsys, tmp_path):
    np.save(tmp_path / "X.npy", [[1.0, 2], [3, 4]])
    np.save(tmp_path / "y.npy", [1, 2])
    out = told(capsys, str(tmp_path / "X.npy"), str(tmp_path / "y.npy"))
    assert out.startswith("X.npy + y.npy: npy file of arrays\n2 examples")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((IRIS, "--label", "flower"), "There is no column “flower”. Choose one of sepal length, "),
        ((IRIS, "--label", "1"), "column “sepal length”: It holds 35 different numbers"),
        ((IRIS, "--features", "class"), "without the column of classes"),
        ((IRIS, "--scaling", "log"), "expected one of none, range, standard, pixels"),
        (("none.csv",), "nnviz: none.csv: There is no such file."),
    ],
)
def test_one_line_and_2(capsys, arguments, message):
    assert message in refused(capsys, *arguments)


def test_step_takes_a_file_and_a_generator(capsys):
    assert main.main(["step", "--data", IRIS, "--level", "example"]) == 0
    assert "iris · 4-4-3, Sigmoid" in capsys.readouterr().out
    assert main.main(["step", "--data", "moons", "--level", "example"]) == 0
    assert "Two moons · 2-4-1, Sigmoid" in capsys.readouterr().out
