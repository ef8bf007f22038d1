"""What is taken for what, in words; costs and accuracy by class, computed by hand."""

import numpy as np
import pytest

from nnviz.picture.confusion import accuracy, by_class, cell_hint, share, summary, taken

NAMES = ("pedestrian", "car", "bus")
COUNTS = np.array([[9, 1, 0], [0, 27, 12], [2, 0, 1]])


def plain(text):
    """Without no-break spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_accuracy():
    assert plain(accuracy(29, 30)) == "29 of 30 right · 96.7 %"
    assert plain(accuracy(1203, 1204)) == "1,203 of 1,204 right · 99.9 %"


@pytest.mark.parametrize(
    ("part", "count", "expected"),
    [(0, 9, "0 %"), (9, 9, "100 %"), (1, 100_000, "0.1 %"), (99_999, 100_000, "99.9 %"), (1, 3, "33.3 %")],
)
def test_only_all_is_all_and_only_none_is_nothing(part, count, expected):
    assert plain(share(part, count)) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ((0, 0), "9 pedestrians are right"),
        ((0, 1), "1 pedestrian is taken for a car"),
        ((0, 2), "No pedestrian is taken for a bus"),
        ((1, 2), "12 cars are taken for buses"),
        ((2, 0), "2 buses are taken for pedestrians"),
        ((2, 2), "1 bus is right"),
    ],
)
def test_a_cell_is_a_sentence(cell, expected):
    assert taken(COUNTS, NAMES, *cell) == expected


def test_a_noun_gets_its_article_and_its_plural():
    names = ("aeroplane", "lorry")
    counts = np.array([[1, 1], [3, 4]])
    assert taken(counts, names, 0, 1) == "1 aeroplane is taken for a lorry"
    assert taken(counts, names, 1, 0) == "3 lorries are taken for aeroplanes"
    assert taken(np.array([[1, 0], [1, 0]]), names, 1, 0) == "1 lorry is taken for an aeroplane"


def test_names_that_are_no_nouns_are_left_alone():
    counts = np.array([[1, 2], [1, 0]])
    assert taken(counts, ("7", "1"), 0, 1) == "2 examples of 7 are taken for 1"
    assert taken(counts, ("Iris-setosa", "II b"), 1, 0) == "1 example of II b is taken for Iris-setosa"
    assert taken(counts, ("7", "1"), 1, 1) == "No example of 1 is right"


def test_the_hint_says_which_part_of_the_class_it_is():
    assert plain(cell_hint(COUNTS, NAMES, 1, 2)) == "12 cars are taken for buses.\nThat is 30.8 % of 39 cars."
    assert cell_hint(COUNTS, NAMES, 0, 2) == "No pedestrian is taken for a bus."


def test_the_summary_tells_the_most_frequent_mistakes_first():
    assert summary("Test part", COUNTS, NAMES) == (
        "Test part: 37 of 52 right; 12 cars are taken for buses, 2 buses are taken for pedestrians "
        "and 1 pedestrian is taken for a car."
    )
    assert summary("Learnt from", np.diag([2, 2]), ("0", "1")) == "Learnt from: 4 of 4 right."


def test_the_summary_counts_what_it_does_not_tell():
    counts = np.ones((4, 4), int)
    assert summary("Test part", counts, tuple("abcd")).endswith(" and 8 more in other ways.")


def test_cost_and_accuracy_of_each_class():
    labels, costs = np.array([0, 0, 1]), np.array([1.0, 3.0, 0.5])
    found = by_class(labels, costs, np.array([[1, 1, 0], [0, 1, 0], [0, 0, 0]]))
    assert found.costs[:2].tolist() == [2.0, 0.5]  # (1 + 3)/2
    assert found.right[:2].tolist() == [0.5, 1.0]
    assert np.isnan(found.costs[2])  # there are no examples of it
    assert np.isnan(found.right[2])
