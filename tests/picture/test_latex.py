"""LaTeX of formulas: each kind of piece, and every formula that a story has."""

import re

import pytest

from nnviz.engine.faults import FAULTS
from nnviz.engine.story import Level
from nnviz.picture import notation as m
from nnviz.picture.captions import caption
from nnviz.picture.latex import latex
from tests.documents.stories import told


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        (m.theta(3, 2, 1), r"\Theta_{21}^{(3)}"),
        (m.theta("l", "j", "i"), r"\Theta_{ji}^{(l)}"),
        (m.g_prime(m.z(2, 1)), r"g^{\prime} ( z_{1}^{(2)} )"),
        (m.transpose(m.theta(2)), r"{( \Theta^{(2)} )}^{\mathsf{T}}"),
        (m.number("-0.65", bold=True), r"\mathbf{-0.65}"),
        (m.number("3.1e-3"), r"3.1\mathrm{e}{-3}"),
        (m.number("…"), r"\cdots"),
        (m.symbol("cost", sub="k"), r"\operatorname{cost}_{k}"),
        (m.log(m.h(1)), r"\log ( h_{1} )"),
        (m.symbol("h", sub="Θ"), r"h_{\Theta}"),
        (m.words("50 % of {x}_1"), r"\text{50 \% of \{x\}\_1}"),
        (m.product(m.number("2"), m.number("-3")), r"2 \times ( -3 )"),
        (m.fraction(m.symbol("λ"), m.symbol("m")), r"\frac{\lambda}{m}"),
        (m.sum_over("i=0", m.a(1, "i"), above=3), r"\sum_{i=0}^{3} a_{i}^{(1)}"),
        (m.vector([m.number("1"), m.number("2")]), r"\begin{bmatrix} 1 \\ 2 \end{bmatrix}"),
        (m.group(m.vector([m.number("1")])), r"\left( \begin{bmatrix} 1 \end{bmatrix} \right)"),
        (m.cases((m.number("1"), m.words("if"))), r"\begin{cases} 1 & \text{if} \end{cases}"),
        (m.lines((m.z(2), m.equals())), r"\begin{aligned} z^{(2)} & = \end{aligned}"),
        (m.struck(m.delta(2, 0)), r"\cancel{\delta_{0}^{(2)}}"),
        (m.labelled("key", m.coloured("delta", m.y(1))), r"y_{1}"),
    ],
)
def test_each_piece(formula, written):
    assert latex(formula) == written


@pytest.mark.parametrize("fault", [None, *(row.name for row in FAULTS)])
def test_every_formula_of_a_story_can_be_written(fault):
    state = told("iris", 150, fault=fault)
    for level in (Level.TERM, Level.LAYER, Level.EXAMPLE):
        for place in state.story.stops(level):
            said = caption(state.story, place, state.model.dataset, 2, level)
            for formula in (said.symbols, said.numbers, said.vectorised):
                text = latex(formula)
                bare = re.sub(r"\\[{}]", "", text)
                assert bare.count("{") == bare.count("}")
                assert text.count(r"\left") == text.count(r"\right")
                assert text.count(r"\begin") == text.count(r"\end")
                assert re.sub(r"\\text\{[^}]*\}", "", text).isascii(), text
