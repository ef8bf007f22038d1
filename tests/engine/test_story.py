"""Places, levels and phases: forward and back meet, and every number is known from one place on."""

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.engine import trace
from nnviz.engine.epoch import epoch
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import Activate, BiasError, HiddenError, Phase
from nnviz.engine.story import STORY_LEVELS, Level, Story
from nnviz.engine.trace import trace_in
from tests.engine.problems import assert_same, problem, problems

TASK = problem((3, 5, 5, 4), m=3, lambda_=0.3)
levels = st.sampled_from(STORY_LEVELS)
small = problems(most_hidden=3, widest=3, most_examples=3, most_outputs=3)


def story_of(task=TASK, final=True):
    passes = epoch(*task.arguments, 0.7)
    return Story(trace_in(passes, len(task.X) - 1, final=final))


def walk(story, level):
    places = [0]
    while (place := story.after(places[-1], level)) is not None:
        places.append(place)
    return places


def told_at(story):
    """Address to the first place at which it has been told, found by walking tick by tick."""
    first = {}
    for place in range(1, story.length + 1):
        telling = story.telling(place)
        step, at = telling.step, (telling.step.layer, telling.step.unit)
        known = []
        if step.fills_row:
            known.append(Address(step.symbol, *at, telling.terms - 1))
        if telling.terms == step.count:
            known += [Address(Symbol.Z, *at)] * isinstance(step, Activate)
            known += [Address(Symbol.WEIGHTED, *at)] * isinstance(step, HiddenError)
        if telling.complete:
            known.append(step.target)
            known += [Address(Symbol.SLOPE, *at)] * (type(step) is HiddenError)
        for address in known:
            first.setdefault(address, place)
    return first


# Walking.


@given(small, levels, st.booleans())
def test_walking_there_and_back(task, level, final):
    story = story_of(task, final)
    there = walk(story, level)
    assert there == list(story.stops(level))
    assert there[0] == 0
    assert there[-1] == story.length
    assert there == sorted(set(there))
    back = [story.length]
    while (place := story.before(back[-1], level)) is not None:
        back.append(place)
    assert back == there[::-1]


@given(small, levels, st.data())
def test_next_and_previous_are_inverse(task, level, data):
    story = story_of(task)
    place = data.draw(st.integers(0, story.length))
    after, before = story.after(place, level), story.before(place, level)
    assert (after is None) == (place == story.length)
    assert (before is None) == (place == 0)
    if place in story.stops(level):
        assert after is None or story.before(after, level) == place
        assert before is None or story.after(before, level) == place
    else:  # between two stops, both ways lead to the nearest
        assert before < place < after
        assert story.after(before, level) == after
        assert story.before(after, level) == before


@given(small, levels, st.data())
def test_number_counts_the_stops(task, level, data):
    story = story_of(task)
    stops = list(story.stops(level))
    place = data.draw(st.integers(0, story.length))
    n, total = story.number(place, level)
    assert total == len(stops) - 1
    assert stops[n] >= place
    assert n == 0 or stops[n - 1] < place
    for n, stop in enumerate(stops):
        assert story.number(stop, level) == (n, total)


@given(small)
def test_coarser_levels_stop_where_finer_ones_do(task):
    story = story_of(task)
    term, unit, layer, example = (set(story.stops(level)) for level in STORY_LEVELS)
    assert example <= layer <= unit <= term


@given(small, levels)
def test_every_level_comes_to_the_same_end_bit_for_bit(task, level):
    """Told in any way, and by another telling of the same example, the end is the same."""
    told, run = story_of(task), epoch(*task.arguments, 0.7)
    for place in walk(told, level)[1:]:
        telling = told.telling(place)
        assert telling.step.term(telling.terms - 1) == telling.step.terms[telling.terms - 1]
    assert telling.complete
    assert telling.step is told.steps[-1]
    assert_same(told.trace.epoch.updated.thetas, run.updated.thetas)
    assert_same(told.trace.accumulator, run.accumulator(len(task.X)))


# Places.


@given(small, st.booleans())
def test_telling(task, final):
    story = story_of(task, final)
    assert story.telling(0) is None
    place = 0
    for index, step in enumerate(story.steps):
        assert story.start(index) == place
        for tick in range(1, step.ticks + 1):
            place += 1
            telling = story.telling(place)
            assert (telling.index, telling.step, telling.ticks) == (index, step, tick)
            assert telling.terms == min(tick, step.count)
            assert telling.complete == (tick == step.ticks)
        assert story.ends[index] == place
    assert place == story.length


