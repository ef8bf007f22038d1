"""The student's J and D beside ours: what differs is counted, named and marked; where none was given nothing is."""

import numpy as np
import pytest

from nnviz.engine.check import check_gradient
from nnviz.engine.epoch import epoch
from nnviz.engine.network import Network
from nnviz.engine.propagation import cost
from nnviz.engine.quantities import Address, Symbol
from nnviz.engine.steps import ExampleCost, Gradient
from nnviz.engine.story import STORY_LEVELS, Level, Story
from nnviz.engine.theirs import Theirs
from nnviz.engine.trace import trace_in
from nnviz.picture.captions import caption
from nnviz.picture.markup import plain
from nnviz.picture.matrices import matrices
from nnviz.picture.matrix import Matrix

LAMBDA = 0.5


@pytest.fixture(scope="module")
def passed():
    random = np.random.default_rng(3)
    X, Y = random.normal(size=(2, 3)), np.eye(4)[[1, 2]]
    return epoch(Network.random((3, 2, 4), seed=4), X, Y, LAMBDA, 0.1)


@pytest.fixture(scope="module")
def story(passed):
    return Story(trace_in(passed, 1))


def theirs_of(passed, changes=(), J=None, *, cost_agrees=True):
    """Ours with other numbers at some (layer, row, column), judged as the check does."""
    D = [np.array(matrix) for matrix in passed.D]
    for (layer, row, column), value in changes:
        D[layer - 1][row - 1, column] = value
    check = check_gradient(passed.network, passed.X, passed.Y, LAMBDA, gradient=D)
    right = cost(passed.network, passed.X, passed.Y, LAMBDA).total
    return Theirs(check.D, check.agrees, J, right, cost_agrees)


def row_end(story, layer, row):
    return story.first_place(Address(Symbol.D, layer, row))


def said(story, place, theirs, level=Level.UNIT, digits=2):
    """What is said besides our own sentence."""
    ours = caption(story, place, None, digits, level).sentence
    both = caption(story, place, None, digits, level, theirs).sentence
    assert both.startswith(ours)
    return both[len(ours) :]


def test_without_theirs_nothing_is_said_and_no_column_stands(story, passed):
    told = caption(story, row_end(story, 1, 1), None)
    assert [plain(heading) for heading in told.table.headings] == ["i", "Δ₁ᵢ⁽¹⁾", "Θ₁ᵢ⁽¹⁾", "D₁ᵢ⁽¹⁾"]
    assert told.table.results == 1


@pytest.mark.parametrize("level", STORY_LEVELS)
def test_of_other_steps_and_other_examples_nothing_is_said(story, passed, level):
    theirs = theirs_of(passed, [((1, 1, 0), 9.0)])
    for place in range(story.length):
        telling = story.telling(place)
        if telling is None or not isinstance(telling.step, Gradient):
            assert said(story, place, theirs, level) == ""
    first = Story(trace_in(passed, 0))
    for place in range(first.length + 1):
        assert said(first, place, theirs_of(passed, J=1.0), level) == ""


def test_a_row_says_how_many_of_its_entries_differ(story, passed):
    theirs = theirs_of(passed, [((1, 2, 0), 9.0), ((1, 2, 3), -8.0)])
    right = [f"{float(passed.D[0][1, column]):.2f}".replace("-", "−") for column in (0, 3)]
    assert said(story, row_end(story, 1, 2), theirs) == (
        f" Yours differs in 2 of 4 entries: D₂₀⁽¹⁾ is 9.00 and should be {right[0]}, "
        f"D₂₃⁽¹⁾ is −8.00 and should be {right[1]}."
    )
    assert said(story, row_end(story, 1, 1), theirs) == " Yours agrees in all 4 entries."


def test_of_many_entries_the_first_are_named(story, passed):
    theirs = theirs_of(passed, [((1, 1, column), 9.0) for column in range(4)])
    told = said(story, row_end(story, 1, 1), theirs)
    assert told.startswith(" Yours differs in 4 of 4 entries: D₁₀⁽¹⁾ is 9.00")
    assert told.endswith(", and 2 more.")


def test_a_layer_and_the_whole_story_count_all_their_entries(story, passed):
    theirs = theirs_of(passed, [((1, 2, 0), 9.0), ((2, 1, 1), 9.0)])
    assert said(story, row_end(story, 1, 2), theirs, Level.LAYER).startswith(
        " Your D⁽¹⁾ differs in 1 of 8 entries: D₂₀"
    )
    assert said(story, story.length, theirs, Level.EXAMPLE).startswith(" Your D differs in 2 of 20 entries: D₂₀⁽¹⁾")


