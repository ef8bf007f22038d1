"""Links and images coloured by whether D is right."""

import numpy as np
import pytest

from nnviz.engine import Network
from nnviz.engine.quantities import Address, Symbol
from nnviz.files.datasets import load
from nnviz.picture.agreement import LEGEND, PALE, agreement, as_signs, recoloured
from nnviz.picture.layout import layout
from nnviz.picture.numbers import shown
from nnviz.picture.reveal import picture
from nnviz.picture.wiring import wiring
from nnviz.session.model import model_for
from nnviz.session.state import told

SIZE = (900.0, 700.0)


def masks(network, *wrong):
    found = [np.ones(theta.shape, bool) for theta in network.thetas]
    for layer, row, column in wrong:
        found[layer - 1][row - 1, column] = False
    return found


@pytest.fixture
def network():
    return Network.random((3, 5, 5, 4), seed=1)


@pytest.fixture
def plan(network):
    return layout(network.sizes, load("vehicles"), *SIZE, 1.0)


def test_a_wrong_link_differs_by_more_than_colour(network, plan):
    links = {link.address[1:]: link for link in agreement(network, plan, masks(network, (2, 4, 0))).links}
    wrong = links.pop((2, 4, 0))
    assert (wrong.role, wrong.dashed) == ("differ", True)
    assert {(link.role, link.dashed) for link in links.values()} == {("agree", False)}
    assert wrong.width > max(link.width for link in links.values())


def test_what_is_not_known_looks_like_neither(network, plan):
    wires = agreement(network, plan, None)
    assert {(link.role, link.dashed) for link in wires.links} == {("muted", False)}
    assert wires.samples == ()


def test_the_legend_says_which_is_which(network, plan):
    wires = agreement(network, plan, masks(network))
    assert [(sample.role, sample.words) for sample in wires.samples] == [("agree", "right"), ("differ", "wrong")]
    assert wires.samples == LEGEND
    assert not wires.by_width
    assert wiring(network, plan).by_width


def test_all_links_are_there(network, plan):
    assert {link.address for link in agreement(network, plan, masks(network)).links} == {
        link.address for link in wiring(network, plan).links
    }


def test_images_show_the_row_and_the_fan_whether_anything_in_it_is_wrong():
    model = model_for(load("digits"))
    network, dataset = model.network, model.dataset
    plan = layout(network.sizes, dataset, *SIZE, 1.0)
    found = masks(network, (1, 1, 7))
    wires = agreement(network, plan, found)
    seen = recoloured(picture(told(model, 0), 0, plan, wires, dataset), plan, found)
    links = {link.address.row: link.role for link in (*wires.links, *seen.links) if link.address.column is None}
    assert links.pop(1) == "differ"
    assert set(links.values()) == {"agree"}
    images = {image.cells.row: image for image in (*wires.portraits, *seen.images) if image.positive == "agree"}
    assert images[1].levels.count(min(images[1].levels)) == 1
    assert images[1].levels[6] < 128
    assert len(set(images[2].levels)) == 1
    assert [image for image in seen.images if image.positive != "agree"], "the input stays what it is"


def test_signs_are_pale(network):
    signs = as_signs(masks(network, (3, 1, 2)))
    assert signs[2][0, 2] == -PALE
    assert (signs[0] == PALE).all()


def test_the_entry_looked_at_alone_is_lit_and_says_its_theta(network, plan):
    model = model_for(load("vehicles"))
    found = masks(network)
    wires = agreement(network, plan, found)
    at = Address(Symbol.D, 2, 1, 0)
    seen = recoloured(picture(told(model, 0), 0, plan, wires, model.dataset, chosen=at), plan, found)
    (link,) = seen.links
    assert link.address[1:] == at[1:]
    assert link.role == "agree"
    assert link.width > 2 * max(one.width for one in wires.links)
    (tag,) = seen.tags
    theta = float(told(model, 0).trace.network.thetas[1][0, 0])
    assert tag.text == f"Θ {shown(theta, 2, signed=True)}"
    assert tag.box.centre.x == pytest.approx((link.start.x + link.end.x) / 2, abs=plan.radius)
