"""The words of a line."""

from nnviz.files.lessons.inline import line
from nnviz.session.lesson.values import Live, Words


def test_what_is_emphasised_may_be_a_live_value():
    before, live, after = line("is **of class {class}**.")[0], *line("is **of class {class}**.")[2:]
    assert before == Words("is ")
    assert isinstance(live, Live)
    assert after == Words(".")
    assert line("is **of class {class}**.")[1] == Words("of class ", "strong")


def test_code_is_left_as_it_is():
    assert line("`a[0] {b}`") == (Words("a[0] {b}", "code"),)
