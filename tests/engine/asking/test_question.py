"""What is asked at a place of a story."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine.asking.hand import by_hand
from nnviz.engine.asking.question import Kind, question
from nnviz.engine.epoch import epoch
from nnviz.engine.faults import FAULTS
from nnviz.engine.network import Network
from nnviz.engine.quantities import Symbol
from nnviz.engine.story import Level, Story
from nnviz.engine.trace import trace_in
from tests.engine.asking.cases import questions, story


@pytest.mark.parametrize("seed", range(16))
def test_what_is_asked_is_not_known_and_is_told_next(seed):
    told = story(seed)
    for one in questions(told, 2):
        assert not told.known(one.target, one.place)
        assert told.known(one.target, one.told)
        assert one.place < one.told <= told.after(one.place, Level.UNIT)
        assert one.value == 0.0 or 0.0 not in by_hand(told.trace, one.target, 2)


def test_every_symbol_and_every_kind_is_asked_for():
    asked = [one for seed in range(16) for one in questions(story(seed), 2)]
    symbols = {Symbol.Z, Symbol.A, Symbol.DELTA, Symbol.ACCUMULATOR, Symbol.D}
    assert {(one.target.symbol, one.kind) for one in asked} >= {(symbol, kind) for symbol in symbols for kind in Kind}


def test_z_is_asked_before_a():
    told = story(1)
    first = next(one for one in questions(told, 2) if one.target.symbol is Symbol.Z)
    second = question(told, first.told, 2)
    assert second.target == first.target._replace(symbol=Symbol.A)
    assert second.told == told.after(first.place, Level.UNIT)


def test_it_is_the_same_every_time():
    told = story(3)
    one, other = ([(q.target, q.kind) for q in questions(told, 2)] for _ in range(2))
    assert one == other


@pytest.mark.parametrize("wish", Kind)
def test_the_kind_that_is_wished_for(wish):
    kinds = [one.kind for one in questions(story(9), 2, wish)]
    assert kinds.count(wish) > len(kinds) / 2


def test_the_bias_column_of_a_decayed_gradient_is_asked_for_in_every_other_row():
    columns = {one.target.row: one.target.column for one in questions(story(1), 4) if one.target.symbol is Symbol.D}
    assert columns[2] == 0
    assert all(columns[row] > 0 for row in columns if row % 2)
    without = story(1, lambda_=0.0)
    assert all(one.target.column for one in questions(without, 4) if one.target.symbol is Symbol.D)


def test_nothing_is_asked_of_a_long_sum():
    wide = Network((np.full((1, 201), 0.1),))
    alone = Story(trace_in(epoch(wide, np.ones((1, 200)), np.ones((1, 1))), 0))
    assert question(alone, 0, 2) is None


def test_nothing_is_asked_where_a_mistake_is_planted():
    wrong = replace(story(1).trace.epoch, lines=FAULTS[0].lines)
    told = Story(trace_in(wrong, 2, mistake=FAULTS[0].step))
    assert list(questions(told, 2)) == []


def test_nothing_is_asked_at_the_end():
    told = story(1)
    assert question(told, told.length, 2) is None
