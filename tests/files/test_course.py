"""The course's digits are recognised, turned, and their weights with them."""

import numpy as np
import pytest

from nnviz.engine import Network, predict
from nnviz.files.course import as_images
from nnviz.files.examples import dataset
from nnviz.files.matrices import tabled

CHANCE = np.random.default_rng(0)
IMAGES = CHANCE.random((20, 20, 20))  # row by row
STORED = IMAGES.transpose(0, 2, 1).reshape(20, 400)  # column by column, as Octave's reshape takes them
LABELS = np.repeat(np.arange(1, 11), 2)
THETAS = {"Theta1": CHANCE.standard_normal((25, 401)), "Theta2": CHANCE.standard_normal((10, 26))}


def found(labels=LABELS, X=STORED, **more):
    return as_images(tabled({"X": X, "y": labels, **more}, "ex4data1.mat", "mat"))


def test_images_are_turned_and_label_10_is_0():
    table = found()
    data = dataset(table)
    assert (data.image_shape, data.sizes, data.scaling) == ((20, 20), (400, 25, 10), "pixels")
    np.testing.assert_array_equal(data.X.reshape(-1, 20, 20), IMAGES)
    assert data.class_names == (*"123456789", "0 (label 10)")
    assert data.feature_names[1] == "pixel 1,2"
    assert "label 10 means 0" in table.notes[-1]


def test_the_weights_see_the_same_pixels():
    data = dataset(found(**THETAS))
    before, after = Network.from_thetas(THETAS.values()), Network.from_thetas(data.weights)
    assert data.scaling == "none"
    np.testing.assert_array_equal(predict(before, STORED), predict(after, data.X))


@pytest.mark.parametrize(
    ("labels", "X"), [(LABELS % 10, STORED), (np.minimum(LABELS, 9), STORED), (LABELS, STORED[:, :399])]
)
def test_nothing_less_is_taken_for_them(labels, X):
    data = dataset(found(labels, X))
    assert data.image_shape is None
    assert not any("label" in name for name in data.class_names)
    np.testing.assert_array_equal(data.X, X)
