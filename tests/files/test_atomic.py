"""A file is there whole or not at all."""

import os

import pytest

from nnviz.files.atomic import written
from nnviz.files.errors import FileProblem


def test_written(tmp_path):
    path = tmp_path / "a.txt"
    for content in (b"first", b"second"):
        with written(path) as file:
            file.write(content)
        assert path.read_bytes() == content
    assert os.listdir(tmp_path) == ["a.txt"]


def test_it_is_not_there_before_all_of_it_is(tmp_path):
    with written(tmp_path / "a.txt") as file:
        file.write(b"half")
        assert not (tmp_path / "a.txt").exists()


def test_an_error_on_the_way_changes_nothing(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("before")
    with pytest.raises(ValueError, match="closed"), written(path) as file:
        file.close()
    assert path.read_text() == "before"
    assert os.listdir(tmp_path) == ["a.txt"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there, and files have no such modes")
def test_a_link_stays_a_link_and_a_new_file_has_the_usual_rights(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "a.txt")
    with written(tmp_path / "link") as file:
        file.write(b"x")
    (tmp_path / "usual").touch()
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a.txt").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_what_the_system_says_is_told(tmp_path):
    message = r"none.a\.txt: It cannot be saved \(there is no such folder\)"
    with pytest.raises(FileProblem, match=message), written(tmp_path / "none" / "a.txt"):
        pytest.fail("opened")


def test_a_folder_that_cannot_even_be_looked_for(tmp_path):
    with pytest.raises(FileProblem, match="there is no such folder"), written(tmp_path / ("x" * 300) / "a.txt"):
        pass
