"""Painting: readable, the same in every dress and format, and quick by remembering circles."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.story import Level
from nnviz.files.datasets import load
from nnviz.picture.layout import layout
from nnviz.picture.palette import PALETTES, blend, contrast, roles
from nnviz.picture.parts import Picture, Point, Unit
from nnviz.picture.reveal import picture
from nnviz.picture.typeset import Typesetter
from nnviz.picture.wiring import wiring
from nnviz.session.model import model_for
from nnviz.session.state import told
from nnviz.ui.paint import DIM_FILL, FILL, SOFT, Brush, Stamps
from nnviz.ui.theme import Theme, load_fonts

NOTHING = Picture((), (), (), (), ())


@pytest.fixture(scope="module")
def typesetter():
    return Typesetter()


@pytest.fixture(autouse=True)
def fonts(qapp):
    load_fonts()


def blank(theme, width=300, height=300):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(theme.colour("board"))
    return image


def painted(theme, seen, plan, stamps=None):
    image = blank(theme, int(plan.width), int(plan.height))
    with QPainter(image) as painter:
        Brush(painter, theme, stamps=stamps).paint(seen, plan)
    return image


def scene(data="vehicles", example=6, width=765, height=760):
    model = model_for(load(data))
    plan = layout(model.network.sizes, model.dataset, width, height)
    return told(model, example), plan, wiring(model.network, plan), model.dataset


@pytest.mark.parametrize("dress", ["light", "dark", "projector"])
def test_every_text_stands_out_from_its_ground(dress):
    colours = roles(PALETTES[dress])
    board = colours["board"]
    for role in ("text", "muted"):
        assert contrast(colours[role], board) >= 4.5
    assert contrast(colours["text"], blend(colours["forward"], board, FILL)) >= 4.5
    assert contrast(colours["muted"], blend(colours["forward"], board, DIM_FILL)) >= 4.5
    for role in ("forward", "backward", "accent", "cost"):
        assert contrast(colours["on_colour"], colours[role]) >= 4.5, role
        assert contrast(colours[role], blend(colours[role], board, SOFT)) >= 4.5, role


@pytest.mark.parametrize("data", ["vehicles", "xnor", "digits"])
@pytest.mark.parametrize("dress", ["light", "dark", "projector"])
def test_every_kind_of_picture_can_be_painted(data, dress, typesetter):
    story, plan, weights, dataset = scene(data, 3)
    theme = Theme(dress, 1.0)
    image = blank(theme, 765, 760)
    for place in story.stops(Level.LAYER):
        with QPainter(image) as painter:
            brush = Brush(painter, theme)
            brush.rest(plan, weights, typesetter)
            brush.paint(picture(story, place, plan, weights, dataset), plan)
    colours = {image.pixelColor(x, y).name() for x in range(0, 765, 5) for y in range(0, 760, 5)}
    assert len(colours) > 20


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0])
def test_a_circle_is_filled_from_below(share):
    theme, (_, plan, _, _) = Theme("light", 1.0), scene()
    unit = Unit(Address(Symbol.A, 2, 1), Point(150.0, 150.0), 40.0, "", (0.0, share))
    image = painted(theme, Picture((), (), (unit,), (), ()), plan)
    full = blend(roles(PALETTES["light"])["forward"], roles(PALETTES["light"])["board"], FILL)
    column = [image.pixelColor(150, y).name() == full for y in range(113, 188)]
    assert sum(column) / len(column) == pytest.approx(share, abs=0.04)
    assert column == sorted(column)


def test_stamps_look_like_what_is_painted_without():
    theme, (story, plan, weights, dataset) = Theme("light", 1.0), scene()
    seen = picture(story, story.stops(Level.UNIT)[25], plan, weights, dataset)
    # On whole pixels, as stamps are set down on whole pixels.
    units = tuple(
        Unit(u.address, Point(round(u.centre.x), round(u.centre.y)), 20.0, u.text, u.fill, u.halo, u.bright)
        for u in seen.units
    )
    seen, stamps = Picture((), (), units, (), ()), Stamps()
    first, again = painted(theme, seen, plan, stamps), painted(theme, seen, plan, stamps)
    assert first == again
    plain = painted(theme, seen, plan)
    different = sum(
        abs(plain.pixelColor(x, y).green() - first.pixelColor(x, y).green()) > 40
        for x in range(0, 765, 3)
        for y in range(0, 760, 3)
    )
    assert different < 60


def test_stamps_are_not_kept_for_ever():
    stamps = Stamps(most=2)
    image = QImage(1, 1, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    for key in "abc":
        stamps.keep((key,), image)
    assert stamps.get(("a",)) is None
    assert stamps.get(("c",)) is not None


def test_a_number_with_an_exponent_stays_in_its_circle():
    theme, (_, plan, _, _) = Theme("light", 1.0), scene()
    unit = Unit(Address(Symbol.A, 2, 1), Point(150.0, 150.0), 15.0, "−3.1e−3", (0.0, 0.0))
    image = painted(theme, Picture((), (), (unit,), (), ()), plan)
    board = theme.colour("board")
    outside = [image.pixelColor(x, y) for x in (130, 170) for y in range(130, 170)]
    assert all(colour == board for colour in outside)


def test_nothing_paints_nothing():
    theme, (_, plan, _, _) = Theme("dark", 1.0), scene()
    assert painted(theme, NOTHING, plan) == blank(theme, 765, 760)


def test_a_heading_without_room_shrinks_to_a_dot(typesetter):
    """While a network is trained headings are stamped, and a stamp of no size cannot be painted on."""
    theme, model = Theme("light", 1.0), model_for(load("vehicles"))
    plan = layout(model.network.sizes, model.dataset, 765.0, 700.0, 1.0)
    heading = next(one for one in plan.labels if one.address is not None)
    image = blank(theme)
    painter = QPainter(image)
    brush = Brush(painter, theme, stamps=Stamps())
    brush._heading(heading._replace(box=heading.box._replace(width=0.0)), plan, typesetter)
    painter.end()
