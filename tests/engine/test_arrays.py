"""Arrays enter copied, read-only and checked; what is refused is told by name, found and expected."""

import numpy as np
import pytest

from nnviz.engine.arrays import all_finite, checked, frozen, numeric, sealed, shown


def test_frozen_is_a_read_only_copy_in_c_order():
    source = np.asfortranarray([[1, 2], [3, 4]])
    copy = frozen(source)
    source[0, 0] = 9
    assert copy.tolist() == [[1, 2], [3, 4]]
    assert copy.dtype == np.float64
    assert copy.flags.c_contiguous
    with pytest.raises(ValueError, match="read-only"):
        copy[0, 0] = 0


def test_frozen_does_not_follow_a_read_only_view():
    source = np.zeros(3)
    view = source[:]
    view.setflags(write=False)
    copy = frozen(view)
    source[0] = 7
    assert copy[0] == 0


def test_sealed_is_the_same_array():
    array = np.zeros(2)
    assert sealed(array) is array
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1


@pytest.mark.parametrize("values", [[1, 2], (1.0, 2), np.float32([1, 2]), np.uint8([1, 2]), [True, False]])
def test_every_kind_of_real_number_is_taken(values):
    assert checked("x", values, (2,)).dtype == np.float64


def test_whole_numbers_of_any_length_are_taken():
    assert numeric("x", [10**30, 1]).tolist() == [1e30, 1.0]


REFUSED = [
    ([1, 2j], "complex128 found; expected real numbers"),
    (["1", "2"], "<U1 found; expected real numbers"),
    ([1, None], "NoneType found; expected real numbers"),
    (np.array(["1", 2], dtype=object), "str found; expected real numbers"),
    (np.array([1, 2j], dtype=object), "complex found; expected real numbers"),
    ([[1, 2], [3]], "inhomogeneous"),
    (np.array(["2020-01-01"], dtype="datetime64[D]"), "expected real numbers"),
    ([10**400, 1], "too large"),
    ("12", "<U2 found"),
    ({"a": 1}, "dict found"),
]


@pytest.mark.parametrize(("values", "message"), REFUSED, ids=lambda part: repr(part)[:30])
def test_what_is_no_array_of_real_numbers_is_refused_by_name(values, message):
    with pytest.raises(ValueError, match=r"^x is not an array of real numbers") as caught:
        checked("x", values, (None,))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("values", "shape", "message"),
    [
        ([1, 2], (3,), "x has shape (2,); expected (3,)."),
        (1.0, (3,), "x has shape (); expected (3,)."),
        ([[1, 2]], (2,), "x has shape (1, 2); expected (2,)."),
        ([], (1,), "x has shape (0,); expected (1,)."),
        ([1, 2], (None, 2), "x has shape (2,); expected (m, 2)."),
        ([[1, 2, 3]], (None, 2), "x has shape (1, 3); expected (m, 2)."),
    ],
)
def test_a_wrong_shape_is_told_with_the_right_one(values, shape, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 — the whole message is compared
        checked("x", values, shape)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("values", "shape", "message"),
    [
        ([1, np.nan], (2,), "x holds nan at index (1,); expected finite numbers."),
        ([[1, 2], [np.inf, 4]], (2, 2), "x holds inf at index (1, 0); expected finite numbers."),
        ([-np.inf, np.inf], (2,), "x holds -inf at index (0,); expected finite numbers."),
        (np.nan, (), "x holds nan at index (); expected finite numbers."),
    ],
)
def test_what_is_not_finite_is_told_with_its_place(values, shape, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 — the whole message is compared
        checked("x", values, shape)
    assert str(caught.value) == message


def test_finite_numbers_whose_sum_overflows_are_finite():
    assert all_finite(np.array([1e308, 1e308, 1e308]))
    assert not all_finite(np.array([np.inf, -np.inf]))
    assert all_finite(np.array([]))


def test_shapes_in_words():
    assert [shown(()), shown((3,)), shown((None, 3))] == ["()", "(3,)", "(m, 3)"]
