"""Text files come back as they were written, in every dialect, and rows keep their numbers."""

import csv
import io
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.files.errors import FileProblem
from nnviz.files.reading import read

FLOATS = st.floats(allow_nan=False, allow_infinity=False, width=32)
# Letters of Windows-1252, so that every encoding can write them; a word begins with one, and is no number.
WORDS = st.text(st.sampled_from('abcxyzäöüé ,;|\t"'), min_size=1, max_size=8).map(lambda text: "w" + text.strip() + "w")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")


@st.composite
def tables(draw):
    """Two columns of numbers and one of words; three rows or more, so that there is something to judge by."""
    rows = draw(st.lists(st.tuples(FLOATS, FLOATS, WORDS), min_size=3, max_size=12))
    return [(float(a), float(b), word) for a, b, word in rows]


def written(rows, delimiter, decimal, encoding, quoting, ending, header):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=ending)
    if header:
        writer.writerow(["width", "height", "class"])
    for *values, word in rows:
        writer.writerow([*(repr(value).replace(".", decimal) for value in values), word])
    return out.getvalue().encode(encoding)


@given(
    rows=tables(),
    delimiter=st.sampled_from(",;\t|"),
    decimal=st.sampled_from(".,"),
    encoding=st.sampled_from(ENCODINGS),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_a_table_comes_back_the_same(tmp_path_factory, rows, delimiter, decimal, encoding, quoting, ending):
    path = tmp_path_factory.getbasetemp() / "table.csv"
    path.write_bytes(written(rows, delimiter, decimal, encoding, quoting, ending, header=True))
    table = read(path)
    assert table.names == ("width", "height", "class")
    assert (table.format.delimiter, table.format.header) == (delimiter, True)
    a, b, words = table.columns
    assert list(zip(a.numbers, b.numbers, (words.text(row) for row in range(len(table))))) == rows
    assert table.rows.tolist() == list(range(2, len(rows) + 2))


def table_of(tmp_path, text, name="a.csv", **options):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path, **options)


def test_a_space_separates_however_many_there_are(tmp_path):
    table = table_of(tmp_path, "1.0  2.0 a\n   3.0 4.0   b  \n")
    assert table.columns[1].numbers.tolist() == [2, 4]
    assert table.columns[2].others == {0: "a", 1: "b"}


def test_names_are_made_where_there_are_none(tmp_path):
    assert table_of(tmp_path, "1,2,a\n3,4,b\n").names == ("column 1", "column 2", "column 3")


def test_a_header_can_be_denied_and_insisted_on(tmp_path):
    assert len(table_of(tmp_path, "a,b\nc,d\n", header=False)) == 2
    assert table_of(tmp_path, "2020,2021\n1,2\n3,4\n", header=True).names == ("2020", "2021")


def test_equal_names_are_told_apart_and_said(tmp_path):
    table = table_of(tmp_path, "mass,mass,class\n1,2,a\n3,4,b\n")
    assert table.names == ("mass", "mass (2)", "class")
    assert "“mass (2)”" in table.notes[0]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b,c\n1,2,x\n3,4,y\n", [2, 3]),
        ("sep=,\na,b,c\n1,2,x\n3,4,y\n", [3, 4]),
        ("a,b,c\n\n1,2,x\n,,\n\n3,4,y\n\n\n", [3, 6]),
        ('a,b,c\n1,2,"x\nz"\n3,4,y\n', [2, 4]),
        ("1,2,x\n3,4,y", [1, 2]),
    ],
)
def test_rows_are_counted_as_an_editor_does(tmp_path, text, rows):
    assert table_of(tmp_path, text).rows.tolist() == rows


@pytest.mark.parametrize("text", ["a,b,c,\n1,2,x,\n3,4,y,\n", "a,b,c\n1,2,x,\n3,4,y,,\n"])
def test_a_delimiter_at_the_end_of_a_line_makes_no_column(tmp_path, text):
    assert table_of(tmp_path, text).names == ("a", "b", "c")


def test_many_blocks_are_one_table(tmp_path):
    count = 50_000
    table = table_of(tmp_path, "n,half,class\n" + "".join(f"{n},{n / 2},{'ab'[n % 2]}\n" for n in range(count)))
    np.testing.assert_array_equal(table.columns[0].numbers, np.arange(count))
    np.testing.assert_array_equal(table.columns[1].numbers, np.arange(count) / 2)
    assert table.columns[2].text(count - 1) == "b"
    assert not any(column.numbers.flags.writeable for column in table.columns)


def test_a_cell_without_a_number_is_kept_as_written(tmp_path):
    column = table_of(tmp_path, "a,b\n1,x\n ? ,y\n1e999,x\n").columns[0]
    assert column.others == {1: "?", 2: "1e999"}
    assert math.isnan(column.numbers[1])


@pytest.mark.parametrize("limit", ["MOST_ROWS", "MOST_CELLS", "MOST_WORDS"])
def test_limits_are_said(tmp_path, monkeypatch, limit):
    monkeypatch.setattr(f"nnviz.files.delimited.{limit}", 3)
    with pytest.raises(FileProblem, match=r"a\.csv: It has more than 3 (rows|cells).*; at most 3"):
        table_of(tmp_path, "a,b\n" + "1,x\n" * 10)
