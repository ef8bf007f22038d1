"""What is visible when: a function of the place alone, and never a number that is not yet known."""

import itertools

import numpy as np
import pytest

from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.story import STORY_LEVELS, Level
from nnviz.files.datasets import load
from nnviz.picture.layout import layout
from nnviz.picture.motion import moving
from nnviz.picture.numbers import shown
from nnviz.picture.parts import Box, Point
from nnviz.picture.pointing import address_at
from nnviz.picture.reveal import picture
from nnviz.picture.tags import BIAS_NOTE, inside
from nnviz.picture.wiring import MOST_LINKS, wiring
from nnviz.session.model import model_for
from nnviz.session.state import told


class Scene:
    """A story with its layout, to be seen at any place."""

    def __init__(self, data="vehicles", sizes=None, example=6, activation="sigmoid", width=765, height=760):
        self.model = model_for(load(data), sizes=sizes, activation=activation)
        self.story = told(self.model, example)
        self.plan = layout(self.model.network.sizes, self.model.dataset, width, height)
        self.weights = wiring(self.model.network, self.plan)

    def at(self, place, **more):
        return picture(self.story, place, self.plan, self.weights, self.model.dataset, **more)

    def after(self, address):
        """The picture in which *address* has just been told."""
        return self.at(self.story.first_place(address))


def tag(seen, address):
    return next(tag for tag in seen.tags if tag.address == address)


def unit(seen, layer, row):
    return next(one for one in seen.units if one.address == Address(Symbol.A, layer, row))


@pytest.mark.parametrize("level", STORY_LEVELS)
@pytest.mark.parametrize(
    ("data", "sizes", "example"),
    [("vehicles", None, 149), ("vehicles", (3, 4), 149), ("xnor", None, 3), ("vehicles", (3, 12, 20, 4), 2)],
)
def test_forward_then_back_is_the_same_picture_at_every_place(data, sizes, example, level):
    scene = Scene(data, sizes, example)
    stops = scene.story.stops(level)
    forward = [scene.at(place, level=level) for place in stops]
    back = [scene.at(place, level=level) for place in reversed(stops)]
    assert forward == back[::-1]
    assert all(hash(one.tags) is not None for one in forward)


