"""Heat maps of Θ: every entry has its place, nothing overlaps or leaves the panel, and what is left out is said."""

from itertools import combinations

import numpy as np
import pytest

from nnviz.engine.network import Network
from nnviz.engine.quantities import Address, Symbol
from nnviz.picture.weights import FRAME, GROUND, INK, weight_maps

SHAPES = [
    ((3, 5, 5, 4), None),
    ((2, 2, 1), None),
    ((4, 5, 3), None),
    ((64, 25, 10), (8, 8)),
    ((784, 100, 10), (28, 28)),
    ((1000, 300, 2), None),
    ((6, 40, 40, 3), None),
    ((12, 3), (2, 6)),
    ((2, *[8] * 10, 1), None),
]


def theta(layer, row, column):
    return Address(Symbol.THETA, layer, row, column)


@pytest.mark.parametrize(("sizes", "shape"), SHAPES)
@pytest.mark.parametrize(("width", "unit"), [(280, 1.0), (560, 2.0), (330, 1.2), (200, 0.6), (290, 3.0)])
def test_tiles_keep_apart_and_inside(sizes, shape, width, unit):
    maps = weight_maps(sizes, shape, width, unit)
    boxes = [tile.box for tile in maps.tiles]
    for box in boxes:
        assert box.width > 0
        assert box.x >= 1
        assert box.x + box.width < max(width, 1)
        assert box.y + box.height < maps.height
    for one, other in combinations(boxes, 2):
        across = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert across or one.y + one.height <= other.y or other.y + other.height <= one.y


@pytest.mark.parametrize(("sizes", "shape"), SHAPES)
def test_an_entry_lies_where_its_area_is(sizes, shape):
    maps = weight_maps(sizes, shape, 290, 1.0)
    for tile in maps.tiles:
        for x in (0, tile.columns - 1):
            for y in (0, tile.rows - 1):
                address = tile.address_at(
                    tile.box.centre._replace(x=tile.x + x * tile.width, y=tile.y + y * tile.height)
                )
                assert 1 <= address.row <= sizes[tile.layer]
                assert 0 <= address.column <= sizes[tile.layer - 1]
                areas = list(maps.areas(address))
                assert len(areas) == 1
                assert maps.address_at(areas[0].centre) == address


def test_all_of_a_small_network_is_shown_in_one_line():
    maps = weight_maps((3, 5, 5, 4), None, 290, 1.0)
    assert [one.title for one in maps.maps] == ["Θ⁽¹⁾  5 × 4", "Θ⁽²⁾  5 × 6", "Θ⁽³⁾  4 × 6"]
    assert {one.y for one in maps.maps} == {0}
    for layer, (rows, columns) in enumerate(((5, 4), (5, 6), (4, 6)), 1):
        assert all(list(maps.areas(theta(layer, i + 1, j))) for i in range(rows) for j in range(columns))


def test_what_is_left_out_is_said():
    assert weight_maps((64, 25, 10), (8, 8), 290, 1.0).maps[0].note == ""
    assert weight_maps((784, 100, 10), (28, 28), 290, 1.0).maps[0].note == "the first 35 of 100 units …"
    assert (
        weight_maps((1000, 300, 2), None, 290, 1.0).maps[0].note
        == "the first 60 of 300 rows and 142 of 1,001 columns …"
    )


def test_the_bias_column_stands_apart():
    bias, rest = weight_maps((3, 5, 4), None, 290, 1.0).maps[0].tiles
    assert (bias.column, bias.columns, rest.column, rest.columns) == (0, 1, 1, 3)
    assert rest.x - (bias.x + bias.width) == 3


def test_a_whole_row_is_found_in_both_tiles():
    maps = weight_maps((64, 25, 10), (8, 8), 290, 1.0)
    assert len(list(maps.areas(Address(Symbol.THETA, 1, 3)))) == 2
    assert list(maps.areas(Address(Symbol.THETA, 1, 26, 0))) == []


def test_arrows_walk_from_map_to_map():
    maps = weight_maps((3, 5, 5, 4), None, 290, 1.0)
    assert maps.neighbour(theta(1, 1, 0), 0, 1) == theta(1, 1, 1)
    assert maps.neighbour(theta(1, 1, 1), 1, 0) == theta(1, 2, 1)
    assert maps.neighbour(theta(1, 1, 3), 0, 1) == theta(2, 1, 0)
    assert maps.neighbour(theta(1, 1, 0), -1, 0) is None
    assert maps.neighbour(theta(1, 1, 0), 0, -1) is None


def test_the_mosaic_has_the_level_of_every_entry():
    network = Network.from_thetas([[[2.0, -2.0, 1.0], [0.0, -9.0, 9.0]], [[0.5, 1.0, -1.0]]])
    maps = weight_maps((2, 2, 1), None, 290, 1.0)
    mosaic = maps.mosaic(network, 2.0)
    assert mosaic.shape == (maps.height, 290)
    expected = {(1, 1, 0): 255, (1, 1, 1): 1, (1, 1, 2): 192, (1, 2, 0): 128, (1, 2, 1): 1, (1, 2, 2): 255}
    for (layer, row, column), level in expected.items():
        box = next(maps.areas(theta(layer, row, column)))
        assert mosaic[round(box.y) + 2, round(box.x) + 2] == level
        cell = mosaic[round(box.y) : round(box.y + box.height), round(box.x) : round(box.x + box.width)]
        assert (cell == INK).any() == (level < 128), "negative cells, and only these, have a dash"
    assert {GROUND, INK, FRAME} <= set(np.unique(mosaic).tolist())


def test_the_mosaic_of_an_image_is_its_row():
    rng = np.random.default_rng(2)
    network = Network.from_thetas([rng.normal(size=(3, 7)), rng.normal(size=(1, 4))])
    maps = weight_maps((6, 3, 1), (2, 3), 290, 1.0)
    mosaic = maps.mosaic(network, 3.0)
    for unit in (1, 2, 3):
        for column in range(7):
            centre = next(maps.areas(theta(1, unit, column))).centre
            value = network.theta(1)[unit - 1, column]
            assert abs((int(mosaic[int(centre.y), int(centre.x)]) - 128) / 127 * 3 - np.clip(value, -3, 3)) < 0.02


@pytest.mark.parametrize("sizes", [(1, 5, 1), (1, 10, 3), (2, 5, 10), (3, 5, 5, 4), (64, 25, 10), (64, 100, 1)])
@pytest.mark.parametrize("unit", [0.6, 1.0, 1.2, 2.0])
def test_every_tile_lies_within_at_any_width(sizes, unit):
    network = Network.random(sizes, seed=1)
    for image_shape in (None, (8, 8)) if sizes[0] == 64 else (None,):
        for width in range(40, 420):
            maps = weight_maps(sizes, image_shape, width, unit)
            for tile in maps.tiles:
                assert 1 <= tile.x <= maps.width - 1 - tile.columns * tile.width
                assert 1 <= tile.y <= maps.height - 1 - tile.rows * tile.height
    assert maps.mosaic(network, 1.0).shape == (maps.height, maps.width)
