"""Pushed results become a generator: in turn, errors come through, and no thread outlives it."""

import gc
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from nnviz.engine.pulled import Closed, pulled

ROOT = Path(__file__).resolve().parents[2]


def count_to(last, seen=None):
    def push(hand):
        for number in range(last):
            if seen is not None:
                seen.append(number)
            hand.give(number)
        return "done"

    return push


def test_items_come_in_order_and_the_result_at_the_end():
    items = pulled(count_to(3))
    assert [next(items), next(items), next(items)] == [0, 1, 2]
    with pytest.raises(StopIteration) as end:
        next(items)
    assert end.value.value == "done"


def test_nothing_is_worked_out_before_it_is_asked_for(monkeypatch):
    monkeypatch.setattr("nnviz.engine.pulled.TURN", 0.0)
    seen = []
    items = pulled(count_to(5, seen))
    assert seen == []
    next(items)
    assert seen == [0]
    next(items)
    assert seen == [0, 1]
    items.close()


def test_what_is_made_soon_comes_several_at_a_time(monkeypatch):
    monkeypatch.setattr("nnviz.engine.pulled.TURN", 1000.0)
    seen = []
    items = pulled(count_to(5, seen))
    next(items)
    assert seen == [0, 1, 2, 3, 4]
    assert list(items) == [1, 2, 3, 4]


def test_long_work_after_an_item_does_not_keep_it_back(monkeypatch):
    monkeypatch.setattr("nnviz.engine.pulled.TURN", 0.01)

    def push(hand):
        hand.give(1)
        while True:
            hand.check()

    items = pulled(push)
    assert next(items) == 1
    items.close()


def test_what_was_given_before_an_error_comes_before_it(monkeypatch):
    monkeypatch.setattr("nnviz.engine.pulled.TURN", 1000.0)

    def push(hand):
        hand.give(1)
        hand.give(2)
        raise ZeroDivisionError

    items = pulled(push)
    assert [next(items), next(items)] == [1, 2]
    with pytest.raises(ZeroDivisionError):
        next(items)


def test_a_generator_never_asked_starts_no_thread():
    before = threading.active_count()
    items = pulled(count_to(5))
    assert threading.active_count() == before
    items.close()


@pytest.mark.parametrize("taken", [1, 2, 5])
def test_closing_ends_the_thread_at_once(taken, monkeypatch):
    monkeypatch.setattr("nnviz.engine.pulled.TURN", 0.0)
    ended = []

    def push(hand):
        try:
            for number in range(10):
                hand.give(number)
        except Closed:
            ended.append(threading.current_thread())
            raise

    items = pulled(push)
    for _ in range(taken):
        next(items)
    items.close()
    assert [thread.is_alive() for thread in ended] == [False]


def test_dropping_it_in_a_ring_of_references_ends_the_thread_too():
    before = threading.active_count()
    items = pulled(count_to(5))
    next(items)
    ring = [items]
    ring.append(ring)
    del items, ring
    gc.collect()
    assert threading.active_count() == before


def test_errors_come_through_and_end_it():
    def push(hand):
        hand.give(1)
        raise ZeroDivisionError("on purpose")

    items = pulled(push)
    next(items)
    with pytest.raises(ZeroDivisionError, match="on purpose"):
        next(items)
    with pytest.raises(StopIteration):
        next(items)


def test_an_error_of_the_one_who_pulls_ends_the_thread():
    items = pulled(count_to(5))
    next(items)
    with pytest.raises(KeyError):
        items.throw(KeyError("theirs"))


def test_long_work_between_items_can_be_ended():
    def push(hand):
        hand.give(1)
        with pytest.raises(Closed):
            hand.check()
        hand.check()

    items = pulled(push)
    next(items)
    items.close()


def test_many_at_once_are_independent():
    many = [pulled(count_to(4)) for _ in range(20)]
    for expected in range(4):
        assert [next(items) for items in many] == [expected] * 20
    for items in many:
        items.close()


def test_it_may_be_pulled_from_other_threads_in_turn():
    items, found = pulled(count_to(4)), []
    for _ in range(4):
        thread = threading.Thread(target=lambda: found.append(next(items)))
        thread.start()
        thread.join()
    assert found == [0, 1, 2, 3]
    items.close()


def test_a_program_may_end_while_one_is_open():
    program = """
from nnviz.engine.pulled import pulled
items = pulled(lambda hand: [hand.give(number) for number in range(5)])
print(next(items))
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert (done.stdout, done.stderr, done.returncode) == ("0\n", "", 0)
