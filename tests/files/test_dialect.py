"""Delimiter, decimal mark and header from the first lines."""

import pytest

from nnviz.files import dialect


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2,5\n", ";"),
        ("1,5;2,5\n3,5;4,5\n", ";"),
        ("größe;name;art\n1,5;u;b\n2,5;v;a\n?;w;a\n", ";"),
        ("1,5;u;b\n2,5;v;a\n", ";"),
        ("1, 2, x\n3, 4, y\n", ","),
        ("a\tb\n1,5\t2,5\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("1.0  2.0\n 3.0 4.0\n", " "),
        ("5.1, 3.5, Iris setosa\n4.9, 3.0, Iris setosa\n", ","),
        ("Iris setosa\nIris virginica\n", None),
        ("1\n2\n", None),
        ("red car,1,2\nold car,3,4\nblue car,5\n", ","),
        ("x;y;class\n", ";"),
        ("", None),
    ],
)
def test_delimiter(text, delimiter):
    assert dialect.delimiter_of(text.splitlines(keepends=True)) == delimiter


@pytest.mark.parametrize(
    ("line", "delimiter"),
    [("sep=;\r\n", ";"), ("SEP=,\n", ","), ("sep=\t\n", "\t"), ("sep,a\n", None), ("sep=;;\n", None)],
)
def test_excels_first_line(line, delimiter):
    assert dialect.declared_delimiter(line) == delimiter


@pytest.mark.parametrize(
    ("rows", "decimal"),
    [([["1.5", "2"]], "."), ([["1,5", "2"]], ","), ([["1", "a,b"]], "."), ([["1,5", "2.5"], ["3,5", "a"]], ",")],
)
def test_decimal_mark(rows, decimal):
    assert dialect.decimal_of(rows) == decimal


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([["a", "b"], ["1", "2"]], True),
        ([["", "b"], ["1", "2"]], True),
        ([["1", "2"], ["3", "4"]], False),
        ([["?", "car"], ["3", "truck"]], False),
        ([["car"], ["truck"], ["car"]], False),
        ([["class"], ["truck"], ["car"]], True),
        ([["a", "b"]], True),
        ([["a", "b", "c"], ["a"], ["1"]], False),
        ([], False),
    ],
)
def test_header(rows, header):
    assert dialect.has_header(rows, ".") is header


def test_all_of_it_together():
    lines = ["sep=;\n", "a;b;class\n", "1,5;2;x\n", "2,5;3;y\n"]
    assert dialect.found(lines) == dialect.Dialect(delimiter=";", decimal=",", header=True, skipped=1)
    assert dialect.found(lines[2:], header=True) == dialect.Dialect(";", ",", header=True, skipped=0)
    assert dialect.found([]) == dialect.Dialect(None, ".", header=False, skipped=0)
