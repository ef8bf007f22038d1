"""Entries of a data set's file: what is taken, and what is said of those that can't be right."""

import re

import pytest

from nnviz.files.description import Description, described

RIGHT = {
    "title": "Two",
    "data": "two.csv",
    "classes": ["no", "yes"],
    "scaling": "none",
    "sizes": [2, 1],
    "source": "made up",
    "licence": "MIT",
    "changes": "none",
}
NEEDED = [name for name in Description._fields if name not in Description._field_defaults]


def test_lists_become_tuples_and_what_is_not_told_has_its_first_value():
    told = described({**RIGHT, "enlarged": [28, 28], "weights": [[[-30, 20.5]]]})
    assert told == Description(
        "Two", "two.csv", ("no", "yes"), "none", (2, 1), "made up", "MIT", "none", (), (), (28, 28), (((-30, 20.5),),)
    )


@pytest.mark.parametrize("name", NEEDED)
def test_what_is_missing_is_told(name):
    with pytest.raises(ValueError, match=f"^{name} is missing$"):
        described({key: value for key, value in RIGHT.items() if key != name})


def test_nothing_else_may_be_told():
    with pytest.raises(ValueError, match=r"^colour is not known; expected one of title, data, "):
        described({**RIGHT, "colour": "red"})


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("title", 3, "title is 3; expected a text"),
        ("title", ["Two"], "title is ['Two']; expected a text"),
        ("classes", "yes", "classes is 'yes'; expected a list"),
        ("classes", ["no", 1], "classes[1] is 1; expected a text"),
        ("sizes", [2.0, 1], "sizes[0] is 2.0; expected a whole number"),
        ("sizes", [2, True], "sizes[1] is True; expected a whole number"),
        ("sizes", {"first": 2}, "sizes is {'first': 2}; expected a list"),
        ("features", [None], "features[0] is None; expected a text"),
        ("enlarged", [28], "enlarged is [28]; expected a list of 2"),
        ("enlarged", [28, "28"], "enlarged[1] is '28'; expected a whole number"),
        ("weights", [[1.0]], "weights[0][0] is 1.0; expected a list"),
        ("weights", [[[1.0, "2"]]], "weights[0][0][1] is '2'; expected a number"),
        ("weights", [[[False]]], "weights[0][0][0] is False; expected a number"),
    ],
)
def test_what_is_not_of_its_kind_is_told_with_its_place(name, value, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        described({**RIGHT, name: value})
