"""Columns grow block by block."""

from nnviz.files.gathered import Gathered


def test_blocks_become_columns():
    gathered = Gathered(3, ",")
    gathered.add([("1,5", "x", ""), ("2", "y", " ")])
    gathered.add([("?", "x", "")])
    assert (gathered.length, gathered.words) == (3, 7)
    assert [gathered.is_empty(place) for place in range(3)] == [False, False, True]
    first, second = gathered.column(0, "a"), gathered.column(1, "b")
    assert first.numbers[:2].tolist() == [1.5, 2]
    assert (first.name, first.others) == ("a", {2: "?"})
    assert second.others == {0: "x", 1: "y", 2: "x"}
    assert second.others[0] is second.others[2]
