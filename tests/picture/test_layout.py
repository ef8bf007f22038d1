"""Where everything stands: within the board, apart from each other, folded where there is no room."""

import itertools

import pytest

from nnviz.engine.data import Dataset
from nnviz.files.datasets import load
from nnviz.picture.layout import Layout, layout
from nnviz.picture.parts import Box, text_width

BOARDS = [(765, 760, 1.0), (1300, 820, 1.0), (430, 420, 1.0), (765, 760, 1.44), (2000, 1200, 1.2)]
NETS = [
    ("vehicles", (3, 5, 5, 4)),
    ("vehicles", (3, 4)),
    ("vehicles", (3, 1, 1, 4)),
    ("vehicles", (3, 12, 20, 4)),
    ("vehicles", (3, *(5,) * 10, 4)),
    ("xnor", (2, 2, 1)),
    ("iris", (4, 5, 3)),
    ("digits", (64, 25, 10)),
    ("digits-28", (784, 100, 10)),
]


def centres(plan: Layout):
    for column in plan.columns:
        yield from (slot.centre for slot in column.units)
        if column.bias is not None:
            yield column.bias


@pytest.mark.parametrize("board", BOARDS)
@pytest.mark.parametrize(("data", "sizes"), NETS)
def test_circles_stand_on_the_board_and_apart(data, sizes, board):
    plan = layout(sizes, load(data), *board)
    width, height, _ = board
    for x, y in centres(plan):
        assert plan.radius <= x <= width - plan.radius
        assert plan.radius <= y <= height - plan.radius
    for one, other in itertools.combinations(centres(plan), 2):
        assert max(abs(one.x - other.x), abs(one.y - other.y)) >= 2 * 0.8 * plan.radius


@pytest.mark.parametrize(("data", "sizes"), NETS)
def test_texts_stand_on_the_board(data, sizes):
    plan = layout(sizes, load(data), 765, 760)
    for box in (label.box for label in plan.labels):
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= 765 + 1
        assert box.y + box.height <= 760
    assert plan.right[0] + plan.right[1] <= 765
    assert plan.left[1] >= 0


@pytest.mark.parametrize("board", [*BOARDS, (664, 676, 1.2), (657, 512, 1.0)])
@pytest.mark.parametrize("sizes", [(3, 5, 5, 4), (3, *(5,) * 10, 4), (3, 12, 20, 4), (3, 4)])
def test_what_hangs_below_the_lowest_unit_hides_no_text(sizes, board):
    plan = layout(sizes, load("vehicles"), *board)
    for column in plan.columns[1:]:
        if column.layer == len(sizes) and not plan.delta_below:
            continue
        tag = plan.tag(plan.below(column.layer, column.units[-1].centre), "δ −9.9e−3")
        for label in plan.labels:
            words = text_width(label.text.words, label.text.size)
            ink = Box.around(label.box.centre, words, label.text.size)
            assert not overlap(tag, ink), label.text.words


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than a touch."""
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return min(across, down) > 0.5


def test_the_same_arguments_give_an_equal_layout():
    assert layout((3, 5, 5, 4), load("vehicles"), 765, 760) == layout((3, 5, 5, 4), load("vehicles"), 765, 760)


def test_a_layer_of_twelve_is_whole_and_one_of_twenty_five_is_folded():
    plan = layout((3, 12, 25, 4), load("vehicles"), 765, 900)
    whole, folded = plan.column(2), plan.column(3)
    assert [slot.unit for slot in whole.units] == list(range(1, 13))
    assert whole.hidden == 0
    shown = [slot.unit for slot in folded.units]
    assert shown == sorted(shown)
    assert (shown[0], shown[-1]) == (1, 25)
    assert folded.hidden == 25 - len(shown)


def test_a_folded_unit_at_work_takes_the_place_before_the_gap():
    column = layout((3, 25, 4), load("vehicles"), 765, 760).column(2)
    assert column.guest is not None
    own = column.units[column.guest]
    shown = column.shown(17)
    assert shown[column.guest].unit == 17
    assert shown[column.guest].centre == own.centre
    assert [slot.unit for slot in shown].count(own.unit) == 0
    assert column.shown(1) is column.units
    assert column.shown(None) is column.units


def test_an_image_is_one_box_of_its_shape():
    plan = layout((64, 25, 10), load("digits"), 1045, 760)
    image = plan.columns[0].image
    assert image is not None
    assert image.width == pytest.approx(image.height)
    assert plan.columns[0].units == ()
    portraits = [plan.portrait(slot.centre) for slot in plan.column(2).units]
    assert all(box.x > image.x + image.width for box in portraits)


def test_headings_grow_shorter_with_the_room():
    def words(plan):
        return [label.text.words for label in plan.labels if label.address is None]

    assert "Layer 2 · hidden" in words(layout((3, 5, 5, 4), load("vehicles"), 1000, 760))
    assert {"Layer 2", "hidden"} <= set(words(layout((3, 5, 5, 4), load("vehicles"), 500, 760)))
    assert "12" in words(layout((3, *(5,) * 10, 4), load("vehicles"), 765, 760))


def test_long_names_leave_room_for_the_network():
    names = ("n" * 200, "m" * 200, "o" * 200)
    data = load("vehicles")
    long = Dataset("long", "Long", data.X, data.Y, names, data.units, data.class_names, "range", (3, 5, 4))
    plan = layout((3, 5, 4), long, 765, 760)
    assert plan.left[1] <= 0.2 * 765
    assert plan.columns[-1].x - plan.columns[0].x > 250


def test_a_box_knows_what_it_contains():
    box = Box(10.0, 20.0, 30.0, 40.0)
    assert box.contains(box.centre)
    assert not box.contains(box.centre.moved(16.0, 0.0))
