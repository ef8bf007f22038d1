"""Which array is X, which is y, which are weights."""

import numpy as np
import pytest

from nnviz.files.errors import FileProblem
from nnviz.files.examples import dataset
from nnviz.files.matrices import tabled

X = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
Y = np.array([[2], [1], [2]], dtype=np.uint8)


@pytest.mark.parametrize(
    ("x", "y"), [("X", "y"), ("x", "Y"), ("data", "target"), ("images", "labels"), ("x_train", "y_train")]
)
@pytest.mark.parametrize("labels", [Y, Y.T, Y.ravel()])
def test_a_pair(x, y, labels):
    found = tabled({x: X, y: labels}, "a.npz", "npz")
    assert found.names == (f"{x}1", f"{x}2", y)
    assert found.label == y
    assert found.columns[2].numbers.tolist() == [2, 1, 2]
    assert dataset(found).class_names == ("1", "2")


def test_words_are_classes():
    found = tabled({"X": X, "y": np.array(["car", b"truck".decode(), "car"])}, "a.npz", "npz")
    assert dataset(found).class_names == ("car", "truck")
    assert dataset(tabled({"X": X, "y": np.array([b"car", b"truck", b"car"])}, "a", "npz")).class_names[0] == "car"


def test_words_that_are_numbers_are_numbers():
    assert tabled({"X": X.astype(str), "y": Y}, "a.npz", "npz").columns[0].numbers.tolist() == [1, 3, 5]


def test_a_single_matrix_has_its_classes_last():
    found = tabled({"A": np.hstack([X, Y])}, "a.npy", "npy")
    assert found.names == ("column 1", "column 2", "column 3")
    assert dataset(found).labels.tolist() == [1, 0, 1]


def test_a_single_vector_is_a_column_of_its_name():
    assert tabled({"speed": np.arange(3)}, "speed.npy", "npy").names == ("speed",)


def test_images():
    found = tabled({"images": np.arange(12).reshape(3, 2, 2), "labels": Y}, "a.npz", "npz")
    assert found.image_shape == (2, 2)
    assert found.names == ("pixel 1,1", "pixel 1,2", "pixel 2,1", "pixel 2,2", "labels")
    data = dataset(found)
    assert (data.X[1].tolist(), data.image_shape, data.scaling) == ([4, 5, 6, 7], (2, 2), "pixels")


def test_what_is_not_finite_is_kept_in_words():
    found = tabled({"X": np.array([[1, np.nan], [np.inf, 2]]), "y": np.array([0, 1])}, "a.npz", "npz")
    assert [column.others for column in found.columns] == [{1: "inf"}, {0: "nan"}, {}]


def test_names_that_meet_are_told_apart():
    assert tabled({"data": X[:, :1], "DATA": X, "y": Y}, "a", "npz").names[-1] == "y"
    assert tabled({"X": X, "Y": Y, "other": X}, "a", "npz").notes == ("Not used: other.",)


THETAS = {"Theta2": np.ones((1, 5)), "Theta1": np.ones((4, 3))}


def test_weights_beside_the_data():
    data = dataset(tabled({"X": X, "y": Y, **THETAS}, "a.mat", "mat"))
    assert data.sizes == (2, 4, 1)
    assert data.scaling == "none"


@pytest.mark.parametrize("wrong", [{"Theta1": np.ones((3, 3))}, {"Theta1": np.full((4, 3), np.nan)}])
def test_weights_that_are_no_network_are_left_and_told(wrong):
    found = tabled({"X": X, "y": Y, **THETAS, **wrong}, "a.mat", "mat")
    assert found.thetas is None
    assert found.notes[0].startswith("Its weights are not used: Theta")


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({}, "It holds no numbers"),
        (THETAS, "weights and no examples"),
        ({"A": X, "B": Y}, r"None of its arrays is called X: A \(3, 2\), B \(3, 1\)\. .*features as X"),
        ({"X": np.ones((2, 2, 2, 2))}, r"X has shape \(2, 2, 2, 2\)"),
        ({"X": np.ones((0, 2))}, r"X has shape \(0, 2\)"),
        ({"X": np.array(3.0)}, r"X has shape \(\)"),
        ({"X": X, "y": X}, r"y has shape \(3, 2\) for 3 examples"),
        ({"X": X, "y": Y[:2]}, r"y has shape \(2, 1\) for 3 examples"),
        ({"X": np.zeros((1, 10_002)), "y": np.zeros(1)}, r"It has 10,002 columns; at most 10,001"),
        ({"X": np.zeros((1_000_001, 1), np.uint8)}, r"It has 1,000,001 rows; at most 1,000,000"),
    ],
)
def test_what_is_no_table(arrays, message):
    with pytest.raises(FileProblem, match=message):
        tabled(arrays, "a.npz", "npz")
