"""Scales put numbers in their places with round ticks; records are thinned without losing an extreme."""

import math

import numpy as np
import pytest

from nnviz.picture.curves import (
    BLOCK,
    Record,
    cost_range,
    cost_scale,
    first_free,
    iteration_scale,
    last_iteration,
    sentence,
    thinned,
)

LOG, LINEAR = iteration_scale(True), iteration_scale(False)


def texts(scale, low, high, gap):
    return [tick.text for tick in scale.ticks(low, high, gap)]


# Scales


@pytest.mark.parametrize("scale", [LOG, LINEAR, cost_scale(True), cost_scale(False)])
@pytest.mark.parametrize("number", [1.0, 7.0, 288.0, 1e6])
def test_a_place_leads_back_to_its_number(scale, number):
    assert scale.number(scale.place(number)) == pytest.approx(number)
    assert scale.places(np.array([number]))[0] == pytest.approx(scale.place(number))


def test_iteration_0_stands_at_the_left_edge_of_a_logarithmic_axis():
    assert LOG.place(0) == 0.0
    assert texts(LOG, 0.0, LOG.place(2000), 0.25) == ["0", "1", "10", "100", "1,000"]


def test_the_logarithm_of_nothing_has_no_place():
    assert math.isnan(cost_scale(True).place(0.0))
    assert np.isnan(cost_scale(True).places(np.array([0.0, -1.0, math.inf, math.nan]))).all()


def test_ticks_of_linear_axes_are_round():
    assert texts(LINEAR, 0, 1000, 200) == ["0", "200", "400", "600", "800", "1,000"]
    assert texts(cost_scale(False), 0, 2.6, 0.4) == ["0", "0.5", "1", "1.5", "2", "2.5"]


def test_iterations_are_never_halved():
    assert texts(LINEAR, 3.2, 6.3, 0.4) == ["4", "5", "6"]


def test_small_costs_are_written_as_the_program_writes_numbers():
    assert texts(cost_scale(True), -6, 0, 1.0) == ["1e−6", "1e−5", "0.0001", "0.001", "0.01", "0.1", "1"]


@pytest.mark.parametrize(
    ("low", "high"), [(0.0, 6.0), (2.9, 3.0), (5.99999, 6.0), (0.0, 0.4), (-0.3, 0.9), (-1.0, 9.0), (-2.0, 300.0)]
)
@pytest.mark.parametrize("scale", [LOG, cost_scale(True)])
def test_a_logarithmic_axis_always_has_ticks_apart_from_each_other(scale, low, high):
    gap = (high - low) / 9
    ticks = scale.ticks(low, high, gap)
    assert 1 < len(ticks) <= 10
    assert all(later.place - earlier.place >= gap for earlier, later in zip(ticks, ticks[1:]))
    assert len({tick.text for tick in ticks}) == len(ticks)


def test_an_axis_too_short_for_two_ticks_has_one():
    assert texts(cost_scale(True), -0.75, 0.75, 0.8) == ["1"]


@pytest.mark.parametrize(("reached", "end"), [(0, 10), (10, 10), (11, 15), (288, 300), (2000, 2000), (2001, 3000)])
def test_the_axis_of_iterations_grows_in_steps(reached, end):
    assert last_iteration(reached) == end


@pytest.mark.parametrize("logarithmic", [True, False])
def test_the_range_of_J_has_a_little_room_and_does_not_shake(logarithmic):
    scale = cost_scale(logarithmic)
    low, high = cost_range(0.19, 2.6, scale)
    assert low < scale.place(0.19)
    assert scale.place(2.6) < high
    assert cost_range(0.188, 2.6, scale) == (low, high)


# Records


def recorded(values, at=None):
    record = Record()
    record.grow(np.asarray(values, dtype=float), at)
    return record


def rough(length, seed=1):
    return np.random.default_rng(seed).lognormal(size=length)


def test_few_values_are_all_shown():
    at, values = recorded([3, 1, 2]).thinned(np.linspace(0, 2, 200))
    assert at.tolist() == [0, 1, 2]
    assert values.tolist() == [3, 1, 2]


def test_one_value_is_a_point_and_none_is_nothing():
    assert [part.tolist() for part in recorded([2.5]).thinned(np.linspace(0, 10, 50))] == [[0], [2.5]]
    assert len(Record().thinned(np.linspace(0, 10, 50))[0]) == 0


