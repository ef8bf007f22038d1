"""What all commands share: how they are made and told, that they stay as they are, and are equal only to themselves."""

import pytest

from nnviz.session.commands import GoTo, NextExample, Play, SetTheta


def test_values_go_to_their_names_in_order_or_by_name():
    command = SetTheta(1, 2, value=0.5, column=3)
    assert (command.layer, command.row, command.column, command.value) == (1, 2, 3, 0.5)
    assert repr(command) == "SetTheta(layer=1, row=2, column=3, value=0.5)"


def test_what_is_left_out_has_its_default():
    assert repr(NextExample()) == "NextExample(by=1)"
    assert repr(NextExample(-2)) == "NextExample(by=-2)"
    assert repr(Play()) == "Play()"


@pytest.mark.parametrize(
    "make",
    [
        lambda: GoTo(),
        lambda: GoTo(1, 2),
        lambda: GoTo(1, place=2),
        lambda: GoTo(step=1),
        lambda: GoTo(1, step=1),
        lambda: NextExample(1, by=2),
        lambda: Play(1),
    ],
)
def test_too_few_too_many_or_strange_values_are_refused(make):
    with pytest.raises(TypeError, match=" takes "):
        make()


def test_a_command_does_not_change():
    command = GoTo(3)
    with pytest.raises(AttributeError, match="does not change"):
        command.place = 4
    with pytest.raises(AttributeError, match="does not change"):
        command.other = 4
    with pytest.raises(AttributeError, match="does not change"):
        del command.place
    assert command.place == 3


def test_a_command_is_equal_only_to_itself():
    command = GoTo(3)
    assert command == command
    assert command != GoTo(3)
    assert len({command, GoTo(3)}) == 2
