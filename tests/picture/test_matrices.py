"""The layer as matrices: right numbers at right addresses, nothing shown before it is told, folding."""

import numpy as np
import pytest

from nnviz.engine.epoch import epoch
from nnviz.engine.network import Network
from nnviz.engine.steps import Phase, Step
from nnviz.engine.story import Story
from nnviz.engine.trace import trace_in
from nnviz.picture.matrices import matrices
from nnviz.picture.matrix import Matrix, Operator, folded
from nnviz.picture.matrix_rows import PARTS


@pytest.fixture(scope="module")
def story():
    random = np.random.default_rng(3)
    X, Y = random.normal(size=(2, 3)), np.eye(4)[[1, 2]]
    return Story(trace_in(epoch(Network.random((3, 5, 2, 4), seed=4), X, Y, 0.5, 0.1), 1))


def of(story, place):
    return [part for part in matrices(story, place) if isinstance(part, Matrix)]


def place_of(story, phase, index=0):
    steps = [i for i, step in enumerate(story.steps) if step.phase is phase]
    return story.ends[steps[index]]


def test_every_kind_of_step_has_its_matrices(story):
    assert {type(step) for step in story.steps} == set(PARTS)


def test_every_entry_is_the_number_at_its_address(story):
    for place in (0, *story.ends):
        for matrix in of(story, place):
            for i in range(matrix.rows):
                for j in range(matrix.columns):
                    address = matrix.address(i, j)
                    expected = 0.0 if address is None else story.trace.quantity(address).value
                    assert matrix.values[i, j] == expected, (place, address)


def test_an_entry_is_known_exactly_when_the_story_says_so(story):
    for place in range(story.length + 1):
        for matrix in of(story, place):
            for i in range(matrix.rows):
                for j in range(matrix.columns):
                    address = matrix.address(i, j)
                    assert matrix.known(i, j) == (address is None or story.known(address, place))


def test_the_matrices_compute_what_they_say(story):
    weights, inputs, z, _ = of(story, 1)
    assert np.allclose(weights.values @ inputs.values, z.values)
    weights, errors, slope, delta = of(story, place_of(story, Phase.BACKWARD, 4))
    assert weights.values.shape == (2, 4)
    assert np.allclose(weights.values @ errors.values * slope.values, delta.values)
    before, errors, inputs, after = of(story, place_of(story, Phase.ACCUMULATE))
    assert np.allclose(before.values + errors.values @ inputs.values, after.values)
    sums, weights, D = of(story, place_of(story, Phase.GRADIENT))
    assert np.allclose((sums.values + 0.5 * weights.values) / 2, D.values)
    weights, D, after = of(story, place_of(story, Phase.UPDATE))
    assert np.allclose(weights.values - 0.1 * D.values, after.values)


def test_the_row_in_use_is_framed_and_the_present_term_marked(story):
    first = story.ends[0]
    weights, inputs, z, _ = of(story, first + 2)  # unit 2, second term
    assert (weights.frame.rows, weights.frame.columns) == (range(1, 2), range(4))
    assert weights.cell == (1, 1)
    assert inputs.cell == (1, 0)
    assert z.frame.rows == range(1, 2)
    assert of(story, first)[0].cell is None


def test_the_bias_units_step_shows_its_layer_with_nothing_in_use(story):
    [index] = [
        i for i, step in enumerate(story.steps) if step.phase is Phase.BACKWARD and (step.layer, step.unit) == (3, 0)
    ]
    weights, errors, slopes, delta = of(story, story.ends[index])
    assert weights.values.shape == (2, 4)
    assert np.allclose(weights.values @ errors.values * slopes.values, delta.values)
    assert not any(matrix.frame for matrix in (weights, errors, slopes, delta))


def test_arrays_are_read_only(story):
    for place in story.ends:
        assert not any(matrix.values.flags.writeable for matrix in of(story, place))


@pytest.mark.parametrize("count", [1, 9, 10, 11, 13, 785])
@pytest.mark.parametrize("most", [10, 12])
def test_folding_keeps_order_size_and_the_row_in_use(count, most):
    for kept in {None, 0, count // 2, max(0, count - 3), count - 1, min(6, count - 1)}:
        shown = folded(count, most, kept)
        indices = [index for index in shown if index is not None]
        assert len(shown) <= most
        assert indices == sorted(set(indices))
        assert {0, count - 1} <= set(indices)
        assert kept is None or kept in indices
        assert all((b - a > 1) == (gap is None) for a, gap, b in gaps(shown))


def gaps(shown):
    """(before, None or an index, after) around every None, and every pair of neighbours."""
    for k, index in enumerate(shown):
        if index is None:
            yield shown[k - 1], None, shown[k + 1]
        elif k + 1 < len(shown) and shown[k + 1] is not None:
            yield index, index, shown[k + 1]


def test_operators_stand_between(story):
    assert [part.text for part in matrices(story, 1) if isinstance(part, Operator)] == ["·", "=", "g →"]


def test_a_step_of_a_new_kind_is_noticed():
    assert all(issubclass(kind, Step) for kind in PARTS)
