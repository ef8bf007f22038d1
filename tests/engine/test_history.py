"""A history gives back every iteration of the run exactly, recorded or worked out again, within its bound."""

import pickle
import threading
from functools import partial

import numpy as np
import pytest

from nnviz.engine import METHODS, History, packed, train
from nnviz.engine.history import Chunk
from tests.engine.problems import assert_same_progress, problem

TASK = problem((3, 5, 4), m=12, lambda_=0.3)
EVERY = pytest.mark.parametrize("row", METHODS, ids=lambda row: row.name)
TINY = 20_000  # bytes: some 50 rows of Θ


def rerun(row, start=None):
    batch, iterations = (5, 150) if row.batches else (None, 30)
    return train(
        *TASK.arguments[:3],
        method=row.name,
        lambda_=TASK.lambda_,
        batch=batch,
        iterations=iterations,
        seed=4,
        start=start,
    )


def recorded(items, history, sizes=(1, 2, 3, 17)):
    """Appends *items* in chunks of several sizes."""
    done = 0
    while done < len(items):
        count = sizes[done % len(sizes)]
        history.append(packed(items[done : done + count]))
        done += count
    return history


@EVERY
@pytest.mark.parametrize("bound", [2**28, TINY, 1])
def test_any_iteration_is_that_of_the_run_bit_for_bit(row, bound):
    items = list(rerun(row))
    history = recorded(items, History(TASK.network, partial(rerun, row), bound))
    assert history.length == len(items)
    order = np.random.default_rng(1).permutation(len(items))
    for item in [items[0], items[-1], *(items[k] for k in order[:40])]:
        assert_same_progress(history.progress(item.iteration), item)
        assert history.cost_at(item.iteration) == item.cost


@EVERY
def test_while_it_grows_the_newest_is_at_hand_without_running_anything_again(row):
    def never(start):
        raise AssertionError("worked out again")

    history = History(TASK.network, never, TINY)
    for item in rerun(row):
        history.append(packed([item]))
        assert_same_progress(history.progress(item.iteration), item)
        assert history.progress(0).iteration == 0


def test_the_curves_are_those_of_the_run():
    items = list(rerun(METHODS[4]))
    history = recorded(items, History(TASK.network, partial(rerun, METHODS[4]), TINY))
    np.testing.assert_array_equal(np.transpose(history.costs), [item.cost for item in items])
    np.testing.assert_array_equal(history.norms, [item.norm for item in items])
    np.testing.assert_array_equal(history.evaluations, [item.evaluations for item in items])
    for curve in (*history.costs, history.norms, history.evaluations):
        assert not curve.flags.writeable
        assert curve.flags.c_contiguous


def test_a_curve_once_taken_does_not_change():
    history = recorded(list(rerun(METHODS[0]))[:50], History(TASK.network, partial(rerun, METHODS[0])))
    early = history.costs.total
    kept = early.copy()
    for item in list(rerun(METHODS[0]))[50:]:
        history.append(packed([item]))
    np.testing.assert_array_equal(early, kept)
    assert len(history.costs.total) == 151


def rows(first, count, width):
    """A chunk in which every number of a row is the number of its iteration."""
    numbers = np.arange(first, first + count, dtype=float)
    return Chunk(first, np.tile(numbers, (5, 1)), np.tile(numbers[:, None], (1, width)))


@pytest.mark.parametrize("bound", [10_000, 100_000, 1_000_000])
def test_memory_stays_under_the_bound_whatever_the_length(bound):
    history = History(TASK.network, partial(rerun, METHODS[0]), bound)
    for first in range(0, 60_000, 1_000):
        history.append(rows(first, 1_000, 44))
        assert history.nbytes <= bound
    assert history.nbytes >= bound / 4


def test_rows_that_are_kept_are_the_right_ones():
    again = []

    def rerun_from(start):
        again.append(start.iteration)
        yield from [start] * history.length

    history = History(TASK.network, rerun_from, 10_000)
    for first in range(0, 3_000, 7):
        history.append(rows(first, 7, 44))
    for iteration in range(history.length):
        found = history.progress(iteration)
        assert set(found.network.unroll()) == {float(found.iteration)}
        assert found.iteration <= iteration
    kept = history.length - len(again)
    assert 10 < kept <= 10_000 / (44 * 8)


