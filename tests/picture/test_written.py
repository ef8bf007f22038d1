"""Formulas as a person writes them in a line of text."""

import pytest

from nnviz.files.lessons.shelf import shelf
from nnviz.picture.markup import plain
from nnviz.picture.palette import ROLES
from nnviz.picture.typeset import Typesetter
from nnviz.picture.written import LONGEST, formula

RIGHT = {
    "δ_k^(L) = a_k^(L) − y_k": "δₖ⁽ᴸ⁾ = aₖ⁽ᴸ⁾ − yₖ",
    "Θ_kj^(l)": "Θₖⱼ⁽ˡ⁾",
    "z_{10}": "z₁₀",
    "x^2_1": "x₁²",
    "Θ^(2)^T": "(Θ⁽²⁾)ᵀ",
    "Θ^T^(2)": "(Θ⁽²⁾)ᵀ",
    "Θ^T_1": "Θ₁ᵀ",
    "δ^(l+1)": "δ⁽ˡ⁺¹⁾",
    "g′(z)": "g′(z)",
    "frac(1; m)": "1/m",
    "sum(k; Θ_k)": "Σₖ Θₖ",
    "sum(k=1; K; x)": "Σₖ₌₁ᴷ x",
    "a .* b": "a .* b",
    "α := 1": "α := 1",
    "a - b": "a − b",
    "−1.5": "−1.5",
    "log(h)": "log(h)",
    'h "of the output" + 1': "h of the output + 1",
    "  x  ": "x",
    '"(; not a bracket"': "(; not a bracket",
    "((x))": "((x))",
}
WRONG = {
    "": "The formula is empty",
    "   ": "The formula is empty",
    ")": r"'\)' stands where it means nothing",
    "(": r"The formula ends where \) is missing",
    "()": "nothing between two brackets",
    "frac(": r"The formula ends where ; or \) is missing",
    "frac(1)": "frac has two parts",
    "frac(1; 2; 3)": "frac has two parts",
    "frac(; 2)": "There is nothing before ';'",
    "sum(k)": "sum has two or three parts",
    "sum(k; )": r"There is nothing before '\)'",
    "x; y": "';' stands where it means nothing",
    "x_": "'_' means nothing in a formula",
    "x^": "'\\^' means nothing in a formula",
    "x_1_2": "x has two indices in one place",
    "x^(1)^(2)": "x has two indices in one place",
    '"abc': "means nothing in a formula; words stand in quotes",
    "\\alpha": "means nothing in a formula",
    "#import": "'#' means nothing in a formula",
    "x & y": "'&' means nothing in a formula",
    "{x}": "'{' means nothing in a formula",
    "g'(z)": "means nothing in a formula",
    "x\x00": "means nothing in a formula",
    "(" * 11 + "x" + ")" * 11: "nested more than 10 times",
    "frac(" * 50 + "x": "nested more than 10 times",
    "x" * (LONGEST + 1): "has 301 letters; expected 300",
}


@pytest.mark.parametrize("text", RIGHT)
def test_a_formula_reads_as_it_is_written(text):
    assert plain(formula(text)) == RIGHT[text]


@pytest.mark.parametrize("text", WRONG, ids=lambda text: text[:12])
def test_what_cannot_be_set_is_refused_in_words(text):
    with pytest.raises(ValueError, match=WRONG[text]):
        formula(text)


@pytest.mark.parametrize("sign", [*"=≈≤≥→∈+−±×·⊙/,", ":=", ".*"])
def test_every_sign_is_set(sign):
    assert plain(formula(f"x {sign} y")).replace(" ", "") == f"x{sign}y"


def test_all_of_them_can_be_typeset():
    typesetter = Typesetter(remembered=2)
    colours = dict.fromkeys(ROLES, "#102030")
    for text in RIGHT:
        assert typesetter.render(formula(text), colours, 14.0).width > 0.0


def test_the_formulas_of_the_lessons_can_be_set():
    lines = [line.strip() for path in shelf() for line in path.read_text("utf-8").splitlines()]
    written = [line[2:-2] for line in lines if line.startswith("$$")]
    assert len(written) > 5
    for text in written:
        assert plain(formula(text))
