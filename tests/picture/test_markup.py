"""Formulas as text and as Typst's source."""

import pytest

from nnviz.picture import notation as m
from nnviz.picture.document import labels, typst_source, wraps
from nnviz.picture.markup import plain
from nnviz.picture.palette import ROLES

COLOURS = dict.fromkeys(ROLES, "#102030")


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (m.theta(3, 2, 1), "Θ₂₁⁽³⁾"),
        (m.theta("l", "j", "i"), "Θⱼᵢ⁽ˡ⁾"),
        (m.theta(1, 12, 3), "Θ_(12,3)⁽¹⁾"),
        (m.delta("l+1", "k"), "δₖ⁽ˡ⁺¹⁾"),
        (m.a(3), "a⁽³⁾"),
        (m.y("k", "i"), "yₖ⁽ⁱ⁾"),
        (m.symbol("b", sub="b", sup="q"), "b_b^q"),
        (m.transpose(m.theta(3)), "(Θ⁽³⁾)ᵀ"),
        (m.squared(m.symbol("x")), "x²"),
        (m.g_prime(m.z(2, 1)), "g′(z₁⁽²⁾)"),
        (m.log(m.row(m.number("1"), m.operator("−"), m.h("k"))), "log(1 − hₖ)"),
        (m.row(m.cost(), m.equals(), m.operator("−"), m.number("1")), "J = −1"),
        (m.row(m.operator("−"), m.symbol("x"), m.operator("−"), m.symbol("y")), "−x − y"),
        (m.fraction(m.number("1"), m.symbol("m")), "1/m"),
        (m.fraction(m.added(m.number("1"), m.number("2")), m.symbol("m")), "(1 + 2)/m"),
        (m.decay_factor(), "λ/m"),
        (m.sum_over("i=1", m.y(), above="m"), "Σᵢ₌₁ᵐ y"),
        (m.row(m.accumulator(2), m.operator(":="), m.accumulator(2)), "Δ⁽²⁾ := Δ⁽²⁾"),
        (m.matrix([[m.number("1"), m.number("-2")], [m.number("3"), m.number("4")]]), "[1 −2; 3 4]"),
        (m.cases((m.number("1"), m.words("if")), (m.number("0"), m.words("else"))), "{ 1 if; 0 else }"),
        (m.lines((m.cost(), m.row(m.equals(), m.number("1")))), "J = 1"),
        (m.size(5, 4), "[5 × 4]"),
        (m.number("3.1e-3"), "3.1e−3"),
        (m.labelled("k", m.coloured("muted", m.cost())), "J"),
        (m.struck(m.delta(3, 0)), "[not used: δ₀⁽³⁾]"),
    ],
)
def test_plain(formula, text):
    assert plain(formula) == text


def test_negative_numbers_are_bracketed_after_a_sign_only():
    terms = [m.labelled(str(k), m.product(m.number("-2"), m.number("-3"))) for k in range(2)]
    assert plain(m.added(*terms)) == "−2 × (−3) + (−2) × (−3)"


def test_labels_come_in_reading_order_each_once():
    formula = m.row(m.labelled("b", m.cost()), m.group(m.labelled("a", m.cost())), m.labelled("b", m.cost()))
    assert labels(formula) == ("b", "a")


def test_formulas_are_values():
    assert m.added(m.theta(1), m.a(2)) == m.added(m.theta(1), m.a(2))
    assert len({m.delta(3, 1), m.delta(3, 1), m.delta(3, 2)}) == 2


def test_source_names_only_the_roles_in_use():
    source = typst_source(m.delta(3, 2), colours=COLOURS, size_pt=14)
    assert "inkdelta" in source
    assert "inkactivation" not in source


def test_a_missing_colour_is_named():
    with pytest.raises(ValueError, match="delta"):
        typst_source(m.delta(3, 2), colours={"text": "#000000"}, size_pt=14)


def test_wrong_pieces_are_refused():
    with pytest.raises(ValueError, match="operator"):
        m.operator("@")
    with pytest.raises(ValueError, match="one length"):
        m.matrix([[m.cost()], []])
    with pytest.raises(ValueError, match="nothing"):
        m.added()


def test_a_matrix_does_not_wrap():
    assert wraps(m.added(m.cost(), m.cost()))
    assert not wraps(m.row(m.theta(1), m.group(m.vector([m.cost()]))))