def test_one_chunk_may_be_longer_than_all_that_is_kept():
    history = History(TASK.network, partial(rerun, METHODS[0]), 10_000)
    history.append(rows(0, 5_000, 44))
    assert history.nbytes <= 10_000
    assert set(history.progress(4_999).network.unroll()) == {4999.0}


def test_a_million_iterations_are_cheap():
    history = History(TASK.network, partial(rerun, METHODS[0]), 2**20)
    for first in range(0, 1_000_000, 20_000):
        history.append(rows(first, 20_000, 44))
    assert history.costs.total[123_456] == 123_456.0
    assert history.nbytes <= 2**20


def test_a_reader_in_another_thread_sees_whole_iterations_only():
    history = History(TASK.network, lambda start: iter(()), 20_000)
    history.append(rows(0, 1, 44))
    problems, done = [], threading.Event()

    def read():
        generator = np.random.default_rng(2)
        while not done.is_set():
            length = history.length
            total = history.costs.total
            if len(total) < length or total[-1] != len(total) - 1:
                problems.append("curve")
            at, row = history._nearest(int(generator.integers(length)))
            if set(row) != {float(at)}:
                problems.append(f"row {at}")

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for first in range(1, 30_000, 13):
        history.append(rows(first, 13, 44))
    done.set()
    for reader in readers:
        reader.join()
    assert problems == []


def test_a_chunk_crosses_from_one_process_to_another():
    items = list(rerun(METHODS[4]))[:5]
    chunk = pickle.loads(pickle.dumps(packed(items)))
    assert (chunk.first, chunk.curves.shape, chunk.thetas.shape) == (0, (5, 5), (5, 3 * 44))
    history = History(TASK.network, partial(rerun, METHODS[4]))
    history.append(chunk)
    assert_same_progress(history.progress(3), items[3])


def test_chunks_follow_one_another():
    history = History(TASK.network, partial(rerun, METHODS[0]))
    with pytest.raises(ValueError, match="chunk begins at iteration 3; expected 0"):
        history.append(rows(3, 2, 44))


def test_places_that_are_not_there_are_refused():
    history = History(TASK.network, partial(rerun, METHODS[0]))
    for read in (history.progress, history.cost_at):
        with pytest.raises(IndexError, match=r"iteration is 0; expected one of the 0 known"):
            read(0)
    history.append(rows(0, 3, 44))
    for iteration in (-1, 3):
        with pytest.raises(IndexError, match=rf"iteration is {iteration}; expected 0 to 2\."):
            history.progress(iteration)


def test_a_run_that_cannot_be_had_again_is_not_passed_over():
    """As one with other arguments, or of SciPy's on another processor, which may end earlier."""
    items = list(rerun(METHODS[0]))
    history = recorded(items, History(TASK.network, lambda start: train(*TASK.arguments[:3], iterations=0), 1))
    with pytest.raises(ValueError, match=r"run again from iteration \d+, the run ends before iteration 149"):
        history.progress(149)


def test_it_can_be_told_to_keep_less_and_still_knows_everything():
    row = METHODS[0]
    items = list(rerun(row))
    history = recorded(items[:100], History(TASK.network, partial(rerun, row), 4 * TINY))
    history.keep_within(TINY)
    history.append(packed(items[100:]))
    assert history.nbytes <= TINY + history._newest[1].nbytes
    for expected in items:
        assert_same_progress(history.progress(expected.iteration), expected)


@EVERY
def test_what_is_worked_out_again_can_be_watched_and_ended(row):
    items = list(rerun(row))
    history = recorded(items, History(TASK.network, partial(rerun, row), 1))
    wanted = next(item.iteration for item in items if item.iteration - history.nearest(item.iteration) == 3)
    watched = []

    def watch():
        watched.append(threading.active_count())
        if len(watched) == 5:
            raise InterruptedError

    before = threading.active_count()
    assert_same_progress(history.progress(wanted, watch), items[wanted])
    assert len(watched) == 3
    with pytest.raises(InterruptedError):
        history.progress(wanted, watch)
    assert threading.active_count() == before