def test_by_terms_each_entry_has_its_own_word(story, passed):
    theirs = theirs_of(passed, [((1, 1, 1), 9.0)])
    end = row_end(story, 1, 1)
    told = [said(story, place, theirs, Level.TERM) for place in range(end - 3, end + 1)]
    assert told[1].startswith(" Yours differs: it is 9.00 and should be ")
    assert told[:1] + told[2:] == [" Yours agrees."] * 3


def test_numbers_that_are_nearly_right_are_written_until_they_differ(story, passed):
    right = float(passed.D[0][0, 1])
    told = said(story, row_end(story, 1, 1), theirs_of(passed, [((1, 1, 1), right * (1 + 1e-9))]))
    yours, ours = told.split(" is ")[1].rstrip(".").split(" and should be ")
    assert yours != ours
    assert len(yours) > 8


def test_what_is_off_by_rounding_alone_agrees(story, passed):
    right = float(passed.D[0][0, 1])
    assert "agrees" in said(story, row_end(story, 1, 1), theirs_of(passed, [((1, 1, 1), np.nextafter(right, 9.0))]))


@pytest.mark.parametrize(("value", "written"), [(np.nan, "no number"), (np.inf, "∞"), (-np.inf, "−∞")])
def test_what_is_not_finite_differs_and_can_be_shown(story, passed, value, written):
    theirs, place = theirs_of(passed, [((1, 1, 1), value)]), row_end(story, 1, 1)
    assert f"D₁₁⁽¹⁾ is {written} and should be " in said(story, place, theirs)
    assert plain(caption(story, place, None, level=Level.LAYER, theirs=theirs).numbers)
    assert caption(story, place, None, theirs=theirs).table.row(1).cells[-1].text.endswith("✕")
    assert np.isfinite(matrices(story, place, theirs)[-1].largest)


def test_the_table_has_a_column_with_marks(story, passed):
    theirs = theirs_of(passed, [((1, 1, 1), 9.0)])
    table = caption(story, row_end(story, 1, 1), None, theirs=theirs).table
    assert plain(table.headings[-1]) == "your D"
    assert table.results == 2
    for index in range(table.count):
        row, before = table.row(index), caption(story, row_end(story, 1, 1), None).table.row(index)
        *others, cell = row.cells
        assert [other.text for other in others] == [other.text for other in before.cells]
        assert cell.address == Address(Symbol.D, 1, 1, index)
        wrong = index == 1
        assert cell.text == ("+9.00 ✕" if wrong else f"{others[-1].text} ✓")
        assert (cell.role, "should be" in cell.note) == (("differ", True) if wrong else ("text", False))


def test_the_column_stands_only_where_d_is_told(story, passed):
    theirs = theirs_of(passed)
    for index, step in enumerate(story.steps):
        headings = caption(story, story.ends[index], None, theirs=theirs).table.headings
        assert (plain(headings[-1]) == "your D") == isinstance(step, Gradient)


def test_the_layer_in_numbers_has_both_matrices(story, passed):
    theirs = theirs_of(passed, [((1, 1, 1), 9.0)])
    place = row_end(story, 1, 2)
    ours = plain(caption(story, place, None, level=Level.LAYER).numbers)
    both = plain(caption(story, place, None, level=Level.LAYER, theirs=theirs).numbers)
    assert both.startswith(ours)
    assert "yours = [" in both
    assert "9.00" in both[len(ours) :]


def test_their_matrix_follows_ours(story, passed):
    theirs = theirs_of(passed, [((1, 1, 1), 9.0)])
    place = row_end(story, 1, 1)
    *ours, _, last = matrices(story, place, theirs)
    assert len(ours) == len(matrices(story, place))
    assert isinstance(last, Matrix)
    np.testing.assert_array_equal(last.values, theirs.D[0])
    assert (plain(last.title), last.address(0, 1), last.theirs) == ("your D⁽¹⁾", Address(Symbol.D, 1, 1, 1), theirs)
    assert (last.known(0, 3), last.known(1, 0)) == (True, False)
    cost_place = next(end for step, end in zip(story.steps, story.ends, strict=True) if isinstance(step, ExampleCost))
    assert len(matrices(story, cost_place, theirs)) == len(matrices(story, cost_place))


def test_j_is_told_with_the_cost_of_the_last_example(story, passed):
    place = next(end for step, end in zip(story.steps, story.ends, strict=True) if isinstance(step, ExampleCost))
    right = cost(passed.network, passed.X, passed.Y, LAMBDA).total
    told = said(story, place, theirs_of(passed, J=right))
    assert told == f" With all examples and the weight decay, J = {right:.2f}, and yours agrees."
    told = said(story, place, theirs_of(passed, J=2 * right, cost_agrees=False))
    assert told == f" With all examples and the weight decay, your J is {2 * right:.2f} and should be {right:.2f}."
    assert said(story, place, theirs_of(passed)) == ""
