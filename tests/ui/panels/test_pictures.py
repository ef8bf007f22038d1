"""Pictures of formulas: made once, bounded in memory, ahead of time."""

import pytest

from nnviz.picture import notation as m
from nnviz.picture.typeset import Typesetter
from nnviz.session.state import View
from nnviz.ui import theme
from nnviz.ui.panels import pictures as module
from nnviz.ui.panels.pictures import Job, Pictures


@pytest.fixture
def pictures(qapp):
    return Pictures(Typesetter())


def job(text, zoom=1.0):
    return Job(m.number(text), theme.theme_of(View(theme="light", zoom=zoom)), 14.0)


def test_a_picture_is_made_once(pictures):
    page = pictures.page(job("0.65"))
    assert pictures.page(job("0.65")) is page
    assert pictures.pixmap(page, 1.0) is pictures.pixmap(page, 1.0)
    assert pictures.pixmap(page, 2.0).width() > pictures.pixmap(page, 1.0).width()


def test_memory_is_bounded(pictures, monkeypatch):
    one = pictures.pixmap(pictures.page(job("0.00")), 1.0)
    monkeypatch.setattr(module, "MOST_DOTS", 4 * one.width() * one.height())
    for number in range(20):
        pictures.make(job(f"0.{number:02}"), 1.0)
    assert 2 <= len(pictures._pixmaps) <= 6
    assert pictures._dots <= module.MOST_DOTS
    assert pictures._dots == sum(picture.width() * picture.height() for picture in pictures._pixmaps.values())


def test_one_that_is_larger_than_all_memory_is_still_drawn(pictures, monkeypatch):
    monkeypatch.setattr(module, "MOST_DOTS", 1)
    assert not pictures.pixmap(pictures.page(job("0.65")), 1.0).isNull()
