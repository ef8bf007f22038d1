"""Typst's SVG, size, baseline and boxes."""

from threading import Thread
from xml.etree import ElementTree

import pytest

from nnviz.picture import notation as m
from nnviz.picture.markup import ASCENT_EM, MARGIN_PT
from nnviz.picture.palette import ROLES
from nnviz.picture.scripts import OPERATORS
from nnviz.picture.typeset import Typesetter

COLOURS = dict.fromkeys(ROLES, "#102030") | {"delta": "#c2357f"}


@pytest.fixture(scope="module")
def typesetter():
    return Typesetter(remembered=8)


def long_sum(terms):
    products = (m.labelled(f"{k}", m.product(m.number(f"{k * 0.1 - 3:.2f}"), m.number("0.5"))) for k in range(terms))
    return m.row(m.z(2, 1), m.equals(), m.added(*products))


FORMULAS = {
    "symbols": m.row(m.delta(3, 2), m.equals(), m.sum_over("k", m.theta(3, "k", 2)), m.operator(".*"), m.a(3)),
    "all operators": m.row(*(m.row(m.symbol("x"), m.operator(sign)) for sign in OPERATORS)),
    "fraction": m.row(m.operator("−"), m.fraction(m.number("1"), m.symbol("m")), m.transpose(m.theta(1))),
    "matrix": m.row(m.matrix([[m.row(m.cost(), m.operator(":="), m.cost())] * 4] * 5), m.size(5, 4)),
    "cases": m.cases((m.decay_factor(), m.words("if")), (m.number("0", bold=True), m.words("else"))),
    "lines": m.lines((m.cost(), m.row(m.equals(), m.cost())), (m.words(""), m.row(m.equals(), m.cost()))),
    "others": m.row(m.g_prime(m.z(2)), m.struck(m.delta(2, 0)), m.symbol("a", bold=True), m.log(m.h(1))),
    "text that looks like Typst": m.words('#import "x"; $a$ \\ "labelled(" & <b> \n é'),
    "odd indices": m.row(m.a("l+1", "(12)"), m.a("&", "#"), m.x("é", "a b"), m.symbol("ReLU", sub="−1")),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_every_piece_is_set(typesetter, name):
    page = typesetter.render(FORMULAS[name], COLOURS, 14.0)
    root = ElementTree.fromstring(page.svg)
    assert [float(part) for part in root.attrib["viewBox"].split()] == [0, 0, page.width, page.height]
    assert 0 < page.baseline < page.height


def test_marks_are_taken_out_and_colours_put_in(typesetter):
    page = typesetter.render(m.labelled("a", m.delta(3, 2)), COLOURS, 14.0)
    assert b"<a " not in page.svg
    assert b"#c2357f" in page.svg


def test_simple_formulas_share_a_baseline(typesetter):
    formulas = (m.cost(), m.delta(3, 2), FORMULAS["symbols"], m.number("0.14"), m.labelled("x", m.a(1)))
    baselines = {round(typesetter.render(formula, COLOURS, 14.0).baseline, 6) for formula in formulas}
    assert baselines == {round(MARGIN_PT + ASCENT_EM * 14, 6)}


def test_boxes_lie_side_by_side_within_the_page(typesetter):
    formula = m.row(m.labelled("a", m.a(3, 2)), m.operator("×"), m.labelled("b/ü:", m.product(m.number("2"), m.cost())))
    page = typesetter.render(formula, COLOURS, 14.0)
    [(ax, ay, aw, ah)], [(bx, by, bw, bh)] = page.boxes["a"], page.boxes["b/ü:"]
    assert 0 <= ax < ax + aw < bx < bx + bw <= page.width
    assert min(ay, by) >= 0
    assert max(ay + ah, by + bh) <= page.height


def test_each_occurrence_of_a_key_has_a_box(typesetter):
    again = m.labelled("a", m.cost())
    page = typesetter.render(m.row(again, m.operator("+"), again, again), COLOURS, 14.0)
    assert len(page.boxes["a"]) == 3


def test_boxes_scale_with_the_size(typesetter):
    small = typesetter.render(m.labelled("a", m.cost()), COLOURS, 10.0).boxes["a"][0]
    large = typesetter.render(m.labelled("a", m.cost()), COLOURS, 20.0).boxes["a"][0]
    assert large[2] == pytest.approx(2 * small[2])


def test_a_matrix_cell_has_its_box(typesetter):
    cells = [[m.labelled(f"{i},{j}", m.number("1.5")) for j in range(4)] for i in range(5)]
    boxes = typesetter.render(m.matrix(cells), COLOURS, 14.0).boxes
    assert len(boxes) == 20
    assert boxes["0,0"][0][0] < boxes["0,1"][0][0]
    assert boxes["0,0"][0][1] < boxes["1,0"][0][1]


def test_a_long_sum_wraps_at_its_signs(typesetter):
    page = typesetter.render(long_sum(64), COLOURS, 14.0, width=320.0)
    assert page.width == pytest.approx(320)
    places = [box for boxes in page.boxes.values() for box in boxes]
    assert len(places) == 64
    assert all(x >= 0 and x + width <= 320 and height < 20 for x, _, width, height in places)


def test_a_narrow_formula_is_not_stretched(typesetter):
    assert typesetter.render(m.cost(), COLOURS, 14.0, width=320.0).width < 40


def test_lines_wrap(typesetter):
    formula = m.lines((m.cost(), m.row(m.equals(), long_sum(12))), (m.cost(), m.equals()))
    assert typesetter.render(formula, COLOURS, 14.0, width=300.0).width == pytest.approx(300)


def test_pages_are_remembered_up_to_a_bound(typesetter):
    first = typesetter.render(m.cost(), COLOURS, 14.0)
    assert typesetter.render(m.cost(), COLOURS, 14.0) is first
    for k in range(20):
        typesetter.render(m.number(str(k)), COLOURS, 14.0)
    assert len(typesetter._pages) == 8
    assert typesetter.render(m.cost(), COLOURS, 14.0) is not first


def test_a_typesetter_may_be_made_on_another_thread():
    made = []
    thread = Thread(target=lambda: made.append(Typesetter()))
    thread.start()
    thread.join()
    assert made[0].render(m.cost(), COLOURS, 14.0).width > 0
