"""Figures: every format, complete or not there, and refusals that say what to do."""

import os
import re
import xml.etree.ElementTree as ElementTree

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from nnviz.files.datasets import load
from nnviz.files.errors import FileProblem
from nnviz.picture.layout import layout
from nnviz.session.commands import GoToStep
from nnviz.session.model import model_for
from nnviz.session.state import initial
from nnviz.ui import export
from nnviz.ui.theme import load_fonts


@pytest.fixture(autouse=True)
def fonts(qapp):
    load_fonts()


@pytest.fixture(scope="module")
def state():
    return GoToStep(25).do(initial(model_for(load("vehicles")), 6))


def drawn(path):
    """A PNG as it is, an SVG as Qt renders it, at 400 pixels."""
    if path.suffix == ".png":
        return QImage(str(path)).scaledToWidth(400)
    renderer = QSvgRenderer(str(path))
    size = renderer.defaultSize()
    image = QImage(400, round(400 * size.height() / size.width()), QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        renderer.render(painter, QRectF(image.rect()))
    return image


def test_an_svg_has_curves_for_letters_and_says_what_it_shows(state, tmp_path):
    path = tmp_path / "figure.svg"
    export.save_picture(state, path)
    root = ElementTree.parse(path).getroot()
    assert root.get("viewBox").startswith("0 0 1600 ")
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert "text" not in tags
    assert {"path", "polyline", "ellipse"} & tags
    assert root.findtext("{http://www.w3.org/2000/svg}desc").startswith("Unit 2 of layer 3")


def test_a_pdf_is_one_page_with_its_fonts(state, tmp_path):
    path = tmp_path / "figure.pdf"
    export.save_picture(state, path, width=960)
    content = path.read_bytes()
    assert content.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", content)) == 1
    assert b"DejaVuSans" in content
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+)", content)
    assert float(box[1]) == pytest.approx(720, abs=1)  # 960/96 inch of 72 pt


def test_a_png_has_the_width_asked_for(state, tmp_path):
    path = tmp_path / "figure.PNG"
    export.save_picture(state, path, width=800)
    image = QImage(str(path))
    assert image.width() == 800
    assert image.text("Description").startswith("Unit 2 of layer 3")


def test_the_formats_show_the_same(state, tmp_path):
    images = []
    for suffix in (".svg", ".png"):
        export.save_picture(state, tmp_path / f"figure{suffix}")
        images.append(drawn(tmp_path / f"figure{suffix}"))
    one, other = images
    far = sum(
        abs(one.pixelColor(x, y).lightness() - other.pixelColor(x, y).lightness()) > 90
        for x in range(0, 400, 2)
        for y in range(0, min(one.height(), other.height()), 2)
    )
    assert far < 200  # of some 35,000, at the edges of lines


@pytest.mark.parametrize("dress", ["light", "dark", "projector"])
def test_every_dress_and_an_image_network(dress, tmp_path):
    state = GoToStep(30).do(initial(model_for(load("digits")), 7))
    path = tmp_path / "figure.png"
    export.save_picture(state, path, theme=dress, width=400)
    assert QImage(str(path)).width() == 400


def test_without_a_caption_it_is_less_high(state, tmp_path):
    heights = []
    for captioned in (True, False):
        export.save_picture(state, tmp_path / "figure.png", width=400, captioned=captioned)
        heights.append(QImage(str(tmp_path / "figure.png")).height())
    assert heights[0] > heights[1] == round(400 * 700 / 1040)


def test_it_replaces_and_leaves_nothing_beside(state, tmp_path):
    path = tmp_path / "figure.png"
    path.write_text("old")
    export.save_picture(state, path, width=300)
    assert QImage(str(path)).width() == 300
    assert os.listdir(tmp_path) == ["figure.png"]


def test_a_link_to_a_file_stays_a_link(state, tmp_path):
    path, link = tmp_path / "figure.svg", tmp_path / "link.svg"
    path.write_text("old")
    link.symlink_to(path)
    export.save_picture(state, link, width=300)
    assert link.is_symlink()
    assert path.read_text().startswith("<?xml")


def test_a_full_disk_leaves_the_old_file(state, tmp_path, monkeypatch):
    path = tmp_path / "figure.png"
    path.write_text("old")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileProblem, match="No space left") as problem:
        export.save_picture(state, path, width=300)
    assert problem.value.where == str(path)
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["figure.png"]


@pytest.mark.parametrize(
    ("name", "width", "error", "words"),
    [
        ("figure.gif", 800, ValueError, "expected a name that ends in .svg, .pdf, .png"),
        ("figure", 800, ValueError, "figure"),
        ("figure.png", 10, ValueError, "expected 200 to 10000"),
        ("nowhere/figure.png", 800, FileProblem, "no such folder"),
    ],
)
def test_refusals_say_what_is_wrong(state, tmp_path, name, width, error, words):
    with pytest.raises(error, match=words):
        export.save_picture(state, tmp_path / name, width=width)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(("name", "sizes"), [("xor", (2, 2, 1)), ("vehicles", (3, 5, 5, 4)), ("digits", (64, 25, 10))])
def test_the_tags_of_a_drawing_in_a_document_can_be_read_on_paper(name, sizes):
    """The text of a page is 470 points wide, and so is the drawing; smaller than 5 points is no print."""
    plan = layout(sizes, load(name), export.BOARD.width(), export._low(sizes), export.PAPER_ZOOM)
    assert 11.0 * plan.unit * 470.0 / export.BOARD.width() >= 5.0
