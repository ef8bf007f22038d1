"""Formulas as LaTeX."""

import pytest

from nnviz.picture import notation as m
from nnviz.picture.latex import latex, text


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        (m.delta(3, 2), r"\delta_{2}^{(3)}"),
        (m.row(m.theta(1), m.equals(), m.number("-1.5")), r"\Theta^{(1)} = {-1.5}"),
        (m.number("3.1e-3", bold=True), r"\mathbf{3.1\mathrm{e}{-3}}"),
        (m.matrix([[m.number("1"), m.number("-2")]]), r"\begin{bmatrix} {1} & {-2} \end{bmatrix}"),
        (m.transpose(m.theta("l")), r"{(\Theta^{(l)})}^{\mathsf{T}}"),
        (m.log(m.symbol("h")), r"\log (h)"),
        (m.symbol("cost", sub=1), r"\operatorname{cost}_{1}"),
        (m.fraction(m.symbol("λ"), m.symbol("m")), r"\frac{\lambda}{m}"),
        (m.sum_over("k=1", m.a(2, "k"), above="K"), r"\sum_{k=1}^{K} a_{k}^{(2)}"),
        (m.g_prime(m.z(2)), r"g^{\prime} (z^{(2)})"),
        (m.group(m.fraction(m.symbol("a"), m.symbol("b"))), r"\left(\frac{a}{b}\right)"),
        (m.coloured("delta", m.labelled("key", m.struck(m.symbol("x")))), r"\cancel{x}"),
        (m.row(m.symbol("a"), m.operator(".*"), m.words("if 5 %")), r"a \mathbin{.*} \text{if 5 \%}"),
        (m.cases((m.number("1"), m.words("if"))), r"\begin{cases} {1} & \text{if} \end{cases}"),
        (m.lines((m.symbol("a"), m.equals())), r"\begin{aligned} a & = \end{aligned}"),
        (m.blank(3.0), r"\blank{3}"),
    ],
)
def test_pieces(formula, written):
    assert latex(formula) == written


def test_nothing_in_words_is_markup():
    assert text(r"50 % of {x_1} & \y · λ − 1 for i ≥ 1 …") == (
        r"50 \% of \{x\_1\} \& \textbackslash{}y \textperiodcentered{} $\lambda$ $-$ 1 for i $\ge$ 1 \dots{}"
    )
