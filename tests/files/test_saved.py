"""Θ and how it was reached, written and read back; what is damaged is told."""

import json
import os

import numpy as np
import pytest
import scipy.io

from nnviz.engine import Network
from nnviz.files.errors import FileProblem
from nnviz.files.saved import load_saved, load_thetas, save_thetas

NETWORK = Network.random((3, 5, 4), seed=4, activation="tanh")
HOW = {
    "method": "l-bfgs",
    "lambda": 0.1,
    "seed": 4,
    "data": "Größe.csv",
    "J": 0.25,
    "stops": ["iterations"],
    "note": None,
}
SUFFIX = pytest.mark.parametrize("suffix", [".npz", ".mat"])


@SUFFIX
def test_what_is_saved_comes_back(tmp_path, suffix):
    save_thetas(tmp_path / f"a{suffix}", NETWORK, HOW)
    found = load_saved(tmp_path / f"a{suffix}")
    assert found.how == HOW
    assert found.network.activation_name == "tanh"
    for ours, theirs in zip(found.network.thetas, NETWORK.thetas, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert os.listdir(tmp_path) == [f"a{suffix}"]


@SUFFIX
def test_without_a_word(tmp_path, suffix):
    save_thetas(tmp_path / f"a{suffix}", NETWORK)
    assert load_saved(tmp_path / f"a{suffix}").how == {}


def test_octave_and_numpy_find_the_names_of_the_course(tmp_path):
    save_thetas(tmp_path / "a.mat", NETWORK, HOW)
    save_thetas(tmp_path / "a.npz", NETWORK, HOW)
    with np.load(tmp_path / "a.npz", allow_pickle=False) as arrays:
        for found in (scipy.io.loadmat(tmp_path / "a.mat"), arrays):
            np.testing.assert_array_equal(found["Theta1"], NETWORK.theta(1))
            np.testing.assert_array_equal(found["Theta2"], NETWORK.theta(2))


def test_the_weights_of_the_course_have_sigmoids(tmp_path):
    scipy.io.savemat(tmp_path / "w.mat", {"Theta1": np.ones((25, 401)), "Theta2": np.ones((10, 26))})
    network = load_thetas(tmp_path / "w.mat")
    assert (network.sizes, network.activation_name) == ((400, 25, 10), "sigmoid")


def test_what_was_there_stays_when_saving_fails(tmp_path):
    path = tmp_path / "a.npz"
    save_thetas(path, NETWORK, HOW)
    with pytest.raises(FileProblem, match=r"This cannot be saved: .*before the numbers left all bounds"):
        save_thetas(path, NETWORK, {"J": np.inf})
    with pytest.raises(FileProblem, match=r"This cannot be saved: Theta1 holds nan"):
        save_thetas(path, Network((np.full((1, 2), np.nan),)), HOW)
    assert load_saved(path).how == HOW


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.txt", r"ends in neither \.npz nor \.mat"),
        ("none/a.npz", "It cannot be saved"),
        ("folder.npz", "cannot be saved"),
    ],
)
def test_where_nothing_can_be_saved(tmp_path, name, message):
    (tmp_path / "folder.npz").mkdir()
    with pytest.raises(FileProblem, match=message):
        save_thetas(tmp_path / name, NETWORK)
    assert os.listdir(tmp_path) == ["folder.npz"]


def saved_as(tmp_path, how=None, **arrays):
    if how is not None:
        arrays["how"] = np.array(how)
    np.savez(tmp_path / "a.npz", **{"Theta1": np.ones((2, 3)), "Theta2": np.ones((1, 3))} | arrays)
    return tmp_path / "a.npz"


def text(**changed) -> str:
    return json.dumps({"version": 1, "activation": "sigmoid", "how": {}} | changed)


@pytest.mark.parametrize(
    ("how", "message"),
    [
        (text(version=2), r"a\.npz: It has version 2; this nnviz reads version 1"),
        (text(version="x" * 99), r"It has version 'xxx"),
        (text(activation="step"), r"Its weights are no network: activation is 'step'"),
        (text(how=3), r"is damaged \(Expected `object`"),
        (text(more=1), r"is damaged \(Object contains unknown field"),
        ('{"version": 1, "version": 1}', "a name stands twice"),
        ('{"version": 1, "activation": "tanh", "how": {"J": NaN}}', "NaN is no finite number"),
        ('{"version": 1, "activation": "tanh", "how": {"J": 1e999}}', "1e999 is no finite number"),
        ("[" * 20_000, "What it says of its weights is damaged"),
        (" " * 70_000, "it has 70,000 letters"),
        ("", "What it says of its weights is damaged"),
        (3.0, "What it says of its weights is damaged"),
        ("[]", "is damaged"),
    ],
)
def test_a_damaged_text(tmp_path, how, message):
    with pytest.raises(FileProblem, match=message):
        load_saved(saved_as(tmp_path, how))


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"Theta2": np.ones((1, 4))}, r"Its weights are no network: Theta2 has shape \(1, 4\); expected \(m, 3\)"),
        ({"Theta1": np.full((2, 3), np.nan)}, r"Theta1 holds nan"),
        ({"Theta1": np.ones(3)}, r"Theta1 has shape"),
        ({"Theta1": np.array([["a"]])}, r"Theta1 is not an array of real numbers"),
    ],
)
def test_weights_that_are_no_network(tmp_path, arrays, message):
    with pytest.raises(FileProblem, match=message):
        load_thetas(saved_as(tmp_path, **arrays))


def test_files_without_weights(tmp_path):
    np.savez(tmp_path / "a.npz", X=np.ones(3))
    with pytest.raises(FileProblem, match=r"It holds no weights: none of its arrays is called Theta1"):
        load_thetas(tmp_path / "a.npz")
    (tmp_path / "a.csv").write_text("1,2\n")
    with pytest.raises(FileProblem, match=r"This is no file of weights\. Choose a \.npz or \.mat file"):
        load_thetas(tmp_path / "a.csv")
    with pytest.raises(FileProblem, match="There is no such file"):
        load_thetas(tmp_path / "none.mat")


def test_a_disk_that_is_full_leaves_what_was_there(tmp_path, monkeypatch):
    path = tmp_path / "a.npz"
    save_thetas(path, NETWORK, HOW)

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileProblem, match=r"It cannot be saved \(No space left on device\)"):
        save_thetas(path, NETWORK)
    assert load_saved(path).how == HOW
    assert os.listdir(tmp_path) == ["a.npz"]
