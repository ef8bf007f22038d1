"""The stored data sets are what their descriptions say, and damage to them is told in plain words."""

import importlib.util
import shutil
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from nnviz.files import datasets, resources
from nnviz.files.datasets import enlarged, load, names, titles
from nnviz.files.errors import FileProblem
from nnviz.files.resources import resource

EVERY = pytest.mark.parametrize("name", names())


@pytest.fixture
def copied(tmp_path: Path, monkeypatch):
    """A copy of resources/datasets that a test may damage; returns its folder."""
    for cached in (resources._folder, datasets.load, datasets._description):
        cached.cache_clear()
    folder = shutil.copytree(resource("datasets"), tmp_path / "datasets")
    monkeypatch.setattr(resources, "_PLACES", (tmp_path,))
    resources._folder.cache_clear()
    yield folder
    for cached in (resources._folder, datasets.load, datasets._description):
        cached.cache_clear()


def test_every_description_is_on_the_menu():
    assert names() == ("vehicles", "and", "or", "xor", "xnor", "iris", "digits", "digits-28")
    assert {path.stem for path in resource("datasets").glob("*.toml")} == set(names())


def test_titles_need_no_numbers(copied: Path):
    for path in [*copied.glob("*.csv"), *copied.glob("*.npz")]:
        path.unlink()
    assert titles()["vehicles"] == "Vehicles"
    assert tuple(titles()) == names()


@EVERY
def test_says_where_it_comes_from(name):
    data = load(name)
    assert data.name == name
    assert data.title == titles()[name]
    assert data.source
    assert data.licence
    assert f"`{name}`" in resource("datasets", "README.md").read_text(encoding="utf-8")


@EVERY
def test_is_loaded_once(name):
    assert load(name) is load(name)


@EVERY
def test_scaled_inputs_are_lively(name):
    """Neither all alike nor so large that every unit saturates."""
    data = load(name)
    inputs = data.fitted_scaling().scaled(data.X)
    assert np.abs(inputs).max() < 3.2
    assert inputs.std() > 0.2


@pytest.mark.parametrize(
    ("name", "examples", "sizes", "counts"),
    [
        ("vehicles", 150, (3, 5, 5, 4), (36, 42, 36, 36)),
        ("and", 4, (2, 1), (3, 1)),
        ("or", 4, (2, 1), (1, 3)),
        ("xor", 4, (2, 2, 1), (2, 2)),
        ("xnor", 4, (2, 2, 1), (2, 2)),
        ("iris", 150, (4, 5, 3), (50, 50, 50)),
        # As the repository states for its test set.
        ("digits", 1797, (64, 25, 10), (178, 182, 177, 183, 181, 182, 181, 179, 174, 180)),
        ("digits-28", 1797, (784, 100, 10), (178, 182, 177, 183, 181, 182, 181, 179, 174, 180)),
    ],
)
def test_sizes_and_counts(name, examples, sizes, counts):
    data = load(name)
    assert (len(data), data.sizes) == (examples, sizes)
    assert tuple(np.bincount(data.labels)) == counts


def test_vehicles_begin_with_one_of_each_and_example_7_is_a_car():
    data = load("vehicles")
    assert {data.class_name(i) for i in range(4)} == set(data.class_names)
    assert data.class_name(6) == "car"
    inputs = data.fitted_scaling().scaled(data.X[6])
    assert ((inputs > 0.3) & (inputs < 0.8)).all()
    assert data.units == ("km/h", "kg", "m")


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("and", lambda a, b: a and b),
        ("or", lambda a, b: a or b),
        ("xor", lambda a, b: a != b),
        ("xnor", lambda a, b: a == b),
    ],
)
def test_gates(name, rule):
    data = load(name)
    assert data.X.tolist() == [list(x) for x in product((0, 1), repeat=2)]
    assert data.Y[:, 0].tolist() == [float(rule(*x)) for x in product((0, 1), repeat=2)]
    assert data.class_names == ("0", "1")


def test_xnor_has_the_weights_of_the_course():
    assert [theta.tolist() for theta in load("xnor").weights] == [
        [[-30, 20, 20], [10, -20, -20]],
        [[-10, 20, 20]],
    ]