@pytest.mark.parametrize("level", STORY_LEVELS)
def test_an_image_network_is_drawn_at_every_stop(level):
    scene = Scene("digits", example=1796)
    stops = scene.story.stops(level)
    for place in itertools.islice(stops, 0, None, max(1, len(stops) // 60)):
        assert scene.at(place, level=level) == scene.at(place, level=level)


def test_at_the_start_only_what_is_given_has_numbers():
    seen = Scene().at(0)
    for one in seen.units:
        given = one.address.layer == 1 or one.bias
        assert bool(one.text) is given
        assert one.bias or (one.fill is not None) is given
    assert seen.tags == ()
    assert seen.links == ()


def test_what_is_not_known_is_never_shown():
    scene = Scene(example=149)
    for place in range(scene.story.length + 1):
        seen = scene.at(place, level=Level.TERM)
        for one in seen.units:
            assert bool(one.text) is scene.story.known(one.address, place)
        for one in seen.tags:
            if one.address.symbol in (Symbol.COST, Symbol.EXAMPLE_COST) and one.text:
                assert scene.story.known(one.address, place)
            if one.text.startswith("δ"):
                assert scene.story.known(one.address, place)


def test_the_numbers_are_the_trace_s():
    scene = Scene()
    seen = scene.after(Address(Symbol.A, 3, 2))
    trace = scene.story.trace
    assert unit(seen, 3, 2).text == shown(trace.a[2][1])
    terms = [one.text for one in seen.tags if one.address.symbol is Symbol.THETA]
    products = trace.network.theta(2)[1] * np.concatenate(([1.0], trace.a[1]))
    assert terms == [shown(value, signed=True) for value in products]
    assert tag(seen, Address(Symbol.Z, 3, 2)).text == "z " + shown(trace.z[2][1], signed=True)


def test_backward_products_and_delta():
    scene = Scene()
    seen = scene.after(Address(Symbol.DELTA, 3, 2))
    trace = scene.story.trace
    products = trace.network.theta(3)[:, 2] * trace.delta[3]
    terms = [one.text for one in seen.tags if one.address.symbol is Symbol.THETA]
    assert terms == [shown(value, signed=True) for value in products]
    assert tag(seen, Address(Symbol.DELTA, 3, 2)).text == "δ " + shown(trace.delta[2][1], signed=True)
    assert tag(seen, Address(Symbol.DELTA, 3, 2)).loud
    assert tag(seen, Address(Symbol.DELTA, 2, 1)).text == ""


def test_the_delta_of_a_bias_unit_is_struck_out_and_says_why():
    scene = Scene()
    bias = tag(scene.after(Address(Symbol.DELTA, 3, 0)), Address(Symbol.DELTA, 3, 0))
    assert bias.struck
    assert bias.note == BIAS_NOTE


@pytest.mark.parametrize("symbol", [Symbol.ACCUMULATOR, Symbol.D, Symbol.THETA_NEW])
def test_a_row_shows_its_entries_on_its_links(symbol):
    scene = Scene(example=149)
    seen = scene.after(Address(symbol, 2, 3))
    trace = scene.story.trace
    values = {
        Symbol.ACCUMULATOR: trace.contribution[1][2],
        Symbol.D: trace.epoch.D[1][2],
        Symbol.THETA_NEW: trace.epoch.updated.theta(2)[2],
    }[symbol]
    entries = [one.text for one in seen.tags if one.address.symbol is symbol]
    assert entries == [shown(value, signed=True) for value in values]
    assert [one.address for one in seen.units if one.halo] == [Address(Symbol.A, 3, 3)]
    lit = [link for link in seen.links if link.share == 1.0]
    assert len(lit) == 6
    assert {link.role for link in lit} == {"accent"}


def test_costs_then_j():
    scene = Scene()
    cost = tag(scene.after(Address(Symbol.COST, 4, 2)), Address(Symbol.COST, 4, 2))
    assert cost.text == shown(scene.story.trace.costs[1])
    assert tag(scene.after(Address(Symbol.COST, 4, 2)), Address(Symbol.COST, 4, 3)).text == ""
    total = tag(scene.after(Address(Symbol.EXAMPLE_COST, 4)), Address(Symbol.EXAMPLE_COST, 4))
    assert total.text == "cost " + shown(scene.story.trace.cost)


def test_term_by_term_the_sum_grows_and_the_unit_stays_empty():
    scene = Scene()
    for count in range(1, 5):
        seen = scene.at(count, level=Level.TERM)
        assert sum(one.address.symbol is Symbol.THETA for one in seen.tags) == count
        assert unit(seen, 2, 1).text == ""
        assert unit(seen, 2, 1).fill is None
    assert unit(scene.at(5, level=Level.TERM), 2, 1).text


@pytest.mark.parametrize(("sizes", "width"), [((3, 5, 5, 4), 765), ((3, 12, 20, 4), 765), ((3, 5, 5, 4), 1300)])
def test_terms_do_not_hide_each_other(sizes, width):
    scene = Scene(sizes=sizes, width=width)
    for place in scene.story.stops(Level.UNIT)[1:]:
        terms = [one.box for one in scene.at(place).tags if one.address.symbol is Symbol.THETA]
        for one, other in itertools.combinations(terms, 2):
            assert abs(one.centre.y - other.centre.y) >= one.height or abs(one.centre.x - other.centre.x) >= one.width


def test_a_folded_unit_at_work_is_shown():
    scene = Scene(sizes=(3, 25, 4))
    for row in range(1, 26):
        seen = scene.after(Address(Symbol.A, 2, row))
        assert unit(seen, 2, row).halo == "forward"
        assert any(link.address == Address(Symbol.THETA, 1, row, 2) for link in seen.links)
    label = [one.text.words for one in scene.after(Address(Symbol.A, 2, 15)).labels]
    assert "above: unit 15" in label


def test_a_term_from_a_folded_unit_shows_it():
    scene = Scene(sizes=(3, 25, 4))
    first = scene.story.first_place(Address(Symbol.A, 3, 1)) - 27  # 26 terms and g
    seen = scene.at(first + 16, level=Level.TERM)
    assert unit(seen, 2, 15).text


def test_pointing_at_a_number_lights_it_everywhere():
    scene = Scene()
    theta = Address(Symbol.THETA, 2, 2, 4)
    seen = scene.at(scene.story.first_place(Address(Symbol.A, 3, 2)), pointed=theta)
    plain = scene.after(Address(Symbol.A, 3, 2))
    assert tag(seen, theta).pointed
    lit = {link.address: link.width for link in seen.links}
    assert lit[theta] > {link.address: link.width for link in plain.links}[theta]
    elsewhere = scene.at(0, pointed=theta)
    assert [link.address for link in elsewhere.links] == [theta]
    assert unit(scene.at(0, pointed=Address(Symbol.A, 1, 2)), 1, 2).pointed


def test_a_pixel_and_its_theta_are_ringed_together():
    scene = Scene("digits", example=7)
    seen = scene.at(0, pointed=Address(Symbol.THETA, 1, 2, 30))
    pixels = next(image for image in seen.images if image.cells.symbol is Symbol.A)
    row = next(image for image in seen.images if image.cells == Address(Symbol.THETA, 1, 2))
    assert pixels.pointed == row.pointed == 29


def test_what_the_pointer_finds():
    scene = Scene()
    seen = scene.after(Address(Symbol.A, 3, 2))
    for one in seen.tags:
        assert address_at(seen, scene.weights, one.box.centre) == one.address
    column = scene.plan.column(2)
    centre = column.units[4].centre
    assert address_at(seen, scene.weights, centre) == Address(Symbol.A, 2, 5)
    link = max(scene.weights.links, key=lambda link: link.width)
    middle = link.start.towards(link.end, 0.21)
    assert address_at(scene.at(0), scene.weights, middle.moved(0.0, 0.5)) is not None
    assert address_at(seen, scene.weights, Point(3.0, 3.0)) is None


def test_the_pointer_finds_pixels_and_rows_of_theta():
    scene = Scene("digits", example=7)
    seen = scene.at(0)
    image = next(image for image in seen.images if image.cells.symbol is Symbol.A)
    assert address_at(seen, scene.weights, image.cell(9).centre) == Address(Symbol.A, 1, 10)
    portrait = scene.weights.portraits[1]
    assert address_at(seen, scene.weights, portrait.cell(9).centre) == portrait.cells._replace(column=10)


def test_links_tell_sign_and_size():
    scene = Scene()
    for link in scene.weights.links:
        at = link.address
        theta = scene.model.network.theta(at.layer)[at.row - 1, at.column]
        assert link.dashed is bool(theta < 0)
        assert link.role == ("negative" if theta < 0 else "positive")
    by_size = sorted(
        scene.weights.links,
        key=lambda link: abs(scene.model.network.theta(link.address.layer)[link.address.row - 1, link.address.column]),
    )
    assert [link.width for link in by_size] == sorted(link.width for link in by_size)


def test_there_are_never_too_many_links():
    scene = Scene(sizes=(3, *(12,) * 10, 4), width=1300)
    assert len(scene.weights.links) == MOST_LINKS
    assert scene.weights.left_out > 0


def test_circles_fill_by_what_their_activation_can_be():
    sigmoid = unit(Scene().at(0), 1, 1)
    assert sigmoid.fill is not None
    assert sigmoid.fill[0] == 0.0
    tanh = Scene("iris", example=60, activation="tanh")
    seen = tanh.at(tanh.story.length)
    a = tanh.story.trace.a[1]
    for row, value in enumerate(a, 1):
        low, high = unit(seen, 2, row).fill
        assert (low, high) == pytest.approx(sorted((0.5, (value + 1) / 2)), abs=1e-4)
    relu = Scene("iris", example=60, activation="relu")
    assert unit(relu.at(relu.story.length), 2, 1).fill[0] == 0.0


def test_a_movement_ends_in_the_picture_at_rest():
    scene = Scene()
    for place in scene.story.stops(Level.UNIT):
        assert moving(scene.at(place), 1.0) == scene.at(place)


def test_terms_travel_then_the_sum_forms_then_g_is_applied():
    scene = Scene()
    address = Address(Symbol.A, 3, 2)
    rest = scene.after(address)
    early, middle, late = (moving(rest, t) for t in (0.25, 0.6, 0.95))
    first = next(one for one in early.tags if one.address == Address(Symbol.THETA, 2, 2, 0))
    home = tag(rest, first.address).box.centre
    assert first.box.centre != home
    assert first.origin is not None
    assert min(first.origin.x, home.x) <= first.box.centre.x <= max(first.origin.x, home.x)
    assert unit(early, 3, 2).text == unit(middle, 3, 2).text == ""
    assert not any(one.address.symbol is Symbol.Z for one in early.tags)
    assert tag(middle, Address(Symbol.Z, 3, 2)).text.startswith("Σ")
    assert 0 < unit(late, 3, 2).fill[1] < unit(rest, 3, 2).fill[1] + 1e-9
    assert tag(late, Address(Symbol.Z, 3, 2)).text.startswith("z")


def test_only_what_is_new_moves():
    scene = Scene()
    seen = scene.at(3, level=Level.TERM)
    moved = [one for one in seen.tags if one.origin is not None]
    assert [one.address for one in moved] == [Address(Symbol.THETA, 1, 1, 2)]


@pytest.mark.parametrize(
    ("sizes", "width", "height"), [((3, *(5,) * 10, 4), 765, 760), ((3, 5, 5, 4), 553, 563), (None, 765, 760)]
)
def test_terms_hide_no_number_of_a_unit(sizes, width, height):
    scene = Scene(sizes=sizes, example=149, width=width, height=height)
    for place in scene.story.stops(Level.UNIT)[1:]:
        seen = scene.at(place)
        terms = [one.box for one in seen.tags if one.loud and one.address.column]
        for one in seen.units:
            number = Box.around(one.centre, 0.8 * one.radius, 0.8 * one.radius)
            assert not any(overlap(number, box) for box in terms), (place, one.address)


def overlap(one, other):
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return min(across, down) > 0.5


@pytest.mark.parametrize(("width", "named"), [(1440, True), (765, False)])
def test_narrow_columns_have_deltas_side_by_side(width, named):
    scene = Scene(sizes=(3, *(5,) * 10, 4), width=width, height=500)
    seen = scene.at(scene.story.length, level=Level.UNIT)
    deltas = [one for one in seen.tags if one.address.symbol is Symbol.DELTA and one.address.layer < 12]
    assert all(one.text.startswith("δ ") is named for one in deltas)
    assert not any(overlap(a.box, b.box) for a, b in itertools.combinations(deltas, 2))


@pytest.mark.parametrize("cost", [4.5e-5, 3.37, 12.34])
@pytest.mark.parametrize("width", [380.0, 450.0, 560.0, 665.0, 1000.0])
@pytest.mark.parametrize(("name", "sizes"), [("xor", (2, 2, 1)), ("vehicles", (3, 5, 5, 4)), ("digits", (64, 25, 10))])
def test_the_cost_of_the_example_stands_on_the_board_and_on_no_other_words(name, sizes, width, cost):
    plan = layout(sizes, load(name), width, 0.7 * width)
    words = f"cost {shown(cost)}"
    box = plan.tag(inside(plan, plan.total, words), words)
    assert box.x + box.width <= width
    assert not any(overlap(box, label.box) for label in plan.labels)