def test_the_example_of_the_design_by_count():
    """3-5-5-4, last of its pass. Forward: 5·(4+1) + 5·(6+1) + 4·(6+1). Cost: 4·2 + 4. Backward: 4·2, then for layers 3
    and 2 five units with 4+1 and 5+1 ticks and a bias unit with 4 and 5. Rows of Δ, D, Θ: 5·4 + 5·6 + 4·6 each.
    """
    spans = story_of().phases
    assert [span.phase for span in spans] == list(Phase)
    assert [span.stop - span.start for span in spans] == [88, 12, 8 + (25 + 4) + (30 + 5), 74, 74, 74]
    assert story_of().length == 88 + 12 + 72 + 3 * 74
    assert story_of().number(story_of().length, Level.LAYER) == (3 + 2 - 1 + 3 + 3 * 3, 16)


@given(small, st.booleans())
def test_phases_cover_the_story_without_gaps(task, final):
    story = story_of(task, final)
    assert [span.start for span in story.phases] == [0, *(span.stop for span in story.phases[:-1])]
    assert story.phases[-1].stop == story.length
    for span in story.phases:
        assert span.start < span.stop
        assert {story.telling(place).step.phase for place in range(span.start + 1, span.stop + 1)} == {span.phase}


@given(small, st.integers(-1000, 100_000))
def test_clamped(task, place):
    story = story_of(task)
    assert story.clamped(place) == min(max(place, 0), story.length)


# What is known where.


@settings(max_examples=60)
@given(small, st.booleans())
def test_first_place_is_where_it_is_told(task, final):
    story = story_of(task, final)
    for address, place in told_at(story).items():
        assert story.first_place(address) == place, address
        assert story.known(address, place)
        assert not story.known(address, place - 1)
        assert story.known(address, story.length)


@settings(max_examples=40)
@given(small)
def test_every_number_used_is_told_before(task):
    story = story_of(task)
    for index, step in enumerate(story.steps):
        for term in range(step.count):
            for address in step.operands(term):
                assert story.known(address, story.start(index) + term), (step, address)


def test_what_is_given_is_known_from_the_start_and_has_no_place():
    story = story_of()
    for address in (
        Address(Symbol.A, 1, 2),
        Address(Symbol.A, 1, 0),
        Address(Symbol.A, 3, 0),
        Address(Symbol.Y, 4, 1),
        Address(Symbol.THETA, 2, 1, 0),
        Address(Symbol.ACCUMULATOR_BEFORE, 1, 1, 1),
    ):
        assert story.first_place(address) is None
        assert story.known(address, 0)


def test_before_the_last_example_d_and_the_update_are_never_known():
    story = story_of(final=False)
    for address in (Address(Symbol.D, 1, 1, 1), Address(Symbol.THETA_NEW, 1, 1, 1)):
        assert story.first_place(address) is None
        assert not story.known(address, story.length)


def test_a_whole_row_is_known_with_its_last_entry():
    story = story_of()
    for symbol in (Symbol.ACCUMULATOR, Symbol.D, Symbol.THETA_NEW):
        whole, final_entry = Address(symbol, 2, 3), Address(symbol, 2, 3, 5)
        assert story.first_place(whole) == story.first_place(final_entry)


def test_the_bias_units_delta_becomes_known():
    story = story_of()
    (step,) = [step for step in story.steps if isinstance(step, BiasError) and step.layer == 3]
    place = story.ends[story.steps.index(step)]
    for symbol in (Symbol.DELTA, Symbol.WEIGHTED):
        assert story.first_place(Address(symbol, 3, 0)) == place


def test_frozen():
    story = story_of()
    with pytest.raises(FrozenInstanceError):
        story.trace = None
    with pytest.raises(FrozenInstanceError):
        story.telling(3).ticks = 1


def test_an_example_by_itself_has_a_story():
    story = Story(trace(TASK.network, TASK.X[0], TASK.Y[0]))
    assert [span.phase for span in story.phases] == list(Phase)[:4]


def test_a_large_network_opens_at_once():
    """Places are counted without making terms: 784-100-10 has some 240,000 ticks."""
    story = story_of(problem((784, 100, 10), m=1))
    assert story.length > 240_000
    assert story.telling(story.length // 2) is not None
    assert not any("terms" in vars(step) or "products" in vars(step) for step in story.steps)
