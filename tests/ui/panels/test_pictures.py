"""Pictures of formulas: made once, bounded in memory, ahead of time."""

import pytest

from nnviz.picture import notation as m
from nnviz.picture.typeset import Typesetter
from nnviz.session.state import View
from nnviz.ui import theme
from nnviz.ui.panels import pictures as module
from nnviz.ui.panels.pictures import Job, PicturedFormula, Pictures


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


def test_no_more_pictures_are_kept_than_formulas(pictures, monkeypatch):
    monkeypatch.setattr(module, "MOST_PAGES", 5)
    for number in range(20):
        pictures.make(job(f"0.{number:02}"), 1.0)
    assert len(pictures._pixmaps) == len(pictures._pages) == 5
    assert pictures._dots == sum(picture.width() * picture.height() for picture in pictures._pixmaps.values())


def test_a_formula_without_a_place_asks_for_no_picture(qtbot, pictures):
    formula = PicturedFormula(pictures)
    qtbot.addWidget(formula)
    formula.resize(0, 40)
    formula.show_job(job("0.65"))
    pictures.make(job("0.65"), 1.0)
    pictures.made.emit()
    formula.heightForWidth(0)
    assert pictures.idle
    formula.resize(200, 40)
    formula.show()
    qtbot.waitUntil(lambda: formula._at_hand(200) is not None)


def test_one_that_is_larger_than_all_memory_is_still_drawn(pictures, monkeypatch):
    monkeypatch.setattr(module, "MOST_DOTS", 1)
    assert not pictures.pixmap(pictures.page(job("0.65")), 1.0).isNull()
