"""Only ordinary files are opened, and what the system says against one is told in words."""

import os

import pytest

from nnviz.files.errors import FileProblem
from nnviz.files.opening import opened


def problem(path) -> str:
    with pytest.raises(FileProblem) as found, opened(path):
        pytest.fail("opened")
    assert found.value.remedy
    return str(found.value)


@pytest.fixture
def path(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"1,2\n")
    return tmp_path / "a.csv"


def test_an_ordinary_file(path):
    with opened(path) as file:
        assert file.read() == b"1,2\n"
    assert file.closed


def test_folders_and_files_that_are_not_there(path):
    assert "This is a folder." in problem(path.parent)
    assert "There is no such file." in problem(path.with_name("none.csv"))
    assert "No file can have such a name." in problem(path.with_name("a\0b.csv"))
    assert "cannot be read" in problem(path / "b.csv")


def test_an_empty_file(path):
    path.write_bytes(b"")
    assert "The file is empty." in problem(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_a_pipe_is_not_waited_for(path):
    path.unlink()
    os.mkfifo(path)
    assert "This is a device or a pipe." in problem(path)


def test_a_file_that_may_not_be_read(path, monkeypatch):
    """Root may read everything, so the system's answer is made up."""

    def refuse(*arguments, **options):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(type(path), "open", refuse)
    assert "You may not read this file." in problem(path)


def test_a_file_that_is_too_large(path, monkeypatch):
    monkeypatch.setattr("nnviz.files.opening.MOST_BYTES", 3)
    assert "The file has 4 bytes; at most 3 bytes are read." in problem(path)


def test_a_disk_that_fails_while_reading(path):
    with pytest.raises(FileProblem, match=r"It cannot be read \(Input/output error\)"), opened(path):
        raise OSError(5, "Input/output error")


def test_an_error_of_ours_is_not_hidden(path):
    with pytest.raises(ValueError, match="ours"), opened(path):
        raise ValueError("ours")
