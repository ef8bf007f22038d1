"""The drawn network: what stands on it, and that no number hides another."""

import math

import pytest

from nnviz.picture.worksheet.drawing import LABEL, RADIUS, WIDTH, plan


@pytest.mark.parametrize("sizes", [(1, 1), (2, 2, 1), (4, 4, 4), (3, 3, 3, 3)])
def test_everything_is_drawn_once_and_within_the_page(sizes):
    drawn = plan(sizes)
    assert len(drawn.nodes) == sum(sizes) + len(sizes) - 1
    assert len({wire[:3] for wire in drawn.wires}) == sum(b * (a + 1) for a, b in zip(sizes, sizes[1:], strict=False))
    for node in drawn.nodes:
        assert RADIUS <= node.centre.x <= WIDTH - RADIUS
        assert RADIUS <= node.centre.y <= drawn.height - RADIUS


@pytest.mark.parametrize("sizes", [(2, 2, 1), (3, 3, 2), (4, 4, 4), (3, 3, 3, 3)])
def test_no_number_at_a_link_hides_another(sizes):
    drawn = plan(sizes)
    labels = [wire.label for wire in drawn.wires]
    for index, one in enumerate(labels):
        for other in labels[:index]:
            assert abs(one.x - other.x) >= 0.85 * LABEL.x or abs(one.y - other.y) >= 0.8 * LABEL.y, (one, other)
        assert all(math.dist(one, node.centre) > RADIUS for node in drawn.nodes)
