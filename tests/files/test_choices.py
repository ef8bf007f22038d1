"""What is chosen when nobody says, and what of a user's choice is refused."""

import numpy as np
import pytest

from nnviz.files.choices import Choices, settled
from nnviz.files.errors import FileProblem
from nnviz.files.table import Format
from tests.files.tabular import table


def repeated(names: str, *rows, **fields):
    """A table of these rows, three times over."""
    return table(names, *rows * 3, **fields)


@pytest.mark.parametrize(
    ("found", "label"),
    [
        (repeated("a b kind", [1, 2, "x"], [3, 4, "y"]), "kind"),
        (repeated("kind a b", ["x", 1.5, 2.5], ["y", 3.5, 4.5]), "kind"),
        (repeated("species a sex", ["x", 1, "m"], ["y", 3, "f"]), "species"),
        (table("name a grp", ["ann", 1, "x"], ["bob", 2, "y"], ["cid", 3, "x"]), "grp"),
        (repeated("a y b", [1.5, 0, 2.5], [3.5, 1, 4.5]), "y"),
        (repeated("x y colour", [1, 2, "red"], [3, 4, "blue"]), "colour"),
        (repeated("a b c", [1.5, 2.5, 0], [3.5, 4.5, 1]), "c"),
        (table("a b", [1, "x"], [2, "y"]), "b"),
        (repeated("a b c", [1, 2.5, 9], [2, 4.5, 9], format=Format("text", header=False)), "a"),
        (repeated("a b c", [1, 2.5, 0], [2, 4.5, 1], format=Format("text", header=False)), "c"),
        (repeated("a b c", [1.5, 0, 2.5], [3.5, 1, 4.5], label="b"), "b"),
    ],
)
def test_the_label_by_itself(found, label):
    assert settled(found).label == label


def test_features_are_the_other_numbers():
    found = repeated("name a b class empty", ["ann", 1, 2.5, "x", "?"], ["bob", 2, 3.5, "y", "?"])
    assert settled(found).features == ("a", "b")


@pytest.mark.parametrize(
    ("found", "scaling"),
    [
        (repeated("a b c", [1, 2.5, "x"], [3, 4.5, "y"]), "standard"),
        (repeated("a b c", [0, 1, "x"], [1, 1, "y"]), "none"),
        (repeated("a b c", [0, 7, "x"], [1, 9, "y"], image_shape=(1, 2)), "pixels"),
        (repeated("a b c", [5, 7, "x"], [1, 9, "y"], thetas=(np.ones((1, 3)),)), "none"),
        (repeated("a b c", [5, 7, "x"], [1, 9, "y"], thetas=(np.ones((1, 9)),)), "standard"),
    ],
)
def test_the_scaling_by_itself(found, scaling):
    assert settled(found).scaling == scaling


def test_what_is_chosen_stays():
    chosen = settled(repeated("a b c", [1, 2, "x"], [3, 2, "y"]), Choices("2", ("c", "1")[1:], "range", True))
    assert (chosen.label, chosen.features, chosen.scaling, chosen.drop_missing) == ("b", ("a",), "range", True)


@pytest.mark.parametrize(
    ("found", "choices", "message"),
    [
        (
            table("rooms price", *([n, n * 1.37] for n in range(1, 40))),
            Choices(),
            r"column “price”: It holds 39 different numbers, such as 53\.43: a quantity, not a class\. .*regression",
        ),
        (repeated("a b", ["u", "?"], ["v", "?"]), Choices(features=("b",)), r"“b” holds nothing, no numbers"),
        (repeated("a b", ["?", "?"]), Choices(), r"No column looks like classes: .* “b”, does not differ"),
        (repeated("a b", ["u", "x"], ["v", "y"]), Choices(), r"No column holds numbers, apart from the classes in “b”"),
        (repeated("a b", [1, "x"], [2, "y"]), Choices(features=("c",)), r"There is no column “c”"),
        (repeated("a b", [1, "x"], [2, "y"]), Choices(features=()), r"at least one column.* Choose among a\."),
        (repeated("a b", [1, "x"], [2, "y"]), Choices(features=("a", "1")), r"each once"),
        (repeated("a b", [1, "x"], [2, "y"]), Choices(features=("a", "b")), r"without the column of classes"),
        (repeated("a b c", [1, "x", "u"], [2, "y", "v"]), Choices(features=("b",)), r"“b” holds “x” and the like"),
        (repeated("a b", [1, "x"], [2, "y"]), Choices(scaling="log"), r"scaling is 'log'; expected one of none, range"),
    ],
)
def test_what_cannot_be_chosen_is_said(found, choices, message):
    with pytest.raises(FileProblem, match=message):
        settled(found, choices)
