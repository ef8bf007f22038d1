"""MATLAB's files are read by a child process, whatever it dies of."""

import io
import struct
import sys

import numpy as np
import pytest
import scipy.io
import scipy.sparse

from nnviz.files import matlab, matlab_child
from nnviz.files.errors import FileProblem
from nnviz.files.matlab import from_mat
from nnviz.files.student import child as student_child


def mat(**variables) -> bytes:
    out = io.BytesIO()
    scipy.io.savemat(out, variables, do_compression=True)
    return out.getvalue()


def hostile() -> bytes:
    """The type of the numbers set to 0, at which `scipy.io.loadmat` reads through a null pointer."""
    out = io.BytesIO()
    scipy.io.savemat(out, {"X": np.arange(6.0).reshape(2, 3)})
    content = out.getvalue().replace(struct.pack("<2I", 9, 48), struct.pack("<2I", 0, 48))
    assert len(content) == 232
    return content


def read(tmp_path, content):
    path = tmp_path / "a.mat"
    path.write_bytes(content)
    with path.open("rb") as file:
        file.read(64)  # the child begins at the start all the same
        return from_mat(file, "a.mat")


def test_numbers_and_words_and_nothing_else(tmp_path):
    found = read(
        tmp_path,
        mat(
            X=np.arange(6.0).reshape(2, 3),
            y=np.array([[1], [10]], dtype=np.uint8),
            kinds=np.array([["car"], ["truck"]], dtype=object),
            sparse=scipy.sparse.csc_array(np.eye(2)),
            structure={"a": 1},
        ),
    )
    assert sorted(found) == ["X", "kinds", "sparse", "y"]
    assert found["X"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert found["y"].tolist() == [[1], [10]]
    assert found["kinds"].tolist() == [["car"], ["truck"]]
    assert found["sparse"].tolist() == [[1, 0], [0, 1]]


def test_a_name_that_means_something_else_in_numpy(tmp_path):
    assert read(tmp_path, mat(file=np.ones((1, 1))))["file"].tolist() == [[1]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (hostile(), r"The file is damaged in a way that makes its reader crash\."),
        (mat(X=np.ones((50, 50)))[:-30], r"a\.mat: The file is damaged, or no \.mat file\."),
        (b"x" * 500, r"The file is damaged, or no \.mat file\."),
        (b"MATLAB 7.3 MAT-file".ljust(124) + b"\0\2IM" + bytes(384), r"version 7\.3.*save -v7"),
    ],
)
def test_what_cannot_be_read(tmp_path, content, message):
    with pytest.raises(FileProblem, match=message):
        read(tmp_path, content)


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "makes its reader crash"),
        ("while True: pass", "longer than 0.3 seconds"),
        ("import sys; sys.exit(5)", "more than a gigabyte"),
        ("raise ImportError('no scipy')", "makes its reader crash"),
        ("", "^$"),
    ],
)
def test_however_the_child_ends(tmp_path, monkeypatch, script, message):
    child = tmp_path / "child.py"
    child.write_text(script)
    monkeypatch.setattr(matlab_child, "__file__", str(child))
    if "True" in script:
        monkeypatch.setattr(matlab, "SECONDS", 0.3)
    if not script:
        assert read(tmp_path, mat(X=1)) == {}
        return
    with pytest.raises(FileProblem, match=message):
        read(tmp_path, mat(X=1))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
@pytest.mark.parametrize("child", [matlab_child, student_child])
def test_a_limit_that_the_system_refuses_is_passed_over(monkeypatch, child):
    """As macOS does with that of the address space: nothing could be read there, nor any code be checked."""
    import resource

    limited = []

    def only_others(kind, limits):
        if kind == resource.RLIMIT_AS:
            raise ValueError("current limit exceeds maximum limit")
        limited.append(kind)

    monkeypatch.setattr(resource, "setrlimit", only_others)
    child._limit()
    assert {resource.RLIMIT_FSIZE, resource.RLIMIT_CORE} <= set(limited)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory cannot be limited, or not so")
def test_the_child_may_take_a_gigabyte_and_no_more(tmp_path):
    """A file of the fourth version of the format that says it holds 2²⁷ numbers of eight bytes."""
    with pytest.raises(FileProblem, match="takes more than a gigabyte"):
        read(tmp_path, struct.pack("<5i", 0, 1, 2**27, 0, 2) + b"X\0" + bytes(800))