@pytest.mark.parametrize("scale", [LINEAR, LOG])
@pytest.mark.parametrize("length", [5, 1000, 100_000, 64 * BLOCK, 300_001])
def test_every_column_keeps_its_extremes(scale, length):
    values = rough(length)
    borders = scale.numbers(np.linspace(0, scale.place(length), 101))
    at, shown = recorded(values).thinned(borders)
    assert len(at) <= 2 * 105
    assert (np.diff(at) >= 0).all()
    assert (shown.min(), shown.max()) == (values.min(), values.max())
    for index, value in zip(at.astype(int), shown, strict=True):  # no further off than a column and a block
        width = 2 * BLOCK + (length // 50 if scale is LINEAR else index // 3)
        near = slice(max(0, index - width), index + width + 1)
        assert value in values[near]


def test_a_part_is_shown_with_a_value_beyond_each_edge():
    at, values = recorded(np.arange(1000.0)).thinned(np.linspace(500, 520, 300))
    assert at.tolist() == list(range(499, 522))
    assert values.tolist() == at.tolist()


def test_what_falls_is_drawn_falling():
    _, values = recorded(1 / np.arange(1, 200_001)).thinned(np.linspace(0, 200_000, 500))
    assert (np.diff(values) <= 0).all()


@pytest.mark.parametrize("length", [3, 10_000])
def test_what_is_no_number_is_left_out(length):
    values = np.full(length, 2.0)
    values[length // 2 :: 3] = math.nan
    values[-1] = math.inf
    _, shown = recorded(values).thinned(np.linspace(0, length, 50))
    assert set(shown) == {2.0}


def test_a_record_that_grew_is_as_one_that_came_at_once():
    values = rough(50_000)
    values[40_000:] *= 100
    grown = Record()
    for end in (1, 63, 64, 65, 1000, 20_000, 20_001, 50_000):
        grown.grow(values[:end])
    whole = recorded(values)
    assert (grown.least, grown.greatest) == (whole.least, whole.greatest) == (values.min(), values.max())
    for one, other in zip(*(record.thinned(np.linspace(0, 50_000, 70)) for record in (grown, whole)), strict=True):
        assert one.tolist() == other.tolist()


def test_growing_looks_only_at_what_is_new(monkeypatch):
    record, values = recorded(rough(100_000)), rough(100_500)
    seen = []
    monkeypatch.setattr("nnviz.picture.curves._finite", lambda part: seen.append(len(part)) or part)
    record.grow(values)
    assert sum(seen) < 2_000


def test_values_taken_now_and_then():
    record = recorded([5, 4, 3], at=np.array([0.0, 40.0, 90.0]))
    assert [record.value(k) for k in (0, 39, 40, 1000)] == [5, 5, 4, 3]
    assert [record.taken(k) for k in (0, 39, 40, 1000)] == [0, 0, 40, 90]
    assert record.thinned(np.linspace(0, 100, 20))[0].tolist() == [0, 40, 90]


def test_there_is_no_value_before_or_after():
    record = recorded([5, 4])
    assert math.isnan(record.value(2))
    assert math.isnan(record.value(-1))


def test_the_least_value_is_one_that_a_logarithmic_axis_has():
    assert recorded([2, 0, math.nan, 0.5, math.inf]).least == 0.5


def test_thinned_to_so_many_points():
    values = rough(10_000)
    index, kept = thinned(values, 200)
    assert len(index) <= 200
    assert (kept.min(), kept.max()) == (values.min(), values.max())


# Words and labels


def test_the_sentence():
    assert sentence("Run 2, α = 1", 288, 2000, 0.18725, "0.2214") == (
        "Run 2, α = 1: J is 0.1872 after 288 of 2,000 iterations, 0.2214 on the test part."
    )
    assert sentence("Run 1", 3, 3, 9.5, ending="J grew.") == "Run 1: J is 9.5000 after 3 of 3 iterations. J grew."


def test_the_first_box_that_is_free():
    room = (0, 0, 100, 100)
    boxes = [(90, 0, 110, 10), (10, 10, 30, 20), (50, 50, 70, 60)]
    assert first_free(boxes, [(20, 0, 25, 100)], room) == (50, 50, 70, 60)
    assert first_free(boxes, [room], room) is None
