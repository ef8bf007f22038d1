"""From a table to a data set: outputs, sizes, and rows that cannot be used."""

import numpy as np
import pytest

from nnviz.files.choices import Choices
from nnviz.files.errors import FileProblem
from nnviz.files.examples import Gap, dataset, gaps
from tests.files.tabular import table

TWO = table("a b class", [1, 2, "x"], [3, 4, "y"], [5, 6, "x"])
THREE = table("a b class", [1, 2, "x"], [3, 4, "y"], [5, 6, "z"])
HOLES = table("a b class", [1, 2, "x"], ["?", 4, "y"], [5, "1e999", ""], [7, 8, "y"], ["heavy", 1, "x"])


def test_two_classes_need_one_output():
    data = dataset(TWO)
    assert data.Y.tolist() == [[0], [1], [0]]
    assert data.X.tolist() == [[1, 2], [3, 4], [5, 6]]
    assert (data.class_names, data.feature_names, data.units) == (("x", "y"), ("a", "b"), ("", ""))
    assert (data.name, data.title, data.changes) == ("t.csv", "t", "")


def test_three_classes_need_three():
    assert dataset(THREE).Y.tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]


def test_features_in_the_order_asked_for():
    data = dataset(TWO, Choices(features=("b", "a")))
    assert data.X[0].tolist() == [2, 1]


@pytest.mark.parametrize(
    ("inputs", "classes", "sizes"),
    [(4, 3, (4, 4, 3)), (2, 2, (2, 4, 1)), (64, 10, (64, 25, 10)), (300, 10, (300, 25, 10)), (30, 2, (30, 5, 1))],
)
def test_a_hidden_layer_is_suggested(inputs, classes, sizes):
    names = " ".join([*(f"x{n}" for n in range(inputs)), "class"])
    rows = [[*(n + row * 0.5 for n in range(inputs)), f"c{row}"] for row in range(classes)]
    assert dataset(table(names, *rows)).sizes == sizes


def test_cells_that_cannot_be_used_are_named_and_counted():
    with pytest.raises(FileProblem) as problem:
        dataset(HOLES)
    assert str(problem.value) == (
        "t.csv: 4 cells in 3 rows of 5 cannot be used: row 3, column “a” (“?”); row 4, column “b” (“1e999”); "
        "row 4, column “class” (empty); row 6, column “a” (“heavy”). "
        "Fill them in, leave the column out, or drop these rows."
    )


def test_only_the_first_few_are_named():
    found = table("a class", *(["?", "x"] for _ in range(40)), *([n, "y"] for n in range(60)))
    with pytest.raises(
        FileProblem, match=r"40 cells in 40 rows of 100 .*row 6, column “a” \(“\?”\); … Fill"
    ) as problem:
        dataset(found)
    assert "row 7" not in str(problem.value)


def test_their_rows_can_be_dropped_and_are_counted():
    data = dataset(HOLES, Choices(drop_missing=True))
    assert data.X.tolist() == [[1, 2], [7, 8]]
    assert data.changes == "3 rows with missing values left out"
    assert gaps(HOLES)[0] == Gap(3, "a", "?")
    assert [gap.row for gap in gaps(HOLES)] == [3, 4, 4, 6]


def test_a_hole_in_a_column_that_is_not_used_is_none():
    assert len(dataset(HOLES, Choices(features=("b",), drop_missing=True))) == 4


def test_when_no_row_is_left():
    found = table("a b class", [1, "?", "x"], ["?", 2, "y"])
    with pytest.raises(FileProblem, match="Each of its 2 rows has a cell that cannot be used"):
        dataset(found, Choices(drop_missing=True))


def test_numbers_too_far_apart():
    with pytest.raises(FileProblem, match="too far apart to be scaled"):
        dataset(table("a class", [-1.7e308, "x"], [1.7e308, "y"]))


def test_text_of_a_file_in_a_message_is_plain_and_short():
    hostile = "<b>\x1b[31m" + "x" * 1000
    with pytest.raises(FileProblem) as problem:
        dataset(table("a class", [hostile, "x"], [1, "y"], [2, "y"]))
    assert "(“<b>�[31mxxxxxxxxxxxxxxxxxxxxxx…”)" in str(problem.value)


THETAS = (np.arange(6.0).reshape(2, 3), np.ones((1, 3)))


def with_thetas(*thetas):
    return table("a b class", [1, 2, "x"], [3, 4, "y"], label="class", thetas=thetas)


def test_weights_that_fit_are_ready():
    data = dataset(with_thetas(*THETAS))
    assert data.sizes == (2, 2, 1)
    np.testing.assert_array_equal(data.weights[0], THETAS[0])


@pytest.mark.parametrize("thetas", [(np.ones((2, 4)), np.ones((1, 3))), (np.ones((2, 3)), np.ones((2, 3)))])
def test_weights_that_do_not_fit_are_left(thetas):
    assert dataset(with_thetas(*thetas)).weights is None


@pytest.mark.parametrize("features", [("b", "a"), ("a",)])
def test_weights_and_images_are_of_all_features_in_order(features):
    found = table("a b class", [1, 2, "x"], [3, 4, "y"], thetas=THETAS, image_shape=(1, 2))
    assert dataset(found).image_shape == (1, 2)
    chosen = dataset(found, Choices(features=features))
    assert (chosen.weights, chosen.image_shape) == (None, None)