def test_iris_is_as_fisher_printed_it():
    """Flowers 35 and 38, which the repository's own file has wrong, and the ends of each feature."""
    data = load("iris")
    assert data.X[34].tolist() == [4.9, 3.1, 1.5, 0.2]
    assert data.X[37].tolist() == [4.9, 3.6, 1.4, 0.1]
    assert data.X.min(axis=0).tolist() == [4.3, 2.0, 1.0, 0.1]
    assert data.X.max(axis=0).tolist() == [7.9, 4.4, 6.9, 2.5]


def test_digits_are_images_of_whole_numbers():
    data = load("digits")
    assert data.image_shape == (8, 8)
    assert data.feature_names[:9:8] == ("pixel 1,1", "pixel 2,1")
    assert (data.X.astype(int) == data.X).all()
    assert (data.X.min(), data.X.max()) == (0, 16)


def test_enlarged_digits_are_the_same_images():
    small, large = load("digits"), load("digits-28")
    assert large.image_shape == (28, 28)
    np.testing.assert_array_equal(large.Y, small.Y)
    assert (large.X.min(), large.X.max()) == (0, 16)
    # Interpolating and averaging keep the ink, up to what lies beyond the outer centres.
    np.testing.assert_allclose(large.X.mean(axis=1), small.X.mean(axis=1), rtol=0.05)


def test_enlarging_by_hand():
    """From 2 to 4 pixels the new centres lie at −¼, ¼, ¾, 1¼ old pixels; the edge repeats."""
    image = np.array([[[0.0, 8.0]]])
    assert enlarged(image, (1, 4)).tolist() == [[[0, 2, 6, 8]]]


def test_enlarging_agrees_with_interpolation():
    generator = np.random.default_rng(0)
    image = generator.integers(0, 17, (8, 8)).astype(float)
    centres = (np.arange(28) + 0.5) * 8 / 28 - 0.5
    across = np.array([np.interp(centres, np.arange(8), row) for row in image])
    both = np.array([np.interp(centres, np.arange(8), column) for column in across.T]).T
    np.testing.assert_allclose(enlarged(image[None], (28, 28))[0], both, rtol=1e-13, atol=1e-13)


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(FileProblem, match=r"flowers: There is no data set .* vehicles, and, or, .*, digits-28\."):
        load("flowers")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("vehicles.toml", "title", "titel", r"vehicles\.toml: The file is damaged \(title is missing\)"),
        ("vehicles.toml", "[3, 5, 5, 4]", '"large"', r"vehicles\.toml: .*sizes is 'large'; expected a list\)"),
        ("vehicles.toml", "[3, 5, 5, 4]", "[3, 5,", r"vehicles\.toml: The file is damaged"),
        ("vehicles.toml", "[3, 5, 5, 4]", "[2, 5, 5, 4]", r"vehicles\.csv: .*sizes is \(2, 5, 5, 4\)"),
        ("vehicles.csv", "speed", "pace", r"vehicles\.csv: .*speed, mass, height and the class"),
        ("vehicles.csv", ",car", "", r"vehicles\.csv: .*speed, mass, height and the class"),
        ("vehicles.csv", "car", "tram", r"vehicles\.csv: The file is damaged"),
        ("vehicles.csv", "1450", "nan", r"vehicles\.csv: .*X holds nan at index \(6, 1\)"),
    ],
)
def test_damage_is_told_with_the_file_and_what_to_do(copied: Path, file, old, new, message):
    path = copied / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(FileProblem, match=message) as problem:
        load("vehicles")
    assert problem.value.remedy == "Install nnviz again."


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"\x93NUMPY"])
def test_damaged_images(copied: Path, content):
    (copied / "digits.npz").write_bytes(content)
    with pytest.raises(FileProblem, match=r"digits\.npz: The file is damaged"):
        load("digits")


def test_stored_numbers_are_what_the_script_writes(tmp_path: Path):
    pytest.importorskip("sklearn")
    script = Path(__file__).resolve().parents[2] / "docs" / "make_datasets.py"
    specification = importlib.util.spec_from_file_location("make_datasets", script)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    module.main(tmp_path)
    for path in tmp_path.iterdir():
        stored = resource("datasets", path.name)
        if path.suffix == ".csv":
            assert path.read_bytes() == stored.read_bytes()
        else:
            with np.load(path) as ours, np.load(stored) as theirs:
                for key in ("images", "labels"):
                    np.testing.assert_array_equal(ours[key], theirs[key])
                    assert theirs[key].dtype == np.uint8
