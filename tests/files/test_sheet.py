"""What is typed into a table: edits, what is wrong with a cell, the clipboard, and the data set that comes of it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.generators import generate
from nnviz.files import datasets, sheet
from nnviz.files.errors import FileProblem
from nnviz.files.sheet import MOST_FEATURES, MOST_ROWS, Sheet
from nnviz.session.examples import examples_of

SMALL = Sheet(("x1", "x2", "class"), (("0", "1", "a"), ("1,5", "2", "b"), ("", "", ""), ("3", "4", "b")))


def of(name):
    return sheet.sheet_of(examples_of(datasets.load(name)))


# --- Edits ---


def test_a_cell_is_changed_and_the_sheet_before_stays():
    changed = SMALL.with_cell(0, 1, "9")
    assert changed.rows[0] == ("0", "9", "a")
    assert SMALL.rows[0] == ("0", "1", "a")
    assert SMALL.with_cell(0, 1, "1") is SMALL


def test_a_real_minus_is_a_minus():
    changed = SMALL.with_cells(0, 0, [["−2", "1", "−2"]])
    assert changed.rows[0] == ("-2", "1", "−2")
    assert changed.problem(0, 0) == ""


def test_cells_grow_downwards_and_are_cut_off_at_the_right():
    grown = SMALL.with_cells(3, 1, [["5", "c", "lost"], ["6", "d"]])
    assert grown.rows[3:] == (("3", "5", "c"), ("", "6", "d"))


def test_it_never_grows_beyond_what_can_be_looked_through():
    full = Sheet(("x", "class")).with_cells(0, 0, [["1", "a"]] * (MOST_ROWS + 5))
    assert len(full.rows) == MOST_ROWS
    assert full.with_row(0) is full
    assert full.with_cells(MOST_ROWS, 0, [["1", "a"]]) is full
    wide = Sheet(("x", "class"))
    for _ in range(MOST_FEATURES + 5):
        wide = wide.with_feature()
    assert wide.width == MOST_FEATURES + 1
    assert len(set(wide.names)) == wide.width


def test_rows_and_features_come_and_go():
    assert SMALL.with_row(1).rows[1] == ("", "", "")
    assert SMALL.without_rows([0, 2]).rows == SMALL.rows[1:2] + SMALL.rows[3:]
    assert SMALL.with_feature().names == ("x1", "x2", "x3", "class")
    assert SMALL.with_feature().rows[0] == ("0", "1", "", "a")
    assert SMALL.without_columns([0, 2]).names == ("x2", "class")
    assert SMALL.without_columns([0, 1]).names == ("x1", "class")


def test_names_are_tidy_and_different():
    assert SMALL.renamed(0, "  size\n(cm) ").names[0] == "size (cm)"
    assert SMALL.renamed(0, "x2").names == ("x2 (2)", "x2", "class")
    assert SMALL.renamed(0, "  ") is SMALL
    assert SMALL.renamed(0, "x1") is SMALL


# --- What is wrong ---


@pytest.mark.parametrize(
    ("cell", "words"),
    [("abc", "no number"), ("", "missing"), ("1e999", "too large"), ("nan", "missing"), ("2.5", "written with “,”")],
)
def test_what_is_wrong_with_a_number(cell, words):
    changed = replace(SMALL, rows=(*SMALL.rows, ("1,5", "2,5", "a"), (cell, "1", "b")))
    assert words in changed.problem(5, 0)


def test_nothing_is_wrong_with_empty_rows_and_classes_may_be_anything():
    assert [SMALL.problem(row, column) for row in range(4) for column in range(3)] == [""] * 12
    assert "class" in SMALL.with_cell(0, 2, " ").problem(0, 2)


CELL = st.one_of(st.text(max_size=4), st.sampled_from(["1", "2,5", "2.5", "-3", "", "nan"]))


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=6))
def test_what_is_wrong_is_either_a_marked_cell_or_the_whole(rows):
    typed = Sheet(("x1", "x2", "class"), tuple(rows))
    marked = any(typed.problem(row, column) for row in range(len(rows)) for column in range(3))
    try:
        sheet.dataset(typed)
    except FileProblem as problem:
        told = str(problem)
    else:
        told = ""
    assert marked is ("cannot be used: row" in told)


def test_classes_may_be_words_and_numbers():
    typed = Sheet(("x", "class"), (("1", "0"), ("2", "1"), ("3", "1"), ("4", "other")))
    assert sheet.dataset(typed).class_names == ("0", "1", "other")
    assert sheet.dataset(replace(typed, rows=(("1", "10"), ("2", "9")))).class_names == ("9", "10")


# --- The clipboard ---


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("1\t2\r\n3\t4\r\n", [["1", "2"], ["3", "4"]]),
        ("1", [["1"]]),
        ('"a ""b"""\tc', [['a "b"', "c"]]),
        ("a\n\nb", [["a"], [""], ["b"]]),
        ('"two\nlines"\tx', [["two lines", "x"]]),
        ("", [[""]]),
    ],
)
def test_what_a_spreadsheet_copies_is_pasted(text, cells):
    assert sheet.pasted(text) == cells


