"""A battery of odd and bad files: each is read, or ends in what is wrong, where, and what to do."""

import io
import os
import re
import zipfile
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.files.errors import FileProblem
from nnviz.files.examples import dataset
from nnviz.files.reading import SUFFIXES, TEXT_SUFFIXES, read
from nnviz.files.resources import resource

ROWS = "a,b,class\n1,2,x\n3,4,y\n"


def workbook() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return out.getvalue()


def problem(path) -> FileProblem:
    """What is said of the file, on the way to a data set."""
    with pytest.raises(FileProblem) as found:
        dataset(read(path))
    assert found.value.what.endswith((".", "…"))
    assert found.value.remedy.endswith((".", "X y", '("").'))
    assert "\n" not in str(found.value)
    assert len(str(found.value)) < 500
    return found.value


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.csv", "", r"empty\.csv: The file is empty"),
        ("blank.csv", "\n \n\n", r"blank\.csv: The file has no rows"),
        ("header.csv", "a,b,class\n", r"a row of names and no examples below it"),
        ("one_row.csv", "a,b,class\n1,2,x\n", r"All examples are of one class, “x”"),
        ("one_class.csv", ROWS.replace("y", "x"), r"one_class\.csv, column “class”: All examples are of one class"),
        (
            "ragged.csv",
            ROWS + "5,6\n1,2,3,x\n",
            r"2 rows of another .* row 1 with its 3 cells: row 4 has 2",
        ),
        ("large.csv", ROWS + "1e999,3,x\n", r"row 4, column “a” \(“1e999”\)"),
        (
            "holes.csv",
            ROWS + "nan,,x\n?,inf,NA\n",
            r"5 cells in 2 rows of 4 .*row 4, column “a” \(“nan”\)",
        ),
        ("word.csv", ROWS + "heavy,2,x\n", r"row 4, column “a” \(“heavy”\)"),
        ("nul.csv", ROWS + "5,\0,x\n", r"nul\.csv, row 4: It holds a NUL byte"),
        ("late_nul.csv", ROWS * 300 + "5,\0,x\n", r"late_nul\.csv, row 901: It holds a NUL byte"),
        ("wide.csv", ",".join(["0"] * 100_000), r"It has 100,000 columns; at most 10,001 are read"),
        ("long.csv", "1,2," + "x" * 2_000_000, r"row 1: The line has more than 1,000,000 characters"),
        ("cell.csv", "1,2," + "x" * 200_000, r"row 1: A cell has more than 131,072 characters"),
        ("book.csv", workbook(), r"archive \(\.zip, \.xlsx, \.ods\).* save it as CSV"),
        ("rubbish.csv", np.random.default_rng(0).bytes(5000), r"This is no text.* save it as CSV"),
        ("half.csv", ROWS.encode("utf-16") + b"x", r"It looks like UTF-16 LE with BOM, but .* Save it as UTF-8"),
        ("quote.csv", 'a,b\n1,"x\n2,y\n', r"quote\.csv, row 2: A quotation mark opens a text that is not closed"),
        ("quotes.csv", 'a,b\n1,"x"y\n', r"quotes\.csv, row 2: A quotation mark"),
        ("price.csv", "a,price\n1,2.5\n2,3.5\n3,4.5\n", r"column “price”: It holds 3 different numbers.*regression"),
        ("words.csv", "a,b\nu,x\nv,y\nu,y\n", r"No column holds numbers"),
        ("thousands.csv", "a;b;class\n1.234;5,5;x\n2;6,5;y\n3;7,5;y\n", r"row 2, column “a” \(“1\.234”\)"),
        ("rubbish.mat", b"x" * 500, r"damaged, or no \.mat file"),
        ("rubbish.npz", b"x" * 500, r"damaged or cut short"),
        ("rubbish.npy", b"x" * 500, r"damaged or cut short"),
    ],
)
def test_bad_files(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert re.search(message, str(problem(path)))


GOOD = (["a", "b", "class"], [[1.0, 2.0], [3.0, 4.0]], ("x", "y"))


@pytest.mark.parametrize(
    ("content", "encoding", "delimiter", "decimal"),
    [
        (ROWS, "UTF-8", ",", "."),
        (ROWS.encode("utf-8-sig"), "UTF-8 with BOM", ",", "."),
        (ROWS.encode("utf-16"), "UTF-16 LE with BOM", ",", "."),
        (ROWS.encode("utf-16-le"), "UTF-16 LE", ",", "."),
        (ROWS.encode("utf-16-be"), "UTF-16 BE", ",", "."),
        (ROWS.replace("\n", "\r\n"), "UTF-8", ",", "."),
        (ROWS.replace(",", "\t"), "UTF-8", "\t", "."),
        (ROWS.replace(",", ";").replace("2", "2,0"), "UTF-8", ";", ","),
        ("sep=;\n" + ROWS.replace(",", ";"), "UTF-8", ";", "."),
        (ROWS + "\n\n,,\n\n", "UTF-8", ",", "."),
        (ROWS.replace("\n", ",\n"), "UTF-8", ",", "."),
        ('"a","b","class"\n"1","2","x"\n"3","4","y"', "UTF-8", ",", "."),
    ],
)
def test_odd_files(tmp_path, content, encoding, delimiter, decimal):
    path = tmp_path / "odd.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    table = read(path)
    data = dataset(table)
    assert (table.format.encoding, table.format.delimiter, table.format.decimal) == (encoding, delimiter, decimal)
    assert (list(table.names), data.X.tolist(), data.class_names) == GOOD


def test_a_column_that_never_changes_is_no_hindrance(tmp_path):
    (tmp_path / "a.csv").write_text("a,b,class\n1,2,x\n1,4,y\n")
    assert dataset(read(tmp_path / "a.csv")).fitted_scaling().scaled(np.array([1.0, 3.0])).tolist() == [0, 0]


def test_letters_beyond_english(tmp_path):
    (tmp_path / "a.csv").write_bytes("Größe;Art\n1,5;Käfer\n2,5;Öl\n".encode("cp1252"))
    table = read(tmp_path / "a.csv")
    assert table.format.encoding == "Windows-1252"
    assert table.names == ("Größe", "Art")
    assert dataset(table).class_names == ("Käfer", "Öl")


def test_the_content_counts_and_not_the_ending(tmp_path):
    np.savez(tmp_path / "a.npz", X=[[1.0, 2], [3, 4]], y=["x", "y"])
    os.replace(tmp_path / "a.npz", tmp_path / "a.csv")
    assert dataset(read(tmp_path / "a.csv")).class_names == ("x", "y")
    (tmp_path / "b.mat").write_text("# Created by Octave\n# name: X\n# type: matrix\n# rows: 1\n# columns: 2\n 1 2\n")
    assert read(tmp_path / "b.mat").format.kind == "Octave text"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_ending_is_known(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_text(ROWS)
    if suffix in TEXT_SUFFIXES:
        assert len(read(path)) == 2
    else:
        assert "damaged" in str(problem(path))


@pytest.mark.parametrize(
    ("name", "sizes", "classes"),
    [
        ("iris", (4, 4, 3), ("setosa", "versicolor", "virginica")),
        ("vehicles", (3, 4, 4), ("car", "motorcycle", "pedestrian", "truck")),
        ("xor", (2, 4, 1), ("0", "1")),
        ("digits", (64, 25, 10), tuple("0123456789")),
    ],
)
def test_the_data_that_come_with_nnviz_need_no_choices(name, sizes, classes):
    suffix = "npz" if name == "digits" else "csv"
    data = dataset(read(resource("datasets", f"{name}.{suffix}")))
    assert (data.sizes, data.class_names) == (sizes, classes)
    assert data.image_shape == ((8, 8) if name == "digits" else None)


@given(content=st.one_of(st.binary(max_size=300), st.text(",;\t\n\"' .-1e5axNA?\0ö", max_size=200).map(str.encode)))
def test_whatever_stands_in_a_file_nothing_but_a_file_problem_is_raised(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    with suppress(FileProblem):
        dataset(read(path))
