"""What travels with the program is found in a checkout and in an installed package."""

import re
from pathlib import Path

import pytest

from nnviz.files import resources
from nnviz.files.errors import FileProblem
from nnviz.files.resources import page, resource

ICONS = sorted(path for path in resource("icons").glob("*.svg"))


@pytest.fixture
def places(monkeypatch):
    """Let the search look in other folders, and forget them afterwards."""

    def look_in(*folders):
        resources._folder.cache_clear()
        monkeypatch.setattr(resources, "_PLACES", folders)

    yield look_in
    resources._folder.cache_clear()


def test_finds_a_page_or_says_that_it_is_missing():
    assert page("lessons.md").is_file()
    with pytest.raises(FileProblem, match="This page is missing"):
        page("nothing.md")


def test_finds_files_and_folders():
    assert resource("datasets").is_dir()
    assert resource("datasets", "vehicles.toml").is_file()


def test_says_what_is_missing_where_and_what_to_do():
    with pytest.raises(FileProblem, match=r"nothing\.svg: This part of nnviz is missing\. Install nnviz again\."):
        resource("icons", "nothing.svg")


def test_looks_inside_the_package_before_beside_it(tmp_path: Path, places):
    inside, beside = tmp_path / "inside", tmp_path / "beside"
    for folder in (inside, beside):
        (folder / "datasets").mkdir(parents=True)
    places(inside, beside)
    assert resource("datasets") == inside / "datasets"


def test_passes_over_a_folder_of_the_same_name_that_is_not_ours(tmp_path: Path, places):
    stranger, ours = tmp_path / "stranger", tmp_path / "ours"
    stranger.mkdir()
    (ours / "datasets").mkdir(parents=True)
    places(stranger, ours)
    assert resource("datasets") == ours / "datasets"


def test_no_resources_at_all(tmp_path: Path, places):
    places(tmp_path / "nowhere")
    with pytest.raises(FileProblem, match=r"nowhere: The folder .* is missing\. Install nnviz again\."):
        resource("datasets")


@pytest.mark.parametrize("name", ["DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSansMono"])
def test_fonts_are_true_type(name):
    assert resource("fonts", f"{name}.ttf").read_bytes()[:4] == b"\x00\x01\x00\x00"


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_icons_can_be_recoloured(path: Path):
    text = path.read_text(encoding="utf-8")
    assert ("currentColor" in text) != (path.stem == "nnviz")
    if path.stem != "nnviz":
        assert not re.search(r"#[0-9a-fA-F]{3}", text)


@pytest.mark.parametrize("folder", ["fonts", "icons"])
def test_licences_travel_with_what_they_license(folder):
    assert "Copyright" in resource(folder, "LICENSE").read_text(encoding="utf-8")