def test_a_whole_table_is_pasted_with_its_names():
    cells = [["size", "", "kind"], ["1", "2", "red"], ["3", "4", "blue"]]
    made = sheet.empty().with_pasted(0, 0, [["size", "kind"], ["1", "red"], ["3", "blue"]])
    assert (made.names, made.rows) == (("size", "kind"), (("1", "red"), ("3", "blue")))
    assert sheet.empty().with_pasted(0, 0, cells).names == ("size", "x2", "kind")
    assert sheet.empty().with_pasted(0, 0, cells[1:]).names == ("x1", "x2", "class")
    assert SMALL.with_pasted(0, 0, cells).rows[0] == ("size", "", "kind")


def test_what_is_wider_adds_features_at_the_first_column_only():
    wide = [["1", "2", "3", "red"]]
    assert SMALL.with_pasted(1, 0, wide).rows[1] == ("1", "2", "3", "red")
    assert SMALL.with_pasted(1, 1, wide).rows[1] == ("1,5", "1", "2")


def test_a_long_clipboard_is_not_read_to_its_end():
    assert len(sheet.pasted("1\t2\n" * (MOST_ROWS + 50))) == MOST_ROWS + 1


def test_there_and_back_through_the_clipboard():
    assert tuple(map(tuple, sheet.pasted(sheet.copied(SMALL.rows)))) == SMALL.rows


# --- The data set ---


@pytest.mark.parametrize("name", ["vehicles", "iris", "xor"])
def test_untouched_data_come_back(name):
    data = datasets.load(name)
    made = sheet.dataset(of(name))
    assert np.array_equal(made.X, data.X)
    assert np.array_equal(made.Y, data.Y)
    for part in ("feature_names", "class_names", "units", "sizes", "scaling", "title"):
        assert getattr(made, part) == getattr(data, part), part
    assert "edited by you" in made.source


def test_changed_examples_are_taken_as_they_are():
    examples = examples_of(datasets.load("xor")).with_change(1, x=np.array([7.0, 8.0]))
    assert sheet.sheet_of(examples).rows[1][:2] == ("7", "8")


def test_classes_of_its_own_are_sorted_as_in_files():
    typed = Sheet(("x", "class"), (("1", "b"), ("2", "a"), ("3", "b")))
    made = sheet.dataset(typed)
    assert made.class_names == ("a", "b")
    assert made.labels.tolist() == [1, 0, 1]
    assert (made.title, made.source) == ("Entered data", "entered by you")


def test_a_message_names_the_row_as_the_table_shows_it():
    with pytest.raises(FileProblem, match="row 4, column “x1”"):
        sheet.dataset(SMALL.with_cell(3, 0, "abc"))


def test_an_empty_table_says_what_to_do():
    with pytest.raises(FileProblem, match="Type some"):
        sheet.dataset(sheet.empty())


def test_what_is_too_much_for_hands():
    assert sheet.can_be_edited(datasets.load("iris"))
    assert not sheet.can_be_edited(datasets.load("digits"))
    assert not sheet.can_be_edited(generate("moons", MOST_ROWS + 1))


# --- Points ---


def test_whole_rows_are_points():
    found = sheet.drawn(SMALL.with_cell(0, 0, "oops"), ("b", "c"))
    assert found.X.tolist() == [[1.5, 2.0], [3.0, 4.0]]
    assert found.rows.tolist() == [1, 3]
    assert found.classes == ("b", "c")
    assert sheet.drawn(SMALL, ()).classes == ("a", "b")
    assert sheet.drawn(sheet.empty(), ("0", "1")).X.shape == (0, 2)


def test_numbers_are_typed_with_the_mark_of_the_others():
    assert sheet.typed(2.5, SMALL) == "2,5"
    assert sheet.typed(2.5, sheet.empty()) == "2.5"


def test_long_numbers_are_shown_short():
    long = Sheet(("x", "class"), (("0.12345678901", "12345678901234"),))
    assert long.shown(0, 0) == "0.123457"
    assert long.shown(0, 1) == "12345678901234"
